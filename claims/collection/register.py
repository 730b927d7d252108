"""Very many ids, and the place of each: looked up by digests in order, which are sorted once and can stay on disk."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from claims.tables.columns import narrow

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

    from claims.tables.columns import Codes, Ints

    Digests = NDArray[np.uint64]

DIGESTS, ORDER = "digests.npy", "order.npy"
AT_ONCE: Final = 1 << 16
"""Texts that are taken out of their column at once, since each takes room of its own then."""


class Register:
    """The places of ids, of several alike the first; null has none.

    digests: of the ids, ascending. order: the place of each of these; of one digest the first place first. Two ids
    may have one digest, once in very many: so what is found is compared with the id itself.
    """

    def __init__(self, ids: pa.Array, digests: Digests, order: Codes) -> None:
        self.ids, self.digests, self.order = ids, digests, order

    def __len__(self) -> int:
        """The number of ids."""
        return len(self.ids)

    def places(self, texts: pa.Array) -> Ints:
        """The place of each text, or -1; the same text is looked up once."""
        found = pc.dictionary_encode(texts)
        place = np.append(self._places(found.dictionary), -1)
        return place.take(found.indices.fill_null(-1).to_numpy(zero_copy_only=False))

    def _places(self, texts: pa.Array) -> Ints:
        result = np.full(len(texts), -1, dtype=np.int64)
        digest = digests_of(texts)
        # Looked up in their order, they lie near each other.
        waiting = np.argsort(digest, kind="stable")
        at = np.searchsorted(self.digests, digest.take(waiting))
        while len(waiting):
            there = np.flatnonzero(at < len(self.digests))
            there = there.compress(self.digests[at.take(there)] == digest.take(waiting.take(there)))
            waiting, at = waiting.take(there), at.take(there)
            place = self.order[at]
            same = pc.equal(self.ids.take(pa.array(place)), texts.take(pa.array(waiting)))
            is_it: Any = same.to_numpy(zero_copy_only=False)
            result[waiting.compress(is_it)] = place.compress(is_it)
            waiting, at = waiting.compress(~is_it), at.compress(~is_it) + 1
        return result

    def write(self, folder: Path, name: str) -> None:
        """Write what `read` needs beside the ids, under that name."""
        np.save(folder / f"{name}-{DIGESTS}", self.digests)
        np.save(folder / f"{name}-{ORDER}", self.order)


def register(ids: pa.Array) -> Register:
    """The register of these ids, in whatever order; null ones are in none."""
    given = np.flatnonzero(ids.is_valid().to_numpy(zero_copy_only=False))
    digests = digests_of(ids.drop_null())
    order = np.argsort(digests, kind="stable")
    return Register(ids, digests.take(order), given.take(order).astype(narrow(len(ids)), copy=False))


def register_in(folder: Path, name: str, ids: pa.Array) -> Register:
    """The register of these ids that was written under that name, mapped into memory."""
    digests, order = (np.load(folder / f"{name}-{kind}", mmap_mode="r") for kind in (DIGESTS, ORDER))
    return Register(ids, digests, order)


def digests_of(texts: pa.Array) -> Digests:
    """A number of 64 bits for each text, which says little of it and nothing of its place; none of them is null."""
    found = np.empty(len(texts), dtype=np.uint64)
    for start in range(0, len(texts), AT_ONCE):
        some: Any = texts.slice(start, AT_ONCE).to_numpy(zero_copy_only=False)
        found[start : start + AT_ONCE] = pd.util.hash_array(some, categorize=False)
    return found
