"""The matrix: every report that says something on a claim has its mark, and what is left out is told."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings

from claims.pages import matrix
from claims.pages.matrix import PATH, matrix_files
from tests.cases import sketch
from tests.pages.grounds import ground, pages, rows
from tests.strategies import sections

if TYPE_CHECKING:
    from tests.cases import Sections
    from tests.pages.markup import Element


def case() -> Sections:
    """One claim that two support, one against it, and one who only repeats; another that nobody speaks of."""
    made = sketch("bbc: supports B 2 witnessed", "wire: supports B 3 record", "blog: contradicts F", "post: repeats")
    made["claims"].append({"id": "other", "text": "Something else happened."})
    return made


def cell(page: Element, source: str) -> list[str]:
    """What is read out in the cells of a source's row."""
    (row,) = [row for row in page.one("tbody").children if row.one("th").one("a").text == source]
    return [mark.attributes["title"] for mark in row.all("a") if "title" in mark.attributes]


def test_each_source_has_a_row_and_each_claim_a_column() -> None:
    page = pages(matrix_files(ground(case())))[PATH]
    assert [row.one("th").one("a").text for row in page.one("tbody").children] == ["bbc", "blog", "post", "wire"]
    assert len(page.one("tr", class_="heads").all("th")) == 2
    assert {len(row.all("td")) for row in page.one("tbody").children} == {2}


def test_claims_stand_by_verdict_and_the_verdict_above_them() -> None:
    page = pages(matrix_files(ground(case())))[PATH]
    heads = page.one("tr", class_="verdicts").all("th")
    assert [head.text.split()[-1] for head in heads] == ["corroborated", "unchecked"]


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ("bbc", "supports it, B2"),
        ("wire", "supports it, B3"),
        ("blog", "contradicts it, F3, never counts: its grade cannot be judged"),
        ("post", "only repeats the speaker, never counts: only repeats the speaker"),
    ],
)
def test_a_mark_says_what_it_says_and_whether_it_counts(source: str, words: str) -> None:
    made = case()
    for one in made["sources"]:
        one.setdefault("reliability", "B")
    (told,) = cell(pages(matrix_files(ground(made)))[PATH], source)
    assert words in told


def test_what_never_counts_is_hollow() -> None:
    page = pages(matrix_files(ground(case())))[PATH]
    signs: dict[str, str] = {}
    for row in page.one("tbody").children:
        for mark in row.all("td"):
            signs |= {row.one("th").one("a").text: link.one("svg").attributes["class"] for link in mark.all("a")}
    assert "hollow" not in signs["bbc"]
    assert "hollow" in signs["blog"]
    assert "hollow" in signs["post"]


def test_what_is_left_out_is_told_and_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(matrix, "MOST_SOURCES", 3)
    monkeypatch.setattr(matrix, "MOST_CLAIMS", 1)
    page = pages(matrix_files(ground(case())))[PATH]
    assert "Left out here: 1 claim, 1 source and 1 mark" in page.one("p", class_="warning").text
    assert len(page.one("tbody").children) == 3


def test_a_case_without_reports_says_so() -> None:
    page = pages(matrix_files(ground({"claims": [{"id": "c", "text": "It happened."}]})))[PATH]
    assert "No report says anything" in page.one("main").text


@given(made=sections())
@settings(max_examples=25, deadline=None)
def test_every_finding_and_statement_is_one_mark(made: Sections) -> None:
    found = ground(made)
    keys = [one.key for one in found.case.findings]
    said = [record.id for claim in found.report.claims for record in claim.records if record.kind == "statement"]
    assert sorted(row[0] for row in rows(matrix_files(found), "matrix.csv")) == sorted(keys + said)
