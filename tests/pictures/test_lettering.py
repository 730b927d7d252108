"""Text in a picture: harmless, measured, and broken between whole characters."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.pictures.lettering import harmless, is_right_to_left, width_of, wrapped
from tests.hostile import HOSTILE

WRAPPED = [
    ("Reuters", 90, 2, ("Reuters",)),
    ("", 90, 2, ()),
    ("The Iran Primer (US Institute of Peace)", 152, 2, ("The Iran Primer (US", "Institute of Peace)")),
    ("Agence France-Presse", 126, 2, ("Agence France-", "Presse")),
    ("x" * 40, 60, 1, ("xxxxxxx…",)),
]
DIRECTIONS = [
    ("Reuters", False), ("المرصد السوري", True), ("300 هيئة (BBC)", True), ("BBC عربي", False), ("הארץ", True),
    ("300", False), ("خبرگزاری می‌خواهم", True), ("中文", False),
]  # fmt: skip


@pytest.mark.parametrize(("text", "width", "most", "lines"), WRAPPED)
def test_lines_break_between_words_and_the_last_is_cut(
    text: str, width: int, most: int, lines: tuple[str, ...]
) -> None:
    assert wrapped(text, width, 12, most) == lines


@pytest.mark.parametrize(("text", "expected"), DIRECTIONS)
def test_the_first_letter_that_has_a_direction_says_which(text: str, expected: bool) -> None:
    assert is_right_to_left(text) is expected


@pytest.mark.parametrize("family", ["👨‍👩‍👧‍👦", "é"])
def test_no_character_as_a_reader_sees_it_is_broken(family: str) -> None:
    lines = wrapped(family * 30, 60, 12, 3)
    assert len(lines) == 3
    assert all(set(line.removesuffix("…").replace(family, "")) == set() for line in lines)


@given(st.text(max_size=80), st.integers(20, 200), st.integers(1, 4))
def test_lines_are_few_and_nothing_but_the_end_is_lost(text: str, width: int, most: int) -> None:
    safe = harmless(text)
    lines = wrapped(safe, width, 12, most)
    assert len(lines) <= most
    told = "".join(lines).removesuffix("…").replace(" ", "")
    assert safe.replace(" ", "").startswith(told)


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_harmless_text_turns_no_direction_and_stays_on_its_line(text: str) -> None:
    assert not set(harmless(text)) & set("\x00\x1b\x9b\n\r\u2028\u202e\u2066\ud800\ufffe")


def test_a_wide_letter_is_wider_than_a_narrow_one() -> None:
    assert width_of("MMM", 12) > width_of("nnn", 12) > width_of("iii", 12) > 0
