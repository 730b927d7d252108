"""Whatever cannot be read of a table is told of a collection as of a case: the same places, in the same words."""

from __future__ import annotations

import datetime as dt
import json
import os
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest

pytest.importorskip("pyarrow")

import pyarrow as pa
import pyarrow.parquet as pq

from claims.auditing.on_disk import taken_out as extracted
from claims.cli import exits
from claims.cli.main import main
from claims.collection import batches
from claims.collection.extract import case_about
from claims.collection.files import collection_at
from claims.collection.run import cut_into
from claims.collection.texts import stored_texts
from claims.model.errors import CaseProblems
from claims.read.case import read_case
from tests.read.folders import laid_out

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from claims.model.problem import Problem

Files = dict[str, "str | bytes"]

SOUND: Files = {
    "case.yaml": "case: test\n",
    "sources.csv": "id,name\ns,S\n",
    "documents.csv": "id,source\nd,s\ne,s\n",
    "claims.csv": "id,text\nc,It is so.\n",
    "findings.csv": "claim,document,stance\nc,d,supports\n",
}
DEEP = "[" * 60 + "]" * 60
UNREAD = {"not-utf8", "table-syntax", "uneven-row", "duplicate-key", "not-a-file", "outside-case", "unreadable"}
ODD: list[tuple[str, Files, set[str]]] = [
    ("UTF-16", {"findings.csv": "claim,document,stance\nc,d,supports\n".encode("utf-16")}, {"not-utf8"}),
    ("Latin-1 in the third line", {"claims.csv": "id,text\nc,It is so.\nb,caf\xe9\n".encode("latin-1")}, {"not-utf8"}),
    ("Latin-1 in a name", {"claims.csv": "id,t\xe9xt\nc,It is so.\n".encode("latin-1")}, {"not-utf8"}),
    ("Latin-1 in JSON Lines", {"claims-2.jsonl": b'{"id": "b", "text": "B"}\n{"id": "caf\xe9"}\n'}, {"not-utf8"}),
    ("a quotation mark that is never closed", {"findings.csv": 'claim,document,stance,note\nc,d,supports,"so\n'},
     {"table-syntax"}),
    ("one that joins two claims", {"claims.csv": 'id,text\nc,"It is so.\nb,It is not so.\n'}, {"table-syntax"}),
    ("two that join two claims", {"claims.csv": 'id,text\nc,"It is so.\nb,"It is not so.\n'}, {"table-syntax"}),
    ("quotation marks within a cell", {"claims.csv": 'id,text\nc,"He said "no" to it."\n'}, {"table-syntax"}),
    ("uneven rows between cells of several lines",
     {"findings.csv": 'claim,document,stance,note\nc,d,supports,"a\n\nb"\nc,d\n\nc,e,supports,x,y\n'}, {"uneven-row"}),
    ("semicolons", {"claims.csv": "id;text\nc;It is so.\n"}, {"table-syntax"}),
    ("two columns of one name", {"findings.csv": "claim,document,stance,stance\nc,d,supports,contradicts\n"},
     {"duplicate-key"}),
    ("two columns of one name, and a mistake", {"findings.csv": "stance,claim,document,stance\nbad,c,d,supports\n"},
     {"duplicate-key", "bad-value"}),
    ("a cell larger than most", {"claims.csv": f"id,text\nc,{'x' * 200_000}\nb,{'y' * 200_000}\n"}, {"bad-value"}),
    ("a cell larger than most beside a mistake",
     {"findings.csv": f"claim,document,stance,note\nc,d,supports,{'x' * 200_000}\nc,e,bad,\n"}, {"bad-value"}),
    ("lines that are no entries, and mistakes behind them", {"findings-2.jsonl": "".join([
        "[1]\n", '{"claim": "c"\n', '{"claim": NaN}\n', "\n",
        '{"claim": "c", "claim": "d"}\n', f'{{"claim": {DEEP}}}\n',
        '{"claim": "c", "document": "e", "stance": "bad"}\n', "\x1b[31m\n",
    ])}, {"not-a-mapping", "table-syntax", "duplicate-key", "too-deep", "bad-value"}),
    ("values that are no text in JSON Lines", {"findings-2.jsonl": "".join(f"{json.dumps(entry)}\n" for entry in [
        {"claim": {"a": 1}, "document": "e", "stance": "supports"},
        {"claim": "c", "document": ["e"], "stance": "supports"},
        {"claim": "c", "document": "e", "stance": ["supports"]},
        {"claim": "c", "document": "e", "stance": "supports", "note": ["one", "two"]},
    ])}, {"bad-value"}),
    ("a text that is a list in JSON Lines", {"claims-2.jsonl": '{"id": "b", "text": ["one", "two"]}\n'}, {"bad-value"}),
    ("two ids in one text in JSON Lines", {"findings-2.jsonl": "".join(f"{json.dumps(entry)}\n" for entry in [
        {"claim": "c", "document": "e", "stance": "supports", "relies_on": "d s"},
        {"claim": "c", "document": "e", "stance": "supports", "relies_on": '["d"]'},
        {"claim": "c", "document": "e", "stance": "supports", "value": '{"value": 3}'},
    ])}, {"unknown-reference", "bad-quantity", "duplicate-finding"}),
    ("a text in brackets", {"claims-2.jsonl": '{"id": "b", "text": "B", "searches": "[sic] the wires"}\n'}, set()),
    ("a folder that is called like a table", {"findings.csv/x.txt": ""}, set()),
    ("another case in it", {"old/case.yaml": "case: old\n", "old/claims.csv": "id,text\nb,B\n"}, {"nested-case"}),
]  # fmt: skip


