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
PART: Final = 0.8
"""Of the errors of one of them on what both answered, the part that they share, at least."""
MOST_SHARING: Final = 50
"""A wrong value that more sources gave is a common error, and says nothing of two of them."""
MOST_PAIRS: Final = 500
"""Pairs that are looked at closely: those that share most of their errors."""
ENOUGH: Final = 2_000_000


class Copy(NamedTuple):
    """Two sources of which one copies the other, or both a third: their numbers, and the errors that they share."""

    one: int
    other: int
    shared: float


def copies(answers: Answers, right: Floats, accuracy: Floats) -> tuple[Copy, ...]:
    """Pairs of sources that copy, by number. right: how likely each candidate is right; accuracy: of each source.

    Of tables with far more than `ENOUGH` answers it looks at objects evenly spaced: a source that copies does so there.
    """
    step = max(answers.source.size // ENOUGH, 1)
    if step > 1:
        answers, right = every(answers, step, right)
    wrong = 1 - right
    one, other, shared = _sharing(answers, wrong)
    if not one.size:
        return ()
    told, coincidence = _Told(answers), _coincidence(answers, wrong)
    found = []
    for s, t, number in zip(one.tolist(), other.tolist(), shared.tolist(), strict=True):
        ours, theirs = told.by_both(s, t)
        chance = float(coincidence[answers.object[theirs]].sum() * (1 - accuracy[s]) * (1 - accuracy[t]))
        fewer = float(min(wrong[ours].sum(), wrong[theirs].sum()))
        if _is_strong(number, chance, fewer):
            found.append(Copy(s, t, number))
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


def _sharing(answers: Answers, wrong: Floats) -> tuple[Ints, Ints, Floats]:
    """Pairs of sources and how many wrong values they share, where it is enough to look closer; by the first one."""
    told = (wrong > 0.5) & (answers.sizes > 1) & (answers.sizes <= MOST_SHARING)  # noqa: PLR2004 - wrong rather than right
    rows = np.repeat(told, answers.sizes)
    source: Codes = answers.source[rows]
    sizes = answers.sizes[told]
    value = np.repeat(np.arange(sizes.size), sizes)
    table = csr_array((np.sqrt(np.repeat(wrong[told], sizes)), (source, value)), shape=(answers.sources, sizes.size))
    pairs = triu(table @ table.T, k=1).tocoo()
    near = np.flatnonzero(pairs.data >= LEAST)
    if near.size > MOST_PAIRS:
        errors = np.sqrt(np.maximum(np.bincount(source, np.repeat(wrong[told], sizes), answers.sources), 1e-9))
        part = pairs.data[near] / (errors[pairs.row[near]] * errors[pairs.col[near]])
        near = near[np.argsort(-part, kind="stable")[:MOST_PAIRS]]
    order = near[np.lexsort((pairs.col[near], pairs.row[near]))]
    return pairs.row[order].astype(np.int64), pairs.col[order].astype(np.int64), pairs.data[order]


def _coincidence(answers: Answers, wrong: Floats) -> Floats:
    """Of each object: how likely two wrong answers on it are alike, by the others on it, or by all where few are."""
    wrongs = answers.support * wrong
    alike = answers.in_object(wrongs * np.maximum(wrongs - 1, 0))
    number = answers.in_object(wrongs)
    pairs = np.maximum(number * (number - 1), 0)
    at_large = alike.sum() / max(pairs.sum(), 1e-9)
    return np.where(number > 3, np.maximum(alike - 2 + 2 * at_large, 0) / np.maximum(pairs, 1e-9), at_large)  # noqa: PLR2004 - two of them are the pair itself
