"""`python -m tests.bench.engine [--findings N]`: a collection on disk, checked and judged, against one sum by claim.

Prints the time of `claims report --engine local` from start to end, of `claims audit` on one claim of it, and of the
peer, pandas reading two columns of the same tables and counting stances by claim; findings a second, and memory at its
peak, which Linux tells. `--data DIR` keeps the tables and takes those that are there.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Final, NamedTuple

from tests.bench.tables import write_collection

PEER: Final = """
import pandas as pd
from pathlib import Path
tables = [pd.read_parquet(path, columns=["claim", "stance"]) for path in sorted(Path({folder!r}).glob("findings*"))]
print(len(pd.concat(tables).groupby(["claim", "stance"]).size()))
"""


class Measured(NamedTuple):
    """What a process took: seconds by the clock and of processors, and its memory at the peak, in bytes."""

    seconds: float
    worked: float
    peak: int


def measured(args: list[str]) -> Measured:
    """Run a command to its end. Raises `CalledProcessError` where it fails."""
    begun = time.perf_counter()
    process = subprocess.Popen(args, stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - begun
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, args)
    return Measured(seconds, usage.ru_utime + usage.ru_stime, usage.ru_maxrss * 1024)


def main(given: list[str]) -> int:
    """Measure, and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--findings", type=int, default=1_000_000)
    parser.add_argument("--data", type=Path)
    args = parser.parse_args(given)
    with tempfile.TemporaryDirectory() as made:
        folder = args.data or Path(made, "tables")
        if not folder.exists():
            write_collection(folder, args.findings)
        claims = [sys.executable, "-m", "claims"]
        output = str(Path(made, "verdicts.parquet"))
        told("report", measured([*claims, "report", "--engine", "local", "--case", str(folder), "-o", output]), args)
        told("audit", measured([*claims, "audit", "c000000001", "--engine", "local", "--case", str(folder)]), args)
        told("pandas", measured([sys.executable, "-c", PEER.format(folder=str(folder))]), args)
    return 0


def told(name: str, found: Measured, args: argparse.Namespace) -> None:
    """Print one line."""
    sys.stdout.write(
        f"{name:8} {found.seconds:8.1f} s  {found.worked:8.1f} s of processors  "
        f"{args.findings / found.seconds:12,.0f} findings/s  {found.peak / 2**20:8.0f} MB  "
        f"{found.peak / args.findings:6.0f} bytes a finding\n"
    )


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
