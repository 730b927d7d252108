"""The verdict on what a claim says: the first rule that matches, tried in the order of VERDICTS.

A rule sees the state of a claim: how many groups count at least on either side, what the sides weigh, whether
interested groups stand there, and whether anybody looked. The same rules judge the claim as it is, without one of its
groups, and with further findings: `State` is what differs.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from claims.model.assessment import VERDICTS
from claims.tables.columns import bools, ints
from claims.weigh.sides import probability
from claims.weigh.weights import AGAINST, FOR

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from claims.model.policy import Policy
    from claims.tables.columns import Tables
    from claims.weigh.sides import Sides

    Ints = NDArray[np.int64]
    Bools = NDArray[np.bool_]
    Floats = NDArray[np.float64]

CLOSE: Final = 1e-12
"""Two shares nearer than this are equal: what arithmetic on paper calls 0.8 is not 0.7999999999999998."""


@dataclass(frozen=True, slots=True)
class State:
    """What the rules see of each claim; every array has one value a claim."""

    checkable: Bools
    looked: Bools
    """Whether there is any finding or search."""
    n_for: Ints
    n_against: Ints
    """Counting groups, at least."""
    weight_for: Ints
    weight_against: Ints
    interested_for: Bools
    interested_against: Bools


def state_of(tables: Tables, sides: Sides) -> State:
    """The state of every claim as it stands."""
    live = ~bools(tables.documents, "later")[ints(tables.findings, "document")]
    reports = np.bincount(ints(tables.findings, "claim")[live], minlength=len(tables.claims))
    return State(
        checkable=bools(tables.claims, "checkable"),
        looked=(reports > 0) | (ints(tables.claims, "searches") > 0),
        n_for=sides.at_least[FOR],
        n_against=sides.at_least[AGAINST],
        weight_for=sides.weight[0, FOR],
        weight_against=sides.weight[0, AGAINST],
        interested_for=sides.interested[FOR],
        interested_against=sides.interested[AGAINST],
    )


def verdicts(state: State, policy: Policy) -> Ints:
    """Per claim, the position in VERDICTS of the first rule that matches."""
    return np.select([rule(state, policy) for rule in RULES], range(len(RULES)))


def lighter_share(state: State) -> Floats:
    """The lighter side's share of all weight; 0 where nothing weighs."""
    both = state.weight_for + state.weight_against
    return np.minimum(state.weight_for, state.weight_against) / np.maximum(both, 1)


def _not_checkable(state: State, _: Policy) -> Bools:
    return ~state.checkable


def _disputed(state: State, policy: Policy) -> Bools:
    weighty = lighter_share(state) >= policy.disputed_share - CLOSE
    by_count = (state.n_for > 0) & (state.n_against > 0) & weighty
    none = (state.n_for == 0) & (state.n_against == 0)
    return by_count | (none & state.interested_for & state.interested_against)


def _corroborated(state: State, policy: Policy) -> Bools:
    p = probability(state.weight_for, state.weight_against, policy)
    return (state.n_for >= policy.corroborated.groups) & (p >= policy.corroborated.probability - CLOSE)


def _contradicted(state: State, policy: Policy) -> Bools:
    p = probability(state.weight_for, state.weight_against, policy)
    return (state.n_against >= policy.contradicted.groups) & (p <= policy.contradicted.probability + CLOSE)


def _single_source(state: State, _: Policy) -> Bools:
    return (state.n_for > 0) & (state.weight_for > state.weight_against)


def _challenged(state: State, _: Policy) -> Bools:
    return (state.n_against > 0) & (state.weight_against > state.weight_for)


def _unverified(state: State, _: Policy) -> Bools:
    return state.looked


def _unchecked(state: State, _: Policy) -> Bools:
    return ~state.looked


RULES: Final[tuple[Callable[[State, Policy], Bools], ...]] = (
    _not_checkable, _disputed, _corroborated, _contradicted, _single_source, _challenged, _unverified, _unchecked,
)  # fmt: skip
"""One a verdict, in the order of VERDICTS."""
if len(RULES) != len(VERDICTS):  # pragma: no cover - a guard for whoever adds a verdict
    raise AssertionError("one rule a verdict")


def credibility_of(verdict: Ints, p: Floats, policy: Policy) -> Ints:
    """The Admiralty digit that the report assigns to each claim."""
    assigned = policy.credibility
    split = {
        "single-source": np.where(
            p >= assigned.single_source.at - CLOSE, assigned.single_source.above, assigned.single_source.below
        ),
        "disputed": np.where(p >= assigned.disputed.at - CLOSE, assigned.disputed.above, assigned.disputed.below),
    }
    fixed = {
        "corroborated": assigned.corroborated,
        "challenged": assigned.challenged,
        "contradicted": assigned.contradicted,
    }
    digits = [split.get(name, np.full(len(p), fixed.get(name, assigned.other))) for name in VERDICTS]
    return np.choose(verdict, digits).astype(np.int64)
