"""A view on a terminal: wide tables, narrower ones with a second line, and cards where there is no room for a table.

Nothing of the data is markup, nothing is cut: what does not fit is wrapped. Without colour nothing is lost, since every
verdict has its word and its sign; without Unicode the lines and bars are drawn in ASCII.
"""

from __future__ import annotations

from io import StringIO
from typing import TYPE_CHECKING, Any, Final

from rich import box
from rich.console import Console, Group
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from claims.present.escape import for_terminal
from claims.present.view import Heading, Listing, Paragraph, Verdicts, Versus

if TYPE_CHECKING:
    from collections.abc import Callable

    from rich.console import ConsoleOptions, RenderableType, RenderResult

    from claims.present.view import Bar, Block, Line, Row, Span, View

WIDE: Final = 116
"""Columns from which each figure has a column of its own."""
NARROW: Final = 60
"""Columns under which claims are cards, one below the other."""
CELLS: Final = 10
SIGNS: Final = frozenset({"role", "verdict", "level"})
"""Parts of a view that are not shown as they stand."""

COLOURS: Final = {
    "corroborated": "green",
    "single-source": "yellow",
    "disputed": "magenta",
    "challenged": "dark_orange",
    "contradicted": "red",
    "unverified": "cyan",
    "unchecked": "bright_black",
    "not-checkable": "bright_black",
}
STYLES: Final = {"plain": "", "strong": "bold", "muted": "dim", "name": "bold", "warning": "bold yellow", "verdict": ""}
ASCII: Final = str.maketrans({
    "✔": "+", "◔": "1", "⇄": "x", "◑": "-", "✘": "X", "○": "o", "–": "-", "→": ">", "·": ".", "━": "=", "●": "o",
    "—": "-", "⏎": "/", "─": "-", "²": "2", "³": "3", "’": "'", "‘": "'", "“": '"', "”": '"', "…": "...",
})  # fmt: skip


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
    return drawn if unicode else _ascii(drawn, breaks="\n")


def _spelled(value: Any, spell: Callable[[str], str]) -> Any:
    """The same value with every text in it spelled for the screen, before anything is measured."""
    if isinstance(value, str):
        return spell(value)
    if hasattr(value, "_fields"):
        told = {name: _spelled(getattr(value, name), spell) for name in value._fields if name not in SIGNS}
        return value._replace(**told)
    if isinstance(value, tuple):
        return tuple(_spelled(one, spell) for one in value)
    return value


def _ascii(text: str, breaks: str = " / ") -> str:
    safe = text if breaks == "\n" else for_terminal(text, breaks=breaks)
    return safe.translate(ASCII).encode("ascii", "backslashreplace").decode("ascii")


def _drawn(block: Block, width: int) -> list[RenderableType]:
    if isinstance(block, Heading):
        return _heading(block)
    if isinstance(block, Paragraph):
        return [_text(block.text)]
    if isinstance(block, Verdicts):
        return _verdicts(block, width)
    if isinstance(block, Versus):
        return [_versus(block, width)]
    return _listing(block)


def _heading(block: Heading) -> list[RenderableType]:
    text = _text(block.text)
    text.stylize("bold")
    return [text] if block.level == 1 else [Text(), text]


class _Hanging:
    """A line that keeps its indentation where it is wrapped; quicker than a padding around a text."""

    def __init__(self, line: Line, indent: int = 0) -> None:
        text = _text(line)
        blanks = len(text.plain) - len(text.plain.lstrip(" "))
        self.text, self.indent = text[blanks:] if blanks else text, indent + blanks

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        margin = Text(" " * self.indent)
        width = max(options.max_width - self.indent, 1)
        for line in self.text.wrap(console, width, overflow="fold"):
            yield margin + line if self.indent else line


def _text(line: Line) -> Text:
    text = Text()
    for span in line:
        text.append(span.text, style=_style(span))
    return text


def _style(span: Span) -> str:
    return COLOURS.get(span.verdict or "", "") if span.role == "verdict" else STYLES[span.role]


def _plain(text: str, style: str = "") -> Text:
    return Text(text, style=style)


def _verdicts(block: Verdicts, width: int) -> list[RenderableType]:
    if width < NARROW:
        return [part for row in block.rows for part in _card(row)]
    return [_wide(block) if width >= WIDE else _middle(block)]


