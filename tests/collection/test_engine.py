"""A collection on disk: what it comes to, what is wrong with it, and that it can be killed and taken up again."""

from __future__ import annotations

import argparse
import json
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

pytest.importorskip("pyarrow")

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from claims.cli import collection
from claims.collection import batches, cut
from claims.collection import suspects as suspicion
from claims.collection.files import TableFile, collection_at
from claims.collection.run import KEPT, Run
from claims.collection.suspects import Suspects
from claims.model.errors import BadRequest, CaseProblems
from claims.read.case import read_case
from claims.read.crowds import MOST_TOLD
from claims.selection import READING_ORDER
from claims.write.export import write_export
from tests.bench.tables import write_collection
from tests.cases import case_of
from tests.cli.running import claims, environment
from tests.collection.tabled import tabled
from tests.collection.test_verdicts import DAYS, figured, rows_of
from tests.read.folders import laid_out

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable

    from claims.read.forms import Form
    from tests.cases import Sections

FORMS: tuple[Form, ...] = ("csv", "jsonl", "parquet")
SMALL = "import sys, claims.collection.cut as cut; cut.PART = {}; from claims.cli.main import run; sys.exit(run())"
"""The command line, with parts that are small enough for a small collection to have many."""
PEAK = (
    "import resource, sys, claims.collection.cut as cut, claims.collection.batches as batches;"
    "cut.PART, batches.ROWS = 20_000, 1 << 14; from claims.cli.main import run; code = run();"
    "print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, file=sys.stderr); sys.exit(code)"
)


def verdicts_at(place: Path, beside: Path, as_of: dt.date | None = None) -> list[dict[str, Any]]:
    """What the engine says of the collection in a folder."""
    run = Run(collection_at(str(place)), as_of, beside, lambda _: None)
    run.judge()
    rows = [row for table in run.results() for row in table.to_pylist()]
    run.finish()
    return rows


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=figured(), as_of=st.sampled_from(DAYS), form=st.sampled_from(FORMS), size=st.sampled_from([1, 3, 1000]))
def test_a_case_written_as_tables_comes_to_what_it_comes_to(
    data: Sections, as_of: dt.date | None, form: Form, size: int, tmp_path_factory: pytest.TempPathFactory
) -> None:
    root = tmp_path_factory.mktemp("law")
    case = tabled(data, form, root)
    if case is None:
        return
    if not any((root / "tables").glob(f"*.{form}")):
        return
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(cut, "PART", size)
        patch.setattr(batches, "ROWS", 2)
        assert verdicts_at(root / "tables", root, as_of) == rows_of(case, as_of)


def test_a_pattern_names_tables_without_a_case_file(tmp_path: Path) -> None:
    write_collection(tmp_path / "lake", 300)
    whole = verdicts_at(tmp_path / "lake", tmp_path)
    run = Run(collection_at(str(tmp_path / "**" / "*.parquet")), None, tmp_path, lambda _: None)
    run.judge()
    assert [row for table in run.results() for row in table.to_pylist()] == whole


@pytest.mark.parametrize(
    ("place", "said"),
    [
        ("nowhere", "there is no folder"),
        ("*.parquet", "names no file"),
        ("lake[1", "there is no folder"),
        ("odd", "not named like a table"),
    ],
)
def test_what_is_no_collection_is_told(place: str, said: str, tmp_path: Path) -> None:
    (tmp_path / "odd").mkdir()
    (tmp_path / "odd" / "finding.csv").write_text("id\n")
    with pytest.raises(BadRequest, match=said):
        collection_at(str(tmp_path / place))


