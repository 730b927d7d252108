"""Which single fact would settle most: each is tried on a version of the case in which it is as hoped for.

| fact | tried |
| --- | --- |
| how a document knows that does not say so | as if it knew for itself |
| the grade of a source or speaker without one | as if it were B |
| one further independent finding on a claim, graded B2 | by what would change its verdict |
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from claims.model.assessment import VERDICTS
from claims.model.grade import grade
from claims.model.staleness import Look, Move
from claims.model.track import DECIDED
from claims.tables.columns import KNOWS_ITSELF
from claims.variants import Narrowing, Variant, outcomes
from claims.verdict.remedies import GRADE

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from claims.flow import Assessment
    from claims.model.assessment import Verdict
    from claims.model.case import Case
    from claims.staleness.reliance import Reliance

HOPED: Final = "B"
"""The letter as which an ungraded source is tried."""
UNGRADED: Final = "F"
AT_ONCE: Final = 64
"""Versions that are judged together: enough to be quick, few enough to fit."""
SIDES: Final = ("supports", "contradicts")


class Trial(NamedTuple):
    """What to look at, and the claims that may move when it is as hoped for."""

    look: Look
    claims: set[str]


def not_established(assessment: Assessment, reliance: Reliance) -> list[Look]:
    """Documents that do not say how they know, each with what would change if they knew for themselves."""
    names = assessment.case.names
    trials: list[Trial] = []
    for document, findings in sorted(reliance.unsaid.items()):
        look = Look(
            "not-established", "documents", document, names[document], "does not say how it knows", (), len(findings),
            None,
        )  # fmt: skip
        trials.append(Trial(look, reliance.claims_of(findings)))
    return tried(assessment, trials)


def ungraded(assessment: Assessment, reliance: Reliance) -> list[Look]:
    """Sources and speakers without a grade on which findings rest, each with what would change if it were a B."""
    case = assessment.case
    trials: list[Trial] = []
    for section, entries in (("sources", case.sources), ("speakers", case.speakers)):
        for entry in entries:
            findings = reliance.on_source.get(entry.id, set())
            if entry.reliability == UNGRADED and findings:
                text = f"has no grade; tried as {HOPED}"
                look = Look("ungraded", section, entry.id, entry.name, text, (), len(findings), None)
                trials.append(Trial(look, reliance.claims_of(findings)))
    return tried(assessment, trials)


def tried(assessment: Assessment, trials: Sequence[Trial]) -> list[Look]:
    """Each look with the moves of its trial, in the order given.

    Trials that have no claim in common share a version of the case: a thousand silent documents are a few versions.
    """
    case, copies, as_of = assessment.case, assessment.copies, assessment.as_of
    found: dict[Look, dict[str, Verdict]] = {}
    versions = shared(trials)
    narrowing = Narrowing(case, copies)
    for start in range(0, len(versions), AT_ONCE):
        batch = versions[start : start + AT_ONCE]
        parts = [narrowing.of(set().union(*(trial.claims for trial in version))) for version in batch]
        judged = outcomes(
            [
                Variant(hoped(part, [trial.look for trial in version]), as_of, copies)
                for part, version in zip(parts, batch, strict=True)
            ]
        )
        for version, outcome in zip(batch, judged, strict=True):
            found |= {trial.look: {one: outcome[one].verdict for one in trial.claims} for trial in version}
    before = {claim.id: assessment.verdict(n) for n, claim in enumerate(case.claims)}
    text = {claim.id: claim.text for claim in case.claims}
    return [
        look._replace(
            moves=tuple(
                Move(claim, text[claim], before[claim], after)
                for claim, after in sorted(found[look].items())
                if after != before[claim]
            )
        )
        for look, _ in trials
    ]


def shared(trials: Sequence[Trial]) -> list[list[Trial]]:
    """The trials, put together where none of them has a claim in common with another."""
    versions: list[list[Trial]] = []
    taken: list[set[str]] = []
    for trial in trials:
        n = next((n for n, claims in enumerate(taken) if claims.isdisjoint(trial.claims)), len(versions))
        if n == len(versions):
            versions.append([])
            taken.append(set())
        versions[n].append(trial)
        taken[n] |= trial.claims
    return versions


def hoped(case: Case, looks: Sequence[Look]) -> Case:
    """The case in which all of this is as hoped for: silent documents know for themselves, the ungraded are a B."""
    silent = {look.id for look in looks if look.kind == "not-established"}
    people = {look.id for look in looks if look.kind == "ungraded"}

    def graded(entries: Iterable[Any]) -> tuple[Any, ...]:
        letter = {"reliability": HOPED}
        return tuple(entry.model_copy(update=letter) if entry.id in people else entry for entry in entries)

    return replace(
        case,
        sources=graded(case.sources),
        speakers=graded(case.speakers),
        documents=tuple(
            one.model_copy(update={"relies_on": (one.source,)}) if one.id in silent and not one.relies_on else one
            for one in case.documents
        ),
        findings=tuple(
            one.model_copy(update={"basis": "own-sources"})
            if one.document in silent and one.relies_on == () and one.basis not in KNOWS_ITSELF
            else one
            for one in case.findings
        ),
    )


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
