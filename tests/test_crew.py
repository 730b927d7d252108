"""Work that is shared out: the same results in the same order, whoever did it."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from threading import Thread
from typing import TYPE_CHECKING

import pytest

from claims import crew
from claims.crew import in_order
from claims.model.errors import BadRequest
from tests.cli.running import environment

if TYPE_CHECKING:
    from pathlib import Path


def test_results_come_in_the_order_of_the_items_with_as_many_helpers_as_there_may_be(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(crew, "_processors", lambda: 3)
    assert list(in_order(lambda n: n * n, range(50), 3)) == [n * n for n in range(50)]


def test_the_work_is_done_elsewhere_where_it_is_much(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(crew, "_processors", lambda: 2)
    assert os.getpid() not in set(in_order(lambda _: os.getpid(), range(4), 3))
    assert list(in_order(lambda _: os.getpid(), range(2), 3)) == [os.getpid()] * 2


def test_a_thread_beside_the_main_one_does_its_work_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(crew, "_processors", lambda: 2)
    found: list[int] = []
    thread = Thread(target=lambda: found.extend(in_order(lambda _: os.getpid(), range(9), 3)))
    thread.start()
    thread.join()
    assert found == [os.getpid()] * 9


def test_what_goes_wrong_in_a_helper_goes_wrong_here(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(crew, "_processors", lambda: 2)
    with pytest.raises(ZeroDivisionError):
        list(in_order(lambda n: 1 // (n - 3), range(9), 3))


def test_a_helper_that_is_killed_is_told_and_not_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(crew, "_processors", lambda: 2)

    def work(n: int) -> int:
        if n == 5:
            os.kill(os.getpid(), signal.SIGKILL)
        return n

    with pytest.raises(BadRequest, match="was stopped"):
        list(in_order(work, range(50), 3))
    assert list(in_order(lambda n: n, range(9), 3)) == list(range(9))


def test_an_interrupt_ends_the_work_and_its_helpers(tmp_path: Path) -> None:
    """As Ctrl-C does: the whole group of processes is interrupted, and one of them says so."""
    program = (
        "import time; from claims import crew; crew._processors = lambda: 2\n"
        "for n in crew.in_order(lambda n: time.sleep(0.05) or n, range(1000), 3): print(n, flush=True)"
    )
    process = subprocess.Popen(
        [sys.executable, "-c", program], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        cwd=tmp_path, start_new_session=True, env=environment(),
    )  # fmt: skip
    assert process.stdout
    assert process.stdout.readline() == "0\n"
    os.killpg(process.pid, signal.SIGINT)
    _, said = process.communicate(timeout=20)
    assert process.returncode == -signal.SIGINT
    assert said.count("KeyboardInterrupt") == 1
    with pytest.raises(ProcessLookupError):
        os.killpg(process.pid, 0)
