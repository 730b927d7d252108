"""Why a finding is set aside, in a sentence that names the date, the unit or the circle."""

from __future__ import annotations

from typing import TYPE_CHECKING

from claims.tables.columns import OTHER_PLACE, OTHER_TIME, OTHER_UNIT, ints

if TYPE_CHECKING:
    from claims.model.assessment import Why
    from claims.model.case import Case
    from claims.model.claim import Claim
    from claims.model.document import Document
    from claims.model.finding import Finding
    from claims.verdict.judgement import Judged

PLAIN: dict[str, str] = {
    "mentions": "takes no side",
    "repeats": "only reports that the speaker said it",
    "speaker": "rests on the speaker's own word alone",
}


def reason_of(why: Why, case: Case, judged: Judged, f: int, loop: tuple[str, ...]) -> str:
    """Why the finding at position `f` is set aside. `loop`: the documents of its circle, where it runs in one."""
    finding = case.findings[f]
    document = case.documents[ints(judged.tables.findings, "document")[f]]
    claim = case.claims[ints(judged.tables.findings, "claim")[f]]
    if why == "retracted":
        return _retracted(document)
    if why == "later":
        return f"published {document.published}, after the report's date"
    if why == "before":
        return _before(document, claim)
    if why == "mismatch":
        return _mismatch(int(ints(judged.tables.findings, "mismatch")[f]), claim, finding)
    if why == "circular":
        return f"its chain runs in a circle: {' → '.join(loop)}"
    return PLAIN[why]


def _retracted(document: Document) -> str:
    if document.retracted:
        return f"withdrawn by its publisher on {document.retracted.date}: {document.retracted.reason}"
    return "all that it relies on was withdrawn"


def _before(document: Document, claim: Claim) -> str:
    if claim.when and document.published and document.published.is_before(claim.when):
        return f"published {document.published}, before {claim.when}"
    return f"all that it relies on was published before {claim.when}"


def _mismatch(bits: int, claim: Claim, finding: Finding) -> str:
    parts = []
    if bits & OTHER_UNIT:
        parts.append(f"gives {finding.value}, where the claim has {claim.quantity}: another unit")
    if bits & OTHER_TIME:
        parts.append(f"speaks of {finding.when}, the claim of {claim.when}")
    if bits & OTHER_PLACE:
        parts.append(f"speaks of {finding.place}, the claim of {claim.place}")
    return "; ".join(parts)
