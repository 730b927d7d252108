"""What is wrong with answers, row by row; nothing is dropped without a word.

An answer that stands twice, word for word, counts once, and that is said. A source that gives two values for one object
contradicts itself: which of them it stands by is for a person to say.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np
import pandas as pd

from claims.answers.faults import Fault, Origin, quoted, raise_faults, rows_where
from claims.fusion.codes import Numbered, numbered
from claims.fusion.sorting import by_object, together
from claims.model.errors import BadRequest

if TYPE_CHECKING:
    from claims.fusion.codes import Floats, Ints

COLUMNS: Final = ("source", "object", "value")
NO_NUMBER: Final = ("nan", "NaN")
_NONE: Final = np.empty(0, dtype=np.int64)


class Checked(NamedTuple):
    """Sound answers, each once, and what was left out."""

    answers: Numbered
    repeated: Ints
    """Rows that only repeat an earlier one."""


def checked(frame: pd.DataFrame, origin: Origin, *, are_figures: bool = False) -> Checked:
    """The answers in the columns source, object and value. Raises `BadRequest`, or `TableProblems` with all faults.

    are_figures: whether each value must be a number.
    """
    require(frame, COLUMNS, origin)
    faults = missing(frame, COLUMNS)
    empty = np.unique(np.concatenate([fault.rows for fault in faults]))
    rows = np.setdiff1d(np.arange(len(frame)), empty) if empty.size else None
    whole = frame if rows is None else frame.iloc[rows]
    given = numbered(*(whole[name] for name in COLUMNS))
    beside = together(given)
    again, first = _again(given) if _speaks_again(beside) else (_NONE, _NONE)
    is_other = given.said[again] != given.said[first]
    faults.append(_two_answers(given, again[is_other], first[is_other], rows))
    if are_figures:
        faults.append(_no_figures(given, rows))
    raise_faults(faults, origin)
    if not again.size:
        return Checked(beside, again)
    kept = np.ones(given.who.size, dtype=bool)
    kept[again] = False
    return Checked(given._replace(who=given.who[kept], what=given.what[kept], said=given.said[kept]), again)


def require(frame: pd.DataFrame, columns: tuple[str, ...], origin: Origin) -> None:
    """Raise `BadRequest` where the table lacks a column."""
    lacking = [name for name in columns if name not in frame.columns]
    if lacking:
        have = ", ".join(quoted(name) for name in list(frame.columns)[:10]) or "none"
        raise BadRequest(f"{origin.name} has no column {' and no column '.join(lacking)}; its columns are {have}")


def missing(frame: pd.DataFrame, columns: tuple[str, ...]) -> list[Fault]:
    """Rows in which one of the columns is empty."""

    def fault(name: str) -> Fault:
        rows = rows_where(_is_missing(frame[name]))
        hint = "an object that a source says nothing of has no row" if name == "value" else None
        return Fault("no-value", rows, lambda _: (f"there is no {name} in this row", hint))

    return [fault(name) for name in columns]


def _is_missing(column: pd.Series) -> np.ndarray:
    names = column.cat.categories if isinstance(column.dtype, pd.CategoricalDtype) else None
    if names is not None:
        bad = np.array([*(_is_nothing(name) for name in names), True], dtype=bool)
        return bad[column.cat.codes.to_numpy()]
    gone = column.isna().to_numpy(dtype=bool)
    if pd.api.types.is_numeric_dtype(column.dtype):
        return gone
    return gone | column.isin(["", *NO_NUMBER]).to_numpy(dtype=bool)


def _is_nothing(name: object) -> bool:
    return name == "" or name in NO_NUMBER or name != name  # noqa: PLR0124 - NaN is unlike itself


def _again(given: Numbered) -> tuple[Ints, Ints]:
    """Rows in which a source speaks of an object again, and of each the first row in which it did."""
    key = given.what * np.int64(max(len(given.sources), 1)) + given.who
    order = np.argsort(key, kind="stable")
    begins = np.append(True, key[order][1:] != key[order][:-1])
    first = order[np.flatnonzero(begins)][np.cumsum(begins) - 1]
    again = np.sort(order[~begins])
    of_row = np.empty(key.size, dtype=np.int64)
    of_row[order] = first
    return again, of_row[again]


def _speaks_again(beside: Numbered) -> bool:
    """Whether some source speaks of an object again. beside: the answers by object."""
    parts = by_object(beside.what, beside.who, len(beside.sources))
    return any(bool((key[1:] == key[:-1]).any()) for _, key, _ in parts)


def _two_answers(given: Numbered, again: Ints, first: Ints, rows: Ints | None) -> Fault:
    def says(n: int) -> tuple[str, str | None]:
        row, other = int(again[n]), int(first[n])
        who, what = given.sources[given.who[row]], given.objects[given.what[row]]
        one, two = given.options[given.said[other]], given.options[given.said[row]]
        message = f"{quoted(who)} says {quoted(two)} of {quoted(what)}, and {quoted(one)} before"
        return message, "keep the one that it stands by"

    return Fault("two-answers", _in_frame(again, rows), says, _in_frame(first, rows))


def _no_figures(given: Numbered, rows: Ints | None) -> Fault:
    odd = ~np.isfinite(as_figures(given.options, sample=len(given.options)))
    at = rows_where(odd[given.said]) if odd.any() else np.empty(0, dtype=np.int64)

    def says(n: int) -> tuple[str, str | None]:
        return f"{quoted(given.options[given.said[at[n]]])} is not a finite number", None

    return Fault("not-a-figure", _in_frame(at, rows), says)


def _in_frame(at: Ints, rows: Ints | None) -> Ints:
    """Positions among sound rows as positions in the frame."""
    return at if rows is None else rows[at]


def as_figures(values: pd.Index, sample: int = 100) -> Floats:
    """Of each value the number that it is, or nan; of all nan where one of the first is none."""
    first = pd.to_numeric(pd.Series(values[:sample]), errors="coerce")
    if first.isna().any() and len(values) > sample:
        return np.full(len(values), np.nan)
    return pd.to_numeric(pd.Series(values), errors="coerce").to_numpy(dtype=np.float64, na_value=np.nan)
