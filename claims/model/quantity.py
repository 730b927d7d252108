"""Interim."""
from __future__ import annotations
import re, unicodedata
from dataclasses import dataclass
from functools import cache
from math import inf
from typing import Any, Literal
from pydantic_core import core_schema

Agreement = Literal["agrees", "disagrees", "undecided", "other-dimension"]

class QuantityError(ValueError):
    def __init__(self, message: str, hint: str | None = None) -> None:
        super().__init__(message); self.message, self.hint = message, hint

@dataclass(frozen=True, slots=True)
class Quantity:
    low: float
    high: float
    low_open: bool
    high_open: bool
    about: bool
    figure: tuple[float, ...]
    dimension: str
    unit: str
    written: str
    def __str__(self) -> str:
        return self.written
    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: Any) -> core_schema.CoreSchema:
        return core_schema.no_info_plain_validator_function(quantity_from, serialization=core_schema.to_string_ser_schema())
    @classmethod
    def __get_pydantic_json_schema__(cls, schema: Any, handler: Any) -> dict[str, Any]:
        return {"type": ["string", "number", "object"]}

def quantity_from(value: object) -> Quantity:
    if isinstance(value, Quantity): return value
    if isinstance(value, str): return parse_quantity(value)
    raise QuantityError("not a quantity")

NUM = r"-?\d{1,3}(?:[,٬]\d{3})+(?:[.٫]\d+)?|-?\d+(?:[.٫]\d+)?"
PAT = re.compile(rf"(?P<b>about|around|some|over|more than|at least|up to|less than|at most|under|nearly|~|>|<)?\s*(?:between\s+)?(?P<a>{NUM})(?:\s*(?:–|-|to|and)\s*(?P<z>{NUM}))?\s*(?P<m>million|billion|thousand)?\s*(?P<u>\D.*)?", re.I)

@cache
def unit_of(text: str) -> tuple[str, float]:
    if not text: return "count", 1.0
    t = text.replace("²","**2").replace("km2","km**2").replace("m2","m**2")
    t = re.sub(r"square (\w+)", r"\1**2", t)
    import pint
    global REG
    try: REG
    except NameError: REG = pint.UnitRegistry()
    if t.split("**")[0] in {"km","m","mi","kilometres","kilometers","metres","miles","ha","hectares","days","hours","percent"}:
        q = REG.Quantity(1, t).to_base_units()
        return str(q.dimensionality), float(q.magnitude)
    return "count:" + text.casefold().rstrip("s"), 1.0

def parse_quantity(text: str) -> Quantity:
    m = PAT.fullmatch(text.strip())
    if not m: raise QuantityError(f"'{text}' is not a quantity")
    def num(x: str) -> float:
        return float("".join(str(unicodedata.decimal(c)) if c.isdecimal() else {"٫":".","-":"-",".":"."}.get(c,"") for c in x))
    k = {"thousand":1e3,"million":1e6,"billion":1e9}.get((m["m"] or "").lower(),1.0)
    dim, f = unit_of((m["u"] or "").strip())
    fig = tuple(num(x)*k*f for x in (m["a"], m["z"]) if x)
    b = (m["b"] or "").lower(); lo, hi = fig[0], fig[-1]
    if b in {"over","more than",">","at least"}: hi = inf
    if b in {"up to","at most","less than","under","<"}: lo = -inf
    return Quantity(lo,hi,b in {"over","more than",">"},b in {"less than","under","<"},b in {"about","around","some","nearly","~"},fig,dim,(m["u"] or "").strip(),text.strip())

def same_dimension(a: Quantity, b: Quantity) -> bool:
    return a.dimension == b.dimension or ("count" in (a.dimension, b.dimension) and a.dimension.startswith("count") and b.dimension.startswith("count"))

def agreement(claim: Quantity, value: Quantity, tolerance: float) -> Agreement:
    if not same_dimension(claim, value): return "other-dimension"
    lo, hi, lo_o, hi_o = claim.low, claim.high, claim.low_open, claim.high_open
    if lo == hi or claim.about:
        t = tolerance * (2 if claim.about or value.about else 1)
        lo, hi = lo - t*abs(lo), hi + t*abs(hi)
    e = 1e-9*max(1.0,abs(claim.figure[0]))
    if value.high < lo - e or value.low > hi + e or (value.high <= lo and (lo_o or value.high_open)) or (value.low >= hi and (hi_o or value.low_open)): return "disagrees"
    if inf not in (abs(value.low), abs(value.high)): return "agrees"
    if (value.low >= lo and value.high <= hi) or all(lo - e <= x <= hi + e for x in value.figure): return "agrees"
    return "undecided"

def bound_conflict(a: Quantity, b: Quantity) -> str | None:
    return f"'{a}' against '{b}'" if inf in (a.high, b.high) and -inf in (a.low, b.low) else None

def figures_in(text: str) -> tuple[Quantity, ...]:
    out = []
    for m in re.finditer(rf"(?:about |around |over |more than )?(?:{NUM})\s*(?:square )?(?:kilomet\w+|met\w+|km²|km2|km|miles|hectares)\b", text):
        try: out.append(parse_quantity(m.group()))
        except Exception: pass
    return tuple(out)
