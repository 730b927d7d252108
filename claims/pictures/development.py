"""The picture of how a claim developed: its probability with its range, in steps, over the days that changed something.

Days stand at even distances, whatever lies between them: a claim that is settled within a week and mentioned two years
later would else be one step and a long line. Below each day is what appeared then, by what it does.
"""

from __future__ import annotations

from collections import Counter
from itertools import groupby
from typing import TYPE_CHECKING, Final, NamedTuple

from claims.model.share import share_text
from claims.pictures.lettering import width_of
from claims.pictures.strands import STANDS
from claims.pictures.svg import Marks, circle, group, number, path, picture, shape, sign, text
from claims.present.timeline_view import TOLD
from claims.present.wording import SYMBOLS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from claims.model.audit import Audit, Event, Moment
    from claims.pictures.svg import Picture, Spot

LEFT, TOP, HEIGHT, MARGIN = 96, 58, 150, 10
WIDEST, BROADEST, NARROWEST = 820, 104, 12
"""Of the plot, and of one day in it."""
LABELLED: Final = 38
"""How broad a day must be for its date to have room."""
ROW: Final = 18
LEGEND_GAP: Final = 20
GRID: Final = (0.0, 0.25, 0.5, 0.75, 1.0)
UNSAID: Final = frozenset({"not-checkable", "unchecked", "unverified"})
"""Verdicts at which a probability would say nothing."""
ROWS: Final = {
    "for": "supports it",
    "partly": "partly",
    "against": "contradicts it",
    "aside": "set aside",
    "passing": "records it",
}
OTHERS: Final = {"withdrawn": "withdrawn", "searched": "searched", "due": "due"}


class Stop(NamedTuple):
    """A day on which something changed, or days in a row on which nothing did. `day`: the last one's date."""

    moment: Moment
    day: str | None
    several: bool
    events: tuple[Event, ...]


def stops(audit: Audit) -> tuple[Stop, ...]:
    """The days of a claim in order; those on which nothing changed are one between two that changed something."""
    found = []
    for is_change, run in groupby(audit.timeline, key=lambda moment: moment.is_change):
        moments = list(run)
        parts = [[moment] for moment in moments] if is_change else [moments]
        for part in parts:
            events = tuple(event for moment in part for event in moment.events)
            found.append(Stop(part[-1], part[-1].day, len(part) > 1, events))
    return tuple(found)


def development_picture(audit: Audit) -> Picture:
    """How one claim developed, up to the date of the audit."""
    days = stops(audit)
    step = max(min(WIDEST / len(days), BROADEST), NARROWEST)
    right = LEFT + step * len(days)
    marks = Marks()
    _grid(marks, right)
    _verdicts(marks, days, step)
    _curve(marks, days, step)
    _dates(marks, days, step)
    bottom = _appeared(marks, days, step, audit)
    caption = "Probability, with its range if every letter were one better or worse. Days stand at even distances."
    text(marks, (MARGIN, MARGIN + 6), caption, "muted", size=11, anchor="start")
    width = max(right + 50, MARGIN + width_of(caption, 11))
    title = f"How it developed: {audit.claim.text}"
    words = tuple(_words(days, audit))
    return picture(f"development-{audit.claim.id}", title, words, (width, bottom + MARGIN), marks, linked=False)


def _height(probability: float) -> float:
    return TOP + HEIGHT * (1 - probability)


def _grid(into: Marks, right: float) -> None:
    for share in GRID:
        y = _height(share)
        path(into, f"M{LEFT} {number(y)}H{number(right)}", "axis" if share in {0.0, 1.0} else "grid")
        text(into, (LEFT - 6, y), f"{share:g}", "muted", size=10.5, anchor="end")


def _curve(into: Marks, days: Sequence[Stop], step: float) -> None:
    """The range as a band and the probability as a line, in steps; a gap where a number would say nothing."""
    lines = []
    for is_unsaid, run in groupby(enumerate(days), key=lambda one: one[1].moment.verdict in UNSAID):
        if is_unsaid:
            continue
        top: list[Spot] = []
        bottom: list[Spot] = []
        line: list[Spot] = []
        for n, day in run:
            sides = LEFT + n * step, LEFT + (n + 1) * step
            low, high = day.moment.range
            for spots, share in ((top, high), (bottom, low), (line, day.moment.probability)):
                spots += [(x, _height(share)) for x in sides]
        shape(into, (*top, *reversed(bottom)), "band")
        lines.append("M" + "L".join(f"{number(x)} {number(y)}" for x, y in line))
    if lines:
        path(into, "".join(lines), "line")
    if lines and days[-1].moment.verdict not in UNSAID:
        end, x = days[-1].moment.probability, LEFT + len(days) * step
        circle(into, (x, _height(end)), 3.2, "point")
        text(into, (x + 7, _height(end)), share_text(end), "strong", size=11, anchor="start")


