"""Stored texts: what a document says, kept below the case folder, and proved unchanged by its SHA-256."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Final

from claims.read.characters import shown
from claims.read.contents import Refused
from claims.read.digest import sha256_of
from claims.read.drafts import Draft, warning
from claims.read.files import contents

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from claims.model.document import Document
    from claims.read.ledger import Row

LARGEST_TEXT: Final = 50 * 2**20


@dataclass(slots=True)
class Texts:
    """Stored texts by the id of their document, and the SHA-256 of each file by its path."""

    by_document: dict[str, str] = field(default_factory=dict)
    digests: dict[str, str] = field(default_factory=dict)
    paths: dict[str, str] = field(default_factory=dict)
    """The file of each document that has one."""


def texts_of(root: str, documents: Iterable[Row[Document]]) -> tuple[Texts, list[Draft]]:
    """The stored texts of the documents, and what is wrong with them."""
    texts, drafts, read = Texts(), list[Draft](), dict[str, bytes]()
    for row in documents:
        document = row.entry
        if document.text is None:
            if document.sha256 is not None:
                drafts.append(
                    warning(
                        "digest-without-text",
                        "a sha256 stands here without a stored text",
                        row.key("sha256"),
                        "add 'text: path/of/the/text.txt'",
                    )
                )
            continue
        drafts.extend(_stored(root, row, texts, read))
    return texts, drafts


def _stored(root: str, row: Row[Document], texts: Texts, read: dict[str, bytes]) -> Iterator[Draft]:
    """Read the text of one document into `texts`."""
    written, at = row.entry.text or "", row.at("text")
    path = normal(written)
    if path is None:
        yield Draft(
            "outside-case",
            f"'{shown(written)}' leads out of the case folder, and is not read",
            at,
            "keep the text below the case folder, and write its path from there with '/'",
        )
        return
    try:
        data = read[path] if path in read else contents(root, path, LARGEST_TEXT)
    except Refused as refusal:
        code = "missing-text" if refusal.code == "unreadable" and not os.path.lexists(f"{root}/{path}") else ""
        message = f"there is no stored text '{shown(path)}'" if code else str(refusal)
        yield Draft(code or refusal.code, message, at, "the path is read from the case folder")
        return
    read[path] = data
    digest = texts.digests[path] = sha256_of(data)
    yield from _proved(row, digest)
    try:
        texts.by_document[row.entry.id] = text_from(data)
        texts.paths[row.entry.id] = path
    except UnicodeDecodeError as error:
        yield Draft(
            "not-utf8",
            f"the stored text '{shown(path)}' is not UTF-8: byte {error.start} does not belong there",
            at,
            "save it as UTF-8, and give the sha256 of that file",
        )


def text_from(data: bytes) -> str:
    """The text of a file, without its byte order mark. Raises `UnicodeDecodeError`."""
    return data.decode("utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig")


def normal(path: str) -> str | None:
    """A path below the case folder with '/', without '.' in it; None where it leads elsewhere or nowhere."""
    parts = PurePosixPath(path).parts
    is_odd = "\\" in path or "\0" in path or path.startswith("~") or (len(path) > 1 and path[1] == ":")
    if is_odd or not parts or parts[0] == "/" or ".." in parts:
        return None
    return "/".join(parts)


def _proved(row: Row[Document], digest: str) -> Iterator[Draft]:
    stated = row.entry.sha256
    if stated is None:
        yield warning(
            "no-digest", "nothing proves that the stored text is unchanged", row.at("text"), f"add 'sha256: {digest}'"
        )
    elif stated != digest:
        yield Draft(
            "tampered-text",
            f"the stored text is not the one that was stored: its sha256 is {digest}",
            row.at("sha256"),
            "restore the text; correct the sha256 only if you changed it yourself",
        )
