"""How a claim developed: what appeared when, and what it came to from then on."""

from __future__ import annotations

from collections import Counter
from itertools import groupby
from typing import TYPE_CHECKING, Final

from claims.model.share import share_text
from claims.present.evidence_view import called
from claims.present.view import Heading, Paragraph, Span, Table, Title
from claims.present.wording import plain, verdict_line

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from claims.model.audit import Audit, Event, Moment
    from claims.present.view import Block, Line

MOST_NAMED: Final = 3
"""Documents of one day that are named; of more, how many there are."""
PLACES: Final = 3
VERBS: Final = {
    "supports": ("supports it", "support it"),
    "partly-supports": ("partly supports it", "partly support it"),
    "contradicts": ("contradicts it", "contradict it"),
    "repeats": ("only repeats it", "only repeat it"),
    "mentions": ("only mentions it", "only mention it"),
}
"""What one document does, and several do."""


def timeline(audit: Audit) -> Iterator[Block]:
    """A line for every change; days without one are folded."""
    if not any(moment.events for moment in audit.timeline):
        return
    yield Heading(plain("How it developed"), 2)
    rows = []
    for is_change, moments in groupby(audit.timeline, key=lambda moment: moment.is_change):
        found = list(moments)
        rows += [_change(moment, audit) for moment in found] if is_change else [_folded(found, audit)]
    titles = (Title("Day"), Title("What appeared", 1), Title("Verdict then"), Title("Probability", align="right"))
    yield Table(titles, tuple(rows))
    if any(moment.day is None for moment in audit.timeline):
        text = "What bears no date counts from the beginning, since it cannot be told to be later."
        yield Paragraph((Span(text, "muted"),))


def _change(moment: Moment, audit: Audit) -> tuple[Line, ...]:
    return (plain(moment.day or "no date"), plain(_events(moment.events, audit)), *_outcome(moment))


def _folded(moments: Sequence[Moment], audit: Audit) -> tuple[Line, ...]:
    """Days in a row on which nothing changed."""
    first, last = moments[0].day or "no date", moments[-1].day or "no date"
    events = [event for moment in moments for event in moment.events]
    told = _events(events, audit)
    days = first if first == last else f"to {last}"
    return ((Span(days, "muted"),), (Span(f"{told}: no change", "muted"),), (), ())


def _outcome(moment: Moment) -> tuple[Line, Line]:
    verdict = verdict_line(moment.verdict)
    if moment.verdict in {"not-checkable", "unchecked", "unverified"}:
        return verdict, ()
    return verdict, plain(share_text(moment.probability, PLACES))


def _events(events: Sequence[Event], audit: Audit) -> str:
    """What happened, by name where it is little, by number where it is much."""
    return "; ".join(
        text for what, told in TOLD.items() if (text := told([e for e in events if e.what == what], audit))
    )


def _appeared(events: Sequence[Event], audit: Audit) -> str:
    if not events:
        return ""
    if len(events) <= MOST_NAMED:
        counted = Counter(_named(event, audit) for event in events)
        return ", ".join(f"{text} ({number} times)" if number > 1 else text for text, number in counted.items())
    stances = Counter(stance for event in events for _, stance in event.findings)
    parts = [
        f"{number} {VERBS[stance][number > 1]}"
        for stance, number in sorted(stances.items(), key=lambda one: (-one[1], one[0]))
    ]
    records = sum(len(event.records) for event in events)
    parts += [f"{records} record{'s' if records == 1 else ''} who said it"] if records else []
    return f"{len(events)} documents ({', '.join(parts)})" if parts else f"{len(events)} documents"


def _named(event: Event, audit: Audit) -> str:
    verbs = dict.fromkeys(VERBS[stance][0] for _, stance in event.findings)
    said = [*verbs, *(["records who said it"] if event.records else [])]
    return f"{_source(event, audit)} {' and '.join(said) or 'appeared'}"


def _source(event: Event, audit: Audit) -> str:
    return called(event.id, audit).rpartition(", ")[0] if event.id in audit.documents else event.id


def _withdrawn(events: Sequence[Event], audit: Audit) -> str:
    return ", ".join(f"{_source(event, audit)} withdrew {event.id}" for event in events)


def _searched(events: Sequence[Event], _: Audit) -> str:
    return ", ".join(f"a search found nothing: {event.id}" for event in events)


def _due(events: Sequence[Event], _: Audit) -> str:
    return "it was due" if events else ""


TOLD: Final = {
    "undated": _appeared,
    "published": _appeared,
    "withdrawn": _withdrawn,
    "searched": _searched,
    "due": _due,
}
"""How each sort of event is told."""
