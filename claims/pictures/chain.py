"""The picture of who has it from whom: documents to the right of what they know it from, each group in a frame.

Sides differ by shape and colour: who supports stands in a box with round corners and a triangle that points up, who
contradicts in a box with pointed sides and a triangle that points down, what is set aside in a plain box with a bar.
"""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Final, NamedTuple

from claims.pictures.knots import Scene, draw_knot, lines_of, size_of
from claims.pictures.layout import laid_out
from claims.pictures.legend import draw_legend
from claims.pictures.lettering import harmless, wrapped
from claims.pictures.strands import drawn, enclosures
from claims.pictures.svg import Marks, box, group, number, path, picture, shape, text
from claims.pictures.words import FLOW, chain_words, standing
from claims.present.wording import WHY

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from claims.model.audit import Audit
    from claims.pictures.knots import Lines
    from claims.pictures.layout import Curve, Layout
    from claims.pictures.strands import Arrow, Enclosure
    from claims.pictures.svg import Picture, Spot

WIDEST: Final = 940
"""How wide frames side by side grow; one alone may be wider."""
MARGIN: Final = 10
INSIDE: Final = 12
"""Between a frame and what is in it."""
BETWEEN: Final = 14
COLUMN: Final = 470
"""How wide a frame may be that has others beside it."""
HEAD_SIZE: Final = 11
LEADING: Final = 15
NARROWEST: Final = 190
HEAD_LENGTH: Final = 7
SECTIONS: Final = {
    "for": "For the claim",
    "both": "On both sides",
    "against": "Against the claim",
    "aside": "Set aside",
}


Parts = tuple[list["Enclosure"], list["Enclosure"]]
"""What of a section is drawn, and what is counted."""


class Frame(NamedTuple):
    """An enclosure with its layout, and how large it is with its head."""

    enclosure: Enclosure
    lines: tuple[Lines, ...]
    layout: Layout
    head: tuple[str, ...]
    width: float
    height: float


def chain_picture(audit: Audit, href: Callable[[str], str | None] | None = None) -> Picture:
    """Who has it from whom, of one claim.

    href: where the id of a document, source or speaker leads to; None for one that leads nowhere. Raises
    `BadRequest` where Graphviz is not installed.
    """
    found = enclosures(audit)
    chosen = drawn(found)
    scene, marks = Scene(audit, href), Marks()
    text(marks, (MARGIN, MARGIN + 6), FLOW, "muted", size=HEAD_SIZE, anchor="start")
    top, right = MARGIN + 24.0, 420.0
    for name in SECTIONS:
        within = [n for n, one in enumerate(found) if _section(one) == name]
        parts = [found[n] for n in within if n in chosen], [found[n] for n in within if n not in chosen]
        if within:
            top, width = _draw_section(marks, name, parts, top, scene)
            right = max(right, width)
    if not found:
        text(marks, (MARGIN, top + 8), "Nobody has reported on it.", "muted", anchor="start")
        top += 28
    else:
        bottom, width = draw_legend(marks, [one for n, one in enumerate(found) if n in chosen], (MARGIN, top), WIDEST)
        top, right = bottom, max(right, width)
    title = f"Who has it from whom: {audit.claim.text}"
    size = (right + MARGIN, top + MARGIN)
    return picture(f"chain-{audit.claim.id}", title, chain_words(audit, found), size, marks, linked=href is not None)


def chain_told(audit: Audit) -> tuple[str, ...]:
    """All that the picture would show, in words, for where it cannot be drawn."""
    return tuple(map(harmless, chain_words(audit, enclosures(audit))))


def _section(one: Enclosure) -> str:
    return one.group.group.side if one.group else "aside"


def _draw_section(marks: Marks, name: str, parts: Parts, top: float, scene: Scene) -> tuple[float, float]:
    """Its title, its frames in rows, and how many are left out; where it ends, below and to the right."""
    own, left_out = parts
    ids = {way.finding.id for one in (*own, *left_out) for way in one.ways}
    count = f"{SECTIONS[name]} ({len(ids)} {'finding' if len(ids) == 1 else 'findings'})"
    text(marks, (MARGIN, top + 8), count, "strong", size=13, anchor="start")
    top, right = top + 24, 0.0
    bottom = top
    for placed, (x, y) in _placed([_frame(one, scene.audit) for one in own]):
        _draw_frame(marks, placed, (MARGIN + x, top + y), scene)
        right, bottom = max(right, MARGIN + x + placed.width), max(bottom, top + y + placed.height + BETWEEN)
    top = bottom
    if left_out:
        number_ = len({way.finding.id for one in left_out for way in one.ways})
        told = f"and {len(left_out)} lighter origins, with {number_} {'finding' if number_ == 1 else 'findings'}"
        text(marks, (MARGIN, top + 4), told, "muted", anchor="start")
        top += 24
    return top + 6, right


