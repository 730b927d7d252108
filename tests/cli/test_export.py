"""`claims export`, run as a person runs it: tables that are a case again, and what cannot be written."""

from __future__ import annotations

import json
from importlib.util import find_spec
from typing import TYPE_CHECKING

import pytest

from claims.cli import exits
from tests.cli.running import claims

if TYPE_CHECKING:
    from pathlib import Path

FORMS = ("csv", "jsonl", "parquet") if find_spec("pyarrow") else ("csv", "jsonl")


@pytest.mark.parametrize("form", FORMS)
def test_the_tables_of_a_case_give_the_same_report_but_for_the_digest(form: str, example: Path, tmp_path: Path) -> None:
    done = claims("export", "--case", str(example), "--tables", form, "-o", str(tmp_path / "t"))
    assert (done.returncode, done.stderr) == (exits.FINE, "")
    assert f"  findings.{form}\n" in done.stdout
    for command in (["report"], ["report", "--format", "json"], ["audit", "three-injured", "--format", "json"]):
        one, two = (claims(*command, "--case", str(case)) for case in (example, tmp_path / "t"))
        assert one.returncode == two.returncode == exits.FINE
        assert undigested(one.stdout, command) == undigested(two.stdout, command)
    assert claims("check", "--case", str(tmp_path / "t")).stdout == claims("check", "--case", str(example)).stdout


def undigested(text: str, command: list[str]) -> object:
    """What a command says, without the digest of the case and, in an audit, the places of its entries."""
    if "json" not in command:
        return [line.partition("sha256:")[0] for line in text.splitlines()]
    return _without(json.loads(text))


def _without(data: object) -> object:
    if isinstance(data, dict):
        return {
            key: _without(value)
            for key, value in data.items()
            if key not in ("digest", "place", "file", "line", "column")
        }
    return [_without(item) for item in data] if isinstance(data, list) else data


def test_a_mistake_in_a_table_is_told_with_its_row_and_the_name_of_its_column(example: Path, tmp_path: Path) -> None:
    claims("export", "--case", str(example), "--tables", "csv", "-o", str(tmp_path / "t"))
    table = tmp_path / "t" / "findings.csv"
    table.write_bytes(table.read_bytes().replace(b",supports,", b",suports,", 1))
    done = claims("check", "--case", str(tmp_path / "t"))
    assert done.returncode == exits.FOUND
    assert "findings.csv:2:stance: bad-value: 'suports' is no stance\n" in done.stdout
    (problem,) = json.loads(claims("check", "--format", "json", "--case", str(tmp_path / "t")).stdout)["problems"]
    assert (problem["line"], problem["key"]) == (2, "stance")


def test_what_is_added_to_a_case_of_tables_goes_into_yaml(example: Path, tmp_path: Path) -> None:
    case, new = tmp_path / "t", tmp_path / "new.yaml"
    claims("export", "--case", str(example), "--tables", "csv", "-o", str(case))
    before = {path.name: path.read_bytes() for path in case.glob("*.csv")}
    new.write_text(
        "claims: [{id: fog, text: Fog}]\nfindings: [{claim: fog, document: lantern-crane, stance: mentions}]\n"
    )
    done = claims("add", str(new), "--case", str(case), "--yes")
    assert done.returncode == exits.FINE, done.stderr
    assert "fog" in (case / "additions.yaml").read_text()
    assert {path.name: path.read_bytes() for path in case.glob("*.csv")} == before
    done = claims("remove", "coast-wire", "--with-references", "--case", str(case), "--yes")
    assert done.returncode == exits.WRONG_USE
    assert "sources.csv is a table: change it where it comes from" in done.stderr


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("-o", "t"), "--tables"),
        (("--tables", "csv"), "--output"),
        (("--tables", "xlsx", "-o", "t"), "csv"),
        (("--tables", "csv", "-o", "."), "is in the folder of the case"),
    ],
)
def test_wrong_use_is_told(words: tuple[str, ...], said: str, example: Path) -> None:
    done = claims("export", *words, cwd=example)
    assert done.returncode == exits.WRONG_USE
    assert said in done.stderr


def test_a_case_with_errors_is_not_exported(example: Path, tmp_path: Path) -> None:
    (example / "bad.yaml").write_text("claims: [{id: X}]")
    done = claims("export", "--case", str(example), "--tables", "csv", "-o", str(tmp_path / "t"))
    assert done.returncode == exits.FOUND
    assert not (tmp_path / "t").exists()


def test_a_report_is_not_written_over_a_table_of_its_case(example: Path) -> None:
    done = claims("report", "-o", "claims.csv", cwd=example)
    assert done.returncode == exits.WRONG_USE
    assert "belongs to the case" in done.stderr
