"""The first look at every portion: how many rows it has, its latest day, and which of its rows may be wrong.

A row is suspected here for what stands in it, and for parties, sources and speakers that there are not. What it takes
the rest of the collection to see is seen when rows are together.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from claims.cluster.portions import batches_in
from claims.collection.batches import Reading
from claims.collection.cells import coded, rows_said, text_column
from claims.collection.flaws import fall_due_in_vain, name_nothing_known, name_themselves
from claims.collection.likenesses import are_plain
from claims.collection.lookups import are_among, are_lost
from claims.collection.oddities import suspect_by_themselves
from claims.collection.register import register
from claims.collection.suspects import Suspects
from claims.model.errors import BadRequest
from claims.read.ledger import KEYED
from claims.tables.values import latest

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator

    from claims.cluster.portions import Portion
    from claims.model.problem import Problem
    from claims.tables.columns import Bools

DATES: tuple[str, ...] = ("published", "retrieved")


class Known(NamedTuple):
    """The ids of who is shared."""

    parties: pa.Array
    sources: pa.Array
    speakers: pa.Array


class Look(NamedTuple):
    """What was seen of a portion."""

    section: str
    rows: int
    latest: dt.date | None
    own_ids: int
    """How many statements or findings have an id of their own."""
    parts: int
    """How many claims are part of another."""
    plain_ids: bool
    """Whether all ids of claims and documents are of plain letters."""
    has_addresses: bool
    """Whether a document has an address."""
    suspects: Suspects
    problems: tuple[Problem, ...]
    """What could not be read."""


def look_at(portion: Portion, known: Known) -> Look:
    """What is seen of a portion by itself."""
    file, reading, suspects = portion.file, Reading(portion.file), Suspects()
    if not portion.first:
        suspects.columns(file, reading.head)
    rows = own_ids = parts = 0
    plain_ids, has_addresses = True, False
    days: list[dt.date] = []
    for first, cells in batches_in(portion, reading):
        suspect_by_themselves(suspects, file, first, cells)
        for sort, mask in _doubts(file.section, cells, known):
            suspects.add(file, sort, first + np.flatnonzero(mask))
        if file.section not in KEYED:
            plain_ids = plain_ids and are_plain(text_column(cells, "id"))
        if file.section == "documents":
            days += filter(None, [_latest_day(cells)])
            has_addresses = has_addresses or any(_given(cells, name) for name in ("url", "archive"))
        elif file.section == "claims":
            parts += _given(cells, "part_of")
        else:
            own_ids += _given(cells, "id")
        rows += rows_said(cells)
    day = max(days, default=None)
    return Look(file.section, rows, day, own_ids, parts, plain_ids, has_addresses, suspects, reading.problems)


def _given(cells: pa.Table, name: str) -> int:
    texts = text_column(cells, name)
    return len(texts) - int(texts.null_count)


def _latest_day(cells: pa.Table) -> dt.date | None:
    """The latest day of documents; where a date of them cannot be read, that is told, and no day is needed."""
    try:
        return latest(day for name in DATES for day in coded(cells, "documents", name).values)
    except BadRequest:
        return None


def _doubts(section: str, cells: pa.Table, known: Known) -> Iterator[tuple[str, Bools]]:
    if section == "claims":
        parties = register(known.parties)
        for name in ("favours", "harms"):
            yield f"{name} who", name_nothing_known(cells, section, name, parties)
        yield "due", fall_due_in_vain(cells)
    elif section == "documents":
        ids = text_column(cells, "id")
        yield "id of another", are_among(ids, pa.concat_arrays([known.sources, known.speakers]))
        yield "source", are_lost(text_column(cells, "source"), known.sources)
        yield "itself", name_themselves(cells, section, ids) | _equal(text_column(cells, "same_text_as"), ids)
    elif section == "findings":
        yield "itself", name_themselves(cells, section, text_column(cells, "document"))
    else:
        yield "speaker", are_lost(text_column(cells, "speaker"), known.speakers)


def _equal(one: pa.Array, other: pa.Array) -> Bools:
    return pc.equal(one, other).fill_null(False).to_numpy(zero_copy_only=False)  # noqa: FBT003 - the value to fill with
