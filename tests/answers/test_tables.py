"""Tables on disk: what is wrong with them is told row by row, and what is written can be read."""

from __future__ import annotations

import gzip
import os
from typing import TYPE_CHECKING

import pandas as pd
import pytest

from claims import BadRequest, TableProblems, fuse
from claims.answers.checks import COLUMNS
from claims.answers.codes import CODES
from claims.answers.tables import read_table, write_table

if TYPE_CHECKING:
    from pathlib import Path

    from claims import Fusion

HEAD = "source,object,value\n"
WRONG = [
    ("a,x,\n", ["2 no-value there is no value in this row"]),
    (",x,1\n", ["2 no-value there is no source in this row"]),
    ("a,,\n", ["2 no-value there is no object in this row", "2 no-value there is no value in this row"]),
    ("a,x,NaN\n", ["2 no-value there is no value in this row"]),
    ("a,x\n", ["2 no-value there is no value in this row"]),
    ("\n  \na,x,\n", ["4 no-value there is no value in this row"]),
    ('"a\nb",x,1\nc,x,\n', ["4 no-value there is no value in this row"]),
    ("a,x,1,2\n", ["2 odd-row this row has 4 fields, not 3"]),
    ("a,x,1\nb,x,1,2\nc,x,1,2,3\n", ["3 odd-row this row has 4 fields, not 3",
                                     "4 odd-row this row has 5 fields, not 3"]),
    ("a,x,1\na,x,2\n", ["3 two-answers 'a' says '2' of 'x', and '1' before"]),
    ("a,x,1\n,x,1\na,x,2\n", ["3 no-value there is no source in this row",
                              "4 two-answers 'a' says '2' of 'x', and '1' before"]),
]  # fmt: skip


def said(caught: pytest.ExceptionInfo[TableProblems]) -> list[str]:
    return [f"{problem.line} {problem.code} {problem.message}" for problem in caught.value.problems]


def fused(path: Path) -> Fusion:
    frame, origin = read_table(path, COLUMNS)
    return fuse(frame, origin=origin)


@pytest.mark.parametrize(("text", "expected"), WRONG, ids=[repr(text) for text, _ in WRONG])
def test_what_is_wrong_is_told_with_its_line(text: str, expected: list[str], tmp_path: Path) -> None:
    path = tmp_path / "answers.csv"
    path.write_text(HEAD + text)
    with pytest.raises(TableProblems) as caught:
        fused(path)
    assert said(caught) == expected
    assert {problem.code for problem in caught.value.problems} <= set(CODES)
    assert {problem.file for problem in caught.value.problems} == {str(path)}


def test_a_contradiction_names_the_row_that_it_contradicts(tmp_path: Path) -> None:
    path = tmp_path / "answers.csv"
    path.write_text(HEAD + "a,x,1\nb,x,1\na,x,2\n")
    with pytest.raises(TableProblems) as caught:
        fused(path)
    (problem,) = caught.value.problems
    assert [place.line for place in problem.also] == [2]


def test_fifty_problems_are_told_and_all_are_counted() -> None:
    rows = [("a", f"o{n}", "") for n in range(70)] + [("b", "o", str(n)) for n in range(11)]
    with pytest.raises(TableProblems) as caught:
        fuse(pd.DataFrame(rows, columns=list(COLUMNS)))
    assert len(caught.value.problems) == 50
    assert caught.value.counts == {"no-value": 70, "two-answers": 10}
    assert str(caught.value) == "the table has 80 errors: 70 no-value, 10 two-answers; here are the first 50"


def test_figures_that_are_none_are_told() -> None:
    rows = [("a", "x", "1"), ("b", "x", "two"), ("c", "x", "inf"), ("d", "x", "1e3")]
    with pytest.raises(TableProblems) as caught:
        fuse(pd.DataFrame(rows, columns=list(COLUMNS)), numeric=True)
    assert said(caught) == [
        "1 not-a-figure 'two' is not a finite number",
        "2 not-a-figure 'inf' is not a finite number",
    ]


def test_an_answer_that_stands_twice_counts_once_and_is_said() -> None:
    rows = [("a", "x", "1"), ("b", "x", "2"), ("a", "x", "1")]
    once, twice = (fuse(pd.DataFrame(part, columns=list(COLUMNS))) for part in (rows[:2], rows))
    pd.testing.assert_frame_equal(once.candidates, twice.candidates)
    assert "1 answer stands twice, word for word, and counts once" in twice.notes


