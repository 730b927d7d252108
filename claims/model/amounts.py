"""An amount as a person writes it: words of bound, one figure or two, a multiplier, and a unit.

>>> read_amount("about 13 to 20 thousand people").numbers
(13000.0, 20000.0)
"""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, Final, NamedTuple

from claims.model.things import OF, measure_of
from claims.model.units import SIGN, Measure, QuantityError, known_measure

if TYPE_CHECKING:
    from collections.abc import Iterator

LONGEST: Final = 200
MOST_DIGITS: Final = 30
SMALLEST: Final = 1e-30
LARGEST: Final = 1e30
HIDDEN: Final = frozenset(("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"))
BOUNDS: Final = {
    "about": "about around some approximately approx. approx ca. ca c. circa roughly nearly almost estimated "
    "close_to an_estimated ~ ≈ نحو حوالي حوالى زهاء قرابة حدود около примерно порядка",
    "exact": "exactly only just a_total_of",
    "more-than": "more_than over above in_excess_of upwards_of > أكثر_من بیش_از более_чем более свыше",
    "at-least": "at_least no_fewer_than no_less_than not_fewer_than not_less_than minimum a_minimum_of >= ≥ "
    "ما_لا_يقل_عن لا_يقل_عن دست_کم حداقل не_менее",
    "at-most": "up_to at_most no_more_than not_more_than as_many_as as_much_as maximum a_maximum_of <= ≤ "
    "ما_يصل_إلى حداکثر не_более до",
    "less-than": "less_than fewer_than under below < أقل_من کمتر_از менее",
}
"""Words before a figure that say how it is meant."""
MULTIPLIERS: Final = {
    12.0: "dozen",
    1e2: "hundred",
    1e3: "thousand ألف آلاف هزار тысяч тысячи тыс אלף",
    1e5: "lakh",
    1e7: "crore",
    1e6: "million millions mn mln مليون ملايين میلیون миллион миллиона миллионов млн מיליון",
    1e9: "billion billions bn bln مليار مليارات میلیارد миллиард миллиарда миллиардов млрд מיליארד",
    1e12: "trillion trillions tn trn تريليون триллион триллиона триллионов трлн",
}
LETTERS: Final = {"k": 1e3, "m": 1e6, "b": 1e9}
"""Multipliers that may mean something else: `$5m`, `5M people`, but `5 m` is a length."""
KIND_OF: Final = {w.replace("_", " "): kind for kind, words in BOUNDS.items() for w in words.split()}
TIMES: Final = {w: times for times, words in MULTIPLIERS.items() for w in words.split()} | LETTERS
LONGEST_BOUND: Final = 4
"""Words of the longest bound."""
OPENERS: Final = frozenset(("between", "from", "בין", "بين", "من", "от"))

NUMBER: Final = r"[+-]?(?:\d{1,3}(?P<mark>[,'\xa0])\d{3}(?:(?P=mark)\d{3})*|\d+)(?:\.\d+)?(?:[eE][+-]?\d{1,3})?"
AMOUNT: Final = re.compile(rf"(?:(?P<sign>{SIGN})\s*)?(?P<number>{NUMBER})(?![,.'\xa0]?\d|_)")
FIRST: Final = re.compile(rf"(?<!\w)(?<!\d[,':/])(?<!(?<![^\W\d_])\.)(?<!\w-){AMOUNT.pattern}")
TIMES_AFTER: Final = re.compile(r"\s*([^\W\d_]+)\.?(?![^\W_]|[\^*²³'\"/])")
TO: Final = re.compile(r"\s*[-–—‒]\s*|\s+(?:to|до|إلى|الى|تا)\s+")
AND: Final = re.compile(rf"{TO.pattern}|\s*(?:and|و|и)\s*")
UNIT_BEFORE_TO: Final = re.compile(r"\s?(%|٪|°[CF]|[^\W\d_]+[23²³]?)(?=\s|[-–—‒])")
OR_MORE: Final = re.compile(r"\s+or\s+(?:(?P<more>more|above|over)|fewer|less|below|under)(?!\w)|(?P<plus>\+)(?!\d)")
LIKE: Final = str.maketrans("−٬٫’\u2009\u202f\u200c\u200e\u200f\u061c\t\r\n", "-,.'\xa0\xa0       ")
"""What stands for what, one for one, so that places in the text stay what they are."""
WANTED: Final = frozenset("\u200c\u200d\u200e\u200f\u061c")
"""Joiners and marks of direction that Persian and Arabic text needs; other hidden characters are refused."""


class Amount(NamedTuple):
    """An amount that was read: its numbers, in the unit as written, and how they are meant."""

    numbers: tuple[float, ...]
    """One, or both ends of a range."""
    measure: Measure
    unit: str
    bound: str
    """One of BOUNDS: of a range `exact`; `about` stands in a flag of its own."""
    about: bool


