"""Rows of CSV with more or fewer cells than the table has columns: those with empty cells too many are put back.

The reader of whole columns passes over them, and says which row of the table each is.
"""

from __future__ import annotations

import csv
from collections import deque
from typing import TYPE_CHECKING, Any, NamedTuple

import pyarrow as pa

from claims.collection.cells import TEXT
from claims.read.csv import fits, wide_cells

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from claims.collection.rows import Head


class _Odd(NamedTuple):
    """A row by its number, counted on from the line of the names; its cells, or None where it is uneven."""

    number: int
    cells: list[str] | None


class OddRows:
    """The rows of a table that its reader passes over. uneven: how many stay left out."""

    def __init__(self, head: Head) -> None:
        self.names, self.uneven = head.names, 0
        self._met: deque[_Odd] = deque()
        self._next = head.line + 1

    def met(self, row: Any) -> str:
        """Note a row that the reader meets, and have it go on."""
        with wide_cells():
            cells = next(csv.reader([row.text]), [])
        is_fit = fits(cells, len(self.names))
        self.uneven += not is_fit
        self._met.append(_Odd(row.number, cells if is_fit else None))
        return "skip"

    def between(self, reader: Any) -> Iterator[pa.RecordBatch]:
        """The batches of the reader, with the rows that fit in their places."""
        for batch in reader:
            yield self._put_back(batch) if self._met else self._passed(batch)
        if self._met:
            yield self._put_back(pa.RecordBatch.from_pylist([], reader.schema))

    def _passed(self, batch: pa.RecordBatch) -> pa.RecordBatch:
        self._next += len(batch)
        return batch

    def _put_back(self, batch: pa.RecordBatch) -> pa.RecordBatch:
        pieces: list[pa.RecordBatch] = []
        run: list[list[str]] = []
        done = 0
        while self._met and done + (before := self._met[0].number - self._next) <= len(batch):
            if before:
                pieces += [*_rows(run, batch.schema, self.names), batch.slice(done, before)]
                run, done = [], done + before
            odd = self._met.popleft()
            self._next = odd.number + 1
            if odd.cells is not None:
                run.append(odd.cells)
        rest = self._passed(batch.slice(done))
        whole = pa.Table.from_batches([*pieces, *_rows(run, batch.schema, self.names), rest], batch.schema)
        return whole.combine_chunks().to_batches()[0] if len(whole) else rest


def _rows(rows: list[list[str]], schema: pa.Schema, names: Sequence[str]) -> list[pa.RecordBatch]:
    """These rows as a batch, if there are any."""
    if not rows:
        return []
    is_all = len(schema) == len(names)
    columns = range(len(names)) if is_all else map(names.index, schema.names)
    return [pa.record_batch([pa.array([row[n] for row in rows], TEXT) for n in columns], schema)]
