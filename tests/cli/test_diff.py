"""`claims diff`: what each argument is taken as, what is told, and how it ends."""

from __future__ import annotations

import json
import shutil
from typing import TYPE_CHECKING

import jsonschema
import pytest

from claims.cli import exits
from claims.cli.main import main
from claims.present.diff_json import diff_schema
from tests.read.test_revision import git

if TYPE_CHECKING:
    from pathlib import Path

RECORD = "    basis: witnessed\n"
"""How the witness of the crane knows: what a test makes an analysis of."""


@pytest.fixture
def kept(example: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The example case in a repository of its own, committed; we stand in it."""
    git(example, "init", "-q")
    git(example, "add", ".")
    git(example, "commit", "-q", "-m", "one")
    monkeypatch.chdir(example)
    return example


def weaken(case: Path) -> None:
    path = case / "reports.yaml"
    text = path.read_text("utf-8")
    assert RECORD in text
    path.write_text(text.replace(RECORD, "    basis: analysis\n", 1), "utf-8")


def test_one_revision_is_compared_with_what_is_not_yet_committed(
    kept: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["diff", "HEAD"]) == exits.FINE
    assert "Nothing differs." in capsys.readouterr().out
    weaken(kept)
    assert main(["diff", "HEAD", "--fail-on-change"]) == exits.FOUND
    captured = capsys.readouterr()
    assert "✔ corroborated" in captured.out
    assert "changed: basis witnessed → analysis" in captured.out
    commit = git(kept, "rev-parse", "--short", "HEAD")
    assert captured.err == f"claims: from HEAD ({commit}) (a revision) to the case as it stands (now)\n"


def test_two_revisions_two_folders_and_two_days_are_told_as_such(
    kept: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    shutil.copytree(kept, kept.parent / "old", ignore=shutil.ignore_patterns(".git"))
    weaken(kept)
    git(kept, "commit", "-q", "-a", "-m", "two")
    seen = []
    for before, after in (("HEAD~1", "HEAD"), ("../old", "."), ("../old/case.yaml", "HEAD")):
        assert main(["diff", before, after, "--format", "json"]) == exits.FINE
        data = json.loads(capsys.readouterr().out)
        jsonschema.validate(data, diff_schema(), jsonschema.Draft202012Validator)
        seen.append((data["changes"], data["entries"]))
    assert seen[0] == seen[1] == seen[2]
    assert [cause["changed"] for change in seen[0][0] for cause in change["causes"]]
    assert main(["diff", "2024-03-04", "2024-03-05"]) == exits.FINE
    captured = capsys.readouterr()
    assert captured.err == "claims: from 2024-03-04 (a day) to 2024-03-05 (a day)\n"
    assert "appeared" in captured.out


def test_problems_of_a_revision_name_the_revision_and_the_file(kept: Path, capsys: pytest.CaptureFixture[str]) -> None:
    good = (kept / "reports.yaml").read_text("utf-8")
    (kept / "reports.yaml").write_text(good.replace("source: coast-wire", "source: coastwire", 1), "utf-8")
    git(kept, "commit", "-q", "-a", "-m", "broken")
    (kept / "reports.yaml").write_text(good, "utf-8")
    assert main(["diff", "HEAD"]) == exits.FOUND
    captured = capsys.readouterr()
    assert captured.err.startswith("HEAD:reports.yaml:7:13: unknown-source: ")
    assert captured.out == ""


WRONG_USE = [
    (["diff"], "required: BEFORE"),
    (["diff", "2024-03-06", "2024-03-04"], "2024-03-06 is later than 2024-03-04: give the earlier day first"),
    (["diff", "nowhere"], "nowhere is no day, no case folder and no revision in git"),
    (["diff", "HEAD", "--verdict", "corroborate"], "did you mean 'corroborated'"),
    (["diff", "HEAD", "-o", "case.yaml"], "case.yaml"),
]


@pytest.mark.parametrize(("args", "said"), WRONG_USE, ids=[" ".join(args) for args, _ in WRONG_USE])
def test_wrong_use_exits_with_2_and_says_the_way_out(
    args: list[str], said: str, kept: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = (kept / "case.yaml").read_bytes()
    assert main(args) == exits.WRONG_USE
    captured = capsys.readouterr()
    assert said in captured.err
    assert captured.out == ""
    assert (kept / "case.yaml").read_bytes() == before


def test_a_verdict_that_neither_state_has_leaves_nothing_to_show(
    kept: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    weaken(kept)
    assert main(["diff", "HEAD", "-q", "--verdict", "not-checkable", "--fail-on-change"]) == exits.FINE
    assert "0 verdicts changed" in capsys.readouterr().out
    assert main(["diff", "HEAD", "-q", "--verdict", "corroborated", "--fail-on-change"]) == exits.FOUND


def test_a_file_gets_the_format_of_its_ending(kept: Path, capsys: pytest.CaptureFixture[str]) -> None:
    weaken(kept)
    for name, begin in (("changes.md", "# "), ("changes.json", "{\n"), ("changes.txt", "The crane")):
        assert main(["diff", "HEAD", "-q", "-o", name]) == exits.FINE
        assert (kept / name).read_text("utf-8").startswith(begin)
    assert capsys.readouterr().out == ""
