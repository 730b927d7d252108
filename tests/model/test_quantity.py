"""Figures as people write them, what they mean, and when two of them agree."""

from __future__ import annotations

import json
import math
import pickle
import subprocess
import sys
import time
import unicodedata
from importlib.resources import files

import pint
import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st
from pydantic import BaseModel, ValidationError

from claims.model.mentions import measured_parts
from claims.model.quantity import (
    Quantity,
    QuantityError,
    agreement,
    bound_conflict,
    figures_in,
    parse_quantity,
    quantity_from,
    same_dimension,
)
from claims.model.things import measure_of
from claims.model.units import UNITS, _definitions, _measured, known_measure

INF = math.inf
WHOLE: pint.UnitRegistry[float] = pint.UnitRegistry()
LENGTH, AREA, TIME = "[length]", "[length] ** 2", "[time]"


def shape(text: str) -> str:
    """The interval of a quantity as mathematicians write it, and its dimension: `~` for about."""
    q = parse_quantity(text)
    left, right = "(" if q.low_open else "[", ")" if q.high_open else "]"
    return f"{'~' * q.about}{left}{q.low:.10g}, {q.high:.10g}{right} {q.dimension}"


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("300", "[300, 300] count"),
        ("0", "[0, 0] count"),
        ("1,234,567", "[1234567, 1234567] count"),
        ("2.5", "[2.5, 2.5] count"),
        ("1e3", "[1000, 1000] count"),
        ("-5 °C", "[-5, -5] [temperature]"),
        ("−10 to −5 °C", "[-10, -5] [temperature]"),
        ("more than 250", "(250, inf] count"),
        ("over 250", "(250, inf] count"),
        ("above 250", "(250, inf] count"),
        ("> 250", "(250, inf] count"),
        (">250", "(250, inf] count"),
        ("at least 250", "[250, inf] count"),
        ("no fewer than 250", "[250, inf] count"),
        ("no less than 250", "[250, inf] count"),
        ("≥250", "[250, inf] count"),
        (">= 250", "[250, inf] count"),
        ("250+", "[250, inf] count"),
        ("250 or more", "[250, inf] count"),
        ("up to 250", "[-inf, 250] count"),
        ("at most 250", "[-inf, 250] count"),
        ("no more than 250", "[-inf, 250] count"),
        ("maximum 250", "[-inf, 250] count"),
        ("as many as 250", "[-inf, 250] count"),
        ("≤ 250", "[-inf, 250] count"),
        ("250 or fewer", "[-inf, 250] count"),
        ("less than 250", "[-inf, 250) count"),
        ("under 250", "[-inf, 250) count"),
        ("fewer than 250", "[-inf, 250) count"),
        ("below 250", "[-inf, 250) count"),
        ("<250", "[-inf, 250) count"),
        ("over about 250", "~(250, inf] count"),
        *((f"{word} 250", "~[250, 250] count") for word in ("about", "Around", "some", "approximately", "approx.")),
        *((f"{word} 250", "~[250, 250] count") for word in ("ca.", "c.", "circa", "roughly", "~", "≈", "nearly")),
        ("c.250", "~[250, 250] count"),
        ("~250", "~[250, 250] count"),
        ("almost 250", "~[250, 250] count"),
        ("close to 250", "~[250, 250] count"),
        ("exactly 250", "[250, 250] count"),
    ],
)
def test_a_figure_is_an_interval(written: str, meant: str) -> None:
    assert shape(written) == meant


@pytest.mark.parametrize(
    "between", ["13–20", "13-20", "13 - 20", "13—20", "13 to 20", "between 13 and 20", "from 13 to 20"]
)
@pytest.mark.parametrize(("before", "mark"), [("", ""), ("about ", "~")])
@pytest.mark.parametrize(
    ("after", "dimension"), [("", "count"), (" dead", "count:dead"), (" m", LENGTH), ("%", "[ratio]")]
)
def test_a_range_has_two_ends(between: str, before: str, mark: str, after: str, dimension: str) -> None:
    low, high = ("0.13", "0.2") if after == "%" else ("13", "20")
    assert shape(before + between + after) == f"{mark}[{low}, {high}] {dimension}"
    assert len(parse_quantity(before + between + after).figure) == 2


