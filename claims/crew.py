"""Work shared out among processes, its results in the order of the work: the same bytes, whoever made them."""

from __future__ import annotations

import gc
import multiprocessing
import os
import signal
import threading
from collections import deque
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from typing import TYPE_CHECKING, Any, Final, TypeVar

from claims.model.collector import collector_paused
from claims.model.errors import BadRequest
from claims.threads import awaited, held_back

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from concurrent.futures import Future

Item = TypeVar("Item")
Result = TypeVar("Result")

AHEAD: Final = 2
"""Pieces that each helper may be ahead of whoever takes the results, so that few are kept."""

_work: dict[str, Callable[[Any], Any]] = {}
"""What the helpers do, as they found it when they began."""


def in_order(work: Callable[[Item], Result], items: Sequence[Item], fewest: int) -> Iterator[Result]:
    """What `work` makes of each item, in order; by as many processes as there are processors, where that helps.

    fewest: items for which it is worth to start processes, which takes some tenths of a second.
    work: does the same in any process, and sees what there was when the first result was asked for. Where processes
    cannot be forked it is done here; so it is for any thread but the main one, beside which others hold locks. Raises
    `BadRequest` where a process is stopped from outside.
    """
    number = min(_processors(), len(items))
    may_fork = hasattr(os, "fork") and threading.current_thread() is threading.main_thread()
    if number < 2 or len(items) < fewest or not may_fork:  # noqa: PLR2004 - one is who asks
        yield from map(work, items)
        return
    _work["now"] = work
    gc.freeze()
    helpers = ProcessPoolExecutor(number, multiprocessing.get_context("fork"), _ignore_interrupts)
    try:
        waiting: deque[Future[Any]] = deque()
        for item in items:
            with held_back():
                waiting.append(helpers.submit(_done, item))
            if len(waiting) >= number * AHEAD:
                yield awaited(waiting.popleft())
        while waiting:
            yield awaited(waiting.popleft())
    except BrokenProcessPool as error:
        raise BadRequest("a process that shared the work was stopped: perhaps memory ran out; try again") from error
    finally:
        gc.unfreeze()
        del _work["now"]
        with held_back():
            helpers.shutdown(cancel_futures=True)


def _ignore_interrupts() -> None:
    """Leave it to whoever shares out the work to end it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def _processors() -> int:
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _done(item: Any) -> Any:
    with collector_paused():
        return _work["now"](item)
