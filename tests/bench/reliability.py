"""`python -m tests.bench.reliability [--findings N]`: learning how reliable sources are, against counting votes.

The peer is one vote: a sum by claim over a frame of as many answers. Verdicts are judged beforehand and not counted:
`tests.bench.kernel` measures them.
"""

from __future__ import annotations

import argparse
import gc
import sys
import time
from typing import TYPE_CHECKING, Final

import numpy as np
import pandas as pd

from claims.read.policy import default_policy
from claims.reliability.bands import promised
from claims.reliability.comparison import comparison
from claims.reliability.learning import learned
from claims.reliability.parts import Held, part_of
from claims.tables.columns import codes, ints
from claims.verdict.judgement import judge
from tests.bench.collection import collection
from tests.bench.timing import Figure
from tests.reliability.worlds import world

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from claims.tables.columns import Tables

ROUND: Final = 8.0
"""What a round of learning may take, in votes."""
WHOLE: Final = 150.0
LINEAR: Final = 13.0
EACH: Final = 10


def main() -> int:
    """Print the table; gives 1 where a target is missed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--findings", type=int, default=1_000_000, metavar="N")
    number = parser.parse_args().findings
    figures = []
    for figure in (*known(number), *usual(number)):
        sys.stdout.write(f"{figure}\n")
        sys.stdout.flush()
        figures.append(figure)
    return 0 if all(figure.holds for figure in figures) else 1


def known(number: int) -> Iterator[Figure]:
    """A collection in which it is known how reliable the sources are, ten on each claim, none with a grade."""
    tables, accuracy = world(1, sources=max(number // 1000, 20), claims=number // EACH, each=EACH)
    tenth = world(1, sources=max(number // 1000, 20), claims=number // EACH // 10, each=EACH).tables
    seconds, rounds, spent = _measured(tables)
    about, vote = f"{number:,} findings", _vote(tables)
    found = comparison(judge(tables, default_policy()), default_policy()).learned
    held = float(((found.low <= accuracy) & (accuracy <= found.high)).mean())
    yield Figure(f"{about}: a round of learning ({rounds} rounds) / one vote", spent / rounds, vote, ROUND)
    yield Figure(f"{about}: all of it / one vote", seconds, vote, WHOLE)
    yield Figure(f"{about}: time a round / that of a tenth", spent / rounds, _a_round(tenth), LINEAR)
    yield Figure(f"{about}: intervals of 90 in 100 that hold the truth", 0.8, held, 1.0, unit="", is_least=True)


def usual(number: int) -> Iterator[Figure]:
    """A collection with chains, reposts, owners, parties and withdrawals."""
    tables = collection(number)
    seconds, rounds, _ = _measured(tables)
    yield Figure(f"{number:,} usual findings: all of it ({rounds} rounds) / one vote", seconds, _vote(tables), WHOLE)


def _measured(tables: Tables) -> tuple[float, int, float]:
    """Seconds for all, the rounds of the search, and the seconds of these."""
    policy = default_policy()
    judged = judge(tables, policy)
    seconds = min(_seconds(lambda: comparison(judged, policy)) for _ in range(2))
    parts = Held([part_of(judged, policy)], len(tables.origins))
    grade, checked = np.array([*promised(policy), np.nan])[codes(tables.origins, "letter")], parts.counts.checked
    rounds = learned(grade, checked, parts.together).rounds
    return seconds, rounds, min(_seconds(lambda: learned(grade, checked, parts.together)) for _ in range(2))


def _a_round(tables: Tables) -> float:
    _, rounds, spent = _measured(tables)
    return spent / rounds


def _vote(tables: Tables) -> float:
    """The peer: how many support each claim, of a frame with a row a finding."""
    frame = pd.DataFrame(
        {"claim": ints(tables.findings, "claim"), "supports": ints(tables.findings, "stance") < 2}  # the first two do
    )

    def peer() -> object:
        return frame.groupby("claim")["supports"].sum()

    return min(_seconds(peer) for _ in range(5))


def _seconds(work: Callable[[], object]) -> float:
    gc.collect()
    start = time.process_time()
    kept = work()
    spent = time.process_time() - start
    del kept
    return spent


if __name__ == "__main__":
    sys.exit(main())
