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
    given = together(given)
    who = np.empty(given.who.size, dtype=np.int32)
    starts, pairs = [], []
    for rows, source, pair in _sorted(given):
        who[rows] = source
        is_new = np.flatnonzero(np.diff(pair, prepend=-1))
        starts.append(is_new + rows.start)
        pairs.append(pair[is_new])
    owner, value = np.divmod(np.concatenate(pairs), len(given.options))
    return Answers(
        source=who,
        starts=np.concatenate(starts),
        first=np.flatnonzero(np.diff(owner, prepend=-1)),
        value=value.astype(np.int32),
        sources=len(given.sources),
        values=len(given.options),
    )


def _sorted(given: Numbered) -> Iterator[tuple[slice, Codes | Ints, Ints]]:
    """Parts of the answers, by object, value and source; no object is in two of them.

    Of each part where it stands, the sources of its answers, and the numbers of their object and value together. All
    three in one number sort several times faster than rows do; where they have no room in it, rows are sorted.
    """
    sources, options = len(given.sources), len(given.options)
    if len(given.objects) * options * sources >= LARGEST:
        key = given.what * np.int64(options) + given.said
        order = np.lexsort((given.who, key))
        yield slice(0, order.size), given.who[order], key[order]
        return
    rest = given.said * (np.int32 if options * sources < SHORT else np.int64)(sources)
    rest += given.who
    for rows, key in by_object(given.what, rest, options * sources):
        pair = key // sources
        yield rows, key - pair * sources, pair


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
) -> Iterator[tuple[slice, NDArray[np.int64]]]:
    """Sorted parts of `what * size + rest`, in order: where each part stands, and its numbers.

    what: the object of each number, ascending. rest: from 0, below size.
    """
    steps = what[::PART] if what.size else what
    edges = np.unique(np.append(np.searchsorted(what, steps), what.size)).tolist()
    for begin, end in pairwise(edges):
        rows, least = slice(begin, end), int(what[begin])
        within = (what[rows] - np.int32(least)).astype(np.int64)
        within *= size
        within += rest[rows]
        if (int(what[end - 1]) + 1 - least) * size <= SHORT:
            short = within.astype(np.int32)
            short.sort()
            within[:] = short
        else:
            within.sort()
        within += np.int64(least) * size
        yield rows, within
