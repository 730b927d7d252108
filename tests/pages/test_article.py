"""A text with its claims marked: nothing of the text is lost, and each mark leads to its claim."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from claims.pages.article import article_files
from tests.pages.grounds import ground, pages, rows

if TYPE_CHECKING:
    from claims.pages.ground import Ground
    from tests.cases import Sections
    from tests.pages.markup import Element

TEXT = "The camp fell on Tuesday.\n\nThe rebels held the camp & the <b>road</b>.\n"
PATH = "articles/doc.html"


def case(*quotes: str, language: tuple[str, ...] = ("en",), **more: object) -> Ground:
    """A case with one stored text, and a claim for each quote: `q0`, `q1`, and so on."""
    sections: Sections = {
        "sources": [{"id": "paper", "name": "Paper"}],
        "speakers": [{"id": "man", "name": "Man"}],
        "documents": [
            {"id": "doc", "source": "paper", "title": "A text", "text": "texts/doc.txt", "language": language}
        ],
        "claims": [{"id": f"q{n}", "text": f"Claim {n}."} for n in range(len(quotes))],
        "statements": [
            {"claim": f"q{n}", "speaker": "man", "document": "doc", "quote": quote, **more}
            for n, quote in enumerate(quotes)
        ],
    }
    return ground(sections, texts={"doc": TEXT})


def article(*quotes: str, **more: object) -> Element:
    return pages(article_files(case(*quotes, **more)))[PATH]  # type: ignore[arg-type]


def text_of(paragraph: Element) -> str:
    """The text of a paragraph without the numbers set in it."""
    text = paragraph.text
    for number in paragraph.all("sup"):
        text = text.replace(number.text, "", 1)
    return text


def marked(page: Element) -> list[tuple[str, str]]:
    """Each marked stretch with the claim that it leads to."""
    found = []
    for mark in page.one("article").all("mark"):
        href = mark.one("a").attributes["href"]
        found.append((mark.text, href.removeprefix("../claims/").removesuffix(".html")))
    return found


@pytest.mark.parametrize(
    ("quotes", "stretches"),
    [
        (("camp fell",), [("camp fell", "q0")]),
        (("camp fell on", "on Tuesday"), [("camp fell ", "q0"), ("on", "q1"), (" Tuesday", "q1")]),
        (
            ("The camp fell on Tuesday", "fell"),
            [("The camp ", "q0"), ("fell", "q1"), (" on Tuesday", "q0")],
        ),
        (("fell", "fell"), [("fell", "q0")]),
        (("Tuesday. The rebels",), [("Tuesday.", "q0"), ("The rebels", "q0")]),
        (("<b>road</b>",), [("<b>road</b>", "q0")]),
        (("nothing of the kind was ever written",), []),
    ],
)
def test_each_stretch_leads_to_the_shortest_quote_that_it_is_of(
    quotes: tuple[str, ...], stretches: list[tuple[str, str]]
) -> None:
    assert marked(article(*quotes)) == stretches


@given(
    ranges=st.lists(
        st.tuples(st.integers(0, len(TEXT) - 1), st.integers(1, 40)).map(lambda one: TEXT[one[0] : sum(one)]),
        max_size=6,
    )
)
@settings(max_examples=40, deadline=None)
def test_nothing_of_the_text_is_lost_or_told_twice(ranges: list[str]) -> None:
    quotes = [quote for quote in ranges if quote.strip()]
    page = article(*quotes)
    paragraphs = [text_of(one) for one in page.one("article").children]
    assert paragraphs == [line for line in TEXT.split("\n") if line]
    numbers = [one.attributes["id"] for one in page.one("article").all("a") if "id" in one.attributes]
    listed = [one.attributes["href"].removeprefix("#") for one in page.all("a", class_="there")]
    assert sorted(numbers) == sorted(listed)
    assert len(numbers) == len(quotes)


def test_a_quote_that_is_nowhere_is_listed_with_the_reason() -> None:
    page = article("nothing of the kind was ever written")
    assert "Not found in the text (1)" in page.one("main").text
    assert "The stored text has no such words." in page.one("section", class_="list").text
    assert page.one("blockquote").text == "nothing of the kind was ever written"


def test_a_quote_that_differs_is_marked_and_its_difference_shown() -> None:
    page = article("rebels hold the camp")
    assert page.one("mark").attributes["class"].split()[-1] == "unsure"
    assert page.one("del").text == "only in the quote: hold"
    assert page.one("ins").text == "only in the text: held"


@pytest.mark.parametrize(("quote", "direction"), [("rebels hold the camp", "ltr"), ("סקר rebels held the camp", "rtl")])
def test_a_difference_reads_in_the_direction_of_its_quote(quote: str, direction: str) -> None:
    assert article(quote).one("p", class_="differs").attributes["dir"] == direction


def test_a_quote_that_stands_twice_is_marked_twice_and_numbered_once() -> None:
    page = article("camp")
    assert marked(page) == [("camp", "q0"), ("camp", "q0")]
    assert len(page.one("article").all("sup")) == 1
    assert "(2 places)" in page.one("section", class_="list").text


def test_a_text_is_set_in_its_language() -> None:
    assert article("camp fell", language=("ar",)).one("article").attributes["lang"] == "ar"
    assert "lang" not in article("camp fell", language=("ar", "en")).one("article").attributes


def test_the_list_of_texts_counts_their_verdicts() -> None:
    page = pages(article_files(case("camp fell", "held the camp")))["articles/index.html"]
    assert "2 quotes" in page.one("ul", class_="texts").text
    assert page.one("ul", class_="tally").text.split()[-2:] == ["2", "unchecked"]


def test_the_rows_say_where_each_quote_stands() -> None:
    (row,) = rows(article_files(case("camp fell")), "articles/doc.csv")
    start = TEXT.index("camp fell")
    assert row[-3:] == ["exact", str(start), str(start + len("camp fell"))]


def test_without_a_text_there_is_a_page_that_says_so() -> None:
    made = pages(article_files(ground({"claims": [{"id": "c", "text": "It happened."}]})))
    assert list(made) == ["articles/index.html"]
    assert "No text is stored" in made["articles/index.html"].one("main").text
