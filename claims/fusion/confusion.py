"""Few fixed labels: for each source, how often it is right where each label is the true one.

A source has an accuracy; its accuracy at each label lies around that, as close as the data say; wrong answers follow
the errors that all sources make at that label. So a source with many answers has a confusion matrix of its own in what
matters, and one with few is judged by its accuracy at large, and by all others. This is Dawid and Skene (1979) with the
priors of iBCC (Kim and Ghahramani, 2012), in three levels. A source that is right less often than by chance is not
turned around: it is not heard.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np
from scipy.sparse import csr_array
from scipy.special import digamma

from claims.fusion.fit import MOST_ROUNDS, SETTLED, Fit
from claims.fusion.prior import accuracy, better, start
from claims.fusion.shares import Shares, votes

if TYPE_CHECKING:
    from claims.fusion.codes import Answers, Bools, Codes, Floats, Ints

CLOSEST, LOOSEST = 1000.0, 0.2
FIRST_CLOSENESS: Final = 10.0
CERTAIN: Final = 1e-3
"""How far from 0 and 1 an accuracy stays before a source's own answers at a label are read."""


class Tables(NamedTuple):
    """The answers, laid out for sums over labels."""

    by_source: csr_array
    """Objects by sources: what the answers count."""
    by_label: csr_array
    """Objects by labels: what the answers count."""
    heard: csr_array
    """The same of the sources that are heard."""
    cell: Codes
    """Of each answer: its place in a table of sources by labels."""
    place: Ints
    """Of each candidate: its place in a table of objects by labels."""


class Counts(NamedTuple):
    """Expected answers: of each source at each true label, the right ones of these, and labels given at each label."""

    told: Floats
    right: Floats
    given: Floats


def labels(answers: Answers, grade: Floats) -> Fit:
    """How likely each candidate is right, and of each object, that a label is true which nobody gave."""
    tables = _tables(answers)
    is_heard = np.ones(answers.sources, dtype=bool)
    prior = start(grade)
    closeness = np.full(answers.values, FIRST_CLOSENESS)
    whole = np.zeros((answers.first.size, answers.values))
    whole.ravel()[tables.place] = votes(answers, prior.right / (prior.right + prior.wrong)).right
    for rounds in range(1, MOST_ROUNDS + 1):
        counts = _counts(answers, tables, whole)
        right = counts.right.sum(axis=1)
        prior = better(prior, right, answers.told)
        mean = np.clip(accuracy(prior, right, answers.told), CERTAIN, 1 - CERTAIN)
        if rounds > 1:
            closeness = _closer(closeness, mean, counts)
        at_label = (closeness * mean[:, None] + counts.right) / (closeness + counts.told)
        heard = at_label.mean(axis=1) > 1 / answers.values
        if not np.array_equal(heard, is_heard):
            tables, is_heard = _without(answers, tables, heard), heard
        new = _odds(answers, tables, np.where(heard[:, None], at_label, np.nan), counts.given)
        frequency = whole.sum(axis=0) + 1
        new += np.log(frequency / frequency.sum())
        _as_shares(new)
        moved = float(np.abs(new - whole).sum() / len(whole)) / 2
        whole = new
        if moved < SETTLED:
            break
    found = whole.ravel()[tables.place]
    none = np.maximum(1 - answers.in_object(found), 0)
    return Fit(Shares(found, none), prior, answers.in_source(found), rounds, moved)


def _tables(answers: Answers) -> Tables:
    weight = np.ones(answers.source.size) if answers.weight is None else answers.weight
    begins = np.append(answers.starts[answers.first], answers.source.size)
    cell = np.repeat(answers.value, answers.sizes)  # 30 labels of 70 million sources would not fit, nor anywhere else
    cell += answers.source * np.int32(answers.values)
    ends = np.append(answers.first, answers.starts.size)
    by_label = csr_array((answers.support, answers.value, ends), shape=(answers.first.size, answers.values))
    by_source = csr_array((weight, answers.source, begins), shape=(answers.first.size, answers.sources))
    return Tables(by_source, by_label, by_label, cell, answers.object * np.int64(answers.values) + answers.value)


def _without(answers: Answers, tables: Tables, is_heard: Bools) -> Tables:
    """The tables with what other sources say left out of the errors."""
    whole = tables.by_label
    part = csr_array((answers.in_candidate(is_heard.astype(np.float64)), whole.indices, whole.indptr), whole.shape)
    return tables._replace(heard=part)


def _counts(answers: Answers, tables: Tables, whole: Floats) -> Counts:
    right = answers.gathered(whole.ravel()[tables.place], tables.cell, answers.sources * answers.values)
    return Counts(
        tables.by_source.T @ whole, right.reshape(answers.sources, answers.values), (tables.by_label.T @ whole).T
    )


def _closer(closeness: Floats, mean: Floats, counts: Counts) -> Floats:
    """For each label, how close the accuracies of sources at it are to their accuracy at large."""
    good, bad = mean[:, None], 1 - mean[:, None]
    wrong = np.maximum(counts.told - counts.right, 0)
    for _ in range(2):
        up = good * (digamma(closeness * good + counts.right) - digamma(closeness * good))
        down = bad * (digamma(closeness * bad + wrong) - digamma(closeness * bad))
        spread = (digamma(closeness + counts.told) - digamma(closeness)).sum(axis=0)
        closeness = np.clip(closeness * (up + down).sum(axis=0) / np.maximum(spread, 1e-9), LOOSEST, CLOSEST)
    return closeness


def _odds(answers: Answers, tables: Tables, at_label: Floats, given: Floats) -> Floats:
    """Of each object and label: the logarithm of how likely the answers are where it is the true label.

    at_label: nan for sources that are not heard.
    """
    missed = np.nan_to_num(np.log1p(-at_label))
    gain = np.nan_to_num(np.log(at_label) - missed)
    odds: Floats = tables.by_source @ missed
    odds += tables.heard @ _errors(given).T
    odds.ravel()[tables.place] += answers.looked_up(gain.ravel(), tables.cell)
    return odds


def _errors(given: Floats) -> Floats:
    """Of each true label and each other: the logarithm of how likely a wrong answer is that one; 0 for itself."""
    errors = given + 1.0
    np.fill_diagonal(errors, 0)
    errors /= np.maximum(errors.sum(axis=1, keepdims=True), 1e-300)
    logs: Floats = np.log(np.where(errors > 0, errors, 1.0))
    return logs


def _as_shares(odds: Floats) -> None:
    odds -= odds.max(axis=1, keepdims=True)
    np.exp(odds, out=odds)
    odds /= np.einsum("ol->o", odds)[:, None]
