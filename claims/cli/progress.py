"""A sign of life on the error stream, where a person waits longer than a second.

What is counted has a bar, with a rate and the time that is left. A stream that is no terminal gets a plain line of it
now and then, and nothing else.
"""

from __future__ import annotations

import os
import sys
import threading
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

PATIENCE: Final = 1.0
"""Seconds before anything is shown."""
BETWEEN: Final = 30.0
"""Seconds between lines where the error stream is no terminal."""


class Progress:
    """Shows what is being done, once that takes long. Used as `with progress(...) as say: say("reading")`."""

    def __init__(self, *, is_plain: bool = False) -> None:
        self.text = ""
        self.count: tuple[int, int, str] | None = None
        self.is_plain = is_plain
        """Whether lines are written now and then, as nothing can be drawn."""
        self.told = time.monotonic()
        self.live: Any = None
        self.is_shown = self.is_over = False
        self.lock = threading.Lock()

    def __call__(self, text: str) -> None:
        """Say what is being done now."""
        self._show(text, None)

    def counted(self, doing: str, done: int, of: int, rate: str) -> None:
        """Say how far the work is that is done now; rate: how fast it goes, and how long the rest takes."""
        self._show(doing, (done, of, rate))

    def line(self, text: str) -> None:
        """Write a line where nothing can be drawn, unless one was written lately."""
        if self.is_plain and time.monotonic() - self.told >= BETWEEN:
            self.told = time.monotonic()
            sys.stderr.write(f"claims: {text}\n")
            sys.stderr.flush()

    def begin(self) -> None:
        """Show it; runs in a thread of its own, as the work does not stop for it."""
        with self.lock:
            self.is_shown = not self.is_over
            self._draw(is_new=True)

    def end(self) -> None:
        """Wipe it away."""
        with self.lock:
            self.is_over = True
            self._stop()

    def _show(self, text: str, count: tuple[int, int, str] | None) -> None:
        with self.lock:
            is_new = (self.count is None) != (count is None)
            self.text, self.count = text, count
            self._draw(is_new=is_new)

    def _draw(self, *, is_new: bool) -> None:
        if self.is_over or not self.is_shown:
            return
        if is_new:
            self._stop()
            self.live = _bar() if self.count else _status(self.text)
            self.live.start()
        if self.count:
            done, of, rate = self.count
            self.live.update(self.live.task_ids[0], description=self.text, completed=done, total=of, rate=rate)
        else:
            self.live.update(self.text)

    def _stop(self) -> None:
        if self.live is not None:
            self.live.stop()
            self.live = None


@contextmanager
def progress(*, is_quiet: bool = False) -> Iterator[Progress]:
    """A progress that shows itself after `PATIENCE` seconds where the error stream is a terminal."""
    if is_quiet or sys.stderr is None:
        yield Progress()
        return
    if not sys.stderr.isatty() or os.environ.get("TERM") in {"dumb", "unknown"}:
        yield Progress(is_plain=True)
        return
    shown = Progress()
    timer = threading.Timer(PATIENCE, shown.begin)
    timer.daemon = True
    timer.start()
    try:
        yield shown
    finally:
        timer.cancel()
        shown.end()


def _status(text: str) -> Any:
    from rich.console import Console

    return Console(stderr=True, markup=False, highlight=False).status(text)


def _bar() -> Any:
    """A bar with one task, which is wiped away at its end."""
    from rich.console import Console
    from rich.progress import BarColumn, TextColumn
    from rich.progress import Progress as Bars

    made = Bars(
        TextColumn("{task.description}", markup=False),
        BarColumn(),
        TextColumn("{task.completed:,} of {task.total:,} findings", markup=False),
        TextColumn("{task.fields[rate]}", markup=False),
        console=Console(stderr=True, markup=False, highlight=False),
        transient=True,
    )
    made.add_task("", total=1, rate="")
    return made
