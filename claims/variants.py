"""What if: many versions of a case, judged at once.

A version is a case of its own, as of a day of its own. `narrowed` leaves of a case what bears on some of its claims, so
that a claim can be judged in a hundred versions (a day later, without a source, with one finding more) for little more
than the price of one.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from claims.flow import copies_in
from claims.model.assessment import VERDICTS, Bounds, Verdict
from claims.model.collector import collector_paused
from claims.tables.from_case import CaseTables
from claims.tables.stacked import stacked
from claims.verdict.judgement import judge
from claims.weigh.weights import AGAINST, FOR

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from claims.model.case import Case
    from claims.model.finding import Finding
    from claims.model.statement import Statement
    from claims.tables.columns import Tables
    from claims.verdict.judgement import Judged

Entry = TypeVar("Entry")


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
    written = {id(policy): repr(policy) for policy in {id(v.case.policy): v.case.policy for v in variants}.values()}
    for n, variant in enumerate(variants):
        by_policy.setdefault(written[id(variant.case.policy)], []).append(n)
    with collector_paused():
        for chosen in by_policy.values():
            tables = _tables([variants[n] for n in chosen])
            judged = judge(stacked(tables), variants[chosen[0]].case.policy)
            told = _outcomes(judged)
            for n in chosen:
                found[n] = {claim.id: next(told) for claim in variants[n].case.claims}
    return found


def _tables(variants: Sequence[Variant]) -> list[Tables]:
    """The tables of each version; a case of which there are several, as of many days, is coded once."""
    coded: dict[int, CaseTables] = {}
    found = []
    for case, as_of, copies in variants:
        if id(case) not in coded:
            coded[id(case)] = CaseTables(case)
        found.append(coded[id(case)].on(as_of, copies_in(case, as_of) if copies is None else copies))
    return found


def _outcomes(judged: Judged) -> Iterator[Outcome]:
    """What each claim comes to, in order."""
    low, high = judged.sides.at_least.tolist(), judged.sides.at_most.tolist()
    in_favour, against = (map(Bounds, low[side], high[side]) for side in (FOR, AGAINST))
    spreads = judged.probability.T.tolist()
    for code, spread, *bounds in zip(judged.verdict.tolist(), spreads, in_favour, against, strict=True):
        yield Outcome(VERDICTS[code], spread[0], (min(spread), max(spread)), *bounds)


def narrowed(case: Case, claims: Iterable[str], copies: Mapping[str, str]) -> Case:
    """The case with these claims alone, and what bears on them: their verdicts are the same as in the whole case.

    copies: as `copies_in` gives them for the whole case; they hold for the narrowed one. The latest document stays,
    since its date is the day as which predictions are judged.
    """
    return Narrowing(case, copies).of(claims)


class Narrowing:
    """Narrows a case, as `narrowed` does, to many sets of claims: each costs what it holds, not what the case does."""

    def __init__(self, case: Case, copies: Mapping[str, str]) -> None:
        self._case, self._copies = case, copies
        self._claims = {claim.id: n for n, claim in enumerate(case.claims)}
        self._documents = {document.id: n for n, document in enumerate(case.documents)}
        self._sources = {source.id: n for n, source in enumerate(case.sources)}
        self._findings, self._statements = _by_claim(case.findings), _by_claim(case.statements)
        self._always = _latest(case)
        self._voices = [speaker.voice for speaker in case.speakers if speaker.voice]

    def of(self, claims: Iterable[str]) -> Case:
        """The case with these claims alone, and what bears on them."""
        case, wanted = self._case, set(claims)
        findings = _chosen(case.findings, (n for claim in wanted for n in self._findings.get(claim, ())))
        statements = _chosen(case.statements, (n for claim in wanted for n in self._statements.get(claim, ())))
        named: set[str] = {finding.document for finding in findings} | {said.document for said in statements}
        named.update(ref for finding in findings for ref in finding.relies_on or ())
        reached = self._reached([*named, *self._always])
        return replace(
            case,
            claims=_chosen(case.claims, (self._claims[claim] for claim in wanted if claim in self._claims)),
            findings=findings,
            statements=statements,
            documents=_chosen(case.documents, (self._documents[at] for at in reached if at in self._documents)),
            sources=_chosen(case.sources, self._with_owners([*reached, *self._voices])),
        )

    def _reached(self, waiting: list[str]) -> set[str]:
        """Ids of all documents and origins to which these lead, and of these."""
        reached: set[str] = set()
        while waiting:
            at = waiting.pop()
            if at in reached:
                continue
            reached.add(at)
            place = self._documents.get(at)
            if place is not None:
                document = self._case.documents[place]
                own = (*document.relies_on, document.same_text_as, self._copies.get(at), document.source)
                waiting.extend(ref for ref in own if ref)
        return reached

    def _with_owners(self, above: list[str]) -> set[int]:
        """Places of the sources among these, and of whoever owns one of them."""
        kept: set[int] = set()
        while above:
            place = self._sources.get(above.pop())
            if place is not None and place not in kept:
                kept.add(place)
                owner = self._case.sources[place].owner
                above += [owner] if owner else []
        return kept


def _by_claim(entries: Iterable[Finding | Statement]) -> dict[str, list[int]]:
    """The places of the entries on each claim."""
    found: dict[str, list[int]] = defaultdict(list)
    for n, entry in enumerate(entries):
        found[entry.claim].append(n)
    return found


def _chosen(entries: tuple[Entry, ...], places: Iterable[int]) -> tuple[Entry, ...]:
    """The entries at these places, in their order."""
    return tuple(entries[n] for n in sorted(places))


def _latest(case: Case) -> tuple[str, ...]:
    """The document that bears the latest date of the case, where any bears one."""
    dated = [
        (date.start, document.id)
        for document in case.documents
        for date in (document.published, document.retrieved)
        if date
    ]
    return (max(dated)[1],) if dated else ()
