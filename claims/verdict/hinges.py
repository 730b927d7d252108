"""What a verdict hinges on: each group whose removal changes it.

A removed group takes along the findings that lead to nothing else; the interested groups of one side are shown as one,
and go as one. Findings that other documents pass on are not undone: what is removed is the origin, not the report.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

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


def hinges(  # noqa: PLR0913, PLR0917 - each table of the flow, once
    tables: Tables, groups: Groups, weights: Weights, sides: Sides, state: State, policy: Policy
) -> Hinges:
    """What the verdict of each claim hinges on, `state` being that of the claims as they stand."""
    verdict = verdicts(state, policy)
    claim = codes(groups.groups, "claim")
    without_group = verdicts(_without_group(tables, groups, weights, sides, state), policy)
    without_interested = np.stack(
        [verdicts(_without_interested(tables, groups, weights, state, side), policy) for side in (FOR, AGAINST)]
    )
    return Hinges(
        group=without_group != verdict[claim],
        interested=(without_interested != verdict) & sides.interested,
        without_group=without_group,
        without_interested=without_interested,
    )


def _without_group(tables: Tables, groups: Groups, weights: Weights, sides: Sides, state: State) -> State:
    """The state of each group's claim without that group."""
    claim = codes(groups.groups, "claim")
    established = bools(groups.groups, "established")
    left = {}
    for side, name in ((FOR, "for"), (AGAINST, "against")):
        stands = weights.present[side] & ~weights.interested[side]
        own = weights.group[0, side] * stands
        counts = weights.counts[side]
        sure = sides.established[side][claim] - (counts & established)
        unsure = sides.others[side][claim] - (counts & ~established)
        total = sides.total[0, side][claim] - own * established
        other = _heaviest_but(claim, own * ~established)
        left[f"n_{name}"] = np.where(sure > 0, sure, np.minimum(unsure, 1))
        left[f"weight_{name}"] = np.maximum(total, other)
    of_claim = {name: getattr(state, name)[claim] for name in ("checkable", "interested_for", "interested_against")}
    gone = _only_there(tables, groups, _disinterested_members(groups, weights), len(groups.groups))
    reports, searched = _left(tables)
    return State(looked=(reports[claim] > gone) | searched[claim], **of_claim, **left)


def _without_interested(tables: Tables, groups: Groups, weights: Weights, state: State, side: int) -> State:
    """The state of every claim without the interested groups of one side."""
    group = codes(groups.members, "group")
    gone_members = weights.interested[side][group] & (weights.side == side)
    finding = codes(groups.members, "finding")
    n_findings = len(tables.findings)
    stays = np.bincount(finding[~gone_members], minlength=n_findings) > 0
    goes = np.zeros(n_findings, dtype=bool)
    goes[finding[gone_members]] = True
    gone = np.bincount(codes(tables.findings, "claim")[goes & ~stays], minlength=len(tables.claims))
    reports, searched = _left(tables)
    looked = (reports > gone) | searched
    none = np.zeros(len(tables.claims), dtype=bool)
    if side == FOR:
        return replace(state, looked=looked, interested_for=none)
    return replace(state, looked=looked, interested_against=none)


def _disinterested_members(groups: Groups, weights: Weights) -> Bools:
    group = codes(groups.members, "group")
    return ~weights.interested[weights.side, group]


def _only_there(tables: Tables, groups: Groups, chosen: Bools, n_groups: int) -> Ints:
    """Per group, how many of its chosen members lead to no other group."""
    finding = codes(groups.members, "finding")
    alone = np.flatnonzero(chosen & (counted(finding, len(tables.findings)) == 1)[finding])
    return counted(codes(groups.members, "group")[alone], n_groups)


def _left(tables: Tables) -> tuple[Ints, Bools]:
    """Per claim, how many findings there are, and whether anybody searched."""
    return reports_on(tables), ints(tables.claims, "searches") > 0


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
