"""Ids that stand twice in more entries than memory holds: their digests, by the first bits in files of their own.

Two different ids may have one digest, once in very many: what is found here is looked at again.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import numpy as np

from claims.collection.register import digests_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    import pyarrow as pa

    from claims.tables.columns import Ints

BITS: Final = 6
SEEN: Final = np.dtype([("key", np.uint64), ("file", np.int32), ("row", np.int64)])


def keys_of(section: str) -> str:
    """What the files begin with that hold what the entries of a section are called."""
    return f"{section}-keys-"


class Keys:
    """What the entries of a section are called, as digests, with the table and the row of each, on disk.

    What is in its files already stays.
    """

    def __init__(self, folder: Path, section: str) -> None:
        self.paths = [folder / f"{keys_of(section)}{n}" for n in range(1 << BITS)]

    def add(self, file: int, first: int, ids: pa.Array, *parts: Ints) -> None:
        """Add a batch: the ids that are given and, for rows without, what else they are called by, as codes."""
        seen = np.empty(len(ids), dtype=SEEN)
        seen["file"], seen["row"] = file, first + np.arange(len(ids))
        key = np.full(len(ids), len(parts), dtype=np.uint64)
        for part in parts:
            key = _mixed(key ^ part.astype(np.uint64))
        given = np.flatnonzero(ids.is_valid().to_numpy(zero_copy_only=False))
        key[given] = digests_of(ids.drop_null())
        seen["key"] = key
        bucket = (key >> np.uint64(64 - BITS)).astype(np.int64)
        order = np.argsort(bucket, kind="stable")
        edges = np.searchsorted(bucket[order], np.arange((1 << BITS) + 1))
        for n, path in enumerate(self.paths):
            if edges[n] < edges[n + 1]:
                with path.open("ab") as stream:
                    seen[order[edges[n] : edges[n + 1]]].tofile(stream)

    def twice(self) -> Iterator[tuple[Ints, Ints]]:
        """(table, row) of all that seem to be called as others are."""
        for path in self.paths:
            if path.exists():
                seen = np.fromfile(path, dtype=SEEN)
                _, which, count = np.unique(seen["key"], return_inverse=True, return_counts=True)
                rows = np.flatnonzero(count[which] > 1)
                yield seen["file"][rows].astype(np.int64), seen["row"][rows]

    def discard(self) -> None:
        """Delete the files."""
        for path in self.paths:
            path.unlink(missing_ok=True)


def _mixed(key: Any) -> Any:
    """Whole numbers of 64 bits, each bit of which depends on every bit before (splitmix64)."""
    key = key + np.uint64(0x9E3779B97F4A7C15)
    key = (key ^ (key >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    key = (key ^ (key >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return key ^ (key >> np.uint64(31))
