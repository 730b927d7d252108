"""YAML as people write it, and as it goes wrong: every mistake has its line, and nothing changes what was written."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

import pytest

from claims.read.yaml import tree_of
from tests.read.folders import read, told

if TYPE_CHECKING:
    from pathlib import Path


def value(text: str) -> Any:
    return tree_of(text.encode(), "f.yaml").value


@pytest.mark.parametrize(
    "written",
    ["NO", "no", "yes", "Yes", "on", "off", "true", "0777", "010", "08", "12:30", "22:22", "1_000", "1e3", ".inf", ".nan",
     "1.", "2015-02-30", "0x1F", "=", "+1", "1,000", "9" * 5000, "-.5", "!x".strip("!")],
    ids=lambda text: text[:12],
)  # fmt: skip
def test_a_scalar_stays_what_was_written(written: str) -> None:
    assert value(f"a: {written}\n") == {"a": written}
    assert value(f"- {written}\n") == [written]


def test_a_key_stays_what_was_written() -> None:
    assert value("on: x\nno: y\n1: z\n") == {"on": "x", "no": "y", "1": "z"}


@pytest.mark.parametrize("nothing", ["", "~", "null", "Null", "NULL"])
def test_a_key_without_a_value_is_absent(nothing: str) -> None:
    assert value(f"a: {nothing}\nb: x\n") == {"b": "x"}


@pytest.mark.parametrize("quoted", ["'null'", '"~"', "''", "|\n  null"])
def test_a_quoted_null_is_text(quoted: str) -> None:
    assert value(f"a: {quoted}\n")["a"].strip() in {"null", "~", ""}


IRREGULAR: list[tuple[str, str, list[str]]] = [
    ("a duplicate key", "claims:\n  - id: x\n    text: a\n    text: b\n", ["more.yaml:4:5 duplicate-key"]),
    ("a duplicate section", "claims: []\nclaims: []\n", ["more.yaml:2:1 duplicate-key"]),
    ("a merge key", "claims:\n  - &a {id: x, text: t}\n  - {<<: *a, id: y, text: u}\n", ["more.yaml:3:6 merge-key"]),
    ("a merge bomb", "a: &a {x: 1}\nb: &b {<<: [*a, *a], <<: [*a, *a]}\n",
     ["more.yaml:1:1 unknown-key", "more.yaml:2:8 merge-key", "more.yaml:2:22 merge-key"]),
    ("an alias within its anchor", "claims: &a [*a]\n", ["more.yaml:1:13 recursive-alias"]),
    ("an alias of nothing", "claims:\n  - {id: x, text: *nothing}\n", ["more.yaml:2:19 unknown-alias"]),
    ("deep nesting", "claims: " + "[" * 900, ["more.yaml:1:58 too-deep"]),
    ("deep nesting of mappings", "{a: " * 60, ["more.yaml:1:201 too-deep"]),
    ("text with a colon", "claims:\n  - id: x\n    text: He said: 'we have 300 km'\n", ["more.yaml:3:18 yaml-syntax"]),
    ("text that begins with *", "claims:\n  - id: x\n    text: *the missiles*\n", ["more.yaml:3:11 yaml-syntax"]),
    ("text that begins with @", "claims:\n  - id: x\n    text: @user\n", ["more.yaml:3:11 yaml-syntax"]),
    ("text that begins with %", "claims:\n  - id: x\n    text: %50\n", ["more.yaml:3:11 yaml-syntax"]),
    ("text that begins with !", "claims:\n  - id: x\n    text: !important news\n", ["more.yaml:3:11 yaml-tag"]),
    ("a tab for indentation", "claims:\n\t- id: x\n", ["more.yaml:2:1 yaml-syntax"]),
    ("two documents", "claims: []\n---\nclaims: []\n", ["more.yaml:2:1 several-documents"]),
    ("an open quotation mark", "claims:\n  - id: 'x\n    text: t\n", ["more.yaml:2:9 yaml-syntax"]),
    ("an open bracket", "claims: [\n", ["more.yaml:2:1 yaml-syntax"]),
    ("a list as a key", "? [1, 2]\n: x\n", ["more.yaml:1:3 bad-key"]),
    ("a mapping as a key", "{a: b}: c\n", ["more.yaml:1:1 bad-key"]),
    ("no text for a key", "~: x\n", ["more.yaml:1:1 bad-key"]),
    ("a number as a key", "1: x\n", ["more.yaml:1:1 unknown-key"]),
    ("a date as a key", "claims:\n  - {id: x, text: t, 2024-01-01: y}\n", ["more.yaml:2:22 unknown-key"]),
    ("two keys that YAML 1.1 takes for one", "claims:\n  - {id: x, text: t, 1: a, true: b}\n",
     ["more.yaml:2:22 unknown-key", "more.yaml:2:28 unknown-key"]),
    ("a tag of Python", "claims: !!python/object/apply:os.system [ls]\n",
     ["more.yaml:1:9 yaml-tag", "more.yaml:1:42 not-a-mapping"]),
    ("a tag for bytes", "claims:\n  - {id: x, text: !!binary aGk=}\n", ["more.yaml:2:19 yaml-tag"]),
    ("a tag for sets", "claims: !!set {a}\n", ["more.yaml:1:9 yaml-tag"]),
    ("half a character", 'claims:\n  - {id: x, text: "a\\ud800"}\n', ["more.yaml:2:23 lone-surrogate"]),
    ("a scalar alone", "hello\n", ["more.yaml:1:1 not-a-mapping"]),
    ("a list alone", "- a\n", ["more.yaml:1:1 not-a-mapping"]),
    ("nothing", "", ["more.yaml:1:1 ?empty-file"]),
    ("comments alone", "# later\n", ["more.yaml:1:1 ?empty-file"]),
    ("a text that is cut by a comment", "claims:\n  - id: x\n    text: 300 km #1 in region\n", ["more.yaml:3:18 ?cut-by-comment"]),
    ("a text in quotes before a comment", "claims:\n  - id: x\n    text: '300 km' # checked\n", []),
    ("a comment after an id", "claims:\n  - id: x # checked\n    text: t\n", []),
    ("a section without entries", "claims:\n", []),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), [row[1:] for row in IRREGULAR], ids=[row[0] for row in IRREGULAR])
def test_what_is_irregular_is_told_at_its_line(text: str, expected: list[str], tmp_path: Path) -> None:
    assert told(tmp_path, text) == expected


def test_a_duplicate_key_names_both_lines(tmp_path: Path) -> None:
    _, (problem,) = read(tmp_path, "claims:\n  - id: x\n    text: a\n    text: b\n")
    assert "line 3" in problem.message
    assert [str(place) for place in problem.also] == ["more.yaml:3:5"]
    assert (problem.source, problem.width) == ("    text: b", 4)


def test_a_billion_laughs_are_refused_at_once(tmp_path: Path) -> None:
    laughs = "a0: &a0 [ha, ha, ha, ha, ha, ha, ha, ha, ha]\n" + "".join(
        f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]\n" for n in range(1, 10)
    )
    start = time.perf_counter()
    codes = {problem.code for problem in read(tmp_path, laughs)[1]}
    assert "too-large" in codes
    assert time.perf_counter() - start < 5


@pytest.mark.parametrize("depth", [2000, 3000, 100_000])
def test_depth_beyond_what_the_parser_takes_is_told_in_one_line(depth: int, tmp_path: Path) -> None:
    case, problems = read(tmp_path, "claims: " + "[" * depth)
    assert case is None
    assert [(problem.code, problem.line) for problem in problems] == [("too-deep", 1)]


def test_depth_is_counted_through_aliases(tmp_path: Path) -> None:
    chain = "a0: &a0 [x]\n" + "".join(f"a{n}: &a{n} [[[[[[[[[[[*a{n - 1}]]]]]]]]]]]\n" for n in range(1, 2000))
    assert "too-deep" in {problem.code for problem in read(tmp_path, chain)[1]}


def test_an_anchor_may_be_used_again(tmp_path: Path) -> None:
    case, problems = read(
        tmp_path,
        "findings:\n  - {claim: fled, document: bbc-1, stance: supports, relies_on: &from [sohr]}\n"
        "  - {claim: fled, document: sana-1, stance: supports, relies_on: *from}\n",
    )
    assert problems == []
    assert case is not None
    assert [finding.relies_on for finding in case.findings if finding.claim == "fled"] == [("sohr",), ("sohr",)]


def test_two_entries_from_one_anchor_are_two_entries(tmp_path: Path) -> None:
    assert told(tmp_path, "claims:\n  - &a {id: x, text: t}\n  - *a\n") == ["more.yaml:3:5 duplicate-id"]


@pytest.mark.parametrize(("broken", "hint"), [
    ("text: He said: 'we have 300 km'", "quotes"),
    ("text: *the missiles*", "quotes"),
    ("text: @user", "quotes"),
    ("text: 'open", "close it"),
    ("\ttext: x", "spaces"),
])  # fmt: skip
def test_a_syntax_error_says_the_way_out_and_keeps_the_parser_s_words(broken: str, hint: str, tmp_path: Path) -> None:
    problems = read(tmp_path, f"claims:\n  - id: x\n    {broken}\n")[1]
    assert any(problem.hint and hint in problem.hint for problem in problems)
    assert any("(YAML: " in problem.message for problem in problems)


def test_a_syntax_error_does_not_hide_what_stands_before_it_or_in_other_files(tmp_path: Path) -> None:
    files: dict[str, str | bytes] = {
        "a.yaml": "claims:\n  - {id: A, text: t}\n  - id: x\n    text: a: b\n",
        "b.yaml": "claims:\n  - {id: B, text: t}\n",
    }
    assert told(tmp_path, files) == ["a.yaml:2:10 bad-id", "a.yaml:4:12 yaml-syntax", "b.yaml:2:10 bad-id"]


def test_what_the_rest_of_a_broken_file_may_define_is_not_missed(tmp_path: Path) -> None:
    files: dict[str, str | bytes] = {
        "a.yaml": "claims:\n  - id: lost\n    text: a: b\n  - id: gone\n    text: t\n",
        "b.yaml": "findings:\n  - {claim: gone, document: bbc-1, stance: supports}\n  - {claim: nowhere, document: bbc-1, stance: supports}\n",
    }
    assert told(tmp_path, files) == ["a.yaml:3:12 yaml-syntax", "b.yaml:3:13 unknown-claim"]


@pytest.mark.parametrize("mark", ["\x85", "\u2028", "\u2029"])
def test_a_separator_of_unicode_is_text_and_ends_no_line(mark: str, tmp_path: Path) -> None:
    case, problems = read(tmp_path, f"claims:\n  - id: x\n    text: a{mark}b: c\n    kynd: fact\n")
    assert [(problem.line, problem.code) for problem in problems] == [(3, "yaml-syntax")]
    case, problems = read(tmp_path, f"claims:\n  - id: x\n    text: 'a{mark}b: c'\n    place: 'p'\n")
    assert problems == []
    assert case is not None
    assert next(claim.text for claim in case.claims if claim.id == "x") == f"a{mark}b: c"


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_lines_are_counted_as_editors_count_them(end: str, tmp_path: Path) -> None:
    text = end.join(["claims:", "  - id: x", "    text: t", "    kynd: fact", ""])
    assert told(tmp_path, text.encode()) == ["more.yaml:4:5 unknown-key"]


def test_a_hidden_character_under_a_refused_key_is_not_looked_for(tmp_path: Path) -> None:
    text = 'sources:\n  - id: x\n    id: "\\u202e"\n    name: X\n'
    assert told(tmp_path, text) == ["more.yaml:3:5 duplicate-key"]
