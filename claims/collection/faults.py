"""What is wrong with suspected rows, said by the reader of cases: the same problems, in the same words.

The rows are read as a small case of their own, beside all parties, sources and speakers, and beside the claims and
documents that they refer to, of which nothing is told. Errors are told wherever they turn up; a warning of the rows
that were suspected of it, as others may lack what it takes to see it.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from itertools import chain
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from claims.collection.batches import Reading
from claims.collection.cells import kinds, text_column
from claims.collection.coding import SHARED
from claims.collection.rows import chosen
from claims.collection.suspects import sort_of
from claims.collection.unread import is_whole
from claims.model.errors import BadRequest
from claims.model.problem import Place, Problem
from claims.read import addresses, consistency, figures, lookalikes, quotes, references
from claims.read.characters import shown
from claims.read.crowds import THE_REST, thinned
from claims.read.csv import A_LIST, unfolded
from claims.read.drafts import Draft, Spot
from claims.read.entries import ledger_of
from claims.read.json import NotJson
from claims.read.ledger import SECTIONS, Ledger
from claims.read.problems import by_place
from claims.read.references import REFERENCES
from claims.read.texts import Texts, texts_of
from claims.read.tree import Tree, hidden_in, packed, unpacked

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from collections.abc import Collection as Collected

    from claims.collection.files import Collection, TableFile
    from claims.collection.suspects import Suspects, Suspicion
    from claims.model.document import Document
    from claims.model.statement import Statement
    from claims.read.drafts import Path
    from claims.read.ledger import Row

CONTEXT: Final = "\0"
"""Before the names of tables of which nothing is told."""
KEY_AT: Final = 2
"""Where in the path of a value its key stands."""
FETCHED: Final = frozenset({"claims", "documents"})


Suspected = dict["TableFile", list[int]]
"""Rows that are read, by table, in order."""
Named = dict[str, tuple["TableFile", list[int]]]
"""The same by the name of the table."""


def problems_in(collection: Collection, suspects: Suspects, unread: Sequence[Problem]) -> tuple[Problem, ...]:
    """What is wrong with suspected rows, by place; of what is not told one by one, how many rows there are.

    Where none of many rows turns out to be wrong, more are read. Raises `BadRequest` where that is so of all that are
    held, and there are others: what was not looked at is not taken for right.

    unread: what of the tables could not be read; what is named may be there.
    """
    told = _on_page(collection, suspects, unread, 0)
    warnings = {problem for problem in told if problem.severity == "warning"}
    errors = told - warnings
    for page in range(1, suspects.pages):
        errors = errors or _on_page(collection, suspects, unread, page)
    if suspects.is_cut and not errors and is_whole(unread):
        names = sorted({file.name for file, _ in suspects.sorts})
        raise BadRequest(f"too many rows seem to be wrong to look at each: check parts of {', '.join(names)}")
    return by_place(errors | warnings)


def problems_among(
    collection: Collection,
    rows: Mapping[TableFile, Sequence[int]],
    trees: Mapping[str, Tree],
    found: Iterable[Draft],
    unread: Sequence[Problem],
) -> set[Problem]:
    """The errors in chosen rows, where of each id all rows are chosen or none.

    trees: these rows, by the names of their tables. found: errors that are known. unread: as of `problems_in`.
    """
    held = {(file.section, entry.get("id")) for file in rows for entry in trees[file.name].value[file.section]}
    read = {**trees, **_context(collection, rows, trees, held)}
    errors = [draft for draft in _drafts(collection, read, found, unread) if draft.severity == "error"]
    return {_problem(draft, read) for draft in thinned(errors)}


def _on_page(collection: Collection, suspects: Suspects, unread: Sequence[Problem], page: int) -> set[Problem]:
    """The errors in a page of suspected rows; on the first, all warnings as well."""
    odd = suspects.odd_page() if page == 0 else {}
    rows = _in_order(collection, suspects.page(page), odd)
    trees = {file.name: tree_of_rows(file, own) for file, own in rows.items()}
    trees |= _context(collection, rows, trees)
    names = {file.name: (file, own) for file, own in rows.items()}
    drafts = _drafts(collection, trees, suspects.drafts if page == 0 else (), unread)
    told = [draft for draft in drafts if draft.severity == "error"]
    warned = [draft for draft in drafts if draft.severity == "warning" and _is_asked_for(draft, names, odd)]
    rests = [*_rests(told, suspects.sorts, page, names)]
    if page == 0:
        rests += _rests(warned, suspects.odd, page, names, sort_of)
    return {_problem(draft, trees) for draft in (*thinned([*told, *warned]), *rests)}


def _drafts(
    collection: Collection, trees: Mapping[str, Tree], found: Iterable[Draft], unread: Sequence[Problem]
) -> list[Draft]:
    """What is wrong in rows and among them, and what was found before; of their context nothing is told."""
    ledger, mistakes = ledger_of(trees)
    ledger.told.update(_references_of_context(trees))
    if not is_whole(unread):
        ledger.unread = (Tree(is_whole=False),)
    drafts = chain(
        found,
        chain.from_iterable(tree.drafts for tree in trees.values()),
        mistakes,
        _found_by_checks(collection, ledger),
    )
    return [draft for draft in drafts if not _is_passed_over(draft, trees)]


def _references_of_context(trees: Mapping[str, Tree]) -> Iterator[tuple[str, Path]]:
    """Where the context refers to what may have been left out: nobody need look for what it may have meant."""
    for file, tree in trees.items():
        for section, entries in tree.value.items() if file.startswith(CONTEXT) else ():
            keys = [key for of, key, _ in REFERENCES if of == section]
            yield from ((file, (section, n, key)) for n in range(len(entries)) for key in keys)


def _in_order(
    collection: Collection, rows: Mapping[TableFile, set[int]], odd: Mapping[tuple[TableFile, str], set[int]]
) -> Suspected:
    """All these rows, tables and rows in the order in which a case is read."""
    every = {file: set(own) for file, own in rows.items()}
    for (file, _), own in odd.items():
        every.setdefault(file, set()).update(own)
    return {file: sorted(every[file]) for file in collection.files if file in every}


def _found_by_checks(collection: Collection, ledger: Ledger) -> Iterator[Draft]:
    for check in (*references.CHECKS, *consistency.CHECKS, *lookalikes.CHECKS):
        yield from check(ledger)
    yield from figures.figures(ledger, collection.policy.tolerance)
    yield from addresses.odd_addresses(ledger)
    yield from _with_texts(collection.ground, ledger)


def _with_texts(root: str, ledger: Ledger) -> Iterator[Draft]:
    """What it takes stored texts to see; one is held at a time."""
    quoted: dict[str, list[Row[Statement]]] = defaultdict(list)
    documents: dict[str, list[Row[Document]]] = defaultdict(list)
    for said in ledger.statements:
        quoted[said.entry.document].append(said)
    for row in ledger.documents:
        documents[row.entry.id].append(row)
    seen = Texts()
    for name, own in documents.items():
        texts, drafts = texts_of(root, own)
        yield from drafts
        yield from quotes.quotes(Ledger(statements=quoted[name]), texts)
        seen.digests.update(texts.digests)
        seen.paths.update(texts.paths)
    yield from addresses.same_documents(ledger, seen)


def _is_asked_for(draft: Draft, rows: Named, odd: Mapping[tuple[TableFile, str], set[int]]) -> bool:
    """Whether a warning is about a row that is suspected of it, or about parties, sources or speakers."""
    place = _row_of(draft, rows)
    return place is not None and (place[0].section in SHARED or place[1] in odd.get((place[0], sort_of(draft)), ()))


def _row_of(draft: Draft, rows: Named) -> tuple[TableFile, int] | None:
    """The row that a draft is about, by its number in its table."""
    if draft.spot.file not in rows or len(draft.spot.path) < KEY_AT:
        return None
    file, own = rows[draft.spot.file]
    return file, own[int(draft.spot.path[1])]


def _rests(
    told: Sequence[Draft],
    sorts: Mapping[tuple[TableFile, str], Suspicion],
    page: int,
    rows: Named,
    sort_of: Callable[[Draft], str | None] = lambda _: None,
) -> Iterator[Draft]:
    """Of each sort with rows left after a page: how many, with the code and key that most of those told have.

    sort_of: the sort that a draft belongs to, None: any.
    """
    found_in: dict[tuple[str, int], list[tuple[Draft, str | None]]] = defaultdict(list)
    for draft in told:
        if place := _row_of(draft, rows):
            found_in[place[0].name, place[1]].append((draft, sort_of(draft)))
    for (file, sort), found in sorts.items():
        own = [draft for row in found.page(page) for draft, its in found_in[file.name, row] if its in {None, sort}]
        alike = Counter((draft.code, draft.spot.path[KEY_AT:]) for draft in own)
        if found.left(page) and alike:
            (code, key), _ = min(alike.items(), key=lambda one: (-one[1], repr(one[0])))
            last = max(found.page(page))
            yield Draft(
                code,
                f"and {found.left(page)} more rows further down seem to have the same, and are not told one by one",
                Spot(file.name, (file.section, rows[file.name][1].index(last), *key)),
                THE_REST,
                own[0].severity,
            )


def _is_passed_over(draft: Draft, trees: Mapping[str, Tree]) -> bool:
    if draft.spot.file.startswith(CONTEXT):
        return True
    tree = trees.get(draft.spot.file)
    return tree is not None and draft.spot.mark is None and draft.spot.path in tree.flawed


def _problem(draft: Draft, trees: Mapping[str, Tree]) -> Problem:
    place = _place(draft.spot, trees)
    return Problem(
        place.file,
        place.line,
        place.column,
        draft.code,
        shown(draft.message),
        shown(draft.hint) if draft.hint else None,
        draft.severity,
        also=tuple(_place(spot, trees) for spot in draft.also if not spot.file.startswith(CONTEXT)),
        key=place.key,
    )


def _place(spot: Spot, trees: Mapping[str, Tree]) -> Place:
    """Where something stands: the table, the line or row, the number and the name of the column."""
    if spot.mark is not None:
        return Place(spot.file, spot.mark.line, spot.mark.column, shown(spot.mark.key) if spot.mark.key else None)
    tree = trees.get(spot.file)
    if tree is None or len(spot.path) < KEY_AT:
        return Place(spot.file, 1, 1)
    line, _ = unpacked(tree.starts[str(spot.path[0])][int(spot.path[1])])
    key = str(spot.path[KEY_AT]) if len(spot.path) > KEY_AT else None
    column = tree.columns.index(key) + 1 if key in tree.columns else 1
    return Place(spot.file, line, column, shown(key) if key and (key in tree.columns or not tree.columns) else None)


def tree_of_rows(file: TableFile, rows: Sequence[int]) -> Tree:
    """The chosen rows of a table, as its reader would give them."""
    entries: list[dict[str, Any]] = []
    starts: list[int] = []
    result = Tree(value={file.section: entries}, starts={file.section: starts}, columns=Reading(file).head.names)
    for row in chosen(file, rows):
        path = (file.section, len(entries))
        entry = _unfolded(result, row.entry, file, path) if file.form == "csv" else row.entry
        if not entry and file.form == "csv":
            # A line of empty cells is passed over, as in a case.
            result.flawed.add(path)
        result.hidden.update(hidden_in(entry, path))
        entries.append(entry)
        starts.append(packed(row.line - 1, 0))
    lacking = [name for name, field in SECTIONS[file.section].model_fields.items() if field.is_required()]
    if result.columns and not set(lacking) <= set(result.columns):
        result.flawed.update((file.section, n) for n in range(len(entries)))
    return result


def _unfolded(result: Tree, cells: Mapping[str, str], file: TableFile, path: tuple[str, int]) -> dict[str, Any]:
    """What the cells of a row of CSV stand for; those that are not JSON where they should be are told."""
    entry: dict[str, Any] = {}
    known = kinds(file.section)
    for name, cell in cells.items():
        if name in known:
            try:
                entry[name] = unfolded(cell, known[name])
            except NotJson as error:
                entry[name] = cell
                result.flawed.update(((*path, name), (*path, name, 0)))
                result.drafts.append(Draft(error.code, error.message, Spot(file.name, (*path, name, "json")), A_LIST))
    return entry


def _context(
    collection: Collection,
    suspected: Mapping[TableFile, Sequence[int]],
    trees: Mapping[str, Tree],
    held: Collected[tuple[str, Any]] = frozenset(),
) -> dict[str, Tree]:
    """The claims and documents that suspected rows refer to and that are not suspected themselves.

    held: (section, id) of those that need not be looked for.
    """
    wanted: set[str] = set()
    for file in suspected:
        for section, key, targets in REFERENCES:
            is_fetched = section == file.section and not FETCHED.isdisjoint(targets)
            for entry in trees[file.name].value[section] if is_fetched else ():
                value = entry.get(key)
                listed = [value] if isinstance(value, str) else value if isinstance(value, list) else []
                wanted.update(name for name in listed if isinstance(name, str))
    found: dict[str, Tree] = {}
    for file in collection.files if wanted else ():
        names = {name for name in wanted if (file.section, name) not in held} if file.section in FETCHED else None
        if names:
            rows = _rows_called(file, pa.array(sorted(names), pa.string())) - set(suspected.get(file, ()))
            if rows:
                found[f"{CONTEXT}{file.name}"] = tree_of_rows(file, sorted(rows))
    return found


def _rows_called(file: TableFile, names: pa.Array) -> set[int]:
    found: set[int] = set()
    for first, cells in Reading(file).batches(("id",)):
        is_wanted = pc.is_in(text_column(cells, "id"), value_set=names).to_numpy(zero_copy_only=False)
        found.update((first + np.flatnonzero(is_wanted)).tolist())
    return found
