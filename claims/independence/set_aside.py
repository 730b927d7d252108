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
from claims.tables.columns import MENTIONS, NO_DAY, REPEATS, ints

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from claims.independence.origins import Chains
    from claims.tables.columns import Tables

    Bools = NDArray[np.bool_]

COUNTS: Final = len(WHYS)
"""The code of a finding that no reason applies to: one past the last of WHYS."""


def set_aside(tables: Tables, chains: Chains) -> NDArray[np.int64]:
    """Per finding, the position in WHYS of the first reason that applies, or COUNTS."""
    why = np.full(len(tables.findings), COUNTS, dtype=np.int64)
    for code in reversed(range(len(REASONS))):
        why[REASONS[code](tables, chains)] = code
    return why


def _of_document(tables: Tables, column: str) -> NDArray[np.int64]:
    return tables.documents[column].to_numpy()[ints(tables.findings, "document")]


def _without_origin(tables: Tables, chains: Chains) -> Bools:
    return np.bincount(ints(chains.origins, "finding"), minlength=len(tables.findings)) == 0


def _retracted(tables: Tables, chains: Chains) -> Bools:
    met = chains.met_retracted & _without_origin(tables, chains)
    return _of_document(tables, "retracted").astype(bool) | met


def _later(tables: Tables, _: Chains) -> Bools:
    return _of_document(tables, "later").astype(bool)


def _before(tables: Tables, chains: Chains) -> Bools:
    begins = ints(tables.claims, "begins")[ints(tables.findings, "claim")]
    ends = _of_document(tables, "ends")
    early = (ends != NO_DAY) & (ends < begins)
    return early | (chains.met_before & _without_origin(tables, chains))


def _mentions(tables: Tables, _: Chains) -> Bools:
    return ints(tables.findings, "stance") == MENTIONS


def _repeats(tables: Tables, _: Chains) -> Bools:
    return ints(tables.findings, "stance") == REPEATS


def _mismatch(tables: Tables, _: Chains) -> Bools:
    return ints(tables.findings, "mismatch") != 0


def _circular(tables: Tables, chains: Chains) -> Bools:
    return _without_origin(tables, chains)


def _speaker(tables: Tables, chains: Chains) -> Bools:
    finding = ints(chains.origins, "finding")
    size = len(tables.origins)
    spoken = ints(tables.speakers, "claim") * size + ints(tables.speakers, "origin")
    claim = ints(tables.findings, "claim")[finding]
    other = ~np.isin(claim * size + ints(chains.origins, "origin"), spoken)
    return np.bincount(finding, weights=other, minlength=len(tables.findings)) == 0


REASONS: Final[tuple[Callable[[Tables, Chains], Bools], ...]] = (
    _retracted, _later, _before, _mentions, _repeats, _mismatch, _circular, _speaker,
)  # fmt: skip