def laid(tmp_path: Path, files: Files) -> Path:
    """The sound tables with these beside or over them; a folder that is called like one stands in its place."""
    beside = {name: said for name, said in SOUND.items() if not any(other.startswith(f"{name}/") for other in files)}
    return laid_out(tmp_path / "lake", beside | files, sound=False)


def told(problems: Iterable[Problem]) -> list[tuple[Any, ...]]:
    """What is said, of which table, line and key."""
    return sorted((p.file, p.line, p.key or "", p.code, p.message, p.severity) for p in problems)


def of_collection(folder: Path, beside: Path) -> tuple[Problem, ...]:
    read = collection_at(str(folder))
    try:
        return cut_into(read, beside / "cut", lambda _: None, stored_texts(read), {}).warnings
    except CaseProblems as found:
        return found.problems


def taken_out(folder: Path) -> tuple[Problem, ...]:
    """What is told where the one claim is taken out of the collection."""
    try:
        case_about(collection_at(str(folder)), "c")
    except CaseProblems as found:
        return found.problems
    return ()


def compared(folder: Path, beside: Path) -> set[str]:
    """The codes of what is told; it must be the same of a collection, a case, and where the one claim is taken out."""
    _, wanted = read_case(folder, cache=False)
    assert told(of_collection(folder, beside)) == told(wanted)
    of_claim = taken_out(folder)
    assert set(told(of_claim)) <= set(told(wanted))
    assert of_claim or not {problem.code for problem in wanted if problem.severity == "error"} & UNREAD
    return {problem.code for problem in wanted}


@pytest.mark.parametrize(("files", "codes"), [row[1:] for row in ODD], ids=[row[0] for row in ODD])
def test_what_cannot_be_read_is_told_as_of_a_case(files: Files, codes: set[str], tmp_path: Path) -> None:
    assert compared(laid(tmp_path, files), tmp_path) == codes


PARQUET: list[tuple[str, Any, set[str]]] = [
    ("two ids in one text", {"relies_on": pa.array(["d s"])}, {"unknown-reference"}),
    ("a text that looks like a list", {"relies_on": pa.array(['["d"]']).dictionary_encode()}, {"unknown-reference"}),
    ("bytes", {"document": pa.array([b"e"], pa.binary())}, {"bad-value", "missing-key"}),
    ("bytes that recur", {"document": pa.array([b"e"], pa.binary()).dictionary_encode()}, {"bad-value", "missing-key"}),
    ("a truth value", {"stance": pa.array([True])}, {"bad-value"}),
    ("a list for a word", {"stance": pa.array([["supports"]])}, {"bad-value"}),
    ("a list for a text", {"note": pa.array([["one", "two"]])}, {"bad-value"}),
    ("keys for a text", {"note": pa.array([{"a": 1}])}, {"bad-value"}),
    ("a column of bytes that is no key", {"thumb": pa.array([b"\xff"])}, {"unknown-key"}),
    ("a moment for a day", {"when": pa.array([dt.datetime(2015, 5, 1, tzinfo=dt.UTC)])}, set()),
    ("a figure to the cent", {"value": pa.array([Decimal("1.50")])}, set()),
]


