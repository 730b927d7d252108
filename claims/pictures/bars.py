"""Small bars, to stand in a row of a table: a probability with its range, and a record in counts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from claims.pictures.svg import Marks, box, circle, path, picture, sign

if TYPE_CHECKING:
    from claims.model.track import Fares
    from claims.pictures.svg import Picture
    from claims.present.view import Bar

WIDTH, HEIGHT, EDGE = 120.0, 16.0, 6.0
UNIT: Final = 9.0
"""How long one finding is in a bar of a record, while there is room."""
LONGEST: Final = 240.0


def probability_bar(name: str, bar: Bar) -> Picture:
    """A probability as a point on a line from 0 to 1, on the band of its range. name: unique on a page."""
    marks = Marks()
    inner = WIDTH - 2 * EDGE
    low, point, high = (EDGE + share * inner for share in bar)
    box(marks, (low, 3), (max(high - low, 1), HEIGHT - 6), rounded=3, classes="band")
    path(marks, f"M{EDGE:g} {HEIGHT / 2:g}H{WIDTH - EDGE:g}M{WIDTH / 2:g} 3V{HEIGHT - 3:g}", "axis")
    circle(marks, (point, HEIGHT / 2), 3.6, "point")
    return picture(name, f"Probability {bar}", (), (WIDTH, HEIGHT), marks, linked=False)


def record_bar(name: str, fares: Fares) -> Picture:
    """How many were borne out, contradicted, and undecided, each a part of a bar with its sign. name: as above.

    One is as long as another, up to the longest bar; beyond that all are shorter.
    """
    marks = Marks()
    unit = min(UNIT, LONGEST / max(fares.all, 1))
    left = 1.0
    parts = (("for", fares.borne_out), ("against", fares.contradicted), ("aside", fares.undecided))
    for side, number in parts:
        if number:
            width = number * unit
            box(marks, (left, 1), (width, HEIGHT - 2), classes=f"bar {side}")
            if width >= UNIT:
                sign(marks, side, (left + width / 2, HEIGHT / 2), classes=f"sign {side}")
            left += width
    told = f"{fares.borne_out} borne out, {fares.contradicted} contradicted, {fares.undecided} undecided"
    return picture(name, told, (), (max(left, 2) + 1, HEIGHT), marks, linked=False)
