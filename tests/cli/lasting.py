"""A command that lasts until it is interrupted: a real process, and what it has said so far."""

from __future__ import annotations

import subprocess
import sys
import threading
import time
from typing import TYPE_CHECKING, Any, Final

from tests.cli.running import environment

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Literal

SOON: Final = 20.0
"""Seconds within which a slow machine says what it has to."""
PROGRAM: Final = """
import signal, sys
from claims.cli.main import main

signal.signal(signal.SIGINT, signal.default_int_handler)  # a shell's background jobs are started without it
sys.exit(main(sys.argv[1:]))
"""


class Lasting:
    """A running command, both of its streams pipes, one of which is heard. before: what Python does first."""

    def __init__(self, *args: str, heard: Literal["stdout", "stderr"], before: str = "") -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-c", before + PROGRAM, *args],
            env=environment(), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, encoding="utf-8",
        )  # fmt: skip
        self.lines: list[str] = []
        self.heard: Any = getattr(self.process, heard)
        self.reader = threading.Thread(target=self._read, daemon=True)
        self.reader.start()

    def _read(self) -> None:
        for line in self.heard:
            self.lines.append(line)

    def soon(self, said: Callable[[], str | None]) -> str:
        """What it says, once it does; fails where that takes too long."""
        end = time.monotonic() + SOON
        while time.monotonic() < end:
            found = said()
            if found is not None:
                return found
            time.sleep(0.05)
        raise AssertionError(f"it says nothing of the kind: {''.join(self.lines)[-2000:]!r}")

    def close(self) -> None:
        """End it, if it has not ended, and with it what reads it."""
        self.process.kill()
        self.process.wait()
        self.reader.join()
        for stream in (self.process.stdout, self.process.stderr):
            assert stream is not None
            stream.close()
