"""`PYTHON tests/bench/peer.py PEER LIMIT OUT DATA...`: what one published method says of tables of answers.

It is run by the interpreter that has the peers, and needs pandas and them alone. LIMIT: seconds for one table, and OUT:
a folder. For each folder DATA it writes OUT/NAME.csv (object, value, tied; all values that tie) and tells one line of
JSON: the name, and the seconds or why there is no result. Without PEER it tells which peers there are.
"""

from __future__ import annotations

import json
import resource
import signal
import sys
import time
import types
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import pandas as pd

if TYPE_CHECKING:
    from collections.abc import Callable

ROOM: Final = 4 * 2**30
"""Bytes that a method may take: some make a square of all values for each source."""
CROWD_KIT: Final = (
    "MajorityVote", "Wawa", "ZeroBasedSkill", "DawidSkene", "OneCoinDawidSkene", "GLAD", "MACE", "MMSR", "KOS",
)  # fmt: skip
TRUTH_DISCOVERY: Final = (
    "MajorityVoting",
    "Sums",
    "AverageLog",
    "Investment",
    "PooledInvestment",
    "TruthFinder",
    "CRH",
)


def main() -> int:
    """Run one peer over all tables; 2 where it is not installed."""
    if len(sys.argv) == 1:
        sys.stdout.write("\n".join((*CROWD_KIT, *TRUTH_DISCOVERY)) + "\n")
        return 0
    name, limit, out = sys.argv[1], int(sys.argv[2]), Path(sys.argv[3])
    try:
        run = _crowd_kit(name) if name in CROWD_KIT else _truth_discovery(name)
    except (ImportError, AttributeError) as error:
        sys.stdout.write(f"{error}\n")
        return 2
    resource.setrlimit(resource.RLIMIT_AS, (ROOM, ROOM))
    signal.signal(signal.SIGALRM, _stop)
    for folder in map(Path, sys.argv[4:]):
        frame = pd.read_csv(next(iter(sorted(folder.glob("answers.csv*")))), dtype=str, keep_default_na=False)
        told: dict[str, Any] = {"name": folder.name}
        signal.alarm(limit)
        start = time.perf_counter()
        try:
            run(frame).to_csv(out / f"{folder.name}.csv", index=False)
            told["seconds"] = time.perf_counter() - start
        except Exception as error:  # noqa: BLE001 - whatever a peer fails with is told
            told["failed"] = f"{type(error).__name__}: {error}"[:80]
        finally:
            signal.alarm(0)
        sys.stdout.write(json.dumps(told) + "\n")
        sys.stdout.flush()
    return 0


def _stop(*_: object) -> None:
    raise TimeoutError


def _crowd_kit(name: str) -> Callable[[pd.DataFrame], pd.DataFrame]:
    import crowdkit.aggregation as crowd  # noqa: PLC0415 - it may not be there

    make = getattr(crowd, name)

    def run(frame: pd.DataFrame) -> pd.DataFrame:
        rows = frame.rename(columns={"source": "worker", "object": "task", "value": "label"})
        if name == "KOS":
            if rows["label"].nunique() > 2:
                message = "it takes two labels only"
                raise ValueError(message)
            return _single(make(random_state=0).fit_predict(rows))
        made = make(random_state=0) if name in {"MMSR", "MACE"} else make()
        if not hasattr(made, "fit_predict_proba"):
            return _single(made.fit_predict(rows))
        likely = made.fit_predict_proba(rows).rename_axis(index="object", columns=None).reset_index()
        long = likely.melt("object", var_name="value", value_name="likely")
        best = long[long["likely"] >= long.groupby("object")["likely"].transform("max") - 1e-12]
        return best.assign(tied=best.groupby("object")["value"].transform("size"))[["object", "value", "tied"]]

    return run


def _single(found: pd.Series) -> pd.DataFrame:
    return pd.DataFrame({"object": found.index, "value": found.to_numpy(), "tied": 1})


def _truth_discovery(name: str) -> Callable[[pd.DataFrame], pd.DataFrame]:
    sys.modules.setdefault("cairo", types.ModuleType("cairo"))  # it draws with it, which is not measured
    import truthdiscovery  # noqa: PLC0415 - it may not be there

    make = getattr(truthdiscovery, name)

    def run(frame: pd.DataFrame) -> pd.DataFrame:
        table = truthdiscovery.Dataset(frame[["source", "object", "value"]].itertuples(index=False, name=None))
        result = make().run(table)
        rows = []
        for thing in frame["object"].unique():
            best = sorted(result.get_most_believed_values(thing))
            rows += [(thing, value, len(best)) for value in best]
        return pd.DataFrame(rows, columns=["object", "value", "tied"])

    return run


if __name__ == "__main__":
    sys.exit(main())
