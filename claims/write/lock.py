"""One at a time: the lock that a process holds while it changes a case."""

from __future__ import annotations

from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Final

from filelock import FileLock, Timeout

from claims.model.errors import BadRequest, NoCase
from claims.read.characters import shown
from claims.read.journal import HIDDEN_FOLDER, JOURNAL, RECORDS
from claims.write.disk import told

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

LOCK: Final = f"{HIDDEN_FOLDER}/lock"
QUIET_SECONDS: Final = 3.0
"""So long is waited without a word."""
SECONDS: Final = 30.0
"""So long is waited at most."""


@contextmanager
def locked(
    folder: Path, say: Callable[[str], object], *, quiet: float = QUIET_SECONDS, seconds: float = SECONDS
) -> Iterator[None]:
    """Hold the lock of a case; who holds it already in this thread may take it again.

    say: is told in a line that we wait, after `quiet` seconds. Raises `BadRequest` after `seconds`, and where there can
    be no lock, since the folder cannot be written to.
    """
    if not folder.is_dir():
        raise NoCase(shown(str(folder)))
    with told(folder):
        make_hidden_folder(folder)
        lock = FileLock((folder / LOCK).resolve(), is_singleton=True)
        _acquire(lock, folder, say, quiet, seconds)
    try:
        yield
    finally:
        lock.release()
        with suppress(OSError):
            (folder / HIDDEN_FOLDER).rmdir()


def make_hidden_folder(folder: Path) -> None:
    """Make the folder of ours in a case, unless it is there.

    Raises `BadRequest` where it, or a folder in it, is a link or a file.
    """
    for name in (HIDDEN_FOLDER, JOURNAL, RECORDS):
        place = folder / name
        if place.is_symlink() or (place.exists() and not place.is_dir()):
            raise BadRequest(f"{shown(str(place))} is not a folder of this case: move it away")
    (folder / HIDDEN_FOLDER).mkdir(exist_ok=True)


def _acquire(lock: FileLock, folder: Path, say: Callable[[str], object], quiet: float, seconds: float) -> None:
    try:
        lock.acquire(timeout=quiet)
    except Timeout:
        say(f"claims: waiting for another process, which is changing {shown(str(folder))}")
    else:
        return
    try:
        lock.acquire(timeout=max(seconds - quiet, 0))
    except Timeout as error:
        message = f"{shown(str(folder))} has been held by another process for {seconds:.0f} seconds"
        raise BadRequest(f"{message}: nothing was changed; try again when it has ended") from error
