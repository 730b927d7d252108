"""The judging of a collection on Spark, step by step, as a command follows it."""

from __future__ import annotations

import logging
import signal
import threading
from contextlib import contextmanager, nullcontext
from typing import TYPE_CHECKING, Final, NoReturn

from claims.cluster.session import session_of
from claims.collection.cutting import Cut
from claims.collection.run import Advance
from claims.collection.texts import digest_with

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Iterator
    from contextlib import AbstractContextManager

    import pyarrow as pa
    from pyspark.sql import SparkSession

    from claims.cluster.engine import Judging
    from claims.collection.files import Collection

LOOKED_AGAIN: Final = 0.5
"""Seconds between looks at how far the workers are."""


class ClusterRun:
    """The judging of a collection on a cluster. `results` gives the verdicts once `judge` has run."""

    went_on = False
    """Nothing is kept from one run to the next: Spark itself tries again what fails."""

    def __init__(
        self, collection: Collection, as_of: dt.date | None, master: str | None, say: Callable[[Advance], None]
    ) -> None:
        self.collection, self.as_of, self.master, self.say = collection, as_of, master, say
        self.digest = ""
        """Of all that was read, once it is judged."""
        self.cut = Cut(0, {}, (), None)
        """What was read, once it is judged."""
        self._found: pa.Table | None = None

    is_kept = False

    def held(self) -> AbstractContextManager[None]:
        """Others need not be kept away: nothing is written before the end."""
        return nullcontext()

    def judge(self) -> None:
        """Read, check and judge. Raises `CaseProblems` where the collection has errors, `BadRequest` without Spark."""
        self.say(Advance("starting Spark", 0))
        with interruptible():
            session = session_of(self.master)
        # A new session has a way of its own to be interrupted.
        with interruptible():
            self._judge_on(session)

    def _judge_on(self, session: SparkSession) -> None:
        from claims.cluster.engine import Judging  # noqa: PLC0415 - what needs Spark, once it is known to be there

        judging = Judging(session, self.collection, self.as_of)
        try:
            with _followed(judging, self.say):
                self._found = judging.table()
        finally:
            judging.close()
        self.digest = digest_with(self.collection, judging.tables.stored)
        checks = judging.checks
        self.cut = Cut(judging.partitions, dict(checks.rows_of), (), checks.latest, checks.warnings)

    def results(self) -> Iterator[pa.Table]:
        """The verdicts, in the order of claim ids."""
        if self._found is not None:
            yield self._found

    def finish(self) -> None:
        """Let go of the verdicts."""
        self._found = None


@contextmanager
def _followed(judging: Judging, say: Callable[[Advance], None]) -> Iterator[None]:
    """Say how far the workers are meanwhile, whenever one of them has come further."""
    is_over = threading.Event()

    def follow() -> None:
        last = None
        while not is_over.is_set():
            now = judging.advance()
            if now != last:
                say(now)
            last = now
            is_over.wait(LOOKED_AGAIN)

    thread = threading.Thread(target=follow, daemon=True)
    thread.start()
    try:
        yield
    finally:
        is_over.set()
        thread.join()


@contextmanager
def interruptible() -> Iterator[None]:
    """End in silence when interrupted.

    Spark would speak to Java in the midst of what it says to it already, and log that this fails.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return

    def interrupt(*_: object) -> NoReturn:
        logging.disable(logging.CRITICAL)
        raise KeyboardInterrupt

    before = signal.signal(signal.SIGINT, interrupt)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
