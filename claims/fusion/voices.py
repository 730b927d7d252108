"""Sources that depend on each other, heard as one voice."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

if TYPE_CHECKING:
    from collections.abc import Sequence

    from claims.fusion.codes import Answers, Codes


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
