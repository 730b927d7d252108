"""What stands after a figure: a unit, a currency, or a thing counted.

A word that is no unit, and not near one, names a thing counted. It is folded, so that `Soldiers` and `soldier` count
the same; words that mean the same (`dead`, `killed`) stay two.

>>> measure_of("Soldiers").dimension, measure_of("square miles").dimension
('count:soldier', '[length] ** 2')
"""

from __future__ import annotations

import re
import unicodedata
from typing import Final

from claims.model.units import CURRENCIES, Measure, QuantityError, known_measure, near_unit

OF: Final = re.compile(r"\s(?:of|worth of|in|من|از|של)\s")
"""What follows it says of what: `300 km² of land`."""
WORD_MARKS: Final = frozenset("'’\"״׳ʼ.-‐\u200d&/")
LONG: Final = 6
"""Letters of a word that, before others, may be taken for a misspelled unit."""
IRREGULAR: Final = {"people": "person", "men": "man", "women": "woman", "children": "child", "lives": "life"}


def measure_of(written: str) -> Measure:
    """What the words after a figure measure or count. Raises `QuantityError`.

    >>> measure_of("kilometres of territory").dimension, measure_of("").dimension
    ('[length]', 'count')
    """
    if not written:
        return Measure("count")
    known = known_measure(written) or known_measure(OF.split(written, maxsplit=1)[0])
    return known or Measure(f"count:{_thing(written)}")


def _thing(written: str) -> str:
    """The folded name of a thing counted, in the singular. Raises `QuantityError` where it is none."""
    words = written.split()
    wrong = next((word for word in words if not _is_word(word)), None)
    near = near_unit(written) or (near_unit(words[0]) if len(words[0]) > LONG else None)
    if near:
        raise QuantityError(f"'{written}' is not a unit", f"did you mean '{near}'?")
    if wrong is not None:
        raise QuantityError(
            f"'{written}' is neither a unit nor a thing counted",
            f"after the figure stands a unit (km²), a currency or what is counted (tanks), without '{wrong}'",
        )
    unit = _unit_within(words)
    if unit and "per" not in words:
        raise QuantityError(
            f"'{written}' is neither a unit nor a thing counted",
            f"write the unit '{unit}' alone; if this is a thing counted, join its words: '{'-'.join(words)}'",
        )
    return " ".join(_singular(word) for word in unicodedata.normalize("NFC", written).casefold().split())


def _is_word(word: str) -> bool:
    """Whether it is made of letters, in any script; a type of weapon may have digits: `T-72`, `M16`."""
    kinds = [unicodedata.category(c) for c in word]
    digits = "Nd" in kinds and not ("Lu" in kinds or "-" in word)
    return (
        kinds[0][0] == "L"
        and not digits
        and (len(word) > 1 or not word.isascii())
        and all(kind[0] in "LM" or kind == "Nd" or c in WORD_MARKS for kind, c in zip(kinds, word, strict=True))
    )


def _unit_within(words: list[str]) -> str | None:
    """A unit or currency that stands among the words; codes of currencies are short for much else (`SAR teams`)."""
    starts = [" ".join(words[:n]) for n in range(len(words) - 1, 0, -1)]
    parts = (part for part in (*starts, *words[1:]) if part.casefold() not in CURRENCIES)
    return next((part for part in parts if known_measure(part)), None)


def _singular(word: str) -> str:
    """A word without its English plural, so that `soldier` and `soldiers` count the same."""
    if word in IRREGULAR or word.endswith("men"):
        return IRREGULAR.get(word) or word[:-3] + "man"
    if word.endswith("ies") and len(word) > 4:  # noqa: PLR2004 - `ties` and `lies` have no y
        return word[:-3] + "y"
    if word.endswith(("sses", "shes", "ches", "xes", "zes")):
        return word[:-2]
    return word[:-1] if word.endswith("s") and not word.endswith(("ss", "us", "is")) else word
