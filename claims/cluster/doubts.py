"""Which rows may be wrong, where it takes all that is said of a claim to see it: they are read again, and told.

Suspected are, of a part: ids that stand twice, names of what is not there, findings relayed from nowhere, and those
without a stance that figures do not decide. Odd are findings and statements at odds with their claim or document.
"""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from claims.collection.cells import fitted, text_column
from claims.collection.flaws import are_relayed_from_nowhere, are_silent, are_undecided
from claims.collection.lookups import places
from claims.collection.oddities import are_said_after, have_idle_reliance, last_days, odd_figures, until_never
from claims.read.crowds import MOST_TOLD

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from claims.tables.columns import Ints

    Part = Mapping[str, pa.Table]

DOUBT: Final = pa.schema([("doubt", pa.string()), ("at", pa.int64()), ("times", pa.int64())])
"""A sort of doubt, the place of a row, and how many rows it stands for: one, and the last of a sort all that follow."""
ODD: Final = "odd: "
"""Before the sorts of which warnings are told, as `claims.collection.suspects` calls them."""
MISSING: Final = ("no claim", "no document", "no reference")
"""The sorts that leave a part which cannot be judged."""


def doubts_in(part: Part, tolerance: float) -> pa.Table:
    """DOUBT: the rows of a part that may be wrong, of each sort the first by place."""
    found = chain(_doubts(part, tolerance), _oddities(part, tolerance))
    return pa.concat_tables([_rows(sort, at) for sort, at in found], promote_options="none")


def _rows(sort: str, at: pa.ChunkedArray) -> pa.Table:
    first = at.take(pc.sort_indices(at)).slice(0, MOST_TOLD)
    times = np.ones(len(first), dtype=np.int64)
    times[-1:] += len(at) - len(first)
    return pa.table([pa.repeat(sort, len(first)), first, times], schema=DOUBT)


def _doubts(part: Part, tolerance: float) -> Iterator[tuple[str, pa.ChunkedArray]]:
    claims, documents = part["claims"], part["documents"]
    unknown = documents.filter(pc.is_null(documents["source"]))["id"]
    yield "id twice", _twice(claims, ["id"])
    for section, key in (("statements", ["claim", "document", "speaker"]), ("findings", ["claim", "document"])):
        table = part[section]
        yield "no claim", table.filter(pc.invert(pc.is_in(table["claim"], value_set=claims["id"])))["at"]
        yield "no document", table.filter(pc.is_in(table["document"], value_set=unknown))["at"]
        yield "key twice", _twice(table.filter(pc.is_null(table["id"])), key)
    if len(unknown):
        yield "no reference", documents.filter(pc.is_null(documents["source"]))["at"]
    yield "relayed", _relayed(part["findings"], documents)
    yield "stance", _open(part["findings"], claims, tolerance)


def _oddities(part: Part, tolerance: float) -> Iterator[tuple[str, pa.ChunkedArray]]:
    findings, statements, documents = part["findings"], part["statements"], part["documents"]
    if len(findings):
        is_copy = text_column(documents, "same_text_as").is_valid().to_numpy(zero_copy_only=False)
        idle = have_idle_reliance(findings, np.append(is_copy, False)[_documents_of(findings, documents)])
        yield f"{ODD}idle-key", findings.filter(pa.array(idle))["at"]
        yield from _odd_figures(findings, part["claims"], tolerance)
    if len(statements):
        until = until_never(last_days(text_column(documents, "published"), "documents", "published"))
        early = are_said_after(statements, until[_documents_of(statements, documents)])
        yield f"{ODD}dates-out-of-order", statements.filter(pa.array(early))["at"]


def _documents_of(said: pa.Table, documents: pa.Table) -> Ints:
    """The place of the document of each row, or -1."""
    return places(text_column(said, "document"), text_column(documents, "id"))[0]


def _odd_figures(findings: pa.Table, claims: pa.Table, tolerance: float) -> Iterator[tuple[str, pa.ChunkedArray]]:
    given = findings.filter(pc.is_valid(findings["value"]))
    for sort, mask in odd_figures(*_figures(given, claims), text_column(given, "stance"), tolerance):
        yield f"{ODD}{sort}", given.filter(pa.array(mask))["at"]


def _twice(table: pa.Table, key: list[str]) -> pa.ChunkedArray:
    """The places of rows that have a key in common."""
    own = table.select([*key, "at"])
    seen = own.group_by(key, use_threads=False).aggregate([("at", "count")])
    again = seen.filter(pc.greater(seen["at_count"], 1)).select(key)
    if not len(again):
        return own["at"].slice(0, 0)
    return own.join(again, key, join_type="left semi", use_threads=False)["at"]


def _relayed(findings: pa.Table, documents: pa.Table) -> pa.ChunkedArray:
    """Findings that are relayed, with nothing named by them or by their document that they have it from."""
    silent = np.append(are_silent(documents), True)[_documents_of(findings, documents)]
    return findings.filter(pa.array(are_relayed_from_nowhere(findings, silent)))["at"]


def _open(findings: pa.Table, claims: pa.Table, tolerance: float) -> pa.ChunkedArray:
    """Findings without a stance, which their figures do not decide."""
    unsaid = findings.filter(pc.is_null(findings["stance"]))
    undecided = are_undecided(*_figures(unsaid, claims), tolerance)
    return unsaid.filter(pa.array(undecided))["at"]


def _figures(findings: pa.Table, claims: pa.Table) -> tuple[Ints, list[Any], Ints, list[Any]]:
    """Of each finding the figure that its claim asks for, and the one that it says: codes, and what they are of."""
    asked, quantities = fitted("claims", "quantity", text_column(claims, "quantity"))
    place, _ = places(text_column(findings, "claim"), text_column(claims, "id"))
    return np.append(asked, -1)[place], quantities, *fitted("findings", "value", text_column(findings, "value"))
