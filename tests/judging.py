"""Sections in, verdicts out: what the laws compare."""

from __future__ import annotations

import copy
from typing import TYPE_CHECKING, Any

from claims.flow import assess
from tests.cases import Sections, case_of

if TYPE_CHECKING:
    import datetime as dt

    from claims.model.assessment import ClaimAssessment


def judged(sections: Sections, as_of: dt.date | None = None) -> dict[str, ClaimAssessment]:
    """The account of every claim, by id."""
    return {claim.id: claim for claim in assess(case_of(sections), as_of).claims}


def figures(claim: ClaimAssessment) -> tuple[object, ...]:
    """What a verdict comes to, without the names of what led to it."""
    return (
        claim.verdict,
        claim.attribution,
        claim.probability,
        claim.range,
        claim.credibility,
        claim.independent_for,
        claim.independent_against,
        claim.interested_for,
        claim.interested_against,
    )


def changed(sections: Sections) -> Sections:
    """Sections that can be changed without touching the given ones."""
    return copy.deepcopy(sections)


def with_new_finding(sections: Sections, claim: str, stance: str, name: str, **more: Any) -> Sections:
    """Sections with a further finding, by a document of a new source without a party.

    more: `reliability` of the source; all else is of the finding, which knows for itself unless told otherwise.
    """
    result = changed(sections)
    letter = more.pop("reliability", "B")
    result["sources"].append({"id": name, "name": name, "reliability": letter})
    result["documents"].append({"id": f"{name}-doc", "source": name})
    finding = {"id": f"{name}-finding", "claim": claim, "document": f"{name}-doc", "stance": stance}
    result["findings"].append(finding | {"basis": "own-sources", "credibility": 2} | more)
    return result


def without_documents(sections: Sections, gone: set[str]) -> Sections:
    """Sections without these documents and all that names them."""
    result = changed(sections)
    result["documents"] = [document for document in result["documents"] if document["id"] not in gone]
    for document in result["documents"]:
        document["relies_on"] = tuple(ref for ref in document.get("relies_on", ()) if ref not in gone)
        if document.get("same_text_as") in gone:
            document["same_text_as"] = None
    for name in ("findings", "statements"):
        result[name] = [entry for entry in result[name] if entry["document"] not in gone]
    for finding in result["findings"]:
        if finding.get("relies_on"):
            finding["relies_on"] = tuple(ref for ref in finding["relies_on"] if ref not in gone)
    return result
