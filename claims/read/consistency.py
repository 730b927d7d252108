"""What cannot be, or cannot be meant: entries that contradict themselves or each other."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from claims.read.drafts import Draft, warning
from claims.read.mistakes import short

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from claims.model.when import Interval
    from claims.read.drafts import Spot
    from claims.read.ledger import Ledger


def relayed_from_nowhere(ledger: Ledger) -> Iterator[Draft]:
    """Findings that are relayed, where neither they nor their document says from whom."""
    for row in ledger.findings:
        finding = row.entry
        if finding.basis != "relayed" or finding.relies_on:
            continue
        document = ledger.document.get(finding.document)
        if document is None or document.entry.same_text_as:
            continue
        if finding.relies_on is None and document.entry.relies_on:
            continue
        yield Draft(
            "relayed-from-nowhere",
            "the finding is relayed, and nothing says from whom",
            row.at("basis"),
            "name them in 'relies_on', here or in the document; leave 'basis' out if it is not known",
        )


def earned_credibility(ledger: Ledger) -> Iterator[Draft]:
    """Credibility 1, typed."""
    for row in ledger.findings:
        if row.entry.credibility == 1:
            yield warning(
                "earned-credibility",
                "credibility 1 reads as 2: confirmation is earned, not typed",
                row.at("credibility"),
                "write 2; the report gives 1 to a corroborated claim",
            )


def idle_reliances(ledger: Ledger) -> Iterator[Draft]:
    """A `relies_on` next to a `same_text_as`: a copy knows what the original knows, and nothing else."""
    copies = {row.entry.id for row in ledger.documents if row.entry.same_text_as}
    for document in ledger.documents:
        if document.entry.id in copies and document.entry.relies_on:
            yield warning(
                "idle-key",
                "the document is a copy: its 'relies_on' has no effect",
                document.key("relies_on"),
                "a copy knows what its original knows; take out 'relies_on' or 'same_text_as'",
            )
    for row in ledger.findings if copies else ():
        if row.entry.relies_on and row.entry.document in copies:
            yield warning(
                "idle-key",
                f"'{row.entry.document}' is a copy: this 'relies_on' has no effect",
                row.key("relies_on"),
                "a copy knows what its original knows; take it out",
            )


def gain_and_lose(ledger: Ledger) -> Iterator[Draft]:
    """Parties on both sides of one claim, or both allies and opponents."""
    for row in ledger.claims:
        for n, party in enumerate(row.entry.harms or ()):
            if party in (row.entry.favours or ()):
                yield warning(
                    "both-gain-and-lose",
                    f"'{party}' gains and loses by this claim: it counts as neither",
                    row.at("harms", n),
                    "take it out of one of the two",
                )
    for side in ledger.parties:
        for n, party in enumerate(side.entry.opponents):
            if party in side.entry.allies:
                yield warning(
                    "both-gain-and-lose",
                    f"'{party}' is an ally and an opponent: it counts as neither",
                    side.at("opponents", n),
                    "take it out of one of the two",
                )


def due_dates(ledger: Ledger) -> Iterator[Draft]:
    """Due dates where none can be, and none where one should be."""
    for row in ledger.claims:
        claim = row.entry
        if claim.due and claim.kind in {"fact", "opinion"}:
            yield Draft(
                "due-on-a-fact",
                f"{'an' if claim.kind == 'opinion' else 'a'} {claim.kind} has no due date",
                row.key("due"),
                "write 'kind: prediction' or 'kind: promise', or 'when' for its time",
            )
        if claim.due is None and claim.kind in {"prediction", "promise"}:
            yield warning(
                "never-due",
                f"a {claim.kind} without 'due' can never be checked",
                row.at("kind"),
                "write 'due: 2015-12' for the time from which it can be judged",
            )


def dates_out_of_order(ledger: Ledger) -> Iterator[Draft]:
    """Pairs of dates that cannot both be right."""
    for document in ledger.documents:
        published, retrieved = document.entry.published, document.entry.retrieved
        retracted = document.entry.retracted
        yield from _ordered(published, retrieved, "read before it was published", document.at("retrieved"))
        if retracted:
            yield from _ordered(
                published, retracted.date, "retracted before it was published", document.at("retracted")
            )
    for statement in ledger.statements:
        recorded = ledger.document.get(statement.entry.document)
        if recorded:
            yield from _ordered(
                statement.entry.date, recorded.entry.published, "published before it was said", statement.at("date")
            )
    for claim in ledger.claims:
        yield from _ordered(claim.entry.when, claim.entry.due, "due before it is said to happen", claim.at("due"))


def _ordered(first: Interval | None, second: Interval | None, words: str, spot: Spot) -> Iterator[Draft]:
    if first and second and second.is_before(first):
        yield warning(
            "dates-out-of-order",
            f"{words}: {short(str(second))} is before {short(str(first))}",
            spot,
            "correct one of the two dates",
        )


CHECKS: Final[tuple[Callable[[Ledger], Iterator[Draft]], ...]] = (
    relayed_from_nowhere, earned_credibility, idle_reliances, gain_and_lose, due_dates, dates_out_of_order,
)  # fmt: skip
