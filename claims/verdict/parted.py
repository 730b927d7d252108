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
    from claims.verdict.content import State
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
        return self._verdicts(np.arange(len(self.groups_parted)), looked)

    def without_interested(self, side: int, looked: Bools) -> Codes:
        """The verdict on each parted claim without the interested groups of a side. looked: as above, of the claims."""
        n_claims = len(self.claims_parted)
        return self._verdicts(len(self.groups_parted) + side * n_claims + np.arange(n_claims), looked)

    def _verdicts(self, copies: Codes, looked: Bools) -> Codes:
        return verdicts(replace(self._left.at(copies), looked=looked), self.policy)

    @cached_property
    def _left(self) -> State:
        """The state of each parted claim once for every part that it is judged without: its copies.

        In order: without the disinterested part of each parted group, then without the interested groups for, of each
        claim, then without those against.
        """
        own, led, of = self._own, self._led, self._copied
        claim = codes(own.findings, "claim")
        copy, finding = _repeated(claim, of)
        at, row = _repeated(claim.take(codes(led.rows, "finding")), of)
        moved = np.searchsorted(copy, np.arange(len(of))) - np.searchsorted(claim, of)
        stays = ~self._goes(at, row)
        at, row = at.compress(stays), row.compress(stays)
        columns = _columns(led.rows, row)
        columns["finding"] = columns["finding"] + moved.take(at)
        interest_copy, interest = _repeated(codes(own.interests, "claim"), of)
        tables = replace(
            own,
            claims=own.claims.take(of),
            findings=Table(_columns(own.findings, finding) | {"claim": copy}),
            interests=Table(_columns(own.interests, interest) | {"claim": interest_copy}),
        )
        why = self.why.take(self._finding).take(finding)
        groups = groups_of(tables, replace(self.chains, origins=Table(columns)), why)
        weights = weights_of(tables, groups, self.policy)
        return state_of(tables, sides_of(groups, weights, len(of)), self.reports.take(self.claims_parted).take(of))

    @cached_property
    def _copied(self) -> Codes:
        """Which of the parted claims each copy is one of."""
        each = np.arange(len(self.claims_parted))
        return np.concatenate(
            [self._place.take(codes(self.groups.groups, "claim").take(self.groups_parted)), each, each]
        )

    def _goes(self, copy: Codes, row: Codes) -> Bools:
        """Whether each of these rows that lead to groups is one that its copy is judged without."""
        n_groups, n_claims = len(self.groups_parted), len(self.claims_parted)
        nobody = np.full(n_claims, -1)
        group = np.concatenate([self.groups_parted, nobody, nobody]).take(copy)
        side = np.repeat([-1, FOR, AGAINST], [n_groups, n_claims, n_claims]).take(copy)
        interested = self._led.interested.take(row)
        return np.where(interested, self._led.side.take(row) == side, self._led.group.take(row) == group)

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
        """The findings on the parted claims that stand in a group, by claim."""
        claim = codes(self.tables.findings, "claim")
        found = np.flatnonzero(self._is_parted.take(claim) & (self.why == COUNTS))
        return found.take(np.argsort(claim.take(found), kind="stable"))

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
        which, kept = _repeated(finding, self._finding)
        rows = Table(_columns(self.chains.origins, kept) | {"finding": which})
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


class _Led(NamedTuple):
    """Rows of Chains.origins, with the side, the group, and whether the group is interested there."""

    rows: Table
    side: Codes
    group: Codes
    interested: Bools


def _repeated(key: Codes, of: Codes) -> tuple[Codes, Codes]:
    """(which of `of`, row) of the rows that have each of these keys in turn; rows are by key."""
    start = np.searchsorted(key, of)
    return spans(start, np.searchsorted(key, of, side="right") - start)


def _columns(table: Table, rows: Codes) -> dict[str, Codes]:
    return {name: codes(table, name).take(rows) for name in table.columns}


def _renumbered(table: Table, rows: Codes, name: str, number: Codes) -> Table:
    """These rows of a table, with each code in one column as its number."""
    columns = _columns(table, rows)
    return Table(columns | {name: number.take(columns[name])})
