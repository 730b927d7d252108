"""Other claims that an editor would want to see beside this one, each with its verdict."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from typing import TYPE_CHECKING

import numpy as np

from claims.model.audit import RELATIONS, Related
from claims.model.quantity import same_dimension

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from claims.flow import Assessment
    from claims.model.audit import Relation
    from claims.model.claim import Claim
    from claims.model.quantity import Quantity
    from claims.model.when import Interval


def related_claims(assessment: Assessment, claim: Claim) -> tuple[Related, ...]:
    """Claims that are related to this one: the nearest relation first, of these those with most others, then by id."""
    return Kinship(assessment).of(claim)


class Kinship:
    """Which claims of a case are related: made once, where it is asked of many of them."""

    def __init__(self, assessment: Assessment) -> None:
        self._assessment, self._claims = assessment, assessment.case.claims
        self._speakers: dict[str, set[str]] = defaultdict(set)
        for said in assessment.case.statements:
            self._speakers[said.claim].add(said.speaker)
        self._alike: dict[object, list[int]] = defaultdict(list)
        self._figures: dict[str, list[int]] = defaultdict(list)
        self._by_topic: dict[str, tuple[list[Related], dict[str, int]]] = {}
        for n, claim in enumerate(self._claims):
            for likeness in self._likenesses(claim):
                self._alike[likeness].append(n)
            if claim.quantity:
                self._figures[_kind_of(claim.quantity)].append(n)
        self._times = {kind: _Times([self._claims[n].when for n in found]) for kind, found in self._figures.items()}

    def of(self, claim: Claim) -> tuple[Related, ...]:
        """The claims that are related to this one, in the order of `related_claims`."""
        found = []
        own = self._speakers.get(claim.id, set())
        for n in self._near(claim):
            other = self._claims[n]
            is_heard = bool(own & self._speakers.get(other.id, set()))
            relations = tuple(_relations(claim, other, is_heard=is_heard)) if other.id != claim.id else ()
            if relations and relations != ("topic",):
                found.append(self._related(n, relations))
        found.sort(key=lambda one: (RELATIONS.index(one.relations[0]), -len(one.relations), one.id))
        return (*found, *self._besides(claim.topic, {claim.id, *(one.id for one in found)}))

    def _near(self, claim: Claim) -> set[int]:
        """Positions of claims that may be related by more than their topic; those that are, are among them."""
        near = {n for likeness in self._likenesses(claim) for n in self._alike.get(likeness, ())}
        if claim.quantity:
            kind = _kind_of(claim.quantity)
            near.update(self._figures[kind][k] for k in self._times[kind].meeting(claim.when))
        return near

    def _likenesses(self, claim: Claim) -> Iterator[object]:
        """What two claims have in common of which one is part of the other, or which one speaker made."""
        yield ("part", claim.id)
        yield from [("part", claim.part_of)] if claim.part_of else []
        yield from (("speaker", speaker) for speaker in self._speakers.get(claim.id, ()))

    def _besides(self, topic: str | None, known: Collection[str]) -> list[Related]:
        """All claims on a topic but those known, by id, as related by it alone."""
        if not topic:
            return []
        others, at = self._on(topic)
        left = others.copy()
        for place in sorted((at[id_] for id_ in known if id_ in at), reverse=True):
            del left[place]
        return left

    def _on(self, topic: str) -> tuple[list[Related], dict[str, int]]:
        """All claims on a topic, by id, and where each stands: of thousands of claims, each is made once."""
        if topic not in self._by_topic:
            own = [n for n, claim in enumerate(self._claims) if claim.topic == topic]
            made = [self._related(n, ("topic",)) for n in own]
            self._by_topic[topic] = made, {one.id: place for place, one in enumerate(made)}
        return self._by_topic[topic]

    def _related(self, n: int, relations: tuple[Relation, ...]) -> Related:
        claim, probability = self._claims[n], float(self._assessment.judged.probability[0, n])
        return Related(claim.id, claim.text, self._assessment.verdict(n), probability, relations)


class _Times:
    """When claims are about, as columns."""

    def __init__(self, times: Sequence[Interval | None]) -> None:
        self._first = np.array([when.start.toordinal() if when else 0 for when in times])
        self._last = np.array([when.end.toordinal() if when else dt.date.max.toordinal() for when in times])

    def meeting(self, when: Interval | None) -> list[int]:
        """Positions of those that may be about the same time; what has no time may be about any."""
        if when is None:
            return list(range(len(self._first)))
        meets = (self._first <= when.end.toordinal()) & (self._last >= when.start.toordinal())
        found: list[int] = np.flatnonzero(meets).tolist()
        return found


def _kind_of(quantity: Quantity) -> str:
    """One word for all quantities that can be compared with one another, and maybe with more."""
    return "count" if quantity.dimension.startswith("count") else quantity.dimension


def _relations(claim: Claim, other: Claim, *, is_heard: bool) -> Iterator[Relation]:
    """How `other` is related to `claim`, in the order of RELATIONS."""
    if claim.part_of == other.id:
        yield "part-of"
    if other.part_of == claim.id:
        yield "has-part"
    if are_of_one_kind(claim.quantity, other.quantity) and may_meet(claim.when, other.when):
        yield "figure"
    if is_heard:
        yield "speaker"
    if claim.topic and claim.topic == other.topic:
        yield "topic"


def are_of_one_kind(one: Quantity | None, other: Quantity | None) -> bool:
    """Whether the figures of two claims can be compared."""
    return bool(one and other and same_dimension(one, other))


def may_meet(one: Interval | None, other: Interval | None) -> bool:
    """Whether claims of these times may be about one; a claim without a time may be about any."""
    return not one or not other or one.overlaps(other)
