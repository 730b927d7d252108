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
from claims.weigh.weights import NAT, SHIFTS

if TYPE_CHECKING:
    from claims.independence.groups import Groups
    from claims.model.policy import Policy
    from claims.tables.columns import Bools, Codes, Floats, Ints
    from claims.weigh.weights import Ranks, Weights


@dataclass(frozen=True, slots=True)
class Sides:
    """Both sides of every claim; arrays are [side, claim], `total` and `other_rank` [shift, side, claim].

    established, others: counting groups. total: weight of the established ones together. other_rank: place in `scale`
    of the weight of the heaviest other. interested: whether an interested group stands on that side.
    """

    established: Codes
    others: Codes
    total: Ints
    scale: Ints
    other_rank: Ranks
    interested: Bools

    @property
    def at_least(self) -> Codes:
        """Independent groups that there are for certain."""
        return np.maximum(self.established, np.minimum(self.others, 1))

    @property
    def at_most(self) -> Codes:
        """Independent groups if all those not established are independent."""
        return self.established + self.others

    def bounds(self, side: int, n: int) -> tuple[int, int]:
        """(at least, at most): how many independent groups one claim has on one side."""
        established, others = int(self.established[side, n]), int(self.others[side, n])
        return max(established, min(others, 1)), established + others

    def other(self, shift: int) -> Ints:
        """[side, claim]: what the heaviest other weighs."""
        return self.scale.take(self.other_rank[shift])

    def weight(self, shift: int) -> Ints:
        """[side, claim]: what each side weighs."""
        return np.maximum(self.total[shift], self.other(shift))

    def parts(self, shift: int, side: int, n: int) -> tuple[int, int]:
        """(the established together, the heaviest other): what they weigh on one side of one claim."""
        return int(self.total[shift, side, n]), int(self.scale[self.other_rank[shift, side, n]])

    def weighs(self, shift: int, side: int, n: int) -> int:
        """What one side of one claim weighs."""
        return max(self.parts(shift, side, n))


def sides_of(groups: Groups, weights: Weights, n_claims: int) -> Sides:
    """The sides of every claim, from its groups."""
    claim, counts = codes(groups.groups, "claim").astype(np.int64, copy=False), weights.counts.ravel()
    place = np.concatenate([claim, claim + n_claims])
    is_sure = np.concatenate([bools(groups.groups, "established")] * 2)
    stands = (weights.present & ~weights.interested).ravel()
    sure, unsure = np.flatnonzero(stands & is_sure), np.flatnonzero(stands & ~is_sure)
    together, alone = place.take(sure), place.take(unsure)
    total = np.zeros((len(SHIFTS), 2 * n_claims), dtype=np.int64)
    other = np.zeros((len(SHIFTS), 2 * n_claims), dtype=np.uint8)
    for shift in range(len(SHIFTS)):
        rank = weights.group_rank[shift].ravel()
        np.add.at(total[shift], together, weights.scale.take(rank.take(sure)))
        np.maximum.at(other[shift], alone, rank.take(unsure))
    interested = np.zeros(2 * n_claims, dtype=bool)
    interested[place.take(np.flatnonzero(weights.interested.ravel()))] = True
    return Sides(
        established=counted(together.compress(counts.take(sure)), 2 * n_claims).reshape(2, n_claims),
        others=counted(alone.compress(counts.take(unsure)), 2 * n_claims).reshape(2, n_claims),
        total=total.reshape(len(SHIFTS), 2, n_claims),
        scale=weights.scale,
        other_rank=other.reshape(len(SHIFTS), 2, n_claims),
        interested=interested.reshape(2, n_claims),
    )


def odds_of(p: float, policy: Policy) -> float:
    """What is for a claim less what is against, in units of 1/NAT, where its probability is `p`."""
    if p <= 0 or p >= 1:
        return float(np.copysign(np.inf, p - 0.5))
    return float(np.log(p / (1 - p)) - np.log(policy.prior / (1 - policy.prior))) * NAT


def probability(weight_for: Ints, weight_against: Ints, policy: Policy) -> Floats:
    """The probability of a claim: the prior's log-odds, plus what is for, minus what is against, as a share of 1."""
    prior = np.log(policy.prior / (1 - policy.prior))
    log_odds = prior + (weight_for - weight_against) / NAT
    return 1 / (1 + np.exp(-np.clip(log_odds, -700, 700)))
