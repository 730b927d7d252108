"""What a figure measures or counts: a unit, a currency, or a thing counted.

Conversions are those of the `pint` library; here stand only names for its units. Nothing is guessed
from prefixes: a word is a unit when it is spelled here, and near one when it is misspelled. Every
other word names a thing counted.

>>> measure_of("sq km")
Measure(dimension='[length] ** 2', factor=1000000.0, offset=0.0)
>>> measure_of("Soldiers").dimension, measure_of("bn USD" [3:]).dimension
('count:soldier', 'count:usd')
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache, lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

UNITS: Final = {
    "millimeter": "mm, millimetre, millimeter, мм, ملم, مم",
    "centimeter": "cm, cms, centimetre, centimeter, см, سم",
    "meter": "m, metre, meter, м, метр, метра, метров, متر, مترا, أمتار, מטר, מטרים",
    "kilometer": "km, kms, kilometre, kilometer, км, километр, километра, километров, كم, كلم, "
    "كيلومتر, كيلومترا, كيلومترات, كيلو متر, ק\"מ, קילומטר, קילומטרים",
    "inch": "inch, inches",
    "foot": "ft, foot, feet, фут, футов",
    "yard": "yd, yard",
    "mile": "mi, mile, миля, мили, миль, ميل, أميال, مایل",
    "nautical_mile": "nmi, nautical mile",
    "acre": "acre, акр, акров, فدان",
    "are": "are_",
    "decaare": "dunam, dunum, donum, dönüm, decare, دونم, دونما, דונם, דונמים",
    "hectare": "ha, hectare, га, гектар, гектара, гектаров, هكتار, هكتارا, הקטר",
    "milliliter": "ml, millilitre, milliliter",
    "liter": "l, litre, liter, литр, литра, литров, لتر, لترا, ליטר",
    "gallon": "gal, gallon, us gallon",
    "imperial_gallon": "imperial gallon, uk gallon",
    "oil_barrel": "bbl, barrel, баррель, барреля, баррелей, برميل, بشکه, חביות",
    "milligram": "mg, milligram, milligramme",
    "gram": "g, gram, gramme, грамм, граммов, غرام, גרם",
    "kilogram": "kg, kgs, kilo, kilogram, kilogramme, кг, килограмм, килограммов, كغ, كغم, كجم, "
    "كيلوغرام, کیلوگرم, ק\"ג",
    "metric_ton": "t, tonne, ton, metric ton, metric tonne, тонна, тонны, тонн, طن, طنا, أطنان, תן, טון",
    "ton": "short ton",
    "long_ton": "long ton",
    "kilometric_ton": "kilotonne, kiloton",
    "megametric_ton": "megatonne, megaton",
    "ounce": "oz, ounce",
    "pound": "lb, lbs, pound",
    "second": "s, sec, secs, second, секунд, секунды, ثانية, ثوان",
    "minute": "min, mins, minute, мин, минут, минуты, دقيقة, دقائق, דקות",
    "hour": "h, hr, hrs, hour, час, часа, часов, ساعة, ساعات, ساعت, שעה, שעות",
    "day": "d, day, день, дня, дней, يوم, يوما, أيام, روز, יום, ימים",
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
    "kilometer / hour": "kmh, kph, км ч",
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
    "kilometer ** 2": "קמ\"ר",
    "meter ** 2": "מ\"ר",
}
"""Spellings of each unit of the library; regular English plurals go without saying.

A ton is the metric one (short and long tons lie within 10 % of it) unless it says what it is; a dunam
is the metric dunam, which is a decare; a barrel is one of oil."""
SYMBOLS: Final = {"MW": "megawatt", "MB": "megabyte", "K": "kelvin", "W": "watt"}
"""Spellings that mean something else, or nothing, in other letter case."""
LENGTHS: Final = frozenset(
    ("millimeter", "centimeter", "meter", "kilometer", "inch", "foot", "yard", "mile", "nautical_mile")
)
