"""Groups that stand on both sides, interested on one: without one part, the interest of the other is another.

Two sites with one owner contradict each other, and a party that loses by the claim runs the one that supports it: so
the other's contradiction is interested, for as long as the first speaks. What such a group leaves behind is judged
anew; all other groups leave the rest as it was.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from claims.independence.groups import groups_of
from claims.independence.set_aside import COUNTS
from claims.tables.columns import CONTRADICTS, codes, found_in
from claims.verdict.content import state_of, verdicts
from claims.weigh.sides import sides_of
from claims.weigh.weights import AGAINST, FOR, weights_of

if TYPE_CHECKING:
    from claims.independence.groups import Groups
    from claims.independence.origins import Chains
    from claims.model.policy import Policy
    from claims.tables.columns import Bools, Codes, Ints, Tables
    from claims.weigh.weights import Weights


@dataclass(frozen=True)
class Parted:
    """What the groups of all claims rest on, to be judged without a part of some.

    reports: as `reports_on` gives them.
    """

    tables: Tables
    chains: Chains
    why: Codes
    groups: Groups
    weights: Weights
    reports: Ints
    policy: Policy

    @cached_property
    def groups_parted(self) -> Codes:
        """The groups that are interested on one side, and stand on the other as well."""
        present, interested = self.weights.present, self.weights.interested
        return np.flatnonzero(present[FOR] & present[AGAINST] & (interested[FOR] | interested[AGAINST]))

    @cached_property
    def claims_parted(self) -> Codes:
        """The claims that have such groups."""
        return np.unique(codes(self.groups.groups, "claim").take(self.groups_parted))

    def without_groups(self, looked: Bools) -> Codes:
        """The verdict without the disinterested part of each parted group.

        looked: of each, whether anybody has still looked then.
        """
        claim = codes(self.groups.groups, "claim").take(self.groups_parted)
        row_group, row_interested = self._group, self._is_interested
        found = np.zeros(len(claim), dtype=np.int64)
        # Several groups of one claim leave one at a time.
        first = np.searchsorted(claim, claim)
        turn = np.arange(len(claim)) - first
        for n in range(int(turn.max(initial=-1)) + 1):
            leaving = np.flatnonzero(turn == n)
            gone = np.isin(row_group, self.groups_parted[leaving]) & ~row_interested
            found[leaving] = self._verdicts(gone, claim[leaving], looked[leaving])
        return found

    def without_interested(self, side: int, looked: Bools) -> Codes:
        """The verdict on each parted claim without the interested groups of a side. looked: as above, of the claims."""
        return self._verdicts(self._is_interested & (self._side == side), self.claims_parted, looked)

    @cached_property
    def _row(self) -> Codes:
        """The rows of Chains.origins that count, of the parted claims."""
        led = self.chains.origins
        is_parted = np.zeros(len(self.tables.claims), dtype=bool)
        is_parted[self.claims_parted] = True
        claim = codes(self.tables.findings, "claim").take(codes(led, "finding"))
        return np.flatnonzero(is_parted.take(claim) & (self.why == COUNTS).take(codes(led, "finding")))

    @cached_property
    def _side(self) -> Codes:
        """The side of each of these rows."""
        finding = codes(self.chains.origins, "finding").take(self._row)
        return (codes(self.tables.findings, "stance").take(finding) == CONTRADICTS).astype(np.int64)

    @cached_property
    def _group(self) -> Codes:
        """The group of each of these rows."""
        led, owner = self.chains.origins, codes(self.tables.origins, "owner")
        size = int(owner.max(initial=0)) + 1
        of_claim, of_origin = codes(self.groups.groups, "claim"), codes(self.groups.groups, "origin")
        key = of_claim.astype(np.int64) * size + owner.take(of_origin)
        order = np.argsort(key, kind="stable")
        claim = codes(self.tables.findings, "claim").take(codes(led, "finding").take(self._row))
        place, _ = found_in(
            key[order], claim.astype(np.int64) * size + owner.take(codes(led, "origin").take(self._row))
        )
        return order[place]

    @cached_property
    def _is_interested(self) -> Bools:
        """Whether the group of each of these rows is interested on the side of the row."""
        return self.weights.interested[self._side, self._group]

    def _verdicts(self, gone: Bools, claim: Codes, looked: Bools) -> Codes:
        """The verdicts on these claims without these of the rows."""
        origins = self.chains.origins.take(self._row[~gone])
        groups = groups_of(self.tables, replace(self.chains, origins=origins), self.why)
        weights = weights_of(self.tables, groups, self.policy)
        state = state_of(self.tables, sides_of(groups, weights, len(self.tables.claims)), self.reports)
        return verdicts(replace(state.at(claim), looked=looked), self.policy)