@pytest.mark.parametrize(
    ("written", "figures"),
    [
        ("13 thousand", (13e3,)),
        ("1.5 million people", (1.5e6,)),
        ("2 dozen soldiers", (24,)),
        ("1 bn USD", (1e9,)),
        ("2 trillion", (2e12,)),
        ("5k soldiers", (5e3,)),
        ("300K people", (300e3,)),
        ("5M people", (5e6,)),
        ("$5m", (5e6,)),
        ("5m euros", (5e6,)),
        ("5 m", (5,)),
        ("5 m of rope", (5,)),
        ("5m–10m", (5, 10)),
        ("$5m–$10m", (5e6, 10e6)),
        ("13 to 20 thousand", (13e3, 20e3)),
        ("800,000 to 1 million people", (8e5, 1e6)),
        ("$5 million to $10 million", (5e6, 10e6)),
        ("300 km to 400 km", (3e5, 4e5)),
        ("5%-10%", (0.05, 0.1)),
        ("٥ ملايين", (5e6,)),
        ("5 млн", (5e6,)),
    ],
)
def test_multipliers_and_units_are_of_both_ends(written: str, figures: tuple[float, ...]) -> None:
    assert parse_quantity(written).figure == pytest.approx(figures, rel=1e-12)


@pytest.mark.parametrize("mark", [",", "٬", "'", "’", "\u00a0", "\u2009", "\u202f"])
def test_thousands_stand_in_groups_of_three(mark: str) -> None:
    assert parse_quantity(f"7{mark}777{mark}000 people").low == 7_777_000
    with pytest.raises(QuantityError):
        parse_quantity(f"7{mark}77 people")


@pytest.mark.parametrize(
    "unit",
    [
        "km²", "km2", "km^2", "km ²", "Km²", "KM2", "sq km", "sq. km", "sq.km.", "sqkm", "square kilometres",
        "square kilometers", "square kilometre", "km squared", "kilometres²", "кв. км", "кв км", "км²", "км2",
        "квадратных километров", "كم²", "كم2", "كم٢", "كيلومتر مربع", "كيلومتراً مربعاً", "کیلومتر مربع",
        "کیلومتر\u200cمربع", "\u200fكم²", 'קמ"ר', "קמ״ר", "קילומטר רבוע",
    ],
)  # fmt: skip
def test_a_square_kilometre_has_many_spellings(unit: str) -> None:
    q = parse_quantity(f"300 {unit}")
    assert (q.dimension, q.low) == (AREA, 3e8)


@pytest.mark.parametrize(
    ("written", "base", "dimension"),
    [
        *((f"300 {unit}", 3e5, LENGTH) for unit in ("km", "kms", "km.", "kilometres", "Kilometers", "كم", "کیلومتر")),
        *((f"300 {unit}", 3e5, LENGTH) for unit in ("км", "километров", 'ק"מ', "ק״מ", "كيلومتر")),
        ("300km", 3e5, LENGTH),
        ("300-kilometre", 3e5, LENGTH),
        ("300 m", 300, LENGTH),
        ("300 metres", 300, LENGTH),
        ("300 m²", 300, AREA),
        ("300 m2", 300, AREA),
        ("3 sq mi", 7769964.330, AREA),
        ("3 square miles", 7769964.330, AREA),
        ("3 hectares", 3e4, AREA),
        ("3 ha", 3e4, AREA),
        ("3 dunams", 3e3, AREA),
        ("186 mi", 299337.984, LENGTH),
        ("10 feet", 3.048, LENGTH),
        ("5 nautical miles", 9260, LENGTH),
        ("30%", 0.3, "[ratio]"),
        ("30 percent", 0.3, "[ratio]"),
        ("30 per cent", 0.3, "[ratio]"),
        ("٣٠٪", 0.3, "[ratio]"),
        ("50 °C", 50, "[temperature]"),
        ("122 °F", 50, "[temperature]"),
        ("32 °F", 0, "[temperature]"),
        ("2 hours", 7200, TIME),
        ("2 days", 172800, TIME),
        ("2 years", 63115200, TIME),
        ("2 tonnes", 2000, "[mass]"),
        ("2 tons", 2000, "[mass]"),
        ("2 kg", 2, "[mass]"),
        ("10 litres", 0.01, "[length] ** 3"),
        ("10 cubic metres", 10, "[length] ** 3"),
        ("36 km/h", 10, "[length] / [time]"),
        ("36 kilometres per hour", 10, "[length] / [time]"),
        ("300 km of territory", 3e5, LENGTH),
        ("20 years in prison", 631152000, TIME),
    ],
)
def test_units_come_to_base_units(written: str, base: float, dimension: str) -> None:
    q = parse_quantity(written)
    assert q.figure == pytest.approx((base,), rel=1e-9)
    assert q.dimension == dimension


