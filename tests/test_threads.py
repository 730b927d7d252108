"""Work done side by side: the same results in the same order, and an interrupt that never leaves anyone waiting."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from contextlib import closing, suppress

import pytest

from claims.threads import held_back, side_by_side
from tests.cli.running import environment

posix = pytest.mark.skipif(os.name != "posix", reason="signals of this kind")

UNLUCKY = """
import signal, sys, threading, time
{imports}
signal.signal(signal.SIGINT, signal.default_int_handler)
enter, turn, main = threading.Condition.__enter__, int(sys.argv[1]), threading.main_thread().ident

def entered(condition):
    global turn
    got = enter(condition)
    if threading.get_ident() == main:
        turn -= 1
        if turn == 0:
            signal.raise_signal(signal.SIGINT)
    return got

threading.Condition.__enter__ = entered

def work(n):
    time.sleep(0.05)
    return n

for n in {results}:
    print(n, flush=True)
"""
"""A program that is interrupted as soon as its main thread has taken a lock, one of the first ones."""


def unlucky(imports: str, results: str, turn: int) -> subprocess.CompletedProcess[str]:
    """What comes of a program that is interrupted when it has just taken its lock of that turn, from 1."""
    program = UNLUCKY.format(imports=imports, results=results)
    return subprocess.run(
        [sys.executable, "-c", program, str(turn)],
        env=environment(), timeout=60, check=False, text=True, capture_output=True,
    )  # fmt: skip


def test_results_come_in_the_order_of_the_items() -> None:
    def squared(n: int) -> int:
        time.sleep(0.01 * (n % 3))
        return n * n

    assert list(side_by_side(squared, range(20), 3)) == [n * n for n in range(20)]


def test_so_many_work_at_once_as_there_may_be() -> None:
    together = threading.Barrier(3)
    assert sorted(side_by_side(lambda _: together.wait(20), range(3), 3)) == [0, 1, 2]


def test_what_goes_wrong_goes_wrong_here_and_the_rest_is_not_begun() -> None:
    begun: list[int] = []

    def work(n: int) -> float:
        begun.append(n)
        time.sleep(0.02)
        return 1 / (n - 1)

    with pytest.raises(ZeroDivisionError):
        list(side_by_side(work, range(100), 2))
    assert len(begun) < 20


def test_what_is_closed_early_does_not_begin_the_rest() -> None:
    begun: list[int] = []

    def work(n: int) -> int:
        begun.append(n)
        time.sleep(0.02)
        return n

    with closing(side_by_side(work, range(100), 2)) as results:
        assert next(results) == 0
    assert len(begun) < 20


@posix
@pytest.mark.parametrize("turn", range(1, 6))
def test_an_interrupt_just_after_a_lock_was_taken_leaves_no_one_waiting(turn: int) -> None:
    done = unlucky("from claims.threads import side_by_side", "side_by_side(work, range(40), 2)", turn)
    assert done.returncode == -signal.SIGINT
    assert done.stderr.count("KeyboardInterrupt") == 1
    assert len(done.stdout.split()) < 40


@posix
@pytest.mark.parametrize("turn", range(1, 6))
def test_nor_does_one_where_processes_share_the_work(turn: int) -> None:
    imports = "from claims import crew; crew._processors = lambda: 2"
    done = unlucky(imports, "crew.in_order(work, range(40), 3)", turn)
    assert done.returncode == -signal.SIGINT
    assert done.stderr.count("KeyboardInterrupt") == 1
    assert len(done.stdout.split()) < 40


@posix
@pytest.mark.parametrize(("interrupts", "reached"), [(1, [1]), (2, [1])])
def test_an_interrupt_is_heeded_at_the_end_and_a_second_one_at_once(interrupts: int, reached: list[int]) -> None:
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    came: list[int] = []

    def interrupted() -> None:
        with held_back():
            for n in range(interrupts):
                signal.raise_signal(signal.SIGINT)
                came.append(n + 1)

    try:
        with pytest.raises(KeyboardInterrupt):
            interrupted()
        assert came == reached
        assert signal.getsignal(signal.SIGINT) is signal.default_int_handler
    finally:
        signal.signal(signal.SIGINT, before)


@posix
def test_an_interrupt_that_is_ignored_stays_so() -> None:
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        with held_back():
            signal.raise_signal(signal.SIGINT)
        assert signal.getsignal(signal.SIGINT) is signal.SIG_IGN
    finally:
        signal.signal(signal.SIGINT, before)


@posix
def test_whoever_handles_interrupts_is_asked_once_it_is_over() -> None:
    seen: list[int] = []
    before = signal.signal(signal.SIGINT, lambda number, _: seen.append(number))
    try:
        with suppress(ZeroDivisionError), held_back():
            signal.raise_signal(signal.SIGINT)
            assert seen == []
            raise ZeroDivisionError
        assert seen == [signal.SIGINT]
    finally:
        signal.signal(signal.SIGINT, before)
