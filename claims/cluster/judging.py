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


class Work(NamedTuple):
    """What is made of each part of a collection."""

    of: Callable[..., pa.Table] | None
    """Gives rows of the schema; taken like `judged_part`. None: only doubts are wanted."""
    schema: pa.Schema

    @property
    def found(self) -> pa.Schema:
        """Its rows; and a row a doubt, with nothing else in it."""
        return pa.schema([*self.schema, *DOUBT])


VERDICTS: Final = Work(judged_part, SCHEMA)


class Question(NamedTuple):
    """By which rules claims are judged, and as of when."""

    rules: Policy
    as_of: dt.date | None
    today: dt.date | None


def judging(
    shared: Callable[[], Mapping[str, bytes]],
    asked: Question,
    work: Work = VERDICTS,
    count: Callable[[int], None] = lambda _: None,
) -> Callable[[Iterable[pa.RecordBatch]], Iterator[pa.RecordBatch]]:
    """What makes rows of `work.found` of batches of RECORD, those of one claim together.

    shared: gives the parties, sources and speakers as Arrow files; count: is told how many findings are done. Of a part
    of which something is missing, nothing is made.
    """

    def judge(batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        for piece in pieces_of(batches):
            part = sections_of(piece)
            doubts = doubts_in(part, asked.rules.tolerance)
            yield from _beside(doubts, work.found).to_batches()
            if work.of is not None and not pc.any(pc.is_in(doubts["doubt"], value_set=pa.array(MISSING))).as_py():
                people = _people(tuple(sorted(shared().items())), asked.rules.model_dump_json())
                yield from _beside(work.of(people, part, *asked), work.found).to_batches()
            count(len(part["findings"]))

    return judge


def packed(table: pa.Table) -> bytes:
    """A table as an Arrow file."""
    sink = pa.BufferOutputStream()
    with pa.ipc.new_file(sink, table.schema) as writer:
        writer.write_table(table)
    return bytes(sink.getvalue())


def unpacked(shared: Mapping[str, bytes]) -> dict[str, pa.Table]:
    """Tables of Arrow files, by name."""
    return {name: pa.ipc.open_file(data).read_all() for name, data in shared.items()}


@lru_cache(1)
def _people(shared: tuple[tuple[str, bytes], ...], rules: str) -> People:
    """Who is shared; a worker that judges one partition after the other codes them once."""
    from claims.model.policy import Policy  # noqa: PLC0415 - for the types above it is not needed

    return people_of(unpacked(dict(shared)), Policy.model_validate_json(rules))


def _beside(table: pa.Table, found: pa.Schema) -> pa.Table:
    """A table with the columns of `found`: what it lacks of them is empty."""
    names = table.column_names
    columns = [table[field.name] if field.name in names else pa.nulls(len(table), field.type) for field in found]
    return pa.table(columns, schema=found)
