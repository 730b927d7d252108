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
SHORT: Final = 4
"""Rounds after which a longer step may be taken, so that the steps before it go one way."""
SLOW: Final = 0.5
"""A step that is as long as this part of the one before it, or longer, goes a long way in small steps."""
LONGEST: Final = 8.0
"""How much further a longer step may go than the step it prolongs."""


class Fit(NamedTuple):
    """The end of a search."""

    shares: Shares
    prior: Prior
    right: Floats
    """Of each source: how many of its answers are right, as expected."""
    rounds: int
    change: float
    """The change of the shares of an object in the last round, on average."""
    objects: str = ""
    """How objects differ, in words, where that was learned."""

    @property
    def converged(self) -> bool:
        """Whether the search ended by itself."""
        return self.change < SETTLED


class Pace:
    """How far a search goes at once.

    Where each step is a fixed part r of the one before, all that are left add up to r / (1 - r) of the last one
    (Lyusternik 1947): so a search that creeps goes that far at once, and looks again.
    """

    def __init__(self) -> None:
        self.last, self.rounds = np.inf, 0

    def beyond(self, moved: float) -> float:
        """How many times the last step is to be taken once more: mostly 0. moved: how long the last step was."""
        part, self.last = moved / self.last, moved
        self.rounds += 1
        if self.rounds < SHORT or not SLOW < part < 1:
            return 0.0
        self.last, self.rounds = np.inf, 0
        return min(part / (1 - part), LONGEST)


def change(new: Shares, old: Shares) -> float:
    """How much the shares of an object changed, on average over the objects."""
    return float(np.abs(new.right - old.right).sum() / max(new.none.size, 1))
