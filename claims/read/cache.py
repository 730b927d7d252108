"""A case that has not changed is not read twice: the entries of the last reading, kept in the user's cache.

Nothing stale or foreign is served. A stored case is found by the digest of every byte that was read, of the program
and of what it rests on; stored texts are hashed again each time; the file must be whole, ours, and closed to others. It
is plain JSON. Whatever is not as it must be is as good as absent, and a cache that cannot be written is no error.
"""

from __future__ import annotations

import os
import stat
import sys
import tempfile
from contextlib import suppress
from hashlib import sha256
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from claims.read.digest import sha256_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from claims.read.drafts import Draft
    from claims.read.files import File

MAGIC: Final = b"claims-case-1 "
LIBRARIES: Final = ("pydantic", "pydantic_core", "yaml", "pint", "rapidfuzz", "confusable_homoglyphs", "pyarrow")
KEPT: Final = 20
KEPT_BYTES: Final = 2**30
ENDING: Final = ".json"
READING: Final = ("read", "model", "policies")
"""The folders of the package that what is read depends on."""
CHECKED: Final = hasattr(os, "geteuid")
"""Whether the system knows whose a file is."""


def cache_folder() -> Path:
    """Where this system keeps the caches of its user."""
    from platformdirs import user_cache_path  # noqa: PLC0415 - only where a cache is asked for

    return user_cache_path("claims", appauthor=False) / "cases"


def key_of(files: Iterable[File], refused: Iterable[Draft], option: tuple[Path, bytes] | None) -> str:
    """The name under which the outcome of exactly this input, read by exactly this program, is kept."""
    parts: list[object] = [program()]
    parts.extend((os.fsencode(file.path), sha256_of(file.data)) for file in files)
    parts.append([repr(draft) for draft in refused])
    parts.append((str(option[0]), sha256_of(option[1])) if option else None)
    return sha256(repr(parts).encode("utf-8", "surrogatepass")).hexdigest()


def program(rooms: Sequence[str] = READING) -> tuple[object, ...]:
    """What reads: the package and the libraries that shape its values, down to the state of their files, and Python.

    rooms: the folders of the package that bear on it.
    """
    package = Path(__file__).parent.parent
    libraries = [Path(spec.origin) for name in LIBRARIES if (spec := find_spec(name)) and spec.origin]
    folders = [os.scandir(package / room) for room in rooms]
    sources = [Path(entry) for folder in folders for entry in sorted(folder, key=lambda entry: entry.name)]
    states = ((path.name, path.stat()) for path in (*sources, *libraries) if path.suffix != ".pyc")
    return (
        MAGIC,
        sys.version_info[:2],
        *((name, s.st_size, s.st_mtime_ns) for name, s in states if stat.S_ISREG(s.st_mode)),
    )


def loaded(folder: Path, key: str) -> bytes | None:
    """What is kept under `key`, where it is whole, ours and closed to others."""
    path = folder / f"{key}{ENDING}"
    try:
        if not _is_private(os.lstat(folder), stat.S_ISDIR):
            return None
        handle = os.open(path, os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0))
        with os.fdopen(handle, "rb") as stream:
            if not _is_private(os.fstat(stream.fileno()), stat.S_ISREG):
                return None
            data = stream.read()
        head, _, body = data.partition(b"\n")
        if head != MAGIC + sha256_of(body).encode():
            return None
        os.utime(path)
    except (OSError, ValueError):
        return None
    return body


def keep(folder: Path, key: str, body: bytes) -> None:
    """Keep `body` under `key`, whole or not at all, and drop what was not used for longest."""
    with suppress(OSError):
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        if not _is_private(os.lstat(folder), stat.S_ISDIR):
            return
        handle, name = tempfile.mkstemp(prefix=".", suffix=".part", dir=folder)
        try:
            with os.fdopen(handle, "wb") as stream:
                stream.write(MAGIC + sha256_of(body).encode() + b"\n" + body)
            Path(name).replace(folder / f"{key}{ENDING}")
        except BaseException:
            Path(name).unlink(missing_ok=True)
            raise
        _prune(folder)


def _is_private(state: os.stat_result, is_kind: Any) -> bool:
    if not is_kind(state.st_mode):
        return False
    return not CHECKED or (state.st_uid == os.geteuid() and not state.st_mode & 0o077)


def _prune(folder: Path) -> None:
    with os.scandir(folder) as entries:
        kept = [(entry.stat(follow_symlinks=False), entry.path) for entry in entries if entry.name.endswith(ENDING)]
    kept.sort(key=lambda found: -found[0].st_mtime_ns)
    total = 0
    for n, (state, path) in enumerate(kept):
        total += state.st_size
        if n >= KEPT or (total > KEPT_BYTES and n):
            Path(path).unlink(missing_ok=True)
