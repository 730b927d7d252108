"""Files that are there whole or not at all, also where the power fails; folders of which nothing is taken for whole."""

from __future__ import annotations

import os
import shutil
from contextlib import suppress
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path


def write_whole(path: Path, data: bytes) -> None:
    """Write a file."""
    part = path.with_name(f".{path.name}")
    part.write_bytes(data)
    put(part, path)


def put(part: Path, path: Path) -> None:
    """Let what was written elsewhere in the folder be the file."""
    synced((part,))
    part.replace(path)


def synced(paths: Iterable[Path]) -> None:
    """Wait until what was written to these files is on disk."""
    for path in paths:
        with path.open("rb+") as stream:
            os.fsync(stream.fileno())


def deleted(folder: Path, notes: Iterable[str]) -> None:
    """Delete a folder, first the notes of what in it is whole: who is stopped half-way leaves nothing that seems so.

    What cannot be deleted stays.
    """
    with suppress(OSError):
        for name in notes:
            (folder / name).unlink(missing_ok=True)
        shutil.rmtree(folder, ignore_errors=True)
