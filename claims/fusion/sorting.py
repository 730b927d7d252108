"""Answers put in order by object, value and source, in time that grows as their number does.

They are first laid beside those of the same object, by counting how many each has, and then sorted in parts that a
processor holds near. One sort of them all compares numbers that are far apart in memory, and takes longer for each.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Final

import numpy as np
from scipy.sparse import coo_array

from claims.fusion.codes import Answers

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from claims.fusion.codes import Codes, Ints, Numbered

PART: Final = 2**17
"""Numbers that are sorted at once, unless one object has more."""
SHORT: Final = 2**31
"""Below this a number has room in four bytes, and is sorted in half the time."""
LARGEST: Final = 2**62
"""Below this a number has room in eight bytes."""


def coded(given: Numbered) -> Answers:
    """The answers, sorted; no source gives a value for an object twice."""
    given, options = together(given), len(given.options)
    who, candidates = np.empty(given.who.size, dtype=np.int32), 0
    starts, first, values = [], [], []
    for rows, source, pair in _sorted(given):
        who[rows] = source
        begins = _begins(pair)
        owner = pair[begins] // options
        values.append((pair[begins] - owner * options).astype(np.int32))
        first.append(_begins(owner) + candidates)
        starts.append(begins + rows.start)
        candidates += begins.size
    return Answers(
        source=who,
        starts=np.concatenate(starts),
        first=np.concatenate(first),
        value=np.concatenate(values),
        sources=len(given.sources),
        values=options,
    )


def _begins(numbers: Codes | Ints) -> Ints:
    """Where runs of one number begin."""
    is_new = np.empty(numbers.size, dtype=bool)
    is_new[:1] = True
    np.not_equal(numbers[1:], numbers[:-1], out=is_new[1:])
    return np.flatnonzero(is_new)


def _sorted(given: Numbered) -> Iterator[tuple[slice, Codes | Ints, Codes | Ints]]:
    """Parts of the answers, by object, value and source; no object is in two of them.

    Of each part where it stands, the sources of its answers, and the numbers of their object, from any on, and value
    together. All three in one number sort several times faster than rows do; where they have no room in it, rows are
    sorted.
    """
    sources, options = len(given.sources), len(given.options)
    if len(given.objects) * options * sources >= LARGEST:
        key = given.what * np.int64(options) + given.said
        order = np.lexsort((given.who, key))
        yield slice(0, order.size), given.who[order], key[order]
        return
    rest = given.said * (np.int32 if options * sources < SHORT else np.int64)(sources)
    rest += given.who
    for rows, key, _ in by_object(given.what, rest, options * sources):
        pair = key // key.dtype.type(sources)
        yield rows, key - pair * key.dtype.type(sources), pair


def together(given: Numbered) -> Numbered:
    """The same answers, those on one object beside each other, by object."""
    if bool((given.what[1:] >= given.what[:-1]).all()):
        return given
    table = coo_array((given.said, (given.what, given.who)), shape=(len(given.objects), len(given.sources)))
    table.has_canonical_format = True  # so that what stands there twice is not added up
    beside = table.tocsr()
    what = np.repeat(np.arange(len(given.objects), dtype=np.int32), np.diff(beside.indptr))
    return given._replace(who=beside.indices.astype(np.int32, copy=False), what=what, said=beside.data)


def by_object(
    what: NDArray[np.int32], rest: NDArray[np.integer], size: int
) -> Iterator[tuple[slice, NDArray[np.int32] | NDArray[np.int64], int]]:
    """Sorted parts of `(what - least) * size + rest`: where each stands, its numbers, and its least object.

    what: the object of each number, ascending; none is in two parts. rest: from 0, below size.
    """
    steps = what[::PART] if what.size else what
    edges = np.unique(np.append(np.searchsorted(what, steps), what.size)).tolist()
    for begin, end in pairwise(edges):
        rows, least = slice(begin, end), int(what[begin])
        is_short = (int(what[end - 1]) + 1 - least) * size < SHORT
        within: NDArray[np.int64] | NDArray[np.int32] = what[rows] - np.int32(least)
        within = within * np.int32(size) if is_short else within.astype(np.int64) * size
        within += rest[rows].astype(within.dtype, copy=False)
        within.sort()
        yield rows, within, least
