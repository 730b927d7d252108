"""Tables of answers in a notation small enough to see them whole, and strategies that build many."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
from hypothesis import strategies as st

if TYPE_CHECKING:
    from claims.fusion.result import Fusion

NAMES = ["bbc", "رويترز", "=1+1", "a b", "Ω", "nul", "1", "01"]


def table(text: str) -> pd.DataFrame:
    """`sky: a b b, sea: c c` is the answers of the first, second and third source; `-` is none."""
    rows = []
    for part in text.split(","):
        thing, _, said = part.partition(":")
        rows += [(f"s{n}", thing.strip(), value) for n, value in enumerate(said.split()) if value != "-"]
    return pd.DataFrame(rows, columns=["source", "object", "value"])


def holds(fusion: Fusion) -> dict[str, set[str]]:
    """Of each object the values that hold."""
    found: dict[str, set[str]] = {}
    for thing, value in zip(fusion.outcome["object"], fusion.outcome["value"], strict=True):
        found.setdefault(str(thing), set()).add(str(value))
    return found


def likely(fusion: Fusion) -> dict[tuple[str, str], float]:
    """Of each object and value how likely it holds."""
    rows = fusion.candidates
    return {
        (str(thing), str(value)): float(p)
        for thing, value, p in zip(rows["object"], rows["value"], rows["probability"], strict=True)
    }


@st.composite
def tables(draw: st.DrawFn, values: int = 4, least: int = 1) -> pd.DataFrame:
    """Small tables of every kind: few and many values, gaps, ties, sources that say one thing."""
    sources = draw(st.integers(least, 6))
    things = draw(st.integers(1, 8))
    said = draw(st.lists(st.integers(-1, values - 1), min_size=sources * things, max_size=sources * things))
    rows = [(NAMES[n % sources], f"o{n // sources}", f"v{value}") for n, value in enumerate(said) if value >= 0]
    return pd.DataFrame(rows or [("bbc", "o0", "v0")], columns=["source", "object", "value"])


def simulated(
    *,
    honest: int,
    right: float,
    copies: int = 0,
    copied: float = 0.4,
    values: int = 10,
    things: int = 400,
    seed: int = 1,
) -> tuple[pd.DataFrame, dict[str, str]]:
    """Sources that are right so often, each by itself, and copies of one source; with what is true."""
    chance = np.random.default_rng(seed)
    truth = chance.integers(0, values, things)

    def told(share: float) -> np.ndarray:
        return np.where(chance.random(things) < share, truth, chance.integers(0, values, things))

    model = told(copied)
    rows = []
    for n in range(honest + copies):
        own = told(right)
        said = np.where(chance.random(things) < 0.97, model, own) if n >= honest else own
        spoke = np.flatnonzero(chance.random(things) < 0.8)
        name = f"copy{n - honest}" if n >= honest else f"own{n}"
        rows += [(name, f"o{thing}", f"v{thing}.{said[thing]}") for thing in spoke]
    return (
        pd.DataFrame(rows, columns=["source", "object", "value"]),
        {f"o{thing}": f"v{thing}.{truth[thing]}" for thing in range(things)},
    )


def score(fusion: Fusion, truth: dict[str, str]) -> float:
    """The part of objects whose value is the true one; ties count their part."""
    rows = fusion.outcome
    right = [
        (truth[str(thing)] == str(value)) / tied
        for thing, value, tied in zip(rows["object"], rows["value"], rows["tied"], strict=True)
    ]
    return float(sum(right)) / len(truth)
