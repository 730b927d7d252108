"""Stored texts that are near-duplicates: the later document follows the earlier, as if it said `same_text_as`.

Two texts are near-duplicates where the Jaccard similarity of their sets of 5-word shingles reaches the policy's
`near_duplicate`. No pair is missed, and few are compared: two sets that are so alike have one in common of the rarest
shingles of each (prefix filtering; Bayardo, Ma, Srikant, "Scaling up all pairs similarity search", 2007).
"""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, Final

import numpy as np

from claims.independence.links import spans

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from claims.model.when import Interval
    from claims.tables.columns import Ints

WORDS: Final = 5
"""Words a shingle."""
SLACK: Final = 1e-9
"""What a product of fractions may be off."""


def copies_of(published: Mapping[str, Interval | None], texts: Mapping[str, str], threshold: float) -> dict[str, str]:
    """Documents whose text is a near-duplicate of an earlier one's, each with the earliest such document.

    published: the day of each document, by id; texts: by the same ids, each asked for once. Documents without a date
    come after all dated ones; of one day, in the order of their ids. Texts shorter than a shingle are nobody's copy.
    """
    order = sorted(published, key=lambda document: (_age(published[document]), document))
    if len(order) < 2:  # noqa: PLR2004 - a pair
        return {}
    shingles = shingles_of(texts[document] for document in order)
    return {order[later]: order[earlier] for later, earlier in _earliest_alike(shingles, threshold).items()}


def shingles_of(texts: Iterable[str]) -> list[Ints]:
    """Of each text the set of five words that follow each other, without case, marks and punctuation.

    A shingle is a number, the same in all of these texts; the fewer of them have it, the smaller. Sets are in order.
    """
    numbers: dict[str, int] = {}
    each = [np.array([numbers.setdefault(w, len(numbers)) for w in _words(text)], dtype=np.int64) for text in texts]
    words, text = (
        np.concatenate([*each, np.zeros(0, dtype=np.int64)]),
        np.repeat(np.arange(len(each)), [*map(len, each)]),
    )
    starts = np.flatnonzero(text[WORDS - 1 :] == text[: 1 - WORDS])
    shingle = words[starts]
    for n in range(1, WORDS):
        _, shingle = np.unique(shingle * len(numbers) + words[starts + n], return_inverse=True)
    size = int(shingle.max(initial=0)) + 1
    of, shingle = np.divmod(np.unique(text[starts] * size + shingle), size)
    place = np.empty(size, dtype=np.int64)
    place[np.argsort(np.bincount(shingle, minlength=size), kind="stable")] = np.arange(size)
    rarity = place[shingle]
    sets = np.split(rarity[np.lexsort((rarity, of))], np.searchsorted(of, np.arange(1, len(each))))
    return sets[: len(each)]


def similarity(one: Ints, other: Ints) -> float:
    """Jaccard: what two sets share, as a share of what either holds; 0 where both are empty."""
    shared = len(np.intersect1d(one, other, assume_unique=True))
    return shared / (len(one) + len(other) - shared) if len(one) or len(other) else 0.0


def _earliest_alike(shingles: Sequence[Ints], threshold: float) -> dict[int, int]:
    """The first set that each is near enough to, of those before it; none for sets that are near none."""
    same = _first_same(shingles)
    rows = [n for n, first in enumerate(same) if first == n and len(shingles[n])]
    found: dict[int, int] = {}
    for n, earlier in zip(rows, _candidates([shingles[n] for n in rows], threshold), strict=True):
        near = next((rows[m] for m in earlier if similarity(shingles[rows[m]], shingles[n]) >= threshold), None)
        if near is not None:
            found[n] = near
    for n, first in enumerate(same):
        if first != n:
            found[n] = found.get(first, first)
    return found


def _first_same(shingles: Sequence[Ints]) -> list[int]:
    """Of each set the first that is the same: itself where none before it is. Empty sets are not alike."""
    first: dict[bytes, int] = {}
    return [first.setdefault(own.tobytes(), n) if len(own) else n for n, own in enumerate(shingles)]


def _candidates(shingles: Sequence[Ints], threshold: float) -> Iterator[list[int]]:
    """Of each set those before it that may be near enough, in order: those that share one of the rarest shingles.

    Of a set of n, near ones have at least threshold x n: so they have one of any n - threshold x n + 1 in it.
    """
    sizes = np.array([len(own) for own in shingles], dtype=np.int64)
    rarest = sizes - np.ceil(threshold * sizes - SLACK).astype(np.int64) + 1
    shingle = np.concatenate([*(own[:k] for own, k in zip(shingles, rarest.tolist(), strict=True)), np.zeros(0, int)])
    of = np.repeat(np.arange(len(sizes)), rarest)
    by_shingle = np.lexsort((of, shingle))
    begins = np.empty(len(shingle), dtype=np.int64)
    begins[by_shingle] = np.searchsorted(shingle[by_shingle], shingle[by_shingle])
    place = np.empty(len(shingle), dtype=np.int64)
    place[by_shingle] = np.arange(len(shingle))
    holders = of[by_shingle]
    ends = np.cumsum(rarest)
    for n, (end, k) in enumerate(zip(ends.tolist(), rarest.tolist(), strict=True)):
        own = slice(end - k, end)
        _, rows = spans(begins[own], place[own] - begins[own])
        near = np.unique(holders[rows])
        near = near[(sizes[near] >= threshold * sizes[n] - SLACK) & (sizes[n] >= threshold * sizes[near] - SLACK)]
        yield near.tolist()


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", unicodedata.normalize("NFKC", text).casefold())


def _age(published: Interval | None) -> tuple[int, int]:
    return (published.start.toordinal(), published.end.toordinal()) if published else (4_000_000, 4_000_000)
