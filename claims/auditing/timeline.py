"""How a claim developed: on each day on which something about it appeared, what it came to from then on.

A document counts from the first day on which it can have appeared, as everywhere; what bears no date counts from the
beginning. The last moment is judged as the assessment itself is, so that both say the same.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from typing import TYPE_CHECKING, Final, NamedTuple

from claims.flow import copies_in
from claims.model.audit import Event, Moment
from claims.tables.from_case import today_of
from claims.tables.values import is_later, stance_of
from claims.variants import Narrowing, Variant, narrowed, outcomes

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from claims.flow import Assessment
    from claims.model.case import Case
    from claims.model.claim import Claim
    from claims.model.document import Document
    from claims.model.when import Interval
    from claims.variants import Outcome

AT_ONCE: Final = 500_000
"""Findings, over all days, that are judged at once: enough to be quick, few enough for any machine."""

Dated = tuple[dt.date | None, Event]


def timeline_of(assessment: Assessment, claim: Claim) -> tuple[Moment, ...]:
    """The moments of a claim, in order; at least one.

    Days on which only documents appeared that others pass on are among them where something changes.
    """
    return timelines_of(assessment, (claim,))[claim.id]


def timelines_of(assessment: Assessment, claims: Sequence[Claim]) -> dict[str, tuple[Moment, ...]]:
    """The timeline of each of these claims, by id; claims that have days in common are judged together as of them."""
    case, as_of, copies = assessment.case, assessment.as_of, assessment.copies
    narrowing = Narrowing(case, copies)
    asked: dict[dt.date | None, list[str]] = defaultdict(list)
    days_of: dict[str, _Days] = {}
    for claim in claims:
        days = days_of[claim.id] = _days(narrowing.of([claim.id]), claim, as_of)
        for day in days.asked:
            asked[day].append(claim.id)
    is_fixed = all(document.published for document in case.documents if document.id in copies)
    versions = [
        Variant(narrowing.of(own), day, copies) if is_fixed or day == as_of else _version(case, own, day)
        for day, own in asked.items()
    ]
    found = dict(zip(asked, _judged(versions), strict=True))
    return {
        claim: tuple(_told(days.marks, [found[day][claim] for day in days.asked], days.events))
        for claim, days in days_of.items()
    }


class _Days(NamedTuple):
    """The days of a claim: those as of which it is judged, those by which its moments go, and what happened on each."""

    asked: list[dt.date | None]
    marks: list[dt.date | None]
    events: dict[dt.date | None, list[Event]]


def _days(small: Case, claim: Claim, as_of: dt.date | None) -> _Days:
    by_day: dict[dt.date | None, list[Event]] = defaultdict(list)
    for day, event in _events(small, claim, as_of):
        by_day[day].append(event)
    days = sorted(day for day in by_day if day is not None)
    asked: list[dt.date | None] = [*days[:-1], as_of]
    if None in by_day and days:
        asked.insert(0, _day_before(days[0]))
    return _Days(asked, [*([None] if None in by_day or not days else []), *days], by_day)


def _judged(versions: Sequence[Variant]) -> Iterator[dict[str, Outcome]]:
    """The outcomes of each version, in order, in parts of so many findings as are judged at once."""
    part: list[Variant] = []
    size = 0
    for version in versions:
        size += len(version.case.findings)
        if part and size > AT_ONCE:
            yield from outcomes(part)
            part, size = [], len(version.case.findings)
        part.append(version)
    yield from outcomes(part) if part else ()


def _version(case: Case, claims: Sequence[str], day: dt.date | None) -> Variant:
    """The claims as of a day on which an undated copy may have followed another text than in the end."""
    then = copies_in(case, day)
    return Variant(narrowed(case, claims, then), day, then)


def _day_before(day: dt.date) -> dt.date:
    return day if day == dt.date.min else day - dt.timedelta(days=1)


def _events(case: Case, claim: Claim, as_of: dt.date | None) -> Iterator[Dated]:
    """Everything that happened to the claim by `as_of`, each with its day, in the order of the case."""
    findings: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for finding in case.findings:
        findings[finding.document].append((finding.key, stance_of(claim, finding, case.policy.tolerance)[0]))
    records: dict[str, list[str]] = defaultdict(list)
    for said in case.statements:
        records[said.document].append(said.key)
    for document in case.documents:
        own = tuple(findings.get(document.id, ())), tuple(records.get(document.id, ()))
        yield from _of_document(document, own, as_of)
    for search in claim.searches:
        if not is_later(search.date, as_of):
            yield _first(search.date), Event("searched", search.where, _written(search.date))
    today = today_of(case, as_of)
    if claim.due and today and claim.due.end <= today:
        yield claim.due.end, Event("due", claim.id, str(claim.due))


def _of_document(
    document: Document, own: tuple[tuple[tuple[str, str], ...], tuple[str, ...]], as_of: dt.date | None
) -> Iterator[Dated]:
    date, withdrawn = document.published, document.retracted.date if document.retracted else None
    if is_later(date, as_of):
        return
    yield _first(date), Event("published" if date else "undated", document.id, _written(date), *own)
    if withdrawn and not is_later(withdrawn, as_of):
        first = max(withdrawn.start, date.start) if date else withdrawn.start
        yield first, Event("withdrawn", document.id, str(withdrawn), *own)


def _first(date: Interval | None) -> dt.date | None:
    return date.start if date else None


def _written(date: Interval | None) -> str | None:
    return str(date) if date else None


def _told(
    marks: list[dt.date | None], found: list[Outcome], by_day: Mapping[dt.date | None, list[Event]]
) -> Iterator[Moment]:
    """One moment a mark; without those on which nothing of the claim's own happened and nothing changed."""
    before: Outcome | None = None
    for day, after in zip(marks, found, strict=True):
        is_change = before is not None and after != before
        events = by_day.get(day, [])
        own = [event for event in events if _is_own(event)]
        if own or is_change:
            told = tuple(own or events)
            yield Moment(day.isoformat() if day else None, told, *after, is_change=is_change or before is None)
            before = after
    if before is None:
        yield Moment(None, (), *found[-1], is_change=True)


def _is_own(event: Event) -> bool:
    """Whether an event is about the claim itself, and not a document that others pass on."""
    return event.what in {"searched", "due"} or bool(event.findings or event.records)
