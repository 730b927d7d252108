"""Entries as tables: CSV, JSON Lines or Parquet, the same entries again when they are read.

A key that an entry does not give is an empty cell in CSV, absent in JSON Lines and null in Parquet; an empty list is
`[]`. Dates and figures are written as they were. In CSV nothing is taken for a formula by a spreadsheet.
"""

from __future__ import annotations

import csv
import json
from io import BytesIO, StringIO
from typing import TYPE_CHECKING, Any, Final

from pydantic import BaseModel

from claims.model.cells import inner_of, kinds_of
from claims.model.errors import BadRequest
from claims.model.formula import guarded
from claims.model.quantity import Quantity
from claims.model.when import Interval
from claims.read.characters import shown
from claims.read.ledger import key_of
from claims.read.parquet import INSTALL

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from claims.model.cells import Kind
    from claims.model.entry import Entry
    from claims.read.forms import Form

LARGEST_PART: Final = 32 * 2**20
"""Bytes from which a table is split: the reader takes no file of more than 64 MB."""
MOST_ROWS: Final = 200_000
"""Rows from which a table of Parquet is split."""


def table_files(entries: Sequence[Entry], form: Form, largest: int = LARGEST_PART) -> list[bytes]:
    """The entries, which are of one model, as one table, or as many as keep each below `largest` bytes.

    Raises `BadRequest` where a text cannot be written in that form, or a library is missing.
    """
    return list(WRITERS[form](entries, largest)) if entries else []


def given(entry: BaseModel) -> dict[str, Any]:
    """What an entry gives, as plain values, in the order of the model; what it leaves out is not there."""
    return {name: _plain(value) for name, value in entry if name in entry.model_fields_set and value is not None}


def _plain(value: Any) -> Any:
    if isinstance(value, Interval | Quantity):
        return value.written
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    return given(value) if isinstance(value, BaseModel) else value


def _csv_files(entries: Sequence[Entry], largest: int) -> Iterator[bytes]:
    kinds = kinds_of(type(entries[0]))
    head = _csv_row(list(kinds))
    yield from _parts(head, (_csv_line(entry, kinds) for entry in entries), largest)


def _csv_line(entry: Entry, kinds: Mapping[str, Kind]) -> bytes:
    values = given(entry)
    cells = [_cell(values[name], kind) if name in values else "" for name, kind in kinds.items()]
    if any("\0" in cell for cell in cells):
        name = shown(key_of(entry))
        raise BadRequest(f"{name} has a NUL in its text, which CSV cannot hold: write --tables jsonl or parquet")
    return _csv_row(cells)


def _cell(value: Any, kind: Kind) -> str:
    """A value as a cell, which reads back as the same."""
    if kind in ("ids", "texts") and _is_plain_list(value, kind):
        return guarded(" ".join(value))
    if isinstance(value, list | dict):
        return json.dumps(value, ensure_ascii=False)
    return str(value).lower() if isinstance(value, bool) else guarded(str(value))


def _is_plain_list(value: list[str], kind: Kind) -> bool:
    """Whether a list can stand in a cell without brackets: several ids, or one text."""
    if not value or any(not item or item[0] in "[{" for item in value):
        return False
    return len(value) == 1 if kind == "texts" else all(item.split() == [item] for item in value)


def _csv_row(cells: list[str]) -> bytes:
    out = StringIO(newline="")
    csv.writer(out, lineterminator="\r\n").writerow(cells)
    return out.getvalue().encode()


def _jsonl_files(entries: Sequence[Entry], largest: int) -> Iterator[bytes]:
    lines = (f"{json.dumps(given(entry), ensure_ascii=False)}\n".encode() for entry in entries)
    yield from _parts(b"", lines, largest)


def _parts(head: bytes, rows: Iterator[bytes], largest: int) -> Iterator[bytes]:
    """The rows, each part with the head before it and below `largest` bytes, unless one row is larger."""
    part, size = [head], len(head)
    for row in rows:
        if size + len(row) > largest and len(part) > 1:
            yield b"".join(part)
            part, size = [head], len(head)
        part.append(row)
        size += len(row)
    yield b"".join(part)


def _parquet_files(entries: Sequence[Entry], largest: int) -> Iterator[bytes]:
    try:
        import pyarrow as pa  # noqa: PLC0415 - only a table of Parquet needs it
        import pyarrow.parquet as pq  # noqa: PLC0415 - as above
    except ImportError as error:
        raise BadRequest(f"writing Parquet needs pyarrow, which is not installed: {INSTALL}") from error
    schema = _schema(pa, type(entries[0]))
    rows = MOST_ROWS
    for start in range(0, len(entries), rows):
        out = BytesIO()
        values = [given(entry) for entry in entries[start : start + rows]]
        columns = [pa.array([row.get(name) for row in values], schema.field(name).type) for name in schema.names]
        pq.write_table(pa.table(columns, schema=schema), out, compression="zstd")
        if len(out.getvalue()) > 2 * largest and len(values) > 1:
            half = len(values) // 2
            yield from _parquet_files(entries[start : start + half], largest)
            yield from _parquet_files(entries[start + half : start + rows], largest)
        else:
            yield out.getvalue()


def _schema(pa: Any, model: type[BaseModel]) -> Any:
    """The columns of a table of Parquet: texts, lists and what has keys of its own, as they are."""
    text, kinds = pa.string(), kinds_of(model)

    def keys(name: str) -> Any:
        return pa.struct([(key, text) for key in inner_of(model, name).model_fields])

    made: dict[Kind, Callable[[str], Any]] = {
        "text": lambda _: text,
        "figure": lambda _: text,
        "truth": lambda _: pa.bool_(),
        "digit": lambda _: pa.int8(),
        "ids": lambda _: pa.list_(text),
        "texts": lambda _: pa.list_(text),
        "entries": lambda name: pa.list_(keys(name)),
        "keys": keys,
    }
    return pa.schema([(name, made[kind](name)) for name, kind in kinds.items()])


WRITERS: Final[dict[Form, Callable[[Sequence[Entry], int], Iterator[bytes]]]] = {
    "csv": _csv_files, "jsonl": _jsonl_files, "parquet": _parquet_files,
}  # fmt: skip
