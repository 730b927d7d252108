"""What a finding weighs, and what a group does."""

from __future__ import annotations

from itertools import pairwise, product
from math import log
from typing import Any

import pytest
from pydantic import ValidationError

from claims.flow import assess
from claims.model.policy import Policy, merged
from claims.read.policy import default_policy
from tests.cases import case_of, sketch
from tests.judging import judged

GRADES = list(product("ABCDE", (2, 3, 4, 5)))


@pytest.mark.parametrize(("letter", "digit"), GRADES)
def test_a_weight_is_the_log_odds_of_the_policys_probability(letter: str, digit: int) -> None:
    policy = default_policy()
    p = policy.probability[letter][digit]  # type: ignore[index]
    assert policy.weight("ABCDEF".index(letter), digit) == pytest.approx(log(p / (1 - p)))


def test_the_default_table_falls_along_both_axes_and_stays_far_from_certainty() -> None:
    policy = default_policy()
    for letter in range(5):
        weights = [policy.weight(letter, digit) for digit in (2, 3, 4, 5)]
        assert all(one > other for one, other in pairwise(weights))
    for digit in (2, 3, 4, 5):
        weights = [policy.weight(letter, digit) for letter in range(5)]
        assert all(one > other for one, other in pairwise(weights))
    assert max(p for row in policy.probability.values() for p in row.values()) <= 0.95


@pytest.mark.parametrize(("letter", "digit"), [(5, 2), (0, 6), (5, 6)])
def test_what_cannot_be_judged_weighs_nothing(letter: int, digit: int) -> None:
    assert default_policy().weight(letter, digit) == 0


def test_confirmed_is_earned_and_reads_as_probably_true() -> None:
    given = judged(sketch("a: supports 1 witnessed"))["c"]
    assert given.groups[0].members[0].grade == "B2"
    assert given.probability == pytest.approx(0.9)


def test_a_group_weighs_as_its_strongest_member_and_never_as_a_sum() -> None:
    claim = judged(sketch("a<-Sohr: supports 2", "b<-Sohr: supports 4", "d<-Sohr: partly-supports 2"))["c"]
    assert claim.groups[0].weight_for == pytest.approx(log(9))


WRONG: list[dict[str, Any]] = [
    {"probability": {"A": {2: 1.0}}},
    {"probability": {"E": {2: 0.4}}},
    {"probability": {"B": {2: 0.99}}},
    {"probability": {"F": {2: 0.5}}},
    {"prior": 0},
    {"partly": 2},
    {"corroborated": {"groups": 0}},
    {"disputed_share": 0.6},
    {"unknown": 1},
]


@pytest.mark.parametrize("change", WRONG, ids=str)
def test_a_policy_that_makes_no_sense_is_refused(change: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        Policy.model_validate(merged(default_policy().as_data(), change))


def test_a_policy_of_the_case_decides() -> None:
    entries = sketch("a: supports 2 witnessed", "b: supports 2 witnessed")
    strict = case_of(entries, policy={"policy": "strict", "corroborated": {"groups": 3}})
    assert assess(strict).claims[0].verdict == "single-source"
