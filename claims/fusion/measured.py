"""Figures that are measured: sources err by more or less, lean to one side, and are wild at times.

A figure is the truth, what its source leans by, and an error around 0. The square of an error is as small as the
product of three things is great: how exact the source is, how easy the object, and how sound this one figure. Each of
them follows a Gamma distribution that is learned; so errors have heavy tails, as heavy as the data say (Student's
distribution), and a wild figure drags nothing along. What sources lean by is drawn around 0, and has heavy tails, too.
Weighing sources by how exact they are is the idea of GTM (Zhao and Han 2012). The search takes turns, and each turn
counts what the others leave uncertain (variational Bayes: Attias 1999).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np
from scipy.special import digamma, ndtr, ndtri, polygamma, stdtr

from claims.fusion.fit import MOST_ROUNDS, SETTLED, Fit, Pace
from claims.fusion.prior import STRENGTH, start
from claims.fusion.shares import Shares

if TYPE_CHECKING:
    from claims.fusion.codes import Answers, Codes, Floats, Ints

FARTHEST: Final = 1e6
"""How many tolerances a figure is from the middle one of its object, at most: what is farther is taken to be there."""
FINEST: Final = 0.1
"""The least error of a source, in tolerances: to come closer than that tells nothing more."""
WIDEST: Final = 10.0
"""What an error counts for at most before anything is learned, in tolerances."""
SUREST: Final = 0.999
"""The most that a grade promises, where it says how large errors are."""
FIRST: Final = 4.0
"""The shape of each Gamma distribution at the start."""
IMAGINED: Final = (2.0, 2.0)
"""Imagined things that differ as draws of a Gamma distribution do: how many, and its shape; for where there are few."""
LOOSEST, CLOSEST = 0.5, 1000.0
MEDIAN: Final = 0.455
"""The median of the square of a standard normal figure."""


class Rows(NamedTuple):
    """The answers one by one, those on one object beside each other; figures in tolerances."""

    figure: Floats
    """How far it is from the middle one of its object."""
    source: Codes
    weight: Floats
    begins: Ints
    """Of each object: its first answer."""
    counts: Ints
    """Of each object: its answers."""
    sources: int

    def in_object(self, of_row: Floats) -> Floats:
        """Of each object: the sum over its answers."""
        return np.add.reduceat(of_row, self.begins)

    def in_source(self, of_row: Floats) -> Floats:
        """Of each source: the sum over its answers."""
        total: Floats = np.bincount(self.source, of_row, self.sources).astype(np.float64, copy=False)
        return total

    def of_object(self, of_object: Floats) -> Floats:
        """Of each answer: what is known of its object."""
        return np.repeat(of_object, self.counts)


class Sizes(NamedTuple):
    """How things of one kind differ: draws of a Gamma distribution with that shape, and that mean."""

    shape: float = FIRST
    mean: float = 1.0

    @property
    def informs(self) -> float:
        """How much an error tells of where its centre is, beside a normal one that is as exact where it is sound.

        The information in Student's distribution with as many degrees of freedom as twice the shape.
        """
        return (2 * self.shape + 1) / (2 * self.shape + 3)


class Sources(NamedTuple):
    """What is known of the sources."""

    exact: Floats
    """Of each source: 1 divided by the square of its errors."""
    sizes: Sizes
    lean: Floats
    """Of each source: what it leans by."""
    doubt: Floats
    """The square of how far that may be wrong."""
    usual: Floats
    """Of each source: how small what it leans by is, beside `scale`."""
    leans: Sizes
    scale: float
    """The square of what sources lean by."""

    def shift(self) -> float:
        """The square of how far all truths may be off together: all that tells of it is that leans are around 0."""
        return self.scale / float(self.usual.sum()) / self.leans.informs


class State(NamedTuple):
    """Where the search is."""

    sources: Sources
    easy: Floats
    """Of each object: how small its errors are, beside those of others."""
    objects: Sizes
    sound: Floats
    """Of each answer: how small its error is, beside others of the source."""
    answers: Sizes
    truth: Floats
    """Of each object: the true figure, as far as the middle one, in tolerances."""
    doubt: Floats
    """The square of how far that may be wrong."""


class Promise(NamedTuple):
    """How exact a source is by its grade: as many answers as it counts for, half, and the mean; nan without grade."""

    shape: float
    exact: Floats


def measured(answers: Answers, figures: Floats, tolerance: float, grade: Floats) -> Fit:
    """How likely the truth is within the tolerance of each candidate.

    figures: of each candidate, with those of an object in their order. tolerance: above 0. grade: of each source the
    probability that its grade promises for being within the tolerance, or nan.
    """
    at = _from_middle(answers, figures, tolerance)
    rows = _rows(answers, at)
    promise = Promise(STRENGTH / 2, ndtri((1 + np.minimum(grade, SUREST)) / 2) ** 2)
    now, likely, pace = _first(rows, promise), np.zeros(at.size), Pace()
    moved, rounds = np.inf, 0
    while moved >= SETTLED and rounds < MOST_ROUNDS:
        old, now, rounds = now, _turn(rows, now, promise, answers.told, answers.asked), rounds + 1
        scale = np.sqrt(now.doubt)[answers.object]
        off = at - now.truth[answers.object]
        new = ndtr((off + 1) / scale) - ndtr((off - 1) / scale)
        moved, likely = float(np.abs(new - likely).sum() / answers.first.size), new
        if times := pace.beyond(moved):
            now = _beyond(now, old, times)
    likely = _within(answers, at, now)
    return Fit(Shares(likely, np.zeros(answers.first.size)), start(grade), answers.in_source(likely), rounds, moved)


def _turn(rows: Rows, now: State, promise: Promise, told: Floats, asked: Floats) -> State:
    """What is true, given how errors are; how errors are, given what is true."""
    exact, lean = now.sources.exact[rows.source], now.sources.lean[rows.source]
    weight = exact * now.sound * rows.of_object(now.easy) * rows.weight
    doubt = 1 / rows.in_object(weight)
    truth = rows.in_object(weight * (rows.figure - lean)) * doubt
    off = rows.figure - rows.of_object(truth)
    sources = _leaning(now.sources, rows.in_source(weight * off), rows.in_source(weight))
    off -= sources.lean[rows.source]
    square = off**2 + rows.of_object(doubt) + sources.doubt[rows.source]
    shape, rate = now.answers.shape + 0.5, now.answers.shape + 0.5 * exact * rows.of_object(now.easy) * square
    sound = shape / rate
    alike = _learned(sound, digamma(shape) - np.log(rate), rows.weight)
    square *= sound * rows.weight
    of_object = now.objects.shape + asked / 2
    rate = now.objects.shape + rows.in_object(exact * square) / 2
    easy = of_object / rate
    objects = _learned(easy, digamma(of_object) - np.log(rate), np.ones(easy.size))
    sources = _exact(sources, rows.in_source(rows.of_object(easy) * square), told, promise)
    return State(sources, easy, objects, sound, alike, truth, doubt)


def _beyond(new: State, old: State, times: float) -> State:
    """What is learned of the sizes of errors, so many times further from old to new, as factors: by steps it creeps."""
    now, then = new.sources, old.sources
    scale = float(np.clip(now.scale * (now.scale / then.scale) ** times, FINEST**4, FARTHEST))
    exact = np.clip(now.exact * (now.exact / then.exact) ** times, FARTHEST**-2, FINEST**-2)
    mean = float(np.clip(now.sizes.mean * (now.sizes.mean / then.sizes.mean) ** times, FARTHEST**-2, FINEST**-2))
    sources = now._replace(exact=exact, sizes=now.sizes._replace(mean=mean), scale=scale)
    objects, figures = (
        to._replace(shape=float(np.clip(to.shape * (to.shape / at.shape) ** times, LOOSEST, CLOSEST)))
        for to, at in ((new.objects, old.objects), (new.answers, old.answers))
    )
    return new._replace(sources=sources, objects=objects, answers=figures)


def _leaning(known: Sources, pull: Floats, weight: Floats) -> Sources:
    """What sources lean by. pull: of each, the sum of how far its figures are from the truth, with their weights.

    That all lean one way, and that all truths are the other way, is the same to the figures: the leans are around 0.
    """
    doubt = 1 / (weight + known.usual / known.scale)
    lean = pull * doubt
    lean -= (known.usual @ lean) / known.usual.sum()
    square = lean**2 + doubt
    shape, rate = known.leans.shape + 0.5, known.leans.shape + 0.5 * square / known.scale
    usual = shape / rate
    leans = _learned(usual, digamma(shape) - np.log(rate), np.ones(usual.size))
    scale = max(float((usual * square).mean()), FINEST**4)
    return known._replace(lean=lean, doubt=doubt, usual=usual, leans=leans, scale=scale)


def _exact(known: Sources, square: Floats, told: Floats, promise: Promise) -> Sources:
    """How exact sources are. square: of each, the sum of the squares of its errors."""
    is_graded = ~np.isnan(promise.exact)
    before = np.where(is_graded, promise.shape, known.sizes.shape)
    mean = np.where(is_graded, promise.exact, known.sizes.mean)
    shape, rate = before + told / 2, before / mean + square / 2
    exact = np.minimum(shape / rate, FINEST**-2)
    if is_graded.all():
        return known._replace(exact=exact)
    mean_exact = float(exact[~is_graded].mean())
    logs = float((digamma(shape) - np.log(rate))[~is_graded].mean())
    sizes = Sizes(_shape(float(np.log(mean_exact)) - logs, float((~is_graded).sum())), mean_exact)
    return known._replace(exact=exact, sizes=sizes)


def _learned(sizes: Floats, logs: Floats, weight: Floats) -> Sizes:
    """The Gamma distribution around 1 that fits best, from what is expected of each draw and of its logarithm."""
    number = float(weight.sum())
    return Sizes(_shape(float(weight @ sizes - weight @ logs) / number - 1, number))


def _shape(apart: float, number: float) -> float:
    """The shape a with log a - digamma(a) = apart, the mean of so many; by Newton's method from a close guess."""
    times, shape = IMAGINED
    apart = (max(apart, 0.0) * number + times * float(np.log(shape) - digamma(shape))) / (number + times)
    found = (3 - apart + np.sqrt((apart - 3) ** 2 + 24 * apart)) / (12 * apart)
    for _ in range(2):
        found -= (np.log(found) - digamma(found) - apart) / (1 / found - polygamma(1, found))
    return float(np.clip(found, LOOSEST, CLOSEST))


