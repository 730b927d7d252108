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

if TYPE_CHECKING:
    from collections.abc import Iterator

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Codes = NDArray[np.int32]
Bools = NDArray[np.bool_]

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
        return _lengths(self.starts, self.source.size)

    @cached_property
    def given(self) -> Ints:
        """Of each object: the number of its candidates."""
        return _lengths(self.first, self.starts.size)

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
        return self.in_source(np.ones(self.starts.size))

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
            np.add.reduceat(found, self.starts[of] - rows.start, out=total[of])
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
        whole = self.source.size
        step = max(BLOCK, 4 * room)
        if whole <= 2 * step:
            yield slice(0, whole), slice(0, self.starts.size)
            return
        edges = np.unique(np.searchsorted(self.starts, np.arange(0, whole, step)))
        lows = edges[edges < self.starts.size].tolist()
        ends = [*self.starts[lows].tolist(), whole]
        for n, (low, high) in enumerate(pairwise([*lows, self.starts.size])):
            yield slice(ends[n], ends[n + 1]), slice(low, high)

    def parts(self, room: int) -> Iterator[tuple[slice, Answers]]:
        """The answers in parts that a processor holds near, each of some objects: which, and the answers on them.

        room: how large the table is that is filled from each part; parts are larger where it is.
        """
        begins = self.starts[self.first]
        steps = np.arange(0, self.source.size, max(BLOCK, 4 * room))
        edges = np.unique(np.append(np.searchsorted(begins, steps), begins.size)).tolist()
        for low, high in pairwise(edges):
            yield slice(low, high), self.on(low, high)

    def on(self, low: int, high: int) -> Answers:
        """The answers on a run of objects alone."""
        is_last = high >= self.first.size
        of = slice(int(self.first[low]), self.starts.size if is_last else int(self.first[high]))
        rows = slice(int(self.starts[of.start]), self.source.size if is_last else int(self.starts[of.stop]))
        return replace(
            self,
            source=self.source[rows],
            starts=self.starts[of] - rows.start,
            first=self.first[low:high] - of.start,
            value=self.value[of],
            weight=None if self.weight is None else self.weight[rows],
        )

    def most(self, of_candidate: Floats) -> Floats:
        """Of each object: the greatest figure of its candidates."""
        return np.maximum.reduceat(of_candidate, self.first)


def _lengths(begins: Ints, end: int) -> Ints:
    """Of parts that begin there, one after the other up to the end, how long each is."""
    lengths = np.empty_like(begins)
    np.subtract(begins[1:], begins[:-1], out=lengths[:-1])
    lengths[-1:] = end - begins[-1:]
    return lengths


class Numbered(NamedTuple):
    """Of each answer: the numbers of who gave it, for what, and which value; and the names of these."""

    who: Codes
    what: Codes
    said: Codes
    sources: pd.Index
    objects: pd.Index
    options: pd.Index
    """The values, each once."""

    def names(self) -> Numbered:
        """The names alone."""
        return self._replace(who=self.who[:0].copy(), what=self.what[:0].copy(), said=self.said[:0].copy())


def numbered(source: pd.Series, object_: pd.Series, value: pd.Series) -> Numbered:
    """The answers of three columns of equal length, none of which lacks a value, in their order."""
    (who, sources), (what, objects), (said, options) = map(_factorized, (source, object_, value))
    return Numbered(who, what, said, sources, objects, options)


def _factorized(column: pd.Series) -> tuple[Codes, pd.Index]:
    """Numbers in the order of the names, so that the order of the rows is forgotten."""
    if isinstance(column.dtype, np.dtype) and column.dtype.kind in "iu" and len(column):
        low, high = int(column.min()), int(column.max())
        if high - low < len(column):
            return _counted(column.to_numpy(), low, high)
    codes, found = pd.factorize(column)
    names = pd.Index(found.categories.take(found.codes) if isinstance(found, pd.CategoricalIndex) else found)
    try:
        order = names.argsort()
    except TypeError:  # numbers and text in one column: they have an order as text alone
        order = names.astype(str).argsort()
    rank = np.empty(len(names), dtype=np.int32)
    rank[order] = np.arange(len(names), dtype=np.int32)
    return rank[codes], names.take(order)


def _counted(column: NDArray[np.integer], low: int, high: int) -> tuple[Codes, pd.Index]:
    """The same of whole numbers that are close together, as those are that number things already."""
    wide = np.uint64 if column.dtype == np.uint64 else np.int64
    place, is_used = np.empty(column.size, dtype=np.int32), np.zeros(high - low + 1, dtype=bool)
    for begin in range(0, column.size, BLOCK):
        rows = slice(begin, begin + BLOCK)
        place[rows] = column[rows].astype(wide) - wide(low)
        is_used[place[rows]] = True
    names = pd.Index((np.flatnonzero(is_used).astype(wide) + wide(low)).astype(column.dtype))
    if len(names) < is_used.size:
        place = (np.cumsum(is_used, dtype=np.int32) - np.int32(1))[place]
    return place, names


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
