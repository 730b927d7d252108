"""Which single fact would settle most: each is tried on a version of the case in which it is as hoped for.

| fact | tried |
| --- | --- |
| how a document knows that does not say so | as if it knew for itself |
| the grade of a source or speaker without one | as if it were B |
| one further independent finding on a claim, graded B2 | by what would change its verdict |
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

from claims.model.assessment import VERDICTS
from claims.model.grade import grade
from claims.model.staleness import Look, Move
from claims.model.track import DECIDED
from claims.tables.columns import KNOWS_ITSELF
from claims.variants import Variant, narrowed, outcomes
from claims.verdict.remedies import GRADE

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from claims.flow import Assessment
    from claims.model.case import Case
    from claims.staleness.reliance import Reliance

HOPED: Final = "B"
"""The letter as which an ungraded source is tried."""
UNGRADED: Final = "F"
AT_ONCE: Final = 64
"""Versions that are judged together: enough to be quick, few enough to fit."""
SIDES: Final = ("supports", "contradicts")

Trial = tuple[Look, "Case", set[str]]
"""What to look at, the case as it would be, and the claims that may move."""


def not_established(assessment: Assessment, reliance: Reliance) -> Iterator[Look]:
    """Documents that do not say how they know, each with what would change if they knew for themselves."""
    case, names = assessment.case, assessment.case.names
    trials: list[Trial] = []
    for document, findings in sorted(reliance.unsaid.items()):
        look = Look(
            "not-established", "documents", document, names[document], "does not say how it knows", (), len(findings),
            None,
        )  # fmt: skip
        trials.append((look, known_for_itself(case, document), reliance.claims_of(findings)))
    return tried(assessment, trials)


def known_for_itself(case: Case, document: str) -> Case:
    """The case in which all that a document says without a chain is known to its own source."""
    documents = tuple(
        entry.model_copy(update={"relies_on": (entry.source,)})
        if entry.id == document and not entry.relies_on
        else entry
        for entry in case.documents
    )
    findings = tuple(
        finding.model_copy(update={"basis": "own-sources"})
        if finding.document == document and finding.relies_on == () and finding.basis not in KNOWS_ITSELF
        else finding
        for finding in case.findings
    )
    return replace(case, documents=documents, findings=findings)


def ungraded(assessment: Assessment, reliance: Reliance) -> Iterator[Look]:
    """Sources and speakers without a grade on which findings rest, each with what would change if it were a B."""
    case = assessment.case
    trials: list[Trial] = []
    for section, entries in (("sources", case.sources), ("speakers", case.speakers)):
        for entry in entries:
            findings = reliance.on_source.get(entry.id, set())
            if entry.reliability == UNGRADED and findings:
                text = f"has no grade; tried as {HOPED}"
                look = Look("ungraded", section, entry.id, entry.name, text, (), len(findings), None)
                trials.append((look, graded(case, entry.id, HOPED), reliance.claims_of(findings)))
    return tried(assessment, trials)


def graded(case: Case, who: str, letter: str) -> Case:
    """The case in which a source or speaker has that letter."""

    def seen(entries: Iterable[Any]) -> tuple[Any, ...]:
        changed = {"reliability": letter}
        return tuple(entry.model_copy(update=changed) if entry.id == who else entry for entry in entries)

    return replace(case, sources=seen(case.sources), speakers=seen(case.speakers))


def tried(assessment: Assessment, trials: Sequence[Trial]) -> Iterator[Look]:
    """Each look with the moves of its trial, in the order given."""
    copies, as_of = assessment.copies, assessment.as_of
    before = {claim.id: assessment.verdict(n) for n, claim in enumerate(assessment.case.claims)}
    text = {claim.id: claim.text for claim in assessment.case.claims}
    for start in range(0, len(trials), AT_ONCE):
        batch = trials[start : start + AT_ONCE]
        versions = [Variant(narrowed(case, claims, copies), as_of, copies) for _, case, claims in batch]
        for (look, _, _), found in zip(batch, outcomes(versions), strict=True):
            moves = [
                Move(claim, text[claim], before[claim], outcome.verdict)
                for claim, outcome in sorted(found.items())
                if outcome.verdict != before[claim]
            ]
            yield look._replace(moves=tuple(moves))


def one_short(assessment: Assessment, reliance: Reliance) -> Iterator[Look]:
    """Claims that one further independent finding would settle."""
    remedies = assessment.judged.remedies
    for n, claim in enumerate(assessment.case.claims):
        verdict = assessment.verdict(n)
        for side, says in enumerate(SIDES):
            after = VERDICTS[remedies.to[side, n]]
            if remedies.findings[side, n] == 1 and after in DECIDED and verdict not in DECIDED:
                yield Look(
                    "one-short", "claims", claim.id, claim.text,
                    f"one independent report that {says} it ({grade(*GRADE)}) would do",
                    (Move(claim.id, claim.text, verdict, after),), reliance.of_claim(claim.id), None,
                )  # fmt: skip
