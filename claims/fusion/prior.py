"""How reliable a source is before its answers are read, and how that is learned from all of them.

A source with a grade starts as if `STRENGTH` of its answers were known, of which the share that its grade promises was
right. All others share one Beta distribution, learned from how they do (empirical Bayes; the fixed point of Minka,
"Estimating a Dirichlet distribution", 2000). Two imagined sources that were right in two answers of three keep it
sensible where there are few.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np
from scipy.special import betaincinv, digamma

if TYPE_CHECKING:
    from claims.fusion.codes import Bools, Floats

STRENGTH: Final = 10.0
"""Answers that a grade counts for."""
IMAGINED: Final = (2.0, 3.0, 2.0)
"""Imagined sources: how many, the answers of each, and how many of those are right."""
STRONGEST: Final = 100.0
"""Answers that what is learned of others counts for, at most."""
WEAKEST: Final = 0.05
STEPS: Final = 3
CREDIBLE: Final = (0.05, 0.95)
"""The ends of the interval that is told: 90 in 100."""


class Prior(NamedTuple):
    """Beta distributions: what each source has right and wrong beforehand. `learned`: those without a grade."""

    right: Floats
    wrong: Floats
    learned: Bools


def start(grade: Floats) -> Prior:
    """The prior before any answer is read. grade: of each source, the probability its grade promises, or nan."""
    learned = np.isnan(grade)
    mean = np.where(learned, IMAGINED[2] / IMAGINED[1], grade)
    strength = np.where(learned, IMAGINED[1], STRENGTH)
    return Prior(mean * strength, (1 - mean) * strength, learned)


def better(prior: Prior, right: Floats, told: Floats) -> Prior:
    """The prior, some steps closer to the most likely one, from the right answers of each source and all of them."""
    if not prior.learned.any():
        return prior
    at = int(np.argmax(prior.learned))
    a, b = beta_step(
        (float(prior.right[at]), float(prior.wrong[at])), right[prior.learned], told[prior.learned], IMAGINED
    )
    return prior._replace(right=np.where(prior.learned, a, prior.right), wrong=np.where(prior.learned, b, prior.wrong))


def beta_step(
    beta: tuple[float, float], right: Floats, told: Floats, imagined: tuple[float, float, float]
) -> tuple[float, float]:
    """A Beta distribution that fits better how often sources are right; some steps of Minka's fixed point."""
    a, b = beta
    times, all_, good = imagined
    for _ in range(STEPS):
        of_all, of_a, of_b = digamma(a + b), digamma(a), digamma(b)
        spread = (digamma(a + b + told) - of_all).sum() + times * (digamma(a + b + all_) - of_all)
        up = (digamma(a + right) - of_a).sum() + times * (digamma(a + good) - of_a)
        down = (digamma(b + np.maximum(told - right, 0)) - of_b).sum() + times * (digamma(b + all_ - good) - of_b)
        a, b = max(a * up / spread, WEAKEST), max(b * down / spread, WEAKEST)
        scale = min(1.0, STRONGEST / (a + b))
        a, b = float(a * scale), float(b * scale)
    return a, b


def accuracy(prior: Prior, right: Floats, told: Floats) -> Floats:
    """How likely an answer of each source is right, by its prior and its answers."""
    mean: Floats = (prior.right + right) / (prior.right + prior.wrong + told)
    return mean


def interval(prior: Prior, right: Floats, told: Floats) -> tuple[Floats, Floats]:
    """The lower and the upper end of what each source's reliability is with 90 in 100."""
    a, b = prior.right + right, prior.wrong + np.maximum(told - right, 0)
    low, high = (np.asarray(betaincinv(a, b, end), dtype=np.float64) for end in CREDIBLE)
    return low, high
