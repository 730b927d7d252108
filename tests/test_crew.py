"""Work that is shared out: the same results in the same order, whoever did it."""

from __future__ import annotations

import os
from threading import Thread

import pytest

from claims import crew
from claims.crew import in_order


def test_results_come_in_the_order_of_the_items_with_as_many_helpers_as_there_may_be(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(crew, "_processors", lambda: 3)
    assert list(in_order(lambda n: n * n, range(50))) == [n * n for n in range(50)]


def test_the_work_is_done_elsewhere_where_it_is_much(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(crew, "_processors", lambda: 2)
    assert os.getpid() not in set(in_order(lambda _: os.getpid(), range(4)))
    assert list(in_order(lambda _: os.getpid(), range(2))) == [os.getpid()] * 2


def test_a_thread_beside_the_main_one_does_its_work_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(crew, "_processors", lambda: 2)
    found: list[int] = []
    thread = Thread(target=lambda: found.extend(in_order(lambda _: os.getpid(), range(9))))
    thread.start()
    thread.join()
    assert found == [os.getpid()] * 9


def test_what_goes_wrong_in_a_helper_goes_wrong_here(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(crew, "_processors", lambda: 2)
    with pytest.raises(ZeroDivisionError):
        list(in_order(lambda n: 1 // (n - 3), range(9)))
