"""The first page of a site: the report, with every claim leading to its own page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from claims.pages.report import report_page
from claims.present.report_view import background
from claims.present.view import Versus

if TYPE_CHECKING:
    from collections.abc import Iterator

    from claims.pages.ground import File, Ground
    from claims.present.view import Block

PATH: Final = "index.html"


def summary_page(ground: Ground) -> Iterator[File]:
    """The report as the first page of the site; what stands behind each verdict is told on the claim's page."""
    made = report_page(ground.report, ground.case, ground.places(PATH), behind=_behind(ground))
    yield from ground.bound(PATH, made)


def _behind(ground: Ground) -> Iterator[Block]:
    return (block for block in background(ground.report) if not isinstance(block, Versus))
