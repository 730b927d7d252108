"""Programs run and timed, in turn with the peer that they are compared with, so that both meet the same machine."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence


@dataclass(frozen=True, slots=True)
class Figure:
    """One line of the table: what was measured, against what, and how it should come out."""

    name: str
    ours: float
    peer: float
    target: float
    unit: str = "s"
    is_least: bool = False
    """Whether `target` is the least ratio and not the most."""

    @property
    def ratio(self) -> float:
        """Ours as a multiple of the peer's; of least ratios, the peer's of ours."""
        return self.peer / self.ours if self.is_least else self.ours / self.peer

    @property
    def holds(self) -> bool:
        """Whether the target is met."""
        return self.ratio >= self.target if self.is_least else self.ratio <= self.target

    def __str__(self) -> str:
        sign = "≥" if self.is_least else "≤"
        return (
            f"{self.name:<64}{self.ours:>9.3f}{self.peer:>9.3f} {self.unit:<3}{self.ratio:>7.2f}  "
            f"{sign} {self.target:<5g} {'ok' if self.holds else 'MISSED'}"
        )


def environment(more: Mapping[str, str]) -> dict[str, str]:
    """What a program runs with: bytecode is kept, as it is for every installed program, ours and the peer's."""
    return {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"} | dict(more)


def best_of(times: int, *programs: Callable[[], float]) -> tuple[float, ...]:
    """The least of what each program takes, over so many rounds in which each runs once."""
    rounds = [[program() for program in programs] for _ in range(times)]
    return tuple(min(column) for column in zip(*rounds, strict=True))


def seconds(args: Sequence[str], **env: str) -> float:
    """The time that a Python program takes from start to end, its output thrown away."""
    start = time.perf_counter()
    subprocess.run([sys.executable, *args], env=environment(env), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
                   check=False)  # fmt: skip
    return time.perf_counter() - start


def told(code: str, *args: str, **env: str) -> dict[str, float]:
    """What a Python program of its own prints as JSON: seconds and megabytes that it measured itself."""
    done = subprocess.run([sys.executable, "-c", code, *args], env=environment(env), capture_output=True, text=True,
                          check=True)  # fmt: skip
    result: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return result
