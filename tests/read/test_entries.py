"""Entries: what each mistake in one is called, where it is, and the way out that is told."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.read.folders import read, told

if TYPE_CHECKING:
    from pathlib import Path

CLAIM = "claims:\n  - id: x\n    text: t\n    {}\n"
DOCUMENT = "documents:\n  - id: x\n    source: bbc\n    {}\n"
FINDING = "findings:\n  - claim: fled\n    document: bbc-1\n    stance: supports\n    {}\n"

MISTAKES = [
    # what is wrong, the entry, the key, what is told of line 4 (findings: 5) and the column of its value
    ("an unknown key", CLAIM, "souce: bbc", "4:5 unknown-key"),
    ("a key of another section", CLAIM, "stance: supports", "4:5 unknown-key"),
    ("an include", CLAIM, "include: ../../../etc/passwd", "4:5 unknown-key"),
    ("an unknown kind", CLAIM, "kind: forecast", "4:11 bad-value"),
    ("a list for a text", CLAIM, "topic: [a, b]", "4:12 bad-value"),
    ("a mapping for a text", CLAIM, "topic: {a: b}", "4:12 bad-value"),
    ("an empty text", CLAIM, "topic: ''", "4:12 bad-value"),
    ("an empty item", DOCUMENT, "language: [en, ~]", "4:20 bad-value"),
    ("a mapping for a list", DOCUMENT, "language: {en: 1}", "4:15 bad-value"),
    ("a date that is not in the calendar", CLAIM, "when: 2024-02-30", "4:11 bad-date"),
    ("a date of other form", CLAIM, "when: 5 May 2015", "4:11 bad-date"),
    ("a date with a list", CLAIM, "when: [2015]", "4:11 bad-date"),
    ("a span that ends before it begins", CLAIM, "when: 2015-05/2015-04", "4:11 bad-date"),
    ("a number of 5000 digits for a date", CLAIM, "when: " + "9" * 5000, "4:11 bad-date"),
    ("a quantity without a number", CLAIM, "quantity: many tanks", "4:15 bad-quantity"),
    ("a quantity without end", CLAIM, "quantity: .inf", "4:15 bad-quantity"),
    ("no number", CLAIM, "quantity: .nan", "4:15 bad-quantity"),
    ("a digest of the wrong length", DOCUMENT, "sha256: abc", "4:13 bad-value"),
    ("a truth value that is none", DOCUMENT, "inferred: maybe", "4:15 bad-value"),
    ("a retraction without reason", DOCUMENT, "retracted: {date: 2015-06}", "4:16 missing-key"),
    ("a retraction of no date", DOCUMENT, "retracted: wrong figure", "4:16 bad-date"),
    ("a retraction with another key", DOCUMENT, "retracted: {date: 2015-06, reason: r, why: x}", "4:43 unknown-key"),
    ("a credibility of 7", FINDING, "credibility: 7", "5:18 bad-value"),
    ("a credibility in letters", FINDING, "credibility: B", "5:18 bad-value"),
    ("a basis that is none", FINDING, "basis: witness", "5:12 bad-value"),
]  # fmt: skip


@pytest.mark.parametrize(("entry", "key", "expected"), [m[1:] for m in MISTAKES], ids=[m[0] for m in MISTAKES])
def test_a_mistake_in_an_entry_is_told_once_and_at_its_value(
    entry: str, key: str, expected: str, tmp_path: Path
) -> None:
    assert told(tmp_path, entry.format(key)) == [f"more.yaml:{expected}"]


@pytest.mark.parametrize(("written", "suggested"), [
    ("claims:\n  - {id: x, txt: t, text: u}\n", "'text'"),
    ("claims:\n  - {id: x, text: t, part-of: area}\n", "'part_of'"),
    ("documents:\n  - {id: x, source: bbc, pubished: 2015}\n", "'published'"),
    ("documents:\n  - {id: x, source: bcb}\n", "'bbc'"),
    ("findings:\n  - {claim: fld, document: bbc-1, stance: supports}\n", "'fled'"),
    ("findings:\n  - {claim: fled, document: bbc-1, stance: support}\n", "'supports'"),
    ("claim:\n  - {id: x, text: t}\n", "'claims'"),
    ("sources:\n  - {id: Al Manar, name: n}\n", "al-manar"),
    ("documents:\n  - {id: x, source: bbc, relies_on: [nasralla]}\n", "'nasrallah'"),
])  # fmt: skip
def test_a_near_name_is_suggested(written: str, suggested: str, tmp_path: Path) -> None:
    (problem,) = read(tmp_path, written)[1]
    assert problem.hint is not None
    assert suggested in problem.hint


@pytest.mark.parametrize(("section", "entry", "missing"), [
    ("parties", "{id: x}", "name"), ("sources", "{id: x}", "name"), ("speakers", "{name: x}", "id"),
    ("documents", "{id: x}", "source"), ("claims", "{id: x}", "text"),
    ("statements", "{claim: area, speaker: nasrallah}", "document"), ("findings", "{document: bbc-1, stance: supports}", "claim"),
])  # fmt: skip
def test_a_missing_key_is_named_at_its_entry(section: str, entry: str, missing: str, tmp_path: Path) -> None:
    (problem,) = read(tmp_path, f"{section}:\n  - {entry}\n")[1]
    assert (problem.line, problem.code) == (2, "missing-key")
    assert f"'{missing}'" in problem.message


@pytest.mark.parametrize(
    "bad", ["Sohr", "so hr", "so_hr", "-sohr", "sohr-", "so--hr", "so/hr", "", "x" * 101, "sóhr\u202e", "so\u200dhr"]
)
def test_an_id_that_is_none_is_refused(bad: str, tmp_path: Path) -> None:
    (problem,) = read(tmp_path, f'claims:\n  - {{id: "{bad}", text: t}}\n')[1]
    assert (problem.severity, problem.line, problem.column) == ("error", 2, 10)


@pytest.mark.parametrize("good", ["sohr", "2015-05", "ao.1", "المنار", "نصرالله-1", "ré"])
def test_an_id_in_any_script_is_taken(good: str, tmp_path: Path) -> None:
    assert told(tmp_path, f"claims:\n  - {{id: {good}, text: t}}\n") == []


@pytest.mark.parametrize(("written", "expected"), [
    ("claims: x\n", ["more.yaml:1:1 not-a-list"]),
    ("claims: {id: x, text: t}\n", ["more.yaml:1:1 not-a-list"]),
    ("claims: [x, [y], ~]\n", ["more.yaml:1:10 not-a-mapping", "more.yaml:1:13 not-a-mapping", "more.yaml:1:18 not-a-mapping"]),
    ("title: x\n", ["more.yaml:1:1 unknown-key"]),
    ("include: other.yaml\n", ["more.yaml:1:1 unknown-key"]),
])  # fmt: skip
def test_a_section_is_a_list_of_entries(written: str, expected: list[str], tmp_path: Path) -> None:
    assert told(tmp_path, written) == expected


def test_all_mistakes_of_all_files_are_told_at_once_and_by_place(tmp_path: Path) -> None:
    files: dict[str, str | bytes] = {
        "b.yaml": "claims:\n  - {id: X, text: t, kynd: fact}\n",
        "a.yaml": "documents:\n  - {id: x, source: nobody, published: 2015-13}\n",
        "c.yaml": "claims:\n  - id: x: y\n",
    }
    assert told(tmp_path, files) == [
        "a.yaml:2:21 unknown-source", "a.yaml:2:40 bad-date", "b.yaml:2:10 bad-id", "b.yaml:2:22 unknown-key", "c.yaml:2:10 yaml-syntax",
    ]  # fmt: skip


def test_what_a_broken_entry_refers_to_is_told_as_well_and_nothing_twice(tmp_path: Path) -> None:
    text = (
        "findings:\n  - {claim: aria, document: [x], stance: suports, relies_on: [soh, sohr, [y]]}\n"
        "documents:\n  - {id: d, source: soh, relies_on: nobody, kynd: x}\n"
    )
    assert told(tmp_path, text) == [
        "more.yaml:2:13 unknown-claim",
        "more.yaml:2:29 bad-value",
        "more.yaml:2:42 bad-value",
        "more.yaml:2:63 unknown-reference",
        "more.yaml:2:74 bad-value",
        "more.yaml:4:21 unknown-source",
        "more.yaml:4:37 unknown-reference",
        "more.yaml:4:45 unknown-key",
    ]


def test_what_depends_on_a_broken_entry_keeps_quiet(tmp_path: Path) -> None:
    text = (
        "sources:\n  - {id: new, nam: New}\n"
        "documents:\n  - {id: new-1, source: new, published: 2015-99}\n"
        "findings:\n  - {claim: area, document: new-1, stance: supports, basis: relayed}\n  - {claim: fled, document: new-1, stance: supports, relies_on: new}\n"
    )
    assert told(tmp_path, text) == [
        "more.yaml:2:5 missing-key",
        "more.yaml:2:15 unknown-key",
        "more.yaml:4:41 bad-date",
    ]


def test_no_words_of_pydantic_reach_a_person(tmp_path: Path) -> None:
    for n, (_, entry, key, _) in enumerate(MISTAKES):
        for problem in read(tmp_path / str(n), entry.format(key))[1]:
            assert "Input should" not in str(problem)
            assert "input should" not in str(problem)
            assert "_type" not in problem.message


@pytest.mark.parametrize(("header", "expected"), [
    ("", ["case.yaml:1:1 no-case"]),
    ("# later\n", ["case.yaml:1:1 no-case"]),
    ("hello\n", ["case.yaml:1:1 not-a-mapping"]),
    ("- a\n", ["case.yaml:1:1 not-a-mapping"]),
    ("title: t\n", ["case.yaml:1:1 missing-key"]),
    ("case: Not An Id\n", ["case.yaml:1:7 bad-id"]),
    ("case: test\nabuot: x\n", ["case.yaml:2:1 unknown-key"]),
    ("case: test\npolicy: {prior: 2}\n", ["case.yaml:2:17 bad-value"]),
    ("case: test\npolicy: {prior: .nan}\n", ["case.yaml:2:17 bad-value"]),
    ("case: test\npolicy: {priro: 0.4}\n", ["case.yaml:2:10 unknown-key"]),
    ("case: test\npolicy: {credibility: {single_source: {at: 0.6}}}\n", ["case.yaml:2:24 unknown-key"]),
    ("case: test\npolicy: {probability: {F: {2: 0.5}}}\n", ["case.yaml:2:24 unknown-key"]),
    ("case: test\npolicy: {probability: {B: {1: 0.5}}}\n", ["case.yaml:2:27 unknown-key"]),
    ("case: test\npolicy: {probability: {B: {2: 0.99}}}\n", ["case.yaml:2:9 bad-policy"]),
    ("case: test\npolicy: strict\n", ["case.yaml:2:9 bad-value"]),
    ("case: test\n", []),
])  # fmt: skip
def test_what_case_yaml_says_is_checked(header: str, expected: list[str], tmp_path: Path) -> None:
    assert told(tmp_path, {"case.yaml": header}) == expected
