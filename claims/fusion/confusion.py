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
    from claims.fusion.codes import Answers, Floats, Ints

CLOSEST, LOOSEST = 1000.0, 0.2
FIRST_CLOSENESS: Final = 10.0
CERTAIN: Final = 1e-3
"""How far from 0 and 1 an accuracy stays before a source's own answers at a label are read."""


class Counts(NamedTuple):
    """Expected answers: of each source at each true label, the right ones of these, and labels given at each label."""

    told: Floats
    right: Floats
    given: Floats


def labels(answers: Answers, grade: Floats) -> Fit:
    """How likely each candidate is right, and of each object, that a label is true which nobody gave."""
    prior = start(grade)
    closeness = np.full(answers.values, FIRST_CLOSENESS)
    table = _table(answers)
    whole = _dense(answers, votes(answers, prior.right / (prior.right + prior.wrong)))
    for rounds in range(1, MOST_ROUNDS + 1):
        counts = _counts(answers, table, whole)
        right = counts.right.sum(axis=1)
        prior = better(prior, right, answers.told)
        mean = np.clip(accuracy(prior, right, answers.told), CERTAIN, 1 - CERTAIN)
        if rounds > 1:
            closeness = _closer(closeness, mean, counts)
        at_label = (closeness * mean[:, None] + counts.right) / (closeness + counts.told)
        new = _shares(answers, table, _heard(at_label), counts, whole)
        moved = float(np.abs(new - whole).sum() / max(len(whole), 1)) / 2
        whole = new
        if moved < SETTLED:
            break
    found = whole[answers.object, answers.value]
    none = np.maximum(1 - answers.in_object(found), 0)
    return Fit(Shares(found, none), prior, answers.in_source(found), rounds, moved)


def _table(answers: Answers) -> csr_array:
    """Objects by sources."""
    weight = np.ones(answers.source.size) if answers.weight is None else answers.weight
    begins: Ints = np.append(answers.starts[answers.first], answers.source.size)
    return csr_array((weight, answers.source, begins), shape=(answers.first.size, answers.sources))


def _dense(answers: Answers, now: Shares) -> Floats:
    whole = np.zeros((answers.first.size, answers.values))
    whole[answers.object, answers.value] = now.right
    return whole


def _counts(answers: Answers, table: csr_array, whole: Floats) -> Counts:
    value = np.repeat(answers.value, answers.sizes)
    found = np.repeat(whole[answers.object, answers.value], answers.sizes)
    if answers.weight is not None:
        found *= answers.weight
    cell = answers.source.astype(np.int64) * answers.values + value
    right = np.bincount(cell, found, answers.sources * answers.values).reshape(answers.sources, answers.values)
    spread = np.zeros((len(whole), answers.values))
    spread[answers.object, answers.value] = answers.support
    return Counts(table.T @ whole, right, whole.T @ spread)


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


def _heard(at_label: Floats) -> Floats:
    """Accuracies by label; nan for sources that are right no more often than by chance."""
    chance = 1 / at_label.shape[1]
    return np.where(at_label.mean(axis=1, keepdims=True) > chance, at_label, np.nan)


def _shares(answers: Answers, table: csr_array, at_label: Floats, counts: Counts, whole: Floats) -> Floats:
    errors = counts.given + 1.0
    np.fill_diagonal(errors, 0)
    errors /= np.maximum(errors.sum(axis=1, keepdims=True), 1e-300)
    missed = np.nan_to_num(np.log1p(-at_label))
    gain = np.nan_to_num(np.log(at_label) - np.log1p(-at_label))
    frequency = whole.sum(axis=0) + 1
    odds: Floats = table @ missed + np.log(frequency / frequency.sum())
    value = np.repeat(answers.value, answers.sizes)
    found = gain[answers.source, value]
    if answers.weight is not None:
        found *= answers.weight
    odds[answers.object, answers.value] += np.add.reduceat(found, answers.starts)
    odds += _of_errors(answers, errors, ~np.isnan(at_label[:, 0]))
    odds -= odds.max(axis=1, keepdims=True)
    np.exp(odds, out=odds)
    odds /= odds.sum(axis=1, keepdims=True)
    return odds


def _of_errors(answers: Answers, errors: Floats, is_heard: np.ndarray) -> Floats:
    """What the labels given say where they are wrong: which error is common at which label."""
    spread = np.zeros((answers.first.size, answers.values))
    spread[answers.object, answers.value] = answers.in_candidate(is_heard.astype(np.float64))
    logs = np.log(np.where(errors > 0, errors, 1.0))
    result: Floats = spread @ logs.T
    return result
