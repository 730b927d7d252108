"""A table of a collection in batches of rows, as columns of text cells: what is larger than memory is never held.

What cannot be read at all, and rows that have more or fewer cells than there are columns, become problems.
"""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as pa_csv
import pyarrow.parquet as pq

from claims.collection.cells import TEXT, as_text, cell_of
from claims.model.formula import unguarded
from claims.model.problem import Problem
from claims.read.characters import shown
from claims.read.json import NotJson, entry_from

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from claims.collection.files import TableFile

ROWS: Final = 1 << 19
"""Rows of a batch."""
BLOCK: Final = 1 << 24
"""Bytes of CSV that are read at once: no row may be longer."""


class Batch(NamedTuple):
    """Rows of a table: the number of the first one, from 0, and their cells."""

    first: int
    cells: pa.Table


class Reading:
    """Reads a table, and gathers what of it cannot be read."""

    def __init__(self, file: TableFile) -> None:
        self.file = file
        self.problems: list[Problem] = []

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the columns; empty where the form has none, or they cannot be read."""
        if self.file.form == "jsonl":
            return ()
        try:
            if self.file.form == "parquet":
                return tuple(pq.read_schema(self.file.path).names)
            return self._head()
        except (pa.ArrowException, OSError, ValueError):
            return ()

    def batches(self, columns: Sequence[str] | None = None) -> Iterator[Batch]:
        """The rows, in order. columns: those to read, of which the table may lack some; None: all."""
        self.problems.clear()
        first = 0
        try:
            for table in self._tables(columns):
                yield Batch(first, table)
                first += len(table)
        except (pa.ArrowException, OSError, ValueError, UnicodeDecodeError) as error:
            said = (
                (getattr(error, "strerror", None) or str(error)).lower() if isinstance(error, OSError) else str(error)
            )
            reason = shown((said.splitlines() or [type(error).__name__])[0][:200])
            self._tell(1, "table-syntax", f"the table cannot be read: {reason}", "write it anew")

    def _tables(self, columns: Sequence[str] | None) -> Iterator[pa.Table]:
        read = {"parquet": self._from_parquet, "csv": self._from_csv, "jsonl": self._from_jsonl}[self.file.form]
        yield from read(columns)

    def _from_parquet(self, columns: Sequence[str] | None) -> Iterator[pa.Table]:
        with pq.ParquetFile(self.file.path) as file:
            names = file.schema_arrow.names
            wanted = [name for name in names if columns is None or name in columns]
            for batch in file.iter_batches(ROWS, columns=wanted):
                table = pa.Table.from_batches([batch])
                cells = [as_text(table.column(name)) for name in wanted]
                yield _table(cells, wanted, len(batch))

    def _from_csv(self, columns: Sequence[str] | None) -> Iterator[pa.Table]:
        if not self._head():
            self._tell(1, "empty-file", "the table says nothing", "begin with a line of column names")
            return
        with self._csv(columns) as reader:
            for batch in reader:
                names = batch.schema.names
                yield _table([_unguarded(as_text(pa.chunked_array([c]))) for c in batch.columns], names, len(batch))

    def _csv(self, columns: Sequence[str] | None) -> Any:
        names = self._head()
        wanted = [name for name in names if columns is None or name in columns]
        return pa_csv.open_csv(
            self.file.path,
            read_options=pa_csv.ReadOptions(block_size=BLOCK, use_threads=False),
            parse_options=pa_csv.ParseOptions(newlines_in_values=True, invalid_row_handler=self._odd_row),
            convert_options=pa_csv.ConvertOptions(
                column_types=dict.fromkeys(names, TEXT), strings_can_be_null=False, include_columns=wanted
            ),
        )

    def _head(self) -> tuple[str, ...]:
        """The names of the columns of a table of CSV, as they stand in its first line."""
        with self.file.path.open(encoding="utf-8-sig", newline="") as stream:
            return tuple(next((row for row in csv.reader(stream) if row), ()))

    def _odd_row(self, row: Any) -> str:
        message = f"the row has {row.actual_columns} cells, and the table {row.expected_columns} columns"
        self._tell(row.number or 1, "uneven-row", message, "put quotation marks round a cell that has commas in it")
        return "skip"

    def _from_jsonl(self, columns: Sequence[str] | None) -> Iterator[pa.Table]:
        rows: list[dict[str, Any]] = []
        is_empty = True
        with self.file.path.open(encoding="utf-8-sig", newline="\n") as stream:
            for n, line in enumerate(stream, 1):
                if not line or line.isspace():
                    continue
                is_empty = False
                try:
                    rows.append(entry_from(line))
                except NotJson as flaw:
                    self._tell(n, flaw.code, shown(flaw.message), "write each entry in one line")
                if len(rows) == ROWS:
                    yield _from_entries(rows, columns)
                    rows = []
        if rows:
            yield _from_entries(rows, columns)
        if is_empty:
            self.problems.append(
                Problem(self.file.name, 1, 1, "empty-file", "the table says nothing", "delete it", "warning")
            )

    def _tell(self, line: int, code: str, message: str, hint: str) -> None:
        self.problems.append(Problem(self.file.name, line, 1, code, message, hint))


def _table(cells: list[pa.Array], names: Sequence[str], rows: int) -> pa.Table:
    return pa.table(cells, names=list(names)) if names else pa.table({"": pa.nulls(rows, TEXT)})


def _from_entries(rows: list[dict[str, Any]], columns: Sequence[str] | None) -> pa.Table:
    names = dict.fromkeys(name for row in rows for name in row if columns is None or name in columns)
    return _table([pa.array([cell_of(row.get(name)) for row in rows], TEXT) for name in names], list(names), len(rows))


def _unguarded(cells: pa.Array) -> pa.Array:
    """Cells without the apostrophe that keeps a spreadsheet from taking them for formulas."""
    guarded = pc.fill_null(pc.starts_with(cells, "'"), False)  # noqa: FBT003 - the value to fill with
    if not pc.any(guarded).as_py():
        return cells
    return pc.replace_with_mask(
        cells, guarded, pa.array([unguarded(c) for c in cells.filter(guarded).to_pylist()], TEXT)
    )
