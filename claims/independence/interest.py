"""Who gains by a claim, and who loses: a side that gains from a claim does not corroborate it.

A group is interested on a side when a party of its origins gains from that side (gainers for, losers against), and
speaks against interest there when one loses by it and none gains.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from claims.tables.columns import bools, ints

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from claims.tables.columns import Tables

    Ints = NDArray[np.int64]
    Bools = NDArray[np.bool_]


def gainers_and_losers(tables: Tables, claim: Ints, origin: Ints) -> tuple[Bools, Bools]:
    """Per pair of a claim and an origin, whether the origin's party gains by the claim, and whether it loses."""
    party = ints(tables.origins, "party")[origin]
    size = int(tables.interests["party"].max()) + 1 if len(tables.interests) else 1
    interests = ints(tables.interests, "claim") * size + ints(tables.interests, "party")
    gains = bools(tables.interests, "gains")
    known = (party >= 0) & (party < size)
    key = np.where(known, claim * size + party, -1)
    return np.isin(key, interests[gains]), np.isin(key, interests[~gains])
