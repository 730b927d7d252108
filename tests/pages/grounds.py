"""What pages stand on, made of small cases."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING, Any

from claims.flow import assess
from claims.pages.site import ground_of
from tests.cases import case_of
from tests.pages.markup import read

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Iterator

    from claims.pages.ground import File, Ground, Piece
    from tests.cases import Sections
    from tests.pages.markup import Element


def ground(sections: Sections, as_of: dt.date | None = None, **more: Any) -> Ground:
    """The ground of a case with these entries."""
    return ground_of(assess(case_of(sections, **more), as_of))


def files(pieces: Iterable[Piece]) -> Iterator[File]:
    """The files that these pieces make."""
    return chain.from_iterable(piece() for piece in pieces)


def pages(made: Iterator[File]) -> dict[str, Element]:
    """The pages among files, read; by their paths."""
    return {path: read(data.decode()) for path, data in made if path.endswith(".html")}


def rows(files: Iterator[File], path: str) -> list[list[str]]:
    """The rows of one CSV among files, without its head."""
    import csv  # noqa: PLC0415 - for this alone

    text = next(data for name, data in files if name == path).decode()
    return list(csv.reader(text.splitlines()))[1:]
