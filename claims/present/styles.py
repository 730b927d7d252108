"""How a terminal colours roles and verdicts. Colour is never the only signal: each has its word or its sign as well."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from rich.text import Text

if TYPE_CHECKING:
    from claims.present.view import Line, Span

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


def text_of(line: Line) -> Text:
    """A line of a view as coloured text."""
    text = Text()
    for span in line:
        text.append(span.text, style=_style(span))
    return text


def _style(span: Span) -> str:
    return COLOURS.get(span.verdict or "", "") if span.role == "verdict" else STYLES[span.role]


def dim(text: str) -> Text:
    """Text that steps back."""
    return Text().append(text, style=STYLES["muted"])
