"""What a figure measures or counts: a unit, a currency, or a thing counted.

Conversions are those of the `pint` library; here stand only names for its units. Nothing is guessed
from prefixes: a word is a unit when it is spelled here, and near one when it is misspelled. Every
other word names a thing counted.

>>> known_measure("sq km"), near_unit("sqaure km")
(Measure(dimension='[length] ** 2', factor=1000000.0, offset=0.0), 'square km')
"""

from __future__ import annotations

import json
import re
import unicodedata
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache, lru_cache
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

CONVERSIONS: Final = Path(__file__).parent / "conversions.json"

UNITS: Final = {
    "millimeter": "mm, millimetre, millimeter, мм, ملم, مم",
    "centimeter": "cm, cms, centimetre, centimeter, см, سم",
    "meter": "m, metre, meter, м, метр, метра, метров, متر, مترا, أمتار, מטר, מטרים",
    "kilometer": "km, kms, kilometre, kilometer, км, километр, километра, километров, كم, كلم, "
    'كيلومتر, كيلومترا, كيلومترات, كيلو متر, ק"מ, קילומטר, קילומטרים',
    "inch": "inch, inches",
    "foot": "ft, foot, feet, фут, футов",
    "yard": "yd, yard",
    "mile": "mi, mile, миля, мили, миль, ميل, أميال, مایل",
    "nautical_mile": "nmi, nautical mile",
    "acre": "acre, акр, акров, فدان",
    "decaare": "dunam, dunum, donum, dönüm, دونم, دونما, דונם, דונמים",
    "hectare": "ha, hectare, га, гектар, гектара, гектаров, هكتار, هكتارا, הקטר",
    "milliliter": "ml, millilitre, milliliter",
    "liter": "l, litre, liter, литр, литра, литров, لتر, لترا, ליטר",
    "gallon": "gal, gallon, us gallon",
    "imperial_gallon": "imperial gallon, uk gallon",
    "oil_barrel": "bbl, barrel, баррель, барреля, баррелей, برميل, بشکه, חביות",
    "milligram": "mg, milligram, milligramme",
    "gram": "g, gram, gramme, грамм, граммов, غرام, גרם",
    "kilogram": 'kg, kgs, kilo, kilogram, kilogramme, кг, килограмм, килограммов, كغ, كغم, كجم, كيلوغرام, کیلوگرم, ק"ג',
    "metric_ton": "t, tonne, ton, tons, metric ton, metric tonne, тонна, тонны, тонн, طن, طنا, أطنان, תן, טון",
    "ton": "short ton",
    "long_ton": "long ton",
    "kilometric_ton": "kilotonne, kiloton",
    "megametric_ton": "megatonne, megaton",
    "ounce": "oz, ounce",
    "pound": "lb, lbs, pound",
    "second": "s, sec, secs, second, секунд, секунды, ثانية, ثوان",
    "minute": "min, mins, minute, мин, минут, минуты, دقيقة, دقائق, דקות",
    "hour": "h, hr, hrs, hour, ч, час, часа, часов, ساعة, ساعات, ساعت, שעה, שעות",
    "day": "d, day, days, день, дня, дней, يوم, يوما, أيام, روز, יום, ימים",
    "week": "week, неделя, недели, недель, أسبوع, أسابيع, هفته, שבוע, שבועות",
    "month": "month, месяц, месяца, месяцев, شهر, أشهر, ماه, חודש, חודשים",
    "year": "yr, yrs, year, год, года, лет, سنة, سنوات, عام, أعوام, سال, שנה, שנים",
    "decayear": "decade",
    "century": "century, centuries",
    "kelvin": "kelvin",
    "degree_Celsius": "°c, celsius, degree celsius, degrees celsius, degree c, degrees c, °с",
    "degree_Fahrenheit": "°f, fahrenheit, degree fahrenheit, degrees fahrenheit, degrees f",
    "percent": "%, ٪, percent, per cent, percentage point, pct, процент, процента, процентов, "
    "بالمئة, بالمائة, في المئة, في المائة, درصد, אחוז, אחוזים",
    "permille": "‰, per mille, permille",
    "kilometer / hour": "kmh, kph",
    "mile / hour": "mph",
    "knot": "kn, knot",
    "watt": "watt",
    "kilowatt": "kw, kilowatt",
    "megawatt": "megawatt",
    "gigawatt": "gw, gigawatt",
    "kilowatt_hour": "kwh, kilowatt hour, kilowatt-hour",
    "megawatt_hour": "mwh, megawatt hour, megawatt-hour",
    "gigawatt_hour": "gwh, gigawatt hour, gigawatt-hour",
    "kilobyte": "kb, kilobyte",
    "megabyte": "megabyte",
    "gigabyte": "gb, gigabyte",
    "terabyte": "tb, terabyte",
    "kilometer ** 2": 'קמ"ר',
    "meter ** 2": 'מ"ר',
}
"""Spellings of each unit of the library; regular English plurals go without saying.

A ton is the metric one (short and long tons lie within 10 % of it) unless it says what it is; a dunam
is the metric dunam, which is a decare; a barrel is one of oil."""
SYMBOLS: Final = {"MW": "megawatt", "MB": "megabyte", "W": "watt", "L": "liter"}
"""Spellings that mean something else, or nothing, in other letter case."""
LENGTHS: Final = frozenset(
    ("millimeter", "centimeter", "meter", "kilometer", "inch", "foot", "yard", "mile", "nautical_mile")
)
"""What is squared and cubed."""
CURRENCIES: Final = {
    "usd": "$, us$, dollar, us dollar, u s dollar, american dollar, доллар, доллара, долларов, دولار, "
    "دولارا, دولارات, دلار, דולר, דולרים",
    "eur": "€, euro, евро, يورو, אירו",
    "gbp": "£, pound sterling, pounds sterling, british pound",
    "rub": "₽, rouble, ruble, рубль, рубля, рублей",
    "ils": "₪, nis, shekel, שקל, שקלים",
    "try": "₺, turkish lira",
    "uah": "₴, hryvnia, гривна, гривны, гривен",
    "inr": "₹, indian rupee",
    "jpy": "¥, yen",
    "cny": "yuan, renminbi",
    "cad": "c$, canadian dollar",
    "aud": "a$, australian dollar",
    "chf": "swiss franc",
    "syp": "syrian pound",
    "lbp": "lebanese pound, lebanese lira",
    "egp": "egyptian pound",
    "sdg": "sudanese pound",
    "irr": "iranian rial",
    "yer": "yemeni rial",
    "iqd": "iraqi dinar",
    "jod": "jordanian dinar",
    "sar": "saudi riyal",
    "aed": "uae dirham, emirati dirham",
}
"""Names of each currency, besides its code. No currency is converted into another."""
SIGN: Final = rf"(?:US|A|C)?\$|[€£¥₽₪₺₴₹]|(?:{'|'.join(CURRENCIES).upper()})(?=[\s\d])"
"""What stands before an amount of money, as a regular expression."""