MISTAKES: dict[str, dict[str, list[dict[str, Any]]]] = {
    "an unknown stance": {"findings": [{"claim": "c", "document": "d", "stance": "suports"}]},
    "a document that is not there": {"findings": [{"claim": "c", "document": "dd", "stance": "supports"}]},
    "a claim that is not there": {"findings": [{"claim": "cc", "document": "d", "stance": "supports"}]},
    "a source that is not there": {"documents": [{"id": "e", "source": "ss"}]},
    "no claim": {"findings": [{"document": "d", "stance": "supports"}]},
    "an impossible date": {"findings": [{"claim": "c", "document": "d", "stance": "supports", "when": "2015-02-30"}]},
    "an odd figure": {"findings": [{"claim": "c", "document": "d", "stance": "supports", "value": "some"}]},
    "a credibility of nine": {"findings": [{"claim": "c", "document": "d", "stance": "supports", "credibility": "9"}]},
    "broken JSON": {"findings": [{"claim": "c", "document": "d", "stance": "supports", "relies_on": "[s"}]},
    "on its own document": {"findings": [{"claim": "c", "document": "d", "stance": "supports", "relies_on": "d"}]},
    "on nobody": {"findings": [{"claim": "c", "document": "d", "stance": "supports", "relies_on": "s who"}]},
    "relayed from nowhere": {"findings": [{"claim": "c", "document": "d", "stance": "supports", "basis": "relayed"}]},
    "no stance": {"findings": [{"claim": "c", "document": "d"}]},
    "a figure that leaves it open": {"findings": [{"claim": "q", "document": "d", "value": "at least 7"}]},
    "one finding twice": {"findings": [{"claim": "c", "document": "d", "stance": "supports"}] * 2},
    "one id twice": {"findings": [{"id": "f", "claim": n, "document": "d", "stance": "supports"} for n in "cq"]},
    "one statement twice": {"statements": [{"claim": "c", "document": "d", "speaker": "k"}] * 2},
    "a speaker that is not there": {"statements": [{"claim": "c", "document": "d", "speaker": "kk"}]},
    "a document twice": {"documents": [{"id": "e", "source": "s"}] * 2},
    "a document called as a source": {"documents": [{"id": "s", "source": "s"}]},
    "copies in a circle": {"documents": [{"id": "e", "source": "s", "same_text_as": "f"},
                                         {"id": "f", "source": "s", "same_text_as": "e"}]},
    "parts in a circle": {"claims": [{"id": "e", "text": "E", "part_of": "f"},
                                     {"id": "f", "text": "F", "part_of": "e"}]},
    "an id that is none": {"claims": [{"id": "Not An Id", "text": "E"}]},
    "no text": {"claims": [{"id": "e"}]},
    "a fact with a due date": {"claims": [{"id": "e", "text": "E", "due": "2015"}]},
    "a party that is not there": {"claims": [{"id": "e", "text": "E", "favours": "pp"}]},
    "a character that cannot be seen": {"findings": [{"claim": "c", "document": "d", "stance": "supp\u202eorts"}]},
    "a withdrawal without a reason": {"documents": [{"id": "e", "source": "s", "retracted": "2015"}]},
    "an unknown key": {"documents": [{"id": "e", "source": "s", "colour": "red"}]},
    "a party of nobody's": {"sources": [{"id": "t", "name": "T", "party": "pp"}]},
}  # fmt: skip
SOUND: dict[str, list[dict[str, Any]]] = {
    "parties": [{"id": "p", "name": "P"}],
    "sources": [{"id": "s", "name": "S"}],
    "speakers": [{"id": "k", "name": "K"}],
    "documents": [{"id": "d", "source": "s"}],
    "claims": [{"id": "c", "text": "It is so."}, {"id": "q", "text": "Many.", "quantity": "more than 30"}],
}


@pytest.mark.parametrize(
    # In a case, a text of JSON Lines or Parquet is one id; a collection takes it as it takes a cell of CSV.
    ("name", "form"),
    [(name, form) for name in MISTAKES for form in FORMS if form == "csv" or name not in {"broken JSON", "on nobody"}],
)
def test_a_mistake_is_told_as_in_a_case(name: str, form: Form, tmp_path: Path) -> None:
    place = tmp_path / "case"
    place.mkdir()
    (place / "case.yaml").write_text("case: test\n")
    for section in {*SOUND, *MISTAKES[name]}:
        rows = [*SOUND.get(section, []), *MISTAKES[name].get(section, [])]
        WRITERS[form](place / f"{section}.{form}", rows)
    _, wanted = read_case(place, cache=False)
    run = Run(collection_at(str(place)), None, tmp_path, lambda _: None)
    with pytest.raises(CaseProblems) as raised:
        run.judge()
    errors = {(p.file, p.line, p.code, p.message, p.key) for p in wanted if p.severity == "error"}
    assert {(p.file, p.line, p.code, p.message, p.key) for p in raised.value.problems} == errors
    assert not list(tmp_path.glob(f"{KEPT}*"))


