"""`claims watch`: a real process, and real saves, as editors do them."""

from __future__ import annotations

import os
import pty
import select
import signal
import subprocess
import sys
import time
from typing import TYPE_CHECKING

import pytest

from claims.cli import exits
from claims.cli.main import main
from tests.cli.lasting import PROGRAM, SOON, Lasting
from tests.cli.running import environment

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

LINE = "-" * 72
STILL = 2.5
"""Seconds after which nothing more is shown."""
MORE = "claims:\n  - {id: new-one, text: Something else happened}\n"
WITNESSES = """\
sources:
  - {id: one, name: One, reliability: B, reason: known}
  - {id: two, name: Two, reliability: B, reason: known}
documents:
  - {id: one-doc, source: one, url: "https://one.example/1"}
  - {id: two-doc, source: two, url: "https://two.example/1"}
findings:
  - {claim: new-one, document: one-doc, stance: supports, basis: witnessed, credibility: 2}
  - {claim: new-one, document: two-doc, stance: supports, basis: witnessed, credibility: 2}
"""


class Watching(Lasting):
    """A running `claims watch` whose output is a pipe, and what it has said so far."""

    def __init__(self, folder: Path, *args: str) -> None:
        super().__init__("watch", "--case", str(folder), "--width", "100", *args, heard="stdout")

    @property
    def shown(self) -> list[str]:
        """Each text that was shown."""
        return "".join(self.lines).split(f"{LINE}\n")

    def until(self, text: str, number: int = 1) -> str:
        """The last text shown once there are so many and it says this; fails where that takes too long."""
        return self.soon(lambda: self.shown[-1] if len(self.shown) >= number and text in self.shown[-1] else None)

    def stop(self) -> tuple[int, str]:
        """Interrupt it, as Ctrl-C does; gives its exit and what it said besides."""
        self.process.send_signal(signal.SIGINT)
        code = self.process.wait(timeout=SOON)
        assert self.process.stderr is not None
        return code, self.process.stderr.read()


@pytest.fixture
def watching(example: Path) -> Iterator[Watching]:
    """The example, watched, its first report shown."""
    running = Watching(example)
    try:
        running.until("Hinges on: the verdict")
        assert running.process.stderr is not None
        assert "watching" in running.process.stderr.readline()
        yield running
    finally:
        running.close()


def change(path: Path, old: str, new: str, *, atomic: bool = False) -> None:
    """Save a file with other words: in place, or beside it and renamed, as many editors do."""
    text = path.read_text("utf-8")
    assert old in text
    target = path.with_name(f".{path.name}.swp") if atomic else path
    target.write_text(text.replace(old, new), "utf-8")
    if atomic:
        target.replace(path)


@pytest.mark.parametrize("atomic", [False, True], ids=["in place", "renamed"])
def test_a_save_shows_the_report_again_and_what_changed(watching: Watching, example: Path, atomic: bool) -> None:
    change(example / "case.yaml", "The crane at", "The tall crane at", atomic=atomic)
    text = watching.until("No verdict changed.", 2)
    assert "The tall crane at" in text
    assert "Saved: case.yaml" in text
    assert "\x1b" not in text


def test_a_verdict_that_changes_is_shown_with_what_was(watching: Watching, example: Path) -> None:
    (example / "more.yaml").write_text(MORE)
    text = watching.until("Saved: more.yaml", 2)
    assert "New claims (1)" in text
    assert "Something else happened" in text.split("Saved: more.yaml")[1]
    (example / "more.yaml").write_text(MORE + WITNESSES)
    text = watching.until("Verdicts that changed (1)", 3).split("Saved: more.yaml")[1]
    assert "○ unchecked → ✔ corroborated" in text
    (example / "more.yaml").unlink()
    assert "Claims that are gone (1)" in watching.until("gone", 4)


def test_a_broken_save_shows_the_problems_and_the_last_summary(watching: Watching, example: Path) -> None:
    good = (example / "claims.yaml").read_text("utf-8")
    (example / "claims.yaml").write_text(f"{good}\n  - id: [broken\n", "utf-8")
    text = watching.until("The last report that could be made", 2)
    assert "claims.yaml:" in text
    assert "4 claims" in text or "claims " in text
    (example / "claims.yaml").write_text(good, "utf-8")
    assert "No verdict changed." in watching.until("How to read this", 3)


