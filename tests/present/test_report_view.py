"""What a report says, whatever draws it: what is well founded first, and nothing dressed up."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from claims.model.assessment import ATTRIBUTIONS as ALL_ATTRIBUTIONS
from claims.model.assessment import VERDICTS, WHYS
from claims.present import markdown, terminal
from claims.present.report_view import report_view
from claims.present.view import Bar, Heading, Span, Tally, Versus
from claims.present.wording import ATTRIBUTIONS, MEANINGS, ORDER, SYMBOLS, WHY
from tests.present.reports import plural_report

if TYPE_CHECKING:
    from collections.abc import Iterator

    from claims.model.assessment import Report


def texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, tuple):
        for one in value:
            yield from texts(one)


def said(report: Report) -> str:
    return "\n".join(texts(report_view(report)))


def only(verdict: str) -> Report:
    """The report with the claims of one verdict left."""
    found = plural_report()
    claims = tuple(claim for claim in found.claims if claim.verdict == verdict)
    return found._replace(claims=claims, totals={v: len(claims) if v == verdict else 0 for v in VERDICTS})


def test_every_word_has_its_meaning() -> None:
    assert set(ORDER) == set(SYMBOLS) == set(MEANINGS) == set(VERDICTS)
    assert set(WHY) == set(WHYS)
    assert set(ATTRIBUTIONS) == set(ALL_ATTRIBUTIONS)


def test_verdicts_come_in_their_order_each_with_its_meaning() -> None:
    found = said(plural_report())
    present = [verdict for verdict in ORDER if plural_report().totals[verdict]]
    places = [found.index(MEANINGS[verdict]) for verdict in present]
    assert places == sorted(places)
    assert len(present) > 5


@pytest.mark.parametrize("verdict", [verdict for verdict in ORDER if verdict != "corroborated"])
def test_where_nothing_is_corroborated_it_says_so(verdict: str) -> None:
    found = only(verdict)
    if found.claims:
        assert "No claim shown here is corroborated." in said(found)


def test_an_empty_report_says_that_there_is_nothing() -> None:
    empty = plural_report()._replace(claims=(), totals=dict.fromkeys(VERDICTS, 0), notes=("No claim matches.",))
    assert "There is nothing here to judge." in said(empty)
    assert "✔" not in said(empty)
    for shown in (
        markdown.render(report_view(empty)),
        terminal.render(report_view(empty), width=40, colour=False, unicode=True),
    ):
        assert "No claim matches." in shown


def test_every_claim_is_shown_once_among_the_verdicts() -> None:
    found = plural_report()
    shown = [row.claim[0].text for block in report_view(found).blocks for row in getattr(block, "rows", ())]
    assert sorted(shown) == sorted(claim.text for claim in found.claims)


def test_everything_set_aside_is_shown() -> None:
    found = plural_report()
    shown = said(found).split("Set aside, and never counted")[1]
    for claim in found.claims:
        for entry in claim.set_aside:
            assert entry.document in shown


def test_a_document_set_aside_twice_on_a_claim_is_named_once_with_its_number() -> None:
    found = plural_report()
    claim = next(claim for claim in found.claims if any(entry.why == "repeats" for entry in claim.set_aside))
    entry = next(entry for entry in claim.set_aside if entry.why == "repeats")
    twice = found._replace(claims=(claim._replace(set_aside=(entry, entry)),))
    assert f"{entry.document} (2)" in said(twice)


def test_a_circle_is_told_with_names_and_documents() -> None:
    assert "Wire → BBC → Wire" in said(plural_report())
    assert " (loop-a → loop-b → loop-a)" in said(plural_report())


def test_a_circle_is_told_once_wherever_one_enters_it() -> None:
    assert "BBC → Wire → BBC" not in said(plural_report())


def test_both_sides_of_a_dispute_are_shown() -> None:
    sides = [block for block in report_view(plural_report()).blocks if isinstance(block, Versus)]
    assert sides
    assert all(side.for_ and side.against for side in sides)


@pytest.mark.parametrize(
    ("bar", "text"),
    [
        (Bar(0.744, 0.866, 0.949), "0.87 (0.74–0.95)"),
        (Bar(0.5, 0.5, 0.5), "0.50"),
        (Bar(0, 0.004, 0.051), "<0.01 (<0.01–0.05)"),
    ],
)
def test_a_probability_is_a_number_with_its_range(bar: Bar, text: str) -> None:
    assert str(bar) == text


def test_a_view_is_made_of_values_that_do_not_change() -> None:
    view = report_view(plural_report())
    assert view == report_view(plural_report())
    hash(view)
    assert isinstance(view.blocks[0], Heading)
    assert view.blocks[1] == Tally(((Span("9 claims", "strong"),), *view.blocks[1][0][1:]))
