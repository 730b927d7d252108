"""Spans of time as people say them, counted back in the calendar.

>>> parse_age("6 months").before(dt.date(2015, 8, 31)).isoformat()
'2015-02-28'
>>> str(parse_age("1y"))
'1 year'
"""

from __future__ import annotations

import calendar
import datetime as dt
import re
from typing import Final, NamedTuple

AGE: Final = re.compile(r"(\d{1,5})\s*(d|days?|w|weeks?|m|months?|y|years?)", re.ASCII | re.IGNORECASE)
UNITS: Final = {"d": "day", "w": "week", "m": "month", "y": "year"}
MONTHS: Final = {"month": 1, "year": 12}
DAYS: Final = {"day": 1, "week": 7}


class AgeError(ValueError):
    """A span of time that cannot be read; the message says what is read."""


class Age(NamedTuple):
    """So many days, weeks, months or years."""

    number: int
    unit: str

    def __str__(self) -> str:
        return f"{self.number} {self.unit}{'' if self.number == 1 else 's'}"

    def before(self, day: dt.date) -> dt.date:
        """The day that lies so far back; at the end of a shorter month its last day, never before the first of all."""
        try:
            if self.unit in DAYS:
                return day - dt.timedelta(days=self.number * DAYS[self.unit])
            months = day.year * 12 + day.month - 1 - self.number * MONTHS[self.unit]
            year, month = divmod(months, 12)
            return dt.date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))
        except (ValueError, OverflowError):
            return dt.date.min


def parse_age(text: str) -> Age:
    """The span that `text` means: `90 days`, `2w`, `6 months`, `1y`. Raises `AgeError`."""
    match = AGE.fullmatch(text.strip())
    if not match:
        raise AgeError(f"'{text}' is not a span of time; one is written like 90d, 6m or 1y")
    return Age(int(match[1]), UNITS[match[2][0].lower()])
