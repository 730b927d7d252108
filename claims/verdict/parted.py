"""Groups that stand on both sides, interested on one at least: without one part, the interest of the other may change.

Two sites with one owner contradict each other, and a party that loses by the claim runs the one that supports it: so
the other's contradiction is interested, for as long as the first speaks. What such a group leaves behind is judged
anew; all other groups leave the rest as it was.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from claims.independence.groups import groups_of
from claims.independence.links import spans
from claims.independence.set_aside import COUNTS
from claims.tables.columns import CONTRADICTS, Table, codes, found_in
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
        claim = self._place.take(codes(self.groups.groups, "claim").take(self.groups_parted))
        found = np.zeros(len(claim), dtype=np.int64)
        # Several groups of one claim leave one at a time.
        turn = np.arange(len(claim)) - np.searchsorted(claim, claim)
        for n in range(int(turn.max(initial=-1)) + 1):
            leaving = np.flatnonzero(turn == n)
            gone = np.isin(self._led.group, self.groups_parted[leaving]) & ~self._led.interested
            found[leaving] = self._verdicts(gone, claim[leaving], looked[leaving])
        return found

    def without_interested(self, side: int, looked: Bools) -> Codes:
        """The verdict on each parted claim without the interested groups of a side. looked: as above, of the claims."""
        gone = self._led.interested & (self._led.side == side)
        return self._verdicts(gone, np.arange(len(self.claims_parted)), looked)

    @cached_property
    def _place(self) -> Codes:
        """The place of each claim among the parted ones, else -1."""
        place = np.full(len(self.tables.claims), -1, dtype=np.int64)
        place[self.claims_parted] = np.arange(len(self.claims_parted))
        return place

    @cached_property
    def _is_parted(self) -> Bools:
        """Whether each claim has such groups."""
        return self._place >= 0

    @cached_property
    def _finding(self) -> Codes:
        """The findings on the parted claims that stand in a group."""
        return np.flatnonzero(self._is_parted.take(codes(self.tables.findings, "claim")) & (self.why == COUNTS))

    @cached_property
    def _own(self) -> Tables:
        """The parted claims, and these findings, as a collection of their own."""
        concerned = np.flatnonzero(self._is_parted.take(codes(self.tables.interests, "claim")))
        return replace(
            self.tables,
            claims=self.tables.claims.take(self.claims_parted),
            findings=_renumbered(self.tables.findings, self._finding, "claim", self._place),
            interests=_renumbered(self.tables.interests, concerned, "claim", self._place),
        )

    @cached_property
    def _led(self) -> _Led:
        """What leads these findings to their groups."""
        finding = codes(self.chains.origins, "finding")
        start = np.searchsorted(finding, self._finding)
        which, kept = spans(start, np.searchsorted(finding, self._finding, side="right") - start)
        columns = {name: codes(self.chains.origins, name).take(kept) for name in self.chains.origins.columns}
        rows = Table(columns | {"finding": which})
        side = (codes(self._own.findings, "stance").take(which) == CONTRADICTS).astype(np.int64)
        group = self._group_of(rows)
        return _Led(rows, side, group, self.weights.interested[side, group])

    def _group_of(self, rows: Table) -> Codes:
        owner, of_claim = codes(self.tables.origins, "owner"), codes(self.groups.groups, "claim")
        size = np.int64(int(owner.max(initial=0)) + 1)
        group = np.flatnonzero(self._is_parted.take(of_claim))
        own = self._place.take(of_claim.take(group)) * size
        own += owner.take(codes(self.groups.groups, "origin").take(group))
        order = np.argsort(own, kind="stable")
        claim = codes(self._own.findings, "claim").take(codes(rows, "finding"))
        place, _ = found_in(own[order], claim * size + owner.take(codes(rows, "origin")))
        return group[order[place]]

    def _verdicts(self, gone: Bools, claim: Codes, looked: Bools) -> Codes:
        """The verdicts on these of the parted claims without these of the rows that lead to groups."""
        tables, why = self._own, self.why.take(self._finding)
        rows = self._led.rows.take(np.flatnonzero(~gone))
        groups = groups_of(tables, replace(self.chains, origins=rows), why)
        weights = weights_of(tables, groups, self.policy)
        state = state_of(tables, sides_of(groups, weights, len(tables.claims)), self.reports[self.claims_parted])
        return verdicts(replace(state.at(claim), looked=looked), self.policy)


class _Led(NamedTuple):
    """Rows of Chains.origins, with the side, the group, and whether the group is interested there."""

    rows: Table
    side: Codes
    group: Codes
    interested: Bools


def _renumbered(table: Table, rows: Codes, name: str, number: Codes) -> Table:
    """These rows of a table, with each code in one column as its number."""
    columns = {other: codes(table, other).take(rows) for other in table.columns}
    return Table(columns | {name: number.take(columns[name])})
