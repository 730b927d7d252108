"""Rows that have something in common which they should not, and quotes: gathered by workers, told by one machine.

Workers find the rows that share an address, a text or the looks of an id, documents on a circle, and statements whose
quote can be looked for. These are few, and are judged by the functions that do it for a collection on one machine.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from claims.cluster.records import FILE_BITS, placed
from claims.collection.cells import text_column
from claims.collection.likenesses import Rows, addresses_in, alike, knots, leads_of, number_of, same_documents
from claims.collection.lookups import stand_twice
from claims.collection.misquotes import MADE_OF, are_exact, misquoted
from claims.read.ledger import SECTIONS
from claims.read.lookalikes import folded
from claims.tables.columns import found_in

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from claims.collection.files import TableFile
    from claims.collection.likenesses import Numbers
    from claims.collection.suspects import Likeness
    from claims.collection.texts import Stored
    from claims.tables.columns import Ints

TEXT: Final = pa.string()
DOCUMENT: Final = pa.schema([("id", TEXT), ("same_text_as", TEXT), ("at", pa.int64())])
"""A document: whose copy it is, and where it stands."""
NUMBERED: Final = pa.schema([("number", pa.int64()), ("slot", pa.int8()), *DOCUMENT])
"""A document, and one of the numbers that it may have in common with another, of its address, its archive, its text."""
ADDRESSED: Final = ("id", "same_text_as", "url", "archive")
FOLDED: Final = pa.schema([("fold", TEXT), ("id", TEXT), ("is_odd", pa.bool_()), ("at", pa.int64())])
"""An id, what a reader sees of it, whether it is in more than plain letters, and where it stands."""
QUOTED: Final = pa.schema([*((name, TEXT) for name in MADE_OF), ("at", pa.int64())])
"""A statement with a quote that can be looked for, and where it stands."""
N_SLOTS: Final = 3


class Digests(NamedTuple):
    """The numbers of stored texts, by the places of their documents, in order."""

    at: Ints
    number: Numbers


def digests_of(stored: Stored, number: Mapping[TableFile, int]) -> Digests:
    """Those of a collection; number: that of each table."""
    found = sorted(((number[file] << FILE_BITS) + row, number_of(digest)) for file, row, digest in stored.texts_of_rows)
    at, numbers = zip(*found, strict=True) if found else ((), ())
    return Digests(np.array(at, dtype=np.int64), np.array(numbers, dtype=np.uint64))


def numbered(cells: pa.Table, at: Ints, digests: Digests) -> pa.Table:
    """The documents with a number to be had in common, as NUMBERED, once for each. at: the place of each row."""
    numbers = np.zeros((len(cells), N_SLOTS), dtype=np.uint64)
    addresses = addresses_in(cells)
    if addresses is not None:
        numbers[:, : addresses.shape[1]] = addresses
    place, has_text = found_in(digests.at, at)
    numbers[has_text, -1] = digests.number[place[has_text]]
    row, slot = np.nonzero(numbers)
    own = [text_column(cells, name).take(pa.array(row)) for name in ("id", "same_text_as")]
    number = numbers[row, slot].view(np.int64)
    return pa.table([pa.array(number), pa.array(slot.astype(np.int8)), *own, pa.array(at[row])], schema=NUMBERED)


def alike_documents(sharing: pa.Table, led_to: pa.Table, files: Sequence[TableFile]) -> Iterator[Likeness]:
    """Documents with one address or text that are not said to be copies of one original.

    sharing: NUMBERED, all that have a number in common. led_to: DOCUMENT, whose copies these are, and all that have the
    id of one of either.
    """
    every = pa.concat_tables([sharing.select(DOCUMENT.names), led_to]).combine_chunks()
    at, first = np.unique(every["at"].to_numpy(), return_index=True)
    documents = every.take(pa.array(first))
    numbers = np.zeros((len(at), N_SLOTS), dtype=np.uint64)
    row = np.searchsorted(at, sharing["at"].to_numpy())
    numbers[row, sharing["slot"].to_numpy()] = sharing["number"].to_numpy().view(np.uint64)
    ids = text_column(documents, "id")
    leads = leads_of(text_column(documents, "same_text_as"), ids, stand_twice(ids))
    return same_documents(numbers, leads, _rows(at, files))


def tied_documents(documents: pa.Table, files: Sequence[TableFile]) -> Iterator[Likeness]:
    """Documents that rely on each other in circles.

    documents: id, relies_on and at of all that lead back to themselves.
    """
    documents = documents.sort_by("at").combine_chunks()
    return knots(documents, stand_twice(text_column(documents, "id")), _rows(documents["at"].to_numpy(), files))


def folds(cells: pa.Table, at: Ints) -> pa.Table:
    """The ids of some rows as FOLDED. at: the place of each row."""
    every = text_column(cells, "id")
    ids, places = every.drop_null(), pa.array(at).filter(every.is_valid())
    is_odd = pc.invert(pc.string_is_ascii(ids))
    looks = pa.array(map(folded, ids.filter(is_odd).to_pylist()), TEXT)
    return pa.table([pc.replace_with_mask(ids, is_odd, looks), ids, is_odd, places], schema=FOLDED)


def alike_ids(seen: pa.Table, files: Sequence[TableFile]) -> Iterator[Likeness]:
    """Ids that look the same and are not. seen: FOLDED, all whose looks are those of an odd one."""
    groups: dict[str, list[tuple[tuple[int, int], str, int]]] = {}
    order = {section: n for n, section in enumerate(SECTIONS)}
    for row in seen.to_pylist():
        place = order[files[placed(row["at"])[0]].section], row["at"]
        groups.setdefault(row["fold"], []).append((place, row["id"], row["at"]))
    ordered = ([(name, _place(at, files)) for _, name, at in sorted(group)] for group in groups.values())
    return alike(ordered, {file: n for n, file in enumerate(files)})


def quoted(cells: pa.Table, at: Ints, documents: pa.Array) -> pa.Table:
    """The statements with a quote that can be looked for, as QUOTED. documents: those with a stored text."""
    columns = [text_column(cells, name) for name in MADE_OF]
    return pa.table([*columns, pa.array(at)], schema=QUOTED).filter(pa.array(are_exact(cells, documents)))


def misquotes(statements: pa.Table, stored: Stored) -> list[int]:
    """The places of statements whose quote is not in the text. statements: QUOTED."""
    wrong = misquoted(statements, stored.texts)
    return [*statements["at"].filter(pa.array(wrong)).to_pylist()]


def _rows(at: Ints, files: Sequence[TableFile]) -> Rows:
    return Rows(files, *placed(at))


def _place(at: int, files: Sequence[TableFile]) -> tuple[TableFile, int]:
    file, row = placed(at)
    return files[file], row
