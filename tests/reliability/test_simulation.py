"""Where it is known how reliable sources are, the intervals hold it about as often as they say."""

from __future__ import annotations

import numpy as np
import pytest

from claims.fusion.prior import STRENGTH
from claims.read.policy import default_policy
from claims.reliability.comparison import Comparison, comparison
from claims.verdict.judgement import judge
from tests.reliability.worlds import world

POLICY = default_policy()
WORLDS = [
    {"seed": 1},
    {"seed": 2, "claims": 4000},
    {"seed": 3, "claims": 400},
    {"seed": 4, "each": 3},
    {"seed": 5, "beta": (18, 3)},
    {"seed": 6, "beta": (5, 3)},
    {"seed": 7, "each": 10, "letters": "BCF"},
]


@pytest.mark.parametrize("made", WORLDS, ids=str)
def test_nine_intervals_of_ten_hold_the_truth(made: dict[str, int]) -> None:
    """Of 200 sources: 80 to 97 of a hundred."""
    tables, accuracy = world(**made)  # type: ignore[arg-type]
    found = comparison(judge(tables, POLICY), POLICY).learned
    assert found.converged
    assert len(accuracy) == 200
    assert 0.80 <= float(((found.low <= accuracy) & (accuracy <= found.high)).mean()) <= 0.97
    assert abs(float((found.accuracy - accuracy).mean())) < 0.03


def test_what_is_learned_of_others_counts_for_no_more_than_a_grade() -> None:
    """Sources that are all alike would else be judged by the others alone."""
    tables, _ = world(12, beta=(800, 200), claims=3000)
    found = comparison(judge(tables, POLICY), POLICY).learned
    assert found.strength == pytest.approx(np.full(200, STRENGTH))
    assert found.before == pytest.approx(np.full(200, 0.8), abs=0.03)


def test_more_answers_bring_the_estimate_closer() -> None:
    errors = []
    for claims in (400, 4000, 40_000):
        tables, accuracy = world(9, claims=claims)
        found: Comparison = comparison(judge(tables, POLICY), POLICY)
        errors.append(float(np.abs(found.learned.accuracy - accuracy).mean()))
    assert errors[0] > 2 * errors[1] > 2.4 * errors[2]
    assert errors[2] < 0.015


def test_letters_that_are_far_off_are_contradicted_and_fair_ones_hardly_ever() -> None:
    """All sources are right in nine answers of ten or so; half of them are graded so, half E."""
    tables, _ = world(11, beta=(180, 20), letters="AE", claims=6000)
    found = comparison(judge(tables, POLICY), POLICY).learned
    fair, unfair = slice(0, None, 2), slice(1, None, 2)
    assert float((found.high[fair] < 0.86).mean()) < 0.08
    assert float((found.low[unfair] > 0.56).mean()) > 0.95
