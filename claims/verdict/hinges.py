"""What a verdict hinges on: each group whose removal changes it.

A removed group takes along the findings that lead to nothing else; the interested groups of one side are shown as one,
and go as one. Findings that other documents pass on are not undone: what is removed is the origin, not the report.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from claims.tables.columns import bools, codes, counted, ints
from claims.verdict.content import State, reports_on, verdicts
from claims.weigh.weights import AGAINST, FOR

if TYPE_CHECKING:
    from claims.independence.groups import Groups
    from claims.model.policy import Policy
    from claims.tables.columns import Bools, Codes, Ints, Tables
    from claims.weigh.sides import Sides
    from claims.weigh.weights import Weights


@dataclass(frozen=True, slots=True)
class Hinges:
    """Whether a verdict changes when a group is taken away, and to which: a position in VERDICTS.

    group, without_group: per group, without its disinterested part. interested, without_interested: [side, claim],
    without the interested groups of that side.
    """

    group: Bools
    interested: Bools
    without_group: Codes
    without_interested: Codes


class _Record(NamedTuple):
    """What there is: findings on each claim, whether anybody searched, groups that each finding stands in."""

    reports: Ints
    searched: Bools
    memberships: Ints


def hinges(  # noqa: PLR0913, PLR0917 - each table of the flow, once
    tables: Tables, groups: Groups, weights: Weights, sides: Sides, state: State, policy: Policy
) -> Hinges:
    """What the verdict of each claim hinges on, `state` being that of the claims as they stand."""
    verdict = verdicts(state, policy)
    claim = codes(groups.groups, "claim")
    memberships = counted(codes(groups.members, "finding"), len(tables.findings))
    record = _Record(reports_on(tables), ints(tables.claims, "searches") > 0, memberships)
    looked = _still_looked(groups, weights, record)
    # A group that counts on neither side leaves the verdict as it is, unless it is all that there is.
    rows = np.flatnonzero(weights.counts[FOR] | weights.counts[AGAINST] | ~looked)
    without_group = verdict[claim]
    left = replace(_without_group(groups, weights, sides, state, rows), looked=looked[rows])
    without_group[rows] = verdicts(left, policy)
    without_interested = np.stack([verdict, verdict])
    for side in (FOR, AGAINST):
        concerned = np.flatnonzero(sides.interested[side])
        left = _without_interested(tables, groups, weights, state, side, record).at(concerned)
        without_interested[side, concerned] = verdicts(left, policy)
    return Hinges(
        group=without_group != verdict[claim],
        interested=without_interested != verdict,
        without_group=without_group,
        without_interested=without_interested,
    )


def _without_group(groups: Groups, weights: Weights, sides: Sides, state: State, rows: Codes) -> State:
    """The state of the claims of these groups, each without that group; whether anybody looked is left as it was."""
    claims = codes(groups.groups, "claim")
    claim, established = claims[rows], bools(groups.groups, "established")
    left = {}
    for side, name in ((FOR, "for"), (AGAINST, "against")):
        own = weights.group[0, side] * (weights.present[side] & ~weights.interested[side])
        other = _heaviest_but(claims, own * ~established)[rows]
        counts, sure = weights.counts[side][rows], established[rows]
        n_sure = sides.established[side][claim] - (counts & sure)
        n_unsure = sides.others[side][claim] - (counts & ~sure)
        left[f"n_{name}"] = np.where(n_sure > 0, n_sure, np.minimum(n_unsure, 1))
        left[f"weight_{name}"] = np.maximum(sides.total[0, side][claim] - own[rows] * sure, other)
    return replace(state.at(claim), **left)


def _still_looked(groups: Groups, weights: Weights, record: _Record) -> Bools:
    """Per group, whether a finding or a search is left on its claim without what leads to nothing else."""
    claim, group = codes(groups.groups, "claim"), codes(groups.members, "group")
    interested = np.where(weights.side == AGAINST, weights.interested[AGAINST][group], weights.interested[FOR][group])
    alone = np.flatnonzero((record.memberships == 1)[codes(groups.members, "finding")] & ~interested)
    gone = counted(group[alone], len(claim))
    return (record.reports[claim] > gone) | record.searched[claim]


def _without_interested(  # noqa: PLR0913, PLR0917 - each table of the flow, once
    tables: Tables, groups: Groups, weights: Weights, state: State, side: int, record: _Record
) -> State:
    """The state of every claim without the interested groups of one side."""
    interested = weights.interested[side][codes(groups.members, "group")] & (weights.side == side)
    finding = codes(groups.members, "finding")[np.flatnonzero(interested)]
    goes = np.flatnonzero(counted(finding, len(tables.findings)) >= np.maximum(record.memberships, 1))
    gone = counted(codes(tables.findings, "claim")[goes], len(tables.claims))
    looked = (record.reports > gone) | record.searched
    none = np.zeros(len(tables.claims), dtype=bool)
    if side == FOR:
        return replace(state, looked=looked, interested_for=none)
    return replace(state, looked=looked, interested_against=none)


def _heaviest_but(claim: Codes, weight: Ints) -> Ints:
    """Per group, the heaviest weight among the other groups of its claim; groups are sorted by claim."""
    rows = np.flatnonzero(weight)
    if not len(rows):
        return np.zeros_like(weight)
    of, own = claim[rows], weight[rows]
    starts = np.flatnonzero(np.diff(of, prepend=-1))
    size = int(claim[-1]) + 1
    top, second = np.zeros(size, dtype=np.int64), np.zeros(size, dtype=np.int64)
    top[of[starts]] = np.maximum.reduceat(own, starts)
    is_top = own == top[of]
    second[of[starts]] = np.maximum.reduceat(own * ~is_top, starts)
    alone = counted(of[np.flatnonzero(is_top)], size) == 1
    result = top[claim]
    only = rows[is_top & alone[of]]
    result[only] = second[claim[only]]
    return result
