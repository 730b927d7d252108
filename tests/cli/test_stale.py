"""`claims stale`, as a person runs it."""

from __future__ import annotations

import datetime as dt
import json
from typing import TYPE_CHECKING

import pytest

from claims.cli import exits, stale
from claims.cli.main import main
from claims.model.staleness import STALE_KINDS
from tests.cli.running import claims

if TYPE_CHECKING:
    from pathlib import Path

WRONG = [
    (["--kind", "undate"], "--kind: no kind is called 'undate'; did you mean 'undated'?"),
    (["--limit", "-1"], "--limit"),
    (["--limit", "few"], "'few' is not a number from 0"),
    (["--older-than", "long"], "--older-than: 'long' is not a span of time; one is written like 90d, 6m or 1y"),
    (["--today", "2015-02-30"], "--today: there is no day"),
]


@pytest.mark.parametrize(("args", "said"), WRONG, ids=[" ".join(args) for args, _ in WRONG])
def test_wrong_use_says_the_way_out(
    args: list[str], said: str, example: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["stale", *args, "--case", str(example)]) == exits.WRONG_USE
    captured = capsys.readouterr()
    assert said in captured.err
    assert captured.out == ""


def shown(example: Path, capsys: pytest.CaptureFixture[str], *args: str) -> str:
    assert main(["stale", "-q", "--case", str(example), *args]) == exits.FINE
    return capsys.readouterr().out


def test_the_day_is_that_of_the_machine_unless_given(example: Path, capsys: pytest.CaptureFixture[str]) -> None:
    data = json.loads(shown(example, capsys, "--format", "json"))
    machine = dt.datetime.now(dt.UTC).astimezone().date()
    assert abs(dt.date.fromisoformat(data["today"]) - machine) <= dt.timedelta(days=1)
    data = json.loads(shown(example, capsys, "--format", "json", "--today", "2024-06", "--older-than", "2m"))
    assert (data["today"], data["read_before"]) == ("2024-06-30", "2024-04-30")
    assert "as of 2024-06-30" in shown(example, capsys, "--today", "2024-06-30")


def test_a_limit_holds_for_each_kind_and_nought_is_all(example: Path, capsys: pytest.CaptureFixture[str]) -> None:
    def looks(*args: str) -> list[dict[str, str]]:
        found: list[dict[str, str]] = json.loads(shown(example, capsys, "--format", "json", *args))["looks"]
        return found

    everything = looks()
    assert looks("--limit", "0") == everything
    one = looks("--limit", "1", "--kind", "not-archived")
    assert [look["kind"] for look in one] == ["not-archived"]
    assert len(looks("--kind", "not-archived")) > 1


@pytest.mark.parametrize("command", ["stale", "sources", "speakers"])
def test_the_same_input_gives_the_same_bytes(command: str, example: Path) -> None:
    day = ["--today", "2024-06-01"] if command == "stale" else []
    for format_ in ("rich", "markdown", "json"):
        args = [command, "--case", str(example), "--format", format_, *day]
        shown = {claims(*args, env={"PYTHONHASHSEED": seed}).stdout for seed in ("1", "2")}
        assert len(shown) == 1
        assert shown != {""}


def test_the_kinds_are_those_of_the_library() -> None:
    assert stale.KIND_WORDS == STALE_KINDS
