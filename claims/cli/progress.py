"""A sign of life on the error stream, where a person waits longer than a second; nothing otherwise."""

from __future__ import annotations

import sys
import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

PATIENCE: Final = 1.0
"""Seconds before anything is shown."""


class Progress:
    """Shows what is being done, once that takes long. Used as `with progress(...) as say: say("reading")`."""

    def __init__(self) -> None:
        self.text = ""
        self.status: Any = None
        self.lock = threading.Lock()
        self.is_over = False

    def __call__(self, text: str) -> None:
        """Say what is being done now."""
        with self.lock:
            self.text = text
            if self.status is not None:
                self.status.update(text)

    def begin(self) -> None:
        """Show it; runs in a thread of its own, as the work does not stop for it."""
        from rich.console import Console

        with self.lock:
            if not self.is_over:
                self.status = Console(stderr=True, markup=False, highlight=False).status(self.text)
                self.status.start()

    def end(self) -> None:
        """Wipe it away."""
        with self.lock:
            self.is_over = True
            if self.status is not None:
                self.status.stop()


@contextmanager
def progress(*, is_quiet: bool = False) -> Iterator[Progress]:
    """A progress that shows itself after `PATIENCE` seconds where the error stream is a terminal."""
    shown = Progress()
    if is_quiet or sys.stderr is None or not sys.stderr.isatty():
        yield shown
        return
    timer = threading.Timer(PATIENCE, shown.begin)
    timer.daemon = True
    timer.start()
    try:
        yield shown
    finally:
        timer.cancel()
        shown.end()
