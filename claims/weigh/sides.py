"""What each side of a claim comes to: how many groups, at least and at most, and what they weigh together.

Groups that are not established might all be copies of one thing, or of an established one. A side has at least its
established groups (one, where only others exist) and at most all; it weighs as its established groups together, or as
the heaviest other alone, whichever is more.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from claims.tables.columns import bools, codes, counted
from claims.weigh.weights import AGAINST, FOR, NAT, SHIFTS

if TYPE_CHECKING:
    from claims.independence.groups import Groups
    from claims.model.policy import Policy
    from claims.tables.columns import Bools, Codes, Floats, Ints
    from claims.weigh.weights import Weights


@dataclass(frozen=True, slots=True)
class Sides:
    """Both sides of every claim; arrays are [side, claim], `total` and `other` [shift, side, claim].

    established, others: counting groups. total: weight of the established ones together; other: of the heaviest other.
    interested: whether an interested group stands on that side.
    """

    established: Ints
    others: Ints
    total: Ints
    other: Ints
    interested: Bools

    @property
    def at_least(self) -> Ints:
        """Independent groups that there are for certain."""
        return np.where(self.established > 0, self.established, np.minimum(self.others, 1))

    @property
    def at_most(self) -> Ints:
        """Independent groups if all those not established are independent."""
        return self.established + self.others

    @property
    def weight(self) -> Ints:
        """What each side weighs, [shift, side, claim]."""
        return np.maximum(self.total, self.other)


def sides_of(groups: Groups, weights: Weights, n_claims: int) -> Sides:
    """The sides of every claim, from its groups."""
    claim = codes(groups.groups, "claim")
    established = bools(groups.groups, "established")
    shape = (len(SHIFTS), 2, n_claims)
    total, other = np.zeros(shape, dtype=np.int64), np.zeros(shape, dtype=np.int64)
    for side in (FOR, AGAINST):
        stands = weights.present[side] & ~weights.interested[side]
        for chosen, found, together in (
            (stands & established, total, np.add),
            (stands & ~established, other, np.maximum),
        ):
            rows = np.flatnonzero(chosen)
            starts = np.flatnonzero(np.diff(claim[rows], prepend=-1))
            if len(starts):
                for shift in range(len(SHIFTS)):
                    weight = weights.group[shift, side][rows]
                    found[shift, side, claim[rows[starts]]] = together.reduceat(weight, starts)
    counts = weights.counts
    return Sides(
        established=np.stack([_count(claim, counts[s] & established, n_claims) for s in (FOR, AGAINST)]),
        others=np.stack([_count(claim, counts[s] & ~established, n_claims) for s in (FOR, AGAINST)]),
        total=total,
        other=other,
        interested=np.stack([_count(claim, weights.interested[s], n_claims) > 0 for s in (FOR, AGAINST)]),
    )


def probability(weight_for: Ints, weight_against: Ints, policy: Policy) -> Floats:
    """The probability of a claim: the prior's log-odds, plus what is for, minus what is against, as a share of 1."""
    prior = np.log(policy.prior / (1 - policy.prior))
    log_odds = prior + (weight_for - weight_against) / NAT
    return 1 / (1 + np.exp(-np.clip(log_odds, -700, 700)))


def _count(claim: Codes, chosen: Bools, n_claims: int) -> Ints:
    return counted(claim[np.flatnonzero(chosen)], n_claims)
