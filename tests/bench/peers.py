"""The fair bar: one method with its defaults over all data sets, ours and those that are published.

A table picks the best of many methods for each data set, on the very answers that score it: that flatters them. Here
each method stands for itself: its mean over the sets of one kind, where it can do all of them.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

import pandas as pd

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    Scored = Callable[[pd.DataFrame, Path], float]

CHILD: Final = str(Path(__file__).with_name("peer.py"))


class Row(NamedTuple):
    """A method, and of each data set that it can do, the part of objects that it has right."""

    name: str
    right: dict[str, float]

    def mean(self, sets: list[str]) -> float | None:
        """Over these data sets, where it can do all of them."""
        found = [self.right[name] for name in sets if name in self.right]
        return sum(found) / len(found) if found and len(found) == len(sets) else None


def compared(ours: Row, kinds: dict[str, list[Path]], scored: Scored, python: str, limit: int) -> Iterator[str]:
    """The table, line by line: a column for each data set, by kind, and the mean of each kind.

    kinds: of each kind the folders of its data sets. python: the interpreter that has the peers. limit: seconds that a
    peer may take for one data set.
    """
    sets = [folder for folders in kinds.values() for folder in folders]
    yield (
        f"{'method':<20}" + "".join(f"{one.name[:11]:>12}" for one in sets) + "".join(f"{k:>12}" for k in kinds) + "\n"
    )
    yield _line(ours, kinds)
    names = subprocess.run([sys.executable, CHILD], check=True, capture_output=True, text=True).stdout.split()
    best: dict[str, tuple[float, str]] = {}
    for name in names:
        row = _measured(name, sets, scored, python, limit)
        if isinstance(row, str):
            yield f"{name:<20}not installed: {row}\n"
            continue
        yield _line(row, kinds)
        for kind, folders in kinds.items():
            mean = row.mean([one.name for one in folders])
            best[kind] = max(best.get(kind, (0.0, "")), (mean or 0.0, name))
    for kind, folders in kinds.items():
        mine, (most, who) = ours.mean([one.name for one in folders]) or 0.0, best.get(kind, (0.0, "none"))
        yield f"{kind}: ours {mine:.4f}, best peer {most:.4f} ({who})\n"
    yield "\n"


def _measured(name: str, sets: list[Path], scored: Scored, python: str, limit: int) -> Row | str:
    """What a peer has right, or why it cannot be run."""
    with tempfile.TemporaryDirectory() as out:
        command = [python, "-W", "ignore", CHILD, name, str(limit), out, *map(str, sets)]
        try:
            child = subprocess.run(
                command, check=False, capture_output=True, text=True, timeout=(limit + 10) * len(sets)
            )
            said, code = child.stdout, child.returncode
        except subprocess.TimeoutExpired as error:  # a peer that does not listen to its own limit
            said, code = (error.stdout or b"").decode(), 0
        if code == 2:
            return said.strip()
        right = {}
        for line in said.splitlines():
            told = json.loads(line)
            if "seconds" in told:
                found = pd.read_csv(Path(out) / f"{told['name']}.csv", dtype=str, keep_default_na=False)
                found = found.assign(tied=found["tied"].astype(int), probability=0.0)
                right[told["name"]] = scored(found, next(one for one in sets if one.name == told["name"]))
        return Row(name, right)


def _line(row: Row, kinds: dict[str, list[Path]]) -> str:
    sets = [folder.name for folders in kinds.values() for folder in folders]
    means = [row.mean([one.name for one in folders]) for folders in kinds.values()]
    figures = [*(row.right.get(name) for name in sets), *means]
    return f"{row.name:<20}" + "".join(f"{'–' if one is None else f'{one:.4f}':>12}" for one in figures) + "\n"
