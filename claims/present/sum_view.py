"""The sum behind a probability, a line a group, so that it can be done again on paper; and what it hinges on."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from claims.model.share import share_text
from claims.present.view import Heading, Item, Listing, Paragraph, Span, Table, Title
from claims.present.wording import group_name, plain

if TYPE_CHECKING:
    from collections.abc import Iterator

    from claims.model.audit import Audit, SideSum, Term
    from claims.present.view import Block, Line

Row = tuple["Line", ...]

PLACES: Final = 3
"""Decimal places of weights and probabilities in the sum."""
SIGNS: Final = {"for": "+", "against": "−"}
LEGEND: Final = (
    "p: by the policy, the chance that a finding of that grade is right. Its weight is ln(p / (1 − p)), half of it "
    "where it supports partly; a group weighs as its strongest finding. In the last columns every source is one letter "
    "worse, and one better. Weights in brackets are not in the sum. Figures are rounded."
)
SUMMED: Final = {
    "nothing": "nothing counts",
    "established": "the established groups together",
    "heaviest": "the heaviest alone, since the others may be copies of it",
}


def sum_blocks(audit: Audit) -> Iterator[Block]:
    """The sum, line by line."""
    sums = audit.arithmetic
    if audit.claim.verdict == "not-checkable":
        return
    yield Heading(plain("The sum"), 2)
    if not sums.for_.terms and not sums.against.terms:
        text = f"Nothing counts on either side, so the probability stays at the prior, {sums.prior:g}."
        yield Paragraph(plain(text))
        return
    rows: list[Row] = [_figures("Prior", "", share_text(sums.prior, PLACES), (sums.prior_log_odds,) * 3)]
    for side in (sums.for_, sums.against):
        rows += [_term(term, side, audit) for term in side.terms]
        if len(side.terms) > 1:
            weights = (side.weight.given, side.weight.down, side.weight.up)
            rows.append(_figures(f"{side.side}: {SUMMED[side.rule]}", "", "", weights, "muted"))
    odds, shares = sums.log_odds, sums.probability
    rows.append(_figures("x = prior + for − against", "", "", (odds.given, odds.down, odds.up), "strong"))
    cells = tuple((Span(share_text(share, PLACES), "strong"),) for share in (shares.given, shares.down, shares.up))
    rows.append(((Span("probability = 1 / (1 + e^−x)", "strong"),), (), (), *cells))
    titles = (Title("", 1), Title("Grade"), *(Title(t, align="right") for t in ("p", "Weight", "Worse", "Better")))
    yield Table(titles, tuple(rows))
    yield Paragraph((Span(LEGEND, "muted"),))


def _figures(name: str, grade: str, p: str, weights: tuple[float, float, float], role: str = "plain") -> Row:
    cells = tuple((Span(_weight(weight), role),) for weight in weights)  # type: ignore[arg-type]
    return ((Span(name, role),), plain(grade), plain(p), *cells)  # type: ignore[arg-type]


def _term(term: Term, side: SideSum, audit: Audit) -> Row:
    marks = [] if term.established else ["not established"]
    marks += [] if term.weight.given > 0 else ["cannot be judged" if term.probability is None else "weighs nothing"]
    name = f"{SIGNS[side.side]} {group_name(term.group, audit.names)}"
    inside = zip(term.in_sum, term.weight, strict=True)
    return (
        (Span(name), Span(f" ({', '.join(marks)})" if marks else "", "muted")),
        plain(f"{term.grade} half" if term.is_half else term.grade),
        plain("" if term.probability is None else share_text(term.probability, PLACES)),
        *(plain(_weight(weight) if is_in else f"({_weight(weight)})") for is_in, weight in inside),
    )


def _weight(weight: float) -> str:
    return f"{weight:.{PLACES}f}".replace("-", "−")


def hinges(audit: Audit) -> Iterator[Block]:
    """What the verdict hinges on, and what would change it."""
    claim = audit.claim
    if claim.verdict == "not-checkable":
        return
    yield Heading(plain("What it hinges on, and what would change it"), 2)
    items = [
        Item(
            (
                Span("Without "),
                Span(group_name(hinge.group, audit.names), "name"),
                Span(" it would be "),
                Span(hinge.verdict, "verdict", hinge.verdict),
                Span("."),
            )
        )
        for hinge in audit.hinges
    ]
    if not items and claim.groups:
        items.append(Item(plain("No single group: the verdict stands without any one of them.")))
    for change in claim.would_change:
        number = f"{change.findings} further independent finding{'' if change.findings == 1 else 's'}"
        text = f"{number} of grade {change.grade} {change.side} it would make it "
        items.append(Item((Span(text), Span(change.to, "verdict", change.to), Span("."))))
    if not claim.would_change:
        items.append(Item(plain("No number of further findings of one side that was tried would change it.")))
    yield Listing(tuple(items))
