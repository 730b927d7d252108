"""A table of a collection in batches of rows, as columns of text cells: what is larger than memory is never held.

What cannot be read at all, and rows that have more or fewer cells than there are columns, become problems: those that
the reader of cases tells of the same table.
"""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as pa_csv
import pyarrow.parquet as pq

from claims.collection.cells import TEXT, as_text, cell_of, kinds
from claims.collection.odd_rows import OddRows
from claims.collection.rows import Head, head_of_csv, is_bare, rows_of_jsonl, tell_odd_rows, unread_columns
from claims.collection.unread import Unread
from claims.model.formula import unguarded
from claims.read.csv import separated
from claims.read.drafts import Mark

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from claims.collection.files import TableFile
    from claims.model.problem import Problem

ROWS: Final = 1 << 19
"""Rows of a batch."""
BLOCK: Final = 1 << 24
"""Bytes of CSV that are read at once: no row may be longer."""
CANNOT_BE_READ: Final = (pa.ArrowException, OSError, ValueError, csv.Error)
QUOTE: Final = b'"'


class Batch(NamedTuple):
    """Rows of a table: the number of the first one, from 0, and their cells."""

    first: int
    cells: pa.Table


class Group(NamedTuple):
    """A row group of a table of Parquet, by its number, and the number of its first row in the table, from 0."""

    number: int
    first: int


