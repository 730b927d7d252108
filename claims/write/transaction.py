"""Many files of a case changed as one: all or none, whatever happens on the way; and the last change taken back."""

from __future__ import annotations

import os
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, NamedTuple, NoReturn

from claims.model.errors import BadRequest
from claims.read.characters import shown
from claims.read.contents import Refused, bytes_below, kind_of, reason_of
from claims.read.digest import sha256_of
from claims.read.journal import COMMITTED, HIDDEN_FOLDER, JOURNAL, LARGEST_STAGED, RECORDS, FileChange, Manifest, below
from claims.write.disk import place_of, remove_folder, told
from claims.write.lock import locked
from claims.write.staging import (
    close,
    commit_staged,
    put_in_place,
    record,
    record_numbers,
    settle,
    stage,
    turn_round,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from pathlib import Path

    Contents = Mapping[str, bytes | None]


class Undone(NamedTuple):
    """A change that was, or can be, taken back: what it was, when it was made (UTC), and its files."""

    what: str
    when: str
    files: tuple[str, ...]


def silently(line: str) -> None:
    """Say nothing."""


@contextmanager
def transaction(folder: Path, *, say: Callable[[str], object] = silently) -> Iterator[None]:
    """Hold the lock of a case, and finish first what an interrupted process left.

    say: is told in a line that we wait for another process. Raises `BadRequest` where that takes too long, where the
    folder cannot be written to, and where what was left cannot be finished; `NoCase` where there is no such folder.
    """
    with locked(folder, say):
        finish(folder)
        yield


def commit(folder: Path, before: Mapping[str, bytes | None], after: Mapping[str, bytes | None], what: str) -> None:
    """Make the files of a case what `after` says, in one step.

    Paths are relative to the case, with `/`; None means that there is no file. before: what the change rests on: all of
    it must still be so, and a path that is not in it must be new. what: the change in a few words, for `undo`. Folders
    are made as needed; permissions stay. Raises `BadRequest`, and then nothing is changed.
    """
    with transaction(folder):
        for path in {**before, **after}:
            if _current(folder, path) != before.get(path):
                raise BadRequest(f"{shown(path)} has changed meanwhile: nothing was written; run the command again")
        changed = {path: data for path, data in after.items() if data != before.get(path)}
        if changed:
            numbers = record_numbers(folder)
            number = numbers[0] + 1 if numbers else 1
            made = Manifest(what, _now(), (), _missing_folders(folder, changed), "keep", number)
            _make(folder, {path: before.get(path) for path in changed}, changed, made)


def undo(folder: Path, *, say: Callable[[str], object] = silently) -> Undone:
    """Take the last change back, and give what it was.

    say: is told in a line that we wait for another process. Raises `BadRequest` where there is none, where a file
    changed since, and where the case cannot be written to.
    """
    if not record_numbers(folder) and not os.path.lexists(folder / JOURNAL):
        raise _nothing(folder)
    with transaction(folder, say=say):
        number, change, before = _last(folder)
        after = {file.path: _kept(folder, number, n, file) for n, file in enumerate(change.files)}
        _make(folder, before, after, change._replace(when=_now(), then="forget", number=number))
    return _as_undone(change)


def next_undo(folder: Path) -> Undone:
    """The change that `undo` would take back. Nothing is written; raises as `undo` does."""
    if os.path.lexists(folder / COMMITTED):
        raise BadRequest("a change is not finished yet: the next command that changes the case finishes it")
    return _as_undone(_last(folder)[1])


def undoable(folder: Path) -> tuple[Undone, ...]:
    """The changes that can be taken back, the last one first. Nothing is written."""
    return tuple(_as_undone(_record(folder, number)) for number in record_numbers(folder))


def finish(folder: Path) -> None:
    """Bring a committed change into place, and clean up one that was not committed; cheap where there is neither.

    Raises `BadRequest` where that cannot be done; the case reads as changed all the same.
    """
    if not os.path.lexists(folder / JOURNAL):
        return
    with locked(folder, silently), told(folder):
        if os.path.lexists(folder / JOURNAL):
            try:
                settle(folder)
            except Refused as refusal:
                raise BadRequest(f"{refusal}: delete {JOURNAL}, and look at the files") from refusal


def _last(folder: Path) -> tuple[int, Manifest, dict[str, bytes | None]]:
    """The last change with its number, and its files as they are. Raises `BadRequest` where one changed since."""
    numbers = record_numbers(folder)
    if not numbers:
        raise _nothing(folder)
    change = _record(folder, numbers[0])
    current = {file.path: _current(folder, file.path) for file in change.files}
    changed = [file.path for file in change.files if _digest(current[file.path]) != file.after]
    if changed:
        files = f"{', '.join(map(shown, changed))} {'has' if len(changed) == 1 else 'have'}"
        raise BadRequest(f"{files} changed since '{shown(change.what)}': nothing was taken back")
    return numbers[0], change, current


def _nothing(folder: Path) -> BadRequest:
    return BadRequest(f"no change of {shown(str(folder))} can be taken back")


def _make(folder: Path, before: Contents, after: Contents, change: Manifest) -> None:
    """Stage a change, commit it, and bring it into place; taken back where that fails."""
    files = tuple(
        FileChange(path, _digest(before[path]), _digest(data), f"{n}.new" if data is not None else None)
        for n, (path, data) in enumerate(sorted(after.items()))
    )
    manifest = change._replace(files=files)
    with told(folder):
        try:
            stage(folder, manifest, before, after)
            commit_staged(folder)
        except BaseException:
            if not os.path.lexists(folder / COMMITTED):
                with suppress(OSError):
                    remove_folder(folder / JOURNAL)
            raise
    try:
        put_in_place(folder, manifest)
    except OSError as error:
        _take_back(folder, error)
    with suppress(OSError):  # the change is made; whoever changes the case next tidies up
        close(folder, manifest)


def _take_back(folder: Path, error: OSError) -> NoReturn:
    """Put everything back as it was before a change that cannot be brought into place; raises `BadRequest`."""
    reason = f"{shown(str(folder))} cannot be changed: {reason_of(error)}"
    try:
        turn_round(folder)
        settle(folder)
    except (OSError, BadRequest) as second:
        raise BadRequest(f"{reason}; what is half done will be finished by the next command") from second
    raise BadRequest(reason) from error


def _missing_folders(folder: Path, after: Contents) -> tuple[str, ...]:
    """The folders that new files need and that are not there, the outer ones first."""
    parents = {parent for path, data in after.items() if data is not None for parent in PurePosixPath(path).parents}
    found = sorted(parent.as_posix() for parent in parents if parent.parts)
    return tuple(path for path in found if not os.path.lexists(folder / path))


def _current(folder: Path, path: str) -> bytes | None:
    """What stands in a file of the case; None where there is none.

    Raises `BadRequest` where it is not ours to change.
    """
    try:
        below(path)
    except ValueError as error:
        raise BadRequest(f"{shown(path)} is no path of a file in a case") from error
    with told(folder):
        place = place_of(folder, path)
        if not place.exists():
            return None
        if not place.is_file():
            raise BadRequest(f"{shown(path)} is {kind_of(place.stat().st_mode)}, not a file")
        return place.read_bytes()


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")


def _digest(data: bytes | None) -> str | None:
    return None if data is None else sha256_of(data)


def _record(folder: Path, number: int) -> Manifest:
    try:
        return record(folder, number)
    except Refused as refusal:
        raise BadRequest(f"the last change cannot be taken back: {refusal}; delete {RECORDS}/{number:06}") from refusal


def _kept(folder: Path, number: int, n: int, file: FileChange) -> bytes | None:
    """What a file was before a change that was kept. Raises `BadRequest` where that is not there any more."""
    if file.before is None:
        return None
    try:
        data = bytes_below(str(folder.resolve()), f"{RECORDS}/{number:06}/{n}.old", LARGEST_STAGED)
    except Refused as refusal:
        raise BadRequest(f"what {shown(file.path)} was is not kept any more: {refusal}") from refusal
    if sha256_of(data) != file.before:
        raise BadRequest(f"what was kept of {shown(file.path)} in {HIDDEN_FOLDER} is not what it was")
    return data


def _as_undone(change: Manifest) -> Undone:
    return Undone(change.what, change.when, tuple(file.path for file in change.files))
