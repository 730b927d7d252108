"""The report: verdicts filtered, sorted and counted. Faces show this value; nothing is judged after it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal

from claims.model.assessment import VERDICTS, Report
from claims.model.errors import NotFound

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from claims.flow import Assessment
    from claims.model.assessment import ClaimAssessment
    from claims.model.case import Case

Sort = Literal["case", "id", "date", "probability", "verdict", "speaker"]
SORTS: Final[tuple[Sort, ...]] = ("case", "id", "date", "probability", "verdict", "speaker")

READING_ORDER: Final = (
    "corroborated", "single-source", "disputed", "challenged", "contradicted", "unverified", "unchecked",
    "not-checkable",
)  # fmt: skip
"""Verdicts as a report lists them."""


@dataclass(frozen=True, slots=True)
class Filter:
    """Which claims a report shows: those that match one value of every kind that is given.

    speakers, parties, sources: ids. A party matches where it gains or loses by the claim or a speaker or source of it
    belongs to it; a source where a finding or record on the claim is its, or an origin of the claim is.
    """

    speakers: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    verdicts: tuple[str, ...] = ()
    parties: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()


def report(assessment: Assessment, chosen: Filter | None = None, sort: Sort = "case") -> Report:
    """The report of an assessment. Raises `NotFound` where a filter names what the case does not have."""
    case = assessment.case
    if chosen is None:
        kept = list(assessment.claims)
    else:
        _known(chosen, case)
        may = (assessment.account(n) for n in range(len(case.claims)) if _may_match(n, chosen, assessment))
        kept = [claim for claim in may if _matches(claim, chosen, case)]
    counts = Counter(claim.verdict for claim in kept)
    return Report(
        case=case.id,
        title=case.title,
        as_of=assessment.as_of.isoformat() if assessment.as_of else None,
        digest=case.digest,
        policy=case.policy.policy,
        claims=tuple(sorted(kept, key=_order(sort, case))),
        totals={verdict: counts.get(verdict, 0) for verdict in VERDICTS},
        notes=_notes(assessment, kept),
        names=case.names,
        publishers={document.id: document.source for document in case.documents},
    )


def _known(chosen: Filter, case: Case) -> None:
    kinds: tuple[tuple[str, tuple[str, ...], Iterable[str]], ...] = (
        ("speaker", chosen.speakers, [speaker.id for speaker in case.speakers]),
        ("topic", chosen.topics, {claim.topic for claim in case.claims if claim.topic}),
        ("verdict", chosen.verdicts, VERDICTS),
        ("party", chosen.parties, [party.id for party in case.parties]),
        ("source", chosen.sources, [source.id for source in case.sources]),
    )
    for kind, wanted, known in kinds:
        for one in wanted:
            if one not in set(known):
                raise NotFound.among(kind, one, known)


def _may_match(n: int, chosen: Filter, assessment: Assessment) -> bool:
    """Whether a claim matches as far as can be told without writing its account."""
    topic, verdict = assessment.case.claims[n].topic, assessment.verdict(n)
    return (not chosen.topics or topic in chosen.topics) and (not chosen.verdicts or verdict in chosen.verdicts)


def _matches(claim: ClaimAssessment, chosen: Filter, case: Case) -> bool:
    return all(
        not wanted or bool(set(wanted) & has)
        for wanted, has in (
            (chosen.speakers, set(claim.speakers)),
            (chosen.topics, {claim.topic}),
            (chosen.verdicts, {claim.verdict}),
            (chosen.sources, _sources(claim, case) if chosen.sources else set()),
            (chosen.parties, _parties(claim, case) if chosen.parties else set()),
        )
    )


def _sources(claim: ClaimAssessment, case: Case) -> set[str]:
    publisher = {document.id: document.source for document in case.documents}
    own = {publisher[m.document] for group in claim.groups for m in group.members}
    aside = {publisher[entry.document] for entry in claim.set_aside}
    return own | aside | {o for group in claim.groups for o in group.origins} | {r.source for r in claim.records}


def _parties(claim: ClaimAssessment, case: Case) -> set[str]:
    party_of = {entry.id: entry.party for entry in case.origins}
    entry = next(one for one in case.claims if one.id == claim.id)
    tied = {party_of.get(one) for one in (*claim.speakers, *_sources(claim, case))}
    return {party for party in tied if party} | set(entry.favours or ()) | set(entry.harms or ())


def _order(sort: Sort, case: Case) -> Callable[[ClaimAssessment], tuple[object, ...]]:
    position = {claim.id: n for n, claim in enumerate(sorted(case.claims, key=lambda c: _place(case, c.id)))}
    keys: dict[str, Callable[[ClaimAssessment], tuple[object, ...]]] = {
        "case": lambda claim: (position[claim.id],),
        "id": lambda claim: (claim.id,),
        "date": lambda claim: (claim.date is None, claim.date or "", claim.id),
        "probability": lambda claim: (-claim.probability, claim.id),
        "verdict": lambda claim: (READING_ORDER.index(claim.verdict), claim.id),
        "speaker": lambda claim: (not claim.speakers, claim.speakers, claim.id),
    }
    return keys[sort]


def _place(case: Case, claim: str) -> tuple[object, ...]:
    place = case.places.get(("claims", claim))
    return (place.file, place.line, claim) if place else ("", 0, claim)


def _notes(assessment: Assessment, kept: list[ClaimAssessment]) -> tuple[str, ...]:
    case, notes = assessment.case, []
    if not kept:
        notes.append("No claim matches." if case.claims else "The case has no claims.")
    undated = sum(document.published is None for document in case.documents)
    if assessment.as_of and undated:
        noun = "document bears" if undated == 1 else "documents bear"
        notes.append(f"{undated} {noun} no date and cannot be told to be later than {assessment.as_of}: kept.")
    if case.warnings:
        noun = "warning" if len(case.warnings) == 1 else "warnings"
        notes.append(f"The check of the case gives {len(case.warnings)} {noun}: see claims check.")
    return tuple(notes)