@pytest.mark.parametrize("unit", sorted(UNITS))
def test_units_are_those_of_the_whole_library(unit: str) -> None:
    if unit.startswith("degree"):
        assert _measured(unit).base(40.0) == pytest.approx(WHOLE.convert(40.0, unit, "degree_Celsius"))
    elif unit == "kelvin":
        assert _measured(unit).base(300.0) == pytest.approx(26.85)
    else:
        assert _measured(unit).factor == pytest.approx(WHOLE.Quantity(1.0, unit).to_base_units().magnitude, rel=1e-12)


def test_only_the_definitions_that_are_needed_are_read() -> None:
    text = (files("pint") / "default_en.txt").read_text(encoding="utf-8")
    assert len(_definitions(text, " ".join(UNITS))) < 100


def test_every_spelling_names_one_unit_only() -> None:
    spellings = [name for names in UNITS.values() for name in names.split(", ")]
    assert sorted(spellings) == sorted(set(spellings))
    for unit, names in UNITS.items():
        for name in names.split(", "):
            assert known_measure(name) == _measured(unit), name


NOUNS = (
    "dead", "deaths", "casualties", "killed", "wounded", "injured", "missing", "soldiers", "fighters", "rebels",
    "militants", "civilians", "people", "men", "women", "children", "tanks", "rockets", "missiles", "shells",
    "rounds", "mortars", "drones", "jets", "helicopters", "aircraft", "ships", "boats", "vehicles", "trucks",
    "pickups", "cars", "convoys", "bases", "camps", "villages", "towns", "cities", "houses", "homes", "buildings",
    "hospitals", "schools", "mosques", "churches", "bridges", "tunnels", "checkpoints", "barracks", "positions",
    "hills", "fronts", "attacks", "airstrikes", "raids", "strikes", "clashes", "sieges", "mines", "bombs",
    "grenades", "rifles", "guns", "refugees", "families", "prisoners", "hostages", "detainees", "protesters",
    "bodies", "graves", "meteors", "pints", "minutemen", "females", "males", "smiles", "pounders", "letters",
    "literals", "officers", "generals", "pilots", "medics", "journalists", "states", "guards", "APCs", "PKMs",
    "RPGs", "MBTs", "IFVs", "MLRS", "T-72s", "M16s", "Su-34s",
)  # fmt: skip


@pytest.mark.parametrize("noun", NOUNS)
def test_a_thing_counted_is_never_taken_for_a_unit(noun: str) -> None:
    q = parse_quantity(f"more than 30 {noun}")
    assert q.dimension.startswith("count:")
    assert q.unit == noun


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("soldiers", "soldier"), ("Soldiers", "soldiers"), ("casualties", "casualty"), ("people", "person"),
        ("men", "man"), ("gunmen", "gunman"), ("women", "woman"), ("children", "child"), ("clashes", "clash"),
        ("Syrian soldiers", "syrian soldier"), ("T-72 tanks", "t-72 tank"), ("cafe\u0301s", "café"),
    ],
)  # fmt: skip
def test_things_counted_are_the_same_in_number_and_case(one: str, other: str) -> None:
    assert measure_of(one) == measure_of(other)


@pytest.mark.parametrize(
    ("written", "dimension"),
    [
        ("$1 billion", "count:usd"), ("US$ 1bn", "count:usd"), ("USD 1bn", "count:usd"), ("1 bn USD", "count:usd"),
        ("1 billion US dollars", "count:usd"), ("€5 million", "count:eur"), ("5 euros", "count:eur"),
        ("£5", "count:gbp"),
        ("5 million Syrian pounds", "count:syp"), ("$5 million in aid", "count:usd"), ("US$5m USD", "count:usd"),
        ("5 pounds", "[mass]"),
    ],
)  # fmt: skip
def test_money_is_counted_by_currency(written: str, dimension: str) -> None:
    assert parse_quantity(written).dimension == dimension


