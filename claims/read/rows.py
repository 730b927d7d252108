"""Where the values of a table stand that problems speak of: the line of a row, and the name of a column."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Final

from claims.read.characters import LINE_END, decoded_utf8
from claims.read.csv import cell_at
from claims.read.drafts import Draft, Mark, Spot
from claims.read.forms import table_of
from claims.read.json import key_at
from claims.read.marks import WIDEST
from claims.read.tree import unpacked
from claims.read.trees import tree_from

if TYPE_CHECKING:
    from claims.read.tree import Tree

KEY_AT: Final = 2
"""Where in the path of a value its key stands."""
MOST_LINES: Final = 500
"""Lines in which a cell of a row is looked for."""


class Rows:
    """The lines of a table, and the marks of its rows and cells. A table of Parquet has rows and no lines."""

    def __init__(self, data: bytes, file: str) -> None:
        self._data, self._file, self._table = data, file, table_of(file)

    @cached_property
    def lines(self) -> list[str]:
        """The lines, as an editor counts them."""
        if self._table is None or self._table.form == "parquet":
            return []
        text = decoded_utf8(self._data, self._file)
        return [] if isinstance(text, Draft) else LINE_END.split(text)

    @cached_property
    def _tree(self) -> Tree:
        return tree_from(self._data, self._file)

    def mark(self, spot: Spot) -> Mark:
        """The mark of a cell, or of the row that it would stand in."""
        if spot.mark is not None:
            return spot.mark
        starts = self._tree.starts.get(str(spot.path[0]), []) if spot.path else []
        index = spot.path[1] if len(spot.path) > 1 else None
        if not isinstance(index, int) or index >= len(starts):
            return Mark(1, 1)
        line, _ = unpacked(starts[index])
        return self._cell(line, str(spot.path[2]), spot.of) if len(spot.path) > KEY_AT else Mark(line, 1)

    def _cell(self, line: int, key: str, of: str) -> Mark:
        if self._table is not None and self._table.form == "jsonl":
            return self._json_cell(line, key, of)
        if key not in self._tree.columns:
            return Mark(line, 1)
        number = self._tree.columns.index(key)
        if not self.lines:
            return Mark(line, number + 1, key=key)
        found = cell_at(self.lines[line - 1 : line - 1 + MOST_LINES], line, number)
        return found._replace(width=min(found.width, WIDEST), key=key)

    def _json_cell(self, line: int, key: str, of: str) -> Mark:
        text = self.lines[line - 1]
        found = key_at(text, key)
        if found is None:
            return Mark(line, 1)
        start, end = found
        if of == "key":
            start = text.rfind('"', 0, text.rfind('"', 0, text.rfind(":", 0, start)))
            end = start + len(key) + 2
        return Mark(line, start + 1, min(max(end - start, 1), WIDEST), key)
