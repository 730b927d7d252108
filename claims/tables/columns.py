"""Every shape that crosses a room, in one place, with units; checked at the door.

Entries are coded as whole numbers: the position of their id in the table of their kind, ids ascending. Origins are
sources first, then speakers. A link's target is an origin's code, or `len(origins)` plus a document's code. Days are
proleptic Gregorian ordinals; NO_DAY where no date is known. -1 stands for no entry.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from collections.abc import Mapping

Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]
Floats = NDArray[np.float64]
Column = NDArray[Any]
Codes = NDArray[np.signedinteger[Any]]
"""Whole numbers, as narrow as they fit: multiply them only after widening."""

NO_DAY: Final = np.iinfo(np.int64).min
STANCES: Final = ("supports", "partly-supports", "contradicts", "repeats", "mentions")
SUPPORTS, PARTLY, CONTRADICTS, REPEATS, MENTIONS = range(5)
KNOWS_ITSELF: Final = ("witnessed", "imagery", "record", "own-sources")
"""The bases on which a document's own source is an origin."""

OTHER_UNIT, OTHER_TIME, OTHER_PLACE = 1, 2, 4
"""Bits of `mismatch`: in what the finding does not speak of the claim."""

Shape = dict[str, str]

CLAIMS: Final[Shape] = {
    "id": "str",
    "begins": "int64",  # first day of the claim's `when`, or NO_DAY
    "checkable": "bool",  # neither an opinion nor a prediction or promise that is not yet due
    "searches": "int64",
}
ORIGINS: Final[Shape] = {
    "id": "str",
    "letter": "int64",  # position of the reliability in A to F
    "party": "int64",
    "owner": "int64",  # equal for sources with one owner, an owner and what it owns, a speaker and his own voice
}
DOCUMENTS: Final[Shape] = {
    "id": "str",
    "source": "int64",  # origin code
    "ends": "int64",  # last day on which it can have been published, or NO_DAY
    "retracted": "bool",
    "later": "bool",  # published after the report's date
    "same_text_as": "int64",  # document code, or -1
}
DOCUMENT_LINKS: Final[Shape] = {"document": "int64", "target": "int64"}
FINDINGS: Final[Shape] = {
    "id": "str",
    "claim": "int64",
    "document": "int64",
    "stance": "int64",  # position in STANCES
    "digit": "int64",  # credibility 1 to 6, or 0 where none is given
    "knows_itself": "bool",  # its basis makes the document's own source an origin
    "own_links": "bool",  # `relies_on` is its own, also where it is empty
    "mismatch": "int64",
}
FINDING_LINKS: Final[Shape] = {"finding": "int64", "target": "int64"}
CLAIM_SPEAKERS: Final[Shape] = {"claim": "int64", "origin": "int64"}
INTERESTS: Final[Shape] = {"claim": "int64", "party": "int64", "gains": "bool"}


class Table:
    """A table as columns of equal length by name; a data frame would take longer to ask than to read."""

    def __init__(self, columns: Mapping[str, Column]) -> None:
        self._columns = dict(columns)

    def __getitem__(self, name: str) -> Column:
        """The column of that name."""
        return self._columns[name]

    def __len__(self) -> int:
        """The number of rows."""
        return len(next(iter(self._columns.values())))

    @property
    def columns(self) -> tuple[str, ...]:
        """The names of the columns, in order."""
        return tuple(self._columns)

    def take(self, rows: Ints | slice) -> Table:
        """The table with these rows alone, in that order."""
        return Table({name: column[rows] for name, column in self._columns.items()})


@dataclass(frozen=True, slots=True)
class Tables:
    """A collection as columns: what the kernel sees, and all that it sees.

    claims: CLAIMS. origins: ORIGINS. documents: DOCUMENTS. document_links, finding_links: what relies on what, in the
    order given. findings: FINDINGS, by claim. speakers: CLAIM_SPEAKERS, whose word on a claim is the claim itself.
    interests: INTERESTS, who gains by a claim and who loses; a party is in at most one row of a claim.
    """

    claims: Table
    origins: Table
    documents: Table
    document_links: Table
    findings: Table
    finding_links: Table
    speakers: Table
    interests: Table


def ints(table: Table, name: str) -> Ints:
    """A column of whole numbers."""
    return np.asarray(table[name], dtype=np.int64)


def codes(table: Table, name: str) -> Codes:
    """A column of whole numbers, as narrow as the table holds it."""
    return np.asarray(table[name])


def counted(code: Codes, size: int) -> Ints:
    """How often each code from 0 to `size` occurs."""
    return np.bincount(code.astype(np.int64, copy=False), minlength=size)


def narrow(limit: int) -> type[np.int32 | np.int64]:
    """The narrower type that holds whole numbers up to that limit."""
    return np.int32 if limit <= np.iinfo(np.int32).max else np.int64


def differs(key: Ints) -> Bools:
    """Whether each of sorted keys differs from the one before; the first does."""
    first = np.ones(len(key), dtype=bool)
    np.not_equal(key[1:], key[:-1], out=first[1:])
    return first


def found_in(keys: Ints, key: Ints) -> tuple[Ints, Bools]:
    """(place, whether it is there) of each key among sorted ones."""
    place = np.searchsorted(keys, key)
    if not len(keys):
        return place, np.zeros(len(key), dtype=bool)
    place = np.minimum(place, len(keys) - 1)
    return place, keys[place] == key


def bools(table: Table, name: str) -> Bools:
    """A column of truth values."""
    return np.asarray(table[name], dtype=np.bool_)


def ids(table: Table) -> NDArray[np.object_]:
    """The ids of a table's entries, by code."""
    return np.asarray(table["id"], dtype=np.object_)


def table(shape: Shape, columns: Mapping[str, object]) -> Table:
    """A table of exactly that shape. Raises ValueError where a column lacks, is not known or does not fit."""
    if set(shape) != set(columns):
        raise ValueError(f"columns {sorted(columns)} are not {sorted(shape)}")
    return Table(
        {name: np.asarray(columns[name], dtype=object if kind == "str" else kind) for name, kind in shape.items()}
    )
