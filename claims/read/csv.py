"""Tables as CSV: RFC 4180, UTF-8, commas, a line of column names, and quotation marks round what has commas or breaks.

A row that has more or fewer cells than there are columns is told, and not read, but for empty ones at its end; where a
quotation mark is never closed, nothing after it is. Lines that are empty, or have empty cells alone, are passed over.
"""

from __future__ import annotations

import csv
import re
from contextlib import contextmanager
from io import StringIO
from typing import TYPE_CHECKING, Any, Final

from claims.model.formula import unguarded
from claims.read.characters import HIDDEN, LINE_END, decoded_utf8, shown
from claims.read.columns import UNFOLDED, columns_of
from claims.read.drafts import Draft, Mark, Spot
from claims.read.files import LARGEST_FILE
from claims.read.json import NotJson, value_from
from claims.read.tree import Tree, hidden_in, packed

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from claims.model.cells import Kind
    from claims.read.columns import Columns

CELL: Final = re.compile(r'"(?:[^"]|"")*"|[^,\r\n]*')
OTHER_COMMAS: Final = (";", "\t", "|")
NEVER_CLOSED: Final = "unexpected end of data"
TWICE: Final = "put the whole cell in quotation marks, and write those within it twice"
EVEN: Final = "put quotation marks round a cell that has commas in it"
A_LIST: Final = """a cell that begins with [ or { is JSON: ["one", "two"]; of several ids, write them with spaces"""
ESCAPE: Final = "\\u"
"""What a character may hide behind, in a cell of JSON."""
JSON_TEXT: Final = "json"
"""Below the value: what the cell says as JSON."""


def unfolded(cell: str, kind: Kind) -> Any:
    """What the text of a cell stands for: of several ids a list, of JSON its value. Raises `NotJson`."""
    if kind not in UNFOLDED or not cell:
        return cell
    if cell[0] in "[{":
        return value_from(cell)
    return cell.split() if kind == "ids" and len(cell.split()) > 1 else cell


def csv_tree(data: bytes, file: str, section: str) -> Tree:
    """What a table says, with everything that is irregular about it."""
    text = decoded_utf8(data, file)
    if isinstance(text, Draft):
        return Tree(value={}, drafts=[text], is_whole=False)
    with wide_cells():
        return _Builder(text, file, section).tree()


@contextmanager
def wide_cells() -> Iterator[None]:
    """Have cells of CSV read that are as large as a file may be."""
    before = csv.field_size_limit(LARGEST_FILE)
    try:
        yield
    finally:
        csv.field_size_limit(before)


def separated(names: Sequence[str], file: str, mark: Mark) -> Draft | None:
    """That cells are separated by something else than commas; None where they are not, as it seems."""
    other = next((sign for sign in OTHER_COMMAS if len(names) == 1 and sign in names[0]), None)
    if other is None:
        return None
    hint = "in CSV, cells are separated by commas: save it so"
    return Draft("table-syntax", f"the cells are separated by '{shown(other)}'", Spot(file, mark=mark), hint)


def fits(cells: Sequence[str], width: int) -> bool:
    """Whether a row has as many cells as the table has columns; empty cells at its end do no harm."""
    return len(cells) == width or (len(cells) > width and not any(cells[width:]))


def uneven(cells: Sequence[str], width: int, file: str, line: int) -> Draft:
    """That a row which begins in a line has not as many cells as the table has columns."""
    message = f"the row has {len(cells)} cells, and the table {width} columns"
    return Draft("uneven-row", message, Spot(file, mark=Mark(line, 1)), EVEN)


def unnamed(file: str, line: int) -> Draft:
    """That a row which begins in a line has a cell in a column without a name."""
    message = "a cell of this row has no name above it"
    return Draft("bad-key", message, Spot(file, mark=Mark(line, 1)), "name its column, or empty it")


def unreadable(error: csv.Error, file: str, line: int) -> Draft:
    """Why nothing from a row on that begins in a line is read."""
    said = str(error)
    if NEVER_CLOSED in said:
        message, hint = "a quotation mark in this row is never closed", TWICE
    elif "expected after" in said:
        message, hint = "a quotation mark stands within a cell of this row", TWICE
    else:
        message, hint = f"this row cannot be read: {said}", "save it as CSV anew"
    return Draft("table-syntax", message, Spot(file, mark=Mark(line, 1)), hint)


