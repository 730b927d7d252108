"""What the shapes of a picture of chains mean: of those that occur, and no others."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from claims.pictures.knots import outline, side_of
from claims.pictures.lettering import width_of
from claims.pictures.svg import box, group, path, sign, text

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from claims.pictures.strands import Enclosure
    from claims.pictures.svg import Marks, Spot

SWATCH: Final = (30, 16)
SIZE: Final = 11
ROW: Final = 24
MEANINGS: Final = {
    "origin": "where it comes from",
    "for": "supports it",
    "partly": "partly supports it",
    "against": "contradicts it",
    "aside": "set aside, never counted",
    "passing": "passes it on",
    "circle": "runs in a circle",
    "dashed": "not said to be from there",
    "copied": "the same text",
    "unsure": "not established",
    "interested": "gains by it, so never counted",
    "star": "* the strongest of its group",
}


def draw_legend(into: Marks, found: Sequence[Enclosure], corner: Spot, widest: float) -> tuple[float, float]:
    """The meanings in rows; where they end, below and to the right."""
    occurring = {name for one in found for name in _occurring(one)}
    left, top, right = corner[0], corner[1], 0.0
    for name, meaning in MEANINGS.items():
        if name not in occurring:
            continue
        width = SWATCH[0] + 8 + width_of(meaning, SIZE) + 16
        if left + width > widest and left > corner[0]:
            left, top = corner[0], top + ROW
        _swatch(into, name, (left, top))
        begin = left if name == "star" else left + SWATCH[0] + 8
        text(into, (begin, top + SWATCH[1] / 2), meaning, "muted", size=SIZE, anchor="start")
        left += width
        right = max(right, left)
    return top + ROW, right


def _occurring(one: Enclosure) -> Iterator[str]:
    for knot in one.knots:
        if knot.kind == "source":
            yield "origin"
        elif knot.kind != "between":
            yield side_of(knot)
        yield from ("circle" for _ in range(knot.in_circle))
        for way in knot.ways:
            yield way.stand
            yield "star" if way.strongest and one.group and not one.group.group.interested else ""
    for arrow in one.arrows:
        yield "dashed" if arrow.dashed else ""
        yield "copied" if arrow.copied else ""
    if one.group:
        yield "unsure" if not one.group.group.established else ""
        yield "interested" if one.group.group.interested else ""


def _swatch(into: Marks, name: str, corner: Spot) -> None:
    x, y = SWATCH
    if name == "star":
        return
    side = "for" if name == "partly" else name
    made = group(into, side, at=corner)
    if name in {"dashed", "copied", "circle"}:
        path(made, f"M0 {y / 2}H{x}", "arrow" if name == "circle" else f"arrow {name}")
    elif name in {"unsure", "interested"}:
        box(made, (0, 0), SWATCH, rounded=4, classes="enclosure unsure" if name == "unsure" else "enclosure")
    else:
        outline(made, side, SWATCH)
        if name not in {"origin", "passing"}:
            sign(made, name, (x / 2, y / 2))
