"""A sign of life where a person waits, and nothing otherwise."""

from __future__ import annotations

import io
import sys
import time

import pytest

from claims.cli import progress as module
from claims.cli.progress import progress


class Terminal(io.StringIO):
    """A stream that says that it is a terminal."""

    def isatty(self) -> bool:
        return True


def a_terminal(monkeypatch: pytest.MonkeyPatch) -> Terminal:
    """Make the error stream a terminal; pytest puts its own in place between a fixture and its test."""
    stream = Terminal()
    monkeypatch.setattr(sys, "stderr", stream)
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setattr(module, "PATIENCE", 0.01)
    return stream


def test_who_waits_sees_what_is_done(monkeypatch: pytest.MonkeyPatch) -> None:
    terminal = a_terminal(monkeypatch)
    with progress() as say:
        say("reading the case")
        time.sleep(0.5)
        say("weighing the reports")
        time.sleep(0.3)
    assert "reading the case" in terminal.getvalue()
    assert "weighing the reports" in terminal.getvalue()


def test_who_does_not_wait_sees_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    terminal = a_terminal(monkeypatch)
    monkeypatch.setattr(module, "PATIENCE", 1.0)
    with progress() as say:
        say("reading the case")
    assert terminal.getvalue() == ""


def test_who_wants_quiet_gets_it(monkeypatch: pytest.MonkeyPatch) -> None:
    terminal = a_terminal(monkeypatch)
    with progress(is_quiet=True) as say:
        say("reading the case")
        time.sleep(0.3)
    assert terminal.getvalue() == ""


def test_a_file_gets_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    a_terminal(monkeypatch)
    stream = io.StringIO()
    monkeypatch.setattr(sys, "stderr", stream)
    with progress() as say:
        say("reading the case")
        time.sleep(0.3)
    assert stream.getvalue() == ""


def fails_after_a_while() -> None:
    """Work that goes wrong once its progress is shown."""
    with progress() as say:
        say("reading the case")
        time.sleep(0.3)
        raise ZeroDivisionError


def test_an_error_ends_it(monkeypatch: pytest.MonkeyPatch) -> None:
    terminal = a_terminal(monkeypatch)
    with pytest.raises(ZeroDivisionError):
        fails_after_a_while()
    written = terminal.getvalue()
    time.sleep(0.3)
    assert "reading" in written
    assert terminal.getvalue() == written