POWER_BEFORE: Final = re.compile(
    r"(?:square |sq ?|квадратн\w+ |кв ?|(?P<cubic>cubic |cu |кубическ\w+ |куб ))(?P<unit>.+)"
)
POWER_AFTER: Final = re.compile(
    r"(?P<unit>.+?) ?(?:(?:\^|\*\*)?(?:2|(?P<three>3))|squared?|مربعا?|مربعه|מרובע(?:ים)?|רבוע(?:ים)?"
    r"|(?P<cubic>cubed|مکعبا?|مکعبه))"
)
OVER: Final = re.compile(r" ?/ ?| per | в | في ")
NAME: Final = re.compile(r"(?<!\[)\b[^\W\d]\w*")
UNSEEN: Final = re.compile("[\u0640\u064b-\u065f\u0670\u200d]")
"""Tatweel, harakat and joiners."""
SAME: Final = str.maketrans("كيىأإآة’״׳", "کییاااه'\"'")
"""Letters and marks that keyboards and spellings exchange."""
LOOKALIKES: Final = frozenset((
    "meteor", "meteors", "litter", "litters", "literal", "literals", "linter", "linters", "miler", "milers", "galleon",
    "galleons", "gallows", "minuet", "minuets", "minutemen", "monthly", "yearly", "weekly", "pond", "ponds", "pounders",
    "percentage", "percentages", "percentile", "percentiles", "tone", "tones", "grammar", "grammars",
))  # fmt: skip
"""Things counted that look like a misspelled unit."""
VOWELS: Final = frozenset("aeiouy")


