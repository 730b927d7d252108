"""`claims audit`, as a person uses it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from claims.cli import exits
from claims.cli.main import main

if TYPE_CHECKING:
    from pathlib import Path

WRONG = [
    (["audit", "nonsense"], "no claim is called 'nonsense'"),
    (["audit", "--why", "x"], "--why is about one claim"),
    (["audit", "--without", "quill"], "--without is about one claim"),
    (["audit", "--format", "json"], "--format json is about one claim"),
    (["audit", "-o", "x.json"], "--format json is about one claim"),
    (["audit", "x", "--as-of", "yesterday"], "--as-of: 'yesterday' is not a date"),
    (["audit", "x", "--format", "csv"], "--format"),
]


@pytest.mark.parametrize(("args", "said"), WRONG, ids=[" ".join(args) for args, _ in WRONG])
def test_wrong_use_says_the_way_out(
    args: list[str], said: str, example: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(example)
    assert main(args) == exits.WRONG_USE
    captured = capsys.readouterr()
    assert said in captured.err
    assert captured.out == ""


def claim_ids(capsys: pytest.CaptureFixture[str]) -> list[str]:
    assert main(["completion", "ids", "claim"]) == exits.FINE
    return capsys.readouterr().out.split()


def test_without_a_claim_those_there_are_are_listed(
    example: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(example)
    ids = claim_ids(capsys)
    assert main(["audit"]) == exits.FINE
    shown = capsys.readouterr().out
    assert len(ids) == 4
    assert all(one in shown for one in ids)


def test_every_claim_of_the_example_is_audited_in_every_format(
    example: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(example)
    for one in claim_ids(capsys):
        for format_, start in (("rich", ""), ("markdown", "# "), ("json", "{")):
            assert main(["audit", one, "--format", format_]) == exits.FINE
            assert capsys.readouterr().out.startswith(start)


def test_the_ending_of_the_file_decides_the_format(example: Path, tmp_path: Path) -> None:
    target = tmp_path / "audit.json"
    claim = json.loads(_json(example, tmp_path / "report.json"))["claims"][0]["id"]
    assert main(["audit", claim, "--case", str(example), "-o", str(target)]) == exits.FINE
    data = json.loads(target.read_text("utf-8"))
    assert (data["schema"], data["claim"]["id"]) == ("claims/audit/1", claim)


def _json(example: Path, target: Path) -> str:
    assert main(["report", "--case", str(example), "-o", str(target)]) == exits.FINE
    return target.read_text("utf-8")


def test_a_file_of_the_case_is_spared(example: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = example / "reports.yaml"
    before = path.read_bytes()
    assert main(["audit", "--case", str(example), "-o", str(path)]) == exits.WRONG_USE
    assert "belongs to the case" in capsys.readouterr().err
    assert path.read_bytes() == before


def test_a_case_without_claims_has_nothing_to_audit(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "case.yaml").write_text("case: empty\ntitle: Nothing yet\n")
    assert main(["audit", "--case", str(tmp_path), "-q"]) == exits.NOTHING
    assert "the case has no claims" in capsys.readouterr().err


def test_a_case_with_errors_is_not_audited(example: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = example / "reports.yaml"
    path.write_text(path.read_text("utf-8").replace("basis: record", "bases: record", 1))
    assert main(["audit", "--case", str(example)]) == exits.FOUND
    assert "unknown-key" in capsys.readouterr().err
