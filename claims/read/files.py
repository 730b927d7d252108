"""The files of a case: which ones are read, and which are refused.

Every `*.yaml` and `*.yml` below the folder is read, and every table that is named for a section, in the order of their
paths. Hidden files and folders are passed over. A folder with a case.yaml of its own is another case: it is passed over
with a warning. A link that leads out of the folder is refused; one that leads to a place inside is not followed, since
what it leads to is read where it is. Pipes and devices are never opened.
"""

from __future__ import annotations

import os
import stat
from typing import TYPE_CHECKING, Final, NamedTuple

from claims.model.errors import NoCase
from claims.read.characters import shown
from claims.read.contents import Refused, bytes_below, is_inside, kind_of, reason_of
from claims.read.drafts import Draft, Spot, warning
from claims.read.forms import is_near_table, is_read, is_yaml
from claims.read.journal import COMMITTED, is_edited, read_through, state_of, unfinished

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

CASE_FILE: Final = "case.yaml"
LARGEST_FILE: Final = 64 * 2**20
MOST_READINGS: Final = 5
DEEPEST_FOLDER: Final = 40

__all__ = ["CASE_FILE", "LARGEST_FILE", "File", "Refused", "contents", "files_of", "is_inside", "paths_below"]


class File(NamedTuple):
    """A file of the case: its path below the folder, with `/`, and its bytes."""

    path: str
    data: bytes

    @property
    def shown(self) -> str:
        """The path as it can be printed."""
        return shown(self.path)


def files_of(folder: Path) -> tuple[list[File], list[Draft]]:
    """The files of the case, by path, and what was refused. Raises `NoCase` where there is no case.yaml.

    A change that was committed and not finished is read as if it were; where one is made meanwhile all is read again.
    """
    root = os.path.realpath(folder)
    state = state_of(root)
    for _ in range(MOST_READINGS):
        found = _files(folder, root)
        before, state = state, state_of(root)
        if state == before:
            break
    return found


def _files(folder: Path, root: str) -> tuple[list[File], list[Draft]]:
    """One reading of the case."""
    files: list[File] = []
    drafts: list[Draft] = []
    try:
        change = unfinished(root)
    except Refused as refusal:
        change = None
        drafts.append(Draft(refusal.code, str(refusal), Spot(COMMITTED), "delete the folder .claims/journal"))
    placed, gone = (change.placed, change.gone) if change else (frozenset[str](), frozenset[str]())
    if CASE_FILE in gone or (CASE_FILE not in placed and not os.path.lexists(folder / CASE_FILE)):
        raise NoCase(shown(str(folder)))
    new = {path for path in placed if is_read(path)}
    for path in sorted(new.union(paths_below(root, drafts))):
        try:
            if change is None:
                files.append(File(path, bytes_below(root, path, LARGEST_FILE)))
            elif path not in gone or is_edited(root, change, path):
                files.append(File(path, read_through(root, change, path, LARGEST_FILE)))
        except Refused as refusal:
            drafts.append(Draft(refusal.code, str(refusal), Spot(shown(path))))
    drafts.extend(twins(file.path for file in files))
    return files, drafts


def contents(root: str, path: str, largest: int) -> bytes:
    """The bytes of a regular file below `root`, as a committed change left it, whether that is finished or not.

    Raises `Refused`; never waits for a pipe.
    """
    change = unfinished(root)
    return bytes_below(root, path, largest) if change is None else read_through(root, change, path, largest)


def paths_below(root: str, drafts: list[Draft]) -> Iterator[str]:
    """Paths of what is named like a case file; what is not read, and could be meant to, becomes a problem."""
    waiting = [""]
    while waiting:
        folder = waiting.pop()
        try:
            with os.scandir(os.path.join(root, folder)) as entries:
                found = sorted(entries, key=lambda entry: entry.name)
        except OSError as error:
            drafts.append(
                Draft("unreadable", f"the folder cannot be read: {reason_of(error)}", Spot(shown(folder or ".")))
            )
            continue
        for entry in found:
            if entry.name.startswith("."):
                continue
            path = f"{folder}/{entry.name}" if folder else entry.name
            is_ours = is_read(path)
            if _is_linked(root, entry, path, is_ours=is_ours, drafts=drafts):
                continue
            if _is_folder(entry) and not is_yaml(path):
                waiting.extend(_opened(root, path, drafts))
            elif is_ours and _is_openable(entry, path, drafts):
                yield path
            elif is_near_table(path):
                drafts.append(_unread(path))


def _unread(path: str) -> Draft:
    """That a table is not read since its name does not say what it holds."""
    return warning(
        "unread-table",
        f"{shown(path)} is not read: its name is not that of a table of the case",
        Spot(shown(path)),
        "a table is called by its section: findings.csv, findings-2015.csv or findings/part-1.csv",
    )


def _is_linked(root: str, entry: os.DirEntry[str], path: str, *, is_ours: bool, drafts: list[Draft]) -> bool:
    """Whether the entry is a link that is not followed; one that matters and leads out is a problem."""
    if not entry.is_symlink():
        return False
    target = os.path.realpath(entry.path)
    if target == root or is_inside(root, target):
        if is_ours and not os.path.exists(target):
            drafts.append(Draft("unreadable", f"{shown(path)} is a link to nothing", Spot(shown(path))))
            return True
        below = os.path.relpath(target, root)
        parts = below.split(os.sep)
        is_elsewhere = is_read("/".join(parts)) and not any(part.startswith(".") for part in parts)
        return not is_ours or is_elsewhere
    if is_ours or os.path.isdir(target):
        drafts.append(
            Draft(
                "outside-case",
                f"{shown(path)} is a link that leads out of the case folder, and is not followed",
                Spot(shown(path)),
                "copy what it leads to into the case",
            )
        )
    return True


def _is_folder(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_dir()
    except OSError:
        return False


def _opened(root: str, path: str, drafts: list[Draft]) -> Iterator[str]:
    """The folder, where it belongs to the case."""
    if os.path.lexists(os.path.join(root, path, CASE_FILE)):
        drafts.append(
            warning(
                "nested-case",
                f"{shown(path)} has a case.yaml of its own: it is another case, and not read",
                Spot(shown(f"{path}/{CASE_FILE}")),
                "rename that case.yaml if its entries belong to this case",
            )
        )
    elif path.count("/") >= DEEPEST_FOLDER:
        drafts.append(Draft("too-large", f"{shown(path)} lies too many folders deep", Spot(shown(path))))
    else:
        yield path


def _is_openable(entry: os.DirEntry[str], path: str, drafts: list[Draft]) -> bool:
    """Whether opening can do no harm; a pipe would keep us waiting, a device might never end."""
    try:
        mode = entry.stat().st_mode
    except OSError as error:
        drafts.append(Draft("unreadable", f"{shown(path)} cannot be read: {reason_of(error)}", Spot(shown(path))))
        return False
    if not stat.S_ISREG(mode):
        drafts.append(Draft("not-a-file", f"{shown(path)} is {kind_of(mode)}, not a file", Spot(shown(path))))
    return stat.S_ISREG(mode)


def twins(paths: Iterable[str]) -> Iterator[Draft]:
    """Files that many computers cannot tell apart."""
    seen: dict[str, str] = {}
    for path in paths:
        first = seen.setdefault(path.casefold(), path)
        if first != path:
            yield warning(
                "case-twins",
                f"{shown(path)} and {shown(first)} differ only in capitals",
                Spot(shown(path)),
                "rename one: on many computers only one of them would survive",
                (Spot(shown(first)),),
            )
