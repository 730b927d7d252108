"""A view as GitHub-flavoured Markdown: every mark in the data is taken literally."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from claims.present.escape import for_markdown
from claims.present.view import Heading, Listing, Paragraph, Tally, Verdicts, Versus

if TYPE_CHECKING:
    from collections.abc import Sequence

    from claims.present.view import Block, Item, Line, Row, Span, View

COLUMNS: Final = ("", "Claim", "Said by, on", "For", "Against", "Probability", "Cred.", "Said", "Hinges on")


def render(view: View) -> str:
    """The view as Markdown, ending with a line break."""
    return "\n\n".join(text for block in view.blocks if (text := _drawn(block))) + "\n"


def _drawn(block: Block) -> str:
    if isinstance(block, Heading):
        return f"{'#' * block.level} {_line(block.text, bare=True)}"
    if isinstance(block, Paragraph):
        return _line(block.text)
    if isinstance(block, Tally):
        return " · ".join(_line(count) for count in block.counts)
    if isinstance(block, Verdicts):
        return _table(COLUMNS, [_cells(row) for row in block.rows])
    if isinstance(block, Versus):
        sides = [[_group(item) for item in side] for side in (block.for_, block.against)]
        return _table((block.left, block.right), [["<br><br>".join(side) for side in sides]])
    return _listing(block)


def _group(item: Item) -> str:
    return "<br>".join(_line(line) for line in (item.text, *item.under))


def _line(line: Line, *, bare: bool = False) -> str:
    return "".join(_span(span, bare=bare) for span in line).strip()


def _span(span: Span, *, bare: bool) -> str:
    text = for_markdown(span.text)
    inner = text.strip()
    if bare or not inner or span.role not in {"strong", "name", "warning"}:
        return text
    return text.replace(inner, f"**{inner}**", 1)


def _cells(row: Row) -> list[str]:
    bar = str(row.probability) if row.probability else ""
    texts = (row.said, row.bounds_for, row.bounds_against, bar, row.credibility, row.attribution, row.hinges_on)
    return [row.symbol, _line(row.claim), *(for_markdown(text) for text in texts)]


def _table(columns: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    lines = [columns, ["---"] * len(columns), *rows]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in lines)


def _listing(block: Listing) -> str:
    lines = []
    for item in block.items:
        lines.append(f"- {_line(item.text)}")
        lines += [f"  - {_line(line)}" for line in item.under]
    return "\n".join(lines)
