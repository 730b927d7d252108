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
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal

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
MOST_PLACES: Final = 100
SHORTEST_CHANGED: Final = 8
"""Letters that a quote needs before anything but the same words is taken for it."""


@dataclass(frozen=True, slots=True)
class QuoteCheck:
    """How a quote stands to the stored text.

    `places` are the ranges, in code points of the stored text, where it stands (changed: what looks most like it).
    `passage` is the text there. `difference` tells the two apart word by word: what both have (`same`), what only the
    quote has (`quote`), what only the text has (`text`).
    """

    status: Status
    places: tuple[tuple[int, int], ...] = ()
    passage: str | None = None
    difference: tuple[tuple[Op, str], ...] = ()


def quote_check(
    quote: str, text: str | None, prefix: str | None = None, suffix: str | None = None
) -> QuoteCheck:
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
        position = 0
        for piece in SPLIT.findall(text):
            folded = " " if piece.isspace() else unicodedata.normalize("NFC", piece)
            if len(folded) == len(piece):
                starts.extend(range(position, position + len(piece)))
            elif piece.isspace():
                starts.append(position)
            else:
                starts.extend(_starts(piece, folded, position))
            parts.append(folded)
            position += len(piece)
        self.text = "".join(parts)
        self.starts = [*starts, len(text)]

    def original_range(self, start: int, end: int) -> tuple[int, int]:
        """A range of the folded text as one of the original; white space at its ends is left out."""
        first, last = self.starts[start], self.starts[end]
        while last > first and self.original[last - 1].isspace():
            last -= 1
        return first, last


SPLIT: Final = re.compile(r"\s+|\S+")


def _starts(piece: str, folded: str, position: int) -> list[int]:
    """Where each character of an NFC form begins in the piece it comes from, cluster by cluster."""
    starts: list[int] = []
    clusters = [match.span() for match in re.finditer(r"(?s).(?:(?![\x00-\x7f])\w?[\u0300-\u036f\u0610-\u061a\u064b-\u065f"
                                                      r"\u0670\u06d6-\u06ed\u3099\u309a])*", piece)]  # fmt: skip
    for start, end in clusters:
        starts.extend([position + start] * len(unicodedata.normalize("NFC", piece[start:end])))
    if len(starts) != len(folded):
        return [position + min(n, len(piece) - 1) for n in range(len(folded))]
    return starts


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
    if len(wanted) < SHORTEST_CHANGED or not text.text:
        return QuoteCheck("missing")
    from rapidfuzz import fuzz  # noqa: PLC0415 - most quotes are exact

    best = fuzz.partial_ratio_alignment(wanted, text.text, score_cutoff=SIMILAR)
    if best is None or best.score < SIMILAR:
        return QuoteCheck("missing")
    start, end = _whole_words(text.text, best.dest_start, best.dest_end)
    place = text.original_range(start, end)
    passage = text.text[start:end]
    return QuoteCheck("changed", (place,), text.original[place[0] : place[1]], difference(wanted, passage))


def _whole_words(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start] == " ":
        start += 1
    while end > start and text[end - 1] == " ":
        end -= 1
    while start > 0 and text[start - 1] != " ":
        start -= 1
    while end < len(text) and text[end] != " ":
        end += 1
    return start, end


def difference(quote: str, passage: str) -> tuple[tuple[Op, str], ...]:
    """What both have and what only one has, word by word, in reading order."""
    from rapidfuzz.distance import LCSseq  # noqa: PLC0415

    mine, theirs = quote.split(), passage.split()
    parts: list[tuple[Op, str]] = []
    for op in LCSseq.opcodes(mine, theirs):
        if op.tag == "equal":
            parts.append(("same", " ".join(mine[op.src_start : op.src_end])))
            continue
        if op.src_end > op.src_start:
            parts.append(("quote", " ".join(mine[op.src_start : op.src_end])))
        if op.dest_end > op.dest_start:
            parts.append(("text", " ".join(theirs[op.dest_start : op.dest_end])))
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
        return warning("changed-quote", f"the text of '{document}' differs: {shown_difference(found.difference)}", spot,
                       "[-in the quote only-] {+in the text only+}; correct the quote, or its 'wording'")  # fmt: skip
    if found.status == "ambiguous":
        return warning("ambiguous-quote", f"the quote stands in {len(found.places)} places of '{document}'", spot,
                       "give the words before it as 'prefix' or after it as 'suffix'")  # fmt: skip
    return warning("missing-quote", f"the text of '{document}' has no such words: '{short(row.entry.quote or '')}'", spot,
                   "correct the quote, or write 'wording: paraphrased' or 'wording: translated'")  # fmt: skip


def shown_difference(parts: tuple[tuple[Op, str], ...]) -> str:
    """A difference in a line, as `git diff --word-diff` shows it; long stretches that agree are cut."""
    marks = {"same": "{}", "quote": "[-{}-]", "text": "{{+{}+}}"}
    return " ".join(marks[op].format(_cut(text) if op == "same" else text) for op, text in parts)


def _cut(text: str) -> str:
    words = text.split(" ")
    return text if len(words) <= 8 else " ".join([*words[:3], "…", *words[-3:]])  # noqa: PLR2004 - three at each end
