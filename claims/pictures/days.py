"""The picture of a case over time: how many findings appeared on each day, by what they do.

A day with none is left out, so that what happened within a week is not pressed together by what was said years later;
of a case with very many days, months stand for days, and years for months.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING, Final

from claims.pictures.lettering import width_of
from claims.pictures.strands import STANDS
from claims.pictures.svg import Marks, box, group, number, path, picture, sign, text

if TYPE_CHECKING:
    from collections.abc import Mapping

    from claims.model.assessment import Report
    from claims.model.when import Interval
    from claims.pictures.svg import Picture

LEFT, TOP, HEIGHT, MARGIN = 56, 34, 130, 10
WIDEST, BROADEST, LABELLED = 840, 40, 44
MOST_DAYS: Final = 90
SIGN_ROOM: Final = 13
"""How tall and broad a part of a bar must be to bear its sign."""
LENGTHS: Final = (10, 7, 4)
"""Of a date as it is written: to the day, to the month, to the year."""
SIDES: Final = {"for": "supports a claim", "against": "contradicts one", "aside": "set aside"}
CAPTION: Final = "Findings by the day on which their document can first have appeared. Days without any are left out."


def case_picture(report: Report, published: Mapping[str, Interval]) -> Picture:
    """The findings of a report over time, once for each claim that they are on.

    published: when documents appeared, by id; what is not in it is counted in the words, and not drawn.
    """
    by_day, undated = _by_day(report, published)
    length = next((n for n in LENGTHS if len({day[:n] for day in by_day}) <= MOST_DAYS), LENGTHS[-1])
    spans: dict[str, Counter[str]] = defaultdict(Counter)
    for day in sorted(by_day):
        spans[day[:length]].update(by_day[day])
    marks = Marks()
    text(marks, (MARGIN, MARGIN + 6), CAPTION, "muted", size=11, anchor="start")
    step = min(WIDEST / max(len(spans), 1), BROADEST)
    _bars(marks, spans, step)
    bottom = _legend(marks)
    words = [_sentence(span, counts) for span, counts in spans.items()]
    words += [_sentence("no date", undated)] if undated else []
    width = max(LEFT + step * len(spans), MARGIN + width_of(CAPTION, 11)) + MARGIN
    title = f"What appeared when: {report.title}"
    return picture("case-days", title, words, (width, bottom), marks, linked=False)


def _by_day(report: Report, published: Mapping[str, Interval]) -> tuple[dict[str, Counter[str]], Counter[str]]:
    by_day: dict[str, Counter[str]] = defaultdict(Counter)
    undated: Counter[str] = Counter()
    for claim in report.claims:
        found = {one.finding: (one.document, one.stance) for group_ in claim.groups for one in group_.members}
        found |= {one.finding: (one.document, "") for one in claim.set_aside}
        for document, stance in found.values():
            side = STANDS.get(stance, "aside")
            when = published.get(document)
            counts = by_day[when.start.isoformat()] if when else undated
            counts["for" if side == "partly" else side] += 1
    return by_day, undated


def _bars(into: Marks, spans: Mapping[str, Counter[str]], step: float) -> None:
    most = max((counts.total() for counts in spans.values()), default=1)
    foot = TOP + HEIGHT
    for share in (0, 1):
        y = foot - HEIGHT * share
        path(into, f"M{LEFT} {number(y)}H{number(LEFT + step * max(len(spans), 1))}", "grid" if share else "axis")
        text(into, (LEFT - 6, y), str(most * share), "muted", size=10.5, anchor="end")
    every, before = max(int(LABELLED / step + 0.999), 1), ""
    for n, (span, counts) in enumerate(spans.items()):
        x, top = LEFT + n * step, float(foot)
        day = group(into, "day", tip=_sentence(span, counts))
        for side in SIDES:
            if counts[side]:
                tall = HEIGHT * counts[side] / most
                top -= tall
                box(day, (x + step * 0.12, top), (step * 0.76, tall), classes=f"bar {side}")
                if tall >= SIGN_ROOM <= step:
                    sign(day, side, (x + step / 2, top + tall / 2), classes=f"sign {side}")
        if n % every == 0:
            text(into, (x + step / 2, foot + 12), span[5:] or span, "muted", size=10)
            if span[:4] != before and span[5:]:
                before = span[:4]
                text(into, (x + step / 2, foot + 24), before, "muted", size=10)


def _legend(into: Marks) -> float:
    y, left = TOP + HEIGHT + 46.0, float(LEFT)
    for side, meaning in SIDES.items():
        sign(into, side, (left, y), classes=f"sign {side}")
        text(into, (left + 9, y), meaning, "muted", size=11, anchor="start")
        left += 9 + width_of(meaning, 11) + 20
    return y + 14


def _sentence(span: str, counts: Counter[str]) -> str:
    told = [f"{counts[side]} {'set aside' if side == 'aside' else side}" for side in SIDES if counts[side]]
    return f"{span}: {', '.join(told)}."