class QuantityError(ValueError):
    """A quantity that cannot be read: what is wrong with it, and the way out, in a person's words."""

    def __init__(self, message: str, hint: str | None = None) -> None:
        self.message, self.hint = message, hint
        super().__init__(message)


@dataclass(frozen=True, slots=True)
class Measure:
    """What a figure measures, and how it is brought to base units: `figure * factor + offset`.

    dimension: of a unit as the library writes it (`[length] ** 2`), `[ratio]` of per cent; `count:usd`
    of money, `count:soldier` of things, `count` of a bare number. Base units are metre, kilogram,
    second and °C: a tenth of 30 °C is 3 °C to those who speak of temperatures, not 30.
    """

    dimension: str
    factor: float = 1.0
    offset: float = 0.0

    @property
    def is_thing(self) -> bool:
        """Whether it is counted, not measured; money is counted too."""
        return self.dimension.startswith("count:")

    def base(self, figure: float) -> float:
        """`figure` in base units."""
        return round(figure * self.factor + self.offset, 9) if self.offset else figure * self.factor


@lru_cache(maxsize=4096)
def known_measure(written: str) -> Measure | None:
    """The unit or currency that `written` names, if it names one.

    >>> known_measure("km²"), known_measure("tanks")
    (Measure(dimension='[length] ** 2', factor=1000000.0, offset=0.0), None)
    """
    expression = _expression(written)
    if expression:
        return _measured(expression)
    currency = _spellings()[1].get(_key(written))
    return Measure(f"count:{currency}") if currency else None


def near_unit(written: str) -> str | None:
    """The unit that `written` is a misspelling of. Names are looked at, and symbols that are no words at all.

    >>> near_unit("kilomters"), near_unit("kmm"), near_unit("fighters")
    ('kilometers', 'km', None)
    """
    words = _key(written).split()
    known = [*_spellings()[0], "square", "squared", "cubic"]
    long = [name for name in known if len(name) > 4 and " " not in name]  # noqa: PLR2004 - short words are too alike
    corrected = [_corrected(word, long, 0.8 if len(words) == 2 else 0.84) for word in words]  # noqa: PLR2004
    if len(words) == 1 and len(written) < 5 and written.islower() and not VOWELS & set(written):  # noqa: PLR2004
        corrected = [_corrected(words[0], [name for name in known if 1 < len(name) < 4], 0.8)]  # noqa: PLR2004
    text = " ".join(corrected)
    return text if corrected != words and known_measure(text) else None


def _corrected(word: str, names: Iterable[str], likeness: float) -> str:
    """The name that a word is a misspelling of, or the word. Few misspell the first letter."""
    if word in LOOKALIKES:
        return word
    alike = [name for name in names if name[0] == word[0]]
    return next(iter(get_close_matches(word, alike, n=1, cutoff=likeness)), word)


def _expression(written: str) -> str | None:
    """The library's name for a unit: `kilometer ** 2`."""
    key = _key(written)
    whole = _power(key, written)
    parts = OVER.split(key)
    if whole or len(parts) != 2:  # noqa: PLR2004 - something over something
        return whole
    above, below = (_power(part, part) for part in parts)
    if above and below and "degree" not in above + below:
        return f"({above}) / ({below})"
    return None


def _power(key: str, written: str) -> str | None:
    """The library's name for a unit, squared or cubed or neither."""
    unit = SYMBOLS.get(written.rstrip(".")) or _spellings()[0].get(key)
    if unit:
        return unit if len(key) > 1 or written.rstrip(".") == key or written in SYMBOLS else None
    match = POWER_BEFORE.fullmatch(key) or POWER_AFTER.fullmatch(key)
    base = match and _spellings()[0].get(match["unit"])
    if not match or base not in LENGTHS:
        return None
    groups = match.groupdict()
    return f"{base} ** {3 if groups['cubic'] or groups.get('three') else 2}"


