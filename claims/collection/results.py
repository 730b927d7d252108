"""The verdicts on a collection as a table: CSV, JSON Lines or Parquet, a row a claim, written a part at a time."""

from __future__ import annotations

import json
from collections import Counter
from typing import TYPE_CHECKING, Any, BinaryIO, Final

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as pa_csv
import pyarrow.parquet as pq

from claims.collection.verdicts import SCHEMA

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from claims.read.forms import Form

IN_A_CELL: Final = pa.schema(
    [field if field.name != "hinges_on" else pa.field("hinges_on", pa.string()) for field in SCHEMA]
)
"""As SCHEMA, with what a verdict hinges on in one cell: ids with spaces between them."""


def write_results(verdicts: Iterable[pa.Table], stream: BinaryIO, form: Form) -> Counter[str]:
    """Write all verdicts, and count them by verdict."""
    counts: Counter[str] = Counter()

    def counted() -> Iterable[pa.Table]:
        for table in verdicts:
            for pair in pc.value_counts(table.column("verdict")).to_pylist():
                counts[str(pair["values"])] += int(pair["counts"])
            yield table

    WRITERS[form](counted(), stream)
    return counts


def _write_csv(tables: Iterable[pa.Table], stream: BinaryIO) -> None:
    with pa_csv.CSVWriter(stream, IN_A_CELL, write_options=pa_csv.WriteOptions(quoting_style="needed")) as writer:
        for table in tables:
            place = SCHEMA.get_field_index("hinges_on")
            cell = pc.binary_join(table.column("hinges_on"), " ")
            writer.write_table(table.set_column(place, "hinges_on", cell))


def _write_jsonl(tables: Iterable[pa.Table], stream: BinaryIO) -> None:
    for table in tables:
        stream.writelines(json.dumps(_said(row), ensure_ascii=False).encode() + b"\n" for row in table.to_pylist())


def _said(row: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in row.items() if value is not None}


def _write_parquet(tables: Iterable[pa.Table], stream: BinaryIO) -> None:
    with pq.ParquetWriter(stream, SCHEMA, compression="zstd") as writer:
        for table in tables:
            writer.write_table(table)


WRITERS: Final[dict[Form, Callable[[Iterable[pa.Table], BinaryIO], None]]] = {
    "csv": _write_csv, "jsonl": _write_jsonl, "parquet": _write_parquet,
}  # fmt: skip