@pytest.mark.parametrize(
    ("written", "hint"),
    [
        ("2,5 km", "write 2.5"),
        ("300 kmm", "'km'"),
        ("300 kilometer2s", "'kilometers'"),
        ("300 sqaure km", "'square km'"),
        ("300 square kilometes", "'square kilometres'"),
        ("300 hectars", "'hectares'"),
        ("300 kilometrs land", "'kilometres'"),
        ("300 km wide", "'km' alone"),
        ("600 foot soldiers", "'foot-soldiers'"),
        ("600soldiers", "a space"),
        ("1_000", "1000"),
        ("10 000 soldiers", "10,000"),
        ("1,00,000", "1,000,000"),
        ("1.000.000", "1,000,000"),
        ("1/2 km", "0.5"),
        ("2015-05-16", "13–20"),
        ("1990s", "date"),
        ("inf km", "digits"),
        ("nan", "digits"),
        ("thirty tanks", "digits"),
        ("½ km", "digits"),
        ("", "digits"),
        ("km", "digits"),
        ("1" * 31, "fewer digits"),
        ("1e400 km", "fewer digits"),
        ("20–13", "lower figure first"),
        ("more than 13–20", "one bound"),
        ("more than up to 3", "one bound"),
        ("between 13", "13–20"),
        ("Hezbollah 300", "begin with"),
        ("300 soldiers and 20 tanks", "'20'"),
        ("300 km to 400 miles", "300–400 km"),
        ("$5 to €10", "$5"),
        ("$5 tanks", "in aid"),
        ("5 thousand million", "5 billion"),
        ("300K", "thousand"),
        ("5 M", "million"),
        ("300 km\u202e", "delete"),
        ("300\x00km", "delete"),
        ("300\ud800", "delete"),
        ("300 \u200bkm", "delete"),
        ("3" * 201, "note"),
    ],
)
def test_what_cannot_be_read_is_told_with_the_way_out(written: str, hint: str) -> None:
    with pytest.raises(QuantityError) as caught:
        parse_quantity(written)
    assert isinstance(caught.value, ValueError)
    assert str(caught.value) == caught.value.message
    assert hint in (caught.value.hint or "")


@pytest.mark.parametrize(
    ("long", "short"),
    [
        ({"value": 300, "unit": "km²"}, "300 km²"),
        ({"value": "٣٠٠", "unit": "كم²"}, "٣٠٠ كم²"),
        ({"value": 300, "unit": "km²", "bound": "about"}, "about 300 km²"),
        ({"value": 300, "bound": "exact"}, "300"),
        ({"value": 30, "unit": "tanks", "bound": "more-than"}, "more than 30 tanks"),
        ({"value": 30, "unit": "tanks", "bound": "at-least"}, "at least 30 tanks"),
        ({"value": 30, "unit": "tanks", "bound": "at-most"}, "at most 30 tanks"),
        ({"value": 30, "unit": "tanks", "bound": "less-than"}, "less than 30 tanks"),
        ({"low": 13, "high": 20, "unit": "dead"}, "13–20 dead"),
        ({"high": 20, "low": 13, "unit": "dead", "bound": "about"}, "about 13–20 dead"),
        ({"low": 13}, "at least 13"),
        ({"high": 20.5}, "up to 20.5"),
        ({"value": 5, "unit": "$"}, "5 $"),
        (300, "300"),
        (2.5, "2.5"),
    ],
)
def test_the_long_form_is_the_short_one_in_parts(long: object, short: str) -> None:
    assert quantity_from(long) == parse_quantity(short)


@pytest.mark.parametrize(
    "wrong",
    [
        {}, {"value": 1, "low": 1}, {"value": 1, "units": "km"}, {"value": True}, {"value": []},
        {"value": 1, "unit": 5},
        {"value": 1, "bound": "near"}, {"low": 1, "bound": "at-least"}, {"value": 1, "unit": "– 5 km"},
        {"value": 1, "unit": "million km"}, {"value": "1 km"}, {"value": 10**5000}, {"value": INF}, {"value": math.nan},
        {"low": 20, "high": 13}, {"value": "about 5", "unit": "km", "low": 3}, {1: 2}, [], None, True, object(), b"300",
        {"value": 1, "bound": ["about"]},
    ],
    ids=lambda value: "-".join(map(str, value)) if isinstance(value, dict) else type(value).__name__,
)  # fmt: skip
def test_a_long_form_that_makes_no_sense_is_told(wrong: object) -> None:
    with pytest.raises(QuantityError):
        quantity_from(wrong)


