"""A quote is checked against the stored text: exact, changed, ambiguous, missing, or no text to check it against.

White space is folded, and text is compared in NFC; everything else must be the same, letter by letter. A quote that
stands in several places needs the words before or after it (`prefix`, `suffix`). Nothing is re-anchored: where only
something similar is found, it is shown as a difference, and the quote stays what it is.

>>> quote_check("control of 300 kilometres", "retaking control of 300 kilometres of territory").status
'exact'
>>> quote_check("control of 300 km", "retaking control of 300 kilometres of territory").difference
(('same', 'control of 300'), ('quote', 'km'), ('text', 'kilometres'))
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter, defaultdict
from functools import cached_property
from itertools import pairwise
from typing import TYPE_CHECKING, Final, Literal, NamedTuple

from claims.read.drafts import Draft, warning
from claims.read.mistakes import short

if TYPE_CHECKING:
    from collections.abc import Iterator

    from claims.model.statement import Statement
    from claims.read.ledger import Ledger, Row
    from claims.read.texts import Texts

Status = Literal["exact", "changed", "ambiguous", "missing", "no-text"]
Op = Literal["same", "quote", "text"]
SIMILAR: Final = 75.0
"""From which similarity, of 100, a passage is taken for a changed form of the quote."""
SPACE: Final = re.compile(r"\s+")
WORD: Final = re.compile(r"\S+")
PIECE: Final = re.compile(r"\s+|\S+")
MOST_PLACES: Final = 100
MOST_STRETCHES: Final = 5
LONGEST_SAME: Final = 8
"""Words on which quote and text agree that are shown; of more, those at the ends."""
SMALL: Final = 2_000_000
"""Letters of the quote times letters of the text that are compared in a tenth of a second or so."""
SHORTEST_CHANGED: Final = 8
"""Letters that a quote needs before anything but the same words is taken for it."""


class QuoteCheck(NamedTuple):
    """How a quote stands to the stored text.

    `places` are the ranges, in code points of the stored text, where it stands (changed: what looks most like it).
    `passage` is the text there. `difference` tells the two apart word by word: what both have (`same`), what only the
    quote has (`quote`), what only the text has (`text`).
    """

    status: Status
    places: tuple[tuple[int, int], ...] = ()
    passage: str | None = None
    difference: tuple[tuple[Op, str], ...] = ()


def quote_check(quote: str, text: str | None, prefix: str | None = None, suffix: str | None = None) -> QuoteCheck:
    """How `quote` stands to `text`; None: no text is stored. `prefix` and `suffix` choose between several places."""
    if text is None:
        return QuoteCheck("no-text")
    return checked(quote, Folded(text), prefix, suffix)


class Folded:
    """A text in NFC with its white space folded, and where each of its characters stands in the original."""

    def __init__(self, text: str) -> None:
        self.original = text
        parts: list[str] = []
        starts: list[int] = []
        for piece in PIECE.finditer(text):
            for form, start in _characters(piece[0], piece.start()):
                parts.append(form)
                starts.extend(start if isinstance(start, range) else [start] * len(form))
        self.text = "".join(parts)
        self.starts = [*starts, len(text)]

    @cached_property
    def words(self) -> dict[str, list[int]]:
        """Where each word stands."""
        places: dict[str, list[int]] = defaultdict(list)
        for match in WORD.finditer(self.text):
            places[match[0].casefold()].append(match.start())
        return dict(places)

    def original_range(self, start: int, end: int) -> tuple[int, int]:
        """A range of the folded text as one of the original; white space at its ends is left out."""
        first, last = self.starts[start], self.starts[end]
        while last > first and self.original[last - 1].isspace():
            last -= 1
        return first, last


def _characters(piece: str, start: int) -> Iterator[tuple[str, int | range]]:
    """The parts of a word in NFC, each with where it begins in the text; or one space for all white space."""
    form = unicodedata.normalize("NFC", piece)
    if piece.isspace():
        yield " ", start
    elif form == piece:
        yield form, range(start, start + len(piece))
    else:
        bases = [n for n, character in enumerate(piece) if n == 0 or not _joins(character)]
        for first, last in pairwise([*bases, len(piece)]):
            yield unicodedata.normalize("NFC", piece[first:last]), start + first


def _joins(character: str) -> bool:
    """Whether a character may become one with the character before it."""
    return unicodedata.category(character).startswith("M") or "\u1160" <= character <= "\u11ff"


def checked(quote: str, text: Folded, prefix: str | None = None, suffix: str | None = None) -> QuoteCheck:
    """As `quote_check`, for a text that was folded before: one text often has many quotes."""
    wanted = folded(quote)
    if not wanted:
        return QuoteCheck("missing")
    found = _chosen(list(_occurrences(wanted, text.text)), len(wanted), text.text, prefix, suffix)
    if found:
        places = tuple(text.original_range(start, start + len(wanted)) for start in found)
        first, last = places[0]
        return QuoteCheck("exact" if len(places) == 1 else "ambiguous", places, text.original[first:last])
    return _changed(wanted, text)


def folded(text: str) -> str:
    """A quote in NFC with its white space folded."""
    return SPACE.sub(" ", unicodedata.normalize("NFC", text)).strip()


def _occurrences(wanted: str, text: str) -> Iterator[int]:
    start = text.find(wanted)
    count = 0
    while start >= 0 and count < MOST_PLACES:
        yield start
        count += 1
        start = text.find(wanted, start + 1)


def _chosen(found: list[int], length: int, text: str, prefix: str | None, suffix: str | None) -> list[int]:
    """The places with the words before and after; all of them where that leaves none or nothing is given."""
    before, after = folded(prefix or ""), folded(suffix or "")
    if not (before or after):
        return found

    def fits(start: int) -> bool:
        return text[:start].rstrip().endswith(before) and text[start + length :].lstrip().startswith(after)

    return [start for start in found if fits(start)] or found


def _changed(wanted: str, text: Folded) -> QuoteCheck:
    """What looks most like the quote: sought among the stretches that share most words with it."""
    if len(wanted) < SHORTEST_CHANGED or not text.text:
        return QuoteCheck("missing")
    from rapidfuzz import fuzz  # noqa: PLC0415 - most quotes are exact

    best = (0.0, 0, 0)
    for start, end in _stretches(wanted, text):
        found = fuzz.partial_ratio_alignment(wanted, text.text[start:end], score_cutoff=max(SIMILAR, best[0]))
        if found is not None and found.score > best[0]:
            best = (found.score, start + found.dest_start, start + found.dest_end)
    if best[0] < SIMILAR:
        return QuoteCheck("missing")
    start, end = _whole_words(text.text, *best[1:])
    place = text.original_range(start, end)
    return QuoteCheck("changed", (place,), text.original[place[0] : place[1]], difference(wanted, text.text[start:end]))


def _stretches(wanted: str, text: Folded) -> list[tuple[int, int]]:
    """Stretches of the text to compare letter by letter.

    The whole of a short text; of a long one those, three times as long as the quote, that share most words with it.
    """
    if len(wanted) * len(text.text) <= SMALL:
        return [(0, len(text.text))]
    step = len(wanted)
    words = {word.casefold() for word in wanted.split()}
    ranked = Counter(place // step for word in words for place in text.words.get(word, ()))
    scores = {n: count + max(ranked[n + 1], ranked[n - 1]) for n, count in ranked.items()}
    best = sorted(scores, key=lambda n: (-scores[n], n))[:MOST_STRETCHES]
    return [(max(0, (n - 1) * step), (n + 2) * step) for n in best]


def _whole_words(text: str, start: int, end: int) -> tuple[int, int]:
    """The range, without white space at its ends and with the words whole that it cuts."""
    while start < end and text[start] == " ":
        start += 1
    while end > start and text[end - 1] == " ":
        end -= 1
    while start > 0 and text[start].isalnum() and text[start - 1].isalnum():
        start -= 1
    while 0 < end < len(text) and text[end - 1].isalnum() and text[end].isalnum():
        end += 1
    return start, end


def difference(quote: str, passage: str) -> tuple[tuple[Op, str], ...]:
    """What both have and what only one has, word by word, in reading order."""
    from rapidfuzz.distance import LCSseq  # noqa: PLC0415 - most quotes are exact

    mine, theirs = quote.split(), passage.split()
    parts: list[tuple[Op, str]] = []
    done = (0, 0)
    for op in [*LCSseq.opcodes(mine, theirs), None]:
        if op is not None and op.tag != "equal":
            continue
        until = (op.src_start, op.dest_start) if op else (len(mine), len(theirs))
        between = (("quote", mine[done[0] : until[0]]), ("text", theirs[done[1] : until[1]]))
        parts.extend((side, " ".join(words)) for side, words in between if words)  # type: ignore[misc]
        if op:
            parts.append(("same", " ".join(mine[op.src_start : op.src_end])))
            done = (op.src_end, op.dest_end)
    return tuple(parts)


def quotes(ledger: Ledger, texts: Texts) -> Iterator[Draft]:
    """Quotes that claim to be exact, and are not what the stored text says."""
    ready: dict[str, Folded] = {}
    for row in ledger.statements:
        statement = row.entry
        if statement.quote is None or statement.wording != "exact":
            continue
        text = texts.by_document.get(statement.document)
        if text is None:
            continue
        if statement.document not in ready:
            ready[statement.document] = Folded(text)
        found = checked(statement.quote, ready[statement.document], statement.prefix, statement.suffix)
        if found.status != "exact":
            yield _told(row, found)


def _told(row: Row[Statement], found: QuoteCheck) -> Draft:
    spot, document = row.at("quote"), row.entry.document
    if found.status == "changed":
        return warning(
            "changed-quote",
            f"the text of '{document}' differs: {shown_difference(found.difference)}",
            spot,
            "[-in the quote only-] {+in the text only+}; correct the quote, or its 'wording'",
        )
    if found.status == "ambiguous":
        return warning(
            "ambiguous-quote",
            f"the quote stands in {len(found.places)} places of '{document}'",
            spot,
            "give the words before it as 'prefix' or after it as 'suffix'",
        )
    return warning(
        "missing-quote",
        f"the text of '{document}' has no such words: '{short(row.entry.quote or '')}'",
        spot,
        "correct the quote, or write 'wording: paraphrased' or 'wording: translated'",
    )


def shown_difference(parts: tuple[tuple[Op, str], ...]) -> str:
    """A difference in a line, as `git diff --word-diff` shows it; long stretches that agree are cut."""
    marks = {"same": "{}", "quote": "[-{}-]", "text": "{{+{}+}}"}
    return " ".join(marks[op].format(_cut(text) if op == "same" else text) for op, text in parts)


def _cut(text: str) -> str:
    words = text.split(" ")
    return text if len(words) <= LONGEST_SAME else " ".join([*words[:3], "…", *words[-3:]])