def cell_at(lines: list[str], line: int, number: int) -> Mark:
    """Where a cell stands, by the line in which its row begins and the number of its column, from 0.

    lines: those from that row on.
    """
    text = "\n".join(lines)
    at = 0
    for _ in range(number):
        found = CELL.match(text, at)
        at = found.end() + 1 if found else at
    before = text.count("\n", 0, at)
    column = at - (text.rfind("\n", 0, at) + 1)
    found = CELL.match(text, at)
    width = len(LINE_END.split(found[0])[0]) if found else 1
    return Mark(line + before, column + 1, max(width, 1))


class _Builder:
    """Builds the tree of one table from its rows."""

    def __init__(self, text: str, file: str, section: str) -> None:
        self.text, self.file, self.section = text, file, section
        self.entries: list[Any] = []
        self.starts: list[int] = []
        self.result = Tree(value={section: self.entries}, starts={section: self.starts})
        self.is_suspect = HIDDEN.search(text) is not None or ESCAPE in text
        self.is_guarded = "'" in text

    def tree(self) -> Tree:
        """The tree, whole or up to the error."""
        reader = csv.reader(StringIO(self.text, newline=""), strict=True)
        line = 0
        try:
            columns = self.header(reader)
            line = reader.line_num
            for cells in reader if columns else ():
                self.row(cells, columns, line + 1)  # type: ignore[arg-type]
                line = reader.line_num
        except csv.Error as error:
            self.result.is_whole = False
            self.result.drafts.append(unreadable(error, self.file, line + 1))
        self.result.values = sum(map(len, self.entries))
        return self.result

    def header(self, reader: Iterator[list[str]]) -> Columns | None:
        """The columns, by the first line that says anything; None where there are none to read."""
        lines, line = LINE_END.split(self.text), 1
        for names in reader:
            if any(names):
                break
            line += 1
        else:
            self.tell("empty-file", "the table says nothing", Mark(1, 1), "begin with a line of column names")
            return None
        marks = [cell_at(lines[line - 1 :], line, n) for n in range(len(names))]
        other = separated(names, self.file, marks[0])
        if other is not None:
            self.result.is_whole = False
            self.result.drafts.append(other)
            return None
        self.result.columns = tuple(names)
        columns = columns_of(names, self.section, self.file, marks)
        self.result.drafts.extend(columns.drafts)
        return columns

    def row(self, cells: list[str], columns: Columns, line: int) -> None:
        """Read the row that begins in a line, from 1."""
        if not any(cells):
            return
        if not fits(cells, len(columns.names)):
            self.result.drafts.append(uneven(cells, len(columns.names), self.file, line))
            self.result.is_whole = False
            return
        entry: dict[str, Any] = {name: cell for name, cell in zip(columns.names, cells, strict=False) if cell and name}
        if self.is_guarded:
            entry.update([(name, unguarded(cell)) for name, cell in entry.items() if cell[0] == "'"])
        index = len(self.entries)
        for name, kind in columns.unfolded:
            if name in entry:
                self.unfold(entry, name, kind, index)
        self.entries.append(entry)
        self.starts.append(packed(line - 1, 0))
        if self.is_suspect or columns.nameless or columns.missing:
            self.note_odd(cells, columns, index, line)

    def note_odd(self, cells: list[str], columns: Columns, index: int, line: int) -> None:
        """Note hidden characters, what stands in columns without a name, and that lacking columns were told of."""
        if self.is_suspect:
            self.result.hidden.update(hidden_in(self.entries[index], (self.section, index)))
        if any(cells[n] for n in columns.nameless):
            self.result.drafts.append(unnamed(self.file, line))
        if columns.missing:
            self.result.flawed.add((self.section, index))

    def unfold(self, entry: dict[str, Any], name: str, kind: Kind, index: int) -> None:
        """Make what the text of a cell stands for: of several ids a list, of JSON its value."""
        try:
            entry[name] = unfolded(entry[name], kind)
        except NotJson as error:
            path = (self.section, index, name)
            self.result.flawed.update((path, (*path, 0)))
            spot = Spot(self.file, (*path, JSON_TEXT))
            self.result.drafts.append(Draft(error.code, error.message, spot, A_LIST))

    def tell(self, code: str, message: str, mark: Mark, hint: str) -> None:
        """Note a problem of the table."""
        self.result.drafts.append(Draft(code, message, Spot(self.file, mark=mark), hint))
