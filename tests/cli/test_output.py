"""Where a report is written: whole or not at all, and never over what it was made from."""

from __future__ import annotations

import json
import os
from typing import TYPE_CHECKING

import pytest

from claims.cli import exits
from claims.cli.main import main
from claims.model.errors import BadRequest
from claims.write import atomic

if TYPE_CHECKING:
    from pathlib import Path

ENDINGS = [("report.md", "# "), ("report.json", "{"), ("report.csv", ""), ("report.txt", "")]


@pytest.mark.parametrize(("name", "start"), ENDINGS)
def test_the_ending_decides_the_format(name: str, start: str, example: Path, tmp_path: Path) -> None:
    target = tmp_path / name
    assert main(["report", "--case", str(example), "-o", str(target)]) == exits.FINE
    text = target.read_text("utf-8")
    assert text.startswith(start)
    assert "\x1b" not in text
    if name.endswith(".json"):
        assert json.loads(text)["schema"] == "claims/report/1"


def test_the_option_comes_before_the_ending(example: Path, tmp_path: Path) -> None:
    target = tmp_path / "report.txt"
    assert main(["report", "--case", str(example), "-o", str(target), "--format", "json"]) == exits.FINE
    assert json.loads(target.read_text("utf-8"))["case"] == "tern-harbour"


INPUTS = ["case.yaml", "reports.yaml", "texts/lantern-2024-03-05.txt"]


@pytest.mark.parametrize("name", INPUTS)
def test_the_files_of_the_case_are_spared(name: str, example: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = (example / name).read_bytes()
    assert main(["report", "--case", str(example), "-o", str(example / name)]) == exits.WRONG_USE
    assert "belongs to the case: --force replaces it" in capsys.readouterr().err
    assert (example / name).read_bytes() == before


def test_a_report_does_not_become_a_part_of_the_case(example: Path) -> None:
    assert main(["report", "--case", str(example), "-o", str(example / "new.yaml")]) == exits.WRONG_USE
    assert not (example / "new.yaml").exists()


def test_a_policy_file_is_spared(example: Path, tmp_path: Path) -> None:
    policy = tmp_path / "strict.yaml"
    policy.write_text("disputed_share: 0.1\n")
    assert main(["report", "--case", str(example), "--policy", str(policy), "-o", str(policy)]) == exits.WRONG_USE
    assert policy.read_text() == "disputed_share: 0.1\n"


def test_a_link_is_not_written_through_unless_forced(example: Path, tmp_path: Path) -> None:
    target, link = tmp_path / "real.md", tmp_path / "link.md"
    target.write_text("before")
    link.symlink_to(target)
    command = ["report", "--case", str(example), "-o", str(link)]
    assert main(command) == exits.WRONG_USE
    assert target.read_text() == "before"
    assert main([*command, "--force"]) == exits.FINE
    assert link.is_symlink()
    assert target.read_text("utf-8").startswith("# ")


def test_a_folder_is_no_file(example: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["report", "--case", str(example), "-o", str(tmp_path)]) == exits.WRONG_USE
    assert "is a folder; name a file" in capsys.readouterr().err


def test_a_dash_is_the_output(example: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["report", "--case", str(example), "-o", "-", "--format", "json"]) == exits.FINE
    assert json.loads(capsys.readouterr().out)["schema"] == "claims/report/1"


def test_a_device_is_written_to_and_not_replaced(example: Path) -> None:
    assert main(["report", "--case", str(example), "-o", os.devnull]) == exits.FINE
    assert not os.path.isfile(os.devnull)  # noqa: PTH113 - a device


def test_what_fails_half_way_leaves_the_old_file_and_no_other(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    target = tmp_path / "report.md"
    target.write_text("before")

    def fails(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", fails)
    with pytest.raises(BadRequest, match="cannot be written: no space left on device"):
        atomic.write_text(target, "after")
    assert [path.name for path in tmp_path.iterdir()] == ["report.md"]
    assert target.read_text() == "before"


def test_permissions_stay_as_they_are(tmp_path: Path) -> None:
    target = tmp_path / "report.md"
    target.write_text("before")
    target.chmod(0o640)
    atomic.write_text(target, "after")
    assert target.stat().st_mode & 0o777 == 0o640
