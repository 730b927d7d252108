"""A change on its way: staged in the journal, committed by one step, brought into place, and kept to be taken back.

1. New contents are written into `.claims/journal`, and what they replace is kept beside them.
2. The manifest is moved to its name: from here on the change is made, whoever reads the case.
3. Each file is moved into its place.
4. The journal becomes the record of the change, from which it can be taken back.

Whatever ends the process before 2 leaves the case as it was; after it, `settle` goes on where it ended.
"""

from __future__ import annotations

import os
import stat
from typing import TYPE_CHECKING, Final

from claims.model.errors import BadRequest
from claims.read.characters import shown
from claims.read.contents import Refused, bytes_below
from claims.read.digest import sha256_of
from claims.read.journal import (
    CODE,
    COMMITTED,
    HIDDEN_FOLDER,
    JOURNAL,
    LARGEST_MANIFEST,
    LARGEST_STAGED,
    MANIFEST,
    RECORDS,
    FileChange,
    Manifest,
    manifest_from,
)
from claims.write.disk import keep_copy, place_of, remove_folder, sync_folder, write_new

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    Contents = Mapping[str, bytes | None]

MOST_RECORDS: Final = 20
REVERSE: Final = "reverse.json"
"""The manifest of the change that takes this one back."""
PART: Final = "manifest.part"
UNDONE: Final = "undone"
IGNORE: Final = "# made by claims; no part of the case\n/journal/\n/lock\n/undo/\n/.gitignore\n"


def stage(folder: Path, manifest: Manifest, before: Contents, after: Contents) -> None:
    """Write a change into the journal, all but the step that commits it; the journal is not there yet."""
    journal = folder / JOURNAL
    (folder / RECORDS).mkdir(exist_ok=True)
    journal.mkdir()
    for n, file in enumerate(manifest.files):
        old, new, place = before[file.path], after[file.path], folder / file.path
        if old is not None:
            keep_copy(place, journal / f"{n}.old", old)
        if new is not None:
            write_new(journal / f"{n}.new", new, stat.S_IMODE(place.stat().st_mode) if old is not None else None)
    write_new(journal / REVERSE, reversed_(manifest).as_json())
    write_new(journal / PART, manifest.as_json())
    if not (folder / HIDDEN_FOLDER / ".gitignore").exists():
        write_new(journal / "ignore", IGNORE.encode())
        (journal / "ignore").replace(folder / HIDDEN_FOLDER / ".gitignore")
    sync_folder(journal)
    sync_folder(folder / HIDDEN_FOLDER)


def reversed_(manifest: Manifest) -> Manifest:
    """The change that takes another one back, of which nothing is kept."""
    files = tuple(
        FileChange(file.path, file.after, file.before, f"{n}.old" if file.before is not None else None)
        for n, file in enumerate(manifest.files)
    )
    return manifest._replace(files=files, then="drop", number=0)


def commit_staged(folder: Path) -> None:
    """Take the step that commits the staged change."""
    journal = folder / JOURNAL
    (journal / PART).replace(journal / MANIFEST)
    sync_folder(journal)


def turn_round(folder: Path) -> None:
    """Make the committed change the one that takes it back, in one step."""
    journal = folder / JOURNAL
    (journal / REVERSE).replace(journal / MANIFEST)
    sync_folder(journal)


def settle(folder: Path) -> None:
    """Bring a committed change into place, or clean up one that was not committed.

    Raises `BadRequest` where a file was edited since, `Refused` where the journal is not as it was left, and `OSError`.
    """
    if not (folder / COMMITTED).exists():
        remove_folder(folder / JOURNAL)
        return
    manifest = manifest_from(bytes_below(str(folder.resolve()), COMMITTED, LARGEST_MANIFEST))
    for path in (*manifest.folders, *(file.path for file in manifest.files)):
        place_of(folder, path)
    for file in manifest.files:
        _refuse_changed(folder, file)
    put_in_place(folder, manifest)
    close(folder, manifest)


def put_in_place(folder: Path, manifest: Manifest) -> None:
    """Bring the files of a committed change into place. Raises `OSError`."""
    for file in manifest.files:
        if manifest.then != "drop" or not _is_there(folder, file):
            _bring(folder, file)
    for path in reversed(manifest.folders) if manifest.then != "keep" else ():
        _remove_empty(folder / path)


def _refuse_changed(folder: Path, file: FileChange) -> None:
    """Raise `BadRequest` where a file was edited since, `Refused` where its new content is not what it was."""
    root, place = str(folder.resolve()), folder / file.path
    is_waiting = file.staged is None or os.path.lexists(folder / JOURNAL / file.staged)
    if is_waiting and place.exists() and sha256_of(place.read_bytes()) not in {file.before, file.after}:
        raise BadRequest(
            f"a change of {shown(file.path)} was interrupted, and the file was edited since: move it away, run any "
            "command that changes the case, and put your edit in again"
        )
    if is_waiting and file.staged is not None:
        staged = bytes_below(root, f"{JOURNAL}/{file.staged}", LARGEST_STAGED)
        if (folder / JOURNAL / file.staged).is_symlink() or sha256_of(staged) != file.after:
            raise Refused(CODE, f"the new content of {shown(file.path)} is not what was to be written")


def _is_there(folder: Path, file: FileChange) -> bool:
    """Whether a file need not be brought back: a change that failed may not have come to it, nor been allowed to."""
    place = folder / file.path
    return place.is_file() and sha256_of(place.read_bytes()) == file.after


def _bring(folder: Path, file: FileChange) -> None:
    place = folder / file.path
    if file.staged is None:
        place.unlink(missing_ok=True)
    elif (staged := folder / JOURNAL / file.staged).exists():
        place.parent.mkdir(parents=True, exist_ok=True)
        staged.replace(place)
    sync_folder(place.parent)


def _remove_empty(folder: Path) -> None:
    try:
        is_empty = not any(folder.iterdir())
    except OSError:
        return
    if is_empty:
        folder.rmdir()


def close(folder: Path, manifest: Manifest) -> None:
    """Make the journal of a change that is in place a record, or remove it."""
    journal, records = folder / JOURNAL, folder / RECORDS
    if manifest.then == "keep":
        journal.rename(records / f"{manifest.number:06}")
        sync_folder(records)
        for number in record_numbers(folder)[MOST_RECORDS:]:
            remove_folder(records / f"{number:06}")
        return
    record = records / f"{manifest.number:06}"
    if manifest.then == "forget" and record.exists():
        record.rename(journal / UNDONE)
        sync_folder(records)
    (journal / MANIFEST).unlink()
    sync_folder(journal)
    remove_folder(journal)


def record_numbers(folder: Path) -> list[int]:
    """The numbers of the changes that can be taken back, the last one first."""
    records = folder / RECORDS
    if records.is_symlink() or not records.is_dir():
        return []
    return sorted((int(entry.name) for entry in records.iterdir() if entry.name.isdecimal()), reverse=True)


def record(folder: Path, number: int) -> Manifest:
    """The manifest of a change that was kept. Raises `Refused` where it cannot be read."""
    place = f"{RECORDS}/{number:06}/{MANIFEST}"
    return manifest_from(bytes_below(str(folder.resolve()), place, LARGEST_MANIFEST))
