"""Where each document of a case stands: on which page, and at which anchor.

Documents stand by the first day on which they can have appeared, and those without a date at the end; of very many, so
many on a page.
"""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Final

from claims.pages.routes import file_name

if TYPE_CHECKING:
    from collections.abc import Iterator

    from claims.model.case import Case
    from claims.model.document import Document

PER_PAGE: Final = 250


def document_anchor(document: str) -> str:
    """The anchor of a document on its page, for good."""
    return f"document-{document}"


def documents_path(number: int) -> str:
    """The path of one of the pages of documents, counted from 1."""
    return "documents.html" if number == 1 else f"documents-{number}.html"


def article_path(document: str) -> str:
    """The path of the page with a document's stored text."""
    return f"articles/{file_name(document)}.html"


def shelves(case: Case) -> Iterator[tuple[str, tuple[Document, ...]]]:
    """The pages of documents, each by its path with what stands on it; one at least."""
    ordered = sorted(case.documents, key=_date)
    for number, start in enumerate(range(0, max(len(ordered), 1), PER_PAGE), 1):
        yield documents_path(number), tuple(ordered[start : start + PER_PAGE])


def document_paths(case: Case) -> dict[str, str]:
    """The path of every document, with its anchor, by its id."""
    return {one.id: f"{path}#{document_anchor(one.id)}" for path, shelf in shelves(case) for one in shelf}


def _date(document: Document) -> tuple[bool, dt.date, str]:
    date = document.published
    return date is None, date.start if date else dt.date.min, document.id
