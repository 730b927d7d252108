"""A file is written whole or not at all, and never over what it must not replace."""

from __future__ import annotations

import os
import stat
import tempfile
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Final

from claims.model.errors import BadRequest
from claims.read.characters import shown

if TYPE_CHECKING:
    from collections.abc import Iterable


BELONGS: Final = "belongs to the case: --force replaces it all the same"


def write_text(path: Path, text: str, *, spared: Iterable[Path] = (), force: bool = False) -> None:
    """Write `text` to `path` as UTF-8; otherwise as `write_bytes` does."""
    write_bytes(path, text.encode("utf-8", errors="backslashreplace"), spared=spared, force=force)


def write_bytes(
    path: Path, data: bytes, *, spared: Iterable[Path] = (), why: str = BELONGS, force: bool = False
) -> None:
    """Write `data` to `path`.

    spared: files that are not replaced, and `why`, as the end of a sentence. force: replace them all the same, and what
    a link at `path` leads to. A device or a pipe is written to as it is. Raises `BadRequest` where the file must not or
    cannot be written.
    """
    name = shown(str(path))
    if not force:
        if path.is_symlink():
            raise BadRequest(f"{name} is a link: --force writes to what it leads to")
        if any(_is_same(path, one) for one in spared):
            raise BadRequest(f"{name} {why}")
    target = path.resolve() if path.is_symlink() else path
    if target.is_dir():
        raise BadRequest(f"{name} is a folder; name a file")
    if not target.parent.is_dir():
        raise BadRequest(f"there is no folder {shown(str(target.parent))} to write {shown(target.name)} into")
    try:
        if target.exists() and not target.is_file():
            target.write_bytes(data)
        else:
            _replaced(target, data)
    except OSError as error:
        raise BadRequest(f"{name} cannot be written: {(error.strerror or str(error)).lower()}") from error


def _is_same(path: Path, other: Path) -> bool:
    try:
        return path.resolve() == other.resolve() or path.samefile(other)
    except OSError:
        return False


def _replaced(target: Path, data: bytes) -> None:
    """Put a new file in place of the old one in one step; its permissions stay as they are."""
    handle, name = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name[:50]}.")
    temporary = Path(name)
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())
        temporary.chmod(_mode(target))
        temporary.replace(target)
    except BaseException:
        with suppress(OSError):
            temporary.unlink()
        raise


def _mode(target: Path) -> int:
    try:
        return stat.S_IMODE(target.stat().st_mode)
    except OSError:
        mask = os.umask(0)
        os.umask(mask)
        return 0o666 & ~mask
