"""One or two? Origins with one owner are one, and a group is one such origin with every finding that leads to it.

Origins are one when they are the same, have the same owner, or one owns the other, however many owners lie between; a
speaker and the source that is his own voice are one as well. A round-up of three origins stands in three groups, and
merges none.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd

from claims.independence.interest import gainers_and_losers
from claims.independence.set_aside import COUNTS
from claims.tables.columns import bools, ints

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from claims.independence.origins import Chains
    from claims.tables.columns import Tables


@dataclass(frozen=True, slots=True)
class Groups:
    """The groups of all claims and the findings in them; findings that are set aside stand in none.

    groups: one row a group, by claim, then by its first origin: claim, origin (the first by id), established, gains,
    loses (whether a party of its origins does, by the claim).
    members: one row a finding and group, by group, then finding: group (row of groups), finding, letter (the best of
    its paths), row (of Chains.origins, the path kept).
    """

    groups: pd.DataFrame
    members: pd.DataFrame


def groups_of(tables: Tables, chains: Chains, why: NDArray[np.int64]) -> Groups:
    """The groups of every claim, of the findings for which `why` is COUNTS."""
    led = chains.origins[why[ints(chains.origins, "finding")] == COUNTS]
    claim = ints(tables.findings, "claim")[ints(led, "finding")]
    origin = ints(led, "origin")
    gains, loses = gainers_and_losers(tables, claim, origin)
    rows = pd.DataFrame(
        {
            "claim": claim,
            "owner": ints(tables.origins, "owner")[origin],
            "origin": origin,
            "finding": ints(led, "finding"),
            "letter": ints(led, "letter"),
            "row": led.index.to_numpy(),
            "established": bools(led, "established"),
            "gains": gains,
            "loses": loses,
        }
    )
    table = (
        rows.groupby(["claim", "owner"], sort=True)
        .agg(
            origin=("origin", "min"),
            established=("established", "max"),
            gains=("gains", "max"),
            loses=("loses", "max"),
        )
        .reset_index()
        .sort_values(["claim", "origin"], kind="stable", ignore_index=True)
    )
    number = table.reset_index(names="group")[["claim", "owner", "group"]]
    members = rows.merge(number, on=["claim", "owner"]).sort_values(
        ["group", "finding", "letter", "row"], kind="stable"
    )
    return Groups(
        table.drop(columns="owner"),
        members.drop_duplicates(["group", "finding"])[["group", "finding", "letter", "row", "established"]].reset_index(
            drop=True
        ),
    )
