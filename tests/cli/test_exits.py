"""The number that a command exits with, and what it says when that is not 0."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from typing import TYPE_CHECKING

import pytest

from claims.cli import exits, filters
from claims.cli.main import main
from claims.model.assessment import VERDICTS
from claims.selection import SORTS
from tests.cli.running import claims, environment

if TYPE_CHECKING:
    from pathlib import Path

WRONG_USE = [
    (["reprt"], "did you mean 'report'?"),
    (["report", "my-case"], "a case is named with --case my-case"),
    (["report", "--nonsense"], "unrecognized arguments: --nonsense"),
    (["report", "--sort", "colour"], "--sort"),
    (["report", "--as-of", "2015-02-30"], "--as-of: there is no day or month '2015-02-30' in the calendar"),
    (["report", "--as-of", "yesterday"], "--as-of: 'yesterday' is not a date"),
    (["report", "--verdict", "corroborate"], "did you mean 'corroborated'"),
    (["report", "--fail-on", "disputed,wrong"], "--fail-on: no verdict is called 'wrong'"),
    (["report", "--speaker", "quil"], "no speaker is called 'quil'; did you mean 'quill'?"),
    (["report", "--source", "coastwire"], "did you mean 'coast-wire'?"),
    (["report", "--topic", "accidents"], "did you mean 'accident'?"),
    (["report", "--party", "nobody"], "no party is called 'nobody'"),
    (["report", "--width", "5"], "'5' is not a number of columns from 20 to 1000"),
    (["report", "--policy", "no-such-file.yaml"], "there is no policy file no-such-file.yaml"),
    (["report", "-o", "no-such-folder/report.md"], "there is no folder no-such-folder"),
    (["report", "--case", "nowhere"], "no case at nowhere: a case is a folder with a case.yaml"),
    (["check", "--case", "nowhere"], "no case at nowhere"),
    (["init"], "required: DIR"),
    (["init", "."], "is not an empty folder"),
    (["schema", "nonsense"], "'nonsense'"),
    (["completion", "tcsh"], "'tcsh'"),
]


@pytest.mark.parametrize(("args", "said"), WRONG_USE, ids=[" ".join(args) for args, _ in WRONG_USE])
def test_wrong_use_exits_with_2_and_says_the_way_out(
    args: list[str], said: str, example: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(example)
    assert main(args) == exits.WRONG_USE
    captured = capsys.readouterr()
    assert said in captured.err
    assert captured.out == ""


RUNS = [
    (["report", "-q"], exits.FINE),
    (["report", "-q", "--fail-on", "contradicted,challenged"], exits.FINE),
    (["report", "-q", "--fail-on", "contradicted", "--fail-on", "disputed"], exits.FOUND),
    (["report", "-q", "--fail-on", "disputed", "--topic", "trade"], exits.FINE),
    (["report", "-q", "--verdict", "contradicted"], exits.NOTHING),
    (["check"], exits.FINE),
    (["check", "--strict"], exits.FINE),
    (["policy"], exits.FINE),
    (["schema", "case"], exits.FINE),
]


@pytest.mark.parametrize(("args", "code"), RUNS, ids=[" ".join(args) for args, _ in RUNS])
def test_a_sound_case_exits_as_the_table_says(
    args: list[str], code: int, example: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(example)
    assert main(args) == code


@pytest.mark.parametrize("command", ["report", "check", "policy"])
def test_a_case_with_errors_tells_all_of_them_and_exits_with_1(
    command: str, example: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = example / "reports.yaml"
    path.write_text(
        path.read_text("utf-8").replace("coast-wire]", "coastwire]").replace("basis: record", "bases: record", 1)
    )
    assert main([command, "--case", str(example)]) == exits.FOUND
    captured = capsys.readouterr()
    told = captured.out if command == "check" else captured.err
    assert "unknown-reference" in told
    assert "coast-wire" in told
    assert "unknown-key" in told
    assert command == "check" or captured.out == ""


def test_a_case_without_claims_is_not_called_fine(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "case.yaml").write_text("case: empty\ntitle: Nothing yet\n")
    assert main(["check", "--case", str(tmp_path)]) == exits.NOTHING
    assert main(["report", "--case", str(tmp_path), "-q"]) == exits.NOTHING
    captured = capsys.readouterr()
    assert "the case has no claims" in captured.out
    assert "fine" not in captured.out


def test_warnings_fail_only_where_that_is_asked_for(example: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = example / "reports.yaml"
    path.write_text(path.read_text("utf-8").replace("credibility: 2", "credibility: 1", 1))
    case = ["--case", str(example)]
    assert main(["check", *case]) == exits.FINE
    assert "no errors: 4 claims" in capsys.readouterr().out
    assert main(["check", "--strict", *case]) == exits.FOUND
    assert main(["report", *case]) == exits.FINE
    assert "1 warning in this case: see `claims check`" in capsys.readouterr().err
    assert main(["report", "-q", *case]) == exits.FINE
    assert capsys.readouterr().err == ""


def test_the_command_alone_is_a_short_friendly_help(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([]) == exits.FINE
    assert "claims init my-case" in capsys.readouterr().out


@pytest.mark.parametrize("command", ["report", "audit", "check", "init", "policy", "schema", "completion"])
def test_every_command_teaches_with_examples(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([command, "--help"]) == exits.FINE
    assert "examples:\n  " in capsys.readouterr().out


def test_verdicts_can_be_named_as_the_model_names_them() -> None:
    assert filters.VERDICT_WORDS == VERDICTS
    assert filters.SORT_WORDS == SORTS


def test_a_reader_that_goes_away_ends_it_quietly(example: Path) -> None:
    line = f'"{sys.executable}" -m claims report --case "{example}" | head -n 1'
    done = subprocess.run(
        ["bash", "-c", f"set -o pipefail; {line} > /dev/null"],  # noqa: S607 - the shell of whoever runs the tests
        env=environment(), capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip
    assert done.stderr == ""
    assert done.returncode in (exits.FINE, exits.BROKEN_PIPE)


def test_a_pipe_that_nobody_reads_is_141(example: Path) -> None:
    read, write = os.pipe()
    os.close(read)
    with os.fdopen(write, "wb") as pipe:
        done = subprocess.run(
            [sys.executable, "-m", "claims", "report", "--case", str(example)],
            env=environment(), stdout=pipe, stderr=subprocess.PIPE, text=True, timeout=60, check=False,
        )  # fmt: skip
    assert (done.returncode, done.stderr) == (exits.BROKEN_PIPE, "")


@pytest.mark.parametrize("closed", ["1", "2"])
def test_a_closed_stream_is_no_reason_to_fail(closed: str, example: Path) -> None:
    done = subprocess.run(
        ["bash", "-c", f'"{sys.executable}" -m claims check --case "{example}" {closed}>&-'],  # noqa: S607
        env=environment(), capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (exits.FINE, "")


def test_a_full_disk_is_said_in_a_line(example: Path) -> None:
    if not os.path.exists("/dev/full"):  # noqa: PTH110 - a device
        pytest.skip("no such device here")
    with open("/dev/full", "w", encoding="utf-8") as full:  # noqa: PTH123
        done = subprocess.run(
            [sys.executable, "-m", "claims", "report", "--case", str(example)],
            env=environment(), stdout=full, stderr=subprocess.PIPE, text=True, timeout=60, check=False,
        )  # fmt: skip
    assert done.returncode == exits.WRONG_USE
    assert done.stderr == "claims: no space left on device\n"


INTERRUPTED = """
import signal, sys, time
import claims.read.case
from claims.cli.main import main

