"""Few fixed labels: for each source, how often it is right where each label is the true one.

A source has an accuracy; its accuracy at each label lies around that, as close as the data say; wrong answers follow
the errors that all sources make at that label. So a source with many answers has a confusion matrix of its own in what
matters, and one with few is judged by its accuracy at large, and by all others. This is Dawid and Skene (1979) with the
priors of iBCC (Kim and Ghahramani, 2012), in three levels. A source that is right less often than by chance is not
turned around: it is not heard.

Objects differ, too. Some are hard: what is said of them follows what is popular, not what is true, so that neither
does it tell which label is true, nor who is reliable. How many are hard is learned from how answers scatter, and that
some are is believed only where the answers are likelier then.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np
from scipy.sparse import csr_array
from scipy.special import digamma, expit, gammaln

from claims.fusion.fit import MOST_ROUNDS, SETTLED, Fit, Pace
from claims.fusion.prior import accuracy, better, start
from claims.fusion.shares import Shares, votes

if TYPE_CHECKING:
    from claims.fusion.codes import Answers, Bools, Codes, Floats, Ints
    from claims.fusion.prior import Prior

CLOSEST, LOOSEST = 1000.0, 0.2
FIRST_CLOSENESS: Final = 10.0
CERTAIN: Final = 1e-3
"""How far from 0 and 1 an accuracy stays before a source's own answers at a label are read."""
HARD: Final = (1.0, 6.0)
"""Imagined objects: how many of them are hard, and all of them."""
MOST_ODDS: Final = 700.0
"""What an exponent is cut off at, so that it has a value."""
STEPS: Final = 30
"""Steps in which the part of hard objects is found."""
LISTENS: Final = 10
"""Rounds after which a source that is not heard stays so: one that comes and goes would keep the search from ending."""


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


class Sources(NamedTuple):
    """What is learned of sources: beforehand, how close to their accuracy they are at each label, and that accuracy."""

    prior: Prior
    closeness: Floats
    mean: Floats

    def at_label(self, counts: Counts) -> Floats:
        """Of each source and label: how likely it is right where that is the true one."""
        found: Floats = (self.closeness * self.mean[:, None] + counts.right) / (self.closeness + counts.told)
        return found


class Objects(NamedTuple):
    """What is learned of objects."""

    plain: Floats
    """Of each object and label: how likely that label is true, and the object not hard."""
    frequency: Floats
    """Of each label: how often it is true, which is all that is known of hard objects."""
    hard: float
    """The part of objects that are hard."""

    def whole_of_label(self) -> Floats:
        """Of each label: of how many objects it is true."""
        plain = self.plain.sum(axis=0)
        found: Floats = plain + (len(self.plain) - plain.sum()) * self.frequency
        return found

    def whole(self) -> Floats:
        """Of each object and label: how likely that label is true."""
        rest = np.maximum(1 - self.plain.sum(axis=1, keepdims=True), 0)
        found: Floats = self.plain + rest * self.frequency
        return found


class Search(NamedTuple):
    """Where a search is, or how it ended."""

    known: Sources
    objects: Objects
    evidence: Floats
    """Of each object: the logarithm of how likely its answers are if it is plain."""
    heard: csr_array
    """Objects by labels: what the answers of the sources that are heard count."""
    rounds: int
    moved: float


def labels(answers: Answers, grade: Floats) -> Fit:
    """How likely each candidate is right, and of each object, that a label is true which nobody gave."""
    tables, prior = _tables(answers), start(grade)
    plain = np.zeros((answers.first.size, answers.values))
    plain.ravel()[tables.place] = votes(answers, prior.right / (prior.right + prior.wrong)).right
    even = np.full(answers.values, 1 / answers.values)
    known, objects = Sources(prior, np.full(answers.values, FIRST_CLOSENESS), prior.right), Objects(plain, even, 0.0)
    end = _searched(answers, tables, known, objects, 0)
    if hard := _part_that_is_hard(end):
        end = _searched(answers, tables, end.known, end.objects._replace(hard=hard), end.rounds)
    found = end.objects.whole().ravel()[tables.place]
    none = np.maximum(1 - answers.in_object(found), 0)
    return Fit(Shares(found, none), end.known.prior, answers.in_source(found), end.rounds, end.moved)


