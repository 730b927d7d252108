"""Tables and trees on a terminal. Nothing is cut: text is wrapped, and a table without room becomes cards."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from rich import box
from rich.cells import cell_len
from rich.table import Table as Grid
from rich.text import Text

from claims.present.hanging import Hanging
from claims.present.styles import dim, text_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rich.console import RenderableType

    from claims.present.view import Node, Table, Tree

GAP: Final = 2
"""Columns between the columns of a table."""
LEAST: Final = 12
"""Columns that text which is to be read needs; with less, a table becomes cards."""
BRANCH, LAST, ALONG, PAST = "├─ ", "└─ ", "│  ", "   "


def grid(columns: Sequence[tuple[str, int]], *, align: Sequence[str] = ()) -> Grid:
    """A table of these titles and widths; every cell leaves its last column blank, half of the gap to the next."""
    table = Grid(
        box=box.SIMPLE_HEAD, padding=0, pad_edge=False, show_edge=False, header_style="dim", border_style="dim"
    )
    for n, (title, width) in enumerate(columns):
        justify = "right" if align and align[n] == "right" else "left"
        table.add_column(title, width=width + 1, overflow="fold", justify=justify)  # type: ignore[arg-type]
    return table


def drawn_table(block: Table, width: int) -> list[RenderableType]:
    """The table, as wide as the screen where a column takes what is left; else each row as a card."""
    cells = [[text_of(cell) for cell in row] for row in block.rows]
    widths = _widths(block, cells, width)
    if widths is None:
        titles = [title.text for title in block.titles]
        return [part for row in cells for part in _card(titles, row)]
    aligns = [title.align for title in block.titles]
    table = grid([(title.text, room) for title, room in zip(block.titles, widths, strict=True)], align=aligns)
    for row in cells:
        table.add_row(*(_cell(text, align) for text, align in zip(row, aligns, strict=True)))
    return [table]


def _cell(text: Text, align: str) -> RenderableType:
    if align == "right":
        text.pad_right(1)
        return text
    return Hanging(text, is_cell=True)


def _widths(block: Table, cells: Sequence[Sequence[Text]], width: int) -> list[int] | None:
    """What each column takes, without its gap; None where there is no room for a table."""
    natural = [
        max(cell_len(title.text), *(_longest(row[n]) for row in cells), 1) if cells else cell_len(title.text)
        for n, title in enumerate(block.titles)
    ]
    shares = [title.share for title in block.titles]
    left = width - 1 - GAP * (len(natural) - 1) - sum(n for n, share in zip(natural, shares, strict=True) if not share)
    wanted = sum(max(min(LEAST, n), 1) for n, share in zip(natural, shares, strict=True) if share)
    if left < wanted:
        return None
    return _shared(natural, shares, left)


def _shared(natural: list[int], shares: list[int], left: int) -> list[int]:
    """The room that is left, by shares; a column that needs less than its share leaves the rest to the others."""
    widths, open_ = list(natural), [n for n, share in enumerate(shares) if share]
    while open_:
        whole = sum(shares[n] for n in open_)
        content = [n for n in open_ if natural[n] <= left * shares[n] // whole]
        if not content:
            for n in open_:
                widths[n] = max(left * shares[n] // whole, 1)
            break
        left -= sum(natural[n] for n in content)
        open_ = [n for n in open_ if n not in content]
    return widths


def _longest(text: Text) -> int:
    return max(map(cell_len, text.plain.split("\n")))


def _card(titles: Sequence[str], row: Sequence[Text]) -> list[RenderableType]:
    """One row where there is no room for columns: its first cell, and below it what the others say."""
    head, *rest = row
    below = [
        Hanging(Text.assemble(dim(f"{title}: " if title else ""), text), Text("  "))
        for title, text in zip(titles[1:], rest, strict=True)
        if text.plain.strip()
    ]
    return [Text(), Hanging(head), *below]


def drawn_tree(block: Tree) -> list[RenderableType]:
    """Trees with guides: each line hangs from what it belongs to, and goes on under its own beginning."""
    return [part for root in block.roots for part in _node(root, Text(), Text())]


def _node(node: Node, lead: Text, onward: Text) -> list[RenderableType]:
    follow = dim(onward.plain + (ALONG if node.under else ""))
    parts: list[RenderableType] = [Hanging(text_of(node.text), lead, onward=follow if lead else None)]
    for n, child in enumerate(node.under):
        is_last = n == len(node.under) - 1
        begin, go_on = (LAST, PAST) if is_last else (BRANCH, ALONG)
        parts += _node(child, dim(onward.plain + begin), dim(onward.plain + go_on))
    return parts