class Reading:
    """Reads a table, and gathers what of it cannot be read.

    is_close: whether a table of CSV that has quotation marks is looked at row by row, since one that is out of place
    joins what is apart; None: where all its columns are read.
    """

    def __init__(self, file: TableFile, *, is_close: bool | None = None) -> None:
        self.file, self.is_close = file, is_close
        self._unread = Unread(file)
        self._odd = OddRows(Head(()))
        self._is_unnamed = False
        """Whether a column of CSV without a name has a cell that says anything."""

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What could not be read."""
        return self._unread.problems

    @property
    def head(self) -> Head:
        """The names of the columns, and where they stand; none where the form has none, or they cannot be read."""
        if self.file.form == "jsonl":
            return Head(())
        try:
            if self.file.form == "parquet":
                return Head(tuple(pq.read_schema(self.file.path).names))
            head = head_of_csv(self.file)
        except CANNOT_BE_READ:
            return Head(())
        return Head(()) if separated(head.names, self.file.name, Mark(head.line, 1)) else head

    def batches(self, columns: Sequence[str] | None = None, group: Group | None = None) -> Iterator[Batch]:
        """The rows, in order. columns: those to read, of which the table may lack some; None: all.

        group: the only one that is read of a table of Parquet; None: all.
        """
        self._unread.clear()
        first = group.first if group else 0
        try:
            for table in self._tables(columns, group):
                yield Batch(first, table)
                first += len(table)
        except CANNOT_BE_READ as error:
            self._unread.stopped(error)

    def _tables(self, columns: Sequence[str] | None, group: Group | None) -> Iterator[pa.Table]:
        if self.file.form == "parquet":
            yield from self._from_parquet(columns, group)
        elif self.file.form == "jsonl":
            yield from self._from_jsonl(columns)
        else:
            yield from self._from_csv(columns)

    def _from_parquet(self, columns: Sequence[str] | None, group: Group | None) -> Iterator[pa.Table]:
        with pq.ParquetFile(self.file.path) as file:
            unread = unread_columns(file.schema_arrow, self.file)
            for flaw in () if group and group.first else unread.values():
                self._unread.tell(flaw)
            wanted = [name for name in _chosen(file.schema_arrow.names, columns) if name not in unread]
            groups = [group.number] if group else None
            for batch in file.iter_batches(ROWS, row_groups=groups, columns=wanted, use_threads=group is None):
                yield _table(self._cells(batch, wanted), wanted, len(batch))

    def _cells(self, batch: pa.RecordBatch, names: Sequence[str]) -> list[pa.Array]:
        """The first column of each name as cells of text."""
        kind = {} if self.file.form == "csv" else kinds(self.file.section)
        columns = ((name, batch.column(batch.schema.names.index(name))) for name in names)
        return [as_text(pa.chunked_array([own]), kind.get(name)) for name, own in columns]

    def _from_csv(self, columns: Sequence[str] | None) -> Iterator[pa.Table]:
        head = head_of_csv(self.file)
        other = separated(head.names, self.file.name, Mark(head.line, 1))
        if other is not None:
            self._unread.tell(other)
        elif not head.names:
            self._unread.tell_of_table("empty-file", "the table says nothing", "begin with a line of column names")
        else:
            yield from self._below(head, _chosen(head.names, columns))
            if self.is_close or (self.is_close is None and columns is None):
                self._look_closely()

    def _below(self, head: Head, wanted: Sequence[str]) -> Iterator[pa.Table]:
        """The rows below the names of the columns."""
        self._odd, self._is_unnamed = OddRows(head), False
        if is_bare(self.file):
            return
        with self._csv(head, wanted) as reader:
            for batch in self._odd.between(reader):
                self._is_unnamed = self._is_unnamed or _says_without_a_name(batch)
                yield _table([_unguarded(cells) for cells in self._cells(batch, wanted)], wanted, len(batch))

    def _csv(self, head: Head, wanted: Sequence[str]) -> Any:
        names = head.names
        return pa_csv.open_csv(
            self.file.path,
            read_options=pa_csv.ReadOptions(block_size=BLOCK, use_threads=False, skip_rows=head.line - 1),
            parse_options=pa_csv.ParseOptions(newlines_in_values=True, invalid_row_handler=self._odd.met),
            convert_options=pa_csv.ConvertOptions(
                column_types=dict.fromkeys(names, TEXT),
                strings_can_be_null=False,
                include_columns=wanted if len(set(names)) == len(names) else None,
            ),
        )

    def _look_closely(self) -> None:
        """Have rows that are uneven told, cells without a name, and quotation marks out of place."""
        if self._odd.uneven or self._is_unnamed or self._has_quotes():
            tell_odd_rows(self.file, self._unread, self._odd.uneven)

    def _has_quotes(self) -> bool:
        with self.file.path.open("rb") as stream:
            return any(QUOTE in piece for piece in iter(lambda: stream.read(BLOCK), b""))

    def _from_jsonl(self, columns: Sequence[str] | None) -> Iterator[pa.Table]:
        entries: list[dict[str, Any]] = []
        for row in rows_of_jsonl(self.file, self._unread):
            entries.append(row.entry)
            if len(entries) == ROWS:
                yield self._from_entries(entries, columns)
                entries = []
        if entries:
            yield self._from_entries(entries, columns)

    def _from_entries(self, entries: list[dict[str, Any]], columns: Sequence[str] | None) -> pa.Table:
        names, kind = _chosen([name for entry in entries for name in entry], columns), kinds(self.file.section)
        cells = [pa.array([cell_of(entry.get(n), kind.get(n)) for entry in entries], TEXT) for n in names]
        return _table(cells, names, len(entries))


def _chosen(names: Sequence[str], columns: Sequence[str] | None) -> list[str]:
    """The names that are wanted, each once, in their order."""
    return [name for name in dict.fromkeys(names) if columns is None or name in columns]


def _table(cells: Sequence[pa.Array], names: Sequence[str], rows: int) -> pa.Table:
    return pa.table(list(cells), names=list(names)) if names else pa.table({"": pa.nulls(rows, TEXT)})


def _says_without_a_name(batch: pa.RecordBatch) -> bool:
    nameless = [batch.column(n) for n, name in enumerate(batch.schema.names) if not name]
    return any(pc.any(pc.not_equal(cells, "")).as_py() for cells in nameless)


def _unguarded(cells: pa.Array) -> pa.Array:
    """Cells without the apostrophe that keeps a spreadsheet from taking them for formulas."""
    guarded = pc.fill_null(pc.starts_with(cells, "'"), False)  # noqa: FBT003 - the value to fill with
    if not pc.any(guarded).as_py():
        return cells
    return pc.replace_with_mask(
        cells, guarded, pa.array([unguarded(c) for c in cells.filter(guarded).to_pylist()], TEXT)
    )