def _verdicts(into: Marks, days: Sequence[Stop], step: float) -> None:
    """Each verdict where it begins: its sign, and its word where there is room before the next."""
    begins = [n for n, day in enumerate(days) if n == 0 or day.moment.verdict != days[n - 1].moment.verdict]
    for n, following in zip(begins, [*begins[1:], len(days) + 50 / step], strict=True):
        verdict, x = days[n].moment.verdict, LEFT + n * step
        told = f"{SYMBOLS[verdict]} {verdict}"
        room = (following - n) * step
        made = group(into, "verdict", tip=told)
        path(made, f"M{number(x)} {TOP - 8}V{TOP + HEIGHT}", "grid")
        shown = told if width_of(told, 11) <= room else SYMBOLS[verdict]
        text(made, (x, TOP - 17), shown, f"strong {verdict}", size=11, anchor="start")


def _dates(into: Marks, days: Sequence[Stop], step: float) -> None:
    """Under each day its date, as far as there is room; the year where it is another."""
    year, every = "", max(int(LABELLED / step + 0.999), 1)
    for n, day in enumerate(days):
        if n % every:
            continue
        x = LEFT + (n + 0.5) * step
        written = day.day
        if written is None:
            text(into, (x, TOP + HEIGHT + 12), "no date", "muted", size=10)
            continue
        shown = f"to {written[5:]}" if day.several else written[5:]
        text(into, (x, TOP + HEIGHT + 12), shown, "" if day.moment.is_change else "muted", size=10)
        if written[:4] != year:
            year = written[:4]
            text(into, (x, TOP + HEIGHT + 24), year, "muted", size=10)


def _appeared(into: Marks, days: Sequence[Stop], step: float, audit: Audit) -> float:
    """Rows of what appeared on each day, by what it does; where they end."""
    aside = {finding.id for finding in audit.findings if finding.set_aside}
    counts = [_counted(day, aside) for day in days]
    y = TOP + HEIGHT + 24.0
    for stand, title in (ROWS | OTHERS).items():
        if not any(count[stand] for count in counts):
            continue
        y += ROW
        text(into, (MARGIN, y), title, "muted", size=10.5, anchor="start")
        for n, count in enumerate(counts):
            if count[stand]:
                _count(into, stand, count[stand], (LEFT + (n + 0.5) * step, y), step)
    return y + ROW / 2


def _count(into: Marks, stand: str, count: int, spot: tuple[float, float], step: float) -> None:
    x, y = spot
    side = "for" if stand == "partly" else stand if stand in ROWS else "passing"
    has_number = count > 1 and step > LEGEND_GAP
    sign(group(into, side), stand, (x - (6 if has_number else 0), y))
    if has_number:
        text(into, (x + 2, y), str(count), "muted", size=10.5, anchor="start")


def _counted(day: Stop, aside: set[str]) -> Counter[str]:
    found: Counter[str] = Counter()
    for event in day.events:
        if event.what in OTHERS:
            found[event.what] += 1
            continue
        found["passing"] += len(event.records)
        for finding, stance in event.findings:
            found["aside" if finding in aside else STANDS.get(stance, "aside")] += 1
    return found


def _words(days: Sequence[Stop], audit: Audit) -> Iterator[str]:
    yield audit.claim.text
    for day in days:
        moment = day.moment
        told = "; ".join(
            said
            for what, tell in TOLD.items()
            if (said := tell([one for one in day.events if one.what == what], audit))
        )
        came = f"{SYMBOLS[moment.verdict]} {moment.verdict}"
        if moment.verdict not in UNSAID:
            low, high = map(share_text, moment.range)
            came += f", probability {share_text(moment.probability)} ({low}–{high})"
        when = f"to {day.day}" if day.several else day.day or "no date"
        yield f"{when}: {told or 'nothing has appeared'}: {came if moment.is_change else 'no change'}."
