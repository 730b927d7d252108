"""Figures: what is close agrees, what is far does not drag anything along."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims import fuse
from claims.fusion.codes import numbered
from claims.fusion.numeric import Neighbours
from claims.fusion.sorting import coded
from tests.fusion.tables import holds, table


def readings(spreads: list[float], things: int = 300, seed: int = 2) -> tuple[pd.DataFrame, np.ndarray]:
    """Sources that measure with such errors, and the true figures."""
    chance = np.random.default_rng(seed)
    truth = chance.normal(50, 20, things)
    rows = [
        (f"s{n}", thing, round(truth[thing] + chance.normal(0, spread), 3))
        for n, spread in enumerate(spreads)
        for thing in range(things)
    ]
    return pd.DataFrame(rows, columns=["source", "object", "value"]), truth


def test_exact_sources_are_found_among_vague_ones_and_beat_the_median() -> None:
    frame, truth = readings([0.3, 0.3, 3, 3, 10, 10, 10])
    fusion = fuse(frame, tolerance=1)
    near = np.abs(fusion.outcome.drop_duplicates("object")["value"].to_numpy(dtype=float) - truth) <= 1
    median = np.abs(frame.groupby("object")["value"].median().to_numpy() - truth) <= 1
    assert near.mean() > 0.97 > median.mean()
    ranked = fusion.sources.sort_values("reliability", ascending=False)["source"].tolist()
    assert set(ranked[:2]) == {"s0", "s1"}
    assert set(ranked[4:]) == {"s4", "s5", "s6"}
    assert "sources are judged by how close they come" in fusion.notes[1]


def test_without_a_tolerance_one_is_taken_from_the_answers() -> None:
    frame, _ = readings([0.3, 0.3, 1, 1])
    assert fuse(frame).notes[1].startswith("figures: tolerance 0.")
    reported = fuse(table(", ".join(f"o{n}: {n} {n} {n + 1}" for n in range(40))))
    assert reported.notes[1].startswith("figures: tolerance 0, as figures recur")


def test_a_wild_figure_changes_nothing() -> None:
    calm = fuse(table("x: 10 10.5 11"), tolerance=1)
    wild = fuse(table("x: 10 10.5 11 1e300"), tolerance=1)
    assert holds(wild) == holds(calm) == {"x": {"10.5"}}


def test_a_number_spelled_in_two_ways_is_one_value() -> None:
    assert holds(fuse(table("x: 1.0 1 1.00 2 2"), numeric=True)) == {"x": {"1"}}


@given(
    st.lists(st.floats(-1e6, 1e6, allow_nan=False), min_size=1, max_size=30, unique=True),
    st.floats(0.01, 100),
    st.integers(1, 4),
)
def test_sums_over_neighbours_are_those_done_by_hand(figures: list[float], tolerance: float, things: int) -> None:
    figures = sorted({round(figure, 3) for figure in figures})
    rows = [("s", f"o{n % things}", figure) for n, figure in enumerate(figures)]
    frame = pd.DataFrame(rows, columns=["source", "object", "value"])
    answers = coded(numbered(frame["source"] + frame.index.astype(str), frame["object"], frame["value"]))
    value = np.array(sorted(figures))[answers.value]
    weight = np.arange(1.0, value.size + 1)
    line = Neighbours(answers, value, tolerance)
    apart = np.abs(value[:, None] - value[None, :]) / tolerance
    apart[answers.object[:, None] != answers.object[None, :]] = np.inf
    if not (np.abs(apart - 1) < 1e-6).any():
        assert line.within(weight) == pytest.approx((apart <= 1) @ weight)
