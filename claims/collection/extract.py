"""One claim of a collection as a case of its own: with all that is said of it, and the documents that this reaches."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from claims.collection.batches import Reading
from claims.collection.cells import list_column, text_column
from claims.collection.faults import tree_of_rows
from claims.collection.texts import digest_with, stored_texts
from claims.model.errors import BadRequest, NotFound
from claims.model.when import parse_when
from claims.read.assembly import case_from
from claims.read.entries import ledger_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from claims.collection.files import Collection, TableFile
    from claims.model.case import Case
    from claims.tables.columns import Ints

WHOLE: Final = ("parties", "sources", "speakers")
LEADS: Final = ("id", "relies_on", "same_text_as", "published", "retrieved")
MOST_NAMED: Final = 5
"""Claims that are named where several begin alike."""

Rows = dict["TableFile", set[int]]


def case_about(collection: Collection, claim: str) -> Case:
    """The case of one claim, by its id or a beginning that no other id has. The collection must be sound.

    The document that bears the latest date is in it as well: it decides as which day predictions are judged.
    Raises `NotFound`, and `BadRequest` where several ids begin so.
    """
    name = _chosen(collection, claim)
    rows: Rows = {}
    for section in WHOLE:
        for file in collection.of(section):
            for batch in Reading(file).batches(("id",)):
                _add(rows, file, batch.first + np.arange(len(batch.cells)))
    _matching(collection, "claims", "id", name, rows)
    waiting: set[str] = set()
    for section in ("statements", "findings"):
        waiting |= _matching(collection, section, "claim", name, rows)
    stored = stored_texts(collection)
    _documents(collection, waiting, rows, stored.leads(collection.policy.near_duplicate))
    trees = {file.name: tree_of_rows(file, sorted(found)) for file, found in rows.items() if found}
    ledger, drafts = ledger_of(trees)
    if any(draft.severity == "error" for draft in drafts):
        raise BadRequest("the collection has errors: `claims check` tells them")
    case = case_from(collection.root, collection.header, collection.policy, ledger, trees)
    texts = {one.id: stored.texts[one.id] for one in case.documents if one.id in stored.texts}
    return replace(case, digest=digest_with(collection, stored), texts=texts)


def _chosen(collection: Collection, claim: str) -> str:
    """The id that is meant."""
    alike: list[str] = []
    for file in collection.of("claims"):
        for batch in Reading(file).batches(("id",)):
            ids = text_column(batch.cells, "id")
            alike += ids.filter(pc.starts_with(ids, claim)).to_pylist()
    if claim in alike or len(alike) == 1:
        return claim if claim in alike else alike[0]
    if not alike:
        raise NotFound("claim", claim)
    raise BadRequest(f"several claims begin with {claim!r}: {', '.join(sorted(alike)[:MOST_NAMED])}")


def _add(rows: Rows, file: TableFile, numbers: Iterable[int]) -> None:
    rows.setdefault(file, set()).update(int(number) for number in numbers)


def _matching(collection: Collection, section: str, key: str, name: str, rows: Rows) -> set[str]:
    """Add the rows of a section with that name under a key; the documents that they name."""
    named: set[str] = set()
    for file in collection.of(section):
        for batch in Reading(file).batches((key, "document", "relies_on")):
            mask = pc.equal(text_column(batch.cells, key), name).fill_null(False)  # noqa: FBT003 - what to fill with
            found = np.flatnonzero(mask.to_numpy(zero_copy_only=False))
            if len(found):
                _add(rows, file, batch.first + found)
                chosen = batch.cells.take(pa.array(found))
                named.update(text_column(chosen, "document").drop_null().to_pylist())
                if section == "findings":
                    named.update(list_column(chosen, section, "relies_on")[1].to_pylist())
    return named


def _documents(collection: Collection, waiting: set[str], rows: Rows, copies: tuple[Mapping[str, str], ...]) -> None:
    """Add the documents of these names with all that they lead to, and the one that bears the latest date."""
    files, tables, numbers = collection.of("documents"), [], []
    for n, file in enumerate(files):
        for batch in Reading(file).batches(LEADS):
            tables.append(pa.table({name: text_column(batch.cells, name) for name in LEADS}))
            numbers.append(np.stack([np.full(len(batch.cells), n), batch.first + np.arange(len(batch.cells))]))
    if not tables or not sum(map(len, tables)):
        return
    table, of = pa.concat_tables(tables).combine_chunks(), np.concatenate(numbers, axis=1)
    ids, known = text_column(table, "id"), set[str]()
    chosen: list[Ints] = []
    waiting = waiting.union(ids.take(pa.array(_latest(table))).to_pylist())
    while waiting:
        known |= waiting
        found = np.flatnonzero(pc.is_in(ids, value_set=pa.array(sorted(waiting))).to_numpy(zero_copy_only=False))
        chosen.append(found)
        reached = table.take(pa.array(found))
        onward = [list_column(reached, "documents", "relies_on")[1], text_column(reached, "same_text_as").drop_null()]
        waiting = {name for names in onward for name in names.to_pylist()}
        waiting.update(own[name] for own in copies for name in known if name in own)
        waiting -= known
    for n, row in of[:, np.unique(np.concatenate([*chosen, np.zeros(0, dtype=np.int64)]))].T.tolist():
        _add(rows, files[n], (row,))


def _latest(table: pa.Table) -> Ints:
    """The row of the document that bears the latest date; none where none bears any."""
    best: tuple[int, int] | None = None
    for name in ("published", "retrieved"):
        texts = text_column(table, name)
        different = pc.unique(texts.drop_null()).to_pylist()
        if different:
            last = max(different, key=lambda text: parse_when(text).start)
            day, row = parse_when(last).start.toordinal(), pc.index(texts, last).as_py()
            best = max(best or (day, row), (day, row))
    return np.array([best[1]] if best else [], dtype=np.int64)