def _csv(path: Path, rows: list[dict[str, Any]]) -> None:
    names = dict.fromkeys(name for row in rows for name in row)
    lines = [",".join(names), *(",".join(str(row.get(name, "")) for name in names) for row in rows)]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def _jsonl(path: Path, rows: list[dict[str, Any]]) -> None:
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")


def _parquet(path: Path, rows: list[dict[str, Any]]) -> None:
    names = dict.fromkeys(name for row in rows for name in row)
    pq.write_table(pa.table({name: pa.array([row.get(name) for row in rows], pa.string()) for name in names}), path)


WRITERS: dict[str, Callable[[Path, list[dict[str, Any]]], None]] = {"csv": _csv, "jsonl": _jsonl, "parquet": _parquet}


def small(output: str, size: int = 300) -> list[str]:
    return [sys.executable, "-c", SMALL.format(size), "report", "--engine", "local", "--case", "lake", "-o", output]


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="only where a process can be killed so")
@pytest.mark.parametrize("form", ["parquet"])
def test_a_run_that_was_killed_goes_on_and_comes_to_the_same_bytes(form: Form, tmp_path: Path) -> None:
    write_collection(tmp_path / "lake", 30_000)
    whole = subprocess.run(small(f"whole.{form}"), cwd=tmp_path, env=environment(), check=True, text=True,
                           capture_output=True)  # fmt: skip
    assert not list(tmp_path.glob(f"{KEPT}*"))
    killed = subprocess.Popen(small(f"again.{form}"), cwd=tmp_path, env=environment(),
                              stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)  # fmt: skip
    deadline = time.monotonic() + 60
    while not list(tmp_path.glob(f"{KEPT}*/verdicts-*.arrow")) and time.monotonic() < deadline:
        time.sleep(0.002)
    os.kill(killed.pid, signal.SIGKILL)
    killed.wait()
    done = list(tmp_path.glob(f"{KEPT}*/verdicts-*.arrow"))
    assert 0 < len(done) < 100
    assert not (tmp_path / f"again.{form}").exists()
    states = {path: path.stat().st_mtime_ns for path in done}
    again = subprocess.run(small(f"again.{form}"), cwd=tmp_path, env=environment(), check=True, text=True,
                           capture_output=True)  # fmt: skip
    assert states
    assert "going on where it was interrupted" in again.stdout
    assert "going on" not in whole.stdout
    assert (tmp_path / f"again.{form}").read_bytes() == (tmp_path / f"whole.{form}").read_bytes()
    assert not list(tmp_path.glob(f"{KEPT}*"))


def test_of_another_input_nothing_is_taken_over(tmp_path: Path) -> None:
    write_collection(tmp_path / "lake", 2_000)
    run = Run(collection_at(str(tmp_path / "lake")), None, tmp_path, lambda _: None)
    run.judge()
    assert run.folder.exists()
    table = pq.read_table(tmp_path / "lake" / "findings-00000.parquet")
    pq.write_table(table.slice(0, len(table) - 1), tmp_path / "lake" / "findings-00000.parquet")
    other = Run(collection_at(str(tmp_path / "lake")), None, tmp_path, lambda _: None)
    other.judge()
    assert not other.went_on
    assert not run.folder.exists()
    assert other.folder != run.folder


