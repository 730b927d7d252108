"""The way through what is said, the statements and then the findings: from the last halt on, halting now and then."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from claims.collection.batches import Reading
from claims.collection.cells import rows_said
from claims.collection.halts import SAID, Halt, noted, write_halt
from claims.collection.oddities import suspect_by_themselves

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    import pyarrow as pa

    from claims.collection.files import Collection, TableFile
    from claims.collection.spill import Spill

BETWEEN: Final = 1 << 20
"""Rows, about, from one halt to the next."""


class Way:
    """Goes through the tables of what is said. `suspects`, `problems` and `rows` are what it has seen of them so far.

    halt: where it begins. say: is told of a section, and how many rows of it are behind.
    """

    def __init__(self, collection: Collection, folder: Path, halt: Halt, say: Callable[[str, int], None]) -> None:
        self.collection, self.folder, self.begun, self.say = collection, folder, halt, say
        self.suspects, self.problems = halt.suspected(collection.files), list(halt.problems)
        self.rows = dict(zip(SAID, halt.before[: halt.section], strict=False))

    def is_done(self, section: str) -> bool:
        """Whether nothing is left of a section."""
        return self.begun.section > SAID.index(section)

    def batches(self, section: str, spill: Spill) -> Iterator[tuple[int, TableFile, int, pa.Table]]:
        """(number of the table, table, first row, cells) of each batch that is left; every cell is looked at.

        What is taken from a batch must be with the spill, on disk or among the suspects before the next is asked for.
        """
        files, at, since = self.collection.of(section), SAID.index(section), 0
        begun, rows = (self.begun.table, self.begun.before[at]) if self.begun.section == at else (0, 0)
        for n in range(begun, len(files)):
            reading, before = Reading(files[n]), rows
            for first, cells in reading.batches():
                rows += rows_said(cells)
                if (at, n, first) >= self.begun[:3]:
                    suspect_by_themselves(self.suspects, files[n], first, cells)
                    yield n, files[n], first, cells
                    since += len(cells)
                self.say(section, rows)
                if since >= BETWEEN:
                    spill.rest()
                    self._halt(at, n, first + len(cells), before)
                    since = 0
            self.problems.extend(reading.problems)
        self.rows[section] = rows

    def end(self, section: str) -> None:
        """Halt behind a section: all that it has is on disk, and what its entries are called is needed no more."""
        self._halt(SAID.index(section) + 1, 0, 0, 0)

    def _halt(self, section: int, table: int, row: int, before: int) -> None:
        rows = (*(self.rows[name] for name in SAID[:section]), before)
        files = self.collection.files
        wrong, odd = noted(self.suspects.sorts, files), noted(self.suspects.odd, files)
        write_halt(Halt(section, table, row, rows, wrong, odd, tuple(self.problems)), self.folder)
