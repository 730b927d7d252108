"""A report as JSON, whole: `claims/report/1`. Its schema is in `report_schema.py` and in schemas/."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

from claims.present.escape import for_json

if TYPE_CHECKING:
    from claims.model.assessment import ClaimAssessment, Group, Report
    from claims.model.policy import Policy

VERSION: Final = "claims/report/1"
PLACES: Final = 6
"""Decimal places of probabilities and weights."""


def render(report: Report, policy: Policy) -> str:
    """The report as JSON, ending with a line break; the same report gives the same bytes."""
    return for_json(json.dumps(as_data(report, policy), ensure_ascii=False, indent=2, allow_nan=False)) + "\n"


def as_data(report: Report, policy: Policy) -> dict[str, Any]:
    """The report as plain data, in the shape of the schema."""
    return {
        "schema": VERSION,
        "case": report.case,
        "as_of": report.as_of,
        "digest": report.digest,
        "policy": policy.as_data(),
        "claims": [claim_data(claim) for claim in report.claims],
        "totals": dict(report.totals),
        "notes": list(report.notes),
        "title": report.title,
    }


def claim_data(claim: ClaimAssessment) -> dict[str, Any]:
    """One claim, in the shape of the schema."""
    bounds = {"for": claim.independent_for, "against": claim.independent_against}
    return {
        "id": claim.id,
        "text": claim.text,
        "kind": claim.kind,
        "topic": claim.topic,
        "speakers": list(claim.speakers),
        "verdict": claim.verdict,
        "attribution": claim.attribution,
        "probability": round(claim.probability, PLACES),
        "range": [round(share, PLACES) for share in claim.range],
        "credibility": str(claim.credibility),
        "independent": {side: {"at_least": b.at_least, "at_most": b.at_most} for side, b in bounds.items()},
        "interested": {"for": claim.interested_for, "against": claim.interested_against},
        "groups": [_group(group) for group in claim.groups],
        "set_aside": [{"finding": s.finding, "why": s.why, "text": s.text} for s in claim.set_aside],
        "hinges_on": list(claim.hinges_on),
        "would_change": [
            {"to": change.to, "side": change.side, "grade": change.grade, "findings": change.findings}
            for change in claim.would_change
        ],
        "steps": [{"rule": s.rule, "text": s.text, "findings": list(s.findings)} for s in claim.steps],
        **_more(claim),
    }


def _group(group: Group) -> dict[str, Any]:
    return {
        "id": group.id,
        "origins": list(group.origins),
        "side": group.side,
        "established": group.established,
        "interested": group.interested,
        "against_interest": group.against_interest,
        "counted": group.counted,
        "weight": {"for": round(group.weight_for, PLACES), "against": round(group.weight_against, PLACES)},
        "findings": [{"id": m.finding, "grade": m.grade, "path": list(m.path)} for m in group.members],
    }


def _more(claim: ClaimAssessment) -> dict[str, Any]:
    """What a reader of the utterance and of a dispute needs besides."""
    return {
        "date": claim.date,
        "records": [
            {
                "id": record.id,
                "kind": record.kind,
                "speakers": list(record.speakers),
                "document": record.document,
                "stance": record.stance,
                "quote": record.quote,
                "figure": record.figure,
            }
            for record in claim.records
        ],
        "conflicts": [
            {
                "kind": conflict.kind,
                "text": conflict.text,
                "readings": [{"reading": text, "given_by": list(ids)} for text, ids in conflict.readings],
            }
            for conflict in claim.conflicts
        ],
        "dispute": claim.dispute
        and {
            "point": claim.dispute.point,
            "for": list(claim.dispute.supporters),
            "against": list(claim.dispute.opponents),
        },
    }