def _table(*, header: bool = True) -> Table:
    return Table(
        box=box.SIMPLE_HEAD, show_header=header, expand=True, pad_edge=False, header_style="dim", show_edge=False
    )


def _wide(block: Verdicts) -> Table:
    """Every figure in a column of its own."""
    table = _table()
    table.add_column("", overflow="fold", width=1)
    table.add_column("Claim", overflow="fold", ratio=5)
    table.add_column("For", overflow="fold", min_width=4)
    table.add_column("Against", overflow="fold", min_width=7)
    table.add_column("Probability", overflow="fold", width=29)
    table.add_column("Cred.", overflow="fold", width=5, justify="center")
    table.add_column("Said", overflow="fold", width=12)
    table.add_column("Hinges on", overflow="fold", ratio=2, min_width=12)
    for row in block.rows:
        table.add_row(
            _sign(row),
            Group(_text(row.claim), _plain(row.said, "dim")) if row.said else _text(row.claim),
            _plain(row.bounds_for),
            _plain(row.bounds_against),
            _bar(row.probability),
            _plain(row.credibility),
            _plain(row.attribution),
            _plain(row.hinges_on),
        )
    return table


def _middle(block: Verdicts) -> Table:
    """The claim with its words below it; the figures beside."""
    table = _table()
    table.add_column("", overflow="fold", width=1)
    table.add_column("Claim", overflow="fold", ratio=1)
    table.add_column("For", overflow="fold", width=8)
    table.add_column("Against", overflow="fold", width=8)
    table.add_column("Probability", overflow="fold", width=17)
    for row in block.rows:
        below = [_plain(part, "dim") for part in (row.said, *_words(row)) if part]
        number = _plain(str(row.probability)) if row.probability else Text()
        table.add_row(
            _sign(row),
            Group(_text(row.claim), *below),
            _plain(row.bounds_for),
            _plain(row.bounds_against),
            Group(_cells(row.probability), number) if row.probability else Text(),
        )
    return table


def _words(row: Row) -> list[str]:
    parts = [f"said: {row.attribution}"]
    if row.credibility:
        parts.append(f"credibility {row.credibility}")
    return [", ".join(parts), f"hinges on {row.hinges_on}" if row.hinges_on else ""]


def _card(row: Row) -> list[RenderableType]:
    """One claim where a table has no room."""
    claim = _sign(row)
    claim.append(" ")
    claim.append_text(_text(row.claim))
    lines: list[RenderableType] = [_plain(row.said, "dim")] if row.said else []
    if row.bounds_for:
        lines.append(_plain(f"for {row.bounds_for}, against {row.bounds_against}"))
    if row.probability:
        lines.append(_bar(row.probability))
    lines += [_plain(words, "dim") for words in _words(row) if words]
    return [Text(), claim, Padding(Group(*lines), (0, 0, 0, 2))]


def _sign(row: Row) -> Text:
    return Text(row.symbol, style=COLOURS.get(row.verdict, ""))


def _bar(bar: Bar | None) -> Text:
    if bar is None:
        return Text()
    text = _cells(bar)
    text.append(f" {bar}")
    return text


def _cells(bar: Bar) -> Text:
    """Ten cells from 0 to 1: the range as a line, the probability as a point on it."""
    low, point, high = (min(int(share * CELLS), CELLS - 1) for share in (bar.low, bar.point, bar.high))
    text = Text()
    for cell in range(CELLS):
        if cell == point:
            text.append("●", style="bold")
        else:
            text.append("━" if low <= cell <= high else "·", style="" if low <= cell <= high else "dim")
    return text


def _versus(block: Versus, width: int) -> RenderableType:
    if width < NARROW:
        parts: list[RenderableType] = [_plain(block.left, "dim"), *map(_Hanging, block.for_)]
        return Group(*parts, _plain(block.right, "dim"), *map(_Hanging, block.against))
    table = _table()
    table.add_column(block.left, overflow="fold", ratio=1)
    table.add_column(block.right, overflow="fold", ratio=1)
    table.add_row(Group(*map(_Hanging, block.for_)), Group(*map(_Hanging, block.against)))
    return table


def _listing(block: Listing) -> list[RenderableType]:
    parts: list[RenderableType] = []
    for item in block.items:
        head = Text("· ")
        head.append_text(_text(item.text))
        parts.append(head)
        parts += [_Hanging(line, 4) for line in item.under]
    return parts
