"""What if: many versions of a case, judged at once.

A version is a case of its own, as of a day of its own. `narrowed` leaves of a case what bears on some of its claims, so
that a claim can be judged in a hundred versions (a day later, without a source, with one finding more) for little more
than the price of one.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from claims.flow import copies_in
from claims.model.assessment import VERDICTS, Bounds, Verdict
from claims.model.collector import collector_paused
from claims.tables.from_case import tables_of
from claims.tables.stacked import stacked
from claims.verdict.judgement import judge
from claims.weigh.weights import AGAINST, FOR

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Mapping, Sequence

    from claims.model.case import Case
    from claims.model.source import Source
    from claims.tables.columns import Tables
    from claims.verdict.judgement import Judged


class Variant(NamedTuple):
    """One version: a case, as of a day (None: with everything in it).

    copies: its documents whose text is nearly an earlier one's; None: they are looked for.
    """

    case: Case
    as_of: dt.date | None = None
    copies: Mapping[str, str] | None = None


class Outcome(NamedTuple):
    """What a claim comes to in one version."""

    verdict: Verdict
    probability: float
    range: tuple[float, float]
    independent_for: Bounds
    independent_against: Bounds


def outcomes(variants: Sequence[Variant]) -> list[dict[str, Outcome]]:
    """What the claims of each version come to, by id; one mapping a version, in the order given."""
    found: list[dict[str, Outcome]] = [{} for _ in variants]
    by_policy: dict[str, list[int]] = {}
    for n, variant in enumerate(variants):
        by_policy.setdefault(repr(variant.case.policy), []).append(n)
    with collector_paused():
        for chosen in by_policy.values():
            tables = [_tables(variants[n]) for n in chosen]
            judged = judge(stacked(tables), variants[chosen[0]].case.policy)
            row = 0
            for n in chosen:
                for claim in variants[n].case.claims:
                    found[n][claim.id] = _outcome(judged, row)
                    row += 1
    return found


def _tables(variant: Variant) -> Tables:
    case, as_of, copies = variant
    return tables_of(case, as_of, copies_in(case, as_of) if copies is None else copies)


def _outcome(judged: Judged, n: int) -> Outcome:
    spread = [float(p) for p in judged.probability[:, n]]
    sides = judged.sides
    bounds = [Bounds(int(sides.at_least[s, n]), int(sides.at_most[s, n])) for s in (FOR, AGAINST)]
    return Outcome(VERDICTS[judged.verdict[n]], spread[0], (min(spread), max(spread)), bounds[FOR], bounds[AGAINST])


def narrowed(case: Case, claims: Iterable[str], copies: Mapping[str, str]) -> Case:
    """The case with these claims alone, and what bears on them: their verdicts are the same as in the whole case.

    copies: as `copies_in` gives them for the whole case; they hold for the narrowed one. The latest document stays,
    since its date is the day as which predictions are judged.
    """
    wanted = set(claims)
    findings = tuple(finding for finding in case.findings if finding.claim in wanted)
    statements = tuple(statement for statement in case.statements if statement.claim in wanted)
    by_id = {document.id: document for document in case.documents}
    reached: set[str] = set()
    frontier: set[str] = {finding.document for finding in findings} | {said.document for said in statements}
    frontier.update(ref for finding in findings for ref in finding.relies_on or ())
    frontier.update(_latest(case))
    while frontier:
        at = frontier.pop()
        reached.add(at)
        document = by_id.get(at)
        if document is not None:
            own = (*document.relies_on, document.same_text_as, copies.get(at), document.source)
            frontier.update(ref for ref in own if ref and ref not in reached)
    documents = tuple(document for document in case.documents if document.id in reached)
    return replace(
        case,
        claims=tuple(claim for claim in case.claims if claim.id in wanted),
        findings=findings,
        statements=statements,
        documents=documents,
        sources=_with_owners(case, reached),
    )


def _with_owners(case: Case, reached: set[str]) -> tuple[Source, ...]:
    """The sources reached, the speakers' own voices, and whoever owns one of them."""
    by_id = {source.id: source for source in case.sources}
    kept: set[str] = set()
    above: list[str] = [*reached, *(speaker.voice for speaker in case.speakers if speaker.voice)]
    while above:
        source = by_id.get(above.pop())
        if source is not None and source.id not in kept:
            kept.add(source.id)
            above += [source.owner] if source.owner else []
    return tuple(source for source in case.sources if source.id in kept)


def _latest(case: Case) -> tuple[str, ...]:
    """The document that bears the latest date of the case, where any bears one."""
    dated = [
        (date.start, document.id)
        for document in case.documents
        for date in (document.published, document.retrieved)
        if date
    ]
    return (max(dated)[1],) if dated else ()
