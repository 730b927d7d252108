"""Figures: values within the tolerance agree; whether they are reported or measured.

The candidates of an object stand in the order of their figures, so that those near one are its neighbours and a sum
over them is the difference of two running sums.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from claims.fusion.codes import every

if TYPE_CHECKING:
    from claims.fusion.codes import Answers, Floats

EXACT: Final = 0.25
"""Of all pairs of answers that agree within the tolerance, the part from which on they are mostly the same figure."""
REPEATED: Final = 0.1
"""Of all pairs of answers on an object, the part from which on figures are reported rather than measured."""
SLACK: Final = 1e-9
"""What the tolerance is widened by, for figures such as 0.3 that have no exact form, as a part of it."""

GRIDS: Final = tuple(digit * 10.0**power for power in range(-6, 7) for digit in (1, 2, 5))
"""What figures are rounded to multiples of."""
NEARLY: Final = 0.95
"""The part of a source's figures that are multiples, from which on it rounds so."""
FEW: Final = 10
"""Answers below which it is not told how a source rounds."""
NEAR: Final = 1e-4
"""How far a multiple may be from a whole number of steps, for figures that have no exact form."""
LARGEST: Final = 1e15
"""Larger figures have no digits after the point, and are taken to be as large as this."""
ENOUGH: Final = 1_000_000
"""Answers that show how sources round: of more, objects evenly spaced are looked at."""


class Neighbours:
    """The candidates of each object on a line; what is more than four tolerances apart is taken to be just that."""

    def __init__(self, answers: Answers, figures: Floats, tolerance: float) -> None:
        with np.errstate(over="ignore"):  # what is infinitely far apart is four tolerances apart, too
            gaps = np.minimum(np.diff(figures, prepend=figures[:1]) / tolerance, 4.0)
        gaps[answers.first[1:]] = 4.0
        self.place = np.cumsum(gaps)

    def within(self, of_candidate: Floats) -> Floats:
        """The sum of a figure over the candidates within the tolerance of each, itself among them."""
        wide = 1 + SLACK
        low = np.searchsorted(self.place, self.place - wide, side="left")
        high = np.searchsorted(self.place, self.place + wide, side="right")
        running = np.concatenate(([0.0], np.cumsum(of_candidate)))
        total: Floats = running[high] - running[low]
        return total


def repeats(answers: Answers) -> float:
    """Of all pairs of answers on one object, the part that gives the same figure."""
    alike, pairs = answers.support * (answers.support - 1), answers.asked * (answers.asked - 1)
    return float(np.maximum(alike, 0).sum() / max(np.maximum(pairs, 0).sum(), 1e-9))


def is_exact(answers: Answers, neighbours: Neighbours) -> bool:
    """Whether answers that agree within the tolerance are mostly the same figure, so that sources are judged by it."""
    alike = float((answers.support * (answers.support - 1)).sum())
    close = float((answers.support * (neighbours.within(answers.support) - 1)).sum())
    return alike >= EXACT * close


def is_reported(answers: Answers, figures: Floats) -> bool:
    """Whether figures are alike since sources report the same one, rather than since errors are small or rounded.

    figures: of each candidate, with those of an object in their order. Where errors are smooth and larger than what
    they are rounded to, the next figures are given about as often as the same one: each of them n times, there are
    n² pairs of one with the other, and n² / 2 pairs of each alike. Pairs alike are asked to be twice as many as that,
    beside those of a figure with the next and the one after it. Only sources that round alike are compared.
    """
    step = max(answers.source.size // ENOUGH, 1)
    if step > 1:
        answers, figures = every(answers, step, figures)
    figures = np.clip(figures, -LARGEST, LARGEST)
    grid = _grids(answers, figures)
    alike = beside = 0.0
    for size in np.unique(grid):
        count = answers.in_candidate((grid == size).astype(np.float64))
        some = np.flatnonzero(count > 0)
        times, place, thing = count[some], figures[some], answers.object[some]
        alike += float(np.maximum(times * (times - 1), 0).sum()) / 2
        for way in (1, 2):
            is_near = (thing[way:] == thing[:-way]) & (place[way:] - place[:-way] < 2 * size * (1 + NEAR))
            beside += float((times[way:] * times[:-way])[is_near].sum()) / 2
    return alike >= beside


def _grids(answers: Answers, figures: Floats) -> Floats:
    """Of each source what its figures are multiples of, nearly all; of one with few answers, those of all sources."""
    found, of_all = np.full(answers.sources, GRIDS[0]), GRIDS[0]
    for size in GRIDS[1:]:
        times = figures / size
        whole = np.rint(times)
        is_multiple = (np.abs(times - whole) < NEAR) & ((whole != 0) | (figures == 0))
        multiples = answers.in_source(is_multiple.astype(np.float64))
        found[multiples >= NEARLY * answers.told] = size
        if multiples.sum() >= NEARLY * answers.told.sum():
            of_all = size
    return np.where(answers.told < FEW, of_all, found)


def usual_spread(answers: Answers, figures: Floats) -> float:
    """How far an answer is from the middle one of its object, in the middle of all answers that are off it; else 0."""
    running = np.cumsum(answers.support)
    before = running[answers.first] - answers.support[answers.first]
    middle = np.searchsorted(running, before + answers.asked / 2)
    off = np.abs(figures - np.repeat(figures[middle], answers.given))
    off = np.repeat(off, answers.sizes)
    return float(np.median(off[off > 0])) if (off > 0).any() else 0.0
