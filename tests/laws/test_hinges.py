"""A verdict hinges on a group where, and only where, it changes without that group."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import given, settings
from hypothesis import strategies as st

from claims.auditing.audit import audit
from claims.flow import assess
from tests.cases import case_of, sketch
from tests.judging import changed, judged
from tests.strategies import sections

if TYPE_CHECKING:
    from tests.cases import Sections


@given(sections())
def test_removing_a_group_changes_the_verdict_where_and_only_where_it_hinges_on_it(entries: Sections) -> None:
    """For groups that can be taken out of the case: their findings stand in no other, and no chain passes them."""
    plain = changed(entries)
    for document in plain["documents"]:
        refs = document["relies_on"]
        document["relies_on"] = tuple(ref for ref in refs if not ref.startswith("d"))
        document["same_text_as"] = None
    for finding in plain["findings"]:
        if finding["relies_on"]:
            finding["relies_on"] = tuple(ref for ref in finding["relies_on"] if not ref.startswith("d"))
    hinges_are_those_that_removing_finds(plain)


@st.composite
def families(draw: st.DrawFn) -> Sections:
    """Sources of two owners, of parties that gain or lose by the claim, many of them on both sides of it."""
    findings, sources = [], []
    for n in range(draw(st.integers(2, 6))):
        side = draw(st.sampled_from(["supports", "contradicts", "partly-supports"]))
        findings.append(f"s{n}: {side} {draw(st.sampled_from('234'))} witnessed {draw(st.sampled_from('BC'))}")
        party = draw(st.sampled_from([None, None, "gains", "loses", "other"]))
        sources.append({"id": f"s{n}", "owner": draw(st.sampled_from(["Acme", "Acme", "Apex"])), "party": party})
    parties = [{"id": name, "name": name} for name in ("gains", "loses", "other")]
    claim = {"id": "c", "favours": ("gains",), "harms": ("loses",)}
    found = sketch(*findings, sources=sources, parties=parties, claims=[claim])
    for n, finding in enumerate(found["findings"]):
        finding["id"] = f"f{n}"
    return found


@settings(max_examples=200)
@given(families())
def test_it_is_so_of_owners_whose_sources_take_both_sides(entries: Sections) -> None:
    hinges_are_those_that_removing_finds(entries)


def hinges_are_those_that_removing_finds(plain: Sections) -> None:
    assessment = assess(case_of(plain))
    for claim in assessment.claims:
        left_by = {hinge.group: hinge.verdict for hinge in audit(assessment, claim.id).hinges}
        memberships = [member.finding for group in claim.groups for member in group.members]
        for group in claim.groups:
            own = {member.finding for member in group.members}
            if any(memberships.count(finding) > 1 for finding in own):
                continue
            left = changed(plain)
            left["findings"] = [finding for finding in left["findings"] if finding["id"] not in own]
            verdict = judged(left)[claim.id].verdict
            assert (verdict != claim.verdict) == (group.id in claim.hinges_on)
            assert left_by.get(group.id, claim.verdict) == verdict


def test_who_makes_the_other_side_of_its_group_interested_is_a_hinge() -> None:
    """Of two sites with one owner, a group called s1, one loses by the claim: without it, the other counts against."""
    entries = sketch(
        "s0: supports 2 witnessed",
        "s1: contradicts 2 witnessed",
        "s2: supports 2 witnessed",
        sources=[{"id": "s1", "owner": "Acme"}, {"id": "s2", "owner": "Acme", "party": "loser"}],
        parties=[{"id": "loser", "name": "Loser"}],
        claims=[{"id": "c", "harms": ("loser",)}],
    )
    assessment = assess(case_of(entries))
    [claim] = assessment.claims
    assert (claim.verdict, set(claim.hinges_on)) == ("corroborated", {"s0", "s1"})
    assert {hinge.group: hinge.verdict for hinge in audit(assessment, "c").hinges}["s1"] == "disputed"
