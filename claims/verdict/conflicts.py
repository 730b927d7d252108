"""Figures on one claim that cannot all be meant: `300 km` against `300 km²` against `300 m²`."""

from __future__ import annotations

from typing import TYPE_CHECKING
from unicodedata import decimal

from claims.model.assessment import Conflict
from claims.model.quantity import agreement, bound_conflict, same_dimension

if TYPE_CHECKING:
    from collections.abc import Iterable

    from claims.model.quantity import Quantity

    Reading = tuple[Quantity, list[str]]


def conflicts_between(figures: Iterable[tuple[Quantity, str]], tolerance: float) -> tuple[Conflict, ...]:
    """At most one conflict of a kind: units that are not one, then bounds and figures that exclude each other.

    figures: each with the id of the record that gives it. Figures that agree within the tolerance, in the same unit,
    are one reading, shown as the first that gives it.
    """
    readings = _readings(figures, tolerance)
    kinds: dict[str, list[int]] = {}
    notes: dict[str, list[str]] = {}
    for n, (one, _) in enumerate(readings):
        for m, (other, _) in enumerate(readings[:n]):
            kind, note = _conflict(other, one, tolerance)
            if kind:
                kinds.setdefault(kind, []).extend((m, n))
                notes.setdefault(kind, []).extend([note] if note else [])
    return tuple(_as_conflict(kind, kinds[kind], notes[kind], readings) for kind in sorted(kinds, reverse=True))


def _readings(figures: Iterable[tuple[Quantity, str]], tolerance: float) -> list[Reading]:
    readings: list[Reading] = []
    for figure, record in sorted(figures, key=lambda pair: (pair[0].dimension, pair[0].low, pair[0].high, pair[1])):
        for known, ids in readings:
            if _conflict(known, figure, tolerance)[0] is None:
                ids.append(record)
                break
        else:
            readings.append((figure, [record]))
    return readings


def _conflict(one: Quantity, other: Quantity, tolerance: float) -> tuple[str | None, str | None]:
    if not same_dimension(one, other):
        return "unit", None
    if "disagrees" not in (agreement(one, other, tolerance), agreement(other, one, tolerance)):
        return None, None
    if agreement(one, other, tolerance) != agreement(other, one, tolerance):
        return None, None
    if _numerals(one) == _numerals(other):
        return "unit", None
    bound = bound_conflict(one, other)
    return ("bound", bound) if bound else ("figure", None)


def _numerals(quantity: Quantity) -> str:
    """The digits as written: the same digits in another unit are a slip of the unit, not another figure."""
    unit = quantity.unit or ""
    number = quantity.written.removesuffix(unit) if unit else quantity.written
    return "".join(str(decimal(character)) for character in number if character.isdecimal())


def _as_conflict(kind: str, places: list[int], notes: list[str], readings: list[Reading]) -> Conflict:
    chosen = [readings[n] for n in sorted(set(places))]
    against = " against ".join(figure.written for figure, _ in chosen)
    text = f"{against} ({'; '.join(notes)})" if notes else against
    return Conflict(kind, text, tuple((figure.written, tuple(sorted(ids))) for figure, ids in chosen))  # type: ignore[arg-type]
