"""Related claims are those that a comparison of every claim with every other finds, in the order promised."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from hypothesis import given
from hypothesis import strategies as st

from claims.auditing.related import Kinship
from claims.flow import assess
from claims.model.audit import RELATIONS
from claims.model.quantity import same_dimension
from tests.cases import case_of

if TYPE_CHECKING:
    from claims.model.claim import Claim

NAMES = [f"c{n}" for n in range(7)]


@st.composite
def claims(draw: st.DrawFn) -> list[dict[str, Any]]:
    """Claims on few topics, with figures of few kinds at few times; a claim is part of one before it, or of none."""
    found: list[dict[str, Any]] = []
    for n, name in enumerate(NAMES):
        claim = {
            "id": name,
            "text": "It is so.",
            "topic": draw(st.sampled_from([None, "roads", "towns"])),
            "quantity": draw(st.sampled_from([None, "3 km", "5 km", "7 people", "9", "2 t"])),
            "when": draw(st.sampled_from([None, "2015-04", "2015-04-30/2015-05-02", "2015-05-02"])),
            "part_of": draw(st.sampled_from([None, *NAMES[:n]])),
        }
        found.append({key: value for key, value in claim.items() if value is not None})
    return found


def relations(claim: Claim, other: Claim) -> tuple[str, ...]:
    """How the other is related, by the words of RELATIONS; nobody speaks here."""
    are_figures = bool(claim.quantity and other.quantity and same_dimension(claim.quantity, other.quantity))
    may_meet = claim.when is None or other.when is None or claim.when.overlaps(other.when)
    holds = {
        "part-of": claim.part_of == other.id,
        "has-part": other.part_of == claim.id,
        "figure": are_figures and may_meet,
        "topic": claim.topic is not None and claim.topic == other.topic,
    }
    return tuple(relation for relation in RELATIONS if holds.get(relation))


@given(claims())
def test_related_claims_are_those_that_comparing_all_with_all_finds(entries: list[dict[str, Any]]) -> None:
    case = case_of({"claims": entries})
    kinship = Kinship(assess(case))
    for claim in case.claims:
        found = {other.id: relations(claim, other) for other in case.claims if other.id != claim.id}
        related = [(id_, own) for id_, own in found.items() if own]
        related.sort(key=lambda one: (RELATIONS.index(one[1][0]), -len(one[1]), one[0]))
        assert [(one.id, one.relations) for one in kinship.of(claim)] == related
