"""A table of a collection row by row, as the reader of cases has it: for the few rows that something is told of."""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from claims.collection.cells import kinds
from claims.model.formula import unguarded
from claims.read.csv import EVEN, fits, uneven, unnamed, wide_cells
from claims.read.csv import unreadable as unreadable_row
from claims.read.json import NotJson, entry_from
from claims.read.jsonl import unreadable as unreadable_line
from claims.read.parquet import plain, unread_column

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from claims.collection.files import TableFile
    from claims.collection.unread import Unread
    from claims.read.drafts import Draft
    from claims.tables.columns import Ints


class Row(NamedTuple):
    """The line in which a row begins, or its number from 1 in a table of Parquet; and what it says.

    Of CSV the values are cells.
    """

    line: int
    entry: dict[str, Any]


class Head(NamedTuple):
    """The names of the columns of a table, and the line in which they stand."""

    names: tuple[str, ...]
    line: int = 1


def chosen(file: TableFile, rows: Sequence[int]) -> Iterator[Row]:
    """The rows of these numbers from 0, which ascend; rows that are not read do not count."""
    if file.form == "parquet":
        yield from _chosen_of_parquet(file, np.array(rows, dtype=np.int64))
        return
    wanted = set(rows)
    for n, row in enumerate(rows_of_csv(file) if file.form == "csv" else rows_of_jsonl(file)):
        if n in wanted:
            yield row
        if n >= rows[-1]:
            break


def _chosen_of_parquet(file: TableFile, rows: Ints) -> Iterator[Row]:
    """The same of a table of Parquet, with the columns that its section has."""
    with pq.ParquetFile(file.path) as table:
        known, unread = kinds(file.section), unread_columns(table.schema_arrow, file)
        names = [n for n in dict.fromkeys(table.schema_arrow.names) if n in known and n not in unread]
        first = 0
        for batch in table.iter_batches(columns=names):
            here = rows[(rows >= first) & (rows < first + len(batch))]
            own = batch.take(pa.array(here - first))
            columns = [own.column(own.schema.names.index(name)).to_pylist() for name in names]
            for n, row in enumerate(here.tolist()):
                said = ((name, plain(column[n])) for name, column in zip(names, columns, strict=True))
                yield Row(row + 1, {name: value for name, value in said if value is not None})
            first += len(batch)
            if first > rows[-1]:
                break


def unread_columns(schema: pa.Schema, file: TableFile) -> dict[str, Draft]:
    """The columns of a table of Parquet that its section has, and that hold what is not read; and what to tell of each.

    Of two columns of a name the first is meant.
    """
    first = {name: n for n, name in reversed([*enumerate(schema.names)]) if name in kinds(file.section)}
    found = {name: unread_column(schema.types[n], n, name, file.name) for name, n in first.items()}
    return {name: flaw for name, flaw in found.items() if flaw is not None}


def rows_of_jsonl(file: TableFile, unread: Unread | None = None) -> Iterator[Row]:
    """The lines of a table that can be read. unread: is told of the others; None: they are told already."""
    is_empty = True
    with file.path.open(encoding="utf-8-sig", errors="strict" if unread else "replace") as stream:
        for n, line in enumerate(stream, 1):
            if line.isspace():
                continue
            is_empty = False
            try:
                entry = entry_from(line.rstrip("\n"))
            except NotJson as flaw:
                if unread:
                    unread.tell(unreadable_line(flaw, file.name, n))
            else:
                yield Row(n, entry)
    if is_empty and unread:
        unread.tell_of_table("empty-file", "the table says nothing", "delete it", "warning")


def rows_of_csv(file: TableFile) -> Iterator[Row]:
    """The rows of a table of CSV that fit its columns; of two columns of a name the first."""
    with file.path.open(encoding="utf-8-sig", errors="replace", newline="") as stream, wide_cells():
        reader = csv.reader(stream)
        names, line = _head(reader).names, reader.line_num
        first = {name: n for n, name in reversed([*enumerate(names)])}
        for cells in reader:
            if cells and fits(cells, len(names)):
                yield Row(line + 1, {name: unguarded(cells[n]) for name, n in first.items() if cells[n]})
            line = reader.line_num


def head_of_csv(file: TableFile) -> Head:
    """The names of the columns of a table of CSV: its first row that says anything; none where there is no such row."""
    with file.path.open(encoding="utf-8-sig", newline="") as stream, wide_cells():
        return _head(csv.reader(stream))


def is_bare(file: TableFile) -> bool:
    """Whether a table of CSV has nothing below the names of its columns."""
    with file.path.open(encoding="utf-8-sig", errors="replace", newline="") as stream, wide_cells():
        reader = csv.reader(stream)
        _head(reader)
        return not any(reader)


def tell_odd_rows(file: TableFile, unread: Unread, number: int) -> None:
    """Tell of rows of CSV that are uneven or have cells without a name, and of a quotation mark out of place.

    After such a mark nothing is looked at.

    number: how many are uneven, as far as is known; where fewer are found, that is told.
    """
    found = line = 0
    with file.path.open(encoding="utf-8-sig", errors="replace", newline="") as stream, wide_cells():
        reader = csv.reader(stream, strict=True)
        try:
            names, line = _head(reader).names, reader.line_num
            nameless = [n for n, name in enumerate(names) if not name]
            for cells in reader:
                if cells and not fits(cells, len(names)):
                    found += 1
                    if any(cells):
                        unread.tell(uneven(cells, len(names), file.name, line + 1))
                elif cells and any(cells[n] for n in nameless):
                    unread.tell(unnamed(file.name, line + 1))
                line = reader.line_num
        except csv.Error as error:
            unread.tell(unreadable_row(error, file.name, line + 1))
            return
    if found < number:
        message = f"{number} rows have more or fewer cells than the table has columns"
        unread.tell_of_table("uneven-row", message, EVEN)


def _head(reader: Any) -> Head:
    """The first row that has more than empty cells; reader: of `csv`."""
    before = 0
    for names in reader:
        if any(names):
            return Head(tuple(names), before + 1)
        before = reader.line_num
    return Head(())