def test_a_case_file_that_is_gone_for_a_while_is_waited_for(watching: Watching, example: Path) -> None:
    text = (example / "case.yaml").read_text("utf-8")
    (example / "case.yaml").unlink()
    watching.until("no case at", 2)
    (example / "case.yaml").write_text(text, "utf-8")
    watching.until("How to read this", 3)


def test_a_policy_outside_the_folder_is_watched_too(example: Path, tmp_path: Path) -> None:
    (tmp_path / "mine.yaml").write_text("policy: mild\n")
    watching = Watching(example, "--policy", str(tmp_path / "mine.yaml"))
    try:
        watching.until("Hinges on: the verdict")
        assert watching.process.stderr is not None
        assert "watching" in watching.process.stderr.readline()
        (tmp_path / "mine.yaml").write_text("policy: strict\ncorroborated: {groups: 9, probability: 0.8}\n")
        assert "mine.yaml" in watching.until("strict", 2)
    finally:
        watching.close()


def test_a_burst_of_saves_is_shown_once_or_twice(watching: Watching, example: Path) -> None:
    path = example / "case.yaml"
    for n in range(20):
        change(path, "The crane at" if n == 0 else f"The crane {n - 1} at", f"The crane {n} at")
        time.sleep(0.01)
    watching.until("The crane 19 at", 2)
    time.sleep(STILL)
    assert len(watching.shown) <= 3


def test_what_is_no_part_of_the_case_shows_nothing(watching: Watching, example: Path) -> None:
    (example / "notes.txt").write_text("a note")
    (example / ".hidden.yaml").write_text("claims: [")
    (example / "case.yaml").touch()
    time.sleep(STILL)
    assert len(watching.shown) == 1


def test_a_link_that_leads_out_is_told_and_never_followed(watching: Watching, example: Path, tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    (example / "link").symlink_to(outside)
    watching.until("leads out of the case folder", 2)
    (outside / "other.yaml").write_text("claims: [")
    time.sleep(STILL)
    assert len(watching.shown) == 2


def test_folders_that_are_made_later_are_watched_too(watching: Watching, example: Path) -> None:
    (example / "later").mkdir()
    (example / "later" / "one.yaml").write_text("claims:\n  - {id: one-more, text: One more}\n")
    watching.until("New claims (1)", 2)
    (example / "later" / "one.yaml").write_text("claims:\n  - {id: one-more, text: One more happened}\n")
    watching.until("One more happened", 3)


def test_an_interrupt_ends_it_quietly(watching: Watching) -> None:
    code, said = watching.stop()
    assert code == exits.INTERRUPTED
    assert "Traceback" not in said
    assert "claims:" not in said


def test_a_filter_that_nothing_matches_any_more_is_said_and_waited_for(example: Path) -> None:
    running = Watching(example, "--topic", "trade", "-q")
    try:
        running.until("How to read this")
        for path in example.glob("*.yaml"):
            path.write_text(path.read_text("utf-8").replace("topic: trade", "topic: commerce"), "utf-8")
        running.until("no topic is called 'trade'", 2)
        assert running.process.poll() is None
    finally:
        running.close()


WRONG = [(["--verdict", "wrong"], "no verdict is called 'wrong'"), (["--speaker", "quil"], "did you mean 'quill'?")]


@pytest.mark.parametrize(("args", "said"), WRONG)
def test_wrong_use_ends_at_once(args: list[str], said: str, example: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["watch", "--case", str(example), *args]) == exits.WRONG_USE
    assert said in capsys.readouterr().err


def test_no_case_is_nothing_to_watch(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["watch", "--case", str(tmp_path)]) == exits.WRONG_USE
    assert "no case at" in capsys.readouterr().err


def test_a_screen_is_wiped_and_keeps_what_scrolled_off(example: Path) -> None:
    ours, theirs = pty.openpty()
    running = subprocess.Popen(
        [sys.executable, "-c", PROGRAM, "watch", "--case", str(example)],
        env=environment(TERM="xterm", COLUMNS="100"), stdout=theirs, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    os.close(theirs)
    try:
        said = b""
        while b"Hinges on: the verdict" not in said:
            assert select.select([ours], [], [], SOON)[0]
            said += os.read(ours, 65536)
    finally:
        running.kill()
        running.wait()
        os.close(ours)
    assert said.startswith(b"\x1b[H\x1b[2J")
    assert b"\x1b[3J" not in said
