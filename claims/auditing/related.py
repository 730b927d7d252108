"""Other claims that an editor would want to see beside this one, each with its verdict."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from claims.model.audit import RELATIONS, Related
from claims.model.quantity import same_dimension

if TYPE_CHECKING:
    from collections.abc import Iterator

    from claims.flow import Assessment
    from claims.model.audit import Relation
    from claims.model.claim import Claim


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
        for n, claim in enumerate(self._claims):
            for likeness in self._likenesses(claim):
                self._alike[likeness].append(n)

    def of(self, claim: Claim) -> tuple[Related, ...]:
        """The claims that are related to this one, in the order of `related_claims`."""
        found = []
        own = self._speakers.get(claim.id, set())
        for n in {n for likeness in self._likenesses(claim) for n in self._alike[likeness]}:
            other = self._claims[n]
            is_heard = bool(own & self._speakers.get(other.id, set()))
            relations = tuple(_relations(claim, other, is_heard=is_heard)) if other.id != claim.id else ()
            if relations:
                probability = float(self._assessment.judged.probability[0, n])
                found.append(Related(other.id, other.text, self._assessment.verdict(n), probability, relations))
        return tuple(sorted(found, key=lambda one: (RELATIONS.index(one.relations[0]), -len(one.relations), one.id)))

    def _likenesses(self, claim: Claim) -> Iterator[object]:
        """What two claims of which one is related to the other have in common, one thing at least."""
        yield ("part", claim.id)
        yield from [("part", claim.part_of)] if claim.part_of else []
        yield from [("figure",)] if claim.quantity else []
        yield from (("speaker", speaker) for speaker in self._speakers.get(claim.id, ()))
        yield from [("topic", claim.topic)] if claim.topic else []


def _relations(claim: Claim, other: Claim, *, is_heard: bool) -> Iterator[Relation]:
    """How `other` is related to `claim`, in the order of RELATIONS."""
    if claim.part_of == other.id:
        yield "part-of"
    if other.part_of == claim.id:
        yield "has-part"
    if claim.quantity and other.quantity and same_dimension(claim.quantity, other.quantity) and _may_meet(claim, other):
        yield "figure"
    if is_heard:
        yield "speaker"
    if claim.topic and claim.topic == other.topic:
        yield "topic"


def _may_meet(claim: Claim, other: Claim) -> bool:
    """Whether both may be about one time; a claim without a time may be about any."""
    return not claim.when or not other.when or claim.when.overlaps(other.when)
