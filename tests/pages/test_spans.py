"""The smallest pieces of a page: what is remembered from one page is what another would have written."""

from __future__ import annotations

import pytest

from claims.pages.spans import apart, cells, line, said, spelled
from claims.present.view import Entry, Span, Title
from tests.hostile import HOSTILE


@pytest.mark.parametrize(
    ("text", "markup"),
    [
        ("Observatory, 2015-05", "Observatory, <time>2015-05</time>"),
        ("A < B, 2015-05", "A &lt; B, <time>2015-05</time>"),
        ("Observatory, London", "Observatory, London"),
        ("2015-05", "<time>2015-05</time>"),
        ("Observatory, 3 of those who were asked there", "Observatory, 3 of those who were asked there"),
        ("نصرالله, 2015", "<bdi>نصرالله</bdi>, <time>2015</time>"),
    ],
)
def test_a_day_is_kept_whole(text: str, markup: str) -> None:
    assert str(said(text)) == markup


def test_one_text_in_two_roles_or_languages_is_two_pieces() -> None:
    spans = (Span("oui"), Span("oui", "name"), Span("oui", language="fr"), Span("oui", "muted"))
    told = 'oui<b>oui</b><bdi lang="fr">oui</bdi><i>oui</i>'
    assert [str(line(spans, lambda _: None)) for _ in range(2)] == [told, told]


def test_an_entry_leads_where_the_page_says_however_often_it_was_met() -> None:
    one = (Span("BBC", entry=Entry("sources", "bbc")),)
    assert str(line(one, lambda _: "bbc.html")) == '<a href="bbc.html">BBC</a>'
    assert str(line(one, lambda _: "../bbc.html?a&b")) == '<a href="../bbc.html?a&amp;b">BBC</a>'
    assert str(line(one, lambda _: None)) == "BBC"


def test_a_cell_is_set_as_its_title() -> None:
    titles = (Title("Day"), Title(""), Title("Sum <b>", align="right"))
    assert str(cells(((Span("1"),), (Span("2"),), (Span("3"),)), titles, lambda _: None)) == (
        '<td role="cell" data-label="Day">1</td><td role="cell">2</td>'
        '<td role="cell" data-label="Sum &lt;b&gt;" class="right">3</td>'
    )


def test_a_day_behind_a_name_from_right_to_left_stays_in_its_order() -> None:
    assert str(apart("ایسنا, 2015-05-22")) == "<bdi>ایسنا</bdi>, 2015-05-22"
    assert str(apart("ایسنا, 2015-05-22 noon")) == "<bdi>ایسنا, 2015-05-22 noon</bdi>"
    assert str(apart("Haaretz, 2015-05-22")) == "Haaretz, 2015-05-22"


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_nothing_of_a_text_is_markup(text: str) -> None:
    assert not set("<>\"'") & set(spelled(text))
    assert str(apart(text)).removeprefix("<bdi>").removesuffix("</bdi>") == spelled(text)
