"""What needs a second look in a case, most valuable first: what would settle a claim, then what most rests on."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final

from claims.model.staleness import STALE_KINDS, Look, Stale
from claims.model.track import DECIDED
from claims.read.quotes import quote_check
from claims.staleness.reliance import Reliance
from claims.staleness.settling import not_established, one_short, ungraded

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator, Sequence

    from claims.flow import Assessment
    from claims.model.case import Case
    from claims.model.document import Document
    from claims.model.staleness import StaleKind

QUOTES: Final = {
    "changed": "the stored text has other words: {}",
    "missing": "the stored text has no such words",
    "ambiguous": "the stored text has these words more than once",
}


def stale(assessment: Assessment, today: dt.date, read_before: dt.date) -> Stale:
    """Everything in the case that needs a second look, as of `today`; what was read before `read_before` does."""
    case, reliance = assessment.case, Reliance(assessment)
    looks: list[Look] = []
    for find in (not_established, ungraded, one_short):
        looks += find(assessment, reliance)
    looks += _due(assessment, reliance, today)
    looks += _unchecked(assessment, reliance)
    looks += _quotes(case)
    looks += _documents(case, reliance, read_before)
    placed = [look._replace(place=_place(case, look)) for look in looks]
    counts = Counter(look.kind for look in looks)
    return Stale(
        case=case.id,
        title=case.title,
        today=today.isoformat(),
        read_before=read_before.isoformat(),
        digest=case.digest,
        policy=case.policy.policy,
        looks=tuple(sorted(placed, key=_value)),
        totals=tuple((kind, counts[kind]) for kind in STALE_KINDS if counts[kind]),
        settling=sum(bool(look.settles) for look in looks),
    )


def chosen(found: Stale, kinds: Sequence[StaleKind] = (), limit: int | None = None) -> Stale:
    """Of these kinds (none: of all), at most `limit` that settle a claim, and of each kind as many that do not."""
    kept: list[Look] = []
    taken: Counter[str] = Counter()
    for look in found.looks:
        if not kinds or look.kind in kinds:
            shelf = "settling" if look.settles else look.kind
            if limit is None or taken[shelf] < limit:
                kept.append(look)
            taken[shelf] += 1
    settling = sum(bool(look.settles) for look in found.looks if not kinds or look.kind in kinds)
    return found._replace(looks=tuple(kept), settling=settling)


def _value(look: Look) -> tuple[object, ...]:
    return (-look.settles, -look.rests, STALE_KINDS.index(look.kind), look.id, look.text)


def _place(case: Case, look: Look) -> str | None:
    place = case.places.get((look.section, look.id))
    return str(place) if place else None


def _due(assessment: Assessment, reliance: Reliance, today: dt.date) -> Iterator[Look]:
    """Predictions and promises whose day has come, and which are not decided."""
    for n, claim in enumerate(assessment.case.claims):
        verdict = assessment.verdict(n)
        is_due = claim.kind in ("prediction", "promise") and claim.due is not None and claim.due.end <= today
        if is_due and verdict not in DECIDED:
            text = f"was due {claim.due}, and is {verdict}"
            yield Look("due", "claims", claim.id, claim.text, text, (), reliance.of_claim(claim.id), None)


def _unchecked(assessment: Assessment, reliance: Reliance) -> Iterator[Look]:
    for n, claim in enumerate(assessment.case.claims):
        if assessment.verdict(n) == "unchecked":
            rests = reliance.of_claim(claim.id)
            yield Look("unchecked", "claims", claim.id, claim.text, "nobody has looked into it", (), rests, None)


def _quotes(case: Case) -> Iterator[Look]:
    """Quotes that claim to be exact, and are not what the stored text says."""
    for said in case.statements:
        text = case.texts.get(said.document)
        if text is None or not said.quote or said.wording != "exact":
            continue
        found = quote_check(said.quote, text, said.prefix, said.suffix)
        if found.status in QUOTES:
            clause = QUOTES[found.status].format(" ".join((found.passage or "").split()))
            yield Look("quote", "statements", said.key, said.quote, clause, (), 1, None)


def _documents(case: Case, reliance: Reliance, read_before: dt.date) -> Iterator[Look]:
    for document in case.documents:
        name, rests = document.title or document.id, reliance.of_document(document.id)
        facts: tuple[tuple[StaleKind, str | None], ...] = (
            ("not-read-again", _read(document, read_before)),
            ("not-archived", "has an address and no archived copy" if document.url and not document.archive else None),
            ("undated", None if document.published else "bears no date"),
        )
        for kind, text in facts:
            if text:
                yield Look(kind, "documents", document.id, name, text, (), rests, None)


def _read(document: Document, read_before: dt.date) -> str | None:
    """What to say of a document that can be read again, and was not for long."""
    if not (document.url or document.text):
        return None
    if document.retrieved is None:
        return "nobody wrote down when it was read"
    return f"was last read {document.retrieved}" if document.retrieved.end < read_before else None
