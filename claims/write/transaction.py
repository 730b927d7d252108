"""Many files of a case changed as one: all of them or none, whatever happens on the way."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, NamedTuple

from claims.model.errors import BadRequest

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from pathlib import Path


class Undone(NamedTuple):
    """What was taken back: what it was, when it was made, and the files that are again as they were before it."""

    what: str
    when: str
    files: tuple[str, ...]


@contextmanager
def transaction(folder: Path, *, say: Callable[[str], object] | None = None) -> Iterator[None]:
    """Hold the lock of a case, and finish first what an interrupted process left; `say` is told that we wait."""
    raise BadRequest("not yet")
    yield


def commit(folder: Path, before: Mapping[str, bytes | None], after: Mapping[str, bytes | None], what: str) -> None:
    """Make the files of a case what `after` says (None: no file), if they still are what `before` says."""
    raise BadRequest("not yet")


def undo(folder: Path) -> Undone:
    """Take the last commit back; refuses where a file changed since."""
    raise BadRequest("not yet")


def finish(folder: Path) -> None:
    """Roll a committed change forward, and clean up one that was not; cheap where there is nothing."""
    raise BadRequest("not yet")
