"""`claims fuse`, run as a person runs it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd
import pytest

from claims.cli import exits
from claims.cli.main import main

if TYPE_CHECKING:
    from pathlib import Path

ANSWERS = "source,object,value\nbbc,sky,blue\nreuters,sky,blue\nblog,sky,green\n"


@pytest.fixture
def answers(here: Path) -> Path:
    """A table to fuse, in the folder where one stands."""
    (here / "answers.csv").write_text(ANSWERS)
    return here


@pytest.mark.usefixtures("answers")
def test_it_prints_what_holds_and_says_how_it_was_found(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["fuse", "answers.csv"]) == exits.FINE
    captured = capsys.readouterr()
    head, row = captured.out.splitlines()
    assert head == "object,value,probability,tied"
    assert row.startswith("sky,blue,0.")
    assert "claims: method: open values: " in captured.err
    assert "claims: the search ended after " in captured.err


def test_it_writes_two_tables(answers: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["fuse", "answers.csv", "-o", "holds.csv", "--sources", "sources.tsv", "--all", "-q"]) == exits.FINE
    assert capsys.readouterr() == ("", "")
    holds = pd.read_csv(answers / "holds.csv")
    assert holds[["object", "value"]].to_numpy().tolist() == [["sky", "blue"], ["sky", "green"]]
    sources = pd.read_csv(answers / "sources.tsv", sep="\t")
    assert list(sources.columns) == ["source", "reliability", "low", "high", "answers", "copies"]
    assert sources["source"].tolist() == ["bbc", "blog", "reuters"]


def test_grades_owners_and_policy_are_heard(answers: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (answers / "grades.csv").write_text("source,grade\nblog,A\nbbc,E\nreuters,e\n")
    (answers / "owners.csv").write_text("source,owner\nbbc,reuters\n")
    for given, value in (([], "blue"), (["--grades", "grades.csv", "--owners", "owners.csv"], "green")):
        assert main(["fuse", "answers.csv", "-q", *given]) == exits.FINE
        assert capsys.readouterr().out.splitlines()[1].startswith(f"sky,{value},")
    (answers / "even.yaml").write_text("probability:\n" + "".join(
        f"  {letter}: {{2: 0.9, 3: 0.9, 4: 0.5, 5: 0.5}}\n" for letter in "ABCDE"
    ))  # fmt: skip
    assert main(["fuse", "answers.csv", "-q", "--grades", "grades.csv", "--policy", "even.yaml"]) == exits.FINE
    assert capsys.readouterr().out.splitlines()[1].startswith("sky,blue,")


def test_a_bad_table_is_told_line_by_line(answers: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (answers / "answers.csv").write_text(ANSWERS + "bbc,sky,\nbbc,sky,red\n")
    assert main(["fuse", "answers.csv", "-o", "holds.csv"]) == exits.FOUND
    captured = capsys.readouterr()
    assert captured.out == ""
    assert captured.err.splitlines()[0] == "answers.csv:5:1: no-value: there is no value in this row"
    assert "answers.csv:6:1: two-answers: 'bbc' says 'red' of 'sky', and 'blue' before" in captured.err
    assert captured.err.splitlines()[-1] == "claims: the table has 2 errors: 1 no-value, 1 two-answers"
    assert not (answers / "holds.csv").exists()


@pytest.mark.usefixtures("answers")
@pytest.mark.parametrize(("args", "said"), [
    (["nowhere.csv"], "there is no file nowhere.csv"),
    (["answers.csv", "-o", "answers.csv"], "answers.csv is read here; name another file"),
    (["answers.csv", "-o", "holds.docx"], "holds.docx is not the name of a table"),
    (["answers.csv", "--sources", "no/where.csv"], "there is no folder"),
    (["answers.csv", "--tolerance", "wide"], "'wide' is not a number from 0 on"),
    (["answers.csv", "--grades", "answers.csv"], "answers.csv has no column grade"),
    (["answers.csv", "--owners", "answers.csv"], "has neither a column owner nor a column relies_on"),
])  # fmt: skip
def test_wrong_use_is_said_in_a_line(args: list[str], said: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["fuse", *args]) == exits.WRONG_USE
    captured = capsys.readouterr()
    assert said in captured.err
    assert captured.out == ""


def test_an_empty_table_is_nothing_to_show(answers: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (answers / "answers.csv").write_text("source,object,value\n")
    assert main(["fuse", "answers.csv"]) == exits.NOTHING
    assert "claims: there are no answers" in capsys.readouterr().err
