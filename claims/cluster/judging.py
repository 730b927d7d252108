"""What a worker does with a partition of records: verdicts, or what is wrong with the records."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Final, NamedTuple

import pyarrow as pa
import pyarrow.compute as pc

from claims.cluster.pieces import pieces_of
from claims.cluster.records import sections_of
from claims.cluster.wrong import FAULT, faults_in
from claims.collection.coding import people_of
from claims.collection.verdicts import SCHEMA, judged_part

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from claims.collection.coding import People
    from claims.model.policy import Policy

FOUND: Final = pa.schema([*SCHEMA, *FAULT])
"""A row a claim; or, where something is wrong, a row a fault, with nothing of a verdict in it."""


class Question(NamedTuple):
    """By which rules claims are judged, and as of when."""

    rules: Policy
    as_of: dt.date | None
    today: dt.date | None


def judging(
    shared: Callable[[], Mapping[str, bytes]], asked: Question
) -> Callable[[Iterable[pa.RecordBatch]], Iterator[pa.RecordBatch]]:
    """What makes rows of FOUND of batches of RECORD that are sorted by claim.

    shared: gives the parties, sources and speakers as Arrow files; it is asked once for each worker.
    """

    def judge(batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        people = None
        for piece in pieces_of(batches):
            people = people or _people(tuple(sorted(shared().items())), asked.rules)
            for found in _found(piece, people, asked).to_batches():
                yield found.cast(FOUND)

    return judge


def packed(table: pa.Table) -> bytes:
    """A table as an Arrow file."""
    sink = pa.BufferOutputStream()
    with pa.ipc.new_file(sink, table.schema) as writer:
        writer.write_table(table)
    return bytes(sink.getvalue())


@lru_cache(1)
def _people(shared: tuple[tuple[str, bytes], ...], rules: Policy) -> People:
    """Who is shared; a worker that judges one partition after the other codes them once."""
    return people_of({name: pa.ipc.open_file(data).read_all() for name, data in shared}, rules)


def _found(piece: pa.Table, people: People, asked: Question) -> pa.Table:
    part = sections_of(piece)
    faults = faults_in(part)
    if len(faults):
        return _beside(faults, FOUND)
    return _beside(judged_part(people, part, *asked), FOUND)


def _beside(table: pa.Table, schema: pa.Schema) -> pa.Table:
    """A table with the columns that it lacks of a schema, empty."""
    names = table.column_names
    return pa.table(
        [table[field.name] if field.name in names else pa.nulls(len(table), field.type) for field in schema],
        schema=schema,
    )
