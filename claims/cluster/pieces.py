"""A partition judged in pieces: records of one claim stand together, cut between claims, so that memory is bounded.

A piece ends with the first claim that ends after MOST_ROWS records. A claim is never cut: one with very many findings
makes a large piece.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pyarrow as pa
import pyarrow.compute as pc

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

MOST_ROWS: Final = 1_000_000
"""Records in a piece: with that many, what is done once for a piece takes no time beside what is done for each."""


def pieces_of(batches: Iterable[pa.RecordBatch], most: int = MOST_ROWS) -> Iterator[pa.Table]:
    """Records in pieces that hold all of each claim in them; batches: claims stand together. No piece is empty."""
    held: list[pa.RecordBatch] = []
    rows, claim = 0, None
    for batch in batches:
        if not batch.num_rows:
            continue
        last = batch.column("claim")[-1]
        begins = int(pc.index(batch.column("claim"), last).as_py())
        is_cut = begins > 0 or claim != last
        if is_cut and rows + begins >= most:
            yield pa.Table.from_batches([*held, batch.slice(0, begins)])
            held, rows, rest = [], 0, batch.slice(begins)
        else:
            rest = batch
        held.append(rest)
        rows, claim = rows + rest.num_rows, last
    if held:
        yield pa.Table.from_batches(held)
