"""What is no collection, or none that can be read, is told in one line, whichever command asks for it."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

import pytest

pytest.importorskip("pyarrow")

from claims.cli import exits
from claims.cli.main import main

if TYPE_CHECKING:
    from pathlib import Path

CLAIMS = {"claims.csv": "id,text\nc,It is so.\n"}
REFUSED: list[tuple[str, dict[str, str], str, str]] = [
    ("a case of YAML", {"all.yaml": "claims:\n  - id: c\n    text: It is so.\n"}, ".",
     "all.yaml is YAML: the entries of a large collection stand in tables alone (`claims export` makes tables"),
    ("an empty folder", {}, ".", " has no tables: they are called by their sections, like findings.parquet"),
    ("a pattern that matches nothing", CLAIMS, "*.parquet", "as a pattern it names no file"),
    ("a folder that is not there", {}, "nowhere", "there is no folder "),
    ("a table that is called like none", CLAIMS | {"finding.csv": "claim\n"}, ".", "finding.csv is not named like"),
]  # fmt: skip
COMMANDS = (["report", "-o", "-"], ["audit", "c"], ["check"])


def told(args: list[str], place: Path, capsys: pytest.CaptureFixture[str]) -> tuple[int, str]:
    """(the number of the exit, the one line on the error stream) of a command on a collection."""
    code = main([*args, "--engine", "local", "--case", str(place)])
    seen = capsys.readouterr()
    assert seen.out == ""
    assert seen.err.startswith("claims: ")
    assert seen.err.count("\n") == 1
    return code, seen.err


@pytest.fixture(autouse=True)
def caches_of_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))


@pytest.mark.parametrize("args", COMMANDS, ids=lambda args: args[0])
@pytest.mark.parametrize(("files", "place", "said"), [row[1:] for row in REFUSED], ids=[row[0] for row in REFUSED])
def test_what_is_no_collection_is_told_in_a_line(
    files: dict[str, str], place: str, said: str, args: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    lake = tmp_path / "lake"
    lake.mkdir()
    for name, text in files.items():
        (lake / name).write_text(text)
    code, line = told(args, lake / place, capsys)
    assert code == exits.WRONG_USE
    assert said in line


def test_a_pattern_that_names_a_pipe_is_refused_before_it_is_opened(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "claims.csv").write_text(CLAIMS["claims.csv"])
    os.mkfifo(tmp_path / "findings.csv")
    code, line = told(["check"], tmp_path / "*.csv", capsys)
    assert code == exits.WRONG_USE
    assert line.endswith("findings.csv is a pipe, not a file\n")


@pytest.mark.parametrize("args", COMMANDS, ids=lambda args: args[0])
def test_without_pyarrow_it_says_what_to_install(
    args: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "claims.csv").write_text(CLAIMS["claims.csv"])
    monkeypatch.delitem(sys.modules, "claims.collection.files", raising=False)
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    code, line = told(args, tmp_path, capsys)
    assert code == exits.WRONG_USE
    assert line == "claims: a collection needs pyarrow, which is not installed: pip install 'claims[tables]'\n"


def test_a_collection_without_claims_has_nothing_to_show(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    lake = tmp_path / "lake"
    lake.mkdir()
    (lake / "claims.csv").write_text("id,text\n")
    code, line = told(["report", "-o", str(tmp_path / "out.csv"), "-q"], lake, capsys)
    assert (code, line) == (exits.NOTHING, "claims: the collection has no claims\n")
    assert main(["check", "--engine", "local", "--case", str(lake)]) == exits.NOTHING
    assert capsys.readouterr().out == "fine: nothing is in it\n"
