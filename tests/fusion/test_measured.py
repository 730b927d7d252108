"""Figures that are measured: sources that lean, that are vague, or wild, and how sure one is of what they say."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.special import digamma

from claims import fuse
from claims.fusion.codes import Answers, numbered
from claims.fusion.measured import IMAGINED, _shape
from claims.fusion.numeric import is_reported
from claims.fusion.sorting import coded
from tests.fusion.tables import likely, table
from tests.fusion.test_calibration import BINS


class Gauges(NamedTuple):
    """Sources that measure things, and what they are like."""

    sources: int = 16
    each: int = 8
    things: int = 400
    error: float = 0.8
    differ: float = 0.6
    """How much sources differ in the logarithm of their errors."""
    lean: float = 0.0
    tails: float = 0.0
    """Degrees of freedom of errors; 0: they are normal."""
    wild: float = 0.03
    things_differ: float = 0.0
    fahrenheit: int = 0
    """How many sources use another unit."""


GAUGES = {
    "sources alike": Gauges(differ=0.0, wild=0.0),
    "sources that differ": Gauges(),
    "sources that lean": Gauges(lean=1.2),
    "heavy tails": Gauges(tails=1.5),
    "three answers a thing": Gauges(sources=40, each=3),
    "things that differ": Gauges(things_differ=1.0),
    "a small tolerance": Gauges(error=4.0, each=12),
    "another unit": Gauges(fahrenheit=3),
}


def drawn(gauges: Gauges, seed: int) -> tuple[pd.DataFrame, np.ndarray]:
    """Answers, and what is true."""
    chance = np.random.default_rng(seed)
    truth = chance.uniform(-10, 35, gauges.things)
    error = gauges.error * np.exp(chance.normal(0, gauges.differ, gauges.sources))
    lean = chance.normal(0, gauges.lean, gauges.sources)
    rows = []
    for thing in range(gauges.things):
        who = chance.choice(gauges.sources, gauges.each, replace=False)
        noise = chance.standard_t(gauges.tails, who.size) if gauges.tails else chance.normal(0, 1, who.size)
        said = truth[thing] + lean[who] + error[who] * noise * np.exp(chance.normal(0, gauges.things_differ))
        said = np.where(chance.random(who.size) < gauges.wild, said * 10 + 3, said)
        said = np.where(who < gauges.fahrenheit, said * 1.8 + 32, said)
        rows += [(f"s{one}", thing, round(float(figure), 2)) for one, figure in zip(who, said, strict=True)]
    return pd.DataFrame(rows, columns=["source", "object", "value"]), truth


def near(frame: pd.DataFrame, truth: np.ndarray) -> np.ndarray:
    """Of each object, whether its first value is within 1 of the truth."""
    return np.abs(frame["value"].to_numpy(dtype=float) - truth) <= 1


@pytest.mark.parametrize("gauges", GAUGES.values(), ids=GAUGES.keys())
def test_what_is_said_to_be_likely_is_as_often_right_and_no_median_is_more_often(gauges: Gauges) -> None:
    apart, ours, median = [], [], []
    for seed in (1, 2):
        frame, truth = drawn(gauges, seed)
        fusion = fuse(frame, tolerance=1)
        assert fusion.converged
        best = fusion.outcome.drop_duplicates("object")
        right, said = near(best, truth), best["probability"].to_numpy()
        bins = (said * BINS).astype(int)
        apart.append(np.abs(np.bincount(bins, right - said)).sum() / truth.size)
        ours.append(right.mean())
        middle = frame.sort_values("value").groupby("object")["value"].agg(lambda said: said.iloc[said.size // 2])
        median.append(near(middle.reset_index(), truth).mean())
    assert np.mean(apart) <= 0.06  # a probability of 0.95 is said where all are right
    assert np.mean(ours) >= np.mean(median) - 0.01


@pytest.mark.parametrize("name", ["sources that lean", "another unit"])
def test_what_a_source_leans_by_is_taken_off(name: str) -> None:
    """Where figures support each other by how close they are, 0.84 of the former are right."""
    for seed in (1, 2):
        frame, truth = drawn(GAUGES[name], seed)
        assert near(fuse(frame, tolerance=1).outcome.drop_duplicates("object"), truth).mean() > 0.93


@given(st.integers(1, 5), st.sampled_from([1.0, -1.0, 4.0, -0.5]), st.sampled_from([0, 100, -64]))
@settings(max_examples=10)
def test_neither_the_unit_nor_the_zero_matters(seed: int, unit: float, zero: int) -> None:
    """Nor which way figures grow."""
    frame, _ = drawn(Gauges(things=15, lean=0.5), seed)
    frame["value"] = np.round(frame["value"] * 4) / 4
    frame = frame.astype({"object": str})
    other = frame.assign(value=frame["value"] * unit + zero)
    found = likely(fuse(other, tolerance=abs(unit)))
    for (thing, value), probability in likely(fuse(frame, tolerance=1)).items():
        assert found[thing, str(float(value) * unit + zero)] == pytest.approx(probability, abs=1e-5)


NINE = ", ".join(f"o{n}: {n} {n}.4" for n in range(9))


@pytest.mark.parametrize(
    "text",
    [
        "x: 5",
        "x: 5 5 5, y: 7 7 7",
        "x: 1 2.5 900, y: - 3 4",
        "x: 1 1.1 900",
        "x: -1.7e308 2 1.7e308",
        "x: 1 -, y: - 2",
        NINE,
    ],
)
def test_the_smallest_tables_have_an_answer(text: str) -> None:
    fusion = fuse(table(text), tolerance=0.75)
    assert fusion.converged
    assert fusion.outcome["probability"].between(0.01, 0.95).all()
    assert fusion.sources["reliability"].between(0, 1).all()


def test_a_grade_says_how_exact_a_source_is() -> None:
    frame = table(", ".join(f"o{n}: {10 * n} {10 * n + 3}" for n in range(4)))
    values = {}
    for good in ("s0", "s1"):
        fusion = fuse(frame, tolerance=1, grades={"s0": "E", "s1": "E"} | {good: "A"})
        found = likely(fusion)
        values[good] = found["o1", "10"] > found["o1", "13"]
    assert values == {"s0": True, "s1": False}


def _coded(frame: pd.DataFrame) -> tuple[Answers, np.ndarray]:
    given_ = numbered(frame["source"], frame["object"], frame["value"])
    answers = coded(given_)
    return answers, given_.options.to_numpy(dtype=float)[answers.value]


@pytest.mark.parametrize("step", [0.1, 1.0, 5.0])
@pytest.mark.parametrize("error", [1.0, 3.0])
@pytest.mark.parametrize("mixed", [False, True])
def test_rounding_is_not_taken_for_the_same_report(step: float, error: float, mixed: bool) -> None:
    """Where half of the sources round to a tenth of that, too."""
    chance = np.random.default_rng(3)
    sizes = np.where(np.arange(10) % 2, step, step / 10) if mixed else np.full(10, step)
    said = chance.uniform(0, 90 * step, (300, 1)) + chance.normal(0, error * step, (300, 10))
    said = np.round(np.round(said / sizes) * sizes, 6)
    rows = [(n, thing, said[thing, n]) for thing in range(300) for n in range(10)]
    assert not is_reported(*_coded(pd.DataFrame(rows, columns=["source", "object", "value"])))


@pytest.mark.parametrize("right", [0.4, 0.7])
@pytest.mark.parametrize("step", [0.01, 1.0, 10.0])
def test_a_figure_that_many_report_is_told_from_one_that_they_measure(right: float, step: float) -> None:
    chance = np.random.default_rng(3)
    truth = chance.integers(0, 900, 300)[:, None]
    said = np.where(chance.random((300, 10)) < right, truth, truth + np.round(chance.normal(0, 6, (300, 10))))
    rows = [(n, thing, round(float(said[thing, n]) * step, 2)) for thing in range(300) for n in range(10)]
    assert is_reported(*_coded(pd.DataFrame(rows, columns=["source", "object", "value"])))


@given(st.floats(0.6, 900.0))
def test_the_shape_is_the_one_that_was_drawn_from(shape: float) -> None:
    """So far as there are many draws."""
    number = 1e9
    apart = float(np.log(shape) - digamma(shape))
    assert _shape(apart, number) == pytest.approx(shape, rel=0.01)
    assert _shape(0.0, 0.0) == pytest.approx(IMAGINED[1], rel=1e-6)
