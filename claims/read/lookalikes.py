"""Names and ids that look the same and are not: suspected and shown, never merged.

Two names look alike when they fold to the same text. Folding takes away what a reader does not see: letter case, forms
of presentation, Arabic and Persian letters that stand for each other (ي ی, ك ک, أ ا, ة ه), tatweel and harakat, joiners
and marks of direction, digits of other scripts, and letters borrowed from another alphabet (a Cyrillic е in Rеuters).
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from claims.read.drafts import Draft, Spot, warning
from claims.read.ledger import KEYED, SECTIONS, SINGULAR, Ledger, Row
from claims.read.mistakes import short

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

NAMED: Final = ("parties", "sources", "speakers")
SAME_LETTER: Final = str.maketrans({
    "\u0649": "\u06cc", "\u064a": "\u06cc", "\u06d2": "\u06cc", "\u0643": "\u06a9", "\u0623": "\u0627",
    "\u0625": "\u0627", "\u0622": "\u0627", "\u0671": "\u0627", "\u0629": "\u0647", "\u06c0": "\u0647",
    "\u06be": "\u0647", "\u06c1": "\u0647", "\u0624": "\u0648", "\u0626": "\u06cc",
})  # fmt: skip
"""Letters that Arabic and Persian keyboards and spellings exchange."""
UNSEEN: Final = re.compile(
    "[\u00ad\u0640\u064b-\u065f\u0670\u06d6-\u06ed\u200b-\u200f\u061c\u2060-\u2069\u202a-\u202e\ufe00-\ufe0f]"
)
"""Soft hyphen, tatweel, harakat, joiners, marks of direction, variation selectors."""
PUNCTUATION: Final = re.compile(r"[\s\-_.,'’‘`\"]+")
SHORTEST_NEAR: Final = 6
"""Letters from which a name is not another one for a single letter."""
NEAR_OWNER: Final = 300
"""Owners up to which each is compared with each; more are compared as they are spelled."""


def folded(text: str) -> str:
    """What a reader sees of a name: two names with the same fold look the same."""
    if text.isascii():
        return text.casefold()
    seen = unicodedata.normalize("NFKC", unicodedata.normalize("NFC", text).translate(SAME_LETTER))
    seen = unicodedata.normalize("NFC", UNSEEN.sub("", seen.translate(SAME_LETTER)).casefold())
    return "".join(_digit(c) or _latin(c) for c in seen)


def scripts(text: str) -> set[str]:
    """The first words of the Unicode names of the letters: LATIN, CYRILLIC, GREEK, ARABIC."""
    return {unicodedata.name(c, "UNKNOWN").partition(" ")[0] for c in text if c.isalpha()}


def _digit(character: str) -> str | None:
    return str(unicodedata.digit(character)) if character.isdecimal() else None


def _latin(character: str) -> str:
    """The Latin letter that a letter of another alphabet looks like, or the letter itself."""
    if character.isascii() or unicodedata.name(character, "").startswith(
        ("LATIN", "ARABIC", "HEBREW", "CJK", "HANGUL")
    ):
        return character
    return _alike().get(character, character)


@cache
def _alike() -> dict[str, str]:
    """Letters that look like one Latin letter, after Unicode's table of confusable characters (UTS 39)."""
    from confusable_homoglyphs.confusables import confusables_data  # noqa: PLC0415 - slow, and rarely needed

    table: dict[str, str] = {}
    for character, others in confusables_data.items():
        latin = sorted(other["c"] for other in others if len(other["c"]) == 1 and other["c"].isascii())
        letters = [c for c in latin if c.isalpha()]
        if letters and len(character) == 1 and not character.isascii():
            lower = [c for c in letters if c.islower()]
            table[character] = (lower or letters)[0].lower()
    return table


class Use(NamedTuple):
    """A name or alias, and the entry that it is used in."""

    name: str
    row: Row[Any]
    spot: Spot

    @property
    def entry(self) -> tuple[str, str]:
        """The section and the id of the entry."""
        return self.row.section, self.row.entry.id


def alike_names(ledger: Ledger) -> Iterator[Draft]:
    """Names of two sources, speakers or parties that look the same."""
    uses: dict[str, list[Use]] = defaultdict(list)
    for section in NAMED:
        for row in ledger.rows(section):
            uses[folded(row.entry.name)].append(Use(row.entry.name, row, row.at("name")))
            for n, alias in enumerate(getattr(row.entry, "aliases", ())):
                uses[folded(alias)].append(Use(alias, row, row.at("aliases", n)))
    reported: set[tuple[tuple[str, str], ...]] = set()
    for first, *others in uses.values():
        for other in others:
            pair = tuple(sorted((first.entry, other.entry)))
            if first.entry != other.entry and pair not in reported and not _is_one_name(first, other):
                reported.add(pair)
                yield _told(first, other)


