"""`python -m tests.bench.fuse [--data DIR [--peers PYTHON]] [--quick]`: how right, calibrated and fast fusing is.

DIR holds a folder a data set: answers.csv (or .csv.gz) with source, object and value, and gold.csv with object and
value; meta.json may say that values are figures (kind numeric, tol_abs). PYTHON is an interpreter that has crowd-kit
and truthdiscovery: each of their methods is run over the same tables. Speed is measured against those that are
installed here. Memory is measured on Linux.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
import time
import types
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NamedTuple
from unittest import mock

import numpy as np
import pandas as pd

from claims import fuse
from claims.fusion import estimate
from claims.fusion.confusion import labels
from tests.bench.peers import Row, compared
from tests.bench.timing import Figure, told

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

BINS: Final = 10
DRAWS: Final = 50
LARGE: Final = """
import json, sys, time
import numpy as np, pandas as pd
from claims import fuse
def peak():
    lines = dict(line.split(":", 1) for line in open("/proc/self/status"))
    return int(lines["VmHWM"].split()[0]) * 1024
rows = np.load(sys.argv[1])
frame = pd.DataFrame({"source": rows[:, 0], "object": rows[:, 1], "value": rows[:, 2]})
before, start = peak(), time.process_time()
fuse(frame)
print(json.dumps({"seconds": time.process_time() - start, "bytes": (peak() - before) / len(frame)}))
"""
SOURCES, CANDIDATES, PER_OBJECT = 1000, 4, 10


class Score(NamedTuple):
    """How right the values are, ties by their part; how far probabilities are from that, in bins; and squared."""

    accuracy: float
    error: float
    """The expected calibration error over ten bins of equal width."""
    least: float
    """What that error would be, on average, if the probabilities were right: chance alone, in so few objects."""
    brier: float
    objects: int


def main() -> int:
    """Print both tables; gives 1 where a target of speed is missed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, help="a folder with a folder for each data set")
    parser.add_argument("--peers", help="an interpreter that has the peers; they take minutes")
    parser.add_argument("--limit", type=int, default=60, help="seconds that a peer may take for one data set")
    parser.add_argument("--quick", action="store_true", help="a tenth of the answers")
    args = parser.parse_args()
    tell = sys.stdout.write
    if args.data is None or not args.data.is_dir():
        tell("no data sets: --data DIR names their folder; what follows is speed alone\n\n")
    else:
        for line in accuracies(args.data, args.peers, args.limit):
            tell(line)
            sys.stdout.flush()
    figures = []
    for figure in speeds(100_000 if args.quick else 1_000_000, tell):
        tell(f"{figure}\n")
        sys.stdout.flush()
        figures.append(figure)
    return 0 if all(figure.holds for figure in figures) else 1


def accuracies(folder: Path, peers: str | None = None, limit: int = 60) -> Iterator[str]:
    """The tables of data sets, line by line; of peers only where an interpreter has them."""
    yield (
        f"{'data set':<14}{'method':<13}{'objects':>8}{'vote':>8}{'ours':>8}{'±':>7}{'ECE':>7}{'at best':>8}"
        f"{'Brier':>7}{'s':>7}\n"
    )
    kinds: dict[str, list[Path]] = {"open": [], "labels": []}
    found, right = [], {}
    for one in sorted(path.parent for path in folder.glob("*/gold.csv")):
        answers = next(iter(sorted(one.glob("answers.csv*"))))
        frame = pd.read_csv(answers, dtype=str, keep_default_na=False)
        start = time.perf_counter()
        fusion = fuse(frame, tolerance=_tolerance(one / "meta.json"))
        seconds = time.perf_counter() - start
        ours, vote = scored(fusion.outcome, one), scored(votes(frame), one)
        found.append((vote.accuracy, ours.accuracy))
        right[one.name] = ours.accuracy
        kinds["labels" if fusion.method == "labels" else "open"].append(one)
        spread = (ours.accuracy * (1 - ours.accuracy) / ours.objects) ** 0.5
        yield (
            f"{one.name:<14}{fusion.method:<13}{ours.objects:>8}{vote.accuracy:>8.4f}{ours.accuracy:>8.4f}{spread:>7.4f}"
            f"{ours.error:>7.3f}{ours.least:>8.3f}{ours.brier:>7.3f}{seconds:>7.2f}\n"
        )
    means = np.mean(found, axis=0) if found else (0.0, 0.0)
    yield f"{'mean':<35}{means[0]:>8.4f}{means[1]:>8.4f}\n\n"
    if peers is not None:
        yield from compared(Row("ours", right), kinds, lambda rows, one: scored(rows, one).accuracy, peers, limit)


def scored(outcome: pd.DataFrame, folder: Path) -> Score:
    """How well an outcome fits what is known of a data set."""
    gold = pd.read_csv(folder / "gold.csv", dtype=str, keep_default_na=False)
    return score(outcome, gold, _tolerance(folder / "meta.json"))


def _tolerance(meta: Path) -> float | None:
    said: dict[str, Any] = json.loads(meta.read_text("utf-8")) if meta.is_file() else {}
    return float(said.get("tol_abs", 0)) if said.get("kind") == "numeric" else None


def votes(frame: pd.DataFrame) -> pd.DataFrame:
    """What most say, in the form of an outcome."""
    rows = frame.groupby(["object", "value"], as_index=False).size()
    whole = rows.groupby("object")["size"]
    rows["probability"] = rows["size"] / whole.transform("sum")
    rows = rows[rows["size"] == whole.transform("max")]
    return rows.assign(tied=rows.groupby("object")["value"].transform("size"))


