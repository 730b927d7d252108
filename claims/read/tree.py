"""What a file says, before anything of it is typed: text, lists and mappings, and where the entries begin."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final

from claims.read.characters import HIDDEN

if TYPE_CHECKING:
    from collections.abc import Iterator

    from claims.read.drafts import Draft, Path


ID: Final = re.compile(r"\bid['\"]?\s*:\s*['\"]?([^\s'\",}\]]+)")


@dataclass
class Tree:
    """What a file says. `value` is a mapping, a list, text or None.

    `starts` holds, for each key at the top, line and column of each item of its list, packed by `packed`. `hidden` are
    values with a character that cannot be seen, and the first such character. `flawed` are values and entries with a
    problem of their own, of which no check has to speak again. Unless `is_whole`, `value` is what stood before the
    error. `columns` are the names of the columns of a table, in its order; empty in YAML.
    """

    value: Any = None
    starts: dict[str, list[int]] = field(default_factory=dict)
    hidden: dict[Path, str] = field(default_factory=dict)
    flawed: set[Path] = field(default_factory=set)
    drafts: list[Draft] = field(default_factory=list)
    text: str = ""
    values: int = 0
    is_whole: bool = True
    columns: tuple[str, ...] = ()

    def is_named(self, name: str) -> bool:
        """Whether an id may be defined in the part of the file that could not be read."""
        if self.is_whole or not self.text:
            return not self.is_whole
        return name in self._defined

    def position(self, section: str, line: int, column: int) -> int | None:
        """The position, in the list of a section, of the entry that begins in this line and column, from 1."""
        start = packed(line - 1, column - 1)
        return next((n for n, one in enumerate(self.starts.get(section, ())) if one == start), None)

    @cached_property
    def _defined(self) -> frozenset[str]:
        return frozenset(ID.findall(self.text))


def packed(line: int, column: int) -> int:
    """A line and a column from 0 in one number."""
    return line << 32 | column


def unpacked(start: int) -> tuple[int, int]:
    """Line and column, from 1."""
    return (start >> 32) + 1, (start & 0xFFFFFFFF) + 1


def hidden_in(value: Any, path: Path) -> Iterator[tuple[Path, str]]:
    """The values below a value that have a character which cannot be seen, each with the first such character."""
    if isinstance(value, str):
        found = HIDDEN.search(value)
        if found:
            yield path, found[0]
    elif isinstance(value, dict):
        for key, item in value.items():
            yield from hidden_in(item, (*path, key))
    elif isinstance(value, list):
        for n, item in enumerate(value):
            yield from hidden_in(item, (*path, n))
