"""What pages stand on, made of small cases."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from claims.flow import assess
from claims.pages.site import ground_of
from tests.cases import case_of
from tests.pages.markup import read

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator

    from claims.pages.ground import File, Ground
    from tests.cases import Sections
    from tests.pages.markup import Element


def ground(sections: Sections, as_of: dt.date | None = None, **more: Any) -> Ground:
    """The ground of a case with these entries."""
    return ground_of(assess(case_of(sections, **more), as_of))


def pages(files: Iterator[File]) -> dict[str, Element]:
    """The pages among files, read; by their paths."""
    return {path: read(data.decode()) for path, data in files if path.endswith(".html")}


def rows(files: Iterator[File], path: str) -> list[list[str]]:
    """The rows of one CSV among files, without its head."""
    import csv  # noqa: PLC0415 - for this alone

    text = next(data for name, data in files if name == path).decode()
    return list(csv.reader(text.splitlines()))[1:]
