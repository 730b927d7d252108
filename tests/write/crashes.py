"""A process that kills itself at the n-th call that reaches the disk, for tests of what is left then."""

from __future__ import annotations

import errno
import os
import signal
from typing import TYPE_CHECKING, Any

from claims.model.errors import BadRequest

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

CALLS = ("open", "write", "fsync", "replace", "rename", "link", "unlink", "mkdir", "rmdir", "chmod")
FILLING = ("open", "write", "fsync", "mkdir", "link")
TOLD = 3
WRITES = os.O_WRONLY | os.O_RDWR | os.O_CREAT


def arm(stop: int, ending: Callable[[], None], names: Sequence[str] = CALLS, *, lasts: bool = False) -> None:
    """Make the calls that reach the disk count, and the n-th do something else; lasts: and every later one as well."""
    passed = [0]

    def counted(name: str, call: Callable[..., Any]) -> Callable[..., Any]:
        def armed(*args: Any, **kwargs: Any) -> Any:
            if name != "open" or args[1] & WRITES:
                passed[0] += 1
                if passed[0] == stop or (lasts and passed[0] > stop):
                    if name == "write":
                        call(args[0], bytes(args[1])[: len(args[1]) // 2])
                    ending()
            return call(*args, **kwargs)

        return armed

    for name in names:
        setattr(os, name, counted(name, getattr(os, name)))


def killed_at(stop: int, act: Callable[[Path], object], folder: Path) -> bool:
    """Act on a folder in a process that is killed at its n-th call; False where it ended first."""
    child = os.fork()
    if not child:
        arm(stop, kill)
        status = 1
        try:
            act(folder)
            status = 0
        finally:
            os._exit(status)
    _, status = os.waitpid(child, 0)
    assert status in {0, signal.SIGKILL}
    return status != 0


def kill() -> None:
    """End this process as the power would."""
    os.kill(os.getpid(), signal.SIGKILL)


def failed_at(
    stop: int, act: Callable[[Path], object], folder: Path, names: Sequence[str] = FILLING, *, lasts: bool = True
) -> bool:
    """Act on a folder where the n-th call fails, as on a full disk; False where it went well all the same."""
    child = os.fork()
    if not child:
        arm(stop, full, names, lasts=lasts)
        status = 1
        try:
            act(folder)
            status = 0
        except BadRequest as error:
            status = TOLD if "no space left" in str(error) and "\n" not in str(error) else 1
        finally:
            os._exit(status)
    _, status = os.waitpid(child, 0)
    assert os.waitstatus_to_exitcode(status) in {0, TOLD}
    return status != 0


def full() -> None:
    """Say that the disk is full."""
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
