"""Stored texts that are near-duplicates: the later follows the earlier."""

from __future__ import annotations

import random
import re
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.flow import assess
from claims.independence.copies import copies_of, shingles_of, similarity
from claims.model.when import Interval, parse_when
from tests.cases import case_of, sketch

if TYPE_CHECKING:
    from collections.abc import Mapping

WORDS = [f"word{n}" for n in range(500)]


def text(seed: int, words: int = 200) -> str:
    return " ".join(random.Random(seed).choices(WORDS, k=words))  # noqa: S311 - test data


def edited(original: str, changes: int) -> str:
    """The text with so many words replaced, far apart."""
    words = original.split()
    for n in range(changes):
        words[(n * 37) % len(words)] = f"new{n}"
    return " ".join(words)


def found(texts: Mapping[str, tuple[Interval | None, str]], threshold: float = 0.8) -> dict[str, str]:
    published = {name: day for name, (day, _) in texts.items()}
    return copies_of(published, {name: said for name, (_, said) in texts.items()}, threshold)


def found_pair_by_pair(texts: Mapping[str, str], threshold: float) -> dict[str, str]:
    """The same of texts without dates, by comparing every text with all before it."""
    sets = {name: plain_shingles(said) for name, said in sorted(texts.items())}
    result: dict[str, str] = {}
    for later, own in sets.items():
        for earlier, other in sets.items():
            if earlier < later and own and len(own & other) / len(own | other) >= threshold:
                result.setdefault(later, earlier)
    return result


def plain_shingles(said: str) -> set[tuple[str, ...]]:
    words = re.findall(r"\w+", said.casefold())
    return {tuple(words[n : n + 5]) for n in range(len(words) - 4)}


def test_similarity_is_what_two_sets_share_of_what_either_holds() -> None:
    one, other = shingles_of(["a b c d e f g", "b c d e f g h"])
    assert (len(one), similarity(one, other)) == (3, 0.5)


def test_case_and_punctuation_make_no_other_text() -> None:
    one, other = shingles_of(["One, two three: FOUR five!", "one two three four five"])
    assert one.tolist() == other.tolist() == [0]


@given(st.lists(st.text(alphabet="ab ", max_size=40), max_size=6))
def test_every_text_has_the_set_of_its_runs_of_five_words(texts: list[str]) -> None:
    sets = shingles_of(texts)
    assert [len(own) for own in sets] == [len(plain_shingles(said)) for said in texts]
    assert all(np.all(own[1:] > own[:-1]) for own in sets)


def test_what_fewer_texts_have_is_a_smaller_number() -> None:
    common = "all of them say these words"
    sets = shingles_of([f"{common} alpha one", f"{common} beta two", common])
    of_all = set.intersection(*(set(own.tolist()) for own in sets))
    assert len(of_all) == 2
    assert min(of_all) > max(n for own in sets for n in own.tolist() if n not in of_all)


@pytest.mark.parametrize(("changes", "is_copy"), [(0, True), (2, True), (4, True), (30, False)])
def test_a_text_with_few_changes_is_a_copy(changes: int, is_copy: bool) -> None:
    texts = {
        "first": (parse_when("2015-05-01"), text(1)),
        "second": (parse_when("2015-05-02"), edited(text(1), changes)),
    }
    assert found(texts) == ({"second": "first"} if is_copy else {})


def test_the_later_follows_the_earlier_and_the_undated_any_dated_one() -> None:
    same = text(1)
    texts = {"a": (None, same), "b": (parse_when("2015-05-02"), same), "c": (parse_when("2015-05-01"), same)}
    assert found(texts) == {"a": "c", "b": "c"}


def test_a_text_that_is_the_same_as_a_copy_follows_what_that_follows() -> None:
    texts = {"a": (None, text(1)), "b": (None, edited(text(1), 2)), "c": (None, edited(text(1), 2))}
    assert found(texts) == {"b": "a", "c": "a"}


def test_short_texts_are_nobodys_copy() -> None:
    assert found({"a": (None, "four words are few"), "b": (None, "four words are few")}) == {}
    assert found({"a": (None, ""), "b": (None, "")}) == {}


def test_a_text_exactly_at_the_threshold_is_a_copy() -> None:
    words = [f"w{n}" for n in range(13)]
    texts = {"a": (None, " ".join(words)), "b": (None, " ".join([*words, "x"]))}
    assert found(texts, 9 / 10) == {"b": "a"}
    assert found(texts, 0.9000001) == {}


@given(
    st.lists(st.tuples(st.integers(0, 2), st.sampled_from([0, 0, 1, 3, 5, 9, 12, 60])), max_size=14),
    st.sampled_from([0.05, 0.3, 0.5, 2 / 3, 0.8, 0.9, 1.0]),
)
def test_no_pair_is_missed_that_comparing_all_with_all_finds(made: list[tuple[int, int]], threshold: float) -> None:
    texts = {f"d{n:02}": edited(text(seed, 60), changes) for n, (seed, changes) in enumerate(made)}
    assert found({name: (None, said) for name, said in texts.items()}, threshold) == found_pair_by_pair(
        texts, threshold
    )


@given(
    st.lists(st.lists(st.sampled_from("abc"), max_size=12).map(" ".join), max_size=10),
    st.sampled_from([0.1, 0.25, 0.5, 0.75, 1.0]),
)
def test_no_pair_is_missed_of_texts_that_share_many_words(made: list[str], threshold: float) -> None:
    texts = {f"d{n:02}": said for n, said in enumerate(made)}
    assert found({name: (None, said) for name, said in texts.items()}, threshold) == found_pair_by_pair(
        texts, threshold
    )


def test_two_sites_with_the_same_stored_text_are_one_report() -> None:
    entries = sketch("a: supports 2 witnessed", "b: supports 2 witnessed")
    texts = {"a-doc": text(1), "b-doc": edited(text(1), 1)}
    [claim] = assess(case_of(entries, texts=texts)).claims
    assert (claim.verdict, [group.id for group in claim.groups]) == ("single-source", ["a"])
    assert assess(case_of(entries)).claims[0].verdict == "corroborated"
