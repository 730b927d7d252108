"""The verdict on what a claim says: the first rule that matches, tried in the order of VERDICTS.

A rule sees the state of a claim: how many groups count at least on either side, what the sides weigh, whether
interested groups stand there, and whether anybody looked. The same rules judge the claim as it is, without one of its
groups, and with further findings: `State` is what differs.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Final

import numpy as np

from claims.model.assessment import VERDICTS
from claims.tables.columns import bools, codes, counted, ints
from claims.weigh.sides import odds_of
from claims.weigh.weights import AGAINST, FOR

if TYPE_CHECKING:
    from collections.abc import Callable

    from claims.model.policy import Policy
    from claims.tables.columns import Bools, Codes, Floats, Ints, Tables
    from claims.weigh.sides import Sides

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

    def at(self, rows: Codes) -> State:
        """The state of these of the claims."""
        return State(*(getattr(self, field.name).take(rows) for field in fields(self)))


def state_of(tables: Tables, sides: Sides, reports: Ints) -> State:
    """The state of every claim as it stands. reports: as `reports_on` gives them."""
    weight = sides.weight(0)
    at_least = sides.at_least
    return State(
        checkable=bools(tables.claims, "checkable"),
        looked=(reports > 0) | (ints(tables.claims, "searches") > 0),
        n_for=at_least[FOR],
        n_against=at_least[AGAINST],
        weight_for=weight[FOR],
        weight_against=weight[AGAINST],
        interested_for=sides.interested[FOR],
        interested_against=sides.interested[AGAINST],
    )


def reports_on(tables: Tables) -> Ints:
    """How many findings there are on each claim, those later than the report's date aside."""
    live = ~bools(tables.documents, "later").take(codes(tables.findings, "document"))
    return counted(codes(tables.findings, "claim").compress(live), len(tables.claims))


def verdicts(state: State, policy: Policy) -> Codes:
    """Per claim, the position in VERDICTS of the first rule that matches."""
    found = np.zeros(len(state.looked), dtype=np.int8)
    for n in reversed(range(len(RULES))):
        found += (n - found) * RULES[n](state, policy)
    return found


def lighter_share(one: Ints | int, other: Ints | int) -> Floats:
    """The lighter side's share of all weight, of two that weigh so much; 0 where nothing weighs."""
    return np.minimum(one, other) / np.maximum(one + other, 1)


def _not_checkable(state: State, _: Policy) -> Bools:
    return ~state.checkable


def _disputed(state: State, policy: Policy) -> Bools:
    n_for, n_against = state.n_for > 0, state.n_against > 0
    share = lighter_share(state.weight_for, state.weight_against)
    both = n_for & n_against & (share >= policy.disputed_share - CLOSE)
    return both | (state.interested_for & state.interested_against & ~(n_for | n_against))


def _corroborated(state: State, policy: Policy) -> Bools:
    least = odds_of(policy.corroborated.probability - CLOSE, policy)
    return (state.n_for >= policy.corroborated.groups) & (state.weight_for - state.weight_against >= least)


def _contradicted(state: State, policy: Policy) -> Bools:
    most = odds_of(policy.contradicted.probability + CLOSE, policy)
    return (state.n_against >= policy.contradicted.groups) & (state.weight_for - state.weight_against <= most)


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


def credibility_of(verdict: Codes, p: Floats, policy: Policy) -> Codes:
    """The Admiralty digit that the report assigns to each claim."""
    assigned = policy.credibility
    fixed = {
        "corroborated": assigned.corroborated,
        "challenged": assigned.challenged,
        "contradicted": assigned.contradicted,
    }
    digits = np.array([fixed.get(name, assigned.other) for name in VERDICTS], dtype=np.int8)[verdict]
    for name, split in (("single-source", assigned.single_source), ("disputed", assigned.disputed)):
        rows = np.flatnonzero(verdict == VERDICTS.index(name))
        digits[rows] = np.where(p[rows] >= split.at - CLOSE, split.above, split.below)
    return digits
