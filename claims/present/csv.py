"""A report as CSV, a row a claim: RFC 4180, for people by default, for machines with `raw`.

For people, a cell that a spreadsheet would take for a formula gets an apostrophe in front (`from_csv` takes it off
again), and controls are made visible; numbers stay numbers.
"""

from __future__ import annotations

import csv
from io import StringIO
from typing import TYPE_CHECKING, Final

from claims.present.escape import for_csv

if TYPE_CHECKING:
    from claims.model.assessment import ClaimAssessment, Report

COLUMNS: Final = (
    "id", "claim", "kind", "topic", "speakers", "date", "verdict", "attribution", "probability", "low", "high",
    "credibility", "for_at_least", "for_at_most", "against_at_least", "against_at_most", "interested_for",
    "interested_against", "hinges_on", "would_change",
)  # fmt: skip


def render(report: Report, *, raw: bool = False) -> str:
    """The report as CSV with a line of column names. raw: cells as they are, for a machine to read back."""
    out = StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for claim in report.claims:
        cells = _cells(claim)
        writer.writerow(cells if raw else [for_csv(cell) for cell in cells])
    return out.getvalue()


def _cells(claim: ClaimAssessment) -> list[str]:
    changes = (f"{c.findings} {c.grade} {c.side}: {c.to}" for c in claim.would_change)
    low, high = claim.range
    figures = (claim.probability, low, high)
    bounds = (claim.independent_for, claim.independent_against)
    return [
        claim.id,
        claim.text,
        claim.kind,
        claim.topic or "",
        "; ".join(claim.speakers),
        claim.date or "",
        claim.verdict,
        claim.attribution,
        *(f"{figure:.6f}" for figure in figures),
        str(claim.credibility),
        *(str(number) for bound in bounds for number in (bound.at_least, bound.at_most)),
        str(claim.interested_for),
        str(claim.interested_against),
        "; ".join(claim.hinges_on),
        "; ".join(changes),
    ]
