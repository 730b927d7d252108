"""What a verdict hinges on: each group whose removal changes it.

A removed group takes along the findings that lead to nothing else; the interested groups of one side are shown as one,
and go as one. Findings that other documents pass on are not undone: what is removed is the origin, not the report.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from claims.tables.columns import bools, codes, counted, ints
from claims.verdict.content import State, verdicts
from claims.weigh.weights import AGAINST, FOR

if TYPE_CHECKING:
    from claims.independence.groups import Groups
    from claims.tables.columns import Bools, Codes, Ints, Tables
    from claims.verdict.parted import Parted
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


def hinges(parted: Parted, sides: Sides, state: State, verdict: Codes) -> Hinges:
    """What the verdict of each claim hinges on, `state` being that of the claims as they stand.

    parted: what they rest on. verdict: what `state` comes to.
    """
    tables, groups, weights, policy = parted.tables, parted.groups, parted.weights, parted.policy
    claim = codes(groups.groups, "claim")
    memberships = counted(codes(groups.members, "finding"), len(tables.findings))
    record = _Record(parted.reports, ints(tables.claims, "searches") > 0, memberships)
    looked = _still_looked(groups, weights, record)
    second, is_sole = _seconds(groups, weights, sides)
    # A group leaves the verdict as it is unless it counts among the established, is by itself the heaviest other
    # where that one is what its side weighs, or is all that there is.
    counts = (weights.counts[FOR] | weights.counts[AGAINST]) & bools(groups.groups, "established")
    rows = np.flatnonzero(counts | is_sole[FOR] | is_sole[AGAINST] | ~looked)
    of_group = verdict.take(claim)
    without_group = of_group.copy()
    left = _without_group(groups, weights, sides, state, rows, (second, is_sole))
    left = replace(left, looked=looked.take(rows))
    without_group[rows] = verdicts(left, policy)
    without_group[parted.groups_parted] = parted.without_groups(looked.take(parted.groups_parted))
    without_interested = np.stack([verdict, verdict])
    for side in (FOR, AGAINST):
        concerned = np.flatnonzero(sides.interested[side])
        left = _without_interested(tables, groups, weights, state, side, record)
        without_interested[side, concerned] = verdicts(left.at(concerned), policy)
        again = parted.claims_parted
        without_interested[side, again] = parted.without_interested(side, left.looked.take(again))
    return Hinges(
        group=without_group != of_group,
        interested=without_interested != verdict,
        without_group=without_group,
        without_interested=without_interested,
    )


def _without_group(  # noqa: PLR0913, PLR0917 - each table of the flow, once
    groups: Groups, weights: Weights, sides: Sides, state: State, rows: Codes, seconds: tuple[Ints, Bools]
) -> State:
    """The state of the claims of these groups, each without that group; whether anybody looked is left as it was."""
    claim = codes(groups.groups, "claim").take(rows)
    sure = bools(groups.groups, "established").take(rows)
    second, is_sole = seconds
    heaviest = sides.other(0)
    left = {}
    for side, name in ((FOR, "for"), (AGAINST, "against")):
        disinterested = (weights.present[side] & ~weights.interested[side]).take(rows)
        own = weights.scale.take(weights.group_rank[0, side].take(rows) * (disinterested & sure))
        other = heaviest[side].take(claim)
        sole = np.flatnonzero(is_sole[side].take(rows))
        other[sole] = second[side].take(claim.take(sole))
        counts = weights.counts[side].take(rows)
        n_sure = sides.established[side].take(claim) - (counts & sure)
        n_unsure = sides.others[side].take(claim) - (counts & ~sure)
        left[f"n_{name}"] = np.maximum(n_sure, np.minimum(n_unsure, 1))
        left[f"weight_{name}"] = np.maximum(sides.total[0, side].take(claim) - own, other)
    return replace(state.at(claim), **left)


def _seconds(groups: Groups, weights: Weights, sides: Sides) -> tuple[Ints, Bools]:
    """What the heaviest others leave behind: [side, claim], the weight next to it; [side, group], whether it is one.

    Only where it is what its side weighs, and no other group weighs the same.
    """
    claim, n_claims = codes(groups.groups, "claim").astype(np.int64, copy=False), sides.interested.shape[-1]
    place = np.concatenate([claim, claim + n_claims])
    is_other = weights.present & ~weights.interested & ~bools(groups.groups, "established")
    own = weights.scale.take(weights.group_rank[0] * is_other).ravel()
    heaviest = sides.other(0)
    leads = heaviest > sides.total[0]
    top = (heaviest * leads - ~leads).ravel()
    is_top = own == top.take(place)
    second = np.zeros(2 * n_claims, dtype=np.int64)
    np.maximum.at(second, place, own * ~is_top)
    tops = np.flatnonzero(is_top)
    is_sole = is_top
    is_sole[tops] = (counted(place.take(tops), 2 * n_claims) == 1).take(place.take(tops))
    return second.reshape(2, n_claims), is_sole.reshape(2, len(claim))


def _still_looked(groups: Groups, weights: Weights, record: _Record) -> Bools:
    """Per group, whether a finding or a search is left on its claim without what leads to nothing else."""
    claim, group = codes(groups.groups, "claim"), codes(groups.members, "group")
    place = group + weights.side * np.int64(len(claim))
    interested = weights.interested.ravel().take(place)
    alone = (record.memberships == 1).take(codes(groups.members, "finding")) & ~interested
    gone = counted(group.compress(alone), len(claim))
    return (record.reports.take(claim) > gone) | record.searched.take(claim)


def _without_interested(  # noqa: PLR0913, PLR0917 - each table of the flow, once
    tables: Tables, groups: Groups, weights: Weights, state: State, side: int, record: _Record
) -> State:
    """The state of every claim without the interested groups of one side."""
    interested = weights.interested[side].take(codes(groups.members, "group")) & (weights.side == side)
    finding = codes(groups.members, "finding").compress(interested)
    goes = np.flatnonzero(counted(finding, len(tables.findings)) >= np.maximum(record.memberships, 1))
    gone = counted(codes(tables.findings, "claim").take(goes), len(tables.claims))
    looked = (record.reports > gone) | record.searched
    none = np.zeros(len(tables.claims), dtype=bool)
    if side == FOR:
        return replace(state, looked=looked, interested_for=none)
    return replace(state, looked=looked, interested_against=none)
