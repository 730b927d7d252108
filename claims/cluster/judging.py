"""What a worker does with a partition of records: verdicts, and which rows may be wrong."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Final, NamedTuple

import pyarrow as pa
import pyarrow.compute as pc

from claims.cluster.doubts import DOUBT, MISSING, doubts_in
from claims.cluster.pieces import pieces_of
from claims.cluster.records import sections_of
from claims.collection.coding import people_of
from claims.collection.verdicts import SCHEMA, judged_part

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from claims.collection.coding import People
    from claims.model.policy import Policy

FOUND: Final = pa.schema([*SCHEMA, *DOUBT])
"""A row a claim; and a row a doubt, with nothing of a verdict in it."""


class Question(NamedTuple):
    """By which rules claims are judged, and as of when."""

    rules: Policy
    as_of: dt.date | None
    today: dt.date | None


def judging(
    shared: Callable[[], Mapping[str, bytes]], asked: Question
) -> Callable[[Iterable[pa.RecordBatch]], Iterator[pa.RecordBatch]]:
    """What makes rows of FOUND of batches of RECORD, those of one claim together.

    shared: gives the parties, sources and speakers as Arrow files. A part of which something is missing has no verdict.
    """

    def judge(batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        for piece in pieces_of(batches):
            part = sections_of(piece)
            doubts = doubts_in(part, asked.rules.tolerance)
            yield from _beside(doubts).to_batches()
            if not pc.any(pc.is_in(doubts["doubt"], value_set=pa.array(MISSING))).as_py():
                people = _people(tuple(sorted(shared().items())), asked.rules.model_dump_json())
                yield from _beside(judged_part(people, part, *asked)).to_batches()

    return judge


def packed(table: pa.Table) -> bytes:
    """A table as an Arrow file."""
    sink = pa.BufferOutputStream()
    with pa.ipc.new_file(sink, table.schema) as writer:
        writer.write_table(table)
    return bytes(sink.getvalue())


@lru_cache(1)
def _people(shared: tuple[tuple[str, bytes], ...], rules: str) -> People:
    """Who is shared; a worker that judges one partition after the other codes them once."""
    from claims.model.policy import Policy  # noqa: PLC0415 - for the types above it is not needed

    tables = {name: pa.ipc.open_file(data).read_all() for name, data in shared}
    return people_of(tables, Policy.model_validate_json(rules))


def _beside(table: pa.Table) -> pa.Table:
    """A table as FOUND: what it lacks of that is empty."""
    names = table.column_names
    columns = [table[field.name] if field.name in names else pa.nulls(len(table), field.type) for field in FOUND]
    return pa.table(columns, schema=FOUND)
