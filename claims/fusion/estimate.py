"""From answers to what holds: the whole of it on one page.

    coded answers -> method chosen -> sources joined that are declared to depend -> search -> copies found -> joined,
    and searched again -> probabilities

Every step is a sum over sorted columns. Given how reliable the sources are, objects do not know of each other: a table
can be worked on in parts, with one sum for each source a round.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np

from claims.fusion.accuracy import even_values, open_values
from claims.fusion.confusion import labels
from claims.fusion.copying import copies
from claims.fusion.measured import measured
from claims.fusion.numeric import REPEATED, Neighbours, is_exact, is_reported, repeats, usual_spread
from claims.fusion.prior import accuracy, better, interval, start
from claims.fusion.voices import grouped, joined

if TYPE_CHECKING:
    from collections.abc import Sequence

    from claims.fusion.choose import Method
    from claims.fusion.codes import Answers, Codes, Floats
    from claims.fusion.copying import Copy
    from claims.fusion.fit import Fit

SUREST: Final = 0.95
"""What nothing is surer than, since all sources may share an error, which no comparison of them can show. It is a
convention, and the same as that of the policy's table, where no grade promises more."""
PRIOR_ROUNDS: Final = 20
VOTES: Final = 3
"""Votes after which copies are sought, at most."""
Pair = tuple[int, int]


class Figures(NamedTuple):
    """Of each candidate its figure; how far figures may be apart and agree, or None where that is to be found."""

    figure: Floats
    tolerance: float | None


class Gauge(NamedTuple):
    """Of each candidate its figure, and how far figures may be apart and agree, where they are measured."""

    figure: Floats
    tolerance: float


class Estimate(NamedTuple):
    """What a search found of the answers as they were given."""

    fit: Fit
    probability: Floats
    """Of each candidate: how likely it is right, as far as a comparison shows; figures within the tolerance of each
    other are right together."""
    copies: tuple[Copy, ...]
    tolerance: float
    by_closeness: bool
    """Whether sources of figures were judged by how close they come, rather than by the same figure."""


def estimate(
    answers: Answers, method: Method, grade: Floats, *, ties: Sequence[Pair] = (), figures: Figures | None = None
) -> Estimate:
    """How likely each candidate is right.

    grade: of each source, how likely its grade says it is right, or nan. ties: pairs of sources that are declared to
    depend on each other. figures: for the method "figures", with the candidates of an object in their order.
    """
    neighbours, tolerance, by_closeness = _line(answers, figures)
    gauge = Gauge(figures.figure, tolerance) if figures and by_closeness else None
    seeks_copies = method != "labels" and not by_closeness
    found = _copies_by_vote(answers, ties) if seeks_copies else ()
    fit = _search(answers, method, grade, (*ties, *_pairs(found)), gauge)
    more = _copies(answers, fit.shares.right, (*ties, *_pairs(found))) if seeks_copies else ()
    if more:
        found = (*found, *more)
        fit = _search(answers, method, grade, (*ties, *_pairs(found)), gauge)
    probability = fit.shares.right if by_closeness else _probability(answers, fit, neighbours)
    return Estimate(fit, probability, found, tolerance, by_closeness)


def _copies_by_vote(answers: Answers, ties: Sequence[Pair]) -> tuple[Copy, ...]:
    """Pairs that copy where what most sources say is taken for right.

    A search that begins with many copies believes them, and each of them the more for the others: so they are sought
    before it, in a plain vote, and again in the vote without those found.
    """
    found: tuple[Copy, ...] = ()
    for _ in range(VOTES):
        known = (*ties, *_pairs(found))
        heard = joined(answers, grouped(known, answers.sources)) if known else answers
        top = heard.support >= np.repeat(heard.most(heard.support), heard.given) - 1e-9
        more = _copies(answers, top / np.repeat(heard.in_object(top.astype(np.float64)), heard.given), known)
        if not more:
            break
        found = (*found, *more)
    return found


def _pairs(found: Sequence[Copy]) -> tuple[Pair, ...]:
    return tuple((copy.one, copy.other) for copy in found)


def _line(answers: Answers, figures: Figures | None) -> tuple[Neighbours | None, float, bool]:
    if figures is None:
        return None, 0.0, False
    tolerance, reported = figures.tolerance, is_reported(answers, figures.figure)
    if tolerance is None:
        tolerance = 0.0 if reported and repeats(answers) >= REPEATED else usual_spread(answers, figures.figure)
    if tolerance <= 0:
        return None, 0.0, False
    neighbours = Neighbours(answers, figures.figure, tolerance)
    return neighbours, tolerance, not (reported and is_exact(answers, neighbours))


def _search(answers: Answers, method: Method, grade: Floats, ties: Sequence[Pair], gauge: Gauge | None) -> Fit:
    """The search over one voice for each group of sources; what it tells of them is of groups."""
    if ties:
        group = grouped(ties, answers.sources)
        answers, grade = joined(answers, group), _lowest(grade, group)
    if method == "labels":
        return labels(answers, grade)
    if method == "open values":
        return open_values(answers, grade)
    if gauge:
        return measured(answers, gauge.figure, gauge.tolerance, grade)
    return even_values(answers, grade)


def _lowest(grade: Floats, group: Codes) -> Floats:
    """Of each group the lowest grade of its members that have one, else nan."""
    lowest = np.full(int(group.max(initial=-1)) + 1, np.inf)
    np.minimum.at(lowest, group, np.nan_to_num(grade, nan=np.inf))
    return np.where(np.isinf(lowest), np.nan, lowest)


def _copies(answers: Answers, right: Floats, known: Sequence[Pair]) -> tuple[Copy, ...]:
    """Pairs that copy, but for those known to depend on each other."""
    found = copies(answers, right)
    if not (known and found):
        return found
    group = grouped(known, answers.sources)
    return tuple(copy for copy in found if group[copy.one] != group[copy.other])


def _probability(answers: Answers, fit: Fit, neighbours: Neighbours | None) -> Floats:
    right = fit.shares.right
    if neighbours is not None:
        some = np.maximum(1 - fit.shares.none, 1e-9)
        right = np.clip(neighbours.within(right) / np.repeat(some, answers.given), 0, 1)
    return right


def reliability(answers: Answers, found: Estimate, grade: Floats) -> tuple[Floats, Floats, Floats]:
    """Of each source as it was given: how likely an answer of it is right, and where that lies with 90 in 100.

    An answer of figures is right where the truth is within the tolerance. Sources without a grade share what their
    answers say of all of them.
    """
    right = answers.in_source(found.probability)
    prior = start(grade)
    for _ in range(PRIOR_ROUNDS):
        prior = better(prior, right, answers.told)
    low, high = interval(prior, right, answers.told)
    return accuracy(prior, right, answers.told), low, high
