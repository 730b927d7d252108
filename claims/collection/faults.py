"""What is wrong with suspected rows, said by the reader of cases: the same problems, in the same words.

The rows are read as a small case of their own, beside all parties, sources and speakers, and beside the claims and
documents that they refer to, of which nothing is told.
"""

from __future__ import annotations

import csv
from collections import Counter, defaultdict
from itertools import chain
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from claims.collection.batches import Reading
from claims.collection.cells import kinds, text_column
from claims.model.errors import BadRequest
from claims.model.problem import Place, Problem
from claims.read import consistency, figures, references
from claims.read.characters import shown
from claims.read.crowds import THE_REST, thinned
from claims.read.csv import A_LIST, unfolded
from claims.read.drafts import Draft, Spot
from claims.read.entries import ledger_of
from claims.read.json import NotJson
from claims.read.ledger import SECTIONS
from claims.read.references import REFERENCES
from claims.read.texts import texts_of
from claims.read.tree import Tree, hidden_in, packed, unpacked

if TYPE_CHECKING:
    from collections.abc import Collection as Collected
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from claims.collection.files import Collection, TableFile
    from claims.collection.suspects import Suspects

CONTEXT: Final = "\0"
"""Before the names of tables of which nothing is told."""
KEY_AT: Final = 2
"""Where in the path of a value its key stands."""
FETCHED: Final = ("claims", "documents")


def problems_in(collection: Collection, suspects: Suspects) -> tuple[Problem, ...]:
    """The errors in suspected rows, by place; of those that are not told one by one, how many rows there are.

    Where none of many rows turns out to be wrong, more are read. Raises `BadRequest` where that is so of all that are
    held, and there are others: what was not looked at is not taken for right.
    """
    for page in range(suspects.pages):
        if problems := _on_page(collection, suspects, page):
            return tuple(sorted(problems, key=lambda p: (p.file, p.line, p.column, p.code, p.message)))
    if suspects.is_cut:
        names = sorted({file.name for file, _ in suspects.sorts})
        raise BadRequest(f"too many rows seem to be wrong to look at each: check parts of {', '.join(names)}")
    return ()


def problems_among(
    collection: Collection,
    rows: Mapping[TableFile, Sequence[int]],
    trees: Mapping[str, Tree],
    found: Iterable[Draft] = (),
) -> set[Problem]:
    """The errors in chosen rows, where of each id all rows are chosen or none.

    trees: these rows, by the names of their tables. found: errors that are known.
    """
    held = {(file.section, entry.get("id")) for file in rows for entry in trees[file.name].value[file.section]}
    read = {**trees, **_context(collection, rows, trees, held)}
    return {_problem(draft, read) for draft in thinned(_errors(collection, read, found))}


def _on_page(collection: Collection, suspects: Suspects, page: int) -> set[Problem]:
    rows = {file: sorted(own) for file, own in suspects.page(page).items()}
    trees = {file.name: tree_of_rows(file, own) for file, own in rows.items()}
    trees |= _context(collection, rows, trees)
    told = _errors(collection, trees, suspects.drafts if page == 0 else ())
    problems = {_problem(draft, trees) for draft in thinned(told)}
    return problems | {_problem(draft, trees) for draft in _rests(told, suspects, page, rows)}


def _errors(collection: Collection, trees: Mapping[str, Tree], found: Iterable[Draft]) -> list[Draft]:
    """The errors in rows and among them, and those that were found before; of their context nothing is told."""
    ledger, mistakes = ledger_of(trees)
    checks = (*references.CHECKS, *consistency.CHECKS)
    drafts = chain(
        found,
        chain.from_iterable(tree.drafts for tree in trees.values()),
        mistakes,
        chain.from_iterable(check(ledger) for check in checks),
        figures.figures(ledger, collection.policy.tolerance),
        texts_of(collection.ground, ledger.documents)[1],
    )
    return [draft for draft in drafts if draft.severity == "error" and not _is_passed_over(draft, trees)]


