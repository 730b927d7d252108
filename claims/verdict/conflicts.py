"""Figures on one claim that cannot all be meant: `300 km` against `300 km²` against `300 m²`."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final, Literal
from unicodedata import decimal

from claims.model.assessment import Conflict
from claims.model.quantity import agreement, bound_conflict, same_dimension

if TYPE_CHECKING:
    from collections.abc import Sequence

    from claims.model.quantity import Quantity

    Reading = tuple[Quantity, list[str]]

Kind = Literal["unit", "figure", "bound"]
ORDER: Final[tuple[Kind, ...]] = ("unit", "figure", "bound")


def conflicts_between(
    figures: Sequence[tuple[Quantity, str]], tolerance: float, claimed: Quantity | None = None
) -> tuple[Conflict, ...]:
    """At most one conflict of a kind: units that are not one, then figures, then bounds that exclude each other.

    figures: each with the id of the record that gives it. claimed: the claim's own figure, the first reading where it
    is among them. Figures that do not exclude each other are one reading, shown as the one given most often.
    """
    readings = _readings(figures, tolerance, claimed)
    kinds: dict[Kind, set[int]] = {}
    notes: dict[Kind, list[str]] = {}
    for n, (one, _) in enumerate(readings):
        for m, (other, _) in enumerate(readings[:n]):
            kind = _kind(other, one, tolerance)
            if kind:
                kinds.setdefault(kind, set()).update((m, n))
                notes.setdefault(kind, []).append(bound_conflict(other, one) or "")
    return tuple(_as_conflict(kind, sorted(kinds[kind]), notes[kind], readings) for kind in ORDER if kind in kinds)


def _readings(figures: Sequence[tuple[Quantity, str]], tolerance: float, claimed: Quantity | None) -> list[Reading]:
    given = Counter(figure.written for figure, _ in figures)

    def first(pair: tuple[Quantity, str]) -> tuple[bool, int, str, str]:
        figure, record = pair
        return figure is not claimed, -given[figure.written], figure.written, record

    readings: list[Reading] = []
    for figure, record in sorted(figures, key=first):
        for known, records in readings:
            if _kind(known, figure, tolerance) is None:
                records.append(record)
                break
        else:
            readings.append((figure, [record]))
    return readings


def _kind(one: Quantity, other: Quantity, tolerance: float) -> Kind | None:
    """How two figures exclude each other; None where they do not, whichever of them is taken for the claim's."""
    if not same_dimension(one, other):
        return "unit"
    if {agreement(one, other, tolerance), agreement(other, one, tolerance)} != {"disagrees"}:
        return None
    if bound_conflict(one, other):
        return "bound"
    return "unit" if _numerals(one) == _numerals(other) else "figure"


def _numerals(quantity: Quantity) -> str:
    """The digits as written: the same digits in another unit are a slip of the unit, not another figure."""
    unit = quantity.unit or ""
    number = quantity.written.removesuffix(unit) if unit else quantity.written
    return "".join(str(decimal(character)) for character in number if character.isdecimal())


def _as_conflict(kind: Kind, places: list[int], notes: list[str], readings: list[Reading]) -> Conflict:
    chosen = [readings[n] for n in places]
    text = " against ".join(figure.written for figure, _ in chosen)
    said = "; ".join(note for note in notes if note) if kind == "bound" else ""
    return Conflict(
        kind,
        f"{text} ({said})" if said else text,
        tuple((figure.written, tuple(sorted(records))) for figure, records in chosen),
    )
