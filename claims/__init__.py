"""A plain-text ledger of claims and sources: which claims hold up, which are disputed, and why.

>>> from claims import assess, open_case, report
>>> case = open_case()                         # the case that ships with the package
>>> assessment = assess(case)
>>> assessment.claim("qalamoun-300km").attribution
'wording-varies'
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from claims.auditing.audit import audit
    from claims.cases import check, open_case, shipped_case
    from claims.changes import difference
    from claims.flow import Assessment, assess
    from claims.fusing import fuse
    from claims.fusion.result import Fusion
    from claims.model.assessment import ClaimAssessment, Report
    from claims.model.audit import Audit
    from claims.model.case import Case
    from claims.model.change import Change, Difference
    from claims.model.errors import BadRequest, CaseProblems, ClaimsError, NoCase, NotFound, TableProblems
    from claims.model.problem import Place, Problem
    from claims.selection import Filter, report

__version__ = "0.1.0"

PUBLIC = {
    "assess": "claims.flow",
    "audit": "claims.auditing.audit",
    "Assessment": "claims.flow",
    "Audit": "claims.model.audit",
    "BadRequest": "claims.model.errors",
    "Case": "claims.model.case",
    "CaseProblems": "claims.model.errors",
    "Change": "claims.model.change",
    "ClaimAssessment": "claims.model.assessment",
    "ClaimsError": "claims.model.errors",
    "Difference": "claims.model.change",
    "Filter": "claims.selection",
    "Fusion": "claims.fusion.result",
    "NoCase": "claims.model.errors",
    "NotFound": "claims.model.errors",
    "Place": "claims.model.problem",
    "Problem": "claims.model.problem",
    "Report": "claims.model.assessment",
    "TableProblems": "claims.model.errors",
    "check": "claims.cases",
    "difference": "claims.changes",
    "fuse": "claims.fusing",
    "open_case": "claims.cases",
    "report": "claims.selection",
    "shipped_case": "claims.cases",
}
"""Where each public name lives: it is imported when it is first used, so that `claims check` needs no pandas."""

__all__ = [
    "Assessment", "Audit", "BadRequest", "Case", "CaseProblems", "Change", "ClaimAssessment", "ClaimsError",
    "Difference", "Filter", "Fusion", "NoCase", "NotFound", "Place", "Problem", "Report", "TableProblems", "assess",
    "audit", "check", "difference", "fuse", "open_case", "report", "shipped_case",
]  # fmt: skip


def __getattr__(name: str) -> object:
    if name not in PUBLIC:
        raise AttributeError(f"module 'claims' has no attribute {name!r}")
    from importlib import import_module  # noqa: PLC0415 - only the names that are used are paid for

    return getattr(import_module(PUBLIC[name]), name)
