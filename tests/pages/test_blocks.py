"""Every block of a view as markup, in small."""

from __future__ import annotations

from typing import TYPE_CHECKING, get_args

import pytest

from claims.pages.blocks import MACROS, drawn, on_this_page
from claims.present.view import (
    Bar,
    Block,
    Entry,
    Heading,
    Item,
    Listing,
    Node,
    Paragraph,
    Row,
    Span,
    Table,
    Tally,
    Title,
    Tree,
    Verdicts,
    Versus,
)
from tests.pages.markup import read

if TYPE_CHECKING:
    from claims.present.view import Line


def plain(text: str) -> Line:
    return (Span(text),)


ROW = Row(
    "✔",
    "corroborated",
    plain("It fell."),
    "Observatory, 2015-05",
    "2–3",
    "0",
    Bar(0.5, 0.8, 0.9),
    "1",
    "confirmed",
    "BBC",
)


def test_there_is_a_macro_for_every_block() -> None:
    assert set(MACROS) == set(get_args(Block))


@pytest.mark.parametrize(
    ("block", "markup"),
    [
        (Heading(plain("Set aside (3)"), 2), '<h2 id="set-aside">Set aside (3)</h2>'),
        (Heading(plain("It fell."), 3), "<h3>It fell.</h3>"),
        (Paragraph(plain("a < b & c")), "<p>a &lt; b &amp; c</p>"),
        (Paragraph((Span("a", "strong"), Span("b", "muted"))), "<p><strong>a</strong><i>b</i></p>"),
        (Paragraph((Span("✔ x", "verdict", "corroborated"),)), '<p><span class="v v-corroborated">✔ x</span></p>'),
        (Tally((plain("1 a"), plain("2 b"))), '<ul class="tally"><li>1 a</li><li>2 b</li></ul>'),
        (Tree((Node(plain("a"), (Node(plain("b")),)),)), '<ul class="tree">\n<li>a<ul><li>b</li></ul></li>\n</ul>'),
    ],
)  # fmt: skip
def test_blocks_become_elements(block: Block, markup: str) -> None:
    assert str(drawn([block])) == markup


def test_what_is_under_an_item_stays_under_it() -> None:
    found = read(drawn([Listing((Item(plain("a"), (plain("b"), plain("  c"))),))]))
    assert [one.text for one in found.one("ul", class_="listing").one("ul").all("li")] == ["b", "  c"]
    assert found.one("li", class_="in").text == "  c"


def test_two_sides_are_told_apart_by_more_than_a_colour() -> None:
    found = read(drawn([Versus("for: 1", "against: no report", (Item(plain("BBC")),), ())]))
    assert [one.text for one in found.all("p", class_="side-title")] == ["for: 1", "against: no report"]
    assert found.one("section", class_="empty").attributes["class"] == "side against empty"


def test_a_table_can_be_scrolled_with_the_keyboard_and_has_heads() -> None:
    found = read(drawn([Table((Title("Day"), Title("Sum", align="right")), ((plain("1"), plain("2")),))]))
    region = found.one("div", role="region")
    assert region.attributes["tabindex"] == "0"
    assert region.attributes["aria-label"] == "Table: Day, Sum"
    assert [one.attributes["scope"] for one in found.all("th")] == ["col", "col"]
    assert [one.text for one in found.all("td", class_="right")] == ["2"]


def test_a_row_says_the_verdict_in_words_and_the_probability_in_figures() -> None:
    found = read(drawn([Verdicts((ROW,))])).one("tbody")
    cells = [cell.text.strip() for cell in found.one("tr").children]
    assert cells == [
        "✔ corroborated", "It fell.Observatory, 2015-05", "2–3", "0", "0.80 (0.50–0.90)", "1", "confirmed", "BBC",
    ]  # fmt: skip
    assert found.one("th").attributes["scope"] == "row"
    assert found.one("svg").attributes["aria-hidden"] == "true"


def test_a_claim_leads_to_its_place_where_it_has_one() -> None:
    line = (Span("It fell.", entry=Entry("claims", "camp")), Span("BBC", entry=Entry("sources", "bbc")))
    assert str(drawn([Paragraph(line)], on_this_page)) == '<p><a href="#claim-camp">It fell.</a>BBC</p>'
    assert str(drawn([Paragraph(line)])) == "<p>It fell.BBC</p>"


def test_a_web_address_is_a_link_that_is_shown_in_full_and_tells_nothing() -> None:
    (link,) = read(drawn([Paragraph(plain("https://example.org/a?b&c"))])).all("a")
    assert link.text == link.attributes["href"] == "https://example.org/a?b&c"
    assert link.attributes["rel"] == "noreferrer noopener external"


def test_no_other_address_is_a_link() -> None:
    for text in ("javascript:alert(1)", "https://bbc.example@evil.example/", "data:text/html,x", "see https://e.org"):
        assert "<a" not in drawn([Paragraph(plain(text))])


@pytest.mark.parametrize("text", ["حسن نصرالله 300 km²", "שלום", "می‌گوید", "BBC\u200f (1)"])
def test_what_turns_a_line_is_kept_apart_from_it(text: str) -> None:
    assert str(drawn([Paragraph((Span("by "), Span(text, "name")))])) == f"<p>by <b><bdi>{text}</bdi></b></p>"


def test_the_language_of_a_quote_is_told_where_it_is_not_the_page_s() -> None:
    assert '<bdi lang="fr">oui</bdi>' in drawn([Paragraph((Span("oui", language="fr"),))])
    assert str(drawn([Paragraph((Span("yes", language="en"),))])) == "<p>yes</p>"


def test_what_is_not_seen_is_spelled_out() -> None:
    assert str(drawn([Paragraph(plain("safe\u202eexe.txt\x1b\x00"))])) == "<p>safe⟨U+202E⟩exe.txt␛␀</p>"