def read_amount(written: str) -> Amount:
    """The amount that a whole text means. Raises `QuantityError`."""
    _refuse_hidden(written)
    plain = plain_text(written)
    match = FIRST.search(plain)
    if not match:
        raise _no_number(plain, written)
    kinds, has_opener = bounds_before(plain[: match.start()])
    found = _settled(scan(plain, match, has_opener=has_opener))
    if has_opener and not found.last:
        raise QuantityError(f"'{written}' is half a range", "a range is written 13–20")
    place, after = _bound_after(plain, found.end)
    bound, is_about = _bound({*kinds, *after}, is_range=found.last is not None)
    sign, rest = _sign(found), plain[place]
    measure = _money(sign, rest.strip()) if sign else _measured(found, rest)
    unit = sign or written[place].strip().removeprefix("-") or found.unit
    return Amount(_numbers(found), measure, unit, bound, is_about)


class Side(NamedTuple):
    """A number, with what stands right before and after it."""

    number: str
    sign: str
    times: str
    """The word after the number, where it may multiply it."""
    bare_end: int
    end: int


class Found(NamedTuple):
    """Where one or two amounts stand in a text."""

    plain: str
    first: Side
    last: Side | None = None
    unit: str = ""
    """The unit between them."""

    @property
    def end(self) -> int:
        """Where the unit begins."""
        return (self.last or self.first).end


def scan(plain: str, match: re.Match[str], *, has_opener: bool) -> Found:
    """The amount that begins at `match`, and the one that it is the other end of a range of."""
    first = _amount(plain, match)
    separator = AND if has_opener else TO
    for end, unit in _ends(plain, first):
        to = separator.match(plain, end)
        second = AMOUNT.match(plain, to.end()) if to else None
        if to and second and (not unit or known_measure(unit) or to[0] != to[0].lstrip()):  # 30 T-72s are no range
            return Found(plain, first if not unit else first._replace(times=""), _amount(plain, second), unit)
    return Found(plain, first)


def _ends(plain: str, first: Side) -> Iterator[tuple[int, str]]:
    """Where a first amount may end, and the unit that stands there."""
    yield first.end, ""
    for end in (first.end, first.bare_end):
        unit = UNIT_BEFORE_TO.match(plain, end)
        if unit:
            yield unit.end(), unit[1]


def _amount(plain: str, match: re.Match[str]) -> Side:
    after = TIMES_AFTER.match(plain, match.end())
    if after and after[1].casefold() in TIMES:
        return Side(match["number"], match["sign"] or "", after[1], match.end(), after.end())
    return Side(match["number"], match["sign"] or "", "", match.end(), match.end())


def plain_text(text: str) -> str:
    """The text with ASCII digits and marks, each in the place of what was written."""
    if text.isascii():
        return text.translate(LIKE)
    return "".join(str(unicodedata.decimal(c)) if c.isdecimal() else c for c in text.translate(LIKE))


def _refuse_hidden(written: str) -> None:
    """Raise `QuantityError` for what is too long, or has characters that a reader cannot see."""
    if len(written) > LONGEST:
        raise QuantityError(f"a quantity is shorter than {LONGEST} characters", "put the rest into a note")
    if written.isascii() and written.isprintable():
        return
    hidden = next((c for c in written if unicodedata.category(c) in HIDDEN and c not in WANTED), None)
    if hidden:
        raise QuantityError(
            f"an invisible character U+{ord(hidden):04X} stands in the quantity",
            "delete it, and write the figure anew",
        )


def _no_number(plain: str, written: str) -> QuantityError:
    """Why there is no figure to be read."""
    comma = re.search(r"(?<![\d,.])(\d+),(\d+)(?![\d,.])", plain)
    if comma:
        return QuantityError(
            f"'{comma[0]}' has no thousands in it", f"write {comma[1]}.{comma[2]}, or the digits alone"
        )
    if re.search(r"\d_\d", plain):
        return QuantityError(f"'{written}' has a figure with '_' in it", "write 1,000 or 1000")
    if re.search(r"\d[,.'\xa0]\d", plain):
        return QuantityError(f"the digits in '{written}' are not grouped in threes", "write 1,000,000 or 1000000")
    return QuantityError(f"there is no figure in '{written}'", "write it in digits, and first: 300 km², about 300 km")


def bounds_before(before: str) -> tuple[tuple[str, ...], bool]:
    """What the words before a figure say, and whether they open a range. Raises `QuantityError`."""
    words, kinds = before.split(), []
    while words:
        phrases = [" ".join(words[:n]).casefold() for n in range(LONGEST_BOUND + 1)]
        known = next((n for n in range(LONGEST_BOUND, 0, -1) if phrases[n] in KIND_OF), None)
        if known is None:
            break
        kinds.append(KIND_OF[phrases[known]])
        words = words[known:]
    if words and (len(words) > 1 or words[0].casefold() not in OPENERS):
        raise QuantityError(
            f"'{' '.join(words)}' before the figure is not understood",
            "begin with the figure, or with about, more than, at least, up to or less than",
        )
    return tuple(kinds), bool(words)


def _bound(kinds: set[str], *, is_range: bool) -> tuple[str, bool]:
    """The one bound that all words together say, and whether they say about."""
    bounds = sorted(kinds - {"about", "exact"})
    if len(bounds) > 1 or (bounds and is_range):
        raise QuantityError(
            f"'{' and '.join(bounds)}' do not go with each other" if len(bounds) > 1 else "a range has both its bounds",
            "write one bound (more than 30), or a range (13–20)",
        )
    return next(iter(bounds), "exact"), "about" in kinds


