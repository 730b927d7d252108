"""Rows of which something may be wrong, found whole columns at a time: only they are read as a case's rows are.

A test may suspect too many rows and must never suspect too few. What is wrong with them, if anything, is said by the
reader of cases, in its words. Rows with a warning are kept apart from those with an error: a collection may be right
and have a warning in every row, and errors are looked for behind the first thousand of these.
"""

from __future__ import annotations

from collections import defaultdict
from functools import cache
from typing import TYPE_CHECKING, Any, Final, NamedTuple

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
from claims.read.entries import FREE_TEXT
from claims.read.json import NotJson
from claims.read.ledger import SECTIONS
from claims.read.references import REFERENCES
from claims.read.tree import hidden_in

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from numpy.typing import NDArray

    from claims.collection.files import TableFile
    from claims.collection.rows import Head
    from claims.read.drafts import Draft
    from claims.tables.columns import Bools, Codes

MOST_HELD: Final = 10 * MOST_TOLD
"""Rows of a table that are held for one sort of suspicion; the rest are counted."""
LONGEST_ID: Final = 100
LONGEST_TEXT: Final = 20_000
REFERRING: Final = frozenset((section, key) for section, key, _ in REFERENCES)
UNSEEN: Final = HIDDEN.pattern.replace("\ud800-\udfff", "")
"""As HIDDEN; no column of text can hold half a character."""
HIDDEN_IN: Final = "hidden character in "
"""Before the name of a column: what rows are held under of which a cell has one."""
MISQUOTED: Final = "quote"
"""What statements are held under of which the quote is not in the text: what is there instead is seen later."""
OF_QUOTES: Final = ("changed-quote", "ambiguous-quote", "missing-quote")
UNSEEN_CODES: Final = ("control-character", "hidden-direction")
ODD: Final = "any Text, really: 12 [x]"
"""What no other column than one of free text takes."""


Place = tuple["TableFile", int]
"""A row of a table, by its number from 0."""


class Likeness(NamedTuple):
    """Rows of which a warning is told, and all that it takes to see it, the first `MOST_HELD` of them."""

    told: tuple[Place, ...]
    rows: tuple[Place, ...]


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
        return self.count - len(self.rows[: (n + 1) * MOST_TOLD])


class Suspects:
    """Suspected rows by table and sort of suspicion; and rows of which all are read, as others refer to them."""

    def __init__(self) -> None:
        self.whole: dict[TableFile, set[int]] = defaultdict(set)
        self.sorts: dict[tuple[TableFile, str], Suspicion] = defaultdict(Suspicion)
        self.drafts: list[Draft] = []
        """What is wrong with the names of columns."""
        self.odd: dict[tuple[TableFile, str], Suspicion] = defaultdict(Suspicion)
        """Rows with a warning, by table and by what `sort_of` calls it."""
        self.beside: dict[tuple[TableFile, str], set[int]] = defaultdict(set)
        """Rows that such a warning is about as well, or that it takes to see it."""

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

    def odd_page(self) -> dict[tuple[TableFile, str], set[int]]:
        """By table and sort of warning, the rows of which one is told, with those that it takes to see it."""
        rows = {key: set(found.page(0)) for key, found in self.odd.items()}
        for key, beside in self.beside.items():
            rows.setdefault(key, set()).update(beside)
        return rows

    def add_odd(self, file: TableFile, sort: str, rows: Codes, count: int | None = None) -> None:
        """Have a warning told of rows of a table, in order. count: how many, where these are but the first."""
        if len(rows):
            self.odd[file, sort].add(rows[:MOST_HELD].tolist(), len(rows) if count is None else count)

    def add_alike(self, sort: str, alike: Iterable[Likeness]) -> None:
        """Have a warning told of rows that have something in common, and these read together; in order.

        So many are held as `MOST_HELD` rows have, and `MOST_TOLD` of each table; the rest are counted.
        """
        told: dict[TableFile, int] = defaultdict(int)
        read = 0
        for likeness in alike:
            first = likeness.told[0][0]
            is_held = told[first] < MOST_TOLD and read + len(likeness.rows) <= MOST_HELD
            for file, row in likeness.told:
                self.odd[file, sort].add([row] if is_held else [], 1)
            if is_held:
                told[first] += 1
                read += len(likeness.rows)
                for file, row in likeness.rows:
                    self.beside[file, sort].add(row)

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
        for key, found in other.odd.items():
            self.odd[key].add(found.rows, found.count)

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

    def columns(self, file: TableFile, head: Head) -> None:
        """Look at the names of a table's columns."""
        if head.names:
            marks = [Mark(head.line, n + 1, key=name) for n, name in enumerate(head.names)]
            self.drafts.extend(columns_of(head.names, file.section, file.name, marks).drafts)

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
                unfit, hidden = _looked_at(file.section, name, texts)
                self.add(file, name, first + unfit)
                if is_written(file.section, name):
                    self.add_odd(file, f"{HIDDEN_IN}{name}", first + hidden)
                else:
                    self.add(file, f"{HIDDEN_IN}{name}", first + hidden)


