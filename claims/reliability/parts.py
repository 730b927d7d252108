"""What a part of a collection says of its origins: its answers, and counts that no round of learning changes.

A part is a set of claims with everything that is said of them, cut anyhow; origins have the same codes in all parts.
Whoever holds the parts adds up what each of their blocks gives, and needs to know no more.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple, Protocol

import numpy as np

from claims.reliability.answers import given, pairs
from claims.reliability.evidence import GRAIN, blocks, grains
from claims.tables.columns import counted

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from claims.model.policy import Policy
    from claims.reliability.answers import Answers, Given
    from claims.reliability.evidence import Block
    from claims.tables.columns import Bools, Floats, Ints
    from claims.verdict.judgement import Judged

COUNTS: Final = 5
CHECKED, ALONE, CARRIED, INTERESTED, RELAYED = range(COUNTS)
"""Rows of `Count.of`. CHECKED: what its answers that can be compared count together, in grains. On how many claims:
ALONE: nobody else answers; CARRIED: an answer of it is known from documents of others alone; INTERESTED, RELAYED: as in
`Given`."""


class Count(NamedTuple):
    """What is counted of origins before anything is learned."""

    of: Ints
    """[COUNTS, origin]"""
    claims: int
    """Claims on which answers can be compared."""

    @property
    def size(self) -> int:
        """How many origins there are."""
        return self.of.shape[1]

    @property
    def checked(self) -> Floats:
        """Of each origin: what its answers that can be held against others count together."""
        return self.of[CHECKED] / GRAIN

    def plus(self, other: Count) -> Count:
        """Both together, of different claims."""
        return Count(self.of + other.of, self.claims + other.claims)


def none_of(size: int) -> Count:
    """The count of no claims, for so many origins."""
    return Count(np.zeros((COUNTS, size), dtype=np.int64), 0)


class Part(NamedTuple):
    """The answers on claims on which something can be compared, and what is counted on all claims."""

    answers: Answers
    counts: Count


class Parts(Protocol):
    """The parts of a collection, wherever they are."""

    @property
    def counts(self) -> Count:
        """What is counted in all of them."""
        ...

    def together(self, of: Callable[[Block], Ints], rows: int) -> Ints:
        """The sum of what a function gives of each of their blocks: [rows, origin]."""
        ...


class Held:
    """Parts that are held in memory."""

    def __init__(self, parts: Iterable[Part], size: int) -> None:
        self.counts = none_of(size)
        self._blocks: list[Block] = []
        for part in parts:
            self.counts = self.counts.plus(part.counts)
            self._blocks += blocks(part.answers)

    def together(self, of: Callable[[Block], Ints], rows: int) -> Ints:
        """As `Parts.together`."""
        return added(map(of, self._blocks), (rows, self.counts.size))


def added(some: Iterable[Ints], shape: tuple[int, int]) -> Ints:
    """The sum of some arrays of a shape."""
    total = np.zeros(shape, dtype=np.int64)
    for one in some:
        total += one
    return total


def part_of(judged: Judged, policy: Policy) -> Part:
    """What the claims of a part say, once they are judged."""
    return part_from(given(judged, policy), len(judged.tables.origins))


def part_from(found: Given, size: int) -> Part:
    """As `part_of`, of the answers to so many origins."""
    every = found.answers
    others = beyond(every)
    counts = (
        grains(every.origin, every.weight * others, size),
        claims_of(every, ~others, size),
        claims_of(every, every.carried, size),
        found.interested,
        found.relayed,
    )
    claims = int(np.count_nonzero(np.diff(every.claim[others], prepend=-1)))
    return Part(every.of(_any_by(every, others)), Count(np.stack(counts).astype(np.int64), claims))


def beyond(answers: Answers) -> Bools:
    """Of each answer: whether there is anything that it can be held against."""
    return np.concatenate([np.zeros(0, dtype=bool), *(part.others() for part in blocks(answers))])


def _any_by(answers: Answers, chosen: Bools) -> Bools:
    """Of each answer: whether one on its claim is chosen."""
    starts = np.flatnonzero(np.diff(answers.claim, prepend=-1))
    found = np.logical_or.reduceat(chosen, starts) if len(starts) else chosen
    return np.repeat(found, np.diff(starts, append=len(chosen)))


def claims_of(answers: Answers, chosen: Bools, size: int) -> Ints:
    """Of each origin: on how many claims one of the answers chosen is its own; one given both ways counts once."""
    return counted(pairs(answers.claim[chosen], answers.origin[chosen], size) % size, size)
