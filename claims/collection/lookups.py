"""Ids looked up whole columns at a time: which are known, which stand twice, which lead back to themselves."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from claims.collection.cells import encoded, text_column
from claims.collection.suspects import broken_lists

if TYPE_CHECKING:
    from claims.tables.columns import Bools, Ints

MOST_KEYS: Final = 1 << 62
"""Combinations of codes that a number can tell apart."""


def places(texts: pa.Array, known: pa.Array) -> tuple[Ints, Bools]:
    """The place of each text among those known, or -1; and which are null."""
    place = pc.index_in(texts, value_set=known).fill_null(-1).to_numpy().astype(np.int64)
    return place, texts.is_null().to_numpy(zero_copy_only=False)


def places_among_many(texts: pa.Array, known: pa.Array) -> Ints:
    """The place of each text among very many, or -1: by way of the different texts; of several alike the first."""
    different = pc.unique(texts.drop_null())
    among = pc.index_in(known, value_set=different)
    place = np.full(len(different) + 1, -1, dtype=np.int64)
    rows = np.flatnonzero(among.is_valid().to_numpy(zero_copy_only=False))
    place[among.drop_null().to_numpy()[::-1]] = rows[::-1]
    return place[pc.index_in(texts, value_set=different).fill_null(-1).to_numpy()]


def are_lost(texts: pa.Array, known: pa.Array) -> Bools:
    """Which texts are none of those known; null is not lost."""
    place, null = places(texts, known)
    return (place < 0) & ~null


def are_among(texts: pa.Array, known: pa.Array) -> Bools:
    """Which texts are among those known."""
    return pc.is_in(texts, value_set=known).to_numpy(zero_copy_only=False)


def stand_twice(ids: pa.Array) -> Bools:
    """Which ids stand in another row as well."""
    codes, different = encoded(ids)
    return (np.bincount(codes[codes >= 0], minlength=len(different) + 1) > 1)[codes] & (codes >= 0)


def distinct(*keys: Ints) -> tuple[Ints, Ints]:
    """(the first row of each combination of codes from -1 on, which combination each row has)."""
    number, size = np.zeros(len(keys[0]), dtype=np.int64), 1
    for key in keys:
        more = int(key.max(initial=-1)) + 2
        if size * more > MOST_KEYS:
            number, different = pd.factorize(number)
            size = len(different)
        number, size = number * more + key + 1, size * more
    number, different = pd.factorize(number)
    first = np.empty(len(different), dtype=np.int64)
    first[number[::-1]] = np.arange(len(number))[::-1]
    return first, number


def run_in_circles(table: pa.Table, name: str) -> Bools:
    """Entries that lead back to themselves."""
    place, _ = places(text_column(table, name), text_column(table, "id"))
    far = np.append(np.where(place < 0, len(place), place), len(place))
    onward = far.copy()
    for _ in range(len(place).bit_length()):
        onward = onward[onward]
    ends = np.zeros(len(far), dtype=bool)
    ends[onward] = True
    ends[-1] = False
    # All that is reached after so many steps lies on a circle, and a circle that is reached is walked whole.
    return ends[:-1]


def with_sound_lists(table: pa.Table, name: str) -> pa.Table:
    """The table with cells that are no lists emptied: they are suspected elsewhere."""
    if name not in table.column_names:
        return table
    texts = text_column(table, name)
    broken = broken_lists(texts)
    if not broken.any():
        return table
    n = table.column_names.index(name)
    return table.set_column(n, name, pc.if_else(pa.array(broken), None, texts))
