"""Several collections as one, side by side: judged together, each as if it stood alone."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from claims.tables.columns import Ints, Table, Tables, codes, ints

if TYPE_CHECKING:
    from collections.abc import Sequence

    from claims.tables.columns import Column

NAMES: Final = (
    "claims", "origins", "documents", "document_links", "findings", "finding_links", "speakers", "interests",
)  # fmt: skip
"""The tables of a collection."""
CODED: Final = {
    "party": "party", "owner": "owner", "source": "origins", "origin": "origins", "document": "documents",
    "same_text_as": "documents", "claim": "claims", "finding": "findings",
}  # fmt: skip
"""Columns that hold codes, with what they are codes of; -1 stands for none and stays. `target` has its own rule."""


def stacked(collections: Sequence[Tables]) -> Tables:
    """One collection that holds all of them, one at least; entries of different ones are never one, whatever their ids.

    Rows stay in order, so that the claims of the first come before those of the second.
    """
    sizes = {name: np.array([len(getattr(tables, name)) for tables in collections]) for name in NAMES}
    counts = dict(sizes)
    counts["party"] = np.array([1 + max(_most(t.origins, "party"), _most(t.interests, "party")) for t in collections])
    counts["owner"] = np.array([1 + _most(t.origins, "owner") for t in collections])
    starts = {name: np.cumsum(count) - count for name, count in counts.items()}
    found = {}
    for name in NAMES:
        parts = [getattr(tables, name) for tables in collections]
        found[name] = Table({column: _moved(column, parts, starts, sizes, sizes[name]) for column in parts[0].columns})
    return Tables(**found)


def _moved(name: str, parts: Sequence[Table], starts: dict[str, Ints], sizes: dict[str, Ints], rows: Ints) -> Column:
    """A column of all parts, its codes moved to where the entries of each collection begin.

    rows: how many each part has.
    """
    if name not in CODED and name != "target":
        return np.concatenate([codes(part, name) for part in parts])
    column = np.concatenate([ints(part, name) for part in parts])
    if name in CODED:
        column += np.repeat(starts[CODED[name]], rows) * (column >= 0)
    else:
        n_origins = sizes["origins"]
        behind = int(n_origins.sum()) - n_origins + starts["documents"]
        is_origin = column < np.repeat(n_origins, rows)
        column += np.where(is_origin, np.repeat(starts["origins"], rows), np.repeat(behind, rows))
    return column


def _most(table: Table, name: str) -> int:
    return int(ints(table, name).max(initial=-1))