AGREEMENTS = [
    ("300 km²", "300 km²", "agrees"),
    ("300 km²", "330 km²", "agrees"),
    ("300 km²", "331 km²", "disagrees"),
    ("about 300 km²", "360 km²", "agrees"),
    ("300 km²", "about 360 km²", "agrees"),
    ("about 300 km²", "about 361 km²", "disagrees"),
    ("300 km²", "300 km", "other-dimension"),
    ("300 km²", "300 m²", "disagrees"),
    ("300 km²", "300 tanks", "other-dimension"),
    ("300", "300 km", "other-dimension"),
    ("300", "300 tanks", "agrees"),
    ("300 tanks", "300", "agrees"),
    ("300 tanks", "300 soldiers", "other-dimension"),
    ("300 km", "186 miles", "agrees"),
    ("300 km", "٣٠٠ كم", "agrees"),
    ("30,000 ha", "300 km²", "agrees"),
    ("30", "25–28", "agrees"),
    ("30", "20–26", "disagrees"),
    ("13–20 dead", "15 dead", "agrees"),
    ("13–20 dead", "20 dead", "agrees"),
    ("13–20 dead", "21 dead", "disagrees"),
    ("about 13–20 dead", "22 dead", "agrees"),
    ("about 13–20 dead", "23 dead", "disagrees"),
    ("13–20 dead", "18–30 dead", "agrees"),
    ("13–20 dead", "about 21 dead", "disagrees"),
    ("more than 250", "300", "agrees"),
    ("more than 250", "250", "disagrees"),
    ("at least 250", "250", "agrees"),
    ("more than 250", "more than 300", "agrees"),
    ("more than 250", "more than 250", "agrees"),
    ("more than 250", "at least 250", "agrees"),
    ("more than 250", "at least 225", "agrees"),
    ("more than 250", "at least 224", "undecided"),
    ("up to 250", "up to 275", "agrees"),
    ("up to 250", "up to 276", "undecided"),
    ("up to 250", "at least 250", "agrees"),
    ("up to 250", "at least 200", "agrees"),
    ("less than 250", "at least 250", "disagrees"),
    ("more than 250", "up to 250", "disagrees"),
    ("at least 250", "up to 250", "agrees"),
    ("more than 30", "at least 7", "undecided"),
    ("up to 300", "more than 300", "disagrees"),
    ("up to 300", "250", "agrees"),
    ("up to 300", "301", "disagrees"),
    ("less than 300", "300", "disagrees"),
    ("300", "more than 250", "undecided"),
    ("300", "more than 280", "agrees"),
    ("300", "up to 300", "agrees"),
    ("300", "up to 500", "undecided"),
    ("300", "more than 330", "disagrees"),
    ("300", "at least 330", "agrees"),
    ("-10", "-11", "agrees"),
    ("-10", "-11.5", "disagrees"),
    ("0", "0", "agrees"),
    ("0", "1", "disagrees"),
    ("30 °C", "32 °C", "agrees"),
    ("30 °C", "40 °C", "disagrees"),
    ("0 °C", "32 °F", "agrees"),
    ("$1bn", "€1bn", "other-dimension"),
    ("60%", "0.6", "other-dimension"),
]


@pytest.mark.parametrize(("claim", "value", "expected"), AGREEMENTS)
def test_agreement_minds_tolerance_bounds_and_dimension(claim: str, value: str, expected: str) -> None:
    assert agreement(parse_quantity(claim), parse_quantity(value), 0.1) == expected


@pytest.mark.parametrize(
    ("one", "other", "conflict"),
    [
        ("up to 300", "more than 300", True),
        ("more than 300", "up to 300", True),
        ("less than 300", "at least 300", True),
        ("up to 300 km", "more than 200 miles", True),
        ("up to 300", "at least 300", False),
        ("up to 300", "more than 250", False),
        ("up to 300", "more than 300 km", False),
        ("up to 300", "400", False),
        ("300", "400", False),
    ],
)
def test_bounds_that_leave_no_figure_are_a_conflict(one: str, other: str, conflict: bool) -> None:
    found = bound_conflict(parse_quantity(one), parse_quantity(other))
    assert found == (f"no figure is both '{one}' and '{other}'" if conflict else None)


