"""Faults of the rows of a table, gathered as columns and told as problems: the first of them, and a count of all."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np

from claims.model.errors import TableProblems
from claims.model.problem import Place, Problem
from claims.read.characters import shown

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from claims.fusion.codes import Ints

MOST_TOLD: Final = 50
LONGEST: Final = 40


class Fault(NamedTuple):
    """Rows that are wrong in one way. `says` gives what is wrong with one of them, and the way out."""

    code: str
    rows: Ints
    """Positions of the rows, from 0."""
    says: Callable[[int], tuple[str, str | None]]
    first: Ints | None = None
    """Of each row the position of the row that it contradicts."""


@dataclass(frozen=True, slots=True)
class Origin:
    """What a table is called, and in which line of its file each of some rows stands."""

    name: str
    lines: Callable[[Sequence[int]], list[int]]


def raise_faults(faults: Sequence[Fault], origin: Origin) -> None:
    """Raise `TableProblems` where there is any fault."""
    counts: dict[str, int] = {}
    for fault in faults:
        if fault.rows.size:
            counts[fault.code] = counts.get(fault.code, 0) + int(fault.rows.size)
    if counts:
        raise TableProblems(_problems(faults, origin), counts)


def _problems(faults: Sequence[Fault], origin: Origin) -> tuple[Problem, ...]:
    early = [(int(row), n, k) for n, fault in enumerate(faults) for k, row in enumerate(fault.rows[:MOST_TOLD])]
    told = sorted(early)[:MOST_TOLD]
    others = [int(first[k]) if (first := faults[n].first) is not None else -1 for _, n, k in told]
    rows = sorted({row for row, _, _ in told} | {other for other in others if other >= 0})
    line = dict(zip(rows, origin.lines(rows), strict=True))
    found = []
    for (row, n, k), other in zip(told, others, strict=True):
        message, hint = faults[n].says(k)
        also = (Place(origin.name, line[other]),) if other >= 0 else ()
        found.append(Problem(origin.name, line[row], 1, faults[n].code, message, hint, also=also))
    return tuple(found)


def rows_where(is_wrong: np.ndarray) -> Ints:
    """The positions of what is true."""
    return np.flatnonzero(is_wrong).astype(np.int64)


def quoted(value: object) -> str:
    """A value as it is named in a sentence."""
    text = shown(str(value))
    return f"'{text}'" if len(text) <= LONGEST else f"'{text[:LONGEST]}…'"
