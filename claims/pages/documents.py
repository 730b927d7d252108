"""The documents: what each is, where it is found, what it has its knowledge from, and what rests on it.

They stand in the order in which they appeared, on as many pages as they take. Each has an anchor for good.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from functools import cache, partial
from typing import TYPE_CHECKING, Final, NamedTuple

from claims.auditing.texts import stored_texts
from claims.pages.frame import Page
from claims.pages.marks import DOES, drawn_signs
from claims.pages.report import Choice
from claims.pages.routes import Route
from claims.pages.sheet import Sheet
from claims.pages.shelf import article_path, document_anchor, shelves
from claims.pages.templating import asset, rendered
from claims.present.audit_view import TEXTS
from claims.present.view import Entry

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from claims.auditing.passages import Passage
    from claims.model.audit import StoredText
    from claims.model.document import Document
    from claims.pages.ground import File, Ground, Piece
    from claims.pages.marks import Mark
    from claims.pages.sheet import Cell

COLUMNS: Final = (
    "id", "source", "title", "language", "published", "retrieved", "url", "archive", "relies_on", "inferred",
    "same_text_as", "retracted", "text", "sha256", "findings", "statements", "claims",
)  # fmt: skip
FOUND: Final = {
    "exact": "exact",
    "changed": "changed",
    "ambiguous": "in several places",
    "missing": "missing",
    "no-text": "without a text to compare",
    "not-compared": "not in its own words",
    "no-quote": "without words",
}
"""How quotes stand to the stored text, in short."""
STATES: Final = {
    "retracted": "retracted",
    "stored": "text is stored",
    "same": "same text as another",
    "undated": "no date",
    "unused": "nothing rests on it",
}


class Stored(NamedTuple):
    """What is stored of a document: its text as it is now, and the page with it."""

    text: StoredText
    state: str
    address: str


class Shown(NamedTuple):
    """A document as it stands on its page."""

    document: Document
    anchor: str
    language: str | None
    title_language: str | None
    """The same, where the title is in it as well."""
    marks: tuple[Mark, ...]
    claims: int
    quotes: tuple[tuple[str, int], ...]
    """How many quotes of it stand how to its text; nothing of those that have none."""
    stored: Stored | None
    state: str


def document_pages(ground: Ground) -> Iterator[Piece]:
    """The pages of documents, each a piece."""
    marks: dict[str, list[Mark]] = defaultdict(list)
    for found in ground.marks.values():
        for mark in found:
            marks[mark.document].append(mark)
    all_shelves = tuple(shelves(ground.case))
    start = 1
    for path, shelf in all_shelves:
        if ground.wants(path):
            pages = tuple((other, Route(path).to(other), len(held)) for other, held in all_shelves)
            yield partial(_files, path, shelf, start, pages, marks, ground)
        start += len(shelf)


def _files(  # noqa: PLR0913, PLR0917 - all that a page of documents is made of
    path: str,
    shelf: Sequence[Document],
    start: int,
    pages: Sequence[tuple[str, str, int]],
    marks: Mapping[str, Sequence[Mark]],
    ground: Ground,
) -> Iterator[File]:
    shown = tuple(_shown(path, shelf, marks, ground))
    return ground.bound(path, _page(path, shown, start, pages, ground))


def _shown(
    path: str, shelf: Sequence[Document], marks: Mapping[str, Sequence[Mark]], ground: Ground
) -> Iterator[Shown]:
    stored = {one.document: one for one in stored_texts(ground.case, {one.id for one in shelf if one.text})}
    route = Route(path)
    for one in shelf:
        text, own = stored.get(one.id), tuple(marks.get(one.id, ()))
        yield Shown(
            one,
            document_anchor(one.id),
            ground.languages.get(one.id),
            ground.title_languages.get(one.id),
            own,
            len({mark.claim for mark in own}),
            _quotes(ground.passages.get(one.id, ())),
            Stored(text, TEXTS[text.status], route.to(article_path(one.id))) if text else None,
            _state(one, own),
        )


def _quotes(passages: Iterable[Passage]) -> tuple[tuple[str, int], ...]:
    counts: Counter[str] = Counter(one.status for one in passages)
    return tuple((FOUND[status], counts[status]) for status in FOUND if counts[status] and status != "no-quote")


def _state(document: Document, marks: Sequence[Mark]) -> str:
    """What a reader may look for documents by: the first that fits."""
    fits = {
        "retracted": document.retracted is not None,
        "stored": document.text is not None,
        "same": document.same_text_as is not None,
        "undated": document.published is None,
        "unused": not marks,
    }
    return next((state for state, does in fits.items() if does), "")


def _page(path: str, shown: Sequence[Shown], start: int, pages: Sequence[tuple[str, str, int]], ground: Ground) -> Page:
    names, number = ground.names, len(ground.case.documents)
    title = "Documents" if len(pages) == 1 else f"Documents {start}–{start + len(shown) - 1}"
    sources = Counter(one.document.source for one in shown)
    named = sorted(sources, key=lambda one: (names[one].casefold(), one))
    languages = Counter(one.language for one in shown if one.language)
    states = Counter(one.state for one in shown if one.state)
    choices = (
        ("source", "Source", tuple(Choice(one, f"{names[one]} ({sources[one]})") for one in named)),
        ("language", "Language", tuple(Choice(one, f"{one} ({languages[one]})") for one in sorted(languages))),
        ("state", "State", tuple(Choice(one, f"{STATES[one]} ({states[one]})") for one in STATES if states[one])),
    )
    return Page(
        title=title,
        about=ground.about,
        body=rendered(
            "documents.html",
            title=title,
            shown=shown,
            numbers={one: str(n) for n, one in enumerate(named, 1)},
            choices=[one for one in choices if one[2]],
            number=number,
            stored=sum(one.text is not None for one in ground.case.documents),
            undated=sum(one.published is None for one in ground.case.documents),
            pages=[(address, count, other == path) for other, address, count in pages],
            does=DOES,
            drawn=drawn_signs(),
            kinds={mark.kind for one in shown for mark in one.marks}
            | {"hollow" for one in shown for mark in one.marks if mark.why},
            texts={one.id: one.text for one in ground.report.claims},
            names=names,
            entry=Entry,
            places=cache(ground.places(path)),
            reached=cache(ground.reached(path)),
        ),
        sheet=Sheet(f"{ground.case.id}-{path.removesuffix('.html')}", COLUMNS, tuple(map(_row, shown))),
        styles=(asset("marks.css"), asset("documents.css")),
        has_anchors=bool(shown),
        is_filtered=bool(shown),
    )


def _row(shown: Shown) -> tuple[Cell, ...]:
    one = shown.document
    records = sum(mark.kind == "record" for mark in shown.marks)
    withdrawn = f"{one.retracted.date} {one.retracted.reason}" if one.retracted else None
    return (
        one.id, one.source, one.title, "; ".join(one.language), _written(one.published), _written(one.retrieved),
        one.url, one.archive, "; ".join(one.relies_on), "yes" if one.inferred else "no", one.same_text_as,
        withdrawn, one.text, one.sha256, len(shown.marks) - records, records, shown.claims,
    )  # fmt: skip


def _written(date: object) -> str | None:
    return None if date is None else str(date)
