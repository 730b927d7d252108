"""The course of a case: what was published when, what was said, how verdicts turned, and of what time the claims speak.

Days stand at even distances, and those on which nothing happened are left out, so that a week of reports is not pressed
together by what was published years later. What is known to a month or a year only is drawn as long as it may be.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from claims.pictures.lettering import width_of
from claims.pictures.svg import Marks, box, circle, group, number, path, picture, sign, text
from claims.present.wording import SYMBOLS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from claims.model.assessment import Verdict
    from claims.pictures.svg import Picture

LEFT, TOP, HEIGHT, MARGIN = 118, 40, 120, 10
WIDEST, BROADEST, LABELLED = 1060, 40, 44
ROW: Final = 20
BAR: Final = 9
MOST_LANES: Final = 14
SIGN_ROOM: Final = 13
SIDES: Final = {"for": "supports a claim", "against": "contradicts one", "aside": "never counts"}
CAPTION: Final = (
    "Findings by the first day on which their document can have appeared. Days without anything are left out."
)


class Lasting(NamedTuple):
    """What is known to lie somewhere between two spans, both included. `number`: how many of them."""

    written: str
    first: int
    last: int
    number: int


class Course(NamedTuple):
    """What the picture shows. Spans are days, months or years, as `2015-05-20` is cut; all else is by span."""

    title: str
    spans: tuple[str, ...]
    findings: Mapping[str, Mapping[str, int]]
    said: Mapping[str, int]
    turns: Mapping[str, Sequence[tuple[Verdict, int]]]
    documents: tuple[Lasting, ...]
    claims: tuple[Lasting, ...]


def course_picture(course: Course, words: Sequence[str]) -> Picture:
    """The picture of a case's course; words: what it shows, as the list beside it tells it."""
    marks = Marks()
    step = min(WIDEST / max(len(course.spans), 1), BROADEST)
    right = LEFT + step * max(len(course.spans), 1)
    text(marks, (MARGIN, MARGIN + 6), CAPTION, "muted", size=11, anchor="start")
    _bars(marks, course, step)
    bottom = float(TOP + HEIGHT + 30)
    bottom = _said(marks, course, step, bottom)
    bottom = _turns(marks, course, step, bottom)
    for title, lanes, noun in (
        ("Dated roughly", course.documents, "document"),
        ("Claims speak of", course.claims, "claim"),
    ):
        bottom = _lanes(marks, (title, lanes, noun), step, bottom)
    bottom = _legend(marks, course, bottom + ROW + 6)
    widest = max(right + MARGIN, MARGIN + width_of(CAPTION, 11), *_ends(course, step))
    return picture("case-course", course.title, words, (widest, bottom), marks, linked=False)


def _bars(into: Marks, course: Course, step: float) -> None:
    most = max((sum(counts.values()) for counts in course.findings.values()), default=1)
    foot = float(TOP + HEIGHT)
    for share in (0, 1):
        y = foot - HEIGHT * share
        path(into, f"M{LEFT} {number(y)}H{number(LEFT + step * len(course.spans))}", "grid" if share else "axis")
        text(into, (LEFT - 6, y), str(most * share), "muted", size=10.5, anchor="end")
    text(into, (MARGIN, foot - HEIGHT / 2), "Findings", "muted", size=11, anchor="start")
    for n, span in enumerate(course.spans):
        counts, x, top = course.findings.get(span, {}), LEFT + n * step, foot
        told = [f"{counts[side]} {meaning}" for side, meaning in SIDES.items() if counts.get(side)]
        if not told:
            continue
        day = group(into, "day", tip=f"{span}: {', '.join(told)}")
        for side in SIDES:
            if counts.get(side):
                tall = HEIGHT * counts[side] / most
                top -= tall
                box(day, (x + step * 0.12, top), (step * 0.76, tall), classes=f"bar {side}")
                if tall >= SIGN_ROOM <= step:
                    sign(day, side, (x + step / 2, top + tall / 2), classes=f"sign {side}")
    _dates(into, course.spans, step)


