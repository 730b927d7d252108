"""`python -m tests.bench.kernel [--findings N]`: the kernel at size, against one sum by claim in the same run.

Prints the time of `judge` and of the peer, their ratio, the time for a tenth of the findings, the memory beyond the
input, and where the time goes. Memory is that of the process at its peak, which Linux tells.
"""

from __future__ import annotations

import argparse
import gc
import sys
import time
from collections import defaultdict
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final
from unittest import mock

import numpy as np
import pandas as pd

from claims.read.policy import default_policy
from claims.tables.columns import ints
from claims.verdict import judgement
from tests.bench.collection import collection
from tests.bench.timing import Figure, best_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from claims.tables.columns import Tables

STAGES: Final = (
    "chains", "set_aside", "groups_of", "weights_of", "sides_of", "state_of", "verdicts", "probability",
    "credibility_of", "hinges", "remedies",
)  # fmt: skip
TRIES: Final = 5
RATIO: Final = 20.0
LINEAR: Final = 12.0
BYTES: Final = 200.0


def main() -> int:
    """Print the table; gives 1 where a target is missed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--findings", type=int, default=10_000_000, metavar="N")
    number = parser.parse_args().findings
    tables = collection(number)
    judging, fewer = _judging(tables), _judging(collection(number // 10))
    fewer()  # what is loaded once is no memory of findings
    peak = _peak(judging)
    ours, peer, tenth = best_of(TRIES, judging, _summing(tables), fewer)
    figures = (
        Figure(f"{number:,} findings: verdicts / one sum by claim", ours, peer, RATIO),
        Figure(f"{number:,} findings: time / that of a tenth", ours, tenth, LINEAR),
        Figure(f"{number:,} findings: bytes a finding beyond the input", peak / number, 1.0, BYTES, "B"),
    )
    for figure in figures:
        sys.stdout.write(f"{figure}\n")
    for stage, seconds in _split(tables).items():
        sys.stdout.write(f"    {stage:<60}{seconds:>9.3f}\n")
    return 0 if all(figure.holds for figure in figures) else 1


def _judging(tables: Tables) -> Callable[[], float]:
    return lambda: _seconds(lambda: judgement.judge(tables, default_policy()))


def _seconds(work: Callable[[], object]) -> float:
    gc.collect()
    start = time.perf_counter()
    kept = work()
    spent = time.perf_counter() - start
    del kept
    return spent


def _summing(tables: Tables) -> Callable[[], float]:
    """The peer: the weights of a frame of the same length, summed by claim."""
    claim = ints(tables.findings, "claim")
    frame = pd.DataFrame({"claim": claim, "weight": np.random.default_rng(1).random(len(claim))})

    def summed() -> object:
        return frame.groupby("claim")["weight"].sum()

    return lambda: _seconds(summed)


def _peak(work: Callable[[], object]) -> float:
    """Bytes that the process grows by at its peak."""
    gc.collect()
    Path("/proc/self/clear_refs").write_text("5", "ascii")
    before = _status("VmRSS")
    work()
    return _status("VmHWM") - before


def _status(name: str) -> float:
    """A line of what Linux tells of this process, in bytes."""
    lines = Path("/proc/self/status").read_text("ascii").splitlines()
    return next(float(line.split()[1]) * 1024 for line in lines if line.startswith(f"{name}:"))


def _split(tables: Tables) -> dict[str, float]:
    """Seconds by stage, the longest first; stages that run side by side are added up."""
    spent: dict[str, float] = defaultdict(float)

    def timed(name: str, stage: Callable[..., Any]) -> Callable[..., Any]:
        def run(*args: Any) -> Any:
            start = time.perf_counter()
            result = stage(*args)
            spent[name] += time.perf_counter() - start
            return result

        return run

    with ExitStack() as patched:
        for name in STAGES:
            patched.enter_context(mock.patch.object(judgement, name, timed(name, getattr(judgement, name))))
        judgement.judge(tables, default_policy())
    return dict(sorted(spent.items(), key=lambda entry: -entry[1]))


if __name__ == "__main__":
    sys.exit(main())