def _is_one_name(first: Use, other: Use) -> bool:
    """Whether two sections call something by one name: a body may be a party, a source and a speaker."""
    names = (unicodedata.normalize("NFC", use.name).casefold() for use in (first, other))
    return first.row.section != other.row.section and next(names) == next(names)


def _told(first: Use, other: Use) -> Draft:
    both = " and ".join(f"{SINGULAR[use.row.section]} '{use.row.entry.id}'" for use in (first, other))
    if other.name == first.name:
        message = f"the {both} have the same name, '{short(other.name)}'"
    else:
        message = f"the {both} have names that look the same, {_difference(first.name, other.name)}"
    hint = "if they are one, keep one; if not, tell them apart in the name"
    return warning("look-alike", message, other.spot, hint, (first.spot,))


def _difference(first: str, second: str) -> str:
    """Both names, and where they differ the characters behind what one sees."""
    written = [unicodedata.normalize("NFC", name) for name in (first, second)]
    odd = [
        sorted({c for c in name if c not in other and not c.isascii()})
        for name, other in ((written[0], written[1]), (written[1], written[0]))
    ]
    behind = [f"{c} U+{ord(c):04X}" for characters in odd for c in characters][:4]
    return f"'{short(first)}' and '{short(second)}'" + (f" ({', '.join(behind)})" if behind else "")


def alike_ids(ledger: Ledger) -> Iterator[Draft]:
    """Ids that look the same: they can differ in non-ASCII characters alone."""
    sections = [section for section in SECTIONS if section not in KEYED]
    rows = [row for section in sections for row in ledger.rows(section)]
    if all(row.entry.id.isascii() for row in rows):
        return
    first: dict[str, Any] = {}
    for row in rows:
        other = first.setdefault(folded(row.entry.id), row)
        if other.entry.id != row.entry.id:
            ids = _difference(other.entry.id, row.entry.id)
            yield warning(
                "look-alike",
                f"the ids {ids} look the same, and are not",
                row.at("id"),
                "rename one; ids of plain Latin letters are the easiest to type",
                (other.at("id"),),
            )


def near_owners(ledger: Ledger) -> Iterator[Draft]:
    """Owners that are written almost like another owner, or like a source: they count as two."""
    owners: dict[str, Spot] = {}
    for row in ledger.sources:
        if row.entry.owner is not None and row.entry.owner not in ledger.source:
            owners.setdefault(row.entry.owner, row.at("owner"))
    if not owners:
        return
    known: dict[str, str] = {_spelled(name): name for name in sorted(ledger.source)}
    for owner, spot in owners.items():
        other = known.setdefault(_spelled(owner), owner)
        if other == owner and len(owners) <= NEAR_OWNER:
            other = next(_nearly(owner, (name for name in owners if name < owner)), owner)
        if other != owner:
            what = "the source" if other in ledger.source else "the owner"
            message = f"the owner '{short(owner)}' is written almost like {what} '{short(other)}'"
            hint = "write both alike if they are one: only then do their sources count as one"
            yield warning("near-owner", message, spot, hint, (owners[other],) if other in owners else ())


@lru_cache(maxsize=4096)
def _spelled(name: str) -> str:
    return PUNCTUATION.sub("-", folded(name)).strip("-")


def _nearly(name: str, others: Iterable[str]) -> Iterator[str]:
    """Those of the others that are one typing mistake away."""
    spelled = _spelled(name)
    for other in others:
        if min(len(spelled), len(_spelled(other))) >= SHORTEST_NEAR and is_one_mistake(spelled, _spelled(other)):
            yield other


def is_one_mistake(one: str, two: str) -> bool:
    """Whether one letter more, less or another, or two neighbours in the other order, leads from one to the other."""
    one, two = _unlike(one, two)
    one, two = _unlike(one[::-1], two[::-1])
    return max(len(one), len(two)) <= 1 or (len(one) == len("ab") and one == two[::-1])


def _unlike(one: str, two: str) -> tuple[str, str]:
    """What is left of both from the first letter in which they differ."""
    alike = next((n for n, (a, b) in enumerate(zip(one, two, strict=False)) if a != b), min(len(one), len(two)))
    return one[alike:], two[alike:]


CHECKS: Final[tuple[Callable[[Ledger], Iterator[Draft]], ...]] = (alike_names, alike_ids, near_owners)
