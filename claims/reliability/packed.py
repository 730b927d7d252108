"""The answers of a part as rows of bytes: what is put aside on disk, or kept in a cluster, between two rounds.

A row holds the answers of one block, or what is counted of the part. A block is worked out of its answers each time:
that takes as long as to add over it, and half of the room.
"""

from __future__ import annotations

from dataclasses import fields
from typing import TYPE_CHECKING, Final

import numpy as np
import pyarrow as pa

from claims.collection.coding import coding_of
from claims.reliability.answers import Answers
from claims.reliability.evidence import block, blocks
from claims.reliability.parts import COUNTS, Count, none_of, part_of
from claims.tables.columns import narrow
from claims.verdict.judgement import judge

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Iterator, Mapping

    from claims.collection.coding import People
    from claims.model.policy import Policy
    from claims.reliability.evidence import Block
    from claims.reliability.parts import Part
    from claims.tables.columns import Column

PACKED: Final = pa.schema([("answers", pa.binary()), ("counts", pa.binary()), ("claims", pa.int64())])
"""Answers of whole claims, or counts with the claims on which answers can be compared; the rest of a row is empty."""


def answers_in(
    people: People, part: Mapping[str, pa.Table], rules: Policy, as_of: dt.date | None, today: dt.date | None
) -> pa.Table:
    """PACKED: what a part of a collection says of its origins; taken like `judged_part`, and raises what that does."""
    coding = coding_of(people, part, rules, as_of, today)
    if not len(coding.ids.claims):
        return PACKED.empty_table()
    return packed(part_of(judge(coding.tables, rules), rules))


def packed(part: Part) -> pa.Table:
    """A part as PACKED."""
    found = [{"answers": _bytes(one.answers)} for one in blocks(part.answers)]
    counted = {"counts": part.counts.of.tobytes(), "claims": part.counts.claims}
    return pa.Table.from_pylist([*found, counted], schema=PACKED)


def blocks_in(answers: Iterable[bytes]) -> Iterator[Block]:
    """The blocks of the rows that hold answers."""
    return (block(_answers(data)) for data in answers)


def counts_in(rows: Iterable[tuple[bytes, int]], size: int) -> Count:
    """What is counted in rows of counts and claims, of so many origins."""
    total = none_of(size)
    for data, claims in rows:
        total = total.plus(Count(np.frombuffer(data, dtype=np.int64).reshape(COUNTS, size), claims))
    return total


def _bytes(answers: Answers) -> bytes:
    """As an Arrow file, with whole numbers as narrow as they fit."""
    columns = {one.name: _narrow(getattr(answers, one.name)) for one in fields(Answers)}
    sink = pa.BufferOutputStream()
    table = pa.table(columns)
    with pa.ipc.new_file(sink, table.schema) as writer:
        writer.write_table(table)
    return bytes(sink.getvalue())


def _narrow(column: Column) -> Column:
    return column.astype(narrow(int(column.max(initial=0)))) if column.dtype == np.int64 else column


def _answers(data: bytes) -> Answers:
    table = pa.ipc.open_file(data).read_all()
    return Answers(*(table[one.name].chunk(0).to_numpy(zero_copy_only=False) for one in fields(Answers)))