@lru_cache(maxsize=4096)
def _key(written: str) -> str:
    """A spelling, as it stands in the tables."""
    text = UNSEEN.sub("", unicodedata.normalize("NFKC", written)).translate(SAME).casefold()
    return " ".join(text.replace("\u200c", " ").replace(".", " ").split())


@cache
def _spellings() -> tuple[dict[str, str], dict[str, str]]:
    """Units and currencies by the keys of their spellings."""
    units = {_key(name): unit for unit, names in UNITS.items() for name in _with_plurals(names)}
    money = {_key(name): code for code, names in CURRENCIES.items() for name in _with_plurals(names)}
    return units, money | {code: code for code in CURRENCIES}


def _with_plurals(names: str) -> Iterator[str]:
    for name in names.split(", "):
        yield name
        is_word = len(name) > 3 and name.isascii() and name[0].isalpha()  # noqa: PLR2004 - no symbol
        if is_word and not name.endswith(("s", "ch", "foot", "feet", "ury", "ies", "heit")):
            yield name + "s"


@cache
def _measured(expression: str) -> Measure:
    """A unit's dimension, and its size in base units: as the library gave them, else as it gives them now."""
    known = _conversions().get(expression)
    return Measure(*known) if known else measured_by_library(expression)


@cache
def _conversions() -> dict[str, tuple[str, float, float]]:
    """What the library gives for each unit here, made from it and kept fresh by a test: to load it takes 0.15 s."""
    table: dict[str, tuple[str, float, float]] = json.loads(CONVERSIONS.read_text(encoding="utf-8"))
    return table


def expressions() -> tuple[str, ...]:
    """Every unit that is spelled here, and the lengths squared and cubed, as the library names them."""
    powers = [f"{length} ** {power}" for length in LENGTHS for power in (2, 3)]
    return tuple(sorted({*UNITS, *SYMBOLS.values(), *powers}))


def measured_by_library(expression: str) -> Measure:
    """A unit's dimension, and its size in base units, from the library."""
    registry = _registry()
    unit = registry.parse_units(expression)
    dimension = str(unit.dimensionality)
    if dimension == "[temperature]":
        zero, one = (registry.convert(n, unit, "degree_Celsius") for n in (0.0, 1.0))
        return Measure(dimension, round(one - zero, 12), zero)
    factor, base = registry.get_base_units(unit)
    if dimension == "dimensionless":
        dimension = "[ratio]" if str(base) == "dimensionless" else f"[{base}]"
    return Measure(dimension, float(factor))


@cache
def _registry() -> Any:
    """The library, with those of its own definitions that UNITS rest on: all take 0.1 s more."""
    import pint  # noqa: PLC0415 - only where a unit is written: nothing else here takes as long

    text = (files("pint") / "default_en.txt").read_text(encoding="utf-8")
    try:
        return pint.UnitRegistry(_definitions(text, " ".join(UNITS)), system="mks")
    except (LookupError, ValueError, pint.PintError):  # its file is not laid out as it was
        return pint.UnitRegistry()


def _definitions(text: str, names: str) -> list[str]:
    """Lines of the library's `text` that define `names`, and all that these are defined by.

    A line is `name = definition = symbol = alias ...`, where the name of a prefix ends in `-`.
    """
    lines: dict[str, str] = {}
    for line in (line.partition("#")[0].strip() for line in text.splitlines()):
        name, equals, rest = line.partition(" = ")
        for spelling in (name, *rest.split(" = ")[1:]) if equals else ():
            lines.setdefault(spelling.strip(), line)
    prefixes = [name[:-1] for name in lines if name.endswith("-")]
    chosen: dict[str, None] = {}
    wanted = NAME.findall(names)
    while wanted:
        name = wanted.pop()
        prefix = next((p for p in prefixes if name not in lines and lines.get(name.removeprefix(p))), "")
        found = {lines[name.removeprefix(prefix)], *([lines[f"{prefix}-"]] if prefix else [])} - set(chosen)
        chosen |= dict.fromkeys(sorted(found))
        wanted += NAME.findall(" ".join(line.split(" = ")[1].partition(";")[0] for line in found))
    system = text[text.index("@system mks") :].partition("@end")
    return [*chosen, *system[0].splitlines(), "@end"]
