"""What a verdict hinges on: each group whose removal changes it.

A removed group takes along the findings that lead to nothing else; the interested groups of one side are shown as one,
and go as one. Findings that other documents pass on are not undone: what is removed is the origin, not the report.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from claims.independence.links import spans
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


def hinges(parted: Parted, sides: Sides, state: State, verdict: Codes) -> Hinges:
    """What the verdict of each claim hinges on, `state` being that of the claims as they stand.

    parted: what they rest on. verdict: what `state` comes to.
    """
    tables, groups, weights, policy = parted.tables, parted.groups, parted.weights, parted.policy
    claim = codes(groups.groups, "claim")
    searched = ints(tables.claims, "searches") > 0
    unlooked = _without_a_look(groups, weights, parted.reports, searched)
    second, is_sole = _seconds(groups, weights, sides)
    # A group leaves the verdict as it is unless it counts among the established, is by itself the heaviest other
    # where that one is what its side weighs, or is all that there is.
    counts = (weights.counts[FOR] | weights.counts[AGAINST]) & bools(groups.groups, "established")
    rows = np.flatnonzero(counts | is_sole[FOR] | is_sole[AGAINST] | unlooked)
    of_group = verdict.take(claim)
    without_group = of_group.copy()
    left = _without_group(groups, weights, sides, state, rows, (second, is_sole))
    left = replace(left, looked=~unlooked.take(rows))
    without_group[rows] = verdicts(left, policy)
    without_group[parted.groups_parted] = parted.without_groups(~unlooked.take(parted.groups_parted))
    without_interested = np.stack([verdict, verdict])
    for side in (FOR, AGAINST):
        concerned = np.flatnonzero(sides.interested[side])
        looked = searched | (parted.reports > _gone_with_interested(tables, groups, weights, side, concerned))
        left = _without_interested(state.at(concerned), side, looked.take(concerned))
        without_interested[side, concerned] = verdicts(left, policy)
        again = parted.claims_parted
        without_interested[side, again] = parted.without_interested(side, looked.take(again))
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
        counts = weights.counts[side].take(rows)
        is_sure = counts & sure
        own = weights.scale.take(weights.group_rank[0, side].take(rows) * is_sure)
        other = heaviest[side].take(claim)
        sole = np.flatnonzero(is_sole[side].take(rows))
        other[sole] = second[side].take(claim.take(sole))
        n_sure = sides.established[side].take(claim) - is_sure
        n_unsure = sides.others[side].take(claim) - (counts & ~sure)
        left[f"n_{name}"] = np.maximum(n_sure, np.minimum(n_unsure, 1))
        left[f"weight_{name}"] = np.maximum(sides.total[0, side].take(claim) - own, other)
    return replace(state.at(claim), **left)


def _seconds(groups: Groups, weights: Weights, sides: Sides) -> tuple[Ints, Bools]:
    """What the heaviest others leave behind: [side, claim], the weight next to it; [side, group], whether it is one.

    Only where it is what its side weighs, and no other group weighs the same.
    """
    claim, n_claims = codes(groups.groups, "claim"), sides.interested.shape[-1]
    is_other = weights.present & ~weights.interested & ~bools(groups.groups, "established")
    group = np.flatnonzero(is_other.ravel())
    place = np.concatenate([claim, claim + np.int64(n_claims)]).take(group)
    leading = np.flatnonzero((sides.other(0) > sides.total[0]).ravel().take(place))
    group, place = group.take(leading), place.take(leading)
    rank = weights.group_rank[0].ravel().take(group)
    is_top = rank == sides.other_rank[0].ravel().take(place)
    second = np.zeros(2 * n_claims, dtype=rank.dtype)
    np.maximum.at(second, place.compress(~is_top), rank.compress(~is_top))
    group, place = group.compress(is_top), place.compress(is_top)
    is_sole = np.zeros(2 * len(claim), dtype=bool)
    is_sole[group] = counted(place, 2 * n_claims).take(place) == 1
    return weights.scale.take(second).reshape(2, n_claims), is_sole.reshape(2, len(claim))


def _without_a_look(groups: Groups, weights: Weights, reports: Ints, searched: Bools) -> Bools:
    """Per group, whether no finding and no search is left on its claim without what leads to nothing else.

    Where a claim has several groups, a finding of another one stays.
    """
    claim = codes(groups.groups, "claim")
    concerned = (counted(claim, len(searched)) == 1) & ~searched
    alone = np.flatnonzero(concerned.take(claim))
    which, row = _members_of(groups, alone, alone + 1)
    goes = ~weights.interested[weights.side.take(row), alone.take(which)]
    found = np.zeros(len(claim), dtype=bool)
    found[alone] = counted(which.compress(goes), len(alone)) >= reports.take(claim.take(alone))
    return found


def _gone_with_interested(tables: Tables, groups: Groups, weights: Weights, side: int, concerned: Codes) -> Ints:
    """Per claim, how many findings lead to nothing but interested groups of a side. concerned: the claims with any."""
    claim = codes(groups.groups, "claim")
    _, row = _members_of(groups, np.searchsorted(claim, concerned), np.searchsorted(claim, concerned, side="right"))
    finding, group = codes(groups.members, "finding").take(row), codes(groups.members, "group").take(row)
    interested = weights.interested[side].take(group) & (weights.side.take(row) == side)
    goes = np.zeros(len(tables.findings), dtype=bool)
    goes[finding.compress(interested)] = True
    goes[finding.compress(~interested)] = False
    return counted(codes(tables.findings, "claim").compress(goes), len(tables.claims))


def _members_of(groups: Groups, start: Codes, end: Codes) -> tuple[Codes, Codes]:
    """(which of these spans of groups, row of members) of every member of a group in one of them."""
    group = codes(groups.members, "group")
    first = np.searchsorted(group, start)
    return spans(first, np.searchsorted(group, end) - first)


def _without_interested(state: State, side: int, looked: Bools) -> State:
    """The state of claims without the interested groups of one side. looked: whether anybody has still looked then."""
    none = np.zeros(len(looked), dtype=bool)
    if side == FOR:
        return replace(state, looked=looked, interested_for=none)
    return replace(state, looked=looked, interested_against=none)
