"""The judgements of a collection's blocks as one: columns end to end, codes counted on from block to block.

Columns are as narrow as their numbers allow: memory that a process asks for anew costs more than most steps.
"""

from __future__ import annotations

from dataclasses import fields, is_dataclass
from threading import Lock
from typing import TYPE_CHECKING, Any, Final, Generic, TypeVar

import numpy as np

from claims.independence.links import NONE
from claims.tables.columns import Table, narrow

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

Judgement = TypeVar("Judgement")

CODED: Final = {
    "chains.origins.finding": "why",
    "chains.origins.visit": "chains.visits.document",
    "chains.visits.finding": "why",
    "chains.visits.previous": "chains.visits.document",
    "groups.groups.claim": "verdict",
    "groups.members.group": "groups.groups.claim",
    "groups.members.finding": "why",
    "groups.members.row": "chains.origins.finding",
}
"""Codes within a block, each with a column that has one value for whatever they are codes of; -1 stays."""
LACKING: Final = ("chains.origins.visit", "chains.visits.previous")
"""Those of them that can be -1."""
SHARED: Final = ("chains.origins.origin", "chains.visits.document", "groups.groups.origin")
"""Codes that mean the same in every block."""
COUNTS: Final = ("sides.established", "sides.others", "remedies.findings")
"""Whole numbers that are small as a rule."""
SAME: Final = ("weights.scale", "sides.scale")
"""What every block holds alike."""
ROOM: Final = 1.1
"""Columns are made for so many times what the first block lets expect; memory that is not written to costs nothing."""


class Joined(Generic[Judgement]):
    """One judgement from those of the blocks of one collection, which come in any order and from any thread.

    Each is added by the thread that brings it, as soon as those before it are there: none waits for another, and what
    a thread frees is its own to use again.
    """

    def __init__(self, number: int) -> None:
        self.number = number
        self._columns: dict[str, _Growing] = {}
        self._early: dict[int, Judgement] = {}
        self._added = 0
        self._shape: Judgement | None = None
        self._turn = Lock()

    def add(self, place: int, part: Judgement) -> None:
        """The judgement of the block at that place, counted from 0."""
        with self._turn:
            self._early[place] = part
            while self._added in self._early:
                self._append(self._early.pop(self._added))
                self._added += 1

    def whole(self) -> Judgement:
        """The judgement of all blocks. Raises ValueError where one has not been added."""
        if self._shape is None or self._added < self.number:
            raise ValueError(f"{self._added} of {self.number} blocks are there")
        result: Judgement = _filled(self._shape, "", self._columns)
        return result

    def _append(self, part: Judgement) -> None:
        self._shape = part if self._shape is None else self._shape
        columns = self._columns
        before = {of: len(columns[of]) if of in columns else 0 for of in set(CODED.values())}
        added = dict(_columns(part, ""))
        for name, column in added.items():
            if name in SAME and name in columns:
                continue
            start, kind = 0, column.dtype
            if name in CODED:
                start = before[CODED[name]]
                kind = np.dtype(narrow(start + added[CODED[name]].shape[-1]))
            elif name in SHARED or name in COUNTS:
                kind = np.dtype(narrow(int(column.max(initial=0))))
            if name not in columns:
                columns[name] = _Growing(column, kind, 1 if name in SAME else self.number)
            columns[name].add(column, kind, start, may_lack=name in LACKING)


class _Growing:
    """A column to which those of further blocks are added, along its last axis."""

    def __init__(self, first: NDArray[Any], kind: np.dtype[Any], number: int) -> None:
        room = first.shape[-1] if number == 1 else int(first.shape[-1] * number * ROOM)
        self.array = np.empty((*first.shape[:-1], room), dtype=kind)
        self.size = 0

    def __len__(self) -> int:
        return self.size

    def add(self, column: NDArray[Any], kind: np.dtype[Any], start: int, *, may_lack: bool) -> None:
        """Add a block's column, its codes counted on from `start`; make room, or widen, where it does not fit.

        may_lack: whether a code can be -1, and stays so.
        """
        size = self.size + column.shape[-1]
        kind = np.result_type(self.array.dtype, kind)
        if size > self.array.shape[-1] or kind != self.array.dtype:
            wider = np.empty((*self.array.shape[:-1], int(size * ROOM) + 1), dtype=kind)
            wider[..., : self.size] = self.array[..., : self.size]
            self.array = wider
        room = self.array[..., self.size : size]
        if start:
            counted_on = start * (column > NONE) if may_lack else start
            np.add(column, counted_on, out=room, dtype=room.dtype)
        else:
            room[...] = column
        self.size = size


def _columns(value: Any, name: str) -> Iterator[tuple[str, NDArray[Any]]]:
    """Every column in a judgement, by where it stands."""
    if isinstance(value, np.ndarray):
        yield name, value
    elif isinstance(value, Table):
        for column in value.columns:
            yield f"{name}.{column}", value[column]
    elif is_dataclass(value):
        for field in _judged_fields(value):
            yield from _columns(getattr(value, field), f"{name}.{field}".lstrip("."))


def _judged_fields(value: Any) -> list[str]:
    return [field.name for field in fields(value) if field.name != "tables"]


def _filled(shape: Any, name: str, columns: dict[str, _Growing]) -> Any:
    """A value of that shape with the columns of all blocks."""
    if isinstance(shape, np.ndarray):
        return columns[name].array[..., : len(columns[name])]
    if isinstance(shape, Table):
        names = {column: columns[f"{name}.{column}"] for column in shape.columns}
        return Table({column: grown.array[: len(grown)] for column, grown in names.items()})
    filled = {
        field: _filled(getattr(shape, field), f"{name}.{field}".lstrip("."), columns) for field in _judged_fields(shape)
    }
    kept = {"tables": shape.tables} if hasattr(shape, "tables") else {}
    return type(shape)(**filled, **kept)
