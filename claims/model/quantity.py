"""Figures as people write them: a number, a bound or a range, with what it measures or counts.

>>> parse_quantity("more than 250 km²")
Quantity('more than 250 km²')
>>> parse_quantity("about 13–20 dead").figure
(13.0, 20.0)
>>> parse_quantity("٣٠٠ كم²").dimension
'[length] ** 2'
>>> agreement(parse_quantity("300 km"), parse_quantity("186 miles"), tolerance=0.1)
'agrees'
>>> [str(figure) for figure in figures_in("retaking control of 300 kilometres of territory")]
['300 kilometres']
"""

from __future__ import annotations

from collections.abc import Mapping
from copy import deepcopy
from dataclasses import dataclass
from functools import lru_cache
from math import inf, isclose
from typing import TYPE_CHECKING, Any, Final, Literal

from pydantic_core import core_schema

from claims.model.amounts import BOUNDS, read_amount
from claims.model.mentions import measured_parts
from claims.model.units import QuantityError

if TYPE_CHECKING:
    from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler
    from pydantic.json_schema import JsonSchemaValue

__all__ = [
    "Agreement", "Quantity", "QuantityError", "agreement", "bound_conflict", "figures_in", "parse_quantity",
    "quantity_from", "same_dimension",
]  # fmt: skip

Agreement = Literal["agrees", "disagrees", "undecided", "other-dimension"]

SAME: Final = 1e-9
"""Figures that differ by less than this part of them are the same; conversions round."""
LARGEST: Final = 10**30
HINT: Final = "write 300 km², 13–20 dead, or value: 300 and unit: km²"
FIGURES: Final = ("value", "low", "high")
KEYS: Final = (*FIGURES, "unit", "bound")
SCHEMA: Final = {
    "anyOf": [
        {"type": ["string", "number"]},
        {
            "type": "object",
            "properties": {
                **{key: {"type": ["string", "number"]} for key in FIGURES},
                "unit": {"type": "string"},
                "bound": {"enum": sorted(BOUNDS)},
            },
            "additionalProperties": False,
        },
    ],
    "description": "A figure: 300 km², about 300 km, 13–20 dead, more than 30 tanks; or value, unit and bound.",
}


