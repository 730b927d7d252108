"""What the values of an entry come to in the columns of a collection: rules that see one value, or one entry, alone.

A case asks them of every entry, a large collection of every value that is different.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from claims.model.quantity import agreement
from claims.tables import columns as c

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Collection, Iterable, Mapping

    from claims.model.claim import Claim, Search
    from claims.model.document import Retraction
    from claims.model.finding import Finding
    from claims.model.party import Party
    from claims.model.quantity import Quantity
    from claims.model.when import Interval


class Scope(NamedTuple):
    """What a claim speaks of: a claim itself will do in its place."""

    quantity: Quantity | None
    when: Interval | None
    place: str | None


class Said(NamedTuple):
    """What a finding says and of what: a finding itself will do in its place."""

    value: Quantity | None
    when: Interval | None
    place: str | None
    stance: str | None


class Ties(NamedTuple):
    """The allies and the opponents of every party, whoever wrote them down."""

    allies: Mapping[str, set[str]]
    opponents: Mapping[str, set[str]]


def is_later(published: Interval | None, as_of: dt.date | None) -> bool:
    """Whether something of that date appeared for certain after the report's date."""
    return as_of is not None and published is not None and published.start > as_of


def latest(dates: Iterable[Interval | None]) -> dt.date | None:
    """The latest first day of these dates; None where there is none."""
    return max((date.start for date in dates if date), default=None)


def first_day(when: Interval | None) -> int:
    """The first day that a date may mean, or NO_DAY."""
    return when.start.toordinal() if when else c.NO_DAY


def last_day(when: Interval | None) -> int:
    """The last day that a date may mean, or NO_DAY."""
    return when.end.toordinal() if when else c.NO_DAY


def n_searches(searches: Iterable[Search], as_of: dt.date | None) -> int:
    """How many of a claim's searches had been made."""
    return sum(not is_later(search.date, as_of) for search in searches)


def is_checkable(claim: Claim, today: dt.date | None) -> bool:
    """Whether the claim can be judged: no opinion can, a prediction or a promise once it is due."""
    return is_checkable_kind(claim.kind, claim.due, today)


def is_checkable_kind(kind: str, due: Interval | None, today: dt.date | None) -> bool:
    """Whether claims of that kind, due then, can be judged."""
    if kind == "fact":
        return True
    if kind == "opinion" or due is None or today is None:
        return False
    return due.end <= today


def is_retracted(retraction: Retraction | None, as_of: dt.date | None) -> bool:
    """Whether what was withdrawn so had been withdrawn by the report's date."""
    return retraction is not None and not is_later(retraction.date, as_of)


def digit_of(credibility: int | None) -> int:
    """A finding's credibility, or 0 where it gives none."""
    return credibility or 0


def is_own_knowledge(basis: str | None) -> bool:
    """Whether a basis makes the document's own source an origin."""
    return basis in c.KNOWS_ITSELF


STANCE_CODE: Final = {stance: code for code, stance in enumerate(c.STANCES)}


def stance_of(claim: Claim | Scope, finding: Finding | Said, tolerance: float) -> tuple[str, int]:
    """The finding's stance, given or by its figure, and the bits of what it does not share with the claim."""
    value, when, place, stance = finding.value, finding.when, finding.place, finding.stance
    if value is None and when is None and place is None:
        return stance or "mentions", 0
    mismatch = 0
    figures = agreement(claim.quantity, value, tolerance) if claim.quantity and value else None
    if figures == "other-dimension":
        mismatch |= c.OTHER_UNIT
    if claim.when and when and not claim.when.overlaps(when):
        mismatch |= c.OTHER_TIME
    if claim.place and place and not is_within(claim.place, place):
        mismatch |= c.OTHER_PLACE
    return stance or BY_FIGURE.get(figures or "", "mentions"), mismatch


BY_FIGURE: Final = {"agrees": "supports", "disagrees": "contradicts"}


def is_within(one: str, other: str) -> bool:
    """Whether one place lies in the other: `Idlib, Syria` and `al-Mastouma camp, Idlib, Syria` do."""
    parts = [tuple(part.strip().casefold() for part in reversed(place.split(","))) for place in (one, other)]
    shorter, longer = sorted(parts, key=len)
    return longer[: len(shorter)] == shorter or set(shorter) <= set(longer)


def is_own_word(stance: str) -> bool:
    """Whether a statement of that stance makes the claim its speaker's own word."""
    return stance != "denies"


def is_asserted(stance: str) -> bool:
    """Whether a statement of that stance asserts the claim."""
    return stance == "asserts"


def ties_of(parties: Iterable[Party]) -> Ties:
    """Who is allied with whom, and who opposes whom."""
    parties = tuple(parties)
    return Ties(
        _mutual({party.id: party.allies for party in parties}),
        _mutual({party.id: party.opponents for party in parties}),
    )


def gain_and_lose(
    favours: Iterable[str] | None, harms: Iterable[str] | None, asserting: Collection[str], ties: Ties
) -> tuple[set[str], set[str]]:
    """The parties that gain by a claim and those that lose by it; one that does both does neither.

    asserting: the parties of those who assert the claim, which decide where it does not say itself whom it favours
    or harms.
    """
    allies, opponents = ties
    gains = set(favours) if favours is not None else set(asserting).union(*(allies[party] for party in asserting))
    loses = set(harms) if harms is not None else set[str]().union(*(opponents[party] for party in asserting))
    return gains - loses, loses - gains


def _mutual(ties: Mapping[str, Iterable[str]]) -> dict[str, set[str]]:
    both: dict[str, set[str]] = {party: set(others) for party, others in ties.items()}
    for party, others in ties.items():
        for other in others:
            both[other].add(party)
    return both