def _rests(
    told: Sequence[Draft], suspects: Suspects, page: int, rows: Mapping[TableFile, Sequence[int]]
) -> Iterator[Draft]:
    """Of each sort with rows left after a page: how many, with the code and key that most of those told have."""
    found_in: dict[tuple[str, int], list[tuple[str, tuple[str | int, ...]]]] = defaultdict(list)
    names = {file.name: (file, own) for file, own in rows.items()}
    for draft in told:
        if draft.spot.file in names and len(draft.spot.path) > 1:
            file, own = names[draft.spot.file]
            found_in[file.name, own[int(draft.spot.path[1])]].append((draft.code, draft.spot.path[KEY_AT:]))
    for (file, _), found in suspects.sorts.items():
        alike = Counter(what for row in found.page(page) for what in found_in[file.name, row])
        if found.left(page) and alike:
            (code, key), _ = min(alike.items(), key=lambda one: (-one[1], repr(one[0])))
            last = found.page(page)[-1]
            yield Draft(
                code,
                f"and {found.left(page)} more rows further down seem to have the same, and are not told one by one",
                Spot(file.name, (file.section, rows[file].index(last), *key)),
                THE_REST,
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
    lines = _lines(file, rows)
    result = Tree(
        value={file.section: entries},
        starts={file.section: [packed(line - 1, 0) for line in lines]},
        columns=Reading(file).names,
    )
    known = set(kinds(file.section))
    for cells in _rows(file, rows):
        entry: dict[str, Any] = {}
        for name, cell in cells.items():
            if name in known:
                _unfold(result, entry, file, name, cell)
            elif file.form == "jsonl":
                entry[name] = cell
        if not entry and file.form == "csv":
            # A line of empty cells is passed over, as in a case.
            result.flawed.add((file.section, len(entries)))
        result.hidden.update(hidden_in(entry, (file.section, len(entries))))
        entries.append(entry)
    lacking = [name for name, field in SECTIONS[file.section].model_fields.items() if field.is_required()]
    if result.columns and not set(lacking) <= set(result.columns):
        result.flawed.update((file.section, n) for n in range(len(entries)))
    return result


def _unfold(result: Tree, entry: dict[str, Any], file: TableFile, name: str, cell: str) -> None:
    path = (file.section, len(result.value[file.section]), name)
    try:
        entry[name] = unfolded(cell, kinds(file.section)[name])
    except NotJson as error:
        entry[name] = cell
        result.flawed.update((path, (*path, 0)))
        result.drafts.append(Draft(error.code, error.message, Spot(file.name, (*path, "json")), A_LIST))


def _rows(file: TableFile, rows: Sequence[int]) -> Iterator[dict[str, str]]:
    """What the cells of the chosen rows say, by column."""
    wanted = np.array(rows, dtype=np.int64)
    for first, cells in Reading(file).batches():
        here = wanted[(wanted >= first) & (wanted < first + len(cells))] - first
        for row in cells.take(pa.array(here)).to_pylist() if len(here) else ():
            yield {name: cell for name, cell in row.items() if cell is not None}
        if first + len(cells) > rows[-1]:
            break


def _lines(file: TableFile, rows: Sequence[int]) -> list[int]:
    """The line in which each of the chosen rows begins; of Parquet its number, from 1."""
    if file.form == "parquet":
        return [row + 1 for row in rows]
    found: list[int] = []
    wanted = set(rows)
    with file.path.open(encoding="utf-8-sig", newline="") as stream:
        for n, line in enumerate(_begun(file, stream)):
            if n in wanted:
                found.append(line)
            if n >= rows[-1]:
                break
    return found


def _begun(file: TableFile, stream: Iterable[str]) -> Iterator[int]:
    """The line in which each row of a table begins, those left out that are not read."""
    if file.form == "jsonl":
        yield from (n for n, line in enumerate(stream, 1) if line.strip() and line.lstrip()[:1] == "{")
        return
    reader = csv.reader(stream)
    width = len(next(reader, []))
    line = reader.line_num
    for row in reader:
        if row and len(row) == width:
            yield line + 1
        line = reader.line_num


def _context(
    collection: Collection,
    suspected: Mapping[TableFile, Sequence[int]],
    trees: Mapping[str, Tree],
    held: Collected[tuple[str, Any]] = frozenset(),
) -> dict[str, Tree]:
    """The claims and documents that suspected rows refer to and that are not suspected themselves.

    held: (section, id) of those that need not be looked for.
    """
    wanted: dict[str, set[str]] = {section: set() for section in FETCHED}
    for file in suspected:
        for section, key, targets in REFERENCES:
            for entry in trees[file.name].value[section] if section == file.section else ():
                value = entry.get(key)
                listed = [value] if isinstance(value, str) else value if isinstance(value, list) else []
                for target in set(targets) & set(FETCHED):
                    wanted[target].update(name for name in listed if isinstance(name, str))
    found: dict[str, Tree] = {}
    for section, called in wanted.items():
        names = {name for name in called if (section, name) not in held}
        for file in collection.of(section) if names else ():
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
