"""The judgements of a collection's blocks as one: columns end to end, codes counted on from block to block."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import fields, is_dataclass
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import pandas as pd

from claims.tables.columns import Columns, narrow

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from numpy.typing import NDArray

    from claims.verdict.judgement import Judged

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
"""Columns that hold codes, each with a column that has one value for whatever they are codes of; -1 stays."""


def joined(parts: Iterable[Judged]) -> Judged:
    """One judgement from those of the blocks, in order; all are of the same tables."""
    columns: dict[str, list[NDArray[Any]]] = defaultdict(list)
    shape: Judged | None = None
    for part in parts:
        shape = shape or part
        for name, column in _columns(part, ""):
            columns[name].append(column)
    if shape is None:
        raise ValueError("there is no block to join")
    sizes = {name: [column.shape[-1] for column in columns[name]] for name in set(CODED.values())}
    result: Judged = _filled(shape, "", columns, sizes)
    return result


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


def _filled(shape: Any, name: str, columns: dict[str, list[NDArray[Any]]], sizes: dict[str, list[int]]) -> Any:
    """A value of that shape with the columns of all blocks, which are given up as they are used."""
    if isinstance(shape, np.ndarray):
        return _end_to_end(columns.pop(name), sizes.get(CODED.get(name, "")))
    if isinstance(shape, Columns):
        names = {column: f"{name}.{column}" for column in shape.columns}
        return pd.DataFrame({column: _filled(np.empty(0), at, columns, sizes) for column, at in names.items()}, copy=False)
    filled = {
        field: _filled(getattr(shape, field), f"{name}.{field}".lstrip("."), columns, sizes)
        for field in _judged_fields(shape)
    }
    kept = {"tables": shape.tables} if hasattr(shape, "tables") else {}
    return type(shape)(**filled, **kept)


def _end_to_end(parts: list[NDArray[Any]], sizes: list[int] | None) -> NDArray[Any]:
    """The columns of all blocks as one; codes are moved on by so many in the blocks before."""
    if sizes is None:
        return np.concatenate(parts, axis=-1)
    kind = narrow(sum(sizes))
    start = 0
    for n, size in enumerate(sizes):
        moved = parts[n].astype(kind)
        moved[moved >= 0] += start
        parts[n] = moved
        start += size
    return np.concatenate(parts)
