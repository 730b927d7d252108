"""Answers are put in order, and worked on, in parts; no part knows of another, and their number never shows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims import fuse
from claims.fusion import codes, sorting
from claims.fusion.codes import numbered
from claims.fusion.sorting import coded
from tests.fusion.tables import tables

if TYPE_CHECKING:
    from collections.abc import Iterator

COLUMNS: Final = ("source", "object", "value")
COUNTS = st.lists(st.integers(0, 6), min_size=1, max_size=40)


@pytest.fixture(scope="module", autouse=True)
def small_parts() -> Iterator[None]:
    """As if three answers were as many as a processor holds near."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sorting, "PART", 3)
        patch.setattr(codes, "BLOCK", 3)
        yield


@given(COUNTS, st.integers(1, 5), st.sampled_from([7, 2**31, 2**40]))
def test_parts_are_the_whole_sorted(what: list[int], step: int, size: int) -> None:
    of, rest = np.array(sorted(what), dtype=np.int32), np.arange(len(what), dtype=np.int64)[::-1] * step % size
    parts = list(sorting.by_object(of, rest, size))
    whole = np.concatenate([part + least * np.int64(size) for _, part, least in parts])
    assert whole.tolist() == sorted((of * np.int64(size) + rest).tolist())
    assert [rows.start for rows, _, _ in parts] == [0, *(rows.stop for rows, _, _ in parts[:-1])]
    assert all(part.size <= 2 * max(what.count(one) for one in what) + sorting.PART for _, part, _ in parts)


def test_nothing_to_sort_is_in_order() -> None:
    none = np.empty(0, dtype=np.int32)
    assert all(not part.size for _, part, _ in sorting.by_object(none, none, 1))


@given(tables(least=2))
def test_sums_over_parts_are_those_of_the_whole(frame: pd.DataFrame) -> None:
    answers = coded(numbered(*(frame[name] for name in COLUMNS)))
    weight = np.sqrt(np.arange(1.0, answers.sources + 1))
    parts = list(answers.parts(0))
    assert [objects.start for objects, _ in parts] == [0, *(objects.stop for objects, _ in parts[:-1])]
    heard = answers.in_candidate(weight)
    by_hand = np.add.reduceat(weight[answers.source], answers.starts)
    assert heard == pytest.approx(by_hand)
    assert np.concatenate([part.in_candidate(weight) for _, part in parts]) == pytest.approx(heard)
    assert np.concatenate([part.in_object(part.support) for _, part in parts]) == pytest.approx(answers.asked)
    begins = np.cumsum([0, *(part.starts.size for _, part in parts)])
    told = sum(part.in_source(heard[a:][: part.starts.size]) for a, (_, part) in zip(begins, parts, strict=False))
    assert told == pytest.approx(answers.in_source(heard))
    everything = np.bincount(answers.source, np.repeat(heard, answers.sizes), answers.sources)
    assert answers.in_source(heard) == pytest.approx(everything)


@given(st.lists(st.tuples(*[st.integers(-3, 3)] * 2), min_size=1, max_size=20, unique=True), st.integers(-1, 1))
def test_whole_numbers_are_numbered_as_other_names_are(rows: list[tuple[int, int]], value: int) -> None:
    frame = pd.DataFrame([(*row, value) for row in rows], columns=list(COLUMNS))
    for kind in ("int64", "int8"):
        one = numbered(*(frame[name].astype(kind) for name in COLUMNS))
        other = numbered(*(frame[name].astype(object) for name in COLUMNS))
        assert all(np.array_equal(a, b) for a, b in zip(one[:3], other[:3], strict=True))
        assert all(a.tolist() == b.tolist() for a, b in zip(one[3:], other[3:], strict=True))


def test_numbers_at_the_ends_of_what_has_room_are_numbered() -> None:
    far = np.array([2**63, 2**63 + 2, 2**64 - 1], dtype=np.uint64)
    column = pd.Series(np.concatenate([far[:2], far[:2]]))
    found = numbered(column, column, column)
    assert found.who.tolist() == [0, 1, 0, 1]
    assert found.sources.tolist() == far[:2].tolist()
    whole = pd.Series(np.repeat(np.arange(-128, 128), 2), dtype="int8")
    assert numbered(whole, whole, whole).who.tolist() == np.repeat(np.arange(256), 2).tolist()


def test_the_number_of_parts_never_shows() -> None:
    chance = np.random.default_rng(3)
    rows = [(f"s{k}", f"o{n}", f"v{chance.integers(0, 3)}") for n in range(30) for k in range(5)]
    frame = pd.DataFrame(rows, columns=list(COLUMNS))
    assert fuse(frame).method == "labels"
    one = fuse(frame)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sorting, "PART", 2**17)
        patch.setattr(codes, "BLOCK", 2**17)
        other = fuse(frame)
    pd.testing.assert_frame_equal(one.candidates, other.candidates, rtol=0, atol=2e-6)
    pd.testing.assert_frame_equal(one.sources, other.sources, rtol=0, atol=2e-6)
    assert one.rounds == other.rounds


@given(tables())
def test_rows_are_sorted_alike_where_numbers_have_no_room(frame: pd.DataFrame) -> None:
    given_ = numbered(*(frame[name] for name in COLUMNS))
    one = coded(given_)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sorting, "LARGEST", 1)
        other = coded(given_)
    for name in ("source", "starts", "first", "value"):
        assert getattr(one, name).tolist() == getattr(other, name).tolist()
    order = np.lexsort((given_.who, given_.said, given_.what))
    assert one.source.tolist() == given_.who[order].tolist()
    assert np.repeat(one.value, one.sizes).tolist() == given_.said[order].tolist()
    assert np.repeat(one.object, one.sizes).tolist() == given_.what[order].tolist()