@pytest.mark.parametrize(
    ("text", "figures"),
    [
        ("retaking control of 300 kilometres of territory across the borders", ["300 kilometres"]),
        ("took over 300 km², and about 5 tanks; $1 billion in aid.", ["over 300 km²", "$1 billion"]),
        ("a camp of two square kilometers hosts 600 soldiers, over 30 tanks", []),
        ("between 13 and 20 km, from 5 miles to 10 miles", ["between 13 and 20 km", "from 5 miles to 10 miles"]),
        ("300 to 400 sq. km. of land", ["300 to 400 sq. km"]),
        ("up to 1,000 sq km (390 sq mi)", ["up to 1,000 sq km", "390 sq mi"]),
        ("he said '300 square kilometers' were", ["300 square kilometers"]),
        ("“300 kilometres”", ["300 kilometres"]),
        ("about\n300 kilometres", ["about 300 kilometres"]),
        ("300\n\nMiles Davis", []),
        ("In 2015. Days later, on 20 May, at 12:30 hours, in the 1990s, COVID-19 days", []),
        ("a 5-day siege of the 300km² area", ["5-day", "300km²"]),
        ("had 2,5 km", []),
        ("13 people to 20 km", ["20 km"]),
        ("5 million euros", ["5 million euros"]),
        ("السيطرة على أكثر من ٣٠٠ كيلومتر مربع", ["أكثر من ٣٠٠ كيلومتر مربع"]),
        ("освобождено более 300 кв. км территории", ["более 300 кв. км"]),
        ("", []),
    ],
)
def test_measures_and_money_are_found_in_running_text(text: str, figures: list[str]) -> None:
    assert [str(figure) for figure in figures_in(text)] == figures


