"""Rows of which something may be wrong, found whole columns at a time: only they are read as a case's rows are.

A test may suspect too many rows and must never suspect too few. What is wrong with them, if anything, is said by the
reader of cases, in its words.
"""

from __future__ import annotations

from collections import defaultdict
from functools import cache
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from pydantic import ValidationError

from claims.collection.cells import adapter, encoded, kinds, text_column
from claims.model.entry import ID_PATTERN
from claims.read.characters import HIDDEN
from claims.read.columns import columns_of
from claims.read.crowds import MOST_TOLD
from claims.read.csv import unfolded
from claims.read.drafts import Mark
from claims.read.json import NotJson
from claims.read.ledger import SECTIONS
from claims.read.references import REFERENCES

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from claims.collection.files import TableFile
    from claims.read.drafts import Draft
    from claims.tables.columns import Bools, Codes

MOST_HELD: Final = 10 * MOST_TOLD
"""Rows of a table that are held for one sort of suspicion; the rest are counted."""
LONGEST_ID: Final = 100
LONGEST_TEXT: Final = 20_000
REFERRING: Final = frozenset((section, key) for section, key, _ in REFERENCES)
UNSEEN: Final = HIDDEN.pattern.replace("\ud800-\udfff", "")
"""As HIDDEN; no column of text can hold half a character."""
ODD: Final = "any Text, really: 12 [x]"
"""What no other column than one of free text takes."""


class Suspicion:
    """The rows of a table that are suspected of one thing: how many, and the first `MOST_HELD`, from 0."""

    def __init__(self) -> None:
        self.rows: list[int] = []
        self.count = 0

    def add(self, rows: Sequence[int], count: int) -> None:
        """More rows, in order, and how many there are with those that are not among them."""
        self.rows.extend(rows[: MOST_HELD - len(self.rows)])
        self.count += count

    def page(self, n: int) -> list[int]:
        """The rows of it that are read together, so many that no more would be told."""
        return self.rows[n * MOST_TOLD : (n + 1) * MOST_TOLD]

    def left(self, n: int) -> int:
        """How many rows come after a page."""
        return max(self.count - (n + 1) * MOST_TOLD, 0)


