"""What would change a verdict: the fewest further independent findings of a stated grade, for or against.

Each further finding is its own group: a new origin without a party that knows for itself. As their number grows, every
condition of the rules changes sides at most a few times, at points that can be computed; between two of these points
the verdict stays the same, so it is enough to look at the points and their neighbours.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np

from claims.tables.columns import narrow
from claims.verdict.content import State, verdicts
from claims.weigh.sides import odds_of
from claims.weigh.weights import AGAINST, FOR, NAT

if TYPE_CHECKING:
    from claims.model.policy import Policy
    from claims.tables.columns import Codes, Column, Ints
    from claims.weigh.sides import Sides

GRADE: Final = ("B", 2)
"""The grade of the further findings: a usually reliable source, probably true."""


NEAR: Final = 2
"""How far beyond a point is looked."""


@dataclass(frozen=True, slots=True)
class Remedies:
    """[side, claim]: how many further findings on that side change the verdict (0: none ever does), and what to."""

    findings: Ints
    to: Codes


class Standing(NamedTuple):
    """Some claims that can be judged, as further findings on one side meet them: no more than these can reach.

    established, total, other: of that side, as in Sides. n_facing, weight_facing: what counts on the other side, and
    what it weighs.
    """

    established: Column
    total: Column
    other: Column
    n_facing: Column
    weight_facing: Column
    interested_for: Column
    interested_against: Column

    def at(self, rows: Codes) -> Standing:
        """These of the claims."""
        return Standing(*(column.take(rows) for column in self))


def remedies(state: State, sides: Sides, before: Codes, policy: Policy) -> Remedies:
    """What would change the verdict of each claim: `before`, which `state` comes to."""
    each = int(np.rint(policy.weight(1, GRADE[1]) * NAT))
    if each <= 0:
        return Remedies(np.zeros((2, len(before)), dtype=np.int64), np.stack([before, before]))
    rows = np.flatnonzero(state.checkable)
    facing = ((state.n_against, state.weight_against), (state.n_for, state.weight_for))
    interested = (state.interested_for, state.interested_against)
    heaviest = sides.other(0)
    found = []
    for side in (FOR, AGAINST):
        own = (sides.established[side], sides.total[0, side], heaviest[side])
        left = Standing(*own, *facing[side], *interested).at(rows)
        found.append(_fewest(left, rows, before, side, each, policy))
    return Remedies(np.stack([fewest for fewest, _ in found]), np.stack([to for _, to in found]))


def _fewest(  # noqa: PLR0913, PLR0917 - what is left to look at, and by what
    left: Standing, rows: Codes, before: Codes, side: int, each: int, policy: Policy
) -> tuple[Ints, Codes]:
    """How many further findings on a side change each verdict, and what to: one first, then from point to point.

    left: the claims at `rows` alone; no other verdict ever changes.
    """
    fewest, to = np.zeros(len(before), dtype=np.int64), before.copy()
    number: Codes = np.ones(len(rows), dtype=np.int64)
    points: Codes | None = None
    while len(rows):
        after = verdicts(_with(left, side, number.astype(np.int64, copy=False), each), policy)
        changes = after != before.take(rows)
        changed = np.flatnonzero(changes)
        fewest[rows.take(changed)], to[rows.take(changed)] = number.take(changed), after.take(changed)
        onward = np.flatnonzero(~changes)
        rows, left, number = rows.take(onward), left.at(onward), number.take(onward)
        points = _points(left, side, each, policy) if points is None else points.take(onward, axis=1)
        number = _next(points, number.astype(points.dtype, copy=False))
        onward = np.flatnonzero(number < np.iinfo(number.dtype).max)
        if len(onward) < len(rows):
            rows, left, number = rows.take(onward), left.at(onward), number.take(onward)
            points = points.take(onward, axis=1)
    return fewest, to


def _next(points: Codes, number: Codes) -> Codes:
    """The next number to look at, at a point or near beyond it; the largest that there is where no point is left."""
    kind = points.dtype.type
    near = number - kind(NEAR - 1)
    # Read without its sign, the distance to a point behind is larger than that to any ahead.
    ahead = (points - near).view(f"u{points.itemsize}").min(axis=0).view(kind)
    return np.where(ahead < 0, np.iinfo(kind).max, np.maximum(near + ahead, number + kind(1)))


def _with(standing: Standing, side: int, number: Ints, each: int) -> State:
    """The state with so many more findings on a side: one at least."""
    each_is = np.ones(len(number), dtype=bool)
    own = (standing.established + number, np.maximum(standing.total + number * each, standing.other))
    facing = (standing.n_facing, standing.weight_facing)
    (n_for, weight_for), (n_against, weight_against) = (own, facing) if side == FOR else (facing, own)
    return State(
        checkable=each_is,
        looked=each_is,
        n_for=n_for,
        n_against=n_against,
        weight_for=weight_for,
        weight_against=weight_against,
        interested_for=standing.interested_for,
        interested_against=standing.interested_against,
    )


def _points(standing: Standing, side: int, each: int, policy: Policy) -> Codes:
    """[point, claim]: numbers of findings at which, or next after which, a condition can change."""
    facing = standing.weight_facing.astype(np.float64)
    sign = 1.0 if side == FOR else -1.0
    share = policy.disputed_share
    weights = [facing, facing * share / (1 - share), facing * (1 - share) / share]
    weights += [facing + sign * odds_of(p, policy) for p in _thresholds(policy)]
    points = [(weight - standing.total) / each for weight in weights]
    points.append((standing.other - standing.total) / each)
    needed = (1, policy.corroborated.groups, policy.contradicted.groups)
    whole = np.floor(np.stack(points))
    kind = narrow(2 * (int(np.abs(whole).max(initial=0)) + NEAR + 1))
    return np.concatenate([whole.astype(kind), np.stack([n - standing.established for n in needed]).astype(kind)])


def _thresholds(policy: Policy) -> tuple[float, float]:
    return policy.corroborated.probability, policy.contradicted.probability
