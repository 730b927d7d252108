"""A dispute spelled out: who stands on either side, and the point between them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from claims.model.assessment import Dispute

if TYPE_CHECKING:
    from collections.abc import Sequence

    from claims.model.assessment import Group
    from claims.model.claim import Claim
    from claims.model.finding import Finding


def dispute_of(claim: Claim, groups: Sequence[Group], findings: Sequence[Finding]) -> Dispute:
    """Both sides of a disputed claim: the groups that count or, where none does, the interested ones.

    findings: all findings on the claim.
    """
    counting = any(group.counted for group in groups)
    chosen = [group for group in groups if (group.counted if counting else group.interested)]
    supporters = [group for group in chosen if group.side in {"for", "both"}]
    opponents = [group for group in chosen if group.side in {"against", "both"}]
    return Dispute(
        point=_point(claim, opponents, findings),
        supporters=tuple(group.id for group in supporters),
        opponents=tuple(group.id for group in opponents),
    )


def _point(claim: Claim, opponents: Sequence[Group], findings: Sequence[Finding]) -> str:
    """The figures, where they differ; else the proposition itself."""
    values = {finding.key: str(finding.value) for finding in findings if finding.value}
    against = {
        values[member.finding]
        for group in opponents
        for member in group.members
        if member.stance == "contradicts" and member.finding in values
    }
    if claim.quantity and against:
        return f"the figure: {claim.quantity} against {' and '.join(sorted(against))}"
    return "whether it is so"