@pytest.mark.parametrize("missing", [None, float("nan"), ""])
def test_a_frame_is_checked_as_a_file_is(missing: object) -> None:
    with pytest.raises(TableProblems) as caught:
        fuse(pd.DataFrame({"source": ["a", missing], "object": ["x", "x"], "value": ["1", "2"]}))
    assert said(caught) == ["1 no-value there is no source in this row"]


@pytest.mark.parametrize("name", ["t.csv", "t.tsv", "t.csv.gz", "t.tsv.gz"])
def test_what_is_written_can_be_read(name: str, tmp_path: Path) -> None:
    frame = pd.DataFrame({"source": ["a,b", '"', "é\n"], "object": ["=x", "\t", "z"], "value": ["1", "01", "1.0"]})
    path = tmp_path / name
    path.write_bytes(write_table(frame, path))
    read, _ = read_table(path, COLUMNS)
    assert read.astype(str).to_numpy().tolist() == frame.to_numpy().tolist()
    assert write_table(frame, path) == path.read_bytes()


def test_parquet_is_read_and_written_where_pyarrow_is(tmp_path: Path) -> None:
    pytest.importorskip("pyarrow")
    frame = pd.DataFrame({"source": ["a", "b"], "object": [1, 1], "value": ["x", "y"], "other": [1, 2]})
    path = tmp_path / "t.parquet"
    path.write_bytes(write_table(frame, path))
    read, origin = read_table(path, COLUMNS)
    assert list(read.columns) == list(COLUMNS)
    assert origin.lines([0, 5]) == [1, 6]
    assert len(fuse(read).outcome) == 2
    (tmp_path / "bad.parquet").write_bytes(b"nothing of the kind")
    with pytest.raises(BadRequest, match="is not a Parquet file"):
        read_table(tmp_path / "bad.parquet", COLUMNS)


UNREADABLE = [
    ("t.txt", b"", "is not the name of a table: tables end in .csv"),
    ("t.csv", HEAD.encode() + b"a,x,\xff\n", "cannot be read as a table"),
    ("t.csv", HEAD.encode() + b"a,x,1\nb,\xff,1\n", r"line 3: the file is not UTF-8: byte 28 \(0xff\) does not belong"),
    ("t.csv", b"source,object,value,value\na,x,1,2\n", "has two columns called value: keep one of the two"),
    ("t.csv", b"source;object;value\na;x;1\n", "the cells are separated by ';': in CSV, cells are separated by commas"),
    ("t.csv", HEAD.encode() + b'a,x,"1\n', "a quotation mark may lack its end"),
    ("t.csv.gz", b"not gzip at all", "cannot be read"),
    ("t.csv.gz", gzip.compress(HEAD.encode())[:-9], "cannot be read as a table"),
]


@pytest.mark.parametrize(("name", "data", "message"), UNREADABLE, ids=[f"{n}: {m}" for n, _, m in UNREADABLE])
def test_what_is_no_table_is_said_in_a_line(name: str, data: bytes, message: str, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(data)
    with pytest.raises(BadRequest, match=message):
        read_table(tmp_path / name, COLUMNS)


def test_of_two_columns_of_parquet_with_one_name_none_is_chosen(tmp_path: Path) -> None:
    pa = pytest.importorskip("pyarrow")
    from pyarrow import parquet  # noqa: PLC0415 - it may be missing

    table = pa.table([["a"], ["x"], ["1"], ["2"]], names=["source", "object", "value", "value"])
    parquet.write_table(table, tmp_path / "t.parquet")
    with pytest.raises(BadRequest, match="has two columns called value"):
        read_table(tmp_path / "t.parquet", COLUMNS)


def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "t.csv")
    with pytest.raises(BadRequest, match="is a pipe, not a file"):
        read_table(tmp_path / "t.csv", COLUMNS)


@pytest.mark.parametrize("data", [b"", b"\xef\xbb\xbfsource,object,value\n", b"source,object,value"])
def test_a_table_without_rows_has_no_answers(data: bytes, tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    path.write_bytes(data)
    frame, origin = read_table(path, COLUMNS)
    if data:
        assert fuse(frame, origin=origin).outcome.empty
    else:
        with pytest.raises(BadRequest, match="its columns are none"):
            fuse(frame, origin=origin)
