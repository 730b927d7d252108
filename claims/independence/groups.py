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
from claims.tables.columns import Columns, bools, codes

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from claims.independence.origins import Chains
    from claims.tables.columns import Bools, Codes, Ints, Table, Tables

ESTABLISHED, GAINS, LOSES = 1, 2, 4
"""Bits of what is true of a group where it is true of one of its rows."""


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
    row = np.flatnonzero((why == COUNTS)[codes(led, "finding")])
    origin = codes(led, "origin")[row]
    claim = codes(tables.findings, "claim")[codes(led, "finding")[row]]
    owner = codes(tables.origins, "owner")
    key = claim.astype(np.int64) * (int(owner.max(initial=0)) + 1) + owner[origin]
    order = ordered(key)
    starts = np.flatnonzero(_differs(key[order]))
    count = np.diff(starts, append=len(order))
    # Of one claim, groups stand by the first origin that is there, whatever its owner's label.
    least = np.minimum.reduceat(origin[order], starts) if len(starts) else origin
    ranks = ordered(claim[order[starts]].astype(np.int64) * len(tables.origins) + least)
    group, place = spans(starts[ranks], count[ranks])
    order = order[place]
    starts = np.cumsum(count[ranks]) - count[ranks]
    truths = _truths(tables, claim, origin, bools(led, "established")[row])
    truth = np.bitwise_or.reduceat(truths[order], starts) if len(starts) else truths
    table = Columns(
        {
            "claim": claim[order[starts]],
            "origin": least[ranks],
            "established": (truth & ESTABLISHED) > 0,
            "gains": (truth & GAINS) > 0,
            "loses": (truth & LOSES) > 0,
        }
    )
    return Groups(table, _members(led, group.astype(claim.dtype), row[order]))


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


def _truths(tables: Tables, claim: Codes, origin: Codes, established: Bools) -> NDArray[np.uint8]:
    gains, loses = gainers_and_losers(tables, claim, origin)
    return (established * ESTABLISHED + gains * GAINS + loses * LOSES).astype(np.uint8)


def _differs(key: Ints) -> Bools:
    """Whether each of sorted keys differs from the one before."""
    first = np.ones(len(key), dtype=bool)
    np.not_equal(key[1:], key[:-1], out=first[1:])
    return first


def _members(led: Table, group: Codes, row: Codes) -> Table:
    """Members from rows of origins by group, then finding: of several of one finding that with the best letter."""
    finding, letter = codes(led, "finding")[row], codes(led, "letter")[row]
    first = np.ones(len(row), dtype=bool)
    first[1:] = (group[1:] != group[:-1]) | (finding[1:] != finding[:-1])
    kept = np.flatnonzero(first)
    count = np.diff(kept, append=len(row))
    several = np.flatnonzero(count > 1)
    if len(several):
        run, place = spans(kept[several], count[several])
        best = letter[place].astype(np.int64) * len(row) + place
        kept[several] = np.minimum.reduceat(best, np.flatnonzero(_differs(run))) % len(row)
    return Columns(
        {
            "group": group[kept],
            "finding": finding[kept],
            "letter": letter[kept],
            "row": row[kept].astype(finding.dtype),
            "established": bools(led, "established")[row[kept]],
        }
    )
