"""Rows of CSV with empty cells too many, or nothing but empty cells, are read as the reader of cases reads them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

pytest.importorskip("pyarrow")

from claims.cli.main import main
from claims.collection import batches
from claims.collection.batches import Reading
from claims.collection.files import collection_at
from claims.collection.rows import rows_of_csv
from claims.read.csv import csv_tree

if TYPE_CHECKING:
    from pathlib import Path

NAMES = ("id", "name", "note")
CELL = st.sampled_from(["", "", "s", "'=s", '"a, b"', '"x\ny"', '"say ""so"""'])
ROW = st.lists(CELL, max_size=3).flatmap(
    lambda cells: st.lists(st.sampled_from(["", "", "", "z"]), max_size=3).map(lambda more: [*cells, *more])
)


@settings(max_examples=400, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    before=st.lists(st.sampled_from(["", ",", '"",,']), max_size=3),
    more=st.sampled_from([(), ("",), ("", "")]),
    rows=st.lists(ROW, max_size=12),
    end=st.sampled_from(["\n", "\r\n"]),
    block=st.sampled_from([64, 1 << 20]),
    columns=st.sampled_from([None, ("id", "note")]),
)
@example(before=[], more=("", ""), rows=[["s", "", "", "", "z", ""]], end="\n", block=64, columns=None)
def test_rows_are_read_as_the_reader_of_cases_reads_them(
    before: list[str],
    more: tuple[str, ...],
    rows: list[list[str]],
    end: str,
    block: int,
    columns: tuple[str, ...] | None,
    tmp_path: Path,
) -> None:
    """Empty rows before the names and between others, columns without a name, cells too many and too few."""
    text = end.join([*before, *map(",".join, [(*NAMES, *more), *rows])])
    (tmp_path / "sources.csv").write_bytes(text.encode())
    reading = Reading(collection_at(f"{tmp_path}/*.csv").files[0])
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(batches, "BLOCK", block)
        read = [(first, cells.to_pylist()) for first, cells in reading.batches(columns)]
    tree = csv_tree(text.encode(), "sources.csv", "sources")
    kept = columns or NAMES
    wanted = [{name: cell for name, cell in entry.items() if name in kept} for entry in tree.value["sources"]]
    said = [{name: row[name] for name in kept if row[name] is not None} for _, cells in read for row in cells]
    assert [row for row in said if row] == [row for row in wanted if row]
    assert [first for first, _ in read] == [sum(len(cells) for _, cells in read[:n]) for n in range(len(read))]
    if columns is None:
        entries = [row.entry for row in rows_of_csv(reading.file)]
        assert said == [{name: entry[name] for name in NAMES if name in entry} for entry in entries]
        told = [(problem.line, problem.code) for problem in reading.problems]
        assert told == [(draft.spot.mark.line, draft.code) for draft in tree.drafts if draft.spot.mark]


TABLES = {
    "sources.csv": "id,name\ns,S\n,\nt,T\n",
    "speakers.csv": "id,name\nk,K,,\n",
    "documents.csv": "id,source\n,\nd,s\n",
    "claims.csv": "id,text\nc,It is so.,\n,\n",
    "statements.csv": "claim,speaker,document\n,,,,\nc,k,d\n,,\n",
    "findings.csv": "claim,document,stance\nc,d,supports,,\n,,\n,,\n",
}


def test_what_says_nothing_is_not_counted(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for name, text in TABLES.items():
        (tmp_path / name).write_text(text)
    (tmp_path / "case.yaml").write_text("case: test\n")
    said = []
    for engine in ([], ["--engine", "local"]):
        assert main(["check", "--case", str(tmp_path), *engine]) == 0
        said.append(capsys.readouterr().out)
    assert said[0] == said[1]
    assert "1 claim, 1 statement, 1 finding, 1 document, 2 sources, 1 speaker" in said[0]
