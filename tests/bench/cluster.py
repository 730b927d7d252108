"""The engine of a cluster measured beside that of one machine: `python -m tests.bench.cluster --findings 1000000`.

Both judge the same tables on the same two cores, each in a process of its own. The time of processors is told as well
as that of the clock, since others may be at work there. Starting Spark is left out.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any, Final

from tests.bench.tables import write_collection

TICK: Final = os.sysconf("SC_CLK_TCK")
MASTER: Final = "local[2]"
TIMES: Final = slice(11, 15)
"""In what the system says of a process after its name: its time, and that of children that have ended."""


def main() -> None:
    """Measure, and say what a billion findings would take at that rate."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--findings", type=int, default=1_000_000)
    parser.add_argument("--tables", type=Path, help="a folder to keep the tables in")
    parser.add_argument("--engine", choices=("local", "spark"), help=argparse.SUPPRESS)
    args = parser.parse_args()
    if args.engine:
        sys.stdout.write(json.dumps((_spark if args.engine == "spark" else _local)(args.tables)))
        return
    with tempfile.TemporaryDirectory() as own:
        folder = args.tables or Path(own, "tables")
        if not folder.exists():
            write_collection(folder, args.findings)
        spark, local = (_measured(engine, folder) for engine in ("spark", "local"))
    _tell(args.findings, spark, local)


def _measured(engine: str, folder: Path) -> dict[str, Any]:
    command = [sys.executable, "-m", "tests.bench.cluster", "--engine", engine, "--tables", str(folder)]
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE)
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def _local(folder: Path) -> dict[str, Any]:
    from claims.collection.files import collection_at  # noqa: PLC0415 - each engine loads what it needs
    from claims.collection.run import Run  # noqa: PLC0415 - likewise

    clock, begun = time.monotonic(), _processors()
    with tempfile.TemporaryDirectory() as work:
        run = Run(collection_at(str(folder)), None, Path(work), lambda _: None)
        run.judge()
        claims = sum(map(len, run.results()))
    return {"clock": time.monotonic() - clock, "processors": _processors() - begun, "claims": claims}


def _spark(folder: Path) -> dict[str, Any]:
    from claims.cluster.engine import Judging  # noqa: PLC0415 - each engine loads what it needs
    from claims.cluster.session import session_of  # noqa: PLC0415 - likewise
    from claims.collection.files import collection_at  # noqa: PLC0415 - likewise

    session = session_of(MASTER)
    session.range(1).count()
    clock, begun = time.monotonic(), _processors()
    judging = Judging(session, collection_at(str(folder)), None)
    claims = len(judging.table())
    clock, processors = time.monotonic() - clock, _processors() - begun
    shuffled = _shuffled(session)
    session.stop()
    return {"clock": clock, "processors": processors, "claims": claims, "shuffled": shuffled}


def _shuffled(session: Any) -> int:
    """The bytes that all stages so far have shuffled, as Spark's own page would show them."""
    context = session.sparkContext
    every, none = context._jvm.java.util.ArrayList(), context._gateway.new_array(context._jvm.double, 0)  # noqa: SLF001
    stages = context._jsc.sc().statusStore().stageList(None, False, False, none, every)  # noqa: SLF001, FBT003
    return sum(stages.apply(n).shuffleWriteBytes() for n in range(stages.size()))


def _processors() -> float:
    """The seconds that this process and all below it have had of processors."""
    parents: dict[int, int] = {}
    spent: dict[int, float] = {}
    for entry in Path("/proc").iterdir():
        if not entry.name.isdigit():
            continue
        try:
            said = (entry / "stat").read_text().rpartition(")")[2].split()
        except OSError:
            continue
        parents[int(entry.name)] = int(said[1])
        spent[int(entry.name)] = sum(map(int, said[TIMES])) / TICK
    ours = {os.getpid()}
    while more := {child for child, parent in parents.items() if parent in ours} - ours:
        ours |= more
    return sum(spent[process] for process in ours if process in spent)


def _tell(findings: int, spark: dict[str, Any], local: dict[str, Any]) -> None:
    rate, shuffled = findings / spark["processors"], spark["shuffled"] / findings
    lines = [
        f"{findings:,} findings, {spark['claims']:,} claims",
        f"spark: {spark['processors']:.1f} s of processors, {spark['clock']:.1f} s by the clock",
        f"local: {local['processors']:.1f} s of processors, {local['clock']:.1f} s by the clock",
        f"spark takes {spark['processors'] / local['processors']:.2f} times the processors",
        f"and {spark['clock'] / local['clock']:.2f} times the clock",
        f"{rate:,.0f} findings a core and second, {shuffled:,.0f} bytes shuffled a finding",
        f"a billion: {1e9 / rate / 3600:.1f} hours of a core, {shuffled:,.0f} GB shuffled",
    ]
    sys.stdout.write("\n".join(lines) + "\n")


if __name__ == "__main__":
    main()
