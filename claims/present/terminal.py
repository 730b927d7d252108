"""A view on a terminal: wide tables, narrower ones with a second line, and cards where there is no room for a table.

Nothing of the data is markup, nothing is cut: what does not fit is wrapped. Without colour nothing is lost, since every
verdict has its word and its sign; without Unicode the lines and bars are drawn in ASCII.
"""

from __future__ import annotations

from io import StringIO
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from rich.console import Console, Group
from rich.text import Text

from claims.present.escape import for_ascii, for_terminal, spelled_in_ascii
from claims.present.grids import GAP, drawn_table, drawn_tree, grid
from claims.present.hanging import Hanging
from claims.present.styles import COLOURS, dim, text_of
from claims.present.view import Heading, Listing, Paragraph, Table, Tally, Tree, Verdicts, Versus

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from rich.console import RenderableType
    from rich.table import Table as Grid

    from claims.present.view import Bar, Block, Item, Row, View

WIDE: Final = 140
"""Columns from which each figure has a column of its own."""
NARROW: Final = 60
"""Columns under which claims are cards, one below the other."""
CELLS: Final = 10
KEPT: Final = frozenset({"role", "verdict", "level", "align", "entry", "language"})
"""Parts of a view that are not shown as they stand."""

SIGNS: Final = {"✔": "+", "◔": "~", "⇄": "/", "◑": "!", "✘": "X", "○": "o"}
"""The signs of verdicts in ASCII, each another; those that are ASCII already, or nearly, are not here."""


def render(view: View, *, width: int, colour: bool, unicode: bool) -> str:
    """The view as text of at most `width` columns, with ANSI colours where `colour`, in ASCII where not `unicode`."""
    console = Console(
        file=StringIO(),
        width=width,
        force_terminal=colour,
        no_color=not colour,
        color_system="256" if colour else None,
        legacy_windows=False,
        highlight=False,
        markup=False,
        emoji=False,
        _environ={},
    )
    blocks = _spelled(view, for_terminal if unicode else _ascii).blocks
    console.print(Group(*(part for block in blocks for part in _drawn(block, width))))
    text = console.file.getvalue()  # type: ignore[attr-defined]
    drawn = "\n".join(line.rstrip() for line in text.split("\n"))
    return drawn if unicode else spelled_in_ascii(drawn)


def _spelled(value: Any, spell: Callable[[str], str]) -> Any:
    """The same value with every text in it spelled for the screen, before anything is measured."""
    if isinstance(value, str):
        return spell(value)
    if hasattr(value, "_fields"):
        told = {name: _spelled(getattr(value, name), spell) for name in value._fields if name not in KEPT}
        return value._replace(**told)
    if isinstance(value, tuple):
        return tuple(_spelled(one, spell) for one in value)
    return value


def _ascii(text: str) -> str:
    """A text that begins with the sign of a verdict keeps it as a sign; anywhere else it is a letter like others."""
    sign = SIGNS.get(text[:1], "")
    return sign + for_ascii(text[1:] if sign else text)


def _drawn(block: Block, width: int) -> list[RenderableType]:
    return DRAWN[type(block)](block, width)


def _heading(block: Heading) -> list[RenderableType]:
    text = text_of(block.text)
    text.stylize("bold")
    return [Hanging(text)] if block.level == 1 else [Text(), Hanging(text)]


def _tally(block: Tally, width: int) -> list[RenderableType]:
    """As many counts on a line as there is room for."""
    lines: list[Text] = []
    for count in map(text_of, block.counts):
        if lines and lines[-1].cell_len + GAP + count.cell_len <= width:
            lines[-1].append(" " * GAP).append_text(count)
        else:
            lines.append(count)
    return [Hanging(line) for line in lines]


class Column(NamedTuple):
    """A column of a table of verdicts. width: None for the one that takes what the others leave."""

    title: str
    width: int | None
    cell: Callable[[Row], Text]


def _verdicts(block: Verdicts, width: int) -> list[RenderableType]:
    if width < NARROW:
        return [part for row in block.rows for part in _card(row)]
    columns = _wide(width) if width >= WIDE else _middle()
    return [_table(columns, [[column.cell(row) for column in columns] for row in block.rows], width)]


