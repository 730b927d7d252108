"""Who gains by a claim, and who loses: a side that gains from a claim does not corroborate it.

A group is interested on a side when a party of its origins gains from that side (gainers for, losers against), and
speaks against interest there when one loses by it and none gains.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from claims.tables.columns import bools, codes, found_in

if TYPE_CHECKING:
    from claims.tables.columns import Bools, Codes, Tables


def gainers_and_losers(tables: Tables, claim: Codes, origin: Codes) -> tuple[Bools, Bools]:
    """Per pair of a claim and an origin, whether the origin's party gains by the claim, and whether it loses."""
    of_claim, of_party = codes(tables.interests, "claim"), codes(tables.interests, "party")
    gains = bools(tables.interests, "gains")
    size = int(of_party.max(initial=0)) + 1
    party_of = codes(tables.origins, "party")
    concerned = np.zeros(len(tables.claims), dtype=bool)
    concerned[of_claim] = True
    row = np.flatnonzero(((party_of >= 0) & (party_of < size)).take(origin) & concerned.take(claim))
    key = claim.take(row).astype(np.int64, copy=False) * size + party_of.take(origin.take(row))
    interests = of_claim.astype(np.int64, copy=False) * size + of_party
    order = np.argsort(interests, kind="stable")
    place, has = found_in(interests[order], key)
    row, gained = row[has], gains[order][place[has]]
    gainers, losers = np.zeros(len(claim), dtype=bool), np.zeros(len(claim), dtype=bool)
    gainers[row], losers[row] = gained, ~gained
    return gainers, losers
