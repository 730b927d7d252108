"""One or two? Origins with one owner are one, and a group is one such origin with every finding that leads to it.

Origins are one when they are the same, have the same owner, or one owns the other, however many owners lie between; a
speaker and the source that is his own voice are one as well. A round-up of three origins stands in three groups, and
merges none.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from claims.independence.interest import gainers_and_losers
from claims.independence.links import spans
from claims.independence.set_aside import COUNTS
from claims.tables.columns import Table, bools, codes

if TYPE_CHECKING:
    from claims.independence.origins import Chains
    from claims.tables.columns import Bools, Codes, Ints, Tables


@dataclass(frozen=True, slots=True)
class Groups:
    """The groups of all claims and the findings in them; findings that are set aside stand in none.

    groups: one row a group, by claim, then by its first origin: claim, origin (the first by id), established, gains,
    loses (whether a party of its origins does, by the claim).
    members: one row a finding and group, by group, then finding: group (row of groups), finding, letter (the best of
    its paths), row (of Chains.origins, the path kept).
    """

    groups: Table
    members: Table


def groups_of(tables: Tables, chains: Chains, why: Codes) -> Groups:
    """The groups of every claim, of the findings for which `why` is COUNTS."""
    led = chains.origins
    row = np.flatnonzero((why == COUNTS).take(codes(led, "finding")))
    origin = codes(led, "origin").take(row)
    claim = codes(tables.findings, "claim").take(codes(led, "finding").take(row))
    key = claim.astype(np.int64, copy=False) * len(tables.origins) + _first_of_owner(tables).take(origin)
    order = ordered(key)
    first = _differs(key.take(order))
    starts, own = np.flatnonzero(first), np.cumsum(first) - 1
    count = np.diff(starts, append=len(order))
    # Of one claim, groups stand by the first origin that is there: as they stand already, but for owners whose first
    # origin of all is not.
    least = np.full(len(starts), len(tables.origins), dtype=origin.dtype)
    np.minimum.at(least, own, origin.take(order))
    of_group = claim.take(order.take(starts))
    ranks = ordered(of_group.astype(np.int64, copy=False) * len(tables.origins) + least)
    gains, loses = gainers_and_losers(tables, claim, origin)
    established = bools(led, "established").take(row)
    table = Table(
        {
            "claim": of_group.take(ranks),
            "origin": least.take(ranks),
            "established": _is_any(own, established.take(order), len(starts)).take(ranks),
            "gains": _is_any(own, gains.take(order), len(starts)).take(ranks),
            "loses": _is_any(own, loses.take(order), len(starts)).take(ranks),
        }
    )
    group, place = spans(starts.take(ranks), count.take(ranks))
    return Groups(table, _members(led, group.astype(claim.dtype, copy=False), row.take(order.take(place))))


def _first_of_owner(tables: Tables) -> Codes:
    """Per origin, the first of all origins with its owner."""
    owner = codes(tables.origins, "owner")
    first = np.full(int(owner.max(initial=0)) + 1, len(owner))
    np.minimum.at(first, owner, np.arange(len(owner)))
    return first.take(owner)


def ordered(key: Ints) -> Codes:
    """The order that sorts whole numbers from 0 on; equal ones stay as they are."""
    size = len(key)
    if not size:
        return np.arange(size)
    bits = size.bit_length()
    if int(key.max()) >> (63 - bits):
        return np.argsort(key, kind="stable")
    packed = (key << bits) | np.arange(size)
    packed.sort(kind="stable")
    return packed & ((1 << bits) - 1)


def _is_any(group: Codes, is_so: Bools, n_groups: int) -> Bools:
    """Per group, whether it is so of any of its rows."""
    found = np.zeros(n_groups, dtype=bool)
    found[group.compress(is_so)] = True
    return found


def _differs(key: Ints) -> Bools:
    """Whether each of sorted keys differs from the one before."""
    first = np.ones(len(key), dtype=bool)
    np.not_equal(key[1:], key[:-1], out=first[1:])
    return first


def _members(led: Table, group: Codes, row: Codes) -> Table:
    """Members from rows of origins by group, then finding: of several of one finding that with the best letter."""
    finding, letter = codes(led, "finding").take(row), codes(led, "letter").take(row)
    kept = np.flatnonzero(_differs(group) | _differs(finding))
    count = np.diff(kept, append=len(row))
    several = np.flatnonzero(count > 1)
    if len(several):
        run, place = spans(kept[several], count[several])
        best = letter[place].astype(np.int64) * len(row) + place
        kept[several] = np.minimum.reduceat(best, np.flatnonzero(_differs(run))) % len(row)
    row = row.take(kept)
    return Table(
        {
            "group": group.take(kept),
            "finding": finding.take(kept),
            "letter": letter.take(kept),
            "row": row.astype(finding.dtype, copy=False),
            "established": bools(led, "established").take(row),
        }
    )
