"""The policy, told to people and given back to programs."""

from __future__ import annotations

import json
from math import log

import pytest
import yaml

from claims.model.policy import JUDGED, Policy
from claims.present import policy
from claims.read.policy import default_policy


@pytest.mark.parametrize("width", [200, 80, 60, 59, 40])
@pytest.mark.parametrize("unicode", [True, False])
def test_it_fits_the_screen(width: int, unicode: bool) -> None:
    shown = policy.render(default_policy(), width=width, colour=False, unicode=unicode)
    assert max(len(line) for line in shown.split("\n")) <= width
    assert shown.isascii() or unicode


@pytest.mark.parametrize("width", [80, 40])
def test_every_probability_is_there_with_its_weight(width: int) -> None:
    used = default_policy()
    numbers = policy.render(used, width=width, colour=False, unicode=True).split()
    for letter in JUDGED:
        for p in used.probability[letter].values():
            assert f"{p:.2f}" in numbers
            assert f"{log(p / (1 - p)):.3f}" in numbers


def test_it_says_whose_convention_it_is() -> None:
    shown = " ".join(policy.render(default_policy(), width=80, colour=False, unicode=True).split())
    assert "The table is a convention of ours" in shown
    assert "no standard puts numbers to it" in shown
    assert "one step down and one step up" in shown


def test_yaml_and_json_give_the_same_policy_back() -> None:
    used = default_policy()
    assert Policy.model_validate(yaml.safe_load(policy.render_yaml(used))) == used
    assert Policy.model_validate(json.loads(policy.render_json(used))) == used
