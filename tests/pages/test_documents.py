"""The documents: each has its place for good, shows what it is, and what rests on it."""

from __future__ import annotations

import pytest
from hypothesis import given, settings

from claims.model.document import Document
from claims.pages import shelf
from claims.pages.documents import document_pages
from claims.pages.languages import title_languages
from claims.pages.shelf import document_paths
from claims.present.view import Entry
from tests.cases import Sections, sketch
from tests.pages.grounds import files, ground, pages
from tests.strategies import sections

PATH = "documents.html"


def case(**document: object) -> Sections:
    """Three documents: of May, of April, and without a date; the first as told."""
    made = sketch("bbc: supports B 2 witnessed", "wire: contradicts B 3 record", "blog: repeats")
    days = {"bbc": "2015-05-20", "wire": "2015-04"}
    for one in made["documents"]:
        one["published"] = days.get(one["source"])
    made["documents"][0] |= document
    return made


def test_documents_stand_in_the_order_in_which_they_appeared_and_the_undated_last() -> None:
    page = pages(files(document_pages(ground(case()))))[PATH]
    assert [row.attributes["data-id"] for row in page.one("tbody").children] == ["wire-doc", "bbc-doc", "blog-doc"]


@pytest.mark.parametrize(
    ("document", "words"),
    [
        ({"title": "A title"}, "A title"),
        ({"relies_on": ("wire",)}, "Relies on wire"),
        ({"same_text_as": "wire-doc"}, "Same text as wire-doc"),
        ({"retracted": "2015-06-01 wrong figure"}, "Retracted 2015-06-01: wrong figure"),
        ({"url": "https://example.org/a"}, "Address https://example.org/a"),
        ({"archive": "javascript:alert(1)"}, "Archived javascript:alert(1)"),
        ({"relies_on": ("wire",), "inferred": True}, "Relies on wire our judgement"),
    ],
)
def test_what_is_known_of_a_document_is_told(document: dict[str, object], words: str) -> None:
    row = pages(files(document_pages(ground(case(**document)))))[PATH].one("tr", id="document-bbc-doc")
    told = " ".join(" ".join(part.text for part in one.children) for one in row.all("div")) + row.text
    assert words in " ".join(told.split())


@pytest.mark.parametrize(("url", "is_link"), [("https://example.org/a", True), ("javascript:alert(1)", False)])
def test_only_a_plain_address_is_a_link(url: str, is_link: bool) -> None:
    page = pages(files(document_pages(ground(case(url=url)))))[PATH]
    links = [link for link in page.all("a") if link.attributes.get("href") == url]
    assert bool(links) is is_link
    assert all("noreferrer" in link.attributes["rel"] for link in links)


def test_a_title_is_marked_with_its_language_and_a_word_that_is_no_code_is_not() -> None:
    title = pages(files(document_pages(ground(case(title="عنوان", language=("ar",))))))[PATH].one("span", lang="ar")
    assert title.text == "عنوان"
    assert title.attributes["dir"] == "auto"
    page = pages(files(document_pages(ground(case(title="x", language=("Arabic, mostly",))))))[PATH]
    assert not page.all("span", lang="Arabic, mostly")


def test_many_documents_stand_on_several_pages_and_links_lead_to_the_right_one(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(shelf, "PER_PAGE", 2)
    found = ground(case())
    made = pages(files(document_pages(found)))
    assert list(made) == ["documents.html", "documents-2.html"]
    assert found.places("claims/c.html")(Entry("documents", "blog-doc")) == "../documents-2.html#document-blog-doc"
    for id_, path in document_paths(found.case).items():
        file, _, anchor = path.partition("#")
        assert made[file].one("tr", id=anchor).attributes["data-id"] == id_


@given(made=sections())
@settings(max_examples=20, deadline=None)
def test_every_document_has_a_row_with_its_numbers(made: Sections) -> None:
    found = ground(made)
    told = {row.attributes["data-id"]: row for row in pages(files(document_pages(found)))[PATH].one("tbody").children}
    assert set(told) == {one.id for one in found.case.documents}
    pairs = [(one.document, one.claim) for one in found.case.findings]
    pairs += [(one.document, one.claim) for one in found.case.statements]
    for id_, row in told.items():
        assert row.children[-1].text.split()[0] == str(len({claim for document, claim in pairs if document == id_}))


def test_a_case_without_documents_says_so() -> None:
    made = list(files(document_pages(ground({"claims": [{"id": "c", "text": "It happened."}]}))))
    assert "The case has no documents." in pages(iter(made))[PATH].one("main").text


def test_the_page_carries_the_rows_that_it_shows() -> None:
    page = pages(files(document_pages(ground(case()))))[PATH]
    (csv,) = page.all("a", data_take="csv")
    assert csv.attributes["href"].count("-doc,") >= 3


@pytest.mark.parametrize(
    ("title", "code", "is_told"),
    [
        ("(Losses in Qalamoun mount)", "ar", False),
        ("خسائر في القلمون", "ar", True),
        ("Losses: خسائر", "ar", True),
        ("Pertes à Qalamoun", "fr", True),
        ("Srpska vojska", "sr-Latn", True),
        ("Потери", "ru", True),
        ("Losses in ‘Ayn al-Ḥilwah – ʿAyn", "ar", False),
        (None, "fa", False),
    ],
)
def test_a_title_told_in_translation_is_not_said_to_be_in_the_language_of_its_document(
    title: str | None, code: str, *, is_told: bool
) -> None:
    document = Document(id="one", source="bbc", title=title, language=(code,))
    assert title_languages([document], {"one": code}) == ({"one": code} if is_told else {})