def _placed(frames: Sequence[Frame]) -> Iterator[tuple[Frame, Spot]]:
    """Frames in columns, in their order, each where there is room highest up; a wide one has the width for itself."""
    top = 0.0
    for is_narrow, found in groupby(frames, key=lambda frame: frame.width <= COLUMN):
        own = list(found)
        width = max(frame.width for frame in own)
        ends = [top] * (min(len(own), int((WIDEST + BETWEEN) / (width + BETWEEN))) if is_narrow else 1)
        for frame in own:
            column = ends.index(min(ends))
            yield frame, (column * (width + BETWEEN), ends[column])
            ends[column] += frame.height + BETWEEN
        top = max(ends)


def _frame(one: Enclosure, audit: Audit) -> Frame:
    lines = tuple(lines_of(knot, one, audit) for knot in one.knots)
    sizes = tuple(size_of(knot, told) for knot, told in zip(one.knots, lines, strict=True))
    arrows = tuple(dict.fromkeys((arrow.tail, arrow.head) for arrow in one.arrows))
    layout = laid_out(sizes, arrows)
    width = max(layout.width, NARROWEST)
    sentences = [WHY[one.why]] if one.why else list(standing(one, audit))
    head = tuple(line for told in sentences for line in wrapped(told[:1].upper() + told[1:], width, HEAD_SIZE, 2))
    height = layout.height + len(head) * LEADING + 2 * INSIDE + 4
    return Frame(one, lines, layout, head, width + 2 * INSIDE, height)


def _draw_frame(marks: Marks, frame: Frame, corner: Spot, scene: Scene) -> None:
    one = frame.enclosure
    classes = ["group"]
    is_unsure = one.group and not one.group.group.established
    if one.group and one.group.group.interested:
        classes.append("interested")
    into = group(marks, " ".join(classes), at=corner)
    box(into, (0, 0), (frame.width, frame.height), rounded=6, classes="enclosure unsure" if is_unsure else "enclosure")
    indent = 0
    if "interested" in classes:
        shape(
            into,
            ((INSIDE, 9), (INSIDE + 9, 12.5), (INSIDE, 16), (INSIDE, 22), (INSIDE - 1.5, 22), (INSIDE - 1.5, 9)),
            "flag",
        )
        indent = 14
    for n, line in enumerate(frame.head):
        spot = (INSIDE + indent, INSIDE + LEADING / 2 + n * LEADING - 2)
        text(into, spot, line, "" if n == 0 else "muted", size=HEAD_SIZE, anchor="start")
    inner = group(into, "chains", at=(INSIDE, INSIDE + len(frame.head) * LEADING + 4))
    for arrow, curve in zip(one.arrows, frame.layout.curves, strict=True):
        _draw_arrow(inner, arrow, curve, one)
    for knot, lines, middle in zip(one.knots, frame.lines, frame.layout.middles, strict=True):
        draw_knot(inner, knot, lines, middle, scene)


def _draw_arrow(into: Marks, arrow: Arrow, curve: Curve, one: Enclosure) -> None:
    is_circle = one.knots[arrow.tail].in_circle and one.knots[arrow.head].in_circle
    within = group(into, "circle") if is_circle else into
    (x, y), *rest = curve.points
    (tx, ty), (bx, by) = curve.tip, curve.points[-1]
    classes = "arrow" + (" dashed" if arrow.dashed else "") + (" copied" if arrow.copied else "")
    numbers = " ".join(f"{number(a)} {number(b)}" for a, b in rest)
    path(within, f"M{number(x)} {number(y)}C{numbers}", classes)
    length = max(((tx - bx) ** 2 + (ty - by) ** 2) ** 0.5, 0.1)
    ux, uy = (tx - bx) / length, (ty - by) / length
    base = (tx - ux * HEAD_LENGTH, ty - uy * HEAD_LENGTH)
    wing = HEAD_LENGTH * 0.45
    sides = ((base[0] - uy * wing, base[1] + ux * wing), (base[0] + uy * wing, base[1] - ux * wing))
    shape(within, (curve.tip, *sides), "head")
