"""What is written to the disk so that it is there after the power fails: files whole, and folders that know of them."""

from __future__ import annotations

import os
import stat
from contextlib import contextmanager, suppress
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Final

from claims.model.errors import BadRequest
from claims.read.characters import shown
from claims.read.contents import reason_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

NEW_FILE: Final = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0) | getattr(os, "O_NOFOLLOW", 0)


@contextmanager
def told(folder: Path) -> Iterator[None]:
    """Tell what the system does not let us do in a folder as a `BadRequest` of one line."""
    try:
        yield
    except OSError as error:
        raise BadRequest(f"{shown(str(folder))} cannot be changed: {reason_of(error)}") from error


def write_new(path: Path, data: bytes, mode: int | None = None) -> None:
    """Write a file that is not there yet; mode: its permissions, None as the system gives them to new files."""
    handle = os.open(path, NEW_FILE, 0o666)
    try:
        left = memoryview(data)
        while left:
            left = left[os.write(handle, left) :]
        os.fsync(handle)
    finally:
        os.close(handle)
    if mode is not None:
        path.chmod(mode)


def keep_copy(path: Path, copy: Path, data: bytes) -> None:
    """Keep the file at `path`, which holds `data`, as `copy` too: as a second name of it where that can be."""
    try:
        os.link(path, copy, follow_symlinks=False)
    except (OSError, NotImplementedError):
        write_new(copy, data, stat.S_IMODE(path.stat().st_mode))


def place_of(folder: Path, path: str) -> Path:
    """Where a file of a folder stands. Raises `BadRequest` where a link leads there, or a file stands for a folder."""
    place = folder / path
    parents = [folder / parent for parent in reversed(PurePosixPath(path).parents) if parent.parts]
    for part in (*parents, place):
        if part.is_symlink():
            raise BadRequest(f"{shown(path)} is, or leads through, a link: change what it leads to")
    for parent in parents:
        if parent.exists() and not parent.is_dir():
            raise BadRequest(f"{shown(path)} cannot be made: {shown(parent.name)} is not a folder")
    return place


def sync_folder(folder: Path) -> None:
    """Make the disk know which files are in a folder; some systems have no need of it, and no way to say it."""
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def remove_folder(folder: Path) -> None:
    """Remove a folder of ours and all that is in it; links are removed, and never followed."""
    if folder.is_symlink():
        folder.unlink()
        return
    for entry in list(folder.iterdir()):
        if entry.is_dir() and not entry.is_symlink():
            remove_folder(entry)
        else:
            entry.unlink(missing_ok=True)
    folder.rmdir()
