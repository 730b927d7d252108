"""Stored texts that are near-duplicates: the later follows the earlier."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.flow import assess
from claims.independence import copies
from claims.independence.copies import copies_of, shingles_of, similarity
from claims.model.when import parse_when
from tests.cases import case_of, sketch

WORDS = [f"word{n}" for n in range(500)]


def text(seed: int, words: int = 200) -> str:
    return " ".join(random.Random(seed).choices(WORDS, k=words))  # noqa: S311 - test data


def edited(original: str, changes: int) -> str:
    """The text with so many words replaced, far apart."""
    words = original.split()
    for n in range(changes):
        words[(n * 37) % len(words)] = f"new{n}"
    return " ".join(words)


def test_similarity_is_what_two_sets_share_of_what_either_holds() -> None:
    one, other = shingles_of("a b c d e f g"), shingles_of("b c d e f g h")
    assert (len(one), similarity(one, other)) == (3, 0.5)


def test_case_and_punctuation_make_no_other_text() -> None:
    assert shingles_of("One, two three: FOUR five!") == shingles_of("one two three four five")


@pytest.mark.parametrize(("changes", "is_copy"), [(0, True), (2, True), (4, True), (30, False)])
def test_a_text_with_few_changes_is_a_copy(changes: int, is_copy: bool) -> None:
    texts = {
        "first": (parse_when("2015-05-01"), text(1)),
        "second": (parse_when("2015-05-02"), edited(text(1), changes)),
    }
    assert copies_of(texts, 0.8) == ({"second": "first"} if is_copy else {})


def test_the_later_follows_the_earlier_and_the_undated_any_dated_one() -> None:
    same = text(1)
    texts = {"a": (None, same), "b": (parse_when("2015-05-02"), same), "c": (parse_when("2015-05-01"), same)}
    assert copies_of(texts, 0.8) == {"a": "c", "b": "c"}


def test_short_texts_are_nobodys_copy() -> None:
    assert copies_of({"a": (None, "four words are few"), "b": (None, "four words are few")}, 0.8) == {}


@given(st.lists(st.sampled_from([0, 0, 1, 5, 12, 60]), min_size=2, max_size=12))
def test_minhash_finds_what_comparing_all_pairs_finds(changes: list[int]) -> None:
    texts = {f"d{n}": (None, edited(text(n % 3), c)) for n, c in enumerate(changes)}
    exact = copies_of(texts, 0.8)
    limit = copies.EXACT_UP_TO
    try:
        copies.EXACT_UP_TO = 0  # type: ignore[misc]
        assert copies_of(texts, 0.8) == exact
    finally:
        copies.EXACT_UP_TO = limit  # type: ignore[misc]


def test_two_sites_with_the_same_stored_text_are_one_report() -> None:
    entries = sketch("a: supports 2 witnessed", "b: supports 2 witnessed")
    texts = {"a-doc": text(1), "b-doc": edited(text(1), 1)}
    [claim] = assess(case_of(entries, texts=texts)).claims
    assert (claim.verdict, [group.id for group in claim.groups]) == ("single-source", ["a"])
    assert assess(case_of(entries)).claims[0].verdict == "corroborated"