def sort_of(draft: Draft) -> str:
    """What a warning about a value of a row is held under: its code, or the key that has a hidden character."""
    if draft.code in UNSEEN_CODES:
        return f"{HIDDEN_IN}{draft.spot.path[2]}"
    return MISQUOTED if draft.code in OF_QUOTES else draft.code


def is_written(section: str, name: str) -> bool:
    """Whether people write or copy what stands under a key, so that a hidden character is no error there."""
    return name in FREE_TEXT and (section, name) != ("documents", "text")


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


def _looked_at(section: str, name: str, texts: pa.Array) -> tuple[Codes, Codes]:
    """The rows of which a cell does not fit by itself, and those of which one has a hidden character."""
    none = np.zeros(0, dtype=np.int64)
    if name == "id":
        odd = pc.or_(
            pc.invert(pc.match_substring_regex(texts, ID_PATTERN)), pc.greater(pc.utf8_length(texts), LONGEST_ID)
        )
        return _true(odd), none
    if (section, name) in REFERRING:
        if kinds(section)[name] == "ids":
            return np.flatnonzero(broken_lists(texts)), none
        return none, _true(_is_hidden(texts))
    if is_free(section, name):
        return _true(pc.greater(pc.utf8_length(texts), LONGEST_TEXT)), _true(_is_hidden(texts))
    codes, different = encoded(texts)
    return tuple(_rows_of(codes, found) for found in _unparsed(section, name, different))  # type: ignore[return-value]


def _rows_of(codes: Codes, found: set[int]) -> Codes:
    """The rows with one of these codes."""
    if not found:
        return np.zeros(0, dtype=np.int64)
    return np.flatnonzero(np.isin(codes, list(found)))


@cache
def is_free(section: str, name: str) -> bool:
    """Whether a column takes any text."""
    try:
        adapter(section, name).validate_python([ODD])
    except ValidationError:
        return False
    return kinds(section)[name] == "text"


def _unparsed(section: str, name: str, texts: list[str]) -> tuple[set[int], set[int]]:
    """Which of these cells the model does not take, and which have a character that cannot be seen."""
    kind = kinds(section)[name]
    values: list[Any] = []
    unfit: set[int] = set()
    for n, text in enumerate(texts):
        try:
            values.append(unfolded(text, kind))
        except NotJson:
            values.append(None)
            unfit.add(n)
    hidden = {n for n, text in enumerate(texts) if HIDDEN.search(text) or any(hidden_in(values[n], ()))}
    try:
        adapter(section, name).validate_python(values)
    except ValidationError as error:
        unfit.update(int(problem["loc"][0]) for problem in error.errors(include_url=False))
    return unfit, hidden


def _is_hidden(texts: pa.Array) -> pa.Array:
    return pc.match_substring_regex(texts, UNSEEN)


def _true(mask: pa.Array) -> NDArray[np.int64]:
    return np.flatnonzero(mask.fill_null(False).to_numpy(zero_copy_only=False))  # noqa: FBT003 - the value to fill with
