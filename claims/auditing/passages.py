"""What was said in a document, and where it stands in the stored text: every quote found again, or told to be missing.

Each text is folded once, however many quotes are of it. Nothing is re-anchored: a quote that is *changed* is shown
where the text looks most like it, and called changed.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

from claims.read.quotes import Folded, checked

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from claims.model.audit import QuoteStatus
    from claims.model.case import Case
    from claims.model.statement import Statement


class Passage(NamedTuple):
    """A statement, how its quote stands to the stored text, and where: ranges in code points of the text.

    `difference`: as in `CheckedQuote`, for a quote that is changed.
    """

    said: Statement
    status: QuoteStatus
    places: tuple[tuple[int, int], ...] = ()
    difference: tuple[tuple[str, str], ...] = ()


def passages_of(case: Case) -> dict[str, tuple[Passage, ...]]:
    """What is said in each document that has a statement: in the order of its text, then what is nowhere in it."""
    by_document: dict[str, list[Statement]] = defaultdict(list)
    for said in case.statements:
        by_document[said.document].append(said)
    return {
        document: tuple(sorted(_passages(said, case.texts.get(document)), key=_place))
        for document, said in sorted(by_document.items())
    }


def _passages(statements: Sequence[Statement], text: str | None) -> Iterator[Passage]:
    folded = None if text is None else Folded(text)
    for said in statements:
        if said.quote is None:
            yield Passage(said, "no-quote")
        elif said.wording != "exact":
            yield Passage(said, "not-compared")
        elif folded is None:
            yield Passage(said, "no-text")
        else:
            found = checked(said.quote, folded, said.prefix, said.suffix)
            yield Passage(said, found.status, found.places, found.difference)


def _place(passage: Passage) -> tuple[object, ...]:
    return not passage.places, passage.places[:1], passage.said.claim, passage.said.key
