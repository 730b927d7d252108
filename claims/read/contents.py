"""The bytes of a file, opened so that nothing is waited for and nothing outside the folder is followed."""

from __future__ import annotations

import os
import stat

from claims.read.characters import shown


class Refused(Exception):
    """A file that is not read: the code of the problem, and why in words."""

    def __init__(self, code: str, message: str) -> None:
        self.code = code
        super().__init__(message)


def bytes_below(root: str, path: str, largest: int) -> bytes:
    """The bytes of a regular file below `root`. Raises `Refused`; never waits for a pipe."""
    full = f"{root}/{path}"
    if not is_inside(root, full):
        raise Refused("outside-case", f"{shown(path)} leads out of the case folder, and is not read")
    try:
        handle = os.open(full, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    except OSError as error:
        raise Refused("unreadable", f"{shown(path)} cannot be opened: {reason_of(error)}") from error
    try:
        return _bytes(handle, path, largest)
    except OSError as error:
        raise Refused("unreadable", f"{shown(path)} cannot be read: {reason_of(error)}") from error
    finally:
        os.close(handle)


def is_inside(root: str, full: str) -> bool:
    """Whether a path, all links followed, stays below `root`."""
    return os.path.realpath(full).startswith(root.rstrip(os.sep) + os.sep)


def _bytes(handle: int, path: str, largest: int) -> bytes:
    state = os.fstat(handle)
    if not stat.S_ISREG(state.st_mode):
        raise Refused("not-a-file", f"{shown(path)} is {kind_of(state.st_mode)}, not a file")
    if state.st_size > largest:
        raise Refused("too-large", f"{shown(path)} is larger than {largest // 2**20} MB")
    parts: list[bytes] = []
    left = largest + 1
    while left > 0 and (part := os.read(handle, min(left, 2**24))):
        parts.append(part)
        left -= len(part)
    if left <= 0:
        raise Refused("too-large", f"{shown(path)} is larger than {largest // 2**20} MB")
    return b"".join(parts)


def kind_of(mode: int) -> str:
    """What is no regular file, in words."""
    kinds = ((stat.S_ISDIR, "a folder"), (stat.S_ISFIFO, "a pipe"), (stat.S_ISSOCK, "a socket"))
    return next((name for test, name in kinds if test(mode)), "a device")


def reason_of(error: OSError) -> str:
    """Why the system did not do it, in its words."""
    return (error.strerror or type(error).__name__).lower()