@pytest.mark.parametrize(
    "part", ["1", "5 ", "1,", "300 km ", "$5m ", "5–", "about ", "a ", "(", "5\n", "،", "5 km of "]
)
def test_long_text_is_read_in_a_moment(part: str) -> None:
    text = part * (20_000 // len(part))
    start = time.perf_counter()
    figures_in(text)
    assert time.perf_counter() - start < 5


class Reported(BaseModel):
    value: Quantity | None = None


def test_a_model_takes_every_form_and_gives_back_what_was_written() -> None:
    for written in (
        "about 300 km²",
        {"value": "300", "unit": "km²", "bound": "about"},
        parse_quantity("about 300 km²"),
    ):
        read = Reported.model_validate({"value": written})
        assert read.value == parse_quantity("about 300 km²")
        assert json.loads(read.model_dump_json()) == {"value": "about 300 km²"}
    with pytest.raises(ValidationError) as caught:
        Reported.model_validate({"value": "300 kmm"})
    assert isinstance(caught.value.errors()[0]["ctx"]["error"], QuantityError)


def test_the_schema_takes_text_numbers_and_the_long_form() -> None:
    schema = json.dumps(Reported.model_json_schema())
    assert all(word in schema for word in ("string", "number", "object", "at-least", "unit"))


def test_a_quantity_is_a_value() -> None:
    q = parse_quantity("about 300 km²")
    assert hash(q) == hash(parse_quantity(" about 300 km² "))
    assert pickle.loads(pickle.dumps(q)) == q  # noqa: S301 - our own
    assert repr(q) == "Quantity('about 300 km²')"
    with pytest.raises(AttributeError):
        q.low = 0  # type: ignore[misc]


def test_the_library_of_units_is_loaded_only_for_what_is_not_written_down() -> None:
    code = (
        "import sys; from claims.model.quantity import parse_quantity as p, figures_in as f;"
        "p('13–20 dead'); p('$1 billion'); p('300 km²'); f('5 tanks'); assert 'pint' not in sys.modules;"
        "p('5 tonnes per hectare'); assert 'pint' in sys.modules"
    )
    subprocess.run([sys.executable, "-c", code], check=True, timeout=60)


DIGITS = [
    [chr(first + n) for n in range(10)]
    for first in range(sys.maxunicode - 8)
    if unicodedata.decimal(chr(first), None) == 0
]
UNIT_WORDS = ["", "km", "km²", "miles", "dunams", "hours", "%", "tonnes", "km/h", "tanks", "dead"]
LENGTHS = ["mm", "cm", "m", "km", "miles", "feet", "nautical miles"]
numbers = st.integers(0, 10**9).map(str) | st.decimals("0.001", "999999", places=3).map(str)
bounds = st.sampled_from(["", "about ", "more than ", "up to ", "at least ", "less than "])
units = st.sampled_from(UNIT_WORDS)


@st.composite
def quantities(draw: st.DrawFn) -> str:
    if draw(st.booleans()):
        low, high = sorted((draw(st.integers(0, 10**6)), draw(st.integers(0, 10**6))))
        return f"{draw(st.sampled_from(['', 'about ']))}{low}–{high} {draw(units)}".strip()
    return f"{draw(bounds)}{draw(numbers)} {draw(units)}".strip()


@given(quantities())
def test_a_quantity_keeps_what_was_written(text: str) -> None:
    q = parse_quantity(text)
    assert str(q) == q.written == text
    assert text.endswith(q.unit)
    assert q.low <= q.high
    assert quantity_from(q) is q


@given(quantities(), st.floats(0, 1))
def test_a_quantity_agrees_with_itself(text: str, tolerance: float) -> None:
    q = parse_quantity(text)
    assert agreement(q, q, tolerance) == "agrees"
    assert bound_conflict(q, q) is None


@given(quantities(), quantities())
def test_dimensions_are_compared_both_ways(one: str, other: str) -> None:
    a, b = parse_quantity(one), parse_quantity(other)
    assert same_dimension(a, b) == same_dimension(b, a)
    assert bound_conflict(a, b) is None or bound_conflict(b, a) is not None
    assert (agreement(a, b, 0.1) == "other-dimension") == (not same_dimension(a, b))


@given(quantities(), quantities(), st.floats(0, 0.5), st.floats(0, 0.5))
def test_more_tolerance_never_parts_what_agrees(one: str, other: str, less: float, more: float) -> None:
    a, b = parse_quantity(one), parse_quantity(other)
    if agreement(a, b, min(less, more)) == "agrees":
        assert agreement(a, b, max(less, more)) == "agrees"


@given(bounds, bounds, st.integers(1, 10**6), st.integers(1, 10**6), st.sampled_from(LENGTHS), st.sampled_from(LENGTHS))
def test_agreement_does_not_depend_on_the_unit(b1: str, b2: str, x: int, y: int, one: str, other: str) -> None:
    plain = agreement(parse_quantity(f"{b1}{x} {one}"), parse_quantity(f"{b2}{y} {one}"), 0.1)
    scaled = agreement(parse_quantity(f"{b1}{x} {other}"), parse_quantity(f"{b2}{y} {other}"), 0.1)
    assert plain == scaled


@given(bounds, st.integers(0, 10**12), st.sampled_from(DIGITS), units)
def test_digits_of_any_script_are_the_same_figure(bound: str, number: int, digits: list[str], unit: str) -> None:
    foreign = "".join(digits[int(c)] for c in str(number))
    one, other = (parse_quantity(f"{bound}{n} {unit}") for n in (number, foreign))
    assert (one.figure, one.low, one.high, one.dimension) == (other.figure, other.low, other.high, other.dimension)


PIECES = st.sampled_from((
    "300", "2,5", "٣", "1e9", "-", "–", " to ", " and ", "between ", "about ", "more than ", ">", "~", "$", "USD", "km",
    "²", "m", "K", " million", "%", "°C", " per ", "/", "of ", "tanks", " or more", "+", ".", ",", "'", "_",
    "\u200f", "\u202e",
    "\x00", "\n", "\ud800", "½", "(", "square ", "sq", "مربع", "كم", "1" * 40, " ", "e", "\u00a0", "ﷺ", "İ", "^2", "**",
))  # fmt: skip


@given(st.text() | st.lists(PIECES, max_size=9).map("".join))
@example("5 " + "\u0640")
@example("١٬٢٬٣")
def test_any_text_is_a_quantity_or_told_why_not(text: str) -> None:
    try:
        q = parse_quantity(text)
    except QuantityError as error:
        assert error.message  # noqa: PT017 - either way is right
    else:
        assert q.written == text.strip()
        assert q.low <= q.high
        assert not any(math.isnan(n) for n in (q.low, q.high, *q.figure))


@given(st.text() | st.lists(PIECES, max_size=30).map("".join))
def test_figures_of_any_text_stand_in_it(text: str) -> None:
    assume("\n" not in text)
    place = 0
    for figure in figures_in(text):
        assert figure.dimension != "count"
        place = text.index(figure.written, place)
    assert len(list(measured_parts(text))) == len(figures_in(text))
