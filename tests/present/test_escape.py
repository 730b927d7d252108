"""Laws of the one function that each face escapes with."""

from __future__ import annotations

import json
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.present.escape import BIDI, for_ascii, for_csv, for_json, for_markdown, for_terminal, from_csv

UNSAFE = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")
ANY = st.text(st.characters(codec=None) | st.sampled_from("=+-@'\" \t\r\n\x1b\x9b\u202e\u2066\ud800|*_:1."))


@given(ANY)
def test_what_is_shown_on_a_line_is_one_line_and_safe(text: str) -> None:
    for line in (for_terminal(text), for_markdown(text), for_ascii(text)):
        assert not UNSAFE.search(line)
        assert not BIDI & set(line)
        line.encode()


@given(ANY)
def test_ascii_is_ascii(text: str) -> None:
    assert for_ascii(text).isascii()


@given(ANY)
def test_an_apostrophe_is_all_that_a_cell_gains_and_it_comes_off_again(text: str) -> None:
    cell = for_csv(text)
    assert from_csv(cell) in {cell, cell[1:]}
    assert for_csv(from_csv(cell)) == cell


@given(st.text(st.characters(categories=("L", "N", "P", "S", "Zs"))))
def test_a_cell_without_controls_comes_back_as_it_was(text: str) -> None:
    assert from_csv(for_csv(text)) == text


@pytest.mark.parametrize(
    ("text", "cell"),
    [
        ("-1.5", "-1.5"), ("-1e5", "-1e5"), ("=1", "'=1"), (" @x", "' @x"), ("x=1", "x=1"), ("'=1", "''=1"),
        ('"=1', "'\"=1"), ("\t=1", "'␉=1"), ("\rx", "'␍x"), ("＝1", "'＝1"), ("-٣٠٠", "'-٣٠٠"), ("a\r\nb", "a\nb"),
    ],
)  # fmt: skip
def test_numbers_stay_numbers_and_formulas_do_not_stay_formulas(text: str, cell: str) -> None:
    assert for_csv(text) == cell


@given(st.text())
def test_escapes_in_json_change_no_value(text: str) -> None:
    assert json.loads(for_json(json.dumps([text], ensure_ascii=False))) == [text]


def test_the_marks_that_persian_needs_stay() -> None:
    assert for_terminal("می‌گوید \u200d \u200e \u200f \u061c") == "می‌گوید \u200d \u200e \u200f \u061c"


@pytest.mark.parametrize("letter", ["حسن", "a", ""])
def test_one_arabic_letter_does_not_switch_the_protection_off(letter: str) -> None:
    assert for_terminal(f"{letter}\u202e") == f"{letter}⟨U+202E⟩"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("10²", "10^2"),
        ("300 km²", "300 km^2"),
        ("2–5", "2-5"),
        ("\x1b", "\\x1b"),
        ("\u202e", "<U+202E>"),
        ("é", "\\xe9"),
    ],
)
def test_ascii_says_the_same(text: str, shown: str) -> None:
    assert for_ascii(text) == shown


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("10:05:20", "10:05:20"), ("a: b: c", "a: b: c"), (":warning:", ":&#8203;warning:"), ("---", "\\---"),
        ("1. x", "1\\. x"), ("1.5 km", "1.5 km"), ("2015", "2015"), ("www.x.org", "www\\.x.org"), ("a\nb", "a ⏎ b"),
    ],
)  # fmt: skip
def test_markdown_escapes_what_would_come_alive_and_no_more(text: str, shown: str) -> None:
    assert for_markdown(text) == shown
