"""Stored texts that are near-duplicates: the later document follows the earlier, as if it said `same_text_as`.

Two texts are near-duplicates where the Jaccard similarity of their sets of 5-word shingles reaches the policy's
`near_duplicate`. MinHash (Broder, On the resemblance and containment of documents, 1997) finds the candidates; each is
then compared exactly, so that chance can hide a pair at the threshold but never make one up.
"""

from __future__ import annotations

import re
import unicodedata
from itertools import islice
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from claims.model.when import Interval

WORDS: Final = 5
"""Words a shingle."""
PERMUTATIONS: Final = 128
EXACT_UP_TO: Final = 200
"""So many texts are compared pair by pair: quicker than hashing them, and no pair can be missed."""

Shingles = frozenset[tuple[str, ...]]


def copies_of(texts: Mapping[str, tuple[Interval | None, str]], threshold: float) -> dict[str, str]:
    """Documents whose text is a near-duplicate of an earlier one's, each with the earliest such document.

    texts: (published, text) by document id. Documents without a date come after all dated ones; of one day, in the
    order of their ids. Texts shorter than a shingle are nobody's copy.
    """
    if len(texts) < 2:  # noqa: PLR2004 - a pair
        return {}
    order = sorted(texts, key=lambda document: (_age(texts[document][0]), document))
    shingles = {document: shingles_of(texts[document][1]) for document in order}
    copies: dict[str, str] = {}
    for earlier, later in _candidates(order, shingles, threshold):
        if later not in copies and similarity(shingles[earlier], shingles[later]) >= threshold:
            copies[later] = earlier
    return copies


def shingles_of(text: str) -> Shingles:
    """The sets of five words that follow each other in a text, without case, marks and punctuation."""
    words = re.findall(r"\w+", unicodedata.normalize("NFKC", text).casefold())
    return frozenset(zip(*(islice(words, start, None) for start in range(WORDS)), strict=False))


def similarity(one: Shingles, other: Shingles) -> float:
    """Jaccard: what two sets share, as a share of what either holds; 0 where both are empty."""
    return len(one & other) / len(one | other) if one or other else 0.0


def _age(published: Interval | None) -> tuple[int, int]:
    return (published.start.toordinal(), published.end.toordinal()) if published else (4_000_000, 4_000_000)


def _candidates(order: list[str], shingles: Mapping[str, Shingles], threshold: float) -> Iterator[tuple[str, str]]:
    """Pairs (earlier, later) worth comparing, by the later one, then the earlier."""
    if len(order) <= EXACT_UP_TO:
        yield from ((earlier, later) for n, later in enumerate(order) for earlier in order[:n])
        return
    from datasketch import MinHash, MinHashLSH  # noqa: PLC0415 - large collections of stored texts only

    index = MinHashLSH(threshold=max(threshold - 0.2, 0.1), num_perm=PERMUTATIONS)
    rank = {document: n for n, document in enumerate(order)}
    for later in order:
        if not shingles[later]:
            continue
        sketch = MinHash(num_perm=PERMUTATIONS, seed=1)
        sketch.update_batch([" ".join(shingle).encode() for shingle in shingles[later]])
        yield from ((earlier, later) for earlier in sorted(index.query(sketch), key=rank.__getitem__))
        index.insert(later, sketch)
