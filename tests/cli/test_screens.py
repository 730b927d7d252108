"""Reports on real screens: narrow and wide, without colour, without Unicode."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from rich.cells import cell_len

from claims.cli import exits
from tests.cli.running import claims

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize("width", [20, 40, 80, 200])
def test_no_line_is_wider_than_asked_for(width: int, example: Path) -> None:
    done = claims("report", "--case", str(example), "--width", str(width))
    assert (done.returncode, done.stderr) == (exits.FINE, "")
    assert max(cell_len(line) for line in done.stdout.splitlines()) <= width
    assert "THE CRANE AT TERN HARBOUR (AN INVENTED EXAMPLE)" in " ".join(done.stdout.split()).upper()


@pytest.mark.parametrize(
    "env",
    [{}, {"NO_COLOR": "1", "FORCE_COLOR": "1"}, {"TERM": "dumb"}, {"LANG": "C", "LC_ALL": "C"}],
    ids=["pipe", "no-color", "dumb", "C"],
)
@pytest.mark.parametrize("command", ["report", "check", "policy"])
def test_a_pipe_gets_no_escape_sequences(command: str, env: dict[str, str], example: Path) -> None:
    done = claims(command, "--case", str(example), env=env)
    assert (done.returncode, done.stderr) == (exits.FINE, "")
    assert "\x1b" not in done.stdout


def test_colour_can_be_had_in_a_pipe(example: Path) -> None:
    assert "\x1b[" in claims("report", "--case", str(example), "--colour", "always").stdout


def test_a_stream_that_knows_only_ascii_gets_ascii(example: Path) -> None:
    path = example / "case.yaml"
    path.write_text(path.read_text("utf-8").replace("The crane at", "شرکت نصرالله \\ The crane at"), "utf-8")
    for command in (["report"], ["check"], ["report", "--format", "markdown"], ["report", "--format", "json"]):
        done = claims(*command, "--case", str(example), env={"PYTHONIOENCODING": "ascii"})
        assert (done.returncode, done.stderr) == (exits.FINE, ""), command
        assert done.stdout.isascii()


def test_the_same_input_gives_the_same_bytes(example: Path) -> None:
    for format_ in ("rich", "markdown", "json", "csv"):
        command = ["report", "--case", str(example), "--format", format_]
        assert (
            claims(*command, env={"PYTHONHASHSEED": "1"}).stdout == claims(*command, env={"PYTHONHASHSEED": "2"}).stdout
        )
