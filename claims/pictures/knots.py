"""The boxes of a picture of chains: what stands in each, how large it is, and its shape."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from claims.pictures.layout import Size
from claims.pictures.lettering import harmless, is_right_to_left, wrapped
from claims.pictures.svg import box, group, shape, sign, text
from claims.pictures.words import what
from claims.present.evidence_view import called

if TYPE_CHECKING:
    from collections.abc import Callable

    from claims.model.audit import Audit
    from claims.pictures.strands import Enclosure, Knot
    from claims.pictures.svg import Marks, Spot

WIDTHS: Final = {"source": 150, "document": 176, "more": 150, "between": 124}
EDGE: Final = 12
"""Between the side of a box and its text."""
SIZE, SMALL = 12, 10.5
LEADING: Final = 15
MOST_LINES: Final = 2
POINTED: Final = 9
"""How far the sides of a box of those who contradict are drawn out."""


class Scene(NamedTuple):
    """What is drawn: an audit, and where the id of a document, source or speaker leads to; None: nowhere."""

    audit: Audit
    href: Callable[[str], str | None] | None = None


class Lines(NamedTuple):
    """What stands in a box: a name in lines, and below it what is to be known of it. rtl: of the name."""

    name: tuple[str, ...]
    detail: str
    rtl: bool


def lines_of(knot: Knot, one: Enclosure, audit: Audit) -> Lines:
    """The lines of a box."""
    name, detail = _told(knot, one, audit)
    name = harmless(name)
    room = WIDTHS[knot.kind] - 2 * EDGE
    return Lines(wrapped(name, room, SIZE, MOST_LINES), detail, is_right_to_left(name))


def _told(knot: Knot, one: Enclosure, audit: Audit) -> tuple[str, str]:
    if knot.kind == "source":
        return audit.names.get(knot.id, knot.id), ""
    if knot.kind == "between":
        return f"… {knot.id} documents", ""
    if knot.kind == "more":
        number = len(knot.ways)
        return f"and {number} more", "finding" if number == 1 else "findings"
    document = audit.documents[knot.id]
    is_own = any(other.kind == "source" and other.id == document.source for other in one.knots)
    name = "its own report" if is_own else audit.names.get(document.source, document.source)
    return name, _detail(knot, document.published)


def _detail(knot: Knot, published: str | None) -> str:
    facts = [published or "no date"]
    if len(knot.ways) == 1:
        way = knot.ways[0]
        facts += [f"{way.grade}*" if way.strongest else way.grade] if way.grade else []
        facts += ["partly"] if way.stand == "partly" else []
    elif knot.ways:
        grades = sorted({way.grade for way in knot.ways if way.grade})
        facts += [f"{len(knot.ways)} × {', '.join(grades)}" if grades else f"{len(knot.ways)} findings"]
    else:
        facts += ["passes it on"]
    facts += ["withdrawn"] if knot.struck else []
    return wrapped(harmless(" · ".join(facts)), WIDTHS["document"] - 2 * EDGE - 8, SMALL, 1)[0]


def size_of(knot: Knot, lines: Lines) -> Size:
    """How large a box is."""
    rows = len(lines.name) + bool(lines.detail)
    return Size(WIDTHS[knot.kind], LEADING * max(rows, 1) + 10)


def draw_knot(into: Marks, knot: Knot, lines: Lines, middle: Spot, scene: Scene) -> None:
    """Draw a box about its middle, with these lines in it."""
    audit, href = scene
    width, height = size_of(knot, lines)
    leads = href(knot.id) if href and knot.kind in {"source", "document"} else None
    classes = "origin" if knot.kind == "source" else side_of(knot)
    classes += " circle" if knot.in_circle else ""
    corner = (middle[0] - width / 2, middle[1] - height / 2)
    made = group(into, classes, tip=_tip(knot, audit), href=leads, at=corner)
    outline(made, "origin" if knot.kind == "source" else side_of(knot), (width, height), is_stack=knot.kind == "more")
    top = (height - LEADING * (len(lines.name) + bool(lines.detail))) / 2 + LEADING / 2
    style = "strong" if knot.kind == "source" else "struck" if knot.struck else ""
    for n, line in enumerate(lines.name):
        text(made, (width / 2, top + n * LEADING), line, style, size=SIZE, rtl=lines.rtl)
    if lines.detail:
        row = top + len(lines.name) * LEADING
        text(made, (width / 2 + 5, row), lines.detail, "muted", size=SMALL)
        if knot.ways:
            sign(made, knot.ways[0].stand, (EDGE + 2, row))


def side_of(knot: Knot) -> str:
    """The side of a box, as a class: for, against, aside or passing."""
    stand = knot.ways[0].stand if knot.ways else "passing"
    return "for" if stand == "partly" else stand


def _tip(knot: Knot, audit: Audit) -> str:
    if knot.kind == "source":
        return audit.names.get(knot.id, knot.id)
    if knot.kind in {"more", "between"}:
        return "; ".join(called(way.finding.document, audit) for way in knot.ways)
    told = "; ".join(what(way, audit) + (f" – {way.finding.note}" if way.finding.note else "") for way in knot.ways)
    return f"{called(knot.id, audit)}: {told or 'passes it on'}"


def outline(into: Marks, side: str, size: Spot, *, is_stack: bool = False) -> None:
    """The box of a side, in its shape."""
    width, height = size
    if is_stack:
        box(into, (4, -4), size, rounded=4)
    if side == "origin":
        box(into, (0, 0), size, rounded=height / 2)
    elif side == "for":
        box(into, (0, 0), size, rounded=9)
    elif side == "against":
        middle = height / 2
        right = width - POINTED
        shape(into, ((POINTED, 0), (right, 0), (width, middle), (right, height), (POINTED, height), (0, middle)), "box")
    else:
        box(into, (0, 0), size)
