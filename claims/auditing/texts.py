"""Stored texts, read from the disk again and hashed: what was read earlier, or kept in a cache, proves nothing here."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from claims.model.audit import StoredText
from claims.read.digest import sha256_of
from claims.read.files import Refused, contents
from claims.read.texts import LARGEST_TEXT, normal

if TYPE_CHECKING:
    from collections.abc import Collection
    from pathlib import Path

    from claims.model.audit import TextStatus
    from claims.model.case import Case


def stored_texts(case: Case, documents: Collection[str]) -> tuple[StoredText, ...]:
    """The stored texts of these documents as they are now, by document."""
    return tuple(
        _read_again(case.folder, document.id, document.text, document.sha256)
        for document in case.documents
        if document.text and document.id in documents
    )


def _read_again(folder: Path, document: str, text: str, stated: str | None) -> StoredText:
    path = normal(text)
    if path is None:
        return StoredText(document, text, "unreadable", stated, None, "the path leads out of the case folder")
    try:
        found = sha256_of(contents(os.path.realpath(folder), path, LARGEST_TEXT))
    except Refused as refusal:
        return StoredText(document, path, "unreadable", stated, None, str(refusal))
    status: TextStatus = "unproved" if stated is None else "as-stored" if stated == found else "changed"
    return StoredText(document, path, status, stated, found)
