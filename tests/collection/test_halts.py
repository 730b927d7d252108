"""A collection that is killed while it is read, checked and cut: the same command goes on, and comes to the same."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

pytest.importorskip("pyarrow")

import numpy as np
import pyarrow.parquet as pq

from claims.cli import exits
from claims.cli.main import main
from claims.collection import batches, cut, cutting, way
from claims.collection.files import collection_at
from claims.collection.halts import FILE, SAID, Halt, back_at_halt, has_halt, write_halt
from claims.collection.run import KEPT, Run
from claims.model.errors import CaseProblems
from tests.bench.tables import write_collection
from tests.cli.running import environment
from tests.collection.tabled import tabled
from tests.collection.test_engine import FORMS, MISTAKES, SOUND, WRITERS
from tests.collection.test_verdicts import DAYS, figured, rows_of
from tests.read.folders import laid_out

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from claims.collection.run import Advance
    from claims.model.problem import Problem
    from claims.read.forms import Form
    from tests.cases import Sections

KILLED = (
    "import os, signal, sys, threading, time, claims.collection.cut as cut, claims.collection.batches as batches\n"
    "import claims.collection.run, claims.collection.way as way, claims.cli.collection\n"
    "cut.PART, batches.ROWS, way.BETWEEN = 2_000, 500, 700\n"
    "from claims.cli.main import run\n"
    "end = threading.Timer({after} or 1000, lambda: os.kill(os.getpid(), signal.SIGKILL))\n"
    "end.daemon = True\n"
    "end.start()\n"
    "begun = time.monotonic()\n"
    "code = run()\n"
    "print(time.monotonic() - begun, file=sys.stderr)\n"
    "sys.exit(code)"
)
"""The command line, with many halts and parts, that is killed after so many seconds; 0: it says how many it took."""


class Stopped(Exception):
    """Somebody has had enough."""


@pytest.fixture(name="small")
def _small(monkeypatch: pytest.MonkeyPatch) -> None:
    """Batches of two rows, and a halt after each two or so."""
    for module, name, value in ((batches, "ROWS", 2), (way, "BETWEEN", 2), (cut, "PART", 2)):
        monkeypatch.setattr(module, name, value)


def stopping(after: int) -> Callable[[Advance], None]:
    """Stops the work when it is told of it so many times."""
    left = [after]

    def say(_: Advance) -> None:
        left[0] -= 1
        if left[0] < 0:
            raise Stopped

    return say


def stopped_again_and_again(place: Path, beside: Path, step: int, as_of: dt.date | None = None) -> Iterator[Run]:
    """The runs of one command, each stopped a little later than the one before; the last is not."""
    for n in range(1, 1000):
        run = Run(collection_at(str(place)), as_of, beside, stopping(n * step))
        try:
            run.judge()
        except Stopped:
            yield run
        else:
            yield run
            return


@pytest.mark.usefixtures("small")
def test_what_is_behind_a_halt_is_not_gone_through_again(tmp_path: Path) -> None:
    write_collection(tmp_path / "lake", 60)
    whole = Run(collection_at(str(tmp_path / "lake")), None, tmp_path / "whole", lambda _: None)
    (tmp_path / "whole").mkdir()
    whole.judge()
    looked: list[tuple[str, int]] = []
    real = way.Way.batches

    def watched(self: Any, section: str, spill: Any) -> Iterator[Any]:
        for batch in real(self, section, spill):
            looked.append((section, batch[2]))
            yield batch

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(way.Way, "batches", watched)
        runs = list(stopped_again_and_again(tmp_path / "lake", tmp_path, 25))
    assert len(runs) > 3
    assert len(looked) > len(set(looked)), "what comes after a halt is gone through anew"
    assert len(looked) < len(set(looked)) + 2 * len(runs)
    assert runs[-1].went_on
    assert runs[-1].cut == whole.cut
    assert [*runs[-1].results()] == [*whole.results()]


@pytest.mark.usefixtures("small")
@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=figured(), as_of=st.sampled_from(DAYS), form=st.sampled_from(FORMS), step=st.integers(3, 30))
def test_a_case_comes_to_what_it_comes_to_however_often_it_is_stopped(
    data: Sections, as_of: dt.date | None, form: Form, step: int, tmp_path_factory: Any
) -> None:
    root = tmp_path_factory.mktemp("law")
    case = tabled(data, form, root)
    if case is None:
        return
    *_, last = stopped_again_and_again(root / "tables", root, step, as_of)
    (root / "whole").mkdir()
    whole = Run(collection_at(str(root / "tables")), as_of, root / "whole", lambda _: None)
    whole.judge()
    assert last.cut == whole.cut, "with all warnings"
    assert [row for table in last.results() for row in table.to_pylist()] == rows_of(case, as_of)


def problems_of(place: Path, beside: Path, say: Callable[[Advance], None]) -> tuple[Problem, ...] | None:
    """What is told of a collection; None where the work is stopped."""
    try:
        Run(collection_at(str(place)), None, beside, say).judge()
    except CaseProblems as error:
        return error.problems
    except Stopped:
        return None
    return ()


@pytest.mark.usefixtures("small")
@pytest.mark.parametrize("name", [name for name in MISTAKES if {"findings", "statements"} & {*MISTAKES[name]}])
@pytest.mark.parametrize("form", ["csv", "jsonl"])
def test_what_was_suspected_before_it_was_stopped_is_told_after(
    name: str, form: Form, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(batches, "BLOCK", 100)
    (tmp_path / "lake").mkdir()
    more = {"documents": [{"id": f"e{n}", "source": "s"} for n in range(6)]}
    sound = [{"claim": "c", "document": f"e{n}", "stance": "supports"} for n in range(6)]
    for section in {*SOUND, "findings", "statements"}:
        rows = [*SOUND.get(section, []), *more.get(section, []), *MISTAKES[name].get(section, [])]
        WRITERS[form](tmp_path / "lake" / f"{section}.{form}", [*rows, *(sound if section == "findings" else [])])
    wanted = problems_of(tmp_path / "lake", tmp_path, lambda _: None)
    assert wanted
    stops = 0
    while (found := problems_of(tmp_path / "lake", tmp_path, stopping(6 + 2 * stops))) is None:
        stops += 1
    assert stops > 2
    assert found == wanted


@pytest.mark.usefixtures("small")
def test_rows_that_are_uneven_are_told_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(batches, "BLOCK", 64)
    tables = {
        "sources.csv": "id,name\na,A\n",
        "claims.csv": "id,text\nc,It is so.\n",
        "documents.csv": "id,source\n" + "".join(f"d{n},a\n" for n in range(40)),
        "findings-1.csv": "claim,document,stance\nc,d0,supports,x\n"
        + "".join(f"c,d{n},supports\n" for n in range(1, 20)),
        "findings-2.csv": "claim,document,stance\n" + "".join(f"c,d{n},supports\n" for n in range(20, 40)) + "c,d0\n",
    }
    laid_out(tmp_path / "lake", dict(tables), sound=False)
    stops = 0
    while (found := problems_of(tmp_path / "lake", tmp_path, stopping(16 + 3 * stops))) is None:
        stops += 1
    assert stops > 2
    assert [(problem.file, problem.code) for problem in found] == [
        ("findings-1.csv", "uneven-row"),
        ("findings-2.csv", "uneven-row"),
    ]


def halted(tmp_path: Path) -> Path:
    """A folder in which the work was stopped amid the findings, the tables of which are gone through once before."""
    write_collection(tmp_path / "lake", 60)

    def say(advance: Advance) -> None:
        if advance.doing.endswith("findings") and advance.done > 30 and has_halt(run.folder):
            raise Stopped

    run = Run(collection_at(str(tmp_path / "lake")), None, tmp_path, say)
    with pytest.raises(Stopped):
        run.judge()
    return run.folder


@pytest.mark.usefixtures("small")
@pytest.mark.parametrize("spoilt", ["shorter", "gone", "unreadable"])
def test_a_folder_that_is_not_what_it_was_at_the_halt_is_made_anew(spoilt: str, tmp_path: Path) -> None:
    folder = halted(tmp_path)
    shutil.copytree(folder, tmp_path / "sound")
    assert back_at_halt(tmp_path / "sound") is not None
    one = next(path for path in sorted(folder.glob("findings-*")) if path.stat().st_size)
    match spoilt:
        case "shorter":
            os.truncate(one, one.stat().st_size // 3)
        case "gone":
            one.unlink()
        case _:
            (folder / FILE).write_bytes((folder / FILE).read_bytes()[:-20])
    assert back_at_halt(folder) is None
    run = Run(collection_at(str(tmp_path / "lake")), None, tmp_path, lambda _: None)
    run.judge()
    assert not run.went_on
    assert sum(len(table) for table in run.results()) == 6


@pytest.mark.usefixtures("small")
def test_what_was_written_after_the_halt_is_taken_back(tmp_path: Path) -> None:
    folder = halted(tmp_path)
    halt = back_at_halt(folder)
    assert halt is not None
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    assert all(name == FILE or name.startswith(SAID) for name in before)
    for path in sorted(folder.glob("findings-*")):
        with path.open("ab") as stream:
            stream.write(b"half a row")
    (folder / "findings-keys-99").write_bytes(b"more")
    (folder / "documents.arrow").write_bytes(b"half a table")
    assert back_at_halt(folder) == halt
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before


@pytest.mark.usefixtures("small")
@pytest.mark.parametrize("is_cut", [False, True])
def test_a_folder_that_was_being_deleted_is_not_taken_for_whole(
    is_cut: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = halted(tmp_path)
    run = Run(collection_at(str(tmp_path / "lake")), None, tmp_path, lambda _: None)
    if is_cut:
        run.judge()
    real = shutil.rmtree

    def stopped(place: Path, **_: Any) -> None:
        next(path for path in sorted(place.iterdir()) if path.name.startswith(("claims-", "findings-0"))).unlink()
        raise Stopped

    monkeypatch.setattr(shutil, "rmtree", stopped)
    with pytest.raises(Stopped):
        run.finish()
    monkeypatch.setattr(shutil, "rmtree", real)
    assert folder.is_dir()
    again = Run(collection_at(str(tmp_path / "lake")), None, tmp_path, lambda _: None)
    again.judge()
    assert not again.went_on
    assert sum(len(table) for table in again.results()) == 6


def test_who_interrupts_the_reading_is_told_that_it_goes_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    write_collection(tmp_path / "lake", 60)
    command = ["report", "--engine", "local", "--case", str(tmp_path / "lake"), "-o", str(tmp_path / "out.csv")]

    def interrupted(halt: Halt, folder: Path) -> None:
        write_halt(halt, folder)
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(way, "write_halt", interrupted)
        assert main(command) == exits.INTERRUPTED
    told = capsys.readouterr().err
    assert "claims: interrupted: what is read is kept, and the same command goes on there\n" in told
    assert main(command) == exits.FINE
    assert "going on where it was interrupted" in capsys.readouterr().out


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="only where a process can be killed so")
def test_a_process_may_be_killed_at_any_time(tmp_path: Path) -> None:
    write_collection(tmp_path / "lake", 12_000)
    table = pq.read_table(tmp_path / "lake" / "findings-00000.parquet")
    for n in range(3):
        pq.write_table(table.slice(n * 4_000, 4_000), tmp_path / "lake" / f"findings-{n:05}.parquet")

    def ran(after: float, output: str) -> subprocess.CompletedProcess[str]:
        args = [sys.executable, "-c", KILLED.format(after=after), "report", "--engine", "local", "--case", "lake"]
        return subprocess.run([*args, "-o", output], cwd=tmp_path, env=environment(), check=False, timeout=60,
                              capture_output=True, text=True)  # fmt: skip

    longest = float(ran(0, "whole.parquet").stderr.split()[-1])
    wanted, again = (tmp_path / "whole.parquet").read_bytes(), tmp_path / "again.parquet"
    chance, halts, kills = np.random.default_rng(7), 0, 0
    while ran(longest * (kills + chance.random()) / 10, again.name).returncode:
        kills += 1
        kept = list(tmp_path.glob(f"{KEPT}*/{FILE}"))
        halts += any(not (path.parent / cutting.DONE).exists() for path in kept)
        assert not again.exists() or again.read_bytes() == wanted
        assert kills < 30
    assert kills > 1
    assert halts, "it was killed while it was cutting, and went on there"
    assert again.read_bytes() == wanted
    assert not list(tmp_path.glob(f"{KEPT}*"))
