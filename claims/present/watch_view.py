"""What is shown while somebody writes: the report, and what changed in it since it last could be made."""

from __future__ import annotations

from itertools import takewhile
from typing import TYPE_CHECKING

from claims.present.diff_view import change_lines
from claims.present.report_view import report_view
from claims.present.view import Heading, Paragraph, Span, View
from claims.present.wording import plain

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from claims.model.assessment import Report
    from claims.model.change import Change
    from claims.present.view import Block


def watch_view(
    report: Report, changes: Sequence[Change] | None, saved: Sequence[str], names: Mapping[str, str]
) -> View:
    """The report, and last what changed in it; `changes` is None where there is nothing to compare it with.

    saved: the files that were saved, as paths below the case. names: how sources and documents are called, or were.
    """
    blocks = report_view(report).blocks
    return View(blocks if changes is None else (*blocks, *_changed(changes, saved, names)))


def last_view(report: Report) -> View:
    """The summary of the last report that could be made, below the problems that keep a new one from it."""
    head = takewhile(lambda block: not (isinstance(block, Heading) and block.level > 1), report_view(report).blocks)
    return View((Heading(plain("The last report that could be made"), 2), *head))


def _changed(changes: Sequence[Change], saved: Sequence[str], names: Mapping[str, str]) -> Iterator[Block]:
    yield Heading(plain(f"Saved: {', '.join(saved)}" if saved else "Saved"), 2)
    if changes:
        yield from change_lines(changes, names)
    else:
        yield Paragraph((Span("No verdict changed.", "muted"),))