def test_memory_does_not_grow_with_the_findings(tmp_path: Path) -> None:
    write_collection(tmp_path / "one", 100_000)
    shutil.copytree(tmp_path / "one", tmp_path / "four")
    table = pq.read_table(tmp_path / "one" / "findings-00000.parquet")
    for n in range(1, 4):
        ids = pa.array([f"{name}.{n}" for name in table.column("id").to_pylist()])
        pq.write_table(table.set_column(0, "id", ids), tmp_path / "four" / f"findings-{n:05}.parquet")
    peaks = [_peak(tmp_path, name) for name in ("one", "four")]
    assert peaks[1] < peaks[0] * 1.15, peaks


def _peak(folder: Path, name: str) -> int:
    args = ["report", "--engine", "local", "-q", "--case", name, "-o", f"{name}.csv"]
    done = subprocess.run([sys.executable, "-c", PEAK, *args], cwd=folder, env=environment(), check=True, text=True,
                          capture_output=True)  # fmt: skip
    return int(done.stderr.split()[-1])


def test_the_command_line_writes_a_table_and_says_what_it_came_to(tmp_path: Path) -> None:
    case = case_of(SOUND | {"findings": [{"claim": "c", "document": "d", "stance": "supports"}]})
    write_export(case, "csv", tmp_path / "tables")
    local = ("report", "--engine", "local", "--case", "tables")
    said = claims(*local, "-o", "out.csv", cwd=tmp_path)
    assert said.returncode == 0
    assert "2 claims, 1 finding, 1 document" in said.stdout
    table = claims(*local, cwd=tmp_path, env={"XDG_CACHE_HOME": str(tmp_path)})
    assert table.stdout == (tmp_path / "out.csv").read_text()
    assert claims(*local, "--fail-on", "unchecked", "-o", "x.csv", cwd=tmp_path).returncode == 1
    for wrong in (["--topic", "x"], ["-o", "out.md"], ["--format", "json"], ["-o", "tables/claims-2.csv"]):
        assert claims(*local, *wrong, cwd=tmp_path).returncode == 2


def test_tables_that_are_more_than_a_case_holds_are_gone_through_on_disk_unasked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_collection(tmp_path / "lake", 300)
    args = argparse.Namespace(case=str(tmp_path / "lake"))
    assert not collection.is_asked_for(args)
    monkeypatch.setattr("claims.cli.collection.LOOKED_INTO", 0)
    monkeypatch.setattr("claims.collection.files.MOST_VALUES", 2_000)
    assert collection.is_asked_for(args)
    monkeypatch.setattr("claims.collection.files.MOST_VALUES", 20_000)
    monkeypatch.setattr("claims.read.files.LARGEST_FILE", 1_000)
    assert collection.is_asked_for(args)


@pytest.mark.parametrize(
    ("files", "told"),
    [
        ({"claims.csv": "id,text\na,b,c\nd,e\n"}, ["claims.csv uneven-row"]),
        ({"claims.csv": ""}, ["claims.csv empty-file"]),
        ({"claims.parquet": "PAR1"}, ["claims.parquet table-syntax"]),
        ({"claims.jsonl": '{"id": "a", "text": "A"}\n{"id"\n'}, ["claims.jsonl table-syntax"]),
        ({"claims.csv": "id,text\n,\n\na,b\n", "parties.csv": "id,name\n,\np,P\n"}, []),
        (
            {
                "claims.csv": "id,text\na,b\n",
                "sources.csv": "id,name\ns,S\n",
                "documents.csv": "id,source,same_text_as\n,,\nd,s,\n",
                "findings.csv": "claim,document,stance\n,,\na,d,supports\n",
            },
            [],
        ),
    ],
)
def test_a_table_that_cannot_be_read_is_told_once_and_empty_lines_are_passed_over(
    files: dict[str, str], told: list[str], tmp_path: Path
) -> None:
    (tmp_path / "lake").mkdir()
    for name, text in files.items():
        (tmp_path / "lake" / name).write_text(text)
    run = Run(collection_at(str(tmp_path / "lake")), None, tmp_path, lambda _: None)
    if not told:
        run.judge()
        assert [row["claim"] for table in run.results() for row in table.to_pylist()] == ["a"]
        return
    with pytest.raises(CaseProblems) as raised:
        run.judge()
    assert [f"{problem.file} {problem.code}" for problem in raised.value.problems] == told