def _searched(answers: Answers, tables: Tables, known: Sources, objects: Objects, begun: int) -> Search:
    """Take turns: what the sources are like, given the labels; the labels, given what the sources are like.

    begun: rounds that were taken before.
    """
    is_heard, pace = np.ones(answers.sources, dtype=bool), Pace()
    popular = _popular(tables.heard) if objects.hard else None
    for rounds in range(begun + 1, max(MOST_ROUNDS, begun + 1) + 1):
        counts = _counts(answers, tables, objects.plain)
        known = _known(known, counts, learns_closeness=rounds > 1)
        at_label = known.at_label(counts)
        heard = (at_label.mean(axis=1) > 1 / answers.values) & (is_heard | (rounds - begun <= LISTENS))
        if not np.array_equal(heard, is_heard):
            tables, is_heard = _without(answers, tables, heard), heard
            popular = _popular(tables.heard) if objects.hard else None
        odds = _odds(answers, tables, np.where(heard[:, None], at_label, np.nan), counts.given)
        new, evidence = _judged(odds, objects, popular)
        moved = float(np.abs(new.plain - objects.plain).sum() / len(odds)) / 2
        objects, old = new, objects
        if moved < SETTLED:
            break
        if times := pace.beyond(moved):
            objects = _beyond(new, old, times)
    return Search(known, objects, evidence, tables.heard, rounds, moved)


def _part_that_is_hard(end: Search) -> float:
    """The part of objects that are hard, or 0 where the answers are no likelier with some hard ones than without."""
    odds, hard = _popular(end.heard) - end.evidence, HARD[0] / HARD[1]
    if float(np.exp(np.minimum(odds, MOST_ODDS)).mean()) <= 1:  # then the first hard object makes them less likely
        return 0.0
    for _ in range(STEPS):
        hard = _hard(float(expit(np.log(hard) - np.log1p(-hard) + odds).sum()), odds.size)
    return hard if float(np.logaddexp(np.log1p(-hard), np.log(hard) + odds).sum()) > 0 else 0.0


def _known(known: Sources, counts: Counts, *, learns_closeness: bool) -> Sources:
    """What the answers to plain objects say of the sources."""
    right, told = counts.right.sum(axis=1), counts.told.sum(axis=1)
    prior = better(known.prior, right, told)
    known = Sources(prior, known.closeness, np.clip(accuracy(prior, right, told), CERTAIN, 1 - CERTAIN))
    return known._replace(closeness=_closer(known.closeness, known.mean, counts)) if learns_closeness else known


def _judged(odds: Floats, before: Objects, popular: Floats | None) -> tuple[Objects, Floats]:
    """How likely each label is true, and each object hard; and how likely its answers are if it is plain.

    odds: of each object and label, changed here.
    """
    frequency = before.whole_of_label() + 1
    frequency /= frequency.sum()
    odds += np.log(frequency)
    evidence = _as_shares(odds)
    if popular is None:
        return Objects(odds, frequency, 0.0), evidence
    odds *= expit(np.log1p(-before.hard) - np.log(before.hard) + evidence - popular)[:, None]
    return Objects(odds, frequency, _hard(len(odds) - float(odds.sum()), len(odds))), evidence


def _hard(number: float, objects: int) -> float:
    """The part of objects that are hard, where so many are."""
    return (number + HARD[0]) / (objects + HARD[1])


def _popular(given: csr_array) -> Floats:
    """Of each object: the logarithm of how likely its answers are if it is hard, whichever label is true.

    Labels of hard objects are as popular as may be, all ways alike; the next who answers is one more of n + 1 who
    gave that label, of N + L.
    """
    count, labels_ = np.asarray(given.sum(axis=1)).ravel(), given.shape[1]
    alike = np.concatenate(([0.0], np.cumsum(gammaln(given.data + 1))))
    popular: Floats = np.diff(alike[given.indptr]) + gammaln(labels_) - gammaln(count + labels_)
    return popular


def _beyond(new: Objects, old: Objects, times: float) -> Objects:
    """Objects that go so many times further than from old to new."""
    plain = np.maximum(new.plain + times * (new.plain - old.plain), 0)
    whole = plain.sum(axis=1, keepdims=True)
    if not new.hard:
        return new._replace(plain=plain / whole)
    plain /= np.maximum(whole, 1)
    return new._replace(plain=plain, hard=_hard(len(plain) - float(plain.sum()), len(plain)))


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


def _as_shares(odds: Floats) -> Floats:
    """Make shares of them; gives the logarithm of how likely the answers of each object are."""
    top = odds.max(axis=1)
    odds -= top[:, None]
    np.exp(odds, out=odds)
    whole = np.einsum("ol->o", odds)
    odds /= whole[:, None]
    evidence: Floats = top + np.log(whole)
    return evidence
