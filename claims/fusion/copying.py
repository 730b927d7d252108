"""Which sources copy: those that share wrong values far more often than chance.

Right values are alike because they are right; wrong ones are alike by chance or because one was copied from the other
(Dong, Berti-Équille, Srivastava, "Integrating conflicting data: the role of source dependence", VLDB 2009). Two sources
are taken for copies only where the evidence is strong, by all four of `LEAST`, `RARE`, `TIMES` and `PART`; a popular
error, which many make by themselves, is expected of both, and tells nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np
from scipy.sparse import csr_array, triu
from scipy.stats import poisson

from claims.fusion.codes import every

if TYPE_CHECKING:
    from claims.fusion.codes import Answers, Codes, Floats, Ints

LEAST: Final = 10.0
"""Wrong values that both gave, at least."""
RARE: Final = 1e-9
"""How likely so many shared errors may be by chance, at most."""
TIMES: Final = 3.0
"""As many shared errors as chance lets expect, at least."""
PART: Final = 0.7
"""Of the errors of one of them on what both answered, the part that they share, at least."""
MOST_SHARING: Final = 50
"""A wrong value that more sources gave is a common error, and says nothing of two of them."""
MOST_PAIRS: Final = 500
"""Pairs that are looked at closely: those that share most of their errors."""
MOST_ASKED: Final = 200
"""Objects with more answers are left out: pairs of sources grow with the square of that."""
USUAL: Final = 0.25
"""The part of the others that may share as many errors with a source as they like."""
SOME: Final = 3.0
"""Objects of which both gave a wrong value, at least, to compare a source with another."""
FEWEST: Final = 3
"""Others to compare a source with, at least; where there are fewer, all sources are the measure."""
ENOUGH: Final = 2_000_000


class Copy(NamedTuple):
    """Two sources of which one copies the other, or both a third: their numbers, and the errors that they share."""

    one: int
    other: int
    shared: float


def copies(answers: Answers, right: Floats) -> tuple[Copy, ...]:
    """Pairs of sources that copy, by number. right: how likely each candidate is right.

    Of tables with far more than `ENOUGH` answers it looks at objects evenly spaced: a source that copies does so there.
    """
    step = max(answers.source.size // ENOUGH, 1)
    if step > 1:
        answers, right = every(answers, step, right)
    wrong = np.where(right < 0.5, 1 - right, 0.0)  # noqa: PLR2004 - wrong rather than right
    shared, errors = _sharing(answers, wrong)
    one, other = _near(shared, errors)
    if not one.size:
        return ()
    told, usual = _Told(answers), _usual(shared, errors, np.union1d(one, other))
    found = []
    for s, t in zip(one.tolist(), other.tolist(), strict=True):
        ours, theirs = told.by_both(s, t)
        chance = float(errors[s, t] * max(usual[s], usual[t]))
        fewer = float(min(wrong[ours].sum(), wrong[theirs].sum()))
        if _is_strong(float(shared[s, t]), chance, fewer):
            found.append(Copy(s, t, float(shared[s, t])))
    return tuple(found)


class _Told:
    """What each source gave, looked up by source."""

    def __init__(self, answers: Answers) -> None:
        order = np.argsort(_short(answers.source), kind="stable")
        self.object = answers.object
        self.candidate = np.repeat(np.arange(answers.starts.size), answers.sizes)[order]
        self.ends = np.searchsorted(answers.source[order], np.arange(answers.sources + 1))
        self.own = np.full(answers.first.size, -1)
        self.last = -1

    def by_both(self, one: int, other: int) -> tuple[Ints, Ints]:
        """The candidates that each gave for the objects that both spoke of. Quick where `one` stays the same."""
        if one != self.last:
            mine = self._of(one)
            self.own[:] = -1
            self.own[self.object[mine]] = mine
            self.last = one
        theirs = self._of(other)
        ours = self.own[self.object[theirs]]
        return ours[ours >= 0], theirs[ours >= 0]

    def _of(self, source: int) -> Ints:
        return self.candidate[self.ends[source] : self.ends[source + 1]]


def _short(source: Codes) -> np.ndarray:
    """The numbers in as few bytes as they need: two bytes are sorted ten times faster than four."""
    return source.astype(np.uint16) if source.max(initial=0) < 2**16 else source


def _is_strong(shared: float, chance: float, fewer: float) -> bool:
    return (
        shared >= TIMES * chance
        and shared >= PART * fewer
        and bool(poisson.logsf(shared - 1, max(chance, 1e-9)) <= np.log(RARE))
    )


def _sharing(answers: Answers, wrong: Floats) -> tuple[csr_array, csr_array]:
    """Of each two sources: how many wrong values they share, and of how many objects both gave a wrong one."""
    is_wrong = (wrong > 0) & np.repeat(answers.asked <= MOST_ASKED, answers.given)
    rows = np.repeat(is_wrong, answers.sizes)
    source, weight = answers.source[rows], np.sqrt(np.repeat(wrong[is_wrong], answers.sizes[is_wrong]))
    sizes = answers.sizes[is_wrong]
    is_shared = np.repeat((sizes > 1) & (sizes <= MOST_SHARING), sizes)
    value = np.repeat(np.arange(sizes.size), sizes)
    what = np.repeat(answers.object[is_wrong], sizes)
    return (
        _alike(source[is_shared], value[is_shared], weight[is_shared], answers.sources),
        _alike(source, what, weight, answers.sources),
    )


def _alike(source: Codes, thing: np.ndarray, weight: Floats, sources: int) -> csr_array:
    """Of each two sources: the sum over things that both have of the product of their weights."""
    table = csr_array((weight, (source, thing)), shape=(sources, int(thing.max(initial=0)) + 1))
    return csr_array(table @ table.T)


def _near(shared: csr_array, errors: csr_array) -> tuple[Ints, Ints]:
    """Pairs that share enough errors to look closer, those that share most of them; by the first of the two."""
    pairs = triu(shared, k=1).tocoo()
    near = np.flatnonzero(pairs.data >= LEAST)
    if near.size > MOST_PAIRS:
        own = np.sqrt(np.maximum(errors.diagonal(), 1e-9))
        part = pairs.data[near] / (own[pairs.row[near]] * own[pairs.col[near]])
        near = near[np.argsort(-part, kind="stable")[:MOST_PAIRS]]
    order = near[np.lexsort((pairs.col[near], pairs.row[near]))]
    return pairs.row[order].astype(np.int64), pairs.col[order].astype(np.int64)


def _usual(shared: csr_array, errors: csr_array, sources: Ints) -> dict[int, float]:
    """Of each source: how likely an error of it and one of another are alike, for all but a quarter of the others.

    A group of copies must not pass for a popular error, so that neither their mean nor all of them will do.
    """
    at_large = (shared.sum() - shared.diagonal().sum()) / max(errors.sum() - errors.diagonal().sum(), 1e-9)
    found = {}
    for source in sources.tolist():
        both = errors[[source], :].toarray()[0]
        both[source] = 0
        others = np.flatnonzero(both >= SOME)
        alike = shared[[source], :].toarray()[0][others] / both[others]
        found[source] = float(np.quantile(alike, USUAL)) if others.size >= FEWEST else float(at_large)
    return found
