"""Several collections as one, side by side: judged together, each as if it stood alone."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np
import pandas as pd

from claims.tables.columns import Ints, Table, Tables, ints

if TYPE_CHECKING:
    from collections.abc import Sequence

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
    """One collection that holds all of them; entries of different ones are never one, whatever their ids.

    Rows stay in order, so that the claims of the first come before those of the second.
    """
    sizes = {name: [len(getattr(tables, name)) for tables in collections] for name in NAMES}
    sizes["party"] = [1 + max(_most(t.origins, "party"), _most(t.interests, "party")) for t in collections]
    sizes["owner"] = [1 + _most(t.origins, "owner") for t in collections]
    starts = {name: np.cumsum([0, *counts]) for name, counts in sizes.items()}
    all_origins = int(starts["origins"][-1])
    parts: dict[str, list[pd.DataFrame]] = {name: [] for name in NAMES}
    for n, tables in enumerate(collections):
        own = {name: int(begin[n]) for name, begin in starts.items()}
        for name in NAMES:
            parts[name].append(_moved(getattr(tables, name), own, sizes["origins"][n], all_origins))
    return Tables(**{name: pd.concat(frames, ignore_index=True) for name, frames in parts.items()})


def _moved(table: pd.DataFrame, starts: dict[str, int], n_origins: int, all_origins: int) -> pd.DataFrame:
    """The table with its codes moved to where its own entries begin."""
    moved: dict[str, Ints] = {}
    for name in table.columns:
        if name in CODED:
            codes = ints(table, name)
            moved[name] = np.where(codes < 0, codes, codes + starts[CODED[name]])
        elif name == "target":
            codes = ints(table, name)
            behind = codes - n_origins + all_origins + starts["documents"]
            moved[name] = np.where(codes < n_origins, codes + starts["origins"], behind)
    return table.assign(**moved)


def _most(table: Table, name: str) -> int:
    return int(ints(table, name).max(initial=-1))
