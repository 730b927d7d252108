"""What only shows when all that is said of a claim is together: ids that stand twice, and names of what is not there."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pyarrow as pa
import pyarrow.compute as pc

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

MOST: Final = 1000
"""Faults that are sent back of one piece; the others are counted."""
FAULT: Final = pa.schema([("fault", pa.string()), ("section", pa.string()), ("named", pa.string()), ("times", pa.int64())])
"""Its code; the section of the rows that have it; the id that they name, or bear; and how many there are."""
ROWS: Final = pa.schema([("claim", pa.string()), *FAULT])


def faults_in(part: Mapping[str, pa.Table]) -> pa.Table:
    """ROWS: what is wrong with a part, all claims of which are whole; at most MOST, the last of which counts the rest."""
    found = pa.concat_tables([pa.table(columns, schema=ROWS) for columns in _all(part)])
    if len(found) <= MOST:
        return found
    rest = {"claim": None, "fault": "more", "section": None, "named": None, "times": len(found) - MOST}
    return pa.concat_tables([found.slice(0, MOST), pa.Table.from_pylist([rest], schema=ROWS)])


def _all(part: Mapping[str, pa.Table]) -> Iterator[list[pa.Array]]:
    claims = part["claims"]["id"]
    yield _rows("duplicate-id", "claims", _twice(claims), _twice(claims))
    unknown = part["documents"].filter(pc.is_null(part["documents"]["source"]))["id"]
    for section in ("statements", "findings"):
        table = part[section]
        lost = table.filter(pc.invert(pc.is_in(table["claim"], value_set=claims)))["claim"]
        yield _rows("unknown-claim", section, lost, lost)
        if len(unknown):
            names = table.filter(pc.is_in(table["document"], value_set=unknown))
            yield _rows("unknown-document", section, names["claim"], names["document"])
            unknown = unknown.filter(pc.invert(pc.is_in(unknown, value_set=table["document"])))
        yield _same(table, section)
    yield _rows("unknown-reference", "findings", pa.nulls(len(unknown), pa.string()), unknown)


def _same(table: pa.Table, section: str) -> list[pa.Array]:
    """Rows without an id of their own that nothing tells apart."""
    keys = ["claim", "document", "speaker"] if section == "statements" else ["claim", "document"]
    own = table.filter(pc.is_null(table["id"])).select(keys)
    times = own.append_column("n", pa.repeat(1, len(own))).group_by(keys, use_threads=False).aggregate([("n", "sum")])
    again = times.filter(pc.greater(times["n_sum"], 1))
    return _rows(f"duplicate-{section[:-1]}", section, again["claim"], again["document"])


def _twice(ids: pa.ChunkedArray) -> pa.Array:
    counts = pc.value_counts(ids)
    return counts.field("values").filter(pc.greater(counts.field("counts"), 1))


def _rows(code: str, section: str, claim: pa.Array, named: pa.Array) -> list[pa.Array]:
    size = len(claim)
    return [claim, pa.repeat(code, size), pa.repeat(section, size), named, pa.repeat(pa.scalar(1, pa.int64()), size)]
