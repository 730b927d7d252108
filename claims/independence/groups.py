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
from claims.tables.columns import Table, bools, codes, counted, differs

if TYPE_CHECKING:
    from claims.independence.origins import Chains
    from claims.tables.columns import Bools, Codes, Tables


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
    # Of one claim, groups stand by the first origin that is there.
    first = _first_there(tables, claim, origin)
    key = claim.astype(np.int64, copy=False) * len(tables.origins) + first
    order = np.argsort(key, kind="stable")
    begins = differs(key.take(order))
    starts, group = np.flatnonzero(begins), np.cumsum(begins, dtype=claim.dtype) - claim.dtype.type(1)
    gains, loses = gainers_and_losers(tables, claim, origin)
    established = bools(led, "established").take(row)
    leads = order.take(starts)
    table = Table(
        {
            "claim": claim.take(leads),
            "origin": first.take(leads),
            "established": _is_any(group, established.take(order), len(starts)),
            "gains": _is_any(group, gains.take(order), len(starts)),
            "loses": _is_any(group, loses.take(order), len(starts)),
        }
    )
    return Groups(table, _members(led, group, row.take(order)))


def _first_there(tables: Tables, claim: Codes, origin: Codes) -> Codes:
    """Per pair of a claim and an origin, the first of the claim's origins with the same owner; all pairs are there."""
    owner = codes(tables.origins, "owner")
    is_shared = counted(owner, int(owner.max(initial=0)) + 1).take(owner) > 1
    rows = np.flatnonzero(is_shared.take(origin))
    key = claim.take(rows).astype(np.int64, copy=False) * (int(owner.max(initial=0)) + 1)
    key += owner.take(origin.take(rows))
    order = np.argsort(key, kind="stable")
    starts = np.flatnonzero(differs(key.take(order)))
    first = origin.copy()
    if len(rows):
        rows = rows.take(order)
        least = np.minimum.reduceat(origin.take(rows), starts)
        first[rows] = np.repeat(least, np.diff(starts, append=len(rows)))
    return first


def _is_any(group: Codes, is_so: Bools, n_groups: int) -> Bools:
    """Per group, whether it is so of any of its rows."""
    found = np.zeros(n_groups, dtype=bool)
    found[group.compress(is_so)] = True
    return found


def _members(led: Table, group: Codes, row: Codes) -> Table:
    """Members from rows of origins by group, then finding: of several of one finding that with the best letter."""
    finding, letter = codes(led, "finding").take(row), codes(led, "letter").take(row)
    kept = np.flatnonzero(differs(group) | differs(finding))
    count = np.diff(kept, append=len(row))
    several = np.flatnonzero(count > 1)
    if len(several):
        run, place = spans(kept[several], count[several])
        best = letter[place].astype(np.int64) * len(row) + place
        kept[several] = np.minimum.reduceat(best, np.flatnonzero(differs(run))) % len(row)
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
