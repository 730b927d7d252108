"""One claim of a collection as a case of its own: with all that is said of it, and the documents that this reaches."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from claims.collection.batches import Reading
from claims.collection.cells import fitting, list_column, text_column
from claims.collection.coding import SHARED
from claims.collection.documents import KEPT, kept_columns
from claims.collection.faults import problems_among, tree_of_rows
from claims.collection.suspects import Suspects
from claims.collection.texts import digest_with, stored_texts, with_copies
from claims.collection.unread import is_whole
from claims.model.errors import CaseProblems
from claims.read.assembly import case_from
from claims.read.entries import ledger_of
from claims.read.problems import by_place

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Iterator

    from claims.collection.batches import Batch
    from claims.collection.files import Collection, TableFile
    from claims.collection.texts import Stored
    from claims.model.case import Case
    from claims.model.problem import Problem
    from claims.tables.columns import Ints

SAID: Final = ("claim", "speaker", "document", "relies_on")
MOST_COMPARED: Final = 100_000
"""Ids among which it is looked for those that look like one that is not there."""

Rows = dict["TableFile", set[int]]


class Extract(NamedTuple):
    """One claim of a collection as a case of its own, and what helps to take out others."""

    collection: Collection
    case: Case
    documents: Shelf


class Shelf:
    """All documents of a collection, as columns, and the table and row of each; what each leads to is found in them."""

    def __init__(self, collection: Collection, stored: Stored, problems: list[Problem]) -> None:
        self.files, self.stored = collection.of("documents"), stored
        self.threshold = collection.policy.near_duplicate
        read, places = [pa.table({name: pa.array([], pa.string()) for name in KEPT})], [np.zeros((2, 0), np.int64)]
        for n, file in enumerate(self.files):
            for batch in _batches(file, KEPT, problems):
                read.append(kept_columns(batch.cells, KEPT))
                places.append(np.stack([np.full(len(batch.cells), n), batch.first + np.arange(len(batch.cells))]))
        self.table, self.places = pa.concat_tables(read).combine_chunks(), np.concatenate(places, axis=1)
        self._leads = stored.leads(self.threshold)

    def reached(self, names: Iterable[str]) -> Ints:
        """Where the documents of these names stand, and all that they lead to on any day."""
        ids, known, waiting = text_column(self.table, "id"), set[str](), set(names)
        found = [np.zeros(0, dtype=np.int64)]
        while waiting:
            known |= waiting
            own = pc.is_in(ids, value_set=pa.array(sorted(waiting), pa.string())).to_numpy(zero_copy_only=False)
            found.append(np.flatnonzero(own))
            there = self.table.take(pa.array(found[-1]))
            onward = [list_column(there, "documents", "relies_on")[1], text_column(there, "same_text_as").drop_null()]
            waiting = {name for names in onward for name in names.to_pylist()}
            waiting.update(own[name] for own in self._leads for name in known if name in own)
            waiting -= known
        return np.unique(np.concatenate(found))

    def of(self, names: Iterable[str], as_of: dt.date | None) -> pa.Table:
        """The documents of these names with all that they lead to, and of which text each was nearly a copy then."""
        found = self.table.take(pa.array(self.reached(names)))
        own = [name for name in text_column(found, "id").to_pylist() if name in self.stored.published]
        return with_copies(found, self.stored.copies(self.threshold, as_of, own))

    def latest(self) -> list[str]:
        """The document that bears the latest date; none where none bears any."""
        dated: list[tuple[dt.date, str]] = []
        for name in ("published", "retrieved"):
            texts = text_column(self.table, name)
            different = pc.unique(texts.drop_null()).to_pylist()
            days = fitting("documents", name, different)
            found = [(day.start, text) for day, text in zip(days, different, strict=True) if day]
            if found:
                day, text = max(found)
                dated.append((day, text_column(self.table, "id")[pc.index(texts, text).as_py()].as_py() or ""))
        return [max(dated)[1]] if dated else []


def ids_like(collection: Collection, beginning: str) -> list[str]:
    """Ids of claims that begin so; where none does, all of them, unless they are too many to compare with.

    Raises `CaseProblems` where none does, and it may be that one in what cannot be read would.
    """
    alike: list[str] = []
    others: list[str] = []
    for file in collection.of("claims"):
        for batch in Reading(file).batches(("id",)):
            ids = text_column(batch.cells, "id").drop_null()
            alike += ids.filter(pc.starts_with(ids, beginning)).to_pylist() if beginning else []
            others += ids.slice(0, MOST_COMPARED + 1 - len(others)).to_pylist()
    if alike:
        return alike
    unread = [*collection.problems]
    for file in collection.of("claims"):
        for _ in _batches(file, ("id",), unread):
            pass
    if not is_whole(unread):
        raise CaseProblems(by_place(unread))
    return others if len(others) <= MOST_COMPARED else []


def case_about(collection: Collection, claim: str) -> Extract:
    """The case of the claim that has this id.

    The document that bears the latest date is in it as well: it decides as which day predictions are judged. Raises
    `CaseProblems` where there are errors in what is taken out; the rest of the collection is not looked at.
    """
    stored = stored_texts(collection)
    digest = digest_with(collection, stored)
    rows: Rows = defaultdict(set)
    problems: list[Problem] = []
    for section in SHARED:
        for file in collection.of(section):
            for batch in _batches(file, ("id",), problems):
                rows[file].update(range(batch.first, batch.first + len(batch.cells)))
    for file, row, _ in _matching(collection, "claims", "id", claim, problems):
        rows[file].update(row)
    named: set[str] = set()
    for section in ("statements", "findings"):
        for file, row, cells in _matching(collection, section, "claim", claim, problems):
            rows[file].update(row)
            named.update(documents_named(cells, section))
    documents = Shelf(collection, stored, problems)
    for n, row in documents.places[:, documents.reached([*named, *documents.latest()])].T.tolist():
        rows[documents.files[n]].add(row)
    case = _case(collection, {file: sorted(own) for file, own in rows.items() if own}, problems)
    texts = {one.id: stored.texts[one.id] for one in case.documents if one.id in stored.texts}
    return Extract(collection, replace(case, digest=digest, texts=texts), documents)


def documents_named(cells: pa.Table, section: str) -> set[str]:
    """What findings, or statements, are in, and what they say themselves that they rely on."""
    named = set(text_column(cells, "document").drop_null().to_pylist())
    return named | (set(list_column(cells, section, "relies_on")[1].to_pylist()) if section == "findings" else set())


def _case(collection: Collection, rows: dict[TableFile, list[int]], problems: list[Problem]) -> Case:
    """The case that these rows make, without stored texts and digest. Raises `CaseProblems` where they have errors."""
    suspects = Suspects()
    for file in collection.files:
        suspects.columns(file, Reading(file).head)
    trees = {file.name: tree_of_rows(file, own) for file, own in rows.items()}
    unread = (problem for problem in collection.problems if problem.severity == "error")
    told = {*unread, *problems, *problems_among(collection, rows, trees, suspects.drafts, problems)}
    if told:
        raise CaseProblems(by_place(told))
    return case_from(collection.root, collection.header, collection.policy, ledger_of(trees)[0], trees)


def _matching(
    collection: Collection, section: str, key: str, name: str, problems: list[Problem]
) -> Iterator[tuple[TableFile, list[int], pa.Table]]:
    """(table, rows, what they say) of a section with that name under a key."""
    for file in collection.of(section):
        for first, cells in _batches(file, (key, *SAID), problems):
            mask = pc.equal(text_column(cells, key), name).fill_null(False)  # noqa: FBT003 - what to fill with
            found = np.flatnonzero(mask.to_numpy(zero_copy_only=False))
            if len(found):
                yield file, (first + found).tolist(), cells.take(pa.array(found))


def _batches(file: TableFile, columns: tuple[str, ...], problems: list[Problem]) -> Iterator[Batch]:
    """The rows of a table; what of it cannot be read is added to the problems."""
    reading = Reading(file, is_close=True)
    yield from reading.batches(columns)
    problems.extend(reading.problems)
