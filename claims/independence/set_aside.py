"""What never counts, and why: the first reason that applies, in this order.

| code | a finding is set aside because |
| --- | --- |
| retracted | its document is withdrawn, or no origin is left and a chain of it met one that is |
| later | its document appeared after the report's date |
| before | its document, or all that its chains end in, appeared before the claim's time began |
| mentions | it takes no side |
| repeats | it only reports that the speaker said it |
| mismatch | it speaks of another unit, time or place |
| circular | no chain of it ends |
| speaker | its only origins are the claim's own speakers, or the sources that are their own voices |
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from claims.model.assessment import WHYS
from claims.tables.columns import MENTIONS, NO_DAY, REPEATS, bools, codes, found_in, ints

if TYPE_CHECKING:
    from collections.abc import Callable

    from claims.independence.origins import Chains
    from claims.tables.columns import Bools, Codes, Tables

COUNTS: Final = len(WHYS)
"""The code of a finding that no reason applies to: one past the last of WHYS."""


def set_aside(tables: Tables, chains: Chains) -> Codes:
    """Per finding, the position in WHYS of the first reason that applies, or COUNTS."""
    why = np.full(len(tables.findings), COUNTS, dtype=np.int8)
    for code in reversed(range(len(REASONS))):
        why += (code - why) * REASONS[code](tables, chains)
    return why


def _stopped(chains: Chains, met: Bools) -> Codes:
    """Of the findings that met something, those that are left without an origin."""
    finding, origins = np.flatnonzero(met), codes(chains.origins, "finding")
    return finding[np.searchsorted(origins, finding) == np.searchsorted(origins, finding, "right")]


def _retracted(tables: Tables, chains: Chains) -> Bools:
    found = bools(tables.documents, "retracted").take(codes(tables.findings, "document"))
    found[_stopped(chains, chains.met_retracted)] = True
    return found


def _later(tables: Tables, _: Chains) -> Bools:
    return bools(tables.documents, "later").take(codes(tables.findings, "document"))


def _before(tables: Tables, chains: Chains) -> Bools:
    begins = ints(tables.claims, "begins").take(codes(tables.findings, "claim"))
    ends = ints(tables.documents, "ends").take(codes(tables.findings, "document"))
    early = (ends != NO_DAY) & (ends < begins)
    early[_stopped(chains, chains.met_before)] = True
    return early


def _mentions(tables: Tables, _: Chains) -> Bools:
    return codes(tables.findings, "stance") == MENTIONS


def _repeats(tables: Tables, _: Chains) -> Bools:
    return codes(tables.findings, "stance") == REPEATS


def _mismatch(tables: Tables, _: Chains) -> Bools:
    return codes(tables.findings, "mismatch") != 0


def _circular(tables: Tables, chains: Chains) -> Bools:
    without = np.ones(len(tables.findings), dtype=bool)
    without[codes(chains.origins, "finding")] = False
    return without


def _speaker(tables: Tables, chains: Chains) -> Bools:
    finding, origin = codes(chains.origins, "finding"), codes(chains.origins, "origin")
    claim, size = codes(tables.findings, "claim"), len(tables.origins)
    speaker = codes(tables.speakers, "origin")
    # Few origins ever speak: only pairs with one of these are looked up.
    speaks = np.zeros(size, dtype=bool)
    speaks[speaker] = True
    row = np.flatnonzero(speaks.take(origin))
    spoken = codes(tables.speakers, "claim").astype(np.int64, copy=False) * size + speaker
    key = claim.take(finding.take(row)).astype(np.int64, copy=False) * size + origin.take(row)
    own = finding.take(row.compress(found_in(np.sort(spoken), key)[1]))
    concerned = own.compress(np.diff(own, prepend=-1) > 0)
    origins = np.searchsorted(finding, concerned, side="right") - np.searchsorted(finding, concerned)
    said = np.searchsorted(own, concerned, side="right") - np.searchsorted(own, concerned)
    only = np.zeros(len(claim), dtype=bool)
    only[concerned.compress(said == origins)] = True
    return only


REASONS: Final[tuple[Callable[[Tables, Chains], Bools], ...]] = (
    _retracted, _later, _before, _mentions, _repeats, _mismatch, _circular, _speaker,
)  # fmt: skip
