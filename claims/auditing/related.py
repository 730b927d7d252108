"""Other claims that an editor would want to see beside this one, each with its verdict."""

from __future__ import annotations

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
    case = assessment.case
    speakers: dict[str, set[str]] = {}
    for said in case.statements:
        speakers.setdefault(said.claim, set()).add(said.speaker)
    own = speakers.get(claim.id, set())
    found = []
    for n, other in enumerate(case.claims):
        relations = tuple(_relations(claim, other, is_heard=bool(own & speakers.get(other.id, set()))))
        if relations and other.id != claim.id:
            probability = float(assessment.judged.probability[0, n])
            found.append(Related(other.id, other.text, assessment.verdict(n), probability, relations))
    return tuple(sorted(found, key=lambda one: (RELATIONS.index(one.relations[0]), -len(one.relations), one.id)))


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
