"""Learning from tables on disk and on a cluster: `python -m tests.bench.learning --findings 1000000 [--partitions N]`.

Both engines learn from the same tables, Spark on two cores of this machine. Told are the seconds until answers are put
aside, the rounds, the seconds of one by the clock, and what one moves between machines: the table that is sent to each
worker, and the sums that come back.
"""

from __future__ import annotations

import argparse
import pickle
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

from claims.cluster.session import session_of
from claims.collection.files import collection_at
from claims.reliability.collected import collected
from claims.reliability.on_cluster import OnCluster
from claims.reliability.on_disk import OnDisk
from claims.reliability.sources import Asked
from tests.bench.tables import write_collection

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    import pyarrow as pa

    from claims.model.problem import Problem
    from claims.model.reliability import Reliabilities
    from claims.reliability.collected import Gathering
    from claims.reliability.evidence import Block
    from claims.tables.columns import Ints

MASTER = "local[2]"


class Watched:
    """Parts of a collection, timed."""

    def __init__(self, parts: Gathering) -> None:
        self.parts, self.begun = parts, time.monotonic()
        self.gathered = self.last = 0.0
        self.times: list[float] = []
        self.sent = 0

    @property
    def counts(self) -> Any:
        """As `Parts.counts`."""
        return self.parts.counts

    @property
    def digest(self) -> str:
        """As `Gathering.digest`."""
        return self.parts.digest

    @property
    def warnings(self) -> tuple[Problem, ...]:
        """As `Gathering.warnings`."""
        return self.parts.warnings

    def read(self) -> Mapping[str, pa.Table]:
        """As `Gathering.read`."""
        return self.parts.read()

    def gather(self) -> None:
        """As `Gathering.gather`."""
        self.parts.gather()
        self.gathered = time.monotonic() - self.begun

    def together(self, of: Callable[[Block], Ints], rows: int) -> Ints:
        """As `Parts.together`."""
        self.sent = self.sent or len(pickle.dumps(of))
        begun = time.monotonic()
        total = self.parts.together(of, rows)
        self.times.append(time.monotonic() - begun)
        return total


def main() -> int:
    """Measure both; gives 1 where they do not learn the same."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--findings", type=int, default=1_000_000, metavar="N")
    parser.add_argument("--partitions", type=int, metavar="N")
    parser.add_argument("--tables", type=Path, help="a folder to keep the tables in")
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as own:
        folder = args.tables or Path(own, "tables")
        if not folder.exists():
            write_collection(folder, args.findings)
        read = collection_at(str(folder))
        here = _measured("local", folder, Watched(OnDisk(read, None, Path(own, "cut"), lambda _: None)))
        session = session_of(MASTER)
        session.range(1).count()
        cluster = OnCluster(session, read, None, lambda _: None, args.partitions)
        watched = Watched(cluster)
        there = _measured("spark", folder, watched)
        back = cluster.judging.partitions * 2 * 8 * watched.counts.size
        sys.stdout.write(
            f"{watched.counts.size:,} origins, {cluster.judging.partitions} partitions: {watched.sent:,} bytes to each "
            f"worker a round, {back:,} back from all\n"
        )
        cluster.close()
        session.stop()
    return 0 if here == there else 1


def _measured(engine: str, folder: Path, parts: Watched) -> Reliabilities:
    _, found = collected(collection_at(str(folder)), None, parts, Asked(), lambda _: None)
    rounds = sorted(parts.times[1:-1]) or parts.times
    sys.stdout.write(
        f"{engine}: answers put aside after {parts.gathered:.1f} s; {found.rounds} rounds, the first "
        f"{parts.times[0]:.2f} s, then {rounds[len(rounds) // 2]:.2f} s each; {found.claims:,} claims compared\n"
    )
    sys.stdout.flush()
    return found


if __name__ == "__main__":
    sys.exit(main())
