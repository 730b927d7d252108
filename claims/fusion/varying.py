"""Objects that differ in how often sources are right of them, for where too many seem hard to be the exception.

Of each object, the log-odds that a source is right are higher or lower by a figure that nobody knows: it is drawn from
a normal distribution around 0, whose spread is learned (Rasch 1960; of labels, GLAD: Whitehill and others 2009). So
that a source is right as often as before over all objects, its own log-odds are stretched by what the spread takes
away (Zeger, Liang, Albert 1988). The integral over that figure is a sum over a few of its values (Gauss and Hermite).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np
from scipy.special import expit, logit

from claims.fusion.layout import said_by

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from claims.fusion.codes import Floats
    from claims.fusion.layout import Part, Said

SPREADS: Final = (0.25, 0.5, 0.75, 1.0, 1.5, 2.0)
"""Spreads that are tried, in log-odds."""
NODES: Final = 7
STRETCH: Final = (16 * 3**0.5 / (15 * np.pi)) ** 2
EDGE: Final = 1e-6
"""How far from 0 and 1 it stays how often a source is right of an object."""


class Varied(NamedTuple):
    """Objects that differ."""

    spread: float
    likely: float
    """The logarithm of how likely the answers are, less what a figure that is learned adds by itself."""


class Sides(NamedTuple):
    """What is known of the sources and labels, however hard an object is."""

    at_label: Floats
    """Of each source and label, how likely it is right where that is the true one; nan: it is not heard."""
    given: Floats
    """Labels given at each true label."""
    frequency: Floats


def varied(parts: Sequence[Part], sides: Sides) -> Varied:
    """The spread under which the answers are likeliest."""
    of_figure, best = of_one_figure(sum(part.answers.first.size for part in parts)), Varied(0.0, -np.inf)
    for spread in SPREADS:
        found = Varied(spread, _likely(parts, sides, spread) - of_figure)
        if found.likely <= best.likely:  # it rises up to one of them, and falls from there on
            break
        best = found
    return best


def of_one_figure(objects: int) -> float:
    """What a figure that is learned from so many objects adds by itself to how likely they are (Schwarz 1978)."""
    return 0.5 * float(np.log(max(objects, 1)))


def label_shares(parts: Sequence[Part], sides: Sides, spread: float) -> Floats:
    """Of each object and label: how likely that label is true."""
    odds = np.concatenate(list(_joint(parts, sides, spread)))
    odds -= np.logaddexp.reduce(odds, axis=1, keepdims=True)
    return np.exp(odds, out=odds)


def _likely(parts: Sequence[Part], sides: Sides, spread: float) -> float:
    return sum(float(np.logaddexp.reduce(odds, axis=1).sum()) for odds in _joint(parts, sides, spread))


def _joint(parts: Sequence[Part], sides: Sides, spread: float) -> Iterator[Floats]:
    """Of each part's objects and labels: the logarithm of how likely the label is, and the answers with it."""
    nodes, weights = np.polynomial.hermite_e.hermegauss(NODES)
    at_node = [_said(sides, spread, float(node)) for node in nodes]
    weights = np.log(weights / weights.sum())
    for part in parts:
        total = part.odds(at_node[0]) + weights[0]
        for said, weight in zip(at_node[1:], weights[1:], strict=True):
            np.logaddexp(total, part.odds(said) + weight, out=total)
        total += np.log(sides.frequency)
        yield total


def _said(sides: Sides, spread: float, node: float) -> Said:
    """What answers say of an object that is easier by so many spreads."""
    easier = logit(sides.at_label) * np.sqrt(1 + STRETCH * spread**2) + node * spread
    return said_by(np.clip(expit(easier), EDGE, 1 - EDGE), sides.given)
