"""The judgements of a collection's blocks as one: columns end to end, codes counted on from block to block."""

from __future__ import annotations

from dataclasses import fields, is_dataclass
from typing import TYPE_CHECKING, Any, Final, TypeVar

import numpy as np
import pandas as pd

from claims.independence.links import NONE
from claims.tables.columns import Columns, narrow

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

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
SHARED: Final = ("chains.origins.origin", "chains.visits.document", "groups.groups.origin")
"""Codes that mean the same in every block."""
SAME: Final = ("weights.scale",)
"""What every block holds alike."""
ROOM: Final = 1.1
"""Columns are made for so many times what the first block lets expect; memory that is not written to costs nothing."""


def joined(parts: Iterable[Judgement], number: int) -> Judgement:
    """One judgement from those of so many blocks, in order; all are of the same tables."""
    columns: dict[str, _Growing] = {}
    shape: Judgement | None = None
    for part in parts:
        shape = part if shape is None else shape
        found = dict(_columns(part, ""))
        before = {of: len(columns[of]) if of in columns else 0 for of in set(CODED.values())}
        for name, column in found.items():
            if name in SAME and name in columns:
                continue
            start = before[CODED[name]] if name in CODED else 0
            kind = column.dtype
            if name in CODED or name in SHARED:
                kind = np.dtype(narrow(start + int(column.max(initial=0))))
            if name not in columns:
                columns[name] = _Growing(column, kind, 1 if name in SAME else number)
            columns[name].add(column, kind, start)
    if shape is None:
        raise ValueError("there is no block to join")
    result: Judgement = _filled(shape, "", columns)
    return result


class _Growing:
    """A column to which those of further blocks are added, along its last axis."""

    def __init__(self, first: NDArray[Any], kind: np.dtype[Any], number: int) -> None:
        room = first.shape[-1] if number == 1 else int(first.shape[-1] * number * ROOM)
        self.array = np.empty((*first.shape[:-1], room), dtype=kind)
        self.size = 0

    def __len__(self) -> int:
        return self.size

    def add(self, column: NDArray[Any], kind: np.dtype[Any], start: int) -> None:
        """Add a block's column, its codes counted on from `start`; make room, or widen, where it does not fit."""
        size = self.size + column.shape[-1]
        kind = np.result_type(self.array.dtype, kind)
        if size > self.array.shape[-1] or kind != self.array.dtype:
            wider = np.empty((*self.array.shape[:-1], int(size * ROOM) + 1), dtype=kind)
            wider[..., : self.size] = self.array[..., : self.size]
            self.array = wider
        room = self.array[..., self.size : size]
        if start:
            np.add(column, start, out=room, casting="unsafe")
            room[room < start] = NONE
        else:
            room[...] = column
        self.size = size


def _columns(value: Any, name: str) -> Iterator[tuple[str, NDArray[Any]]]:
    """Every column in a judgement, by where it stands."""
    if isinstance(value, np.ndarray):
        yield name, value
    elif isinstance(value, Columns):
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
    if isinstance(shape, Columns):
        names = {column: columns[f"{name}.{column}"] for column in shape.columns}
        return pd.DataFrame({column: grown.array[: len(grown)] for column, grown in names.items()}, copy=False)
    filled = {
        field: _filled(getattr(shape, field), f"{name}.{field}".lstrip("."), columns) for field in _judged_fields(shape)
    }
    kept = {"tables": shape.tables} if hasattr(shape, "tables") else {}
    return type(shape)(**filled, **kept)
