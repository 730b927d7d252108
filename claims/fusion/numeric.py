"""Figures: values within the tolerance agree, close ones support each other in part.

The candidates of an object stand in the order of their figures, so that those near one are its neighbours and a sum
over them is the difference of two running sums.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

if TYPE_CHECKING:
    from claims.fusion.codes import Answers, Floats

EXACT: Final = 0.25
"""Of all pairs of answers that agree within the tolerance, the part from which on they are mostly the same figure."""
REPEATED: Final = 0.1
"""Of all pairs of answers on an object, the part from which on figures are reported rather than measured."""
SLACK: Final = 1e-9
"""What the tolerance is widened by, for figures such as 0.3 that have no exact form, as a part of it."""


class Neighbours:
    """The candidates of each object on a line; what is more than four tolerances apart is taken to be just that."""

    def __init__(self, answers: Answers, figures: Floats, tolerance: float) -> None:
        unit = figures / tolerance
        gaps = np.minimum(np.diff(unit, prepend=unit[:1]), 4.0)
        gaps[answers.first[1:]] = 4.0
        self.place = np.cumsum(gaps)

    def within(self, of_candidate: Floats, reach: float) -> Floats:
        """The sum of a figure over the candidates within `reach` tolerances of each, itself among them."""
        low, high = self._ends(reach)
        running = np.concatenate(([0.0], np.cumsum(of_candidate)))
        total: Floats = running[high] - running[low]
        return total

    def near(self, of_candidate: Floats) -> Floats:
        """The sum of a figure over the candidates near each: its own whole, at one tolerance half, at two nothing."""
        whole = self.within(of_candidate, 2.0)
        low, high = self._ends(2.0)
        middle = np.arange(self.place.size)
        running = np.concatenate(([0.0], np.cumsum(of_candidate)))
        moment = np.concatenate(([0.0], np.cumsum(of_candidate * self.place)))
        left = self.place * (running[middle] - running[low]) - (moment[middle] - moment[low])
        right = (moment[high] - moment[middle]) - self.place * (running[high] - running[middle])
        return np.maximum(whole - (left + right) / 2, of_candidate)

    def _ends(self, reach: float) -> tuple[np.ndarray, np.ndarray]:
        wide = reach * (1 + SLACK)
        return (
            np.searchsorted(self.place, self.place - wide, side="left"),
            np.searchsorted(self.place, self.place + wide, side="right"),
        )


def repeats(answers: Answers) -> float:
    """Of all pairs of answers on one object, the part that gives the same figure."""
    alike, pairs = answers.support * (answers.support - 1), answers.asked * (answers.asked - 1)
    return float(np.maximum(alike, 0).sum() / max(np.maximum(pairs, 0).sum(), 1e-9))


def is_exact(answers: Answers, neighbours: Neighbours) -> bool:
    """Whether answers that agree within the tolerance are mostly the same figure, so that sources are judged by it."""
    alike = float((answers.support * (answers.support - 1)).sum())
    close = float((answers.support * (neighbours.within(answers.support, 1.0) - 1)).sum())
    return alike >= EXACT * close


def usual_spread(answers: Answers, figures: Floats) -> float:
    """How far an answer is from the middle one of its object, in the middle of all answers that are off it; else 0."""
    running = np.cumsum(answers.support)
    before = running[answers.first] - answers.support[answers.first]
    middle = np.searchsorted(running, before + answers.asked / 2)
    off = np.abs(figures - np.repeat(figures[middle], answers.given))
    off = np.repeat(off, answers.sizes)
    return float(np.median(off[off > 0])) if (off > 0).any() else 0.0
