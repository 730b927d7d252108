"""Whatever stands in the files, reading gives a case or problems, and never falls over.

A long run: `CLAIMS_FUZZ=20000 python -m pytest tests/read/test_fuzz.py`.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from claims.read.case import read_case
from claims.read.codes import CODES
from claims.read.yaml import tree_of
from tests.read.folders import SOUND, laid_out

EXAMPLES = int(os.environ.get("CLAIMS_FUZZ", "150"))
fuzzing = settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=list(HealthCheck))

BASE = str(SOUND["base.yaml"])
AWKWARD = st.sampled_from([
    "\x00", "\x1b", "\u202e", "\u2066", "\u2028", "\x85", "\ufeff", "\ufffe", "\u200c", "\\", "'", '"', "|", ">", "#", " #", ": ", ":",
    "- ", "-", "?", "? ", "!", "!!", "!!str ", "&a ", "*a", "*a ", "<<: ", "{", "}", "[", "]", ",", "\n", "\r", "\r\n", "\t", " ", "~",
    "null", "---\n", "...\n", "%YAML 1.1\n", "@", "`", "%", "9" * 400, "[" * 60, '"\\ud800"', '"\\U0001F600"', '"\\x1b"', "a" * 3000,
    "\U000f0000", "ي", "٣", "id: x", "claims:", "\n  - ", "relies_on: [", "same_text_as: ", "2015-02-30", "km²", "text: /dev/zero",
    "text: ../x", "policy:", "<<", "=", "0x1F", "é", "e\u0301", ".inf", "-", "more than", "sohr", "bbc-1", "area", "fled",
])  # fmt: skip
CHANGE = st.tuples(st.integers(0, len(BASE)), st.integers(0, 40), st.one_of(AWKWARD, st.just(""), st.text(max_size=5)))


def survives(files: dict[str, str | bytes]) -> None:
    folder = Path(tempfile.mkdtemp(prefix="fuzz"))
    try:
        case, problems = read_case(laid_out(folder, files), cache=False)
    finally:
        shutil.rmtree(folder)
    assert (case is None) == any(problem.severity == "error" for problem in problems)
    assert list(problems) == sorted(problems, key=lambda p: (p.file, p.line, p.column, p.code, p.message, p.hint or ""))
    for problem in problems:
        assert problem.code in CODES
        assert problem.line >= 1
        assert problem.column >= 1
        assert problem.width >= 1
        str(problem).encode("utf-8")
        assert str(problem).isprintable() or all(
            c.isprintable() or c in "\u200c\u200d\xa0\u2003" or not c.isascii() for c in str(problem)
        )
        if problem.source is not None:
            assert problem.column + problem.width - 1 <= len(problem.source) + 1


def changed(text: str, changes: list[tuple[int, int, str]]) -> bytes:
    for start, length, put in changes:
        text = text[:start] + put + text[start + length :]
    return text.encode("utf-8", "surrogatepass")


@fuzzing
@given(data=st.binary(max_size=300))
def test_any_bytes_are_read_or_told(data: bytes) -> None:
    survives({"more.yaml": data})


@fuzzing
@given(data=st.lists(st.one_of(AWKWARD, st.text(max_size=8)), max_size=40).map("".join))
def test_any_text_is_read_or_told(data: str) -> None:
    survives({"more.yaml": data.encode("utf-8", "surrogatepass")})


@fuzzing
@given(changes=st.lists(CHANGE, min_size=1, max_size=6))
def test_any_change_to_a_sound_case_is_read_or_told(changes: list[tuple[int, int, str]]) -> None:
    survives({"base.yaml": changed(BASE, changes)})


@fuzzing
@given(
    changes=st.lists(CHANGE, max_size=4),
    header=st.lists(st.one_of(AWKWARD, st.text(max_size=8)), max_size=10).map("".join),
)
def test_any_header_is_read_or_told(changes: list[tuple[int, int, str]], header: str) -> None:
    survives(
        {"case.yaml": ("case: test\n" + header).encode("utf-8", "surrogatepass"), "base.yaml": changed(BASE, changes)}
    )


VALUE = st.recursive(
    st.one_of(st.text(max_size=12), AWKWARD),
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(st.one_of(st.text(max_size=6), AWKWARD), inner, max_size=3)),
    max_leaves=6,
)  # fmt: skip
KEYS = st.sampled_from([
    "id", "name", "text", "kind", "due", "quantity", "when", "topic", "part_of", "favours", "harms", "searches", "note", "source",
    "title", "url", "archive", "published", "retrieved", "language", "sha256", "relies_on", "same_text_as", "inferred", "retracted",
    "claim", "speaker", "document", "quote", "wording", "prefix", "suffix", "date", "stance", "value", "basis", "credibility",
    "owner", "party", "aliases", "voice", "reliability", "allies", "opponents", "homepage", "country", "reason", "role", "about",
])  # fmt: skip
SECTION = st.sampled_from(
    ["parties", "sources", "speakers", "documents", "claims", "statements", "findings", "claim", "case", "policy"]
)


@fuzzing
@given(
    tree=st.dictionaries(
        SECTION, st.one_of(VALUE, st.lists(st.dictionaries(KEYS, VALUE, max_size=6), max_size=4)), max_size=4
    )
)
def test_any_shape_of_entries_is_read_or_told(tree: object) -> None:
    import json  # noqa: PLC0415

    text = json.dumps(tree, ensure_ascii=False)
    survives({"more.yaml": text.encode("utf-8", "surrogatepass")})


@pytest.mark.parametrize(
    "text",
    [
        "? ? ? ? a",
        "&a : *a",
        "- &a [&b *a]",
        "*a : b",
        "&a x: *a",
        "!!str",
        "- ! x",
        "a: !<!x> y",
        "{*a: 1}",
        "? |\n  a\n: b",
    ],
)
def test_odd_yaml_is_read_or_told(text: str) -> None:
    tree_of(text.encode(), "f.yaml")
    survives({"more.yaml": text})


@pytest.mark.parametrize(
    "text",
    [
        "{[" + "[" * 60,
        "<<: " + "[" * 60,
        "sources: [{id: {\ufeff: '', \ufffd: \"\\x1f\"}}]",
        "claims: [{a\u2028b: 1, a\x85b: 2}]",
        '? ["\\e"]\n: x',
        'claims: [{<<: "\\e", id: "\\e"}]',
        "'\\e': \"\\e\"",
        '"\\e"',
        '["\\e"]',
    ],
)
def test_what_once_fell_over_does_so_no_more(text: str) -> None:
    survives({"more.yaml": text})
    survives({"case.yaml": "case: test\n" + text})
    survives({"case.yaml": text})
