"""A change of several files that was committed and not finished is read as if it were finished.

Whoever changes a case puts the new contents into `.claims/journal`, then a manifest beside them, in one step: from then
on the change is made, even if the process ends before the files are in their places. Nothing is written here, and
nothing that a manifest names is followed out of the folder.
"""

from __future__ import annotations

import json
import os
import re
from pathlib import Path
from typing import Any, Final, Literal, NamedTuple

from claims.read.characters import shown
from claims.read.contents import Refused, bytes_below
from claims.read.digest import sha256_of

HIDDEN_FOLDER: Final = ".claims"
JOURNAL: Final = f"{HIDDEN_FOLDER}/journal"
RECORDS: Final = f"{HIDDEN_FOLDER}/undo"
"""Where changes are kept to be taken back."""
MANIFEST: Final = "manifest.json"
COMMITTED: Final = f"{JOURNAL}/{MANIFEST}"
LARGEST_MANIFEST: Final = 2**20
LARGEST_STAGED: Final = 64 * 2**20
STAGED: Final = re.compile(r"[0-9]{1,6}\.(?:new|old)")
DIGEST: Final = re.compile(r"[0-9a-f]{64}")
VERSION: Final = 1
CODE: Final = "unfinished-change"

Then = Literal["keep", "forget", "drop"]


class FileChange(NamedTuple):
    """The SHA-256 of a file before and after a change, None where there is no file, and what its new content is called.

    `path` is relative to the case, with `/`; `staged` is a name in the journal, None where the file goes.
    """

    path: str
    before: str | None
    after: str | None
    staged: str | None


class Manifest(NamedTuple):
    """A change: what it is in words, when it was made, its files, and the folders that it makes.

    `then` is what becomes of it once it is finished: it is kept under `number` to be taken back, or the one of that
    number is forgotten, or it is dropped. `folders` go where they are empty and the change does not need them.
    """

    what: str
    when: str
    files: tuple[FileChange, ...]
    folders: tuple[str, ...] = ()
    then: Then = "keep"
    number: int = 0

    @property
    def placed(self) -> frozenset[str]:
        """Paths of the files that are there afterwards."""
        return frozenset(file.path for file in self.files if file.after is not None)

    @property
    def gone(self) -> frozenset[str]:
        """Paths of the files that are not there afterwards."""
        return frozenset(file.path for file in self.files if file.after is None)

    def file(self, path: str) -> FileChange | None:
        """The change of one file."""
        return next((file for file in self.files if file.path == path), None)

    def as_json(self) -> bytes:
        """The manifest as it is written."""
        data = {"version": VERSION, **self._asdict(), "files": [file._asdict() for file in self.files]}
        return (json.dumps(data, ensure_ascii=True, indent=1) + "\n").encode()


def manifest_from(data: bytes) -> Manifest:
    """The manifest that `as_json` wrote. Raises `Refused` where it is none, or names what is not below the case."""
    try:
        found = json.loads(data)
        files = tuple(_file(**file) for file in found["files"])
        folders = tuple(below(path) for path in found["folders"])
        then: Then = {"keep": "keep", "forget": "forget", "drop": "drop"}[found["then"]]  # type: ignore[assignment]
        if found["version"] != VERSION:
            raise _broken()
        return Manifest(str(found["what"]), str(found["when"]), files, folders, then, int(found["number"]))
    except (ValueError, TypeError, KeyError, RecursionError) as error:
        raise _broken() from error


def _file(path: object, before: Any, after: Any, staged: Any) -> FileChange:
    """A file of a manifest. Raises `ValueError` where it is not what is written there."""
    for digest in (before, after):
        if digest is not None and not (isinstance(digest, str) and DIGEST.fullmatch(digest)):
            raise ValueError(digest)
    if staged is not None and not (isinstance(staged, str) and STAGED.fullmatch(staged)):
        raise ValueError(staged)
    return FileChange(below(path), before, after, staged)


def below(path: object) -> str:
    """The path, if it leads below a folder and to nothing hidden. Raises `ValueError` where it does not."""
    parts = path.split("/") if isinstance(path, str) else []
    if not parts or any(not part or part.startswith(".") or "\\" in part or "\0" in part for part in parts):
        raise ValueError(path)
    return "/".join(parts)


def state_of(root: str) -> tuple[int, ...] | None:
    """What differs where a change was made meanwhile; None where none was ever made."""
    try:
        folder = Path(root, HIDDEN_FOLDER).stat()
    except OSError:
        return None
    try:
        manifest = Path(root, COMMITTED).stat()
    except OSError:
        return (folder.st_mtime_ns,)
    return folder.st_mtime_ns, manifest.st_ino, manifest.st_mtime_ns


def unfinished(root: str) -> Manifest | None:
    """The change that is committed and not finished. Raises `Refused` where its manifest cannot be read."""
    if not os.path.lexists(f"{root}/{COMMITTED}"):
        return None
    try:
        return manifest_from(bytes_below(root, COMMITTED, LARGEST_MANIFEST))
    except Refused:
        if not os.path.lexists(f"{root}/{COMMITTED}"):
            return None
        raise


def read_through(root: str, change: Manifest, path: str, largest: int) -> bytes:
    """The bytes of a file as the change leaves it. Raises `Refused`, also where it was edited since the change."""
    file = change.file(path)
    if file is None:
        return bytes_below(root, path, largest)
    if is_edited(root, change, path) and (file.after is None or os.path.lexists(f"{root}/{JOURNAL}/{file.staged}")):
        raise Refused(CODE, f"{shown(path)} was edited while a change of it was not finished")
    if file.after is None:
        raise Refused("unreadable", f"{shown(path)} cannot be opened: a change that is not finished takes it out")
    staged = f"{JOURNAL}/{file.staged}"
    if not os.path.lexists(f"{root}/{staged}"):
        return bytes_below(root, path, largest)
    try:
        data = bytes_below(root, staged, largest)
    except Refused:
        return bytes_below(root, path, largest)
    if sha256_of(data) != file.after:
        raise Refused(CODE, f"the new content of {shown(path)} is not what was to be written")
    return data


def is_edited(root: str, change: Manifest, path: str) -> bool:
    """Whether the file in its place is neither what it was before the change nor what it is after it."""
    file = change.file(path)
    if file is None or not os.path.lexists(f"{root}/{path}"):
        return False
    try:
        return sha256_of(bytes_below(root, path, LARGEST_STAGED)) not in {file.before, file.after}
    except Refused:
        return os.path.lexists(f"{root}/{path}")


def _broken() -> Refused:
    return Refused(CODE, f"{COMMITTED} is not the manifest of a change")
