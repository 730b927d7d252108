"""How reliable each origin is, learned in turns: what its answers are worth, given the others; the others, given that.

With the accuracy A of an origin and the probability q that all others give one answer of it, the answer is as likely as
A q + (1 - A)(1 - q). An answer that nobody else speaks of has q = 1/2, and says nothing. A has a Beta distribution
beforehand: of a grade, that of claims.fusion.prior; without one, what is learned of all that have none. Each round is
a step of expectation and maximisation (Dawid and Skene 1979), one sum an origin; an answer is worth as many known ones
as its Fisher information has of theirs.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np
from scipy.special import betaincinv

from claims.fusion.prior import CREDIBLE, STRENGTH, better, start
from claims.reliability.evidence import GRAIN, PULL, TOLD, Block, grained
from claims.tables.columns import Floats, Ints

if TYPE_CHECKING:
    from claims.fusion.prior import Prior

Reduction = Callable[[Callable[[Block], Ints], int], Ints]
"""Gives the sum of what a function gives of each block of answers, [rows, origin], of so many rows. Where the blocks
lie is its own affair: in memory, on disk, or on many machines."""

MOST_ROUNDS: Final = 200
PRIOR_ROUNDS: Final = 5
"""How often the common prior is bettered in a round: that is cheap, and the search would wait for it."""
SETTLED: Final = 2e-5
"""The change of an accuracy in a round, on average over those that are compared, below which the search has ended."""
SUREST: Final = 0.99
"""The accuracy with which an origin is heard on others, at most: nobody is beyond doubt."""


class Learned(NamedTuple):
    """What was learned of each origin; [origin] unless said otherwise."""

    before: Floats
    """The accuracy that it starts from: of its grade, or of all that have none."""
    accuracy: Floats
    low: Floats
    high: Floats
    """The accuracy lies between low and high with 90 in 100."""
    strength: Floats
    """How many answers `before` counts for."""
    told: Floats
    """How many answers whose truth is known its own are worth."""
    voice: Floats
    """What it is heard with, as log-odds."""
    rounds: int
    converged: bool
    """Whether the search ended by itself."""


class State(NamedTuple):
    """Between two rounds; [origin]."""

    prior: Prior
    accuracy: Floats
    told: Floats

    @property
    def strength(self) -> Floats:
        """How many answers the prior counts for."""
        return self.prior.right + self.prior.wrong


def learned(grade: Floats, checked: Floats, together: Reduction) -> Learned:
    """What the answers say of each origin.

    grade: the probability that its letter promises, or nan where it is F. checked: what its answers that can be held
    against others count together. together: adds over all answers; it is asked once a round.
    """
    prior = start(grade)
    state = State(prior, prior.right / (prior.right + prior.wrong), np.zeros(len(grade)))
    rounds, moved = 0, np.inf
    asked = max(np.count_nonzero(checked), 1)
    while moved >= SETTLED and rounds < MOST_ROUNDS:
        new = _next(together, state, checked)
        moved, state, rounds = float(np.abs(new.accuracy - state.accuracy).sum() / asked), new, rounds + 1
    whole = state.strength + state.told
    a, b = state.accuracy * whole, (1 - state.accuracy) * whole
    low, high = (np.asarray(betaincinv(a, b, end), dtype=np.float64) for end in CREDIBLE)
    before, voice = state.prior.right / state.strength, voices(state.accuracy)
    return Learned(before, state.accuracy, low, high, state.strength, state.told, voice, rounds, moved < SETTLED)


def voices(accuracy: Floats) -> Floats:
    """What origins are heard with: the log-odds of their accuracy; not at all where chance does as well."""
    sure = np.clip(accuracy, 0.5, SUREST)
    return grained(np.log(sure / (1 - sure)))


def _next(together: Reduction, state: State, checked: Floats) -> State:
    """A round: the sums over all answers, then a better accuracy of each origin, and a better common prior."""
    sums = together(partial(Block.sums, voice=voices(state.accuracy), accuracy=state.accuracy), 2) / GRAIN
    room = 4 * state.accuracy * (1 - state.accuracy)
    told, gained = room * sums[TOLD], room * sums[PULL] / 2
    likely, prior = np.clip(state.accuracy * told + gained, 0, told), state.prior
    for _ in range(PRIOR_ROUNDS):
        prior = _weakened(better(prior, likely, told))
    right = state.accuracy * checked + gained
    accuracy = (prior.right + right) / (prior.right + prior.wrong + checked)
    return State(prior, accuracy, told)


def _weakened(prior: Prior) -> Prior:
    """The prior, with what is learned of others counting for no more answers than a grade."""
    scale = np.where(prior.learned, np.minimum(1, STRENGTH / (prior.right + prior.wrong)), 1)
    return prior._replace(right=prior.right * scale, wrong=prior.wrong * scale)