def _first(rows: Rows, promise: Promise) -> State:
    """The start: errors are counted from the middle figure, and what a source leans by is its usual error."""
    square = np.minimum(rows.figure**2, WIDEST**2)
    usual = max(float((rows.weight * square).sum() / rows.weight.sum()), FINEST**2)
    exact = np.where(np.isnan(promise.exact), 1 / usual, promise.exact)
    sound = (FIRST + 0.5) / (FIRST + 0.5 * exact[rows.source] * rows.figure**2)
    weight = sound * rows.weight
    lean = rows.in_source(weight * rows.figure) / rows.in_source(weight)
    lean -= np.median(lean)
    scale = max(float(np.median(lean**2)) / MEDIAN, FINEST**2)
    small = (FIRST + 0.5) / (FIRST + 0.5 * lean**2 / scale)
    sources = Sources(exact, Sizes(mean=1 / usual), lean, np.zeros(lean.size), small, Sizes(), scale)
    even = np.ones(rows.counts.size)
    return State(sources, even, Sizes(), sound, Sizes(), 0 * even, even)


def _from_middle(answers: Answers, figures: Floats, tolerance: float) -> Floats:
    """Of each candidate, how many tolerances it is from the middle answer of its object; between two, from halfway."""
    running = np.cumsum(answers.support)
    half = running[answers.first] - answers.support[answers.first] + answers.asked / 2
    last = np.append(answers.first[1:], figures.size) - 1
    low, high = (np.minimum(np.searchsorted(running, half * (1 + way * 1e-12)), last) for way in (-1, 1))
    middle = np.repeat(figures[low] / 2 + figures[high] / 2, answers.given)
    with np.errstate(over="ignore"):  # what is infinitely far is cut off, too
        return np.clip((figures - middle) / tolerance, -FARTHEST, FARTHEST)


def _rows(answers: Answers, at: Floats) -> Rows:
    begins = answers.starts[answers.first]
    counts = np.diff(np.append(begins, answers.source.size))
    weight = np.ones(answers.source.size) if answers.weight is None else answers.weight
    return Rows(np.repeat(at, answers.sizes), answers.source, weight, begins, counts, answers.sources)


def _within(answers: Answers, at: Floats, now: State) -> Floats:
    """How likely the truth is within 1 of each candidate: Student's, as how easy an object is is itself uncertain."""
    variance = now.doubt / now.answers.informs + now.sources.shift()
    scale, freedom = np.sqrt(variance)[answers.object], (2 * now.objects.shape + answers.asked)[answers.object]
    off = np.abs(at - now.truth[answers.object])
    likely: Floats = stdtr(freedom, (1 - off) / scale) - stdtr(freedom, (-1 - off) / scale)
    return likely
