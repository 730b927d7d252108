"""What rows of a collection can have wrong beside a cell that does not fit: asked of whole columns, by either engine.

A test may suspect too many rows and must never suspect too few, as in `suspects`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from claims.collection.cells import list_column, text_column
from claims.collection.lookups import with_sound_lists
from claims.model.quantity import agreement

if TYPE_CHECKING:
    from collections.abc import Sequence

    from claims.collection.register import Register
    from claims.model.quantity import Quantity
    from claims.tables.columns import Bools, Ints

UNDATED: Final = ("fact", "opinion")
"""Kinds of claims that have no `due`."""


def fall_due_in_vain(claims: pa.Table) -> Bools:
    """Which claims have a day on which they fall due, and are of a kind that has none."""
    due = text_column(claims, "due").is_valid().to_numpy(zero_copy_only=False)
    kind = text_column(claims, "kind").fill_null("fact")
    undated: Bools = due & pc.is_in(kind, value_set=pa.array(UNDATED)).to_numpy(zero_copy_only=False)
    return undated


def name_nothing_known(table: pa.Table, section: str, name: str, known: Register) -> Bools:
    """Which rows refer, in a column of ids, to what nothing is called; broken lists refer to nothing."""
    row, names = _items(table, section, name)
    return _marked(len(table), row[known.places(names) < 0])


def name_themselves(table: pa.Table, section: str, own: pa.Array) -> Bools:
    """Which rows rely on the document that they are, or are of."""
    row, names = _items(table, section, "relies_on")
    same = pc.fill_null(pc.equal(names, own.take(pa.array(row))), False)  # noqa: FBT003 - the value to fill with
    return _marked(len(table), row[same.to_numpy(zero_copy_only=False)])


def rely_on_nothing(table: pa.Table, section: str) -> Bools:
    """Which rows name nothing in `relies_on`."""
    starts, _ = list_column(with_sound_lists(table, "relies_on"), section, "relies_on")
    nothing: Bools = np.diff(starts) == 0
    return nothing


def are_silent(documents: pa.Table) -> Bools:
    """Which documents do not say where they have it from."""
    silent: Bools = text_column(documents, "same_text_as").is_null().to_numpy(zero_copy_only=False)
    return silent & rely_on_nothing(documents, "documents")


def are_relayed_from_nowhere(findings: pa.Table, silent: Bools) -> Bools:
    """Which findings are relayed, with nothing named by them, or by their document, that they have it from.

    silent: whether the document of each finding is silent.
    """
    relayed = pc.fill_null(pc.equal(text_column(findings, "basis"), "relayed"), False)  # noqa: FBT003 - as above
    found: Bools = relayed.to_numpy(zero_copy_only=False)
    if found.any():
        own = text_column(findings, "relies_on").is_valid().to_numpy(zero_copy_only=False)
        found = found & rely_on_nothing(findings, "findings") & (silent | own)
    return found


def are_undecided(
    claimed: Ints,
    quantities: Sequence[Quantity | None],
    said: Ints,
    figures: Sequence[Quantity | None],
    tolerance: float,
) -> Bools:
    """Which figures do not decide whether they agree with what is claimed; once for each pair of both.

    claimed, said: codes into the values, of which the last is None, for -1.
    """
    pairs, which = np.unique(np.stack([claimed, said]), axis=1, return_inverse=True)
    undecided = [
        (asked := quantities[one]) is None
        or (given := figures[two]) is None
        or agreement(asked, given, tolerance) == "undecided"
        for one, two in pairs.T.tolist()
    ]
    return np.array(undecided, dtype=bool)[which.ravel()]


def _items(table: pa.Table, section: str, name: str) -> tuple[Ints, pa.Array]:
    """(row, id) of all in a column of ids."""
    starts, names = list_column(with_sound_lists(table, name), section, name)
    return np.repeat(np.arange(len(table)), np.diff(starts)), names


def _marked(size: int, rows: Ints) -> Bools:
    result = np.zeros(size, dtype=bool)
    result[rows] = True
    return result