@pytest.mark.parametrize(("columns", "codes"), [row[1:] for row in PARQUET], ids=[row[0] for row in PARQUET])
def test_what_parquet_can_hold_and_a_case_cannot_is_told_as_of_a_case(
    columns: dict[str, Any], codes: set[str], tmp_path: Path
) -> None:
    folder = laid(tmp_path, {})
    cells = {"claim": pa.array(["c"]), "document": pa.array(["e"]), "stance": pa.array(["supports"])} | columns
    pq.write_table(pa.table(cells), folder / "findings-2.parquet")
    assert compared(folder, tmp_path) == codes


def test_of_two_columns_of_parquet_with_one_name_the_first_is_read(tmp_path: Path) -> None:
    folder = laid(tmp_path, {})
    cells = [pa.array([one]) for one in ("c", "bad", "e", "supports")]
    pq.write_table(pa.table(cells, names=["claim", "stance", "document", "stance"]), folder / "findings-2.parquet")
    assert compared(folder, tmp_path) == {"duplicate-key", "bad-value"}


def test_pipes_are_not_opened_and_links_that_lead_out_not_followed(tmp_path: Path) -> None:
    folder = laid(tmp_path, {})
    os.mkfifo(folder / "findings-2.csv")
    (tmp_path / "secret.csv").write_text("id,text\nsecret,It is.\n")
    (folder / "claims-2.csv").symlink_to(tmp_path / "secret.csv")
    (folder / "findings-3.csv").write_text("claim,document,stance\nsecret,d,supports\n")
    (folder / "claims-3.csv").symlink_to(folder / "gone.csv")
    (folder / "claims-4.csv").symlink_to(folder / "claims.csv")
    (folder / "documents-2.csv").symlink_to(folder / "documents-2.csv")
    assert compared(folder, tmp_path) == {"not-a-file", "outside-case", "unreadable", "unknown-claim"}


def test_a_collection_of_nothing_that_can_be_opened_says_why(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "lake").mkdir()
    os.mkfifo(tmp_path / "lake" / "claims.csv")
    assert main(["check", "--engine", "local", "--case", str(tmp_path / "lake")]) == exits.FOUND
    assert capsys.readouterr().out.startswith("claims.csv:1:1: not-a-file: claims.csv is a pipe, not a file\n")


def test_of_many_uneven_rows_the_first_are_told_and_the_rest_counted(tmp_path: Path) -> None:
    rows = "".join(f'"c\n",d{n}\n' for n in range(1_500))
    folder = laid(tmp_path, {"findings-2.csv": f"claim,document,stance\n{rows}"})
    assert compared(folder, tmp_path) == {"uneven-row"}
    found = of_collection(folder, tmp_path)
    assert [problem.line for problem in found] == list(range(2, 2_004, 2))
    assert found[-1].message == "and 500 more of this kind from here on, not told one by one"


def test_a_mistake_shortly_before_what_is_not_utf8_is_told_beside_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Python reads 8 kB at a time, and so meets what is wrong with the next rows before their turn."""
    monkeypatch.setattr(batches, "BLOCK", 4096)
    rows = [b"c,e,supports\n"] * 1_000
    rows[640], rows[980] = b"c,e,bad\n", b"c,\xff,supports\n"
    folder = laid(tmp_path, {"findings-2.csv": b"claim,document,stance\n" + b"".join(rows)})
    found = {(problem.line, problem.code) for problem in of_collection(folder, tmp_path)}
    assert found >= {(642, "bad-value"), (982, "not-utf8")}


def test_a_claim_may_be_in_what_cannot_be_read(tmp_path: Path) -> None:
    folder = laid(tmp_path, {"claims.csv": "id,text\nb,B\nc,C,D\n"})
    for name in ("c", "b"):
        with pytest.raises(CaseProblems) as found:
            extracted(collection_at(str(folder)), name)
        assert [(problem.line, problem.code) for problem in found.value.problems] == [(3, "uneven-row")]


def test_all_errors_of_the_head_are_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = laid(tmp_path, {"case.yaml": "case: test\nbogus: 1\npolicy: {near_duplicate: 7}\n"})
    local = ["--engine", "local", "--case", str(folder)]
    for args in (["check"], ["report", "-o", str(tmp_path / "out.csv")], ["audit", "c"], ["reliability"]):
        assert main([*args, *local]) == exits.FOUND
        seen = capsys.readouterr()
        said = [line.split(" ")[0] for line in (seen.out + seen.err).splitlines() if line.startswith("case.yaml:")]
        assert said == ["case.yaml:2:1:", "case.yaml:3:26:"], args
