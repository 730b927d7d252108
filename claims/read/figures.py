"""Findings with figures: a stance that the figures decide, leave open, or contradict."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from claims.model.quantity import agreement
from claims.read.drafts import Draft, warning
from claims.read.mistakes import short

if TYPE_CHECKING:
    from collections.abc import Iterator

    from claims.model.claim import Claim
    from claims.model.finding import Finding
    from claims.model.quantity import Quantity
    from claims.read.ledger import Ledger, Row

STANCES: Final = "supports, partly-supports, contradicts, repeats or mentions"
COUNT: Final = "count:"
AGAINST: Final = {"agrees": "contradicts", "disagrees": "supports"}
"""The stance that contradicts what the figures say."""


def figures(ledger: Ledger, tolerance: float) -> Iterator[Draft]:
    """Findings whose stance is missing or at odds with their figures; `tolerance` is the policy's."""
    for row in ledger.findings:
        finding = row.entry
        if finding.stance is not None and finding.value is None:
            continue
        claim = ledger.claim.get(finding.claim)
        if claim is None:
            continue
        if claim.entry.quantity is None or finding.value is None:
            if finding.stance is None:
                yield _no_stance(row, claim.entry)
            continue
        yield from _compared(row, finding, claim.entry.quantity, finding.value, tolerance)


def _no_stance(row: Row[Finding], claim: Claim) -> Draft:
    if claim.quantity is None:
        message = f"the finding has no stance, and the claim '{short(claim.id)}' has no quantity that could decide it"
    else:
        message = "the finding has neither a stance nor a value that decides it"
    return Draft("no-stance", message, row.spot, f"add 'stance: …': {STANCES}")


def _compared(
    row: Row[Finding], finding: Finding, claimed: Quantity, value: Quantity, tolerance: float
) -> Iterator[Draft]:
    outcome = agreement(claimed, value, tolerance)
    figures_ = f"'{short(str(value))}' against the claim's '{short(str(claimed))}'"
    if finding.stance is None and outcome == "undecided":
        yield Draft(
            "undecided-value",
            f"the figures leave the stance open: {figures_}",
            row.at("value"),
            f"add 'stance: …': {STANCES}",
        )
    if is_against(finding.stance, outcome):
        verb = "agree" if outcome == "agrees" else "do not agree"
        yield warning(
            "stance-against-figures",
            f"the stance is '{finding.stance}', but the figures {verb}: {figures_}",
            row.at("stance"),
            "correct one of them; or say in 'note' what else it contradicts or supports",
        )
    if count_other_things(claimed, value):
        yield warning(
            "other-things-counted",
            f"the figures count different things: {figures_}",
            row.at("value"),
            "name the same thing in both if it is the same",
        )


def is_against(stance: str | None, outcome: str) -> bool:
    """Whether a stance says the contrary of what the figures come to: how they agree, by `agreement`."""
    return stance is not None and AGAINST.get(outcome) == stance


def count_other_things(claimed: Quantity, value: Quantity) -> bool:
    """Whether two figures count things, and not the same ones."""
    counted = value.dimension, claimed.dimension
    return all(dimension.startswith(COUNT) for dimension in counted) and counted[0] != counted[1]
