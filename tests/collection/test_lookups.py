"""Codes and ids looked up whole columns at a time."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

pytest.importorskip("pyarrow")

from claims.collection import lookups
from claims.collection.lookups import distinct

ROWS = st.lists(st.tuples(st.integers(-1, 2), st.integers(-1, 4), st.integers(-1, 1)), max_size=15)


@given(ROWS, st.sampled_from([1, 12, 1 << 62]))
def test_each_combination_of_codes_has_one_number_and_a_first_row(rows: list[tuple[int, int, int]], most: int) -> None:
    """most: combinations that a number can tell apart, few here so that they are numbered anew on the way."""
    keys = np.array(rows, dtype=np.int64).reshape(-1, 3).T
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(lookups, "MOST_KEYS", most)
        first, which = distinct(*keys)
    assert [rows[n] for n in first[which].tolist()] == rows
    assert sorted(first.tolist()) == sorted({rows.index(row) for row in rows})