def _bound_after(plain: str, start: int) -> tuple[slice, tuple[str, ...]]:
    """Where the unit stands, and the bound right after the figures (`30+ tanks`) or the unit (`30 or more`)."""
    text = plain[start:]
    more = OR_MORE.match(text)
    if more:
        return slice(start + more.end(), None), (_more_or_less(more),)
    more = next((m for m in OR_MORE.finditer(text) if m.end() == len(text)), None)
    if more:
        return slice(start, start + more.start()), (_more_or_less(more),)
    return slice(start, None), ()


def _more_or_less(match: re.Match[str]) -> str:
    return "at-least" if match["more"] or match["plus"] else "at-most"


def _settled(found: Found) -> Found:
    """Letters after a number are multipliers where they can be nothing else, else units."""
    last = found.last or found.first
    if last.times and not _multiplies(last, found.plain[last.end :].strip()):
        last = last._replace(times="", end=last.bare_end)
    if not found.last:
        return found._replace(first=last)
    first, unit = found.first, found.unit
    if first.times.casefold() in ("m", "b") and not (first.sign or last.times):
        first, unit = first._replace(times=""), first.times
    return found._replace(first=first, last=last, unit=unit)


def _multiplies(amount: Side, rest: str) -> bool:
    """Whether the word after a number multiplies it."""
    letter = amount.times
    if letter.casefold() not in LETTERS or letter == "k" or amount.sign:
        return True
    if letter.isupper() and not rest:
        raise QuantityError(f"'{letter}' may mean several things", "write thousand, million or billion")
    known = known_measure(rest)
    if known or not letter.isupper():
        return known is not None and known.dimension.startswith("count")
    return rest[0].isalpha()


def _numbers(found: Found) -> tuple[float, ...]:
    """The figures. A multiplier after the second is one of the first as well: `13 to 20 thousand`."""
    first = _number(found.first.number)
    if not found.last:
        return (first * _times(found.first),)
    last, times = _number(found.last.number), _times(found.last)
    shares = not found.first.times and not found.unit and first < last
    numbers = (first * (times if shares else _times(found.first)), last * times)
    if numbers[0] > numbers[1]:
        raise QuantityError("the range ends before it begins", "write the lower figure first: 13–20")
    return numbers


def _times(amount: Side) -> float:
    return TIMES[amount.times.casefold()] if amount.times else 1.0


def _number(text: str) -> float:
    """The value of digits as written, in ASCII. Raises `QuantityError` for what nobody counts or measures."""
    number = float(re.sub("[,'\xa0]", "", text))
    if sum(c.isdigit() for c in text) > MOST_DIGITS or not (number == 0 or SMALLEST < abs(number) < LARGEST):
        raise QuantityError("the figure is too long", "write fewer digits, and a multiplier: 1.5 million")
    return number


def _sign(found: Found) -> str:
    """The sign of the currency before the figures, if one stands there."""
    signs = sorted({amount.sign for amount in (found.first, found.last) if amount and amount.sign})
    if len(signs) > 1:
        raise QuantityError("both ends of a range are in one currency", "write $5–10 million")
    return "".join(signs)


def _money(sign: str, text: str) -> Measure:
    """The currency of a sign; after the amount may stand its name, and what the money is for."""
    measure = measure_of(sign)
    if text and known_measure(text) != measure and not OF.match(f" {text}"):
        raise QuantityError(f"'{text}' after an amount of money is not understood", "write $5 million in aid")
    return measure


def _measured(found: Found, rest: str) -> Measure:
    """What the amounts measure or count."""
    text = rest.strip()
    if text.startswith("-") and known_measure(text[1:]):
        text = text[1:]
    _refuse_unread(found, text)
    if rest == "s":
        raise QuantityError("a figure with an 's' is a decade, or a time", "write 5 seconds; a decade is a date")
    measure = measure_of(text or found.unit)
    if measure.is_thing and rest[:1].isascii() and rest[:1].isalpha() and not known_measure(text):
        raise QuantityError(f"'{text}' is not a unit", "put a space between a figure and what it counts")
    if found.unit and measure_of(found.unit) != measure:
        raise QuantityError("both ends of a range are in one unit", "write 300–400 km")
    return measure


def _refuse_unread(found: Found, text: str) -> None:
    """Raise `QuantityError` for figures that go on after the last one that was read."""
    last = (found.last or found.first).number
    more = re.match(r"\d+", text)
    if more:
        raise QuantityError(f"'{last} {more[0]}' is two figures", f"write {last},{more[0]}, or one of them alone")
    if re.match(r"[/:.,-]\s*\d", text):
        raise QuantityError(f"'{last}{text}' is not one figure", "write a part as a decimal (0.5), a range as 13–20")
    word = re.match(r"[^\W\d_]+", text)
    if word and word[0].casefold() in TIMES.keys() - LETTERS:
        raise QuantityError(f"'{word[0]}' is one multiplier too many", "write 5 billion, or 5,000 million")
