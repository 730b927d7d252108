"""A verdict hinges on a group where, and only where, it changes without that group."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import given

from claims.auditing.audit import audit
from claims.flow import assess
from tests.cases import case_of
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
