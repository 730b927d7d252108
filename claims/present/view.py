"""What a report shows, made once: headings, sentences, tables and lists, in order. Faces draw it and add nothing.

A text carries a role, never a look: what `verdict` means in colour is a face's matter, that it is one is the view's.
"""

from __future__ import annotations

from typing import Literal, NamedTuple

from claims.model.share import share_text

Role = Literal["plain", "strong", "muted", "verdict", "name", "warning"]


Section = Literal["claims", "sources", "speakers", "documents", "findings"]


class Entry(NamedTuple):
    """An entry of the case: faces that have a place for it lead there."""

    section: Section
    id: str


class Span(NamedTuple):
    """A piece of text in one role. `verdict`: the verdict whose colour it has, for the role verdict."""

    text: str
    role: Role = "plain"
    verdict: str | None = None
    entry: Entry | None = None
    """What it names."""
    language: str | None = None
    """What it is written in, as a code (`fa`), where that is known and it is not ours."""


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


class Node(NamedTuple):
    """A line of a tree, with what hangs from it."""

    text: Line
    under: tuple[Node, ...] = ()


class Tree(NamedTuple):
    """Trees, one below the other."""

    roots: tuple[Node, ...]


class Title(NamedTuple):
    """The head of a column. `share`: of the width that is left, how much it takes; 0: as much as its longest word."""

    text: str
    share: int = 0
    align: Literal["left", "right"] = "left"


class Table(NamedTuple):
    """Rows of cells, as many as there are titles. Without room for it, each row is a card, headed by its first cell."""

    titles: tuple[Title, ...]
    rows: tuple[tuple[Line, ...], ...]


Block = Heading | Paragraph | Tally | Verdicts | Versus | Listing | Tree | Table


class View(NamedTuple):
    """Blocks, in order."""

    blocks: tuple[Block, ...]