def _wide(width: int) -> tuple[Column, ...]:
    """Every figure in a column of its own."""
    return (
        Column("", 1, _sign),
        Column("Claim", None, lambda row: _lines(text_of(row.claim), dim(row.said))),
        Column("For", 9, lambda row: Text(row.bounds_for)),
        Column("Against", 9, lambda row: Text(row.bounds_against)),
        Column("Probability", CELLS + 19, lambda row: _bar(row.probability, " ")),
        Column("Cred.", 5, lambda row: Text(row.credibility)),
        Column("Said", 13, lambda row: Text(row.attribution)),
        Column("Hinges on", width // 6, lambda row: Text(row.hinges_on)),
    )


def _middle() -> tuple[Column, ...]:
    """The claim with its words below it; the figures beside."""
    return (
        Column("", 1, _sign),
        Column("Claim", None, lambda row: _lines(text_of(row.claim), *map(dim, (row.said, *_words(row))))),
        Column("For", 9, lambda row: Text(row.bounds_for)),
        Column("Against", 9, lambda row: Text(row.bounds_against)),
        Column("Probability", 18, lambda row: _bar(row.probability, "\n")),
    )


def _table(columns: Sequence[Column], rows: Sequence[Sequence[Text]], width: int) -> Grid:
    """A table as wide as the screen. A column in which nothing stands is left out, for the claim to have its room."""
    used = [n for n, _ in enumerate(columns) if any(row[n] for row in rows)]
    left = width - 1 - sum(columns[n].width or 0 for n in used) - GAP * (len(used) - 1)
    table = grid([(columns[n].title, columns[n].width or left) for n in used])
    for row in rows:
        table.add_row(*(Hanging(row[n], is_cell=True) for n in used))
    return table


def _lines(*parts: Text) -> Text:
    """One below the other, those that say something."""
    return Text("\n").join(part for part in parts if part)


def _words(row: Row) -> tuple[str, ...]:
    said = f"said: {row.attribution}"
    return (
        f"{said}, credibility {row.credibility}" if row.credibility else said,
        f"hinges on {row.hinges_on}" if row.hinges_on else "",
    )


def _card(row: Row) -> list[RenderableType]:
    """One claim where a table has no room."""
    figures = Text(f"for {row.bounds_for}, against {row.bounds_against}" if row.bounds_for else "")
    below = (dim(row.said), figures, _bar(row.probability, " "), *map(dim, _words(row)))
    return [Text(), Hanging(_lines(text_of(row.claim), *below), _sign(row).append(" "))]


def _sign(row: Row) -> Text:
    return Text().append(row.symbol, style=COLOURS.get(row.verdict, ""))


def _bar(bar: Bar | None, between: str) -> Text:
    """Ten cells from 0 to 1, the range as a line and the probability as a point on it; then both as numbers."""
    text = Text()
    if bar is None:
        return text
    low, point, high = (min(int(share * CELLS), CELLS - 1) for share in (bar.low, bar.point, bar.high))
    for cell in range(CELLS):
        if cell == point:
            text.append("●", style="bold")
        else:
            text.append("━" if low <= cell <= high else "·", style="" if low <= cell <= high else "dim")
    return text.append(f"{between}{bar}")


def _versus(block: Versus, width: int) -> list[RenderableType]:
    """Side against side; where there is no room, one side below the other."""
    is_table = width >= NARROW
    sides = [
        [part for item in side for part in (*_item(item, "", "  ", is_cell=is_table), Text())][:-1]
        for side in (block.for_, block.against)
    ]
    if not is_table:
        return [part for title, side in zip(block[:2], sides, strict=True) for part in (Hanging(dim(title)), *side)]
    table = grid([(title, (width - GAP - 1) // 2) for title in block[:2]])
    table.add_row(*(Group(*side) for side in sides))
    return [table]


def _item(item: Item, lead: str, indent: str, *, is_cell: bool = False) -> list[RenderableType]:
    """A line with others under it; a line keeps the blanks that it begins with."""
    under = []
    for text in map(text_of, item.under):
        blanks = len(text.plain) - len(text.plain.lstrip(" "))
        under.append(Hanging(text[blanks:], Text(indent + " " * blanks), is_cell=is_cell))
    return [Hanging(text_of(item.text), Text(lead), is_cell=is_cell), *under]


def _listing(block: Listing, _: int) -> list[RenderableType]:
    return [part for item in block.items for part in _item(item, "· ", "    ")]


DRAWN: Final[dict[type, Callable[[Any, int], list[RenderableType]]]] = {
    Heading: lambda block, _: _heading(block),
    Paragraph: lambda block, _: [Hanging(text_of(block.text))],
    Tally: _tally,
    Verdicts: _verdicts,
    Versus: _versus,
    Listing: _listing,
    Table: drawn_table,
    Tree: lambda block, _: drawn_tree(block),
}
"""How each block is drawn in so many columns."""
