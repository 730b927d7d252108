"""The stored texts of a collection: which are sound, and which documents they show to be copies of others.

Texts are read one at a time and let go of: what is held of each is its digest, and for comparing them their words as
numbers.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from claims.collection.batches import Reading
from claims.collection.cells import fitting, text_column
from claims.independence.copies import copies_of
from claims.read.contents import Refused
from claims.read.digest import digest_of, sha256_of
from claims.read.files import contents
from claims.read.texts import LARGEST_TEXT, normal, text_from
from claims.tables.values import is_later

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Iterator
    from collections.abc import Collection as Collected

    from claims.collection.files import Collection, TableFile
    from claims.model.when import Interval

COLUMNS: Final = ("id", "text", "sha256", "same_text_as", "published")
COPY_OF: Final = "copy_of"
"""The column of documents beside those that are written: the document whose stored text one's own nearly is."""


class Texts(Mapping[str, str]):
    """The stored texts by the id of their document, each read from its file when it is asked for."""

    def __init__(self, root: str, paths: Mapping[str, str]) -> None:
        self.root, self.paths = root, paths

    def __getitem__(self, document: str) -> str:
        return text_from(contents(self.root, self.paths[document], LARGEST_TEXT))

    def __iter__(self) -> Iterator[str]:
        return iter(self.paths)

    def __len__(self) -> int:
        return len(self.paths)


class Stored(NamedTuple):
    """What was seen of the stored texts of a collection."""

    texts: Texts
    published: Mapping[str, Interval | None]
    """When each document was published that has a text, and does not say itself whose text it is."""
    digests: Mapping[str, str]
    """The SHA-256 of each file, by its path below the collection's folder."""
    unsound: tuple[tuple[TableFile, int], ...]
    """Rows of documents whose text is not there, cannot be read, or is not the one that was stored."""
    texts_of_rows: tuple[tuple[TableFile, int, str], ...] = ()
    """Rows of documents whose text can be read, with its SHA-256."""

    def copies(
        self, threshold: float, as_of: dt.date | None = None, among: Collected[str] | None = None
    ) -> dict[str, str]:
        """Documents that are near-duplicates of earlier ones, as in a case, and these; of what had appeared then.

        among: documents to compare, with all that any of them may be a copy of; None: all.
        """
        chosen = self.published.items() if among is None else ((one, self.published[one]) for one in among)
        seen = {document: day for document, day in chosen if not is_later(day, as_of)}
        return copies_of(seen, self.texts, threshold)

    def leads(self, threshold: float) -> tuple[dict[str, str], ...]:
        """What each may be a copy of on any day: of all that there is; where that has no date, of the others without.

        What is dated follows the earliest that is like it, which had always appeared before it.
        """
        undated = {document: day for document, day in self.published.items() if day is None}
        return self.copies(threshold), copies_of(undated, self.texts, threshold)


class _Document(NamedTuple):
    """A row of documents that has a stored text, by its table and its number from 0."""

    file: TableFile
    row: int
    id: str | None
    written: str
    stated: str | None
    """The SHA-256 that it gives."""
    original: str | None
    published: Interval | None


class _File(NamedTuple):
    """Where a text stands, and its SHA-256; None where it leads elsewhere, or cannot be read."""

    path: str | None
    digest: str | None


def stored_texts(collection: Collection, say: Callable[[int], None] = lambda _: None) -> Stored:
    """Read all stored texts once. say: is told how many have been read."""
    root, files = collection.ground, dict[str, _File]()
    documents: list[_Document] = []
    unsound: list[tuple[TableFile, int]] = []
    for document in _documents(collection):
        if document.written not in files:
            files[document.written] = _read(root, document.written)
            say(len(files))
        digest = files[document.written].digest
        if digest is None or document.stated not in {None, digest}:
            unsound.append((document.file, document.row))
        if digest is not None and document.id is not None:
            documents.append(document)
    return Stored(
        Texts(root, {one.id: path for one in documents if one.id and (path := files[one.written].path)}),
        {one.id: one.published for one in documents if one.id and one.original is None},
        {file.path: file.digest for file in files.values() if file.path and file.digest},
        tuple(unsound),
        tuple((one.file, one.row, files[one.written].digest or "") for one in documents),
    )


def digest_with(collection: Collection, stored: Stored) -> str:
    """The digest of all that was read of a collection, as that of a case in the same folder."""
    return digest_of({**collection.digests, **stored.digests})


def with_copies(documents: pa.Table, copies: Mapping[str, str]) -> pa.Table:
    """The documents, with a column of what each is nearly the text of; without it where there are no copies."""
    if not copies:
        return documents
    place = pc.index_in(text_column(documents, "id"), value_set=pa.array(list(copies), pa.string()))
    return documents.append_column(COPY_OF, pa.array(list(copies.values()), pa.string()).take(place))


def _read(root: str, written: str) -> _File:
    path = normal(written)
    if path is None:
        return _File(None, None)
    try:
        data = contents(root, path, LARGEST_TEXT)
        text_from(data)
    except (Refused, UnicodeDecodeError):
        return _File(path, None)
    return _File(path, sha256_of(data))


def _documents(collection: Collection) -> Iterator[_Document]:
    for file in collection.of("documents"):
        reading = Reading(file)
        if (names := reading.head.names) and "text" not in names:
            continue
        for first, cells in reading.batches(COLUMNS):
            has_text = text_column(cells, "text").is_valid()
            rows = np.flatnonzero(has_text.to_numpy(zero_copy_only=False)) + first
            ids, texts, stated, originals, days = (
                text_column(cells, name).filter(has_text).to_pylist() for name in COLUMNS
            )
            published = fitting("documents", "published", days)
            for told in zip(rows.tolist(), ids, texts, stated, originals, published, strict=True):
                yield _Document(file, *told)
