"""Dates as people know them: a day, a month, a year, a span. A partial date is the interval of days it may mean.

>>> parse_when("2015-05")
Interval('2015-05')
>>> parse_when("2015-05").end.isoformat()
'2015-05-31'
>>> parse_when("2015-05-04/2015-05-16").start.isoformat()
'2015-05-04'
"""

from __future__ import annotations

import calendar
import datetime as dt
import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from pydantic_core import core_schema

if TYPE_CHECKING:
    from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler
    from pydantic.json_schema import JsonSchemaValue

DATE = re.compile(
    r"(?P<year>\d{4})(?:-(?P<month>\d{2})(?:-(?P<day>\d{2})(?P<time>[T ].*)?)?)?",
    re.ASCII,
)
TIME = re.compile(r"[T ]\d{2}:\d{2}(:\d{2}(\.\d+)?)?\s?(Z|[+-]\d{2}:?\d{2})?", re.ASCII)
CIRCA = re.compile(r"(?:c\.|ca\.|circa|about|~)\s*", re.IGNORECASE)


class WhenError(ValueError):
    """A date that cannot be read; the message says what is wrong with it and what is read."""


@dataclass(frozen=True, slots=True, repr=False)
class Interval:
    """The days from `start` to `end`, both included, and the date as it was `written`.

    A date-time is the day it names, as written; its time and zone are kept in `written` and not compared.
    `c. 2006` is the year and one on either side (a month or a day likewise).
    """

    start: dt.date
    end: dt.date
    written: str

    def __str__(self) -> str:
        return self.written

    def __repr__(self) -> str:
        return f"Interval({self.written!r})"

    def is_before(self, other: Interval) -> bool:
        """Whether every day of this one lies before every day of the other."""
        return self.end < other.start

    def overlaps(self, other: Interval) -> bool:
        """Whether there is a day that both may mean."""
        return self.start <= other.end and other.start <= self.end

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: GetCoreSchemaHandler) -> core_schema.CoreSchema:
        del source, handler
        return core_schema.no_info_plain_validator_function(
            interval_from, serialization=core_schema.to_string_ser_schema()
        )

    @classmethod
    def __get_pydantic_json_schema__(
        cls, schema: core_schema.CoreSchema, handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        del schema, handler
        return {
            "type": ["string", "integer"],
            "description": "A date: 2015, 2015-05, 2015-05-16, a span 2015-05-04/2015-05-16, or c. 2006.",
        }


def interval_from(value: object) -> Interval:
    """The interval that a written date means; an `Interval` is handed through. Raises `WhenError`."""
    if isinstance(value, Interval):
        return value
    if isinstance(value, dt.date):
        return parse_when(value.isoformat()[:10])
    if isinstance(value, str):
        return parse_when(value)
    raise WhenError("a date is written like 2015-05-16, 2015-05 or 2015")


@lru_cache(maxsize=4096)
def parse_when(text: str) -> Interval:
    """The interval that `text` means. Digits of any script are read. Raises `WhenError`."""
    plain = _ascii_digits(text.strip())
    circa = CIRCA.match(plain)
    if circa:
        start, end = _around(plain[circa.end() :], text)
    elif "/" in plain:
        first, _, last = plain.partition("/")
        start, end = _days(first.strip(), text)[0], _days(last.strip(), text)[1]
        if end < start:
            raise WhenError(f"the span '{text}' ends before it begins")
    else:
        start, end = _days(plain, text)
    return Interval(start, end, text.strip())


def _ascii_digits(text: str) -> str:
    return "".join(str(unicodedata.digit(c)) if c.isdecimal() else c for c in text)


def _days(plain: str, written: str) -> tuple[dt.date, dt.date]:
    match = DATE.fullmatch(plain)
    if not match or (match["time"] and not TIME.fullmatch(match["time"])):
        raise WhenError(f"'{written}' is not a date; a date is written like 2015-05-16, 2015-05 or 2015")
    year, month, day = int(match["year"]), match["month"], match["day"]
    try:
        if day:
            exact = dt.date(year, int(month), int(day))
            return exact, exact
        if month:
            last = calendar.monthrange(year, int(month))[1]
            return dt.date(year, int(month), 1), dt.date(year, int(month), last)
        return dt.date(year, 1, 1), dt.date(year, 12, 31)
    except (ValueError, calendar.IllegalMonthError) as error:
        raise WhenError(f"there is no day or month '{written}' in the calendar") from error


def _around(plain: str, written: str) -> tuple[dt.date, dt.date]:
    start, end = _days(plain, written)
    try:
        before = _days((start - dt.timedelta(days=1)).isoformat()[: len(plain)], written)[0]
        after = _days((end + dt.timedelta(days=1)).isoformat()[: len(plain)], written)[1]
    except OverflowError as error:
        raise WhenError(f"'{written}' is at the end of the calendar") from error
    return before, after
