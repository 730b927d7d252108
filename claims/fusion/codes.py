"""Answers as whole numbers, sorted so that all answers on one object stand together, and in them those of one value.

A *candidate* is a value that somebody gave for an object. Everything that is worked out later is a sum over the
answers of a candidate, over the candidates of an object, or over the answers of a source; nothing runs row by row.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from itertools import pairwise
from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Codes = NDArray[np.int32]
Bools = NDArray[np.bool_]

LARGEST: Final = 2**62
BLOCK: Final = 2**17


@dataclass(frozen=True)
class Answers:
    """Who gave which value for which object, sorted by object and value. No column is ever changed."""

    source: Codes
    """Of each answer: who gave it, from 0."""
    starts: Ints
    """Of each candidate: its first answer."""
    first: Ints
    """Of each object: its first candidate."""
    value: Codes
    """Of each candidate: its value, from 0."""
    sources: int
    """How many sources there are."""
    values: int
    """How many values there are."""
    weight: Floats | None = None
    """Of each answer: what it counts, above 0 and at most 1; None: each counts 1."""

    @cached_property
    def sizes(self) -> Ints:
        """Of each candidate: the number of its answers."""
        return np.diff(self.starts, append=self.source.size)

    @cached_property
    def given(self) -> Ints:
        """Of each object: the number of its candidates."""
        return np.diff(self.first, append=self.starts.size)

    @cached_property
    def object(self) -> Codes:
        """Of each candidate: its object."""
        return np.repeat(np.arange(self.first.size, dtype=np.int32), self.given)

    @cached_property
    def support(self) -> Floats:
        """Of each candidate: what its answers count together."""
        return self.sizes.astype(np.float64) if self.weight is None else np.add.reduceat(self.weight, self.starts)

    @cached_property
    def asked(self) -> Floats:
        """Of each object: what all answers on it count together."""
        return self.in_object(self.support)

    @cached_property
    def told(self) -> Floats:
        """Of each source: what its answers count together."""
        return np.bincount(self.source, self.weight, self.sources).astype(np.float64)

    def in_candidate(self, of_source: Floats) -> Floats:
        """Of each candidate: the sum of a figure of the sources that gave it."""
        return self.looked_up(of_source, self.source)

    def looked_up(self, table: Floats, place: Codes) -> Floats:
        """Of each candidate: the sum of what stands in a table at the place of each of its answers."""
        total = np.empty(self.starts.size)
        for rows, of in self.blocks(0):
            found = table[place[rows]]
            if self.weight is not None:
                found *= self.weight[rows]
            total[of] = np.add.reduceat(found, self.starts[of] - rows.start)
        return total

    def in_object(self, of_candidate: Floats) -> Floats:
        """Of each object: the sum of a figure of its candidates."""
        return np.add.reduceat(of_candidate, self.first)

    def in_source(self, of_candidate: Floats) -> Floats:
        """Of each source: the sum of a figure of the candidates that it gave."""
        return self.gathered(of_candidate, self.source, self.sources)

    def gathered(self, of_candidate: Floats, place: Codes, size: int) -> Floats:
        """A table of that size: at each place, the sum of a figure of the candidates of the answers there."""
        table = np.zeros(size)
        for rows, of in self.blocks(size):
            found = np.repeat(of_candidate[of], self.sizes[of])
            if self.weight is not None:
                found *= self.weight[rows]
            table += np.bincount(place[rows], found, size)
        return table

    def blocks(self, room: int) -> Iterator[tuple[slice, slice]]:
        """The answers in parts that a processor holds near, each with its candidates; larger where a table is.

        In one piece, ten times as many answers take fifteen times as long, most of it to get memory for what is thrown
        away at once.
        """
        steps = np.arange(0, self.source.size, max(BLOCK, 4 * room))
        edges = np.unique(np.append(np.searchsorted(self.starts, steps), self.starts.size)).tolist()
        ends = np.append(self.starts, self.source.size)
        for low, high in pairwise(edges):
            yield slice(int(ends[low]), int(ends[high])), slice(low, high)

    def most(self, of_candidate: Floats) -> Floats:
        """Of each object: the greatest figure of its candidates."""
        return np.maximum.reduceat(of_candidate, self.first)


class Numbered(NamedTuple):
    """Of each answer, in the order given: the numbers of who gave it, for what, and which value; and their names."""

    who: Codes
    what: Codes
    said: Codes
    sources: pd.Index
    objects: pd.Index
    options: pd.Index
    """The values, each once."""


def numbered(source: pd.Series, object_: pd.Series, value: pd.Series) -> Numbered:
    """The answers of three columns of equal length, none of which lacks a value."""
    (who, sources), (what, objects), (said, options) = map(_factorized, (source, object_, value))
    return Numbered(who, what, said, sources, objects, options)


def _factorized(column: pd.Series) -> tuple[Codes, pd.Index]:
    """Numbers in the order of the names, so that the order of the rows is forgotten."""
    codes, found = pd.factorize(column)
    names = pd.Index(found.categories.take(found.codes) if isinstance(found, pd.CategoricalIndex) else found)
    try:
        order = names.argsort()
    except TypeError:  # numbers and text in one column: they have an order as text alone
        order = names.astype(str).argsort()
    rank = np.empty(len(names), dtype=np.int32)
    rank[order] = np.arange(len(names), dtype=np.int32)
    return rank[codes], names.take(order)


def coded(given: Numbered) -> Answers:
    """The answers, sorted; no source gives a value for an object twice."""
    who, pair = _sorted(given)
    is_new = np.empty(pair.size, dtype=bool)
    is_new[:1] = True
    np.not_equal(pair[1:], pair[:-1], out=is_new[1:])
    starts = np.flatnonzero(is_new)
    owner, value = np.divmod(pair[starts], len(given.options))
    return Answers(
        source=who,
        starts=starts,
        first=np.flatnonzero(np.diff(owner, prepend=-1)),
        value=value.astype(np.int32),
        sources=len(given.sources),
        values=len(given.options),
    )


def _sorted(given: Numbered) -> tuple[Codes, Ints]:
    """Of each answer, by object, value and source: its source, and the number of its object and value together.

    All three in one number sort several times faster than rows do; where they have no room in it, rows are sorted.
    """
    sources, options = len(given.sources), len(given.options)
    key = given.what * np.int64(options)
    key += given.said
    if len(given.objects) * options * sources < LARGEST:
        key *= sources
        key += given.who
        key.sort()
        pair = key // sources
        key -= pair * sources
        return key.astype(np.int32), pair
    order = np.lexsort((given.who, key))
    return given.who[order], key[order]


def every(answers: Answers, step: int, of_candidate: Floats) -> tuple[Answers, Floats]:
    """The answers on each so many-th object alone, and a figure of their candidates."""
    is_in = answers.object % step == 0
    sizes = answers.sizes[is_in]
    rows = np.repeat(is_in, answers.sizes)
    fewer = replace(
        answers,
        source=answers.source[rows],
        starts=np.cumsum(sizes) - sizes,
        first=np.flatnonzero(np.diff(answers.object[is_in], prepend=-1)),
        value=answers.value[is_in],
        weight=None if answers.weight is None else answers.weight[rows],
    )
    return fewer, of_candidate[is_in]


def joined(answers: Answers, group: Codes) -> Answers:
    """The answers with each source replaced by its group, of which one voice is heard.

    group: of each source, from 0. What several members say alike counts once; where they differ, each of their values
    counts an equal part of one.
    """
    who = group[answers.source].astype(np.int64)
    groups = int(group.max(initial=-1)) + 1
    candidate = np.repeat(np.arange(answers.starts.size), answers.sizes)
    voices = np.unique(candidate * groups + who)
    candidate, who = np.divmod(voices, max(groups, 1))
    heard = answers.object[candidate].astype(np.int64) * groups + who
    _, position, times = np.unique(heard, return_inverse=True, return_counts=True)
    return replace(
        answers,
        source=who.astype(np.int32),
        starts=np.searchsorted(candidate, np.arange(answers.starts.size)),
        sources=groups,
        weight=None if times.max(initial=1) == 1 else 1.0 / times[position],
    )


def grouped(pairs: Sequence[tuple[int, int]], sources: int) -> Codes:
    """Of each source its group, from 0 in the order of their first members; each pair is in one group."""
    one, other = (np.array([pair[n] for pair in pairs], dtype=np.int64) for n in (0, 1))
    ties = coo_array((np.ones(len(pairs)), (one, other)), shape=(sources, sources))
    return connected_components(ties, directed=False)[1].astype(np.int32)
