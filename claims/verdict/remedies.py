"""What would change a verdict: the fewest further independent findings of a stated grade, for or against.

Each further finding is its own group: a new origin without a party that knows for itself. As their number grows, every
condition of the rules changes sides at most a few times, at points that can be computed; between two of these points
the verdict stays the same, so it is enough to look at the points and their neighbours.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

import numpy as np

from claims.verdict.content import State, verdicts
from claims.weigh.weights import AGAINST, FOR, NAT

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from claims.model.policy import Policy
    from claims.weigh.sides import Sides

    Ints = NDArray[np.int64]
    Floats = NDArray[np.float64]

GRADE: Final = ("B", 2)
"""The grade of the further findings: a usually reliable source, probably true."""


@dataclass(frozen=True, slots=True)
class Remedies:
    """[side, claim]: how many further findings on that side change the verdict (0: none ever does), and what to."""

    findings: Ints
    to: Ints


def remedies(state: State, sides: Sides, policy: Policy) -> Remedies:
    """What would change the verdict of each claim, `state` being that of the claims as they stand."""
    before = verdicts(state, policy)
    each = np.int64(np.rint(policy.weight(1, GRADE[1]) * NAT))
    fewest = np.zeros((2, len(before)), dtype=np.int64)
    to = np.broadcast_to(before, (2, len(before))).copy()
    for side in (FOR, AGAINST):
        for number in _points(state, sides, side, int(each), policy):
            after = verdicts(_with(state, sides, side, number, each), policy)
            better = (after != before) & (number > 0) & ((fewest[side] == 0) | (number < fewest[side]))
            fewest[side] = np.where(better, number, fewest[side])
            to[side] = np.where(better, after, to[side])
    return Remedies(fewest, to)


def _with(state: State, sides: Sides, side: int, number: Ints, each: np.int64) -> State:
    """The state with so many more findings on a side."""
    sure = sides.established[side] + number
    count = np.where(sure > 0, sure, np.minimum(sides.others[side], 1))
    weight = np.maximum(sides.total[0, side] + number * each, sides.other[0, side])
    looked = state.looked | (number > 0)
    if side == FOR:
        return replace(state, looked=looked, n_for=count, weight_for=weight)
    return replace(state, looked=looked, n_against=count, weight_against=weight)


def _points(state: State, sides: Sides, side: int, each: int, policy: Policy) -> list[Ints]:
    """Numbers of findings at or next to which a condition can change."""
    if each <= 0:
        return []
    facing = (state.weight_against, state.weight_for)[side].astype(np.float64)
    prior = np.log(policy.prior / (1 - policy.prior)) * NAT
    sign = 1.0 if side == FOR else -1.0
    share = policy.disputed_share
    weights = [facing, facing * share / (1 - share), facing * (1 - share) / share]
    weights += [facing + sign * (_log_odds(p) - prior) for p in _thresholds(policy)]
    total = sides.total[0, side]
    points = [(weight - total) / each for weight in weights]
    points.append((sides.other[0, side] - total) / each)
    needed = (1, policy.corroborated.groups, policy.contradicted.groups)
    points += [(n - sides.established[side]).astype(np.float64) for n in needed]
    whole = [np.maximum(np.floor(point).astype(np.int64) + near, 0) for point in points for near in (0, 1, 2)]
    return [*whole, np.ones_like(total)]


def _thresholds(policy: Policy) -> tuple[float, float]:
    return policy.corroborated.probability, policy.contradicted.probability


def _log_odds(p: float) -> float:
    return float(np.log(p / (1 - p))) * NAT
