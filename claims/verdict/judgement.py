"""The kernel on one page: tables -> chains -> groups -> weights -> sides -> verdicts, for all claims at once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from claims.independence.groups import Groups, groups_of
from claims.independence.origins import Chains, chains
from claims.independence.set_aside import set_aside
from claims.verdict.content import State, credibility_of, state_of, verdicts
from claims.verdict.hinges import Hinges, hinges
from claims.verdict.remedies import Remedies, remedies
from claims.weigh.sides import Sides, probability, sides_of
from claims.weigh.weights import AGAINST, FOR, Weights, weights_of

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from claims.model.policy import Policy
    from claims.tables.columns import Tables


@dataclass(frozen=True, slots=True)
class Judged:
    """The kernel's answer for every claim of a collection, as columns; [claim] unless said otherwise."""

    tables: Tables
    chains: Chains
    why: NDArray[np.int64]
    """Per finding: position in WHYS, or past its end."""
    groups: Groups
    weights: Weights
    sides: Sides
    state: State
    verdict: NDArray[np.int64]
    """Position in VERDICTS."""
    probability: NDArray[np.float64]
    """[shift, claim]: letters as given, one step down, one step up."""
    credibility: NDArray[np.int64]
    hinges: Hinges
    remedies: Remedies


def judge(tables: Tables, policy: Policy) -> Judged:
    """The kernel: verdicts, with all that led to them, for every claim in `tables`."""
    walked = chains(tables)
    why = set_aside(tables, walked)
    groups = groups_of(tables, walked, why)
    weights = weights_of(tables, groups, policy)
    sides = sides_of(groups, weights, len(tables.claims))
    state = state_of(tables, sides)
    verdict = verdicts(state, policy)
    weight = sides.weight
    p = probability(weight[:, FOR], weight[:, AGAINST], policy)
    return Judged(
        tables=tables,
        chains=walked,
        why=why,
        groups=groups,
        weights=weights,
        sides=sides,
        state=state,
        verdict=verdict,
        probability=p,
        credibility=credibility_of(verdict, p[0], policy),
        hinges=hinges(tables, groups, weights, sides, state, policy),
        remedies=remedies(state, sides, policy),
    )
