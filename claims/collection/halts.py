"""Halts on the way through what is said: so far all is read, checked, and whole on disk, and from there it can go on.

A halt is noted by how large each file of the folder is, and what was suspected so far. What was written after it is
taken back before the work goes on, so that it does not matter where it was killed.
"""

from __future__ import annotations

import json
import os
from dataclasses import asdict
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from claims.collection.keys import keys_of
from claims.collection.suspects import Suspects
from claims.collection.whole import synced, write_whole
from claims.model.problem import Problem

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from claims.collection.files import TableFile
    from claims.collection.suspects import Suspicion

SAID: Final = ("statements", "findings")
"""Sections in which there are halts, in the order in which they are gone through."""
FILE: Final = "halt.json"


Noted = tuple[tuple[int, str, list[int], int], ...]
"""The number of a table among all, what is suspected, the rows that are held and how many there are."""


class Halt(NamedTuple):
    """How far it is: in which of the sections SAID, in which table of it, and at which row of that."""

    section: int = 0
    table: int = 0
    row: int = 0
    before: tuple[int, ...] = (0,)
    """Rows of each section that is done, and of the tables before this one in its own."""
    wrong: Noted = ()
    """What rows are suspected of that may be an error."""
    odd: Noted = ()
    """What they are suspected of that may be a warning."""
    problems: tuple[Problem, ...] = ()
    """What could not be read in tables that are done."""

    def suspected(self, files: Sequence[TableFile]) -> Suspects:
        """The suspects of this halt. files: all tables."""
        found = Suspects()
        for kept, said in ((found.sorts, self.wrong), (found.odd, self.odd)):
            for table, sort, rows, count in said:
                kept[files[table], sort].add(rows, count)
        return found


def noted(suspected: Mapping[tuple[TableFile, str], Suspicion], files: Sequence[TableFile]) -> Noted:
    """What is suspected as a halt has it. files: all tables."""
    return tuple((files.index(file), sort, found.rows, found.count) for (file, sort), found in suspected.items())


def write_halt(halt: Halt, folder: Path) -> None:
    """Note that all in the folder is whole as far as this."""
    over = tuple(keys_of(section) for section in SAID[: halt.section])
    written = (path.name for path in folder.iterdir() if path.name.startswith(SAID))
    names = sorted(name for name in written if not name.startswith(over))
    synced(folder / name for name in names)
    said = {
        "at": halt[:4],
        "wrong": halt.wrong,
        "odd": halt.odd,
        "problems": [asdict(problem) for problem in halt.problems],
        "files": {name: (folder / name).stat().st_size for name in names},
    }
    write_whole(folder / FILE, json.dumps(said).encode())


def has_halt(folder: Path) -> bool:
    """Whether a halt was noted in a folder."""
    return (folder / FILE).exists()


def back_at_halt(folder: Path) -> Halt | None:
    """Make a folder what it was at its last halt; None, and nothing is done, where there was none, or it is lost."""
    try:
        said: dict[str, Any] = json.loads((folder / FILE).read_bytes())
        sizes: dict[str, int] = said["files"]
        if any((folder / name).stat().st_size < size for name, size in sizes.items()):
            return None
        problems = tuple(Problem(**{**problem, "also": ()}) for problem in said["problems"])
        section, table, row, before = said["at"]
        suspected = (said["wrong"], said["odd"])
    except (OSError, ValueError, KeyError, TypeError):
        return None
    for path in folder.iterdir():
        if path.name in sizes:
            os.truncate(path, sizes[path.name])
        elif path.name != FILE:
            path.unlink()
    wrong, odd = (tuple((at, sort, rows, count) for at, sort, rows, count in kept) for kept in suspected)
    return Halt(section, table, row, tuple(before), wrong, odd, problems)
