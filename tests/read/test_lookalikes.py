"""Names, ids and addresses that look the same or lead to the same: suspected, never merged."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from rapidfuzz.distance import OSA

from claims.read.addresses import plain, why_odd
from claims.read.digest import sha256_of
from claims.read.lookalikes import folded, is_one_mistake
from tests.read.folders import read, told

if TYPE_CHECKING:
    from pathlib import Path

TWINS = [
    ("Arabic and Persian yeh", "علي", "علی"),
    ("Arabic and Persian kaf", "كمال", "کمال"),
    ("alif with and without hamza", "أحمد", "احمد"),
    ("teh marbuta and heh", "المقاومة", "المقاومه"),
    ("tatweel", "حــزب", "حزب"),
    ("harakat", "حِزْب", "حزب"),
    ("a form of presentation", "ﷲ", "الله"),
    ("a joiner", "می\u200cگوید", "میگوید"),
    ("a mark of direction", "Reuters\u200e", "Reuters"),
    ("composed and decomposed", unicodedata.normalize("NFC", "Café"), unicodedata.normalize("NFD", "Café")),
    ("a Cyrillic letter", "R\u0435uters", "Reuters"),
    ("a Greek letter", "Reuter\u0455", "Reuters"),
    ("full width", "Ｒeuters", "Reuters"),
    ("capitals", "REUTERS", "Reuters"),
    ("digits of another script", "قناة ٢", "قناة ۲"),
    ("the same", "Reuters", "Reuters"),
]
STRANGERS = [
    ("Reuters", "Reuter"),
    ("Café", "Cafe"),
    ("نصرالله", "نصر الله"),
    ("Nasrallah", "نصرالله"),
    ("Правда", "Pravda"),
]


@pytest.mark.parametrize(("one", "other"), [row[1:] for row in TWINS], ids=[row[0] for row in TWINS])
def test_names_that_look_the_same_are_suspected(one: str, other: str, tmp_path: Path) -> None:
    case, problems = read(tmp_path, f"sources:\n  - {{id: s1, name: '{one}'}}\n  - {{id: s2, name: '{other}'}}\n")
    assert [(p.code, p.severity, p.line, [a.line for a in p.also]) for p in problems] == [
        ("look-alike", "warning", 3, [2])
    ]
    assert case is not None
    assert [source.name for source in case.sources if source.id in {"s1", "s2"}] == [one, other]


@pytest.mark.parametrize(("one", "other"), STRANGERS)
def test_names_that_differ_are_not(one: str, other: str, tmp_path: Path) -> None:
    assert told(tmp_path, f"sources:\n  - {{id: s1, name: {one}}}\n  - {{id: s2, name: {other}}}\n") == []


def test_an_alias_is_a_name(tmp_path: Path) -> None:
    assert [line.split()[1] for line in told(tmp_path, "speakers:\n  - {id: x, name: حسن نصراللّه}\n")] == [
        "?look-alike"
    ]


def test_a_body_may_be_a_party_a_source_and_a_speaker(tmp_path: Path) -> None:
    assert (
        told(tmp_path, "sources:\n  - {id: x, name: Loyalists}\nspeakers:\n  - {id: y, name: Loyalists, voice: x}\n")
        == []
    )
    assert told(tmp_path, "sources:\n  - {id: x, name: L\u043eyalists}\n") == ["more.yaml:2:19 ?look-alike"]


@pytest.mark.parametrize(("one", "other"), [
    (unicodedata.normalize("NFC", "café"), unicodedata.normalize("NFD", "café")), ("علي", "علی"), ("s\u043ehr", "sohr"),
])  # fmt: skip
def test_ids_that_look_the_same_are_suspected(one: str, other: str, tmp_path: Path) -> None:
    more = "" if other == "sohr" else f"  - {{id: {other}, source: bbc}}\n"
    (problem,) = read(tmp_path, f"documents:\n  - {{id: {one}, source: bbc}}\n{more}")[1]
    assert (problem.code, problem.severity) == ("look-alike", "warning")


def test_folding_is_done_once() -> None:
    for _, one, other in TWINS:
        assert folded(folded(one)) == folded(one) == folded(other)


SAME = [
    "https://www.example.org/news/1", "http://example.org/news/1/", "example.org/news/1", "https://m.example.org/news/1",
    "https://example.org/news/1?utm_source=x&utm_medium=y", "https://example.org/news/1?fbclid=1#top", "https://example.org/amp/news/1",
    "https://example.org/news/1/amp", "https://amp.example.org/news/1", "https://EXAMPLE.org:443/news/1",
    "https://web.archive.org/web/20150520120000/http://example.org/news/1",
    "https://web.archive.org/web/20150520120000id_/https://www.example.org/news/1",
    "https://archive.ph/20150520/https://example.org/news/1", "https://example-org.cdn.ampproject.org/c/s/example.org/news/1",
]  # fmt: skip
OTHER = [
    "https://example.org/news/2",
    "https://example.org/news/1?page=2",
    "https://example.com/news/1",
    "https://archive.ph/AbCdE",
    "https://example.org/",
]


@pytest.mark.parametrize("address", SAME)
def test_addresses_of_one_publication_are_the_same(address: str) -> None:
    assert plain(address) == plain("https://example.org/news/1")


@pytest.mark.parametrize("address", OTHER)
def test_addresses_of_others_are_not(address: str) -> None:
    assert plain(address) != plain("https://example.org/news/1")


@pytest.mark.parametrize("address", [SAME[1], SAME[4], SAME[10]])
def test_one_report_under_two_ids_is_suspected(address: str, tmp_path: Path) -> None:
    text = f"documents:\n  - {{id: a, source: bbc, url: '{SAME[0]}'}}\n  - {{id: b, source: sohr, url: '{address}'}}\n"
    (problem,) = read(tmp_path, text)[1]
    assert (problem.code, problem.severity, problem.line, problem.also[0].line) == ("same-document", "warning", 3, 2)
    assert "'a'" in problem.message
    assert "'b'" in problem.message


@pytest.mark.parametrize("archive", [SAME[10], "https://archive.ph/AbCdE"])
def test_one_archived_copy_of_two_reports_is_suspected(archive: str, tmp_path: Path) -> None:
    text = f"documents:\n  - {{id: a, source: bbc, archive: '{archive}'}}\n  - {{id: b, source: sohr, archive: '{archive}'}}\n"
    assert told(tmp_path, text) == ["more.yaml:3:36 ?same-document"]


def test_a_declared_copy_is_not_suspected(tmp_path: Path) -> None:
    text = f"documents:\n  - {{id: a, source: bbc, url: '{SAME[0]}'}}\n  - {{id: b, source: sohr, url: '{SAME[1]}', same_text_as: a}}\n"
    assert told(tmp_path, text) == []


def test_the_same_stored_text_is_suspected(tmp_path: Path) -> None:
    files: dict[str, str | bytes] = {"a.txt": "x", "b.txt": "x", "more.yaml": "documents:\n" + "".join(
        f"  - {{id: {name}, source: bbc, text: {name}.txt, sha256: {sha256_of(b'x')}}}\n" for name in "ab")}  # fmt: skip
    assert told(tmp_path, files) == ["more.yaml:3:32 ?same-document"]


@pytest.mark.parametrize("address", [
    "javascript:alert(1)", "data:text/html,x", "file:///etc/passwd", "vbscript:x", "https://user:pass@example.org/",
    "https://bbc.com@evil.example/", "https://exa mple.org/", "example.org", "https://", "http://[::1", "https://ex\u0430mple.org/",
    "https://xn--exmple-4nf.org/", 'https://example.org/"onclick', "https://example.org\\@evil.org/", "//example.org/",
])  # fmt: skip
def test_an_address_that_no_report_links_to_is_told(address: str, tmp_path: Path) -> None:
    written = "'" + address.replace("'", "''") + "'"
    assert told(tmp_path, f"documents:\n  - {{id: x, source: bbc, url: {written}}}\n") == [
        "more.yaml:2:31 ?odd-address"
    ]


@pytest.mark.parametrize("address", [
    "https://example.org/a?b=c&d=%20#e", "http://example.org:8080/", "https://[2001:db8::1]/", "https://пример.рф/новости",
    "https://xn--e1afmkfd.xn--p1ai/", "https://المنار.com/a",
])  # fmt: skip
def test_a_plain_address_is_fine(address: str) -> None:
    assert why_odd(address) is None


@given(st.text("abc-", max_size=6), st.text("abc-", max_size=6))
@example("ab", "ba")
@example("aab", "ab")
def test_one_mistake_is_what_the_distance_between_words_calls_one(one: str, two: str) -> None:
    assert is_one_mistake(one, two) == (OSA.distance(one, two) <= 1)
