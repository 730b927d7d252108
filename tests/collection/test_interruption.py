"""A collection that is judged by a process which is interrupted, watched on a terminal, or not the only one."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

pytest.importorskip("pyarrow")

from claims.cli import exits
from claims.collection.files import collection_at
from claims.collection.run import KEPT, Run
from claims.model.errors import BadRequest
from claims.read import cache
from tests.bench.tables import write_collection
from tests.cli.running import environment

pytestmark = pytest.mark.skipif(os.name != "posix", reason="signals and terminals of this kind")

SLOW = (
    "import signal, sys, time, claims.collection.cut as cut, claims.collection.run as run\n"
    "import claims.cli.progress as progress\n"
    "signal.signal(signal.SIGINT, signal.default_int_handler)\n"
    "cut.PART, progress.PATIENCE, progress.BETWEEN, judged = 2_000, 0.1, {between}, run.judged_part\n"
    "run.judged_part = lambda *given: time.sleep({pause}) or judged(*given)\n"
    "from claims.cli.main import run; sys.exit(run())"
)
"""The command line, which takes its time for each of many parts."""


def slow(output: str, *more: str, pause: float = 0.1, between: float = 30) -> list[str]:
    program = SLOW.format(pause=pause, between=between)
    return [sys.executable, "-c", program, "report", "--engine", "local", "--case", "lake", "-o", output, *more]


def test_who_interrupts_is_told_that_the_same_command_goes_on_and_it_does(tmp_path: Path) -> None:
    write_collection(tmp_path / "lake", 20_000)
    begun = subprocess.Popen(slow("again.csv", pause=0.4), cwd=tmp_path, env=environment(), start_new_session=True,
                             text=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE)  # fmt: skip
    try:
        deadline = time.monotonic() + 60
        while not list(tmp_path.glob(f"{KEPT}*/verdicts-*.arrow")) and time.monotonic() < deadline:
            time.sleep(0.01)
        os.killpg(begun.pid, signal.SIGINT)
        said, told = begun.communicate(timeout=60)
    finally:
        begun.kill()
        begun.communicate()
    assert begun.returncode == exits.INTERRUPTED
    assert said == ""
    assert told == "claims: interrupted: what is judged is kept, and the same command goes on there\n"
    assert not (tmp_path / "again.csv").exists()
    assert not list(tmp_path.glob("*.lock"))
    kept = {path: path.stat().st_mtime_ns for path in tmp_path.glob(f"{KEPT}*/verdicts-*.arrow")}
    assert kept
    again = subprocess.run(slow("again.csv", pause=0), cwd=tmp_path, env=environment(), check=True, text=True,
                           capture_output=True)  # fmt: skip
    assert "going on where it was interrupted" in again.stdout
    subprocess.run(slow("whole.csv", pause=0), cwd=tmp_path, env=environment(), check=True, capture_output=True)
    assert (tmp_path / "again.csv").read_bytes() == (tmp_path / "whole.csv").read_bytes()
    assert not list(tmp_path.glob(f"{KEPT}*"))


def test_two_that_do_the_same_work_at_once_are_told_apart(tmp_path: Path) -> None:
    write_collection(tmp_path / "lake", 300)
    one, other = (Run(collection_at(str(tmp_path / "lake")), None, tmp_path, lambda _: None) for _ in range(2))
    with (
        one.held(),
        pytest.raises(BadRequest, match=r"another process is judging the same .* wait until it has ended"),
        other.held(),
    ):
        pytest.fail("both have it")
    with other.held():
        pass
    assert not list(tmp_path.glob(f"{KEPT}*"))


def test_what_another_process_is_at_is_not_cleared_away(tmp_path: Path) -> None:
    write_collection(tmp_path / "lake", 300)
    write_collection(tmp_path / "pond", 200)
    one, other = (Run(collection_at(str(tmp_path / name)), None, tmp_path, lambda _: None) for name in ("lake", "pond"))
    with one.held():
        one.judge()
        other.judge()
        assert one.folder.is_dir()
        assert sum(len(table) for table in one.results()) == 30
    one.judge()
    assert not other.folder.exists()


def test_what_another_program_has_judged_is_not_taken_over(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_collection(tmp_path / "lake", 60)
    package = tmp_path / "package"
    shutil.copytree(Path(cache.__file__).parent.parent, package, ignore=shutil.ignore_patterns("__pycache__"))
    monkeypatch.setattr(cache, "__file__", str(package / "read" / "cache.py"))

    def folder() -> Path:
        return Run(collection_at(str(tmp_path / "lake")), None, tmp_path, lambda _: None).folder

    for changed in ("verdict/judgement.py", "weigh/weights.py", "independence/copies.py", "collection/coding.py"):
        before = folder()
        assert folder() == before
        (package / changed).write_bytes((package / changed).read_bytes() + b"#")
        assert folder() != before


def on_a_terminal(args: list[str], folder: Path, **more: str) -> str:
    """What a process writes on its error stream, which is a terminal of a hundred columns."""
    import pty  # noqa: PLC0415 - not everywhere

    ours, its = pty.openpty()
    seen: list[bytes] = []

    def read() -> None:
        while True:
            try:
                data = os.read(ours, 4096)
            except OSError:
                return
            if not data:
                return
            seen.append(data)

    reading = threading.Thread(target=read, daemon=True)
    reading.start()
    there = environment(**{"TERM": "xterm", "COLUMNS": "100"} | more)
    subprocess.run(args, cwd=folder, env=there, check=True, stderr=its, stdout=subprocess.DEVNULL, timeout=60)
    os.close(its)
    reading.join(10)
    os.close(ours)
    return b"".join(seen).decode()


def test_who_watches_sees_a_bar_with_a_rate_and_the_time_left_once_it_is_known(tmp_path: Path) -> None:
    write_collection(tmp_path / "lake", 20_000)
    seen = on_a_terminal(slow("out.csv", pause=0.3), tmp_path, NO_COLOR="1")
    assert "judging" in seen
    assert "of 20,000 findings" in seen
    assert " a second, about " in seen
    assert "━" in seen
    first = seen.index("0 of 20,000 findings")
    assert "left" not in seen[:first]
    assert "\x1b[3" not in seen, "no colour was asked for"


def test_who_wants_quiet_sees_nothing(tmp_path: Path) -> None:
    write_collection(tmp_path / "lake", 4_000)
    assert on_a_terminal(slow("out.csv", "-q", pause=0.3), tmp_path) == ""


def test_who_cannot_draw_sees_no_bar(tmp_path: Path) -> None:
    write_collection(tmp_path / "lake", 4_000)
    [line] = on_a_terminal(slow("out.csv", pause=0.3), tmp_path, TERM="dumb").splitlines()
    assert re.fullmatch("claims: [0-9]+ warnings in this collection: see `claims check`", line)


def test_a_stream_that_is_no_terminal_gets_plain_lines_now_and_then(tmp_path: Path) -> None:
    write_collection(tmp_path / "lake", 20_000)
    done = subprocess.run(slow("out.csv", pause=0.1, between=0.2), cwd=tmp_path, env=environment(), check=True,
                          text=True, capture_output=True)  # fmt: skip
    lines = done.stderr.splitlines()
    assert len(lines) > 1
    assert all(line.startswith("claims: ") and "\x1b" not in line for line in lines)
    assert any("of 20,000 findings, " in line and "left" in line for line in lines)
    silent = subprocess.run(slow("out.csv", "-q", between=0), cwd=tmp_path, env=environment(), check=True,
                            text=True, capture_output=True)  # fmt: skip
    assert silent.stderr == ""
