"""What a report shows, made once: headings, sentences, tables and lists, in order. Faces draw it and add nothing.

A text carries a role, never a look: what `verdict` means in colour is a face's matter, that it is one is the view's.
"""

from __future__ import annotations

from typing import Literal, NamedTuple

from claims.model.share import share_text

Role = Literal["plain", "strong", "muted", "verdict", "name", "warning"]


class Span(NamedTuple):
    """A piece of text in one role. `verdict`: the verdict whose colour it has, for the role verdict."""

    text: str
    role: Role = "plain"
    verdict: str | None = None


Line = tuple[Span, ...]


class Heading(NamedTuple):
    """A heading; level 1 is the report's title."""

    text: Line
    level: int


class Paragraph(NamedTuple):
    """Sentences that belong together."""

    text: Line


class Tally(NamedTuple):
    """Short counts, one beside the other; none is broken in two."""

    counts: tuple[Line, ...]


class Bar(NamedTuple):
    """A probability with its range, as shares of 1."""

    low: float
    point: float
    high: float

    def __str__(self) -> str:
        low, point, high = (share_text(share) for share in self)
        return point if low == high else f"{point} ({low}–{high})"


class Row(NamedTuple):
    """A claim's line in a table of verdicts."""

    symbol: str
    verdict: str
    claim: Line
    said: str
    """Who said it, and when; empty where nobody is recorded."""
    bounds_for: str
    bounds_against: str
    probability: Bar | None
    """None: a number would say nothing."""
    credibility: str
    attribution: str
    hinges_on: str


class Verdicts(NamedTuple):
    """The claims with one verdict."""

    rows: tuple[Row, ...]


class Item(NamedTuple):
    """A line of a list, with what belongs under it."""

    text: Line
    under: tuple[Line, ...] = ()


class Versus(NamedTuple):
    """Two sides, one against the other: the groups of each, with what each says under it."""

    left: str
    right: str
    for_: tuple[Item, ...]
    against: tuple[Item, ...]


class Listing(NamedTuple):
    """Items, one below the other."""

    items: tuple[Item, ...]


Block = Heading | Paragraph | Tally | Verdicts | Versus | Listing


class View(NamedTuple):
    """Blocks, in order."""

    blocks: tuple[Block, ...]