def score(outcome: pd.DataFrame, gold: pd.DataFrame, tolerance: float | None) -> Score:
    """How well an outcome fits what is known."""
    rows = outcome.astype({"object": str}).merge(gold.rename(columns={"value": "gold"}), on="object")
    if tolerance is None:
        right = rows["value"].astype(str) == rows["gold"]
    else:
        right = (rows["value"].astype(float) - rows["gold"].astype(float)).abs() <= tolerance + 1e-9
    by_object = (right / rows["tied"]).groupby(rows["object"]).sum()
    said = rows.groupby("object")["probability"].first()
    bins = np.minimum((said.to_numpy() * BINS).astype(int), BINS - 1)
    apart = (by_object - said).to_numpy()
    chance = np.random.default_rng(1)
    luck = [_error((chance.random(len(said)) < said.to_numpy()) - said.to_numpy(), bins) for _ in range(DRAWS)]
    return Score(
        float(by_object.mean()), _error(apart, bins), float(np.mean(luck)), float((apart**2).mean()), len(by_object)
    )


def _error(apart: np.ndarray, bins: np.ndarray) -> float:
    return float(np.abs(np.bincount(bins, apart, BINS)).sum() / apart.size)


def generated(number: int, seed: int = 1) -> pd.DataFrame:
    """So many answers of 1,000 sources, ten on each object, four candidates; in an order that tells nothing."""
    chance = np.random.default_rng(seed)
    objects = number // PER_OBJECT
    thing = np.repeat(np.arange(objects), PER_OBJECT)
    first = np.repeat(chance.integers(0, SOURCES, objects), PER_OBJECT)
    source = (first + np.tile(np.arange(PER_OBJECT), objects) * 97) % SOURCES
    truth = chance.integers(0, CANDIDATES, objects)[thing]
    right = chance.random(thing.size) < chance.beta(4, 3, SOURCES)[source]
    value = np.where(right, truth, (truth + chance.integers(1, CANDIDATES, thing.size)) % CANDIDATES)
    order = chance.permutation(thing.size)
    return pd.DataFrame({"source": source[order], "object": thing[order], "value": value[order]})


def speeds(number: int, tell: Callable[[str], object]) -> Iterator[Figure]:
    """Ours against the peers, preparation included; processor time, so that others on the machine do not count."""
    frame = generated(number)
    ours, fusion = _seconds(lambda: fuse(frame), 3)
    vote, _ = _seconds(lambda: _voted(frame), 3)
    about = f"{number:,} answers"
    round_ = min(_searched(frame) for _ in range(3)) / fusion.rounds
    yield Figure(f"{about}: one of {fusion.rounds} rounds / a vote", round_, vote, 2.0)
    for name, run, times in (
        ("crowd-kit Dawid-Skene", _dawid_skene, 3.0),
        ("truthdiscovery TruthFinder", _truth_finder, 10.0),
    ):
        try:
            peer, _ = _seconds(lambda run=run: run(frame), 1)  # type: ignore[misc]
        except ImportError as error:
            tell(f"{name}: not installed ({error})\n")
            continue
        yield Figure(f"{about}: {name} / ours", ours, peer, times, is_least=True)
    with tempfile.TemporaryDirectory() as folder:
        np.save(Path(folder) / "answers.npy", generated(10 * number).to_numpy())
        large = [told(LARGE, f"{folder}/answers.npy", PYTHONPATH=str(Path.cwd())) for _ in range(3)]
    seconds, room = (min(run[name] for run in large) for name in ("seconds", "bytes"))
    yield Figure(f"{10 * number:,} answers / {number:,}", seconds, ours, 12.0)
    yield Figure("bytes an answer at the peak, on top of the table / 100", room, 100.0, 1.0, "B")


def _seconds(work: Callable[[], Any], times: int) -> tuple[float, Any]:
    best, result = float("inf"), None
    for _ in range(times):
        start = time.process_time()
        result = work()
        best = min(best, time.process_time() - start)
    return best, result


def _searched(frame: pd.DataFrame) -> float:
    """The seconds of a search over labels, without reading the frame and what is made of the search."""
    spent: list[float] = []

    def search(*args: Any) -> Any:
        start = time.process_time()
        found = labels(*args)
        spent.append(time.process_time() - start)
        return found

    with mock.patch.object(estimate, "labels", search):
        fuse(frame)
    return sum(spent)


def _voted(frame: pd.DataFrame) -> np.ndarray:
    """A plain vote in numpy: each pair of object and value counted, and of each object the most that one has."""
    pair = frame["object"].to_numpy() * CANDIDATES + frame["value"].to_numpy()
    pairs, votes = np.unique(pair, return_counts=True)
    thing = pairs // CANDIDATES
    starts = np.flatnonzero(np.append(True, thing[1:] != thing[:-1]))
    most = np.maximum.reduceat(votes, starts)
    return pairs[votes == np.repeat(most, np.diff(starts, append=len(pairs)))] % CANDIDATES


def _dawid_skene(frame: pd.DataFrame) -> object:
    from crowdkit.aggregation import DawidSkene  # noqa: PLC0415 - it may not be there

    names = {"source": "worker", "object": "task", "value": "label"}
    return DawidSkene(n_iter=100).fit_predict(frame.rename(columns=names))


def _truth_finder(frame: pd.DataFrame) -> object:
    sys.modules.setdefault("cairo", types.ModuleType("cairo"))  # it draws with it, which is not measured
    from truthdiscovery import Dataset, TruthFinder  # noqa: PLC0415 - it may not be there

    return TruthFinder().run(Dataset(frame.itertuples(index=False, name=None)))


if __name__ == "__main__":
    sys.exit(main())
