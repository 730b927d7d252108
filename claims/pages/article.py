"""A stored text with its claims marked: each quote leads to the verdict on its claim.

Quotes may overlap: a stretch that is of several is marked as such, leads to the shortest of them, and has the number of
each at its beginning. A quote that stands nowhere in the text is listed, with the reason.
"""

from __future__ import annotations

import re
from collections import Counter
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING, Final, NamedTuple

from claims.auditing.texts import stored_texts
from claims.pages.frame import Page
from claims.pages.routes import Route
from claims.pages.sheet import Sheet
from claims.pages.shelf import article_path
from claims.pages.templating import asset, rendered
from claims.pictures.lettering import is_right_to_left
from claims.present.audit_view import QUOTES, TEXTS
from claims.present.view import Entry
from claims.present.wording import ORDER, SYMBOLS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from claims.auditing.passages import Passage
    from claims.model.assessment import ClaimAssessment
    from claims.model.document import Document
    from claims.pages.ground import File, Ground

INDEX: Final = "articles/index.html"
COLUMNS: Final = ("statement", "claim", "text", "verdict", "speaker", "stance", "quote", "found", "start", "end")
INDEX_COLUMNS: Final = ("document", "title", "source", "published", "language", "quotes", "found")
STATUSES: Final = {
    **{status: words.rstrip(": ") for status, words in QUOTES.items() if status != "exact"},
    "ambiguous": "stands in several places of the text",
}
"""What is told of a quote that does not stand once, as it is, in the text."""
LINE: Final = re.compile(r"[^\n]+")


class Told(NamedTuple):
    """A claim beside the text: its number there, and how its quote was found."""

    number: int
    passage: Passage
    claim: ClaimAssessment
    symbol: str
    speaker: str
    status: str


class Piece(NamedTuple):
    """A stretch of the text that is of the same quotes. `begins`: those whose first place begins here."""

    text: str
    on: tuple[Told, ...]
    """The shortest first, to whose claim it leads."""
    begins: tuple[Told, ...]


class Text(NamedTuple):
    """A document with a text, in the list of all. `counts`: how many of its claims have each verdict."""

    document: Document
    address: str
    quotes: int
    found: int
    counts: tuple[tuple[str, int], ...]


def article_files(ground: Ground) -> Iterator[File]:
    """The list of the texts, then a page for each, in the order of the documents."""
    claims = {one.id: one for one in ground.report.claims}
    documents = [one for one in ground.case.documents if one.id in ground.case.texts]
    yield from ground.bound(INDEX, _index(documents, claims, ground))
    for one in documents:
        if ground.wants(article_path(one.id)):
            yield from ground.bound(article_path(one.id), article_page(one, claims, ground))


def _index(documents: Sequence[Document], claims: Mapping[str, ClaimAssessment], ground: Ground) -> Page:
    texts = tuple(_listed(one, claims, ground) for one in documents)
    rows = tuple(
        (
            one.document.id, one.document.title, one.document.source, str(one.document.published or "") or None,
            "; ".join(one.document.language), one.quotes, one.found,
        )
        for one in texts
    )  # fmt: skip
    body = rendered(
        "articles.html",
        texts=texts,
        languages=ground.title_languages,
        names=ground.names,
        entry=Entry,
        places=ground.places(INDEX),
    )
    sheet = Sheet(f"{ground.case.id}-articles", INDEX_COLUMNS, rows)
    return Page(title="Articles", about=ground.about, body=body, sheet=sheet, styles=(asset("article.css"),))


def _listed(document: Document, claims: Mapping[str, ClaimAssessment], ground: Ground) -> Text:
    passages = ground.passages.get(document.id, ())
    counts = Counter(claims[one].verdict for one in {passage.said.claim for passage in passages})
    return Text(
        document,
        Route(INDEX).to(article_path(document.id)),
        len(passages),
        sum(bool(one.places) for one in passages),
        tuple((verdict, counts[verdict]) for verdict in ORDER if counts[verdict]),
    )


def article_page(document: Document, claims: Mapping[str, ClaimAssessment], ground: Ground) -> Page:
    """The page of one stored text."""
    path = article_path(document.id)
    told = tuple(
        Told(
            number, passage, claims[passage.said.claim], SYMBOLS[claims[passage.said.claim].verdict],
            ground.names[passage.said.speaker], STATUSES.get(passage.status, ""),
        )
        for number, passage in enumerate(ground.passages.get(document.id, ()), 1)
    )  # fmt: skip
    (stored,) = stored_texts(ground.case, {document.id})
    return Page(
        title=document.title or document.id,
        about=ground.about,
        body=rendered(
            "article.html",
            document=document,
            language=ground.languages.get(document.id),
            title_language=ground.title_languages.get(document.id),
            paragraphs=tuple(_paragraphs(ground.case.texts[document.id], told)),
            found=[one for one in told if one.passage.places],
            lost=[one for one in told if not one.passage.places],
            stored=stored,
            state=TEXTS[stored.status],
            names=ground.names,
            entry=Entry,
            places=cache(ground.places(path)),
            is_right_to_left=is_right_to_left,
        ),
        sheet=Sheet(f"{ground.case.id}-{document.id}", COLUMNS, tuple(map(_row, told))),
        styles=(asset("article.css"),),
    )


def _paragraphs(text: str, told: Sequence[Told]) -> Iterator[tuple[Piece, ...]]:
    """The paragraphs of a text, each as the pieces that it is cut into by the quotes' beginnings and ends."""
    ranges = [(start, end, one) for one in told for start, end in one.passage.places]
    cuts = sorted({at for start, end, _ in ranges for at in (start, end)})
    for line in LINE.finditer(text):
        within = [(start, end, one) for start, end, one in ranges if start < line.end() and end > line.start()]
        inner = [at for at in cuts if line.start() < at < line.end()]
        yield tuple(_pieces(text, [line.start(), *inner, line.end()], within))


def _pieces(text: str, cuts: Sequence[int], ranges: Iterable[tuple[int, int, Told]]) -> Iterator[Piece]:
    shortest = sorted(ranges, key=lambda one: (one[1] - one[0], one[2].number))
    for start, end in pairwise(cuts):
        on = tuple(one for first, last, one in shortest if first <= start < last)
        begins = sorted(
            {one.number: one for first, _, one in shortest if first == start and _is_first(one, first)}.items()
        )
        yield Piece(text[start:end], on, tuple(one for _, one in begins))


def _is_first(told: Told, start: int) -> bool:
    """Whether that is the first of the places where a quote may stand."""
    return told.passage.places[0][0] == start


def _row(told: Told) -> tuple[str | int | None, ...]:
    said, places = told.passage.said, told.passage.places
    start, end = places[0] if places else (None, None)
    return (
        said.key, said.claim, told.claim.text, told.claim.verdict, said.speaker, said.stance, said.quote,
        told.passage.status, start, end,
    )  # fmt: skip
