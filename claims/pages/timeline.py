"""The case in time: what was published, what was said, of what time the claims speak, and when verdicts turned.

Told twice: as a picture, and day by day in words. What is known to a month or a year only stands where it may have
begun. In a case of very many days, months stand for days, and years for months.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from functools import cache
from typing import TYPE_CHECKING, Final, NamedTuple, TypeVar

from claims.auditing.turns import turns_of
from claims.pages.figures import figure, picture_style
from claims.pages.frame import Page
from claims.pages.marks import DOES, drawn_signs
from claims.pages.sheet import Sheet
from claims.pages.templating import asset, rendered
from claims.pictures.course import Course, Lasting, course_picture
from claims.present.view import Entry
from claims.present.wording import ORDER
from claims.tables.values import is_later

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from claims.auditing.turns import Turn
    from claims.model.assessment import Verdict
    from claims.model.claim import Claim
    from claims.model.document import Document
    from claims.model.statement import Statement
    from claims.model.when import Interval
    from claims.pages.ground import File, Ground
    from claims.pages.marks import Mark

T = TypeVar("T")

PATH: Final = "timeline.html"
MOST_SPANS: Final = 90
LENGTHS: Final = (10, 7, 4)
"""Of a date as it is written: to the day, to the month, to the year."""
UNITS: Final = {10: "day", 7: "month", 4: "year"}
WORDS: Final = {"for": "for a claim", "against": "against one", "aside": "that never count"}
NAMED: Final = 30
"""Of each sort, how many are named in one span; the rest is counted."""


LISTED: Final = 3
"""Claims that one speaker says in one document on one day, and that are named; more are counted."""


class Appeared(NamedTuple):
    """A document on the day on which it appeared, with how many marks of each sort it has."""

    document: Document
    source: str
    marks: tuple[tuple[str, bool, int], ...]


class Said(NamedTuple):
    """What one speaker said in one document, on one day."""

    speaker: str
    document: str
    claims: tuple[str, ...]


class Dated(NamedTuple):
    """Everything that bears a date, with the first day that it may mean; and how much bears none."""

    published: tuple[tuple[dt.date, Document], ...]
    withdrawn: tuple[tuple[dt.date, Document], ...]
    said: tuple[tuple[dt.date, Statement], ...]
    happened: tuple[tuple[Interval, Claim], ...]
    undated: int
    unsaid: int


class Span(NamedTuple):
    """A day, a month or a year, and everything in it."""

    name: str
    happened: tuple[Claim, ...]
    said: tuple[Said, ...]
    published: tuple[Appeared, ...]
    withdrawn: tuple[Document, ...]
    turns: tuple[Turn, ...]


class Event(NamedTuple):
    """What happened, as a row to take away. `written`: its date, as it is given."""

    event: str
    span: str
    what: str
    written: str | None
    document: str | None = None
    claim: str | None = None
    speaker: str | None = None
    before: str | None = None
    after: str | None = None


def timeline_files(ground: Ground) -> Iterator[File]:
    """The page of the timeline, and its events as rows."""
    return ground.bound(PATH, timeline_page(ground))


def timeline_page(ground: Ground) -> Page:
    """The timeline of a whole case, up to the date of its assessment."""
    dated = _dated(ground)
    length = _length(dated)
    moments = sorted({day for day, _ in (*dated.published, *dated.withdrawn)})
    last = {day.isoformat()[:length]: day for day in moments}
    turns = turns_of(ground.assessment, sorted(last.values()))
    spans = _spans(dated, length, turns or (), ground)
    texts = {one.id: one.text for one in ground.report.claims}
    words = tuple(_sentence(span) for span in spans)
    course = _course(dated, spans, length, ground)
    return Page(
        title="Timeline",
        about=ground.about,
        body=rendered(
            "timeline.html",
            picture=figure(course_picture(course, words)) if spans else None,
            spans=spans,
            unit=UNITS[length],
            undated=dated.undated,
            unsaid=dated.unsaid,
            is_judged=turns is not None,
            named=NAMED,
            listed=LISTED,
            does=DOES,
            drawn=drawn_signs(),
            texts=texts,
            names=ground.names,
            languages=ground.title_languages,
            entry=Entry,
            places=cache(ground.places(PATH)),
        ),
        sheet=Sheet(f"{ground.case.id}-timeline", Event._fields, tuple(_rows(spans))),
        styles=(picture_style(), asset("marks.css"), asset("timeline.css")),
    )


def _dated(ground: Ground) -> Dated:
    case, as_of = ground.case, ground.assessment.as_of
    documents = {one.id: one for one in case.documents if not is_later(one.published, as_of)}
    said = [
        (one.date or documents[one.document].published, one) for one in case.statements if one.document in documents
    ]
    return Dated(
        tuple((one.published.start, one) for one in documents.values() if one.published),
        tuple(
            (one.retracted.date.start, one)
            for one in documents.values()
            if one.retracted and not is_later(one.retracted.date, as_of)
        ),
        tuple((date.start, one) for date, one in said if date),
        tuple((one.when, one) for one in case.claims if one.when),
        sum(one.published is None for one in documents.values()),
        sum(date is None for date, _ in said),
    )


def _days(dated: Dated) -> Iterator[dt.date]:
    for days in (dated.published, dated.withdrawn, dated.said):
        yield from (day for day, _ in days)
    for when, _ in dated.happened:
        yield from (when.start, when.end)


def _length(dated: Dated) -> int:
    """How much of a date names a span, so that there are not too many of them."""
    days = {day.isoformat() for day in _days(dated)}
    return next((n for n in LENGTHS if len({day[:n] for day in days}) <= MOST_SPANS), LENGTHS[-1])


def _spans(dated: Dated, length: int, turns: Iterable[Turn], ground: Ground) -> tuple[Span, ...]:
    """Every span in which something happens, in order; the end of what is said to have happened is none."""
    marks: dict[str, list[Mark]] = defaultdict(list)
    for found in ground.marks.values():
        for mark in found:
            marks[mark.document].append(mark)

    def by_span(pairs: Iterable[tuple[dt.date, T]]) -> dict[str, list[T]]:
        held: dict[str, list[T]] = defaultdict(list)
        for day, one in sorted(pairs, key=lambda pair: pair[0]):
            held[day.isoformat()[:length]].append(one)
        return held

    published, withdrawn = by_span(dated.published), by_span(dated.withdrawn)
    said, happened = by_span(dated.said), by_span((when.start, one) for when, one in dated.happened)
    turned = by_span((turn.day, turn) for turn in turns)
    return tuple(
        Span(
            name,
            tuple(happened.get(name, ())),
            _said(said.get(name, ())),
            tuple(Appeared(one, ground.names[one.source], _counted(marks[one.id])) for one in published.get(name, ())),
            tuple(withdrawn.get(name, ())),
            tuple(turned.get(name, ())),
        )
        for name in sorted({*published, *withdrawn, *said, *happened, *turned})
    )


def _said(statements: Iterable[Statement]) -> tuple[Said, ...]:
    found: dict[tuple[str, str], list[str]] = defaultdict(list)
    for one in statements:
        found[one.document, one.speaker].append(one.claim)
    return tuple(Said(speaker, document, tuple(claims)) for (document, speaker), claims in sorted(found.items()))


def _counted(marks: Iterable[Mark]) -> tuple[tuple[str, bool, int], ...]:
    """How many marks there are of each sort: those that count first, in the order of what they say."""
    counts = Counter((mark.kind, mark.counts) for mark in marks if mark.kind != "record")
    order = tuple(DOES)
    ranked = sorted(counts, key=lambda one: (not one[1], order.index(one[0])))
    return tuple((kind, does_count, counts[kind, does_count]) for kind, does_count in ranked)


def _course(dated: Dated, spans: Sequence[Span], length: int, ground: Ground) -> Course:
    names = tuple(sorted({day.isoformat()[:length] for day in _days(dated)} | {span.name for span in spans}))
    rough = [one.published for _, one in dated.published if one.published and one.published.start != one.published.end]
    return Course(
        title=f"The course of the case: {ground.case.title}",
        spans=names,
        findings={span.name: _sides(span) for span in spans},
        said={span.name: sum(len(one.claims) for one in span.said) for span in spans if span.said},
        turns={span.name: _turned(span.turns) for span in spans if span.turns},
        documents=tuple(_lasting(rough, names, length)),
        claims=tuple(_lasting((when for when, _ in dated.happened), names, length)),
    )


def _sides(span: Span) -> Mapping[str, int]:
    counts: Counter[str] = Counter()
    for one in span.published:
        for kind, does_count, number in one.marks:
            counts["aside" if not does_count else "against" if kind == "against" else "for"] += number
    return counts


def _turned(turns: Iterable[Turn]) -> tuple[tuple[Verdict, int], ...]:
    """To how many claims each verdict came, in the order of the report."""
    counts = Counter(turn.after for turn in turns)
    return tuple(sorted(counts.items(), key=lambda one: ORDER.index(one[0])))


def _lasting(intervals: Iterable[Interval], names: Sequence[str], length: int) -> Iterator[Lasting]:
    """Intervals of the same spans once, by their beginning, the longest first."""
    found: dict[tuple[int, int], list[Interval]] = defaultdict(list)
    for one in intervals:
        first = bisect_left(names, one.start.isoformat()[:length])
        found[first, max(bisect_right(names, one.end.isoformat()[:length]) - 1, first)].append(one)
    for (first, last), same in sorted(found.items(), key=lambda item: (item[0][0], -item[0][1])):
        written = {one.written for one in same}
        spans = names[first] if first == last else f"{names[first]} to {names[last]}"
        yield Lasting(written.pop().replace("/", " to ") if len(written) == 1 else spans, first, last, len(same))


def _sentence(span: Span) -> str:
    """A span in one sentence, for who cannot see the picture."""
    sides = _sides(span)
    told = [f"{len(span.published)} published" if span.published else ""]
    told += [f"{sides[side]} {words}" for side, words in WORDS.items() if sides[side]]
    told += [f"{sum(len(one.claims) for one in span.said)} said" if span.said else ""]
    told += [f"{len(span.happened)} claims speak of then" if span.happened else ""]
    told += [f"{number} turn {verdict}" for verdict, number in _turned(span.turns)]
    return f"{span.name}: {', '.join(filter(None, told))}."


def _rows(spans: Iterable[Span]) -> Iterator[Event]:
    """What the page names, as rows: no more of a sort and span than it shows."""
    for span in spans:
        for one in span.happened[:NAMED]:
            yield Event(f"happened/{one.id}", span.name, "happened", str(one.when), claim=one.id)
        for said in span.said[:NAMED]:
            for claim in said.claims:
                event = f"said/{said.document}/{said.speaker}/{claim}"
                yield Event(event, span.name, "said", None, said.document, claim, said.speaker)
        for shown in span.published[:NAMED]:
            document = shown.document
            event = f"published/{document.id}"
            yield Event(event, span.name, "published", str(document.published), document.id)
        for document in span.withdrawn[:NAMED]:
            written = str(document.retracted.date) if document.retracted else None
            yield Event(f"withdrawn/{document.id}", span.name, "withdrawn", written, document.id)
        for turn in span.turns[:NAMED]:
            event, day = f"turn/{span.name}/{turn.claim}", turn.day.isoformat()
            yield Event(event, span.name, "verdict", day, claim=turn.claim, before=turn.before, after=turn.after)