def _dates(into: Marks, spans: Sequence[str], step: float) -> None:
    every, year = max(int(LABELLED / step + 0.999), 1), ""
    for n, span in enumerate(spans):
        if n % every:
            continue
        x = LEFT + (n + 0.5) * step
        text(into, (x, TOP + HEIGHT + 12), span[5:] or span, "muted", size=10)
        if span[:4] != year and span[5:]:
            year = span[:4]
            text(into, (x, TOP + HEIGHT + 24), year, "muted", size=10)


def _said(into: Marks, course: Course, step: float, above: float) -> float:
    if not course.said:
        return above
    y = above + ROW
    text(into, (MARGIN, y), "Said", "muted", size=11, anchor="start")
    for n, span in enumerate(course.spans):
        count = course.said.get(span)
        if count:
            made = group(into, "passing", tip=f"{span}: {count} said")
            x = LEFT + (n + 0.5) * step
            circle(made, (x, y), 3, "sign")
            if count > 1:
                text(made, (x + 6, y), str(count), "muted", size=10.5, anchor="start")
    return y


def _turns(into: Marks, course: Course, step: float, above: float) -> float:
    """The verdicts that claims turned to, one below the other where they are several on a day."""
    if not course.turns:
        return above
    y = above + ROW
    text(into, (MARGIN, y), "Verdicts turn", "muted", size=11, anchor="start")
    for n, span in enumerate(course.spans):
        for row, (verdict, count) in enumerate(course.turns.get(span, ())):
            told = f"{SYMBOLS[verdict]}{count}" if count > 1 else SYMBOLS[verdict]
            made = group(into, "verdict", tip=f"{span}: {count} to {verdict}")
            text(made, (LEFT + (n + 0.5) * step, y + row * (ROW - 5)), told, f"strong {verdict}", size=11)
    deepest = max(len(found) for found in course.turns.values())
    return y + (deepest - 1) * (ROW - 5)


def _lanes(into: Marks, rows: tuple[str, Sequence[Lasting], str], step: float, above: float) -> float:
    """Bars from the first span that it may lie in to the last, the number beside each."""
    title, lanes, noun = rows
    y = above + (8 if lanes else 0)
    for n, lane in enumerate(_heaviest(lanes)):
        y += ROW - 3
        if not n:
            text(into, (MARGIN, y), title, "muted", size=11, anchor="start")
        told = _lane(lane, noun)
        made = group(into, "passing", tip=told)
        x, long = LEFT + lane.first * step, (lane.last - lane.first + 1) * step
        box(made, (x + 1, y - BAR / 2), (max(long - 2, 3), BAR), rounded=2, classes="band")
        text(made, (x + long + 5, y), told, "muted", size=10.5, anchor="start")
    left = sum(lane.number for lane in lanes) - sum(lane.number for lane in _heaviest(lanes))
    if left:
        y += ROW - 3
        text(into, (LEFT, y), f"and {left} more, of other times", "muted", size=10.5, anchor="start")
    return y


def _heaviest(lanes: Sequence[Lasting]) -> tuple[Lasting, ...]:
    """The lanes that have room, in the order given: those of which there is most."""
    kept = set(sorted(lanes, key=lambda lane: -lane.number)[:MOST_LANES])
    return tuple(lane for lane in lanes if lane in kept)


def _lane(lane: Lasting, noun: str) -> str:
    return f"{lane.written}: {lane.number} {noun}{'' if lane.number == 1 else 's'}"


def _ends(course: Course, step: float) -> Iterator[float]:
    for lanes, noun in ((course.documents, "document"), (course.claims, "claim")):
        for lane in _heaviest(lanes):
            yield LEFT + (lane.last + 1) * step + 5 + width_of(_lane(lane, noun), 10.5) + MARGIN
    yield 0.0


def _legend(into: Marks, course: Course, y: float) -> float:
    left = float(LEFT)
    for side, meaning in SIDES.items():
        if any(counts.get(side) for counts in course.findings.values()):
            sign(into, side, (left, y), classes=f"sign {side}")
            text(into, (left + 9, y), meaning, "muted", size=11, anchor="start")
            left += 9 + width_of(meaning, 11) + 20
    return y + 14