def test_what_it_came_to_is_told_in_the_order_of_a_report(tmp_path: Path) -> None:
    write_collection(tmp_path / "lake", 2000)
    said = claims("report", "--case", "lake", "--engine", "local", "-o", "verdicts.csv", cwd=tmp_path).stdout
    told = [line.split()[1] for line in said.splitlines() if line.startswith("  ")]
    assert len(told) > 2
    assert told == [verdict for verdict in READING_ORDER if verdict in told]


@pytest.mark.parametrize(
    ("row", "code"),
    [
        ("c,d{},suports,", "bad-value"),
        ("c,d{},supports,relayed", "relayed-from-nowhere"),
        ("cc,d{},supports,", "unknown-claim"),
    ],
)
def test_of_more_mistakes_than_are_told_the_rest_is_counted(row: str, code: str, tmp_path: Path) -> None:
    tables = {
        "sources.csv": "id,name\na,A\n",
        "claims.csv": "id,text\nc,It is so.\n",
        "documents.csv": "id,source\n" + "".join(f"d{n},a\n" for n in range(1500)),
        "findings.csv": "claim,document,stance,basis\n" + "".join(f"{row}\n".format(n) for n in range(1500)),
    }
    laid_out(tmp_path, {"case.yaml": "case: lake\n", **tables}, sound=False)
    run = Run(collection_at(str(tmp_path)), None, tmp_path, lambda _: None)
    with pytest.raises(CaseProblems) as told:
        run.judge()
    assert len(told.value.problems) == MOST_TOLD + 1
    [rest] = [problem for problem in told.value.problems if "not told one by one" in problem.message]
    assert (rest.code, rest.line) == (code, MOST_TOLD + 1)
    assert rest.message.startswith("and 500 more rows further down")
    _, problems = read_case(tmp_path, cache=False)
    assert {problem.code for problem in problems if problem.severity == "error"} == {rest.code}


def test_what_is_wrong_after_many_rows_that_only_seemed_so_is_told() -> None:
    suspects = Suspects()
    file = TableFile(Path("findings.csv"), "findings.csv", "findings", "csv")
    suspects.add(file, "seems", np.arange(2500))
    suspects.add(file, "other", np.array([7]))
    assert suspects.pages == 3
    assert [len(suspects.page(n).get(file, ())) for n in range(4)] == [1000, 1000, 500, 0]
    assert not suspects.is_cut
    suspects.add(file, "seems", np.arange(2500, 40_000))
    assert (suspects.pages, suspects.is_cut) == (10, True)


def test_rows_that_only_seem_wrong_do_not_hide_one_that_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    findings = [f"c,d{n},supports" for n in range(2500)] + ["c,d2500,suports"]
    tables = {
        "sources.csv": "id,name\na,A\n",
        "claims.csv": "id,text\nc,It is so.\n",
        "documents.csv": "id,source\n" + "".join(f"d{n},a\n" for n in range(2501)),
        "findings.csv": "claim,document,stance\n" + "".join(f"{row}\n" for row in findings),
    }
    laid_out(tmp_path, dict(tables), sound=False)
    none = np.zeros(0, dtype=np.int64)
    monkeypatch.setattr(suspicion, "_looked_at", lambda *cells: (np.arange(len(cells[-1])), none))
    run = Run(collection_at(str(tmp_path)), None, tmp_path, lambda _: None)
    with pytest.raises(CaseProblems) as told:
        run.judge()
    assert [(problem.line, problem.code) for problem in told.value.problems] == [(2502, "bad-value")]
    monkeypatch.setattr(suspicion, "MOST_HELD", 2000)
    with pytest.raises(BadRequest, match="too many rows seem to be wrong"):
        Run(collection_at(str(tmp_path)), None, tmp_path, lambda _: None).judge()
