"""A view as GitHub-flavoured Markdown: every mark in the data is taken literally."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from claims.present.escape import for_markdown
from claims.present.view import Heading, Listing, Paragraph, Table, Tally, Tree, Verdicts, Versus

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from claims.present.view import Block, Item, Line, Node, Row, Span, View

COLUMNS: Final = ("", "Claim", "Said by, on", "For", "Against", "Probability", "Cred.", "Said", "Hinges on")


def render(view: View) -> str:
    """The view as Markdown, ending with a line break."""
    return "\n\n".join(text for block in view.blocks if (text := _drawn(block))) + "\n"


def _drawn(block: Block) -> str:
    return DRAWN[type(block)](block)


def _versus(block: Versus) -> str:
    sides = [[_group(item) for item in side] for side in (block.for_, block.against)]
    return _table((block.left, block.right), [["<br><br>".join(side) for side in sides]])


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


def _branch(node: Node, indent: str) -> Iterator[str]:
    yield f"{indent}- {_line(node.text)}"
    for child in node.under:
        yield from _branch(child, f"{indent}  ")


DRAWN: Final[dict[type, Callable[[Any], str]]] = {
    Heading: lambda block: f"{'#' * block.level} {_line(block.text, bare=True)}",
    Paragraph: lambda block: _line(block.text),
    Tally: lambda block: " · ".join(_line(count) for count in block.counts),
    Verdicts: lambda block: _table(COLUMNS, [_cells(row) for row in block.rows]),
    Versus: _versus,
    Listing: _listing,
    Table: lambda block: _table([title.text for title in block.titles], [[*map(_line, row)] for row in block.rows]),
    Tree: lambda block: "\n".join(line for root in block.roots for line in _branch(root, "")),
}
"""How each block is written."""
