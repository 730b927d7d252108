"""What all others say of an answer, as log-odds: the sum over a block of claims, worked out from sorted columns.

The voice of an origin is the log-odds that its accuracy promises. A group speaks with its strongest voice; a side
weighs as its established groups together, or as the strongest other alone, whichever is more, as in a verdict. An
answer is held against all that is not its own: without its group, and without those on its side of which nobody knows
whether they copy it.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Final

import numpy as np

from claims.weigh.weights import AGAINST, FOR

if TYPE_CHECKING:
    from collections.abc import Iterator

    from claims.reliability.answers import Answers
    from claims.tables.columns import Bools, Codes, Floats, Ints

GRAIN: Final = float(1 << 30)
"""Sums are of whole numbers of this part of 1, hence exact: no order and no cut of the input can reach a figure."""
BLOCK: Final = 1 << 16
"""Answers that are worked on at once: few enough to stay near the processor."""


def grained(figure: Floats) -> Floats:
    """The figures, each rounded to a whole number of grains."""
    return np.rint(figure * GRAIN) / GRAIN


PULL, TOLD = range(2)
"""Rows of `Block.sums`. PULL: by how much the right answers are more than expected, divided by what one answer can
move. TOLD: how many answers they are worth whose truth is known."""


@dataclass(frozen=True)
class Block:
    """The answers on some claims, with their places in the sums over groups and sides."""

    answers: Answers
    sizes: Ints
    """Of each cell, a group on a side of a claim: how many answers it has."""
    cells: Ints
    """Of each cell: its first answer."""
    established: Floats
    """Of each cell: 1 where its group says how it knows, else 0."""
    segments: Ints
    """Of each side of a claim: its first cell."""
    lengths: Ints
    """Of each side: how many cells it has."""
    opposite: Ints
    """Of each side: that against it, or one past the last."""
    side: Ints
    """Of each cell: its side of a claim."""
    twice: tuple[Ints, Ints]
    """The cells of groups that answer both ways: those for, those against."""

    def others(self) -> Bools:
        """Of each answer: whether there is anything that it can be held against."""
        own = self.established
        firm, every = np.add.reduceat(own, self.segments), np.append(self.lengths, 0)
        number = np.repeat(firm + every[self.opposite], self.lengths) - own
        for one, other in (self.twice, self.twice[::-1]):
            number[one] = firm[self.side[one]] + firm[self.side[other]] - own[one] - own[other]
        return np.repeat(number > 0, self.sizes)

    def evidence(self, voice: Floats) -> Floats:
        """Of each answer: the log-odds that it is right, by all others. voice: of each origin."""
        heard = grained(voice[self.answers.origin] * self.answers.weight)
        cell = heard if len(self.cells) == len(heard) else np.maximum.reduceat(heard, self.cells)
        own = cell * self.established
        firm = np.add.reduceat(own, self.segments)
        weight = np.maximum(firm, np.maximum.reduceat(cell - own, self.segments))
        odds = np.repeat(firm - np.append(weight, 0)[self.opposite], self.lengths) - own
        for one, other in (self.twice, self.twice[::-1]):
            odds[one] = (firm[self.side[one]] - own[one]) - (firm[self.side[other]] - own[other])
        return odds if len(self.cells) == len(heard) else np.repeat(odds, self.sizes)

    def sums(self, voice: Floats, accuracy: Floats) -> Ints:
        """[PULL and TOLD, origin]: what the answers say of the accuracy of each origin, in grains."""
        origin, weight = self.answers.origin, self.answers.weight
        tilt = np.tanh(self.evidence(voice) / 2)
        lean = (2 * accuracy - 1)[origin] * tilt
        pull = weight * tilt / (1 + lean)
        told = pull * tilt / (1 - lean)
        size = len(accuracy)
        return np.stack([grains(origin, pull, size), grains(origin, told, size)])


def grains(origin: Codes, figure: Floats, size: int) -> Ints:
    """Of each of so many origins: the sum of its figures, each rounded, as a number of grains.

    Whole numbers of 64 bits hold those of some thousand million answers: nothing is lost where blocks are added.
    """
    return np.bincount(origin, np.rint(figure * GRAIN), size).astype(np.int64)


def blocks(answers: Answers) -> Iterator[Block]:
    """The answers in blocks of whole claims."""
    if not len(answers.claim):
        return
    ends = np.append(np.flatnonzero(np.diff(answers.claim, prepend=-1)), len(answers.claim))
    edges = ends[np.unique(np.append(np.searchsorted(ends, np.arange(0, ends[-1], BLOCK)), len(ends) - 1))]
    for low, high in pairwise(edges.tolist()):
        yield block(answers.of(slice(low, high)))


def block(answers: Answers) -> Block:
    """The answers on some claims, at least one, as one block."""
    claim = answers.claim.astype(np.int64)
    side = claim * 2 + answers.side
    is_first = np.append(True, (np.diff(answers.group) != 0) | (np.diff(side) != 0))
    cells = np.flatnonzero(is_first)
    side, group = side[cells], answers.group[cells]
    segments = np.flatnonzero(np.diff(side, prepend=-1))
    standing = side[segments]
    place = np.searchsorted(standing, standing ^ 1)
    is_there = np.append(standing, -1)[place] == standing ^ 1
    return Block(
        answers=answers,
        sizes=np.diff(cells, append=len(claim)),
        cells=cells,
        established=answers.established[cells].astype(np.float64),
        segments=segments,
        lengths=np.diff(segments, append=len(cells)),
        opposite=np.where(is_there, place, len(segments)),
        side=np.repeat(np.arange(len(segments)), np.diff(segments, append=len(cells))),
        twice=_twice(answers, cells, group),
    )


def _twice(answers: Answers, cells: Ints, group: Codes) -> tuple[Ints, Ints]:
    both, side = answers.both[cells], answers.side[cells]
    rows = [np.flatnonzero(both & (side == one)) for one in (FOR, AGAINST)]
    ordered = [of_side[np.argsort(group[of_side], kind="stable")] for of_side in rows]
    return ordered[0], ordered[1]
