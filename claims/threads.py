"""Work done side by side by threads, its results in the order of the work, and an interrupt that breaks no lock."""

from __future__ import annotations

import signal
import threading
from collections import deque
from concurrent.futures import ThreadPoolExecutor, wait
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Final, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterable, Iterator
    from concurrent.futures import Future

Item = TypeVar("Item")
Result = TypeVar("Result")

HEEDED: Final = 0.1
"""Seconds until whoever waits for others heeds an interrupt."""


def side_by_side(work: Callable[[Item], Result], items: Iterable[Item], number: int) -> Generator[Result]:
    """What `work` makes of each item, in order; by so many threads at once.

    Who interrupts, or closes it before its end, does not wait for items that have not begun. Raises what `work` raises.
    """
    threads = ThreadPoolExecutor(number)
    try:
        with held_back():
            waiting = deque(threads.submit(work, item) for item in items)
        while waiting:
            yield awaited(waiting.popleft())
    finally:
        with held_back():
            threads.shutdown(cancel_futures=True)


def awaited(future: Future[Result]) -> Result:
    """What comes of it, waited for so that an interrupt is heeded soon, and harms nothing. Raises what came of it."""
    is_done = False
    while not is_done:
        with held_back():
            is_done = bool(wait((future,), HEEDED).done)
    return future.result()


@contextmanager
def held_back() -> Iterator[None]:
    """Keep an interrupt until the end, as it could come just after a lock was taken, which no one gets from then on.

    The standard library takes and gives back its locks in Python, where an interrupt may come between any two steps
    (https://github.com/python/cpython/issues/74174). A second interrupt is not kept.
    """
    before = signal.getsignal(signal.SIGINT)
    if threading.current_thread() is not threading.main_thread() or not callable(before):
        yield
        return
    kept: list[tuple[int, Any]] = []

    def keep(number: int, frame: Any) -> None:
        kept.append((number, frame))
        signal.signal(signal.SIGINT, before)

    signal.signal(signal.SIGINT, keep)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
        for interrupt in kept:
            before(*interrupt)
