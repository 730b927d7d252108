"""What a method gives: shares, what each source got right, and how the search for them ended."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from claims.fusion.codes import Floats
    from claims.fusion.prior import Prior
    from claims.fusion.shares import Shares

MOST_ROUNDS: Final = 200
SETTLED: Final = 1e-4
"""The change of the shares of an object in one round, on average, below which the search has ended."""


class Fit(NamedTuple):
    """The end of a search."""

    shares: Shares
    prior: Prior
    right: Floats
    """Of each source: how many of its answers are right, as expected."""
    rounds: int
    change: float
    """The change of the shares of an object in the last round, on average."""

    @property
    def converged(self) -> bool:
        """Whether the search ended by itself."""
        return self.change < SETTLED


def change(new: Shares, old: Shares) -> float:
    """How much the shares of an object changed, on average over the objects."""
    return float(np.abs(new.right - old.right).sum() / max(new.none.size, 1))
