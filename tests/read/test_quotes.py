"""A quote against the stored text: what it is called, where it stands, how it differs."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.read.digest import sha256_of
from claims.read.quotes import quote_check
from tests.read.folders import read

if TYPE_CHECKING:
    from pathlib import Path

TEXT = "He spoke of retaking control of 300 kilometres\n  of territory. Later: control of Qalamoun, control of Ariha."

TABLE = [
    # quote, prefix, suffix, status, what stands there
    ("retaking control of 300 kilometres of territory", None, None, "exact", "retaking control of 300 kilometres\n  of territory"),
    ("  retaking  control ", None, None, "exact", "retaking control"),
    ("control of", None, None, "ambiguous", "control of"),
    ("control of", "Later:", None, "exact", "control of"),
    ("control of", None, "Ariha", "exact", "control of"),
    ("control of", "nowhere", None, "ambiguous", "control of"),
    ("control of", "Later: control of Qalamoun,", "Ariha", "exact", "control of"),
    ("retaking control of 300 km of territory", None, None, "changed", "retaking control of 300 kilometres\n  of territory"),
    ("the weather was fine in Damascus", None, None, "missing", None),
    ("km", None, None, "missing", None),
    ("", None, None, "missing", None),
]  # fmt: skip


@pytest.mark.parametrize(("quote", "prefix", "suffix", "status", "passage"), TABLE)
def test_a_quote_is_found_word_by_word_or_not(
    quote: str, prefix: str | None, suffix: str | None, status: str, passage: str | None
) -> None:
    found = quote_check(quote, TEXT, prefix, suffix)
    assert (found.status, found.passage) == (status, passage)
    assert all(TEXT[start:end] for start, end in found.places)
    assert (found.status == "ambiguous") == (len(found.places) > 1)


def test_without_a_text_nothing_is_said() -> None:
    assert quote_check("a", None).status == "no-text"


def test_a_difference_is_told_word_by_word() -> None:
    assert quote_check("retaking control of 300 km of territory", TEXT).difference == (
        ("same", "retaking control of 300"), ("quote", "km"), ("text", "kilometres"), ("same", "of territory"),
    )  # fmt: skip


@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_composed_and_decomposed_letters_are_the_same(form: str) -> None:
    text = unicodedata.normalize("NFD", "avant. Amélie a dit: café noir. après")
    found = quote_check(unicodedata.normalize(form, "Amélie a dit: café"), text)  # type: ignore[arg-type]
    assert found.status == "exact"
    ((start, end),) = found.places
    assert text[start:end] == unicodedata.normalize("NFD", "Amélie a dit: café")


@given(before=st.text(max_size=30), quote=st.text(min_size=1, max_size=30), after=st.text(max_size=30))
def test_what_stands_in_a_text_is_found_there(before: str, quote: str, after: str) -> None:
    if not quote.strip() or unicodedata.normalize("NFC", before + quote + after) != before + quote + after:
        return
    text = before + quote + after
    found = quote_check(quote, text)
    assert found.status in {"exact", "ambiguous"}
    for start, end in found.places:
        assert " ".join(text[start:end].split()) == " ".join(quote.split())


def _stored(quote: str, **more: str) -> dict[str, str | bytes]:
    extra = "".join(f", {key}: {value}" for key, value in more.items())
    return {
        "text.txt": TEXT,
        "more.yaml": "documents:\n"
        f"  - {{id: said, source: sana, text: text.txt, sha256: {sha256_of(TEXT.encode())}}}\n"
        f"statements:\n  - {{id: s, claim: area, speaker: nasrallah, document: said, quote: '{quote}'{extra}}}\n",
    }


@pytest.mark.parametrize(("quote", "more", "code"), [
    ("retaking control of 300 kilometres", {}, None),
    ("retaking control of 300 km of territory", {}, "changed-quote"),
    ("retaking control of 300 km of territory", {"wording": "paraphrased"}, None),
    ("control of", {}, "ambiguous-quote"),
    ("control of", {"suffix": "Ariha"}, None),
    ("the weather was fine in Damascus", {}, "missing-quote"),
    ("the weather was fine in Damascus", {"wording": "translated"}, None),
])  # fmt: skip
def test_a_quote_that_claims_to_be_exact_is_checked(
    quote: str, more: dict[str, str], code: str | None, tmp_path: Path
) -> None:
    case, problems = read(tmp_path, _stored(quote, **more))
    assert [problem.code for problem in problems] == ([code] if code else [])
    assert case is not None
    if code == "changed-quote":
        assert "[-km-] {+kilometres+}" in problems[0].message
