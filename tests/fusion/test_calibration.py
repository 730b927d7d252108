"""Probabilities are as right as they say, on data of several kinds that were made up here."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import pandas as pd
import pytest

from claims import fuse
from claims.fusion.fit import LONGEST, Pace
from tests.fusion.tables import score, table

BINS = 10


class Crowd(NamedTuple):
    """Sources that label things: how many there are, how many label a thing, and what they are like."""

    labels: int = 2
    sources: int = 40
    each: int = 7
    things: int = 1500
    skill: tuple[float, float] = (6, 2.5)
    hard: float = 0.0
    """The part of things about which they say what is popular, whatever is true."""
    against: float = 0.0
    """The part of sources that are mostly wrong."""


CROWDS = {
    "two labels": Crowd(),
    "five labels": Crowd(labels=5),
    "three answers a thing": Crowd(each=3),
    "sources of little skill": Crowd(skill=(4, 2.6)),
    "sources that are mostly wrong": Crowd(labels=4, against=0.2),
    "many sources, few answers of each": Crowd(sources=1500, each=4),
    "hard things": Crowd(sources=39, each=39, things=400, skill=(5, 4), hard=0.15),
    "a few hard things of many labels": Crowd(labels=4, hard=0.05),
}


def drawn(crowd: Crowd, seed: int) -> tuple[pd.DataFrame, dict[str, str]]:
    """Answers, and what is true."""
    chance = np.random.default_rng(seed)
    truth = chance.integers(0, crowd.labels, crowd.things)
    skill = chance.beta(*crowd.skill, crowd.sources)
    is_against = chance.random(crowd.sources) < crowd.against
    skill[is_against] = chance.uniform(0.02, 0.2, int(is_against.sum()))
    popular = np.cumsum(chance.dirichlet(np.ones(crowd.labels), crowd.things), axis=1)
    is_hard = chance.random(crowd.things) < crowd.hard
    rows = []
    for thing in range(crowd.things):
        who = chance.choice(crowd.sources, crowd.each, replace=False)
        other = (truth[thing] + chance.integers(1, crowd.labels, who.size)) % crowd.labels
        said = np.where(chance.random(who.size) < skill[who], truth[thing], other)
        if is_hard[thing]:
            said = np.searchsorted(popular[thing], chance.random(who.size)).clip(0, crowd.labels - 1)
        rows += [(f"s{one}", f"o{thing}", f"v{label}") for one, label in zip(who, said, strict=True)]
    frame = pd.DataFrame(rows, columns=["source", "object", "value"])
    return frame, {f"o{thing}": f"v{label}" for thing, label in enumerate(truth)}


def error(outcome: pd.DataFrame, truth: dict[str, str]) -> float:
    """The expected calibration error over ten bins."""
    first = outcome.drop_duplicates("object")
    apart = (first["object"].map(truth) == first["value"]) - first["probability"]
    bins = (first["probability"] * BINS).astype(int)
    return float(apart.groupby(bins).sum().abs().sum() / len(first))


@pytest.mark.parametrize("crowd", CROWDS.values(), ids=CROWDS.keys())
def test_what_is_said_to_be_likely_is_as_often_right(crowd: Crowd) -> None:
    errors = []
    for seed in (1, 2):
        frame, truth = drawn(crowd, seed)
        fusion = fuse(frame)
        assert fusion.converged
        errors.append(error(fusion.outcome, truth))
    assert np.mean(errors) <= 0.055  # a probability of 0.95 is said where all are right


def test_hard_things_are_not_claimed_to_be_sure() -> None:
    """With all things alike, the error is 0.057."""
    errors = []
    for seed in (1, 2, 3):
        frame, truth = drawn(CROWDS["hard things"], seed)
        fusion = fuse(frame)
        vote = frame.groupby("object")["value"].agg(lambda said: said.mode()[0])
        assert score(fusion, truth) > (vote == vote.index.map(truth)).mean() + 0.03
        errors.append(error(fusion.outcome, truth))
    assert np.mean(errors) < 0.04


def test_a_search_that_creeps_goes_the_rest_of_its_way_at_once() -> None:
    pace, moved = Pace(), 1.0
    steps = [pace.beyond(moved * 0.8**n) for n in range(4)]
    assert steps[:3] == [0, 0, 0]
    assert steps[3] == pytest.approx(0.8 / 0.2)


@pytest.mark.parametrize(("part", "times"), [(0.3, 0.0), (1.0, 0.0), (1.2, 0.0), (0.99, LONGEST)])
def test_a_search_that_runs_or_wanders_takes_no_longer_step_and_none_is_without_end(part: float, times: float) -> None:
    pace = Pace()
    assert [pace.beyond(part**n) for n in range(4)][3] == times


def test_the_search_in_a_small_table_ends_soon() -> None:
    small = table("fell: a a b, led: c c d, dead: e - f")
    assert fuse(small).rounds < 100