class Suspects:
    """Suspected rows by table and sort of suspicion; and rows of which all are read, as others refer to them."""

    def __init__(self) -> None:
        self.whole: dict[TableFile, set[int]] = defaultdict(set)
        self.sorts: dict[tuple[TableFile, str], Suspicion] = defaultdict(Suspicion)
        self.drafts: list[Draft] = []
        """What is wrong with the names of columns."""

    def __bool__(self) -> bool:
        return bool(self.whole or self.sorts or self.drafts)

    @property
    def pages(self) -> int:
        """How many times as many rows as are told of one kind are held."""
        return max((-(-len(found.rows) // MOST_TOLD) for found in self.sorts.values()), default=1)

    @property
    def is_cut(self) -> bool:
        """Whether more rows are suspected than are held."""
        return any(found.count > len(found.rows) for found in self.sorts.values())

    def page(self, n: int) -> dict[TableFile, set[int]]:
        """The rows to be read at once, by table."""
        rows = {file: set(own) for file, own in self.whole.items()}
        for (file, _), found in self.sorts.items():
            if own := found.page(n):
                rows.setdefault(file, set()).update(own)
        return rows

    def add(self, file: TableFile, sort: str, rows: Codes, count: int | None = None) -> None:
        """Suspect rows of a table, by their numbers from 0. count: how many, where these are but the first."""
        if len(rows):
            self.sorts[file, sort].add(rows[:MOST_HELD].tolist(), len(rows) if count is None else count)

    def add_all(self, file: TableFile, rows: Codes) -> None:
        """Have all of these rows of a table read: others refer to them."""
        self.whole[file].update(rows.tolist())

    def merge(self, other: Suspects) -> None:
        """Suspect what another does, of rows further down or of other tables."""
        self.drafts += other.drafts
        for file, rows in other.whole.items():
            self.whole[file] |= rows
        for key, found in other.sorts.items():
            self.sorts[key].add(found.rows, found.count)

    def add_of(self, files: Sequence[TableFile], sort: str, file: Codes, row: Codes) -> None:
        """The same for rows of several tables: the number of the table of each, and its own."""
        for n in np.unique(file).tolist():
            self.add(files[n], sort, row[file == n])

    def unsound(self, rows: Sequence[tuple[TableFile, int]]) -> None:
        """Suspect documents whose stored text is not as it should be."""
        by_table: dict[TableFile, list[int]] = defaultdict(list)
        for file, row in rows:
            by_table[file].append(row)
        for file, own in by_table.items():
            self.add(file, "stored text", np.array(own))

    def columns(self, file: TableFile, names: Sequence[str]) -> None:
        """Look at the names of a table's columns."""
        if names:
            marks = [Mark(1, n + 1, key=name) for n, name in enumerate(names)]
            self.drafts.extend(columns_of(names, file.section, file.name, marks).drafts)

    def cells(self, file: TableFile, first: int, table: pa.Table) -> None:
        """Look at every cell of a batch alone, and at what lacks."""
        for name in table.column_names if file.form == "jsonl" else ():
            if name not in SECTIONS[file.section].model_fields:
                self.add(file, "key", first + _true(table.column(name).combine_chunks().is_valid()))
        for name, field in SECTIONS[file.section].model_fields.items():
            texts = text_column(table, name)
            if field.is_required():
                self.add(file, f"no {name}", first + _true(texts.is_null()))
            if texts.null_count < len(texts):
                self.add(file, name, first + _unfit(file.section, name, texts))


def broken_lists(texts: pa.Array) -> Bools:
    """Which cells seem to be JSON and are not."""
    seems = pc.fill_null(pc.match_substring_regex(texts, r"^[\[{]"), False)  # noqa: FBT003 - the value to fill with
    result = seems.to_numpy(zero_copy_only=False)
    rows = np.flatnonzero(result)
    result[rows] = [_is_broken(text) for text in texts.take(pa.array(rows)).to_pylist()]
    return result


def _is_broken(text: str) -> bool:
    try:
        value = unfolded(text, "ids")
    except NotJson:
        return True
    return not isinstance(value, list) or not all(isinstance(item, str) and item.split() == [item] for item in value)


def _unfit(section: str, name: str, texts: pa.Array) -> Codes:
    """The rows of which a cell does not fit by itself."""
    if name == "id":
        odd = pc.or_(
            pc.invert(pc.match_substring_regex(texts, ID_PATTERN)), pc.greater(pc.utf8_length(texts), LONGEST_ID)
        )
        return _true(odd)
    if (section, name) in REFERRING:
        return np.flatnonzero(broken_lists(texts)) if kinds(section)[name] == "ids" else _true(_is_hidden(texts))
    if is_free(section, name):
        return _true(pc.or_(_is_hidden(texts), pc.greater(pc.utf8_length(texts), LONGEST_TEXT)))
    codes, different = encoded(texts)
    unfit = np.zeros(len(different) + 1, dtype=bool)
    unfit[list(_unparsed(section, name, different))] = True
    return np.flatnonzero(unfit[codes])


@cache
def is_free(section: str, name: str) -> bool:
    """Whether a column takes any text."""
    try:
        adapter(section, name).validate_python([ODD])
    except ValidationError:
        return False
    return kinds(section)[name] == "text"


def _unparsed(section: str, name: str, texts: list[str]) -> set[int]:
    """Which of these cells the model does not take, or have a character that cannot be seen."""
    found = {n for n, text in enumerate(texts) if HIDDEN.search(text)}
    kind = kinds(section)[name]
    values: list[Any] = []
    for n, text in enumerate(texts):
        try:
            values.append(unfolded(text, kind))
        except NotJson:
            values.append(None)
            found.add(n)
    try:
        adapter(section, name).validate_python(values)
    except ValidationError as error:
        found.update(int(problem["loc"][0]) for problem in error.errors(include_url=False))
    return found


def _is_hidden(texts: pa.Array) -> pa.Array:
    return pc.match_substring_regex(texts, UNSEEN)


def _true(mask: pa.Array) -> NDArray[np.int64]:
    return np.flatnonzero(mask.fill_null(False).to_numpy(zero_copy_only=False))  # noqa: FBT003 - the value to fill with
