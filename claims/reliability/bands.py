"""Letters as stretches of reliability: which of them an interval meets, and what that says of a given letter."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Final

from claims.model.grade import LETTERS, UNJUDGED_LETTER
from claims.model.policy import JUDGED
from claims.model.reliability import Band

if TYPE_CHECKING:
    from collections.abc import Sequence

    from claims.model.policy import Policy
    from claims.model.reliability import Standing

DIGIT: Final = 3
"""The credibility at which the policy's table gives the reliability of a letter alone."""
ENOUGH: Final = 10.0
"""Known answers that a source's own must be worth before a grade is proposed: as many as a grade counts for."""


def promised(policy: Policy) -> tuple[float, ...]:
    """The reliability that each of the letters A to E promises."""
    return tuple(policy.probability[letter][DIGIT] for letter in JUDGED)


def bands(policy: Policy) -> tuple[Band, ...]:
    """The stretch of each letter that can be judged, the best first: they meet in the middle between two."""
    figures = promised(policy)
    edges = (1.0, *((one + other) / 2 for one, other in pairwise(figures)), 0.0)
    return tuple(Band(letter, low, high) for letter, (high, low) in zip(JUDGED, pairwise(edges), strict=True))


def met(low: float, high: float, all_bands: Sequence[Band]) -> tuple[str, ...]:
    """The letters whose stretches the interval from low to high meets, the best first."""
    return tuple(band.letter for band in all_bands if low < band.high and high > band.low)


def standing(grade: str, letters: Sequence[str], *, weight: float, can_compare: bool) -> Standing:
    """What an interval says of a grade. letters: those that it meets. weight: known answers that its own are worth."""
    if not can_compare:
        return "nothing"
    if grade != LETTERS[UNJUDGED_LETTER]:
        if grade not in letters:
            return "contradicted"
        return "not-contradicted" if weight >= ENOUGH else "not-enough"
    return "proposed" if weight >= ENOUGH and len(letters) == 1 else "not-enough"