@dataclass(frozen=True, slots=True, repr=False)
class Quantity:
    """The figures from `low` to `high` that are meant, in base units, and the text as it was `written`.

    Base units are metre, kilogram, second and °C, and their powers; a share is a part of 1. Money and
    things counted have none.
    """

    low: float
    """-inf: no lower bound is given."""
    high: float
    """inf: no upper bound is given."""
    low_open: bool
    """Whether `low` itself is left out: `more than 30`."""
    high_open: bool
    about: bool
    figure: tuple[float, ...]
    """The figure stated: one of a number or a bound, two of a range."""
    dimension: str
    """`[length] ** 2`, `[ratio]`, `count:usd`, `count:soldier`, or `count` of a bare number."""
    unit: str
    """The unit, currency or thing counted, as written; empty for a bare number."""
    written: str

    def __str__(self) -> str:
        return self.written

    def __repr__(self) -> str:
        return f"Quantity({self.written!r})"

    @property
    def is_two_sided(self) -> bool:
        """Whether it is a number or a range, not a bound."""
        return -inf < self.low and self.high < inf

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: GetCoreSchemaHandler) -> core_schema.CoreSchema:
        del source, handler
        return core_schema.no_info_plain_validator_function(
            quantity_from, serialization=core_schema.to_string_ser_schema()
        )

    @classmethod
    def __get_pydantic_json_schema__(
        cls, schema: core_schema.CoreSchema, handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        del schema, handler
        return deepcopy(SCHEMA)


def quantity_from(value: object) -> Quantity:
    """The quantity that is written, short or long; a `Quantity` is handed through. Raises `QuantityError`.

    >>> quantity_from({"value": 300, "unit": "km²", "bound": "about"})
    Quantity('about 300 km²')
    >>> quantity_from({"low": 13, "high": 20, "unit": "dead"})
    Quantity('13–20 dead')
    """
    if isinstance(value, Quantity):
        return value
    if isinstance(value, Mapping):
        return _from_long(value)
    if isinstance(value, str):
        return parse_quantity(value)
    return parse_quantity(_figure_text(value))


@lru_cache(maxsize=4096)
def parse_quantity(text: str) -> Quantity:
    """The quantity that `text` means. Digits of any script are read. Raises `QuantityError`.

    >>> parse_quantity("up to 1.5 million people").high
    1500000.0
    """
    written = text.strip()
    amount = read_amount(written)
    figure = tuple(amount.measure.base(number) for number in amount.numbers)
    bound = amount.bound
    return Quantity(
        low=-inf if bound in ("at-most", "less-than") else figure[0],
        high=inf if bound in ("at-least", "more-than") else figure[-1],
        low_open=bound == "more-than",
        high_open=bound == "less-than",
        about=amount.about,
        figure=figure,
        dimension=amount.measure.dimension,
        unit=amount.unit,
        written=written,
    )


def same_dimension(a: Quantity, b: Quantity) -> bool:
    """Whether two quantities can be compared. A bare number can, with anything counted.

    >>> same_dimension(parse_quantity("300 km"), parse_quantity("300 km²"))
    False
    """
    if "count" in (a.dimension, b.dimension):
        return a.dimension.startswith("count") and b.dimension.startswith("count")
    return a.dimension == b.dimension


def agreement(claim: Quantity, value: Quantity, tolerance: float) -> Agreement:
    """Whether a reported value agrees with a claimed quantity.

    tolerance: the part of a claimed number by which a value may differ from it; doubled where either
    is `about`. Bounds and ranges leave no such room, but for the ends of an `about` range. A bound that
    reaches beyond what is claimed agrees by the figure it states, or with a claimed bound of its kind that is
    within the tolerance; else it is undecided.

    >>> agreement(parse_quantity("more than 30"), parse_quantity("at least 7"), tolerance=0.1)
    'undecided'
    """
    if not same_dimension(claim, value):
        return "other-dimension"
    claimed = _span(claim, tolerance * (2 if len(claim.figure) == 1 and (claim.about or value.about) else 1))
    found = _Span(value.low, value.high, value.low_open, value.high_open)
    if not claimed.meets(found):
        return "disagrees"
    if value.is_two_sided or claimed.holds(found):
        return "agrees"
    is_stated = any(claimed.holds(_Span(n, n)) for n in value.figure)
    return "agrees" if is_stated or _is_alike(claim, value, tolerance) else "undecided"


def bound_conflict(a: Quantity, b: Quantity) -> str | None:
    """What is wrong with two bounds that leave no figure between them; None where nothing is.

    >>> bound_conflict(parse_quantity("up to 300"), parse_quantity("more than 300"))
    "no figure is both 'up to 300' and 'more than 300'"
    """
    if a.is_two_sided or b.is_two_sided or not same_dimension(a, b):
        return None
    one, other = (_Span(q.low, q.high, q.low_open, q.high_open) for q in (a, b))
    return None if one.meets(other) else f"no figure is both '{a}' and '{b}'"


def figures_in(text: str) -> tuple[Quantity, ...]:
    """The measures and sums of money in running text, in its order; things counted are left out.

    >>> [str(q) for q in figures_in("About 30 men took over 300 km² and $5 million, he said.")]
    ['over 300 km²', '$5 million']
    """
    return tuple(parse_quantity(part) for part in measured_parts(text))


def _is_alike(claim: Quantity, value: Quantity, tolerance: float) -> bool:
    """Whether both are bounds of one kind, at figures that differ by no more than the tolerance."""
    if claim.is_two_sided or value.is_two_sided or (claim.low == -inf) != (value.low == -inf):
        return False
    return _fits(abs(claim.figure[0] - value.figure[0]), tolerance * abs(claim.figure[0]), is_open=False)


@dataclass(frozen=True, slots=True)
class _Span:
    low: float
    high: float
    low_open: bool = False
    high_open: bool = False

    def meets(self, other: _Span) -> bool:
        """Whether there is a figure in both."""
        return _fits(self.low, other.high, is_open=self.low_open or other.high_open) and _fits(
            other.low, self.high, is_open=other.low_open or self.high_open
        )

    def holds(self, other: _Span) -> bool:
        """Whether every figure of the other is in this one."""
        return _fits(self.low, other.low, is_open=self.low_open and not other.low_open) and _fits(
            other.high, self.high, is_open=self.high_open and not other.high_open
        )


def _fits(low: float, high: float, *, is_open: bool) -> bool:
    return not is_open if isclose(low, high, rel_tol=SAME) else low < high


def _span(claim: Quantity, tolerance: float) -> _Span:
    """What a claim leaves room for."""
    if not claim.is_two_sided or (len(claim.figure) > 1 and not claim.about):
        return _Span(claim.low, claim.high, claim.low_open, claim.high_open)
    return _Span(claim.low - tolerance * abs(claim.low), claim.high + tolerance * abs(claim.high))


def _from_long(value: Mapping[object, object]) -> Quantity:
    """The quantity of a mapping: its parts become the short text that a person would write."""
    unknown = [str(key) for key in value if key not in KEYS]
    if unknown:
        raise QuantityError(f"a quantity has no key '{unknown[0]}'", f"its keys are {', '.join(KEYS)}")
    figures = {key: _figure_text(value[key]) for key in FIGURES if value.get(key) is not None}
    if not figures or ("value" in figures and len(figures) > 1):
        raise QuantityError("a quantity has one value, or a low and a high end", HINT)
    words, numbers = _bound_words(value.get("bound"), figures), "–".join(figures.values())
    unit = value.get("unit") or ""
    if not isinstance(unit, str):
        raise QuantityError("the unit of a quantity is a text", HINT)
    found = parse_quantity(" ".join(part for part in (*words, numbers, unit.strip()) if part))
    if found.unit != unit.strip() or len(found.figure) != len(figures):
        raise QuantityError(f"'{unit.strip()}' is not a unit", "the unit is what stands after the figure")
    return found


def _bound_words(bound: object, figures: Mapping[str, str]) -> tuple[str, ...]:
    """The words that say what `bound`, or a `low` or `high` without the other, says."""
    alone = {"low": "at least", "high": "up to"}.get("+".join(figures))
    if bound is None or bound == "exact":
        return (alone,) if alone else ()
    if not isinstance(bound, str) or bound not in BOUNDS:
        raise QuantityError(f"'{bound}' is no bound", f"known are {', '.join(BOUNDS)}")
    if bound != "about" and "value" not in figures:
        raise QuantityError("a low or high end is a bound itself", "give 'value' and 'bound', or 'low' and 'high'")
    return (bound.replace("-", " "), *((alone,) if alone else ()))


def _figure_text(value: object) -> str:
    """A number, as text."""
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        raise QuantityError("a quantity is a figure with what it measures or counts", HINT)
    if isinstance(value, int) and abs(value) >= LARGEST:
        raise QuantityError("the figure is too long", HINT)
    return str(value).strip()
