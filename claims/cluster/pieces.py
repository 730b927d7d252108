"""A partition judged in pieces: records of one claim stand together, cut between claims, so that memory is bounded.

Claims are told apart by a number that they are called by, which two of them may share, once in very many. A piece ends
with the first that ends after MOST_ROWS records. A claim is never cut: one with very many findings makes a large piece.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pyarrow as pa
import pyarrow.compute as pc

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

KEY: Final = "key"
"""The column of numbers that claims are called by."""
MOST_ROWS: Final = 1_000_000
"""Records in a piece: with that many, what is done once for a piece takes no time beside what is done for each."""


def pieces_of(batches: Iterable[pa.RecordBatch], most: int = MOST_ROWS) -> Iterator[pa.Table]:
    """Records in pieces that hold all of each claim in them; batches: those of one KEY together. No piece is empty."""
    held: list[pa.RecordBatch] = []
    rows, key = 0, None
    for batch in batches:
        if not batch.num_rows:
            continue
        last = batch.column(KEY)[-1]
        begins = int(pc.index(batch.column(KEY), last).as_py())
        is_cut = begins > 0 or key != last
        if is_cut and rows + begins >= most:
            yield pa.Table.from_batches([*held, batch.slice(0, begins)])
            held, rows, rest = [], 0, batch.slice(begins)
        else:
            rest = batch
        held.append(rest)
        rows, key = rows + rest.num_rows, last
    if held:
        yield pa.Table.from_batches(held)
