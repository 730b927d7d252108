"""The documents of a collection, and what their chains can reach: kept on disk and mapped into memory as needed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from claims.collection.cells import list_column, text_column
from claims.collection.register import Register, register, register_in
from claims.collection.texts import COPY_OF
from claims.independence.links import spans

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from claims.tables.columns import Ints

KEPT: Final = ("id", "source", "published", "retrieved", "relies_on", "same_text_as", "retracted")
"""Columns that bear on a verdict."""
NAME: Final = "documents"
TABLE, STARTS, LEADS = f"{NAME}.arrow", f"{NAME}-starts.npy", f"{NAME}-leads.npy"


class Documents(NamedTuple):
    """Documents by id, and the documents that each leads to: those of `n` stand at `starts[n]` to `starts[n + 1]`."""

    table: pa.Table
    register: Register
    starts: Ints
    leads: Ints

    def reached(self, names: Sequence[pa.Array]) -> pa.Table:
        """The documents of these names, with all that they lead to. What is no document is passed over."""
        is_in = np.zeros(len(self.table), dtype=bool)
        named = np.concatenate([self.register.places(array) for array in names])
        frontier = np.unique(named[named >= 0])
        while len(frontier):
            is_in[frontier] = True
            _, rows = spans(self.starts[frontier], self.starts[frontier + 1] - self.starts[frontier])
            onward = np.unique(self.leads[rows])
            frontier = onward[~is_in[onward]]
        return self.table.take(pa.array(np.flatnonzero(is_in)))


def write_documents(parts: Sequence[pa.Table], folder: Path) -> None:
    """Write the documents, which come in any order, by id, and where they lead."""
    table = pa.concat_tables(parts).combine_chunks() if parts else _empty()
    table = table.filter(table.column("id").is_valid())
    table = table.take(pc.sort_indices(table.column("id"))).combine_chunks()
    ids = text_column(table, "id")
    register(ids).write(folder, NAME)
    first, names = list_column(table, "documents", "relies_on")
    leads = pc.index_in(names, value_set=ids)
    is_document = leads.is_valid().to_numpy(zero_copy_only=False)
    leaves = np.repeat(np.arange(len(table)), np.diff(first))[is_document]
    original = pc.index_in(originals(table), value_set=ids)
    copies = np.flatnonzero(original.is_valid().to_numpy(zero_copy_only=False))
    leaves = np.concatenate([leaves, copies])
    onto = np.concatenate([leads.drop_null().to_numpy(), original.drop_null().to_numpy()]).astype(np.int64)
    order = np.argsort(leaves, kind="stable")
    np.save(folder / STARTS, np.searchsorted(leaves[order], np.arange(len(table) + 1)))
    np.save(folder / LEADS, onto[order])
    with pa.OSFile(str(folder / TABLE), "wb") as sink, pa.ipc.new_file(sink, table.schema) as writer:
        writer.write_table(table)


def documents_in(folder: Path) -> Documents:
    """The documents that `write_documents` left in a folder, mapped into memory."""
    table = pa.ipc.open_file(pa.memory_map(str(folder / TABLE))).read_all()
    register = register_in(folder, NAME, text_column(table, "id"))
    return Documents(table, register, np.load(folder / STARTS, mmap_mode="r"), np.load(folder / LEADS, mmap_mode="r"))


def originals(documents: pa.Table) -> pa.Array:
    """The document whose text each carries: by its own word, or as their stored texts show; null where it has none."""
    return pc.coalesce(text_column(documents, "same_text_as"), text_column(documents, COPY_OF))


def kept_columns(table: pa.Table, names: Sequence[str]) -> pa.Table:
    """These columns of a table, as text; null where it has none."""
    return pa.table({name: text_column(table, name) for name in names})


def _empty() -> pa.Table:
    return pa.table({name: pa.array([], pa.string()) for name in KEPT})
