"""`claims reliability`, as a person runs it."""

from __future__ import annotations

import csv
import io
import json
from typing import TYPE_CHECKING

import pytest

from claims.cli import exits, reliability
from claims.cli.main import main
from claims.reliability.sources import RELIABILITY_SORTS

if TYPE_CHECKING:
    from pathlib import Path

WRONG = [
    (["coastwire"], "no source is called 'coastwire'; did you mean 'coast-wire'?"),
    (["--party", "nobody"], "no party is called 'nobody'"),
    (["--grade", "Z"], "no grade is called 'Z'"),
    (["--as-of", "never"], "--as-of: 'never' is not a date"),
    (["--sort", "score"], "--sort"),
    (["--format", "xml"], "--format"),
]


@pytest.mark.parametrize(("args", "said"), WRONG, ids=[" ".join(args) for args, _ in WRONG])
def test_wrong_use_says_the_way_out(
    args: list[str], said: str, example: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["reliability", *args, "--case", str(example)]) == exits.WRONG_USE
    captured = capsys.readouterr()
    assert said in captured.err
    assert captured.out == ""


def test_the_formats_tell_of_the_same_sources(example: Path, capsys: pytest.CaptureFixture[str]) -> None:
    shown = {}
    for format_ in ("json", "csv", "rich", "markdown"):
        assert main(["reliability", "-q", "--case", str(example), "--format", format_]) == exits.FINE
        shown[format_] = capsys.readouterr().out
    data = json.loads(shown["json"])
    assert data["schema"] == "claims/reliability/1"
    rows = list(csv.DictReader(io.StringIO(shown["csv"], newline="")))
    assert [row["id"] for row in rows] == [one["id"] for one in data["sources"]]
    for row, one in zip(rows, data["sources"], strict=True):
        assert float(row["reliability"]) == one["reliability"]
        assert int(row["agrees"]) == one["counts"]["agrees"]
        if one["standing"] != "nothing":
            assert one["name"] in shown["rich"]


def test_an_id_gives_a_card_and_none_a_table(example: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(["reliability", "-q", "--case", str(example)])
    assert "Data say:" not in capsys.readouterr().out.split("How to read this")[0]
    main(["reliability", "-q", "--case", str(example), "coast-wire"])
    assert "Data say:" in capsys.readouterr().out.split("How to read this")[0]


def test_no_file_of_the_case_is_touched(example: Path) -> None:
    before = {path: path.read_bytes() for path in example.rglob("*") if path.is_file()}
    main(["reliability", "-q", "--case", str(example)])
    assert {path: path.read_bytes() for path in example.rglob("*") if path.is_file()} == before


def test_nothing_that_matches_is_3(example: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["reliability", "-q", "--case", str(example), "--grade", "A"]) == exits.NOTHING
    captured = capsys.readouterr()
    assert "claims: no source matches" in captured.err
    assert "No source matches." in captured.out


def test_it_is_written_where_it_is_asked_for(example: Path, tmp_path: Path) -> None:
    target = tmp_path / "learned.json"
    assert main(["reliability", "-q", "--case", str(example), "-o", str(target)]) == exits.FINE
    assert json.loads(target.read_text("utf-8"))["schema"] == "claims/reliability/1"


def test_the_orders_are_those_of_the_library() -> None:
    assert reliability.SORT_WORDS == RELIABILITY_SORTS


TABLES = {
    "sources": "id,name,reliability\na,A,B\nb,B,F\n",
    "documents": "id,source\nd1,a\nd2,b\n",
    "claims": "id,text\nc1,One\nc2,Two\n",
    "findings": "claim,document,stance,basis\nc1,d1,supports,witnessed\nc1,d2,supports,witnessed\n",
}


@pytest.fixture
def tables(tmp_path: Path) -> Path:
    """Tables that are a case, and a collection."""
    pytest.importorskip("pyarrow")
    folder = tmp_path / "tables"
    folder.mkdir()
    (folder / "case.yaml").write_text("case: small\ntitle: Small\n")
    for name, text in TABLES.items():
        (folder / f"{name}.csv").write_text(text)
    return folder


@pytest.mark.parametrize("format_", ["json", "csv", "rich", "markdown"])
def test_tables_gone_through_on_disk_tell_what_the_case_tells(
    format_: str, tables: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    shown = []
    for engine in ([], ["--engine", "local"]):
        assert main(["reliability", "-q", "--case", str(tables), "--format", format_, *engine]) == exits.FINE
        shown.append(capsys.readouterr().out)
    assert "B" in shown[0]
    assert shown[0] == shown[1]


def test_of_tables_a_card_has_no_answers_and_nothing_is_left_behind(
    tables: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    asked = ["reliability", "b", "-q", "--case", str(tables), "--engine", "local", "-o", str(tmp_path / "b.json")]
    assert main(asked) == exits.FINE
    (found,) = json.loads((tmp_path / "b.json").read_text())["sources"]
    assert (found["id"], found["counts"]["agrees"], found["answers"]) == ("b", 1, None)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["b.json", "tables"]
    assert capsys.readouterr().out == ""


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (["c"], "no source is called 'c'"),
        (["--party", "nobody"], "no party is called 'nobody'"),
        (["--master", "local"], "--master is for --engine spark"),
    ],
    ids=["an id", "a party", "a master"],
)
def test_wrong_use_of_tables_says_the_way_out(
    args: list[str], said: str, tables: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["reliability", *args, "--engine", "local", "--case", str(tables)]) == exits.WRONG_USE
    assert said in capsys.readouterr().err


def test_errors_of_tables_are_told_at_their_rows(tables: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tables / "findings.csv").write_text("claim,document,stance\nc9,d1,agrees\n")
    assert main(["reliability", "--engine", "local", "--case", str(tables)]) == exits.FOUND
    captured = capsys.readouterr()
    assert "findings.csv" in captured.err
    assert captured.out == ""


def test_tables_without_sources_say_so(tables: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for name in ("documents", "findings", "sources"):
        (tables / f"{name}.csv").unlink()
    assert main(["reliability", "--engine", "local", "--case", str(tables)]) == exits.NOTHING
    assert "the case has no sources" in capsys.readouterr().err
