"""One claim within a report: which side says what, in which words it was said, and what would change it."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

import pytest

from claims.flow import assess
from claims.present.claim_view import claim_blocks
from claims.present.view import Listing, Paragraph, Versus
from claims.selection import report
from tests.cases import case_of, sketch
from tests.present.reports import plural_report

if TYPE_CHECKING:
    from claims.model.assessment import Report
    from claims.present.view import Block, Line

Kind = TypeVar("Kind")


def blocks(claim: str, found: Report | None = None, languages: dict[str, str] | None = None) -> tuple[Block, ...]:
    found = found or plural_report()
    (chosen,) = [one for one in found.claims if one.id == claim]
    return tuple(claim_blocks(chosen, found, lambda document, _: (languages or {}).get(document)))


def only(kind: type[Kind], made: tuple[Block, ...]) -> Kind:
    (found,) = [block for block in made if isinstance(block, kind)]
    return found


def text(line: Line) -> str:
    return "".join(span.text for span in line)


def test_it_begins_with_why_it_is_judged_so() -> None:
    first, *_ = blocks("camp")
    assert isinstance(first, Paragraph)
    assert text(first.text).startswith("At least 3 independent groups for")


def test_a_dispute_says_what_is_between_the_sides() -> None:
    told = [text(block.text) for block in blocks("date") if isinstance(block, Paragraph)]
    assert any(line.startswith("Between them: ") for line in told)


def test_what_a_report_says_stands_behind_who_told_it() -> None:
    sides = only(Versus, blocks("date"))
    assert [[text(line) for line in item.under] for item in sides.for_] == [["B3 On Tuesday, it says."]]
    assert [[text(line) for line in item.under] for item in sides.against] == [["B3 On Wednesday."]]


def test_a_chain_is_told_and_a_report_without_a_note_has_its_place() -> None:
    sides = only(Versus, blocks("camp"))
    under = {text(item.text): [text(line) for line in item.under] for item in sides.for_}
    assert under["BBC"] == ["B3 in its own name", "B3 Wire → BBC"]


def test_where_several_origins_are_one_each_report_says_whose_it_is() -> None:
    parties = [{"id": "army", "name": "Army"}]
    sources = [{"id": "fars", "party": "army"}, {"id": "tasnim", "party": "army"}]
    documents = [{"id": "fars-doc"}, {"id": "tasnim-doc"}]
    sections = sketch(
        "fars: supports own-sources", "tasnim: supports own-sources", sources=sources, documents=documents
    )
    sections["parties"], sections["claims"][0]["favours"] = parties, ("army",)
    for finding in sections["findings"]:
        finding["note"] = "So it is."
    (item,) = only(Versus, blocks("c", report(assess(case_of(sections))))).for_
    assert [text(line) for line in item.under] == ["B3 fars: So it is.", "B3 tasnim: So it is."]


@pytest.mark.parametrize(
    ("findings", "title"),
    [
        (["wire: supports own-sources"], "against: no report"),
        (["wire: supports own-sources", "blog: contradicts F own-sources"], "against: nothing that counts"),
        (["wire: supports own-sources", "blog: contradicts own-sources"], "against: 1 independent"),
    ],
)
def test_a_side_says_how_much_stands_there(findings: list[str], title: str) -> None:
    case = case_of(sketch(*findings))
    assert only(Versus, blocks("c", report(assess(case)))).right == title


def test_a_claim_that_nobody_reported_on_has_no_sides() -> None:
    assert not [block for block in blocks("pride") if isinstance(block, Versus)]


def test_a_quote_is_in_the_language_of_its_document() -> None:
    made = blocks("area", languages={"wire-doc": "ar"})
    (quote,) = [
        item for block in made if isinstance(block, Listing) for item in block.items if "“" in item.text[0].text
    ]
    assert quote.text[0].text == "“control of 300 kilometres”"
    assert quote.text[0].language == "ar"
    assert text(quote.under[0]) == "Wire: wire-doc"


def test_it_ends_with_what_would_change_it() -> None:
    last = blocks("date")[-1]
    assert isinstance(last, Listing)
    assert any("further independent finding" in text(item.text) for item in last.items)