signal.signal(signal.SIGINT, signal.default_int_handler)  # a shell's background jobs are started without it

def read_case(*_, **__):
    print("on", flush=True)
    time.sleep(60)

claims.read.case.read_case = read_case
sys.exit(main(["check"]))
"""


def test_an_interrupt_is_130_and_quiet() -> None:
    running = subprocess.Popen(
        [sys.executable, "-c", INTERRUPTED],
        env=environment(),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert running.stdout is not None
    assert running.stdout.readline() == "on\n"
    time.sleep(0.1)
    running.send_signal(signal.SIGINT)
    _, said = running.communicate(timeout=30)
    assert running.returncode == exits.INTERRUPTED
    assert "Traceback" not in said


def test_our_own_fault_is_a_line_and_the_traceback_only_on_request(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], example: Path
) -> None:
    def broken(*_: object, **__: object) -> None:
        raise ZeroDivisionError("a\x1b[31m\nb")

    monkeypatch.setattr("claims.read.case.read_case", broken)
    assert main(["check", "--case", str(example)]) == exits.OUR_FAULT
    said = capsys.readouterr().err
    assert said.startswith("claims: this should not happen: ZeroDivisionError: a⟨U+001B⟩[31m b (CLAIMS_DEBUG=1")
    assert said.count("\n") == 1
    monkeypatch.setenv("CLAIMS_DEBUG", "1")
    assert main(["check", "--case", str(example)]) == exits.OUR_FAULT
    assert "Traceback" in capsys.readouterr().err


def test_without_a_case_the_shipped_one_is_shown_and_that_is_said(here: Path) -> None:
    done = claims("check", cwd=here)
    assert "no case here: showing the case that ships with claims" in done.stderr
    assert done.stdout.splitlines()[-1].startswith(("fine: ", "no errors: "))
    assert done.returncode == exits.FINE
