"""`claims sources` and `claims speakers`, as a person runs them."""

from __future__ import annotations

import csv
import io
import json
from typing import TYPE_CHECKING

import pytest

from claims.cli import exits, sources, speakers
from claims.cli.main import main
from claims.track.sources import SOURCE_SORTS
from claims.track.speakers import SPEAKER_SORTS

if TYPE_CHECKING:
    from pathlib import Path

WRONG = [
    (["sources", "coastwire"], "no source is called 'coastwire'; did you mean 'coast-wire'?"),
    (["sources", "--party", "nobody"], "no party is called 'nobody'"),
    (["sources", "--grade", "Z"], "no grade is called 'Z'"),
    (["sources", "--as-of", "never"], "--as-of: 'never' is not a date"),
    (["sources", "--sort", "score"], "--sort"),
    (["speakers", "quil"], "no speaker is called 'quil'; did you mean 'quill'?"),
    (["speakers", "--format", "xml"], "--format"),
]


@pytest.mark.parametrize(("args", "said"), WRONG, ids=[" ".join(args) for args, _ in WRONG])
def test_wrong_use_says_the_way_out(
    args: list[str], said: str, example: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([*args, "--case", str(example)]) == exits.WRONG_USE
    captured = capsys.readouterr()
    assert said in captured.err
    assert captured.out == ""


@pytest.mark.parametrize("command", ["sources", "speakers"])
def test_the_formats_tell_of_the_same_people(command: str, example: Path, capsys: pytest.CaptureFixture[str]) -> None:
    shown = {}
    for format_ in ("json", "csv", "rich", "markdown"):
        assert main([command, "-q", "--case", str(example), "--format", format_]) == exits.FINE
        shown[format_] = capsys.readouterr().out
    data = json.loads(shown["json"])
    assert data["schema"] == f"claims/{command}/1"
    ids = [one["id"] for one in data[command]]
    assert ids
    assert [row["id"] for row in csv.DictReader(io.StringIO(shown["csv"], newline=""))] == ids
    assert all(one["name"] in shown["rich"] for one in data[command])


def test_an_id_gives_a_card_and_none_a_table(example: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(["sources", "-q", "--case", str(example)])
    assert "Documents (" not in capsys.readouterr().out
    main(["sources", "-q", "--case", str(example), "coast-wire"])
    assert "Documents (" in capsys.readouterr().out


def test_nothing_that_matches_is_3(example: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["speakers", "-q", "--case", str(example), "--grade", "A"]) == exits.NOTHING
    captured = capsys.readouterr()
    assert "claims: no speaker matches" in captured.err
    assert "No speaker matches." in captured.out


def test_the_orders_are_those_of_the_library() -> None:
    assert sources.SORT_WORDS == SOURCE_SORTS
    assert speakers.SORT_WORDS == SPEAKER_SORTS
