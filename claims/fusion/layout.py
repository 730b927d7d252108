"""The answers laid out for sums over labels, in parts that a processor holds near, each of some objects.

What is learned of the sources is a sum over the parts; given that, no part knows of another.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from scipy.sparse import csr_array
from scipy.special import gammaln

if TYPE_CHECKING:
    from collections.abc import Sequence

    from claims.fusion.codes import Answers, Bools, Floats, Ints


class Part(NamedTuple):
    """The answers on some objects."""

    objects: slice
    """Which objects these are."""
    answers: Answers
    by_source: csr_array
    """Objects by sources: what the answers count."""
    by_label: csr_array
    """Objects by labels: what the answers count."""
    heard: csr_array
    """The same of the sources that are heard."""
    by_cell: csr_array
    """Candidates by the places of a table of sources by labels: what the answers count."""
    place: Ints
    """Of each candidate: its place in a table of these objects by labels."""

    def hearing(self, is_heard: Bools) -> Part:
        """The same with what other sources say left out of the errors."""
        whole, count = self.by_label, self.answers.in_candidate(is_heard.astype(np.float64))
        return self._replace(heard=csr_array((count, whole.indices, whole.indptr), whole.shape))

    def odds(self, said: Said) -> Floats:
        """Of each object and label: the logarithm of how likely the answers are where it is the true label."""
        odds: Floats = self.by_source @ said.missed
        odds += self.heard @ said.errors.T
        odds.ravel()[self.place] += self.by_cell @ said.gain.ravel()
        return odds

    def popular(self) -> Floats:
        """Of each object: the logarithm of how likely its answers are if it is hard, whichever label is true.

        Labels of hard objects are as popular as may be, all ways alike; the next who answers is one more of n + 1 who
        gave that label, of N + L.
        """
        given = self.heard
        count, labels = np.asarray(given.sum(axis=1)).ravel(), given.shape[1]
        alike = np.concatenate(([0.0], np.cumsum(gammaln(given.data + 1))))
        popular: Floats = np.diff(alike[given.indptr]) + gammaln(labels) - gammaln(count + labels)
        return popular


class Counts(NamedTuple):
    """Expected answers: of each source at each true label, the right ones of these, and labels given at each label."""

    told: Floats
    right: Floats
    given: Floats


class Said(NamedTuple):
    """What an answer says, as logarithms: of each source and label, and of each true label and each other."""

    missed: Floats
    """How likely it is wrong where that label is true; 0 for a source that is not heard."""
    gain: Floats
    """How much likelier it is right."""
    errors: Floats
    """How likely a wrong answer is that one; 0 for the true label itself."""


def laid_out(answers: Answers) -> tuple[Part, ...]:
    """All answers, in parts."""
    parts = list(answers.parts(answers.sources * answers.values))
    ones = np.ones(max((part.source.size for _, part in parts), default=0))
    return tuple(_part(objects, part, ones) for objects, part in parts)


def _part(objects: slice, answers: Answers, ones: Floats) -> Part:
    weight = ones[: answers.source.size] if answers.weight is None else answers.weight
    begins = np.append(answers.starts[answers.first], answers.source.size).astype(np.int32)
    ends = np.append(answers.first, answers.starts.size).astype(np.int32)
    cell = np.repeat(answers.value, answers.sizes)  # 30 labels of 70 million sources would not fit, nor anywhere else
    cell += answers.source * np.int32(answers.values)
    by_label = csr_array((answers.support, answers.value, ends), shape=(answers.first.size, answers.values))
    by_source = csr_array((weight, answers.source, begins), shape=(answers.first.size, answers.sources))
    edges = np.append(answers.starts, answers.source.size).astype(np.int32)
    by_cell = csr_array((weight, cell, edges), shape=(answers.starts.size, answers.sources * answers.values))
    place = answers.object * np.int64(answers.values) + answers.value
    return Part(objects, answers, by_source, by_label, by_label, by_cell, place)


def counted(parts: Sequence[Part], plain: Floats) -> Counts:
    """What each source is expected to have right. plain: of each object and label, how likely it tells of sources."""
    sources, labels = parts[0].by_source.shape[1], plain.shape[1]
    told, right, given = np.zeros((sources, labels)), np.zeros(sources * labels), np.zeros((labels, labels))
    for part in parts:
        likely = plain[part.objects]
        told += part.by_source.T @ likely
        right += part.by_cell.T @ likely.ravel()[part.place]
        given += (part.by_label.T @ likely).T
    return Counts(told, right.reshape(told.shape), given)


def said_by(at_label: Floats, given: Floats) -> Said:
    """What answers say. at_label: how likely each source is right at each label, nan for those that are not heard."""
    missed = np.nan_to_num(np.log1p(-at_label))
    return Said(missed, np.nan_to_num(np.log(at_label) - missed), _errors(given))


def _errors(given: Floats) -> Floats:
    """Of each true label and each other: the logarithm of how likely a wrong answer is that one; 0 for itself."""
    errors = given + 1.0
    np.fill_diagonal(errors, 0)
    errors /= np.maximum(errors.sum(axis=1, keepdims=True), 1e-300)
    logs: Floats = np.log(np.where(errors > 0, errors, 1.0))
    return logs
