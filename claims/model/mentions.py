"""Amounts of a unit or a currency in running text.

>>> list(measured_parts("they took over 300 km², and 5 tanks"))
['over 300 km²']
"""

from __future__ import annotations

import re
from contextlib import suppress
from itertools import islice
from typing import TYPE_CHECKING, Final

from claims.model.amounts import FIRST, LONGEST_BOUND, Found, bounds_before, plain_text, read_amount, scan
from claims.model.units import QuantityError, known_measure

if TYPE_CHECKING:
    from collections.abc import Iterator

WORD: Final = re.compile(r"[^\s—]+")
WORD_BEFORE: Final = re.compile(r"(?<![^\s(\[«“‘\"'])[^\s(\[«“‘\"']+")
ENDING: Final = ".,;:!?)]}»”\"'’…–-؛،؟"
STOPS: Final = tuple(ENDING.replace("-", ""))
MOST_UNIT_WORDS: Final = 4
MOST_BEFORE: Final = 40
MOST_AFTER: Final = 80
"""Characters before and after a figure in running text that may belong to it."""


def measured_parts(text: str) -> Iterator[str]:
    """The parts of a running text that are an amount of a unit or currency, in its order."""
    plain, place = plain_text(text), 0
    while match := FIRST.search(plain, place):
        place = match.end()
        for start, end in _extents(plain, match):
            part = re.sub(r"\s*[\t\r\n]\s*", " ", text[start:end])
            if "\n\n" not in text[start:end] and _is_amount(part):
                yield part
                place = end
                break


def _extents(plain: str, match: re.Match[str]) -> Iterator[tuple[int, int]]:
    """Where an amount may begin and end, in running text, the longest first."""
    for start, has_opener in _starts(plain, match.start()):
        found = scan(plain, match, has_opener=has_opener)
        alone = () if has_opener else (Found(plain, found.first),)
        for one in (found, *alone) if found.last or not has_opener else ():
            last = one.last or one.first
            if last.sign or one.first.sign:
                yield start, last.end
            ends = (_unit_end(plain, end) for end in dict.fromkeys((one.end, last.bare_end)))
            yield from ((start, end) for end in ends if end)


def _starts(plain: str, at: int) -> Iterator[tuple[int, bool]]:
    """Where words of bound before a figure begin, and whether they open a range."""
    for word in list(WORD_BEFORE.finditer(plain, max(0, at - MOST_BEFORE), at))[-LONGEST_BOUND:]:
        with suppress(QuantityError):
            yield word.start(), bounds_before(plain[word.start() : at])[1]
    yield at, False


def _unit_end(plain: str, start: int) -> int | None:
    """Where the unit or currency ends that begins here, if one does."""
    if plain[start : start + 1] in STOPS:
        return None
    for word in reversed(list(islice(WORD.finditer(plain, start, start + MOST_AFTER), MOST_UNIT_WORDS))):
        end = start + len(plain[start : word.end()].rstrip(ENDING))
        if known_measure(plain[start:end].strip().removeprefix("-")):
            return end
    return None


def _is_amount(part: str) -> bool:
    try:
        read_amount(part)
    except QuantityError:
        return False
    return True
