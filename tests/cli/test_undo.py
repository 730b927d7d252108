"""`claims undo`: what it says, and the number it exits with."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from claims.cli import exits
from claims.cli.main import main
from claims.write.layout import Insert, edited
from claims.write.transaction import commit

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def changed(example: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The example with a claim more, to stand in."""
    before = (example / "claims.yaml").read_bytes()
    after = edited(before, [Insert("claims", {"id": "rain", "text": "It rained"})])
    commit(example, {"claims.yaml": before}, {"claims.yaml": after}, "add claim rain")
    monkeypatch.chdir(example)
    return example


def test_the_last_change_is_taken_back_and_named(changed: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["undo"]) == exits.FINE
    assert re.fullmatch(
        r"taken back: add claim rain \(\d{4}-\d\d-\d\d \d\d:\d\d UTC\)\n  claims\.yaml\n", capsys.readouterr().out
    )
    assert "rain" not in (changed / "claims.yaml").read_text("utf-8")
    assert main(["undo"]) == exits.WRONG_USE
    assert "can be taken back" in capsys.readouterr().err


@pytest.mark.parametrize("option", ["--dry-run", "--list"])
def test_to_look_changes_nothing(option: str, changed: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = (changed / "claims.yaml").read_bytes()
    assert main(["undo", option]) == exits.FINE
    assert "add claim rain" in capsys.readouterr().out
    assert (changed / "claims.yaml").read_bytes() == before


def test_a_file_that_changed_since_is_named(changed: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (changed / "claims.yaml").write_text("# mine\n")
    for args in (["undo"], ["undo", "--dry-run"]):
        assert main(args) == exits.WRONG_USE
        assert "claims.yaml has changed since 'add claim rain': nothing was taken back" in capsys.readouterr().err


def test_with_nothing_to_take_back_nothing_is_written(
    example: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(example)
    before = sorted(example.rglob("*"))
    assert main(["undo", "--list"]) == exits.NOTHING
    assert main(["undo"]) == exits.WRONG_USE
    assert capsys.readouterr().out == ""
    assert sorted(example.rglob("*")) == before


def test_the_case_that_ships_is_not_changed(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert here.is_dir()
    assert main(["undo"]) == exits.WRONG_USE
    assert "no case here" in capsys.readouterr().err
