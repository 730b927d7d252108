"""Every row of every section as one kind of record, so that one shuffle brings together all that is said of a claim.

A record has the claim that it is filed under, its section, where it stands, and the cells of the row in columns without
names: those of FIELDS, in that order. What names a document has its id in the first of them, and gets the cells of that
document beside its own. Only what a verdict is made of is carried; notes and titles stay where they are.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, TypeVar

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from claims.collection.cells import list_column, text_column
from claims.collection.documents import originals
from claims.collection.lookups import with_sound_lists
from claims.collection.texts import COPY_OF

if TYPE_CHECKING:
    from collections.abc import Mapping

    from claims.tables.columns import Ints

FIELDS: Final[Mapping[str, tuple[str, ...]]] = {
    "claims": ("kind", "due", "quantity", "place", "when", "favours", "harms", "searches"),
    "statements": ("document", "speaker", "stance", "value", "quote", "id", "date"),
    "findings": ("document", "stance", "basis", "credibility", "value", "when", "place", "relies_on", "id"),
    "documents": ("id",),
}
"""What a verdict is made of, or is checked, by section, beside the claim. Documents are filed under each claim that
leads to them."""
OF_DOCUMENT: Final = ("source", "published", "retracted", "relies_on", "same_text_as", COPY_OF)
"""What it is made of of a document."""
CLAIM_KEY: Final[Mapping[str, str]] = {"claims": "id", "statements": "claim", "findings": "claim"}
SECTIONS: Final = tuple(FIELDS)
DOCUMENTS: Final = SECTIONS.index("documents")
Place = TypeVar("Place", int, "Ints")
CELLS: Final = tuple(f"cell_{n}" for n in range(max(map(len, FIELDS.values()))))
BESIDE: Final = tuple(f"document_{name}" for name in OF_DOCUMENT)
TEXT: Final = pa.string()
AT: Final = "at"
FILE_BITS: Final = 40
"""Above them in a place stands the number of the table, below them that of the row."""
UNFILED: Final = pa.schema(
    [("claim", TEXT), ("section", pa.int8()), ("at", pa.int64()), *((name, TEXT) for name in CELLS)]
)
"""A record before it has the cells of its document. `at`: the row that it is made of, or that leads to it."""
LED_TO: Final = pa.list_(pa.struct([("id", TEXT), *((name, TEXT) for name in BESIDE)]))
RECORD: Final = pa.schema([*UNFILED, *((name, TEXT) for name in BESIDE), ("more", LED_TO)])
"""A record with the cells of its document, and those of all others that this one leads to."""
LINKED: Final = pa.schema(
    [("id", TEXT), ("at", pa.int64()), *((name, TEXT) for name in BESIDE), ("links", pa.list_(TEXT))]
)
"""A document: its cells, and the documents that it relies on or carries the text of."""


def places(file: int, first: int, rows: int) -> Ints:
    """The places of some rows of a table, by its number and that of the first row."""
    return (file << FILE_BITS) + first + np.arange(rows)


def placed(place: Place) -> tuple[Place, Place]:
    """The number of the table, and that of the row in it, of a place; or of each of several."""
    return place >> FILE_BITS, place & ((1 << FILE_BITS) - 1)


def read_by(section: str) -> tuple[str, ...]:
    """The columns of a section that are read."""
    if section == "documents":
        return ("id", *OF_DOCUMENT)
    return (CLAIM_KEY[section], *FIELDS[section])


def records_of(table: pa.Table, section: str, at: Ints, origins: pa.Array) -> pa.Table:
    """The rows of claims, statements or findings as UNFILED, then one of a document for each that a finding relies on.

    at: the place of each row. origins: the ids of sources and speakers, which are no documents.
    """
    claim = text_column(table, CLAIM_KEY[section])
    own = _records(claim, section, at, [text_column(table, name) for name in FIELDS[section]])
    if section != "findings" or "relies_on" not in table.column_names:
        return own
    leaves, documents = _linked_documents(table, section, origins)
    return pa.concat_tables([own, _records(claim.take(pa.array(leaves)), "documents", at[leaves], [documents])])


def linked(table: pa.Table, at: Ints, origins: pa.Array) -> pa.Table:
    """The rows of a table of documents as LINKED; at, origins: as for `records_of`."""
    relied, targets = _linked_documents(table, "documents", origins)
    same = originals(table)
    rows = np.concatenate([relied, np.flatnonzero(same.is_valid())])
    order = pa.array(np.argsort(rows, kind="stable"))
    edges = np.concatenate([[0], np.cumsum(np.bincount(rows, minlength=len(table)))])
    named = pa.concat_arrays([targets, same.drop_null()])
    links = pa.ListArray.from_arrays(pa.array(edges, pa.int32()), named.take(order))
    cells = [text_column(table, name) for name in OF_DOCUMENT]
    return pa.table([text_column(table, "id"), pa.array(at), *cells, links], schema=LINKED)


def sections_of(records: pa.Table) -> dict[str, pa.Table]:
    """Records of some claims as tables of text, one a section: the part that `verdicts_of` takes."""
    is_claim = pc.equal(records["section"], SECTIONS.index("claims"))
    tables = {name: _section(records, name) for name in CLAIM_KEY}
    return tables | {"documents": _documents(records.filter(pc.invert(is_claim)))}


def _records(claim: pa.Array, section: str, at: Ints, cells: list[pa.Array]) -> pa.Table:
    number = pa.repeat(pa.scalar(SECTIONS.index(section), pa.int8()), len(claim))
    rest = [pa.nulls(len(claim), TEXT)] * (len(CELLS) - len(cells))
    return pa.table([claim, number, pa.array(at), *cells, *rest], schema=UNFILED)


def _linked_documents(table: pa.Table, section: str, origins: pa.Array) -> tuple[Ints, pa.Array]:
    """(row, id) of each document in a column `relies_on`."""
    starts, names = list_column(with_sound_lists(table, "relies_on"), section, "relies_on")
    kept = pc.invert(pc.is_in(names, value_set=origins))
    leaves = np.repeat(np.arange(len(table)), np.diff(starts))
    return leaves[kept.to_numpy(zero_copy_only=False)], names.filter(kept)


def _section(records: pa.Table, name: str) -> pa.Table:
    own = records.filter(pc.equal(records["section"], SECTIONS.index(name)))
    columns = [own["claim"], own["at"], *(own[cell] for cell in CELLS[: len(FIELDS[name])])]
    return pa.table(columns, names=[CLAIM_KEY[name], AT, *FIELDS[name]])


def _documents(records: pa.Table) -> pa.Table:
    """Each document that the records name or lead to, once: all that is beside its id is alike wherever it stands."""
    names = ["id", AT, *OF_DOCUMENT]
    own = records.select([CELLS[0], AT, *BESIDE]).rename_columns(names)
    more = records.filter(records["more"].is_valid())
    led_to = pa.Table.from_struct_array(pc.list_flatten(more["more"]))
    at = more[AT].take(pc.list_parent_indices(more["more"]))
    others = pa.table([led_to["id"], at, *(led_to[name] for name in BESIDE)], names=names)
    every = pa.concat_tables([own, others])
    places = pa.table({"id": every["id"], "place": np.arange(len(every))})
    first = places.group_by("id", use_threads=False).aggregate([("place", "min")])["place_min"]
    return every.take(first)
