"""Few fixed labels: for each source, how often it is right where each label is the true one.

A source has an accuracy; its accuracy at each label lies around that, as close as the data say; wrong answers follow
the errors that all sources make at that label. So a source with many answers has a confusion matrix of its own in what
matters, and one with few is judged by its accuracy at large, and by all others. This is Dawid and Skene (1979) with the
priors of iBCC (Kim and Ghahramani, 2012), in three levels. A source that is right less often than by chance is not
turned around: it is not heard.

Objects differ, too. Some are hard: what is said of them follows what is popular, not what is true, so that neither
does it tell which label is true, nor who is reliable. How many are hard is learned from how answers scatter, and that
some are is believed only where the answers are likelier then. Where they would be no exception, objects may differ in
another way: sources are right more often of some than of others. That is believed where it explains the answers better.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np
from scipy.special import digamma, expit

from claims.fusion.fit import MOST_ROUNDS, SETTLED, Fit, Pace
from claims.fusion.layout import counted, laid_out, said_by
from claims.fusion.prior import accuracy, better, start
from claims.fusion.shares import Shares, votes
from claims.fusion.varying import Sides, label_shares, of_one_figure, varied

if TYPE_CHECKING:
    from claims.fusion.codes import Answers, Floats
    from claims.fusion.layout import Counts, Part, Said
    from claims.fusion.prior import Prior

CLOSEST, LOOSEST = 1000.0, 0.2
FIRST_CLOSENESS: Final = 10.0
CERTAIN: Final = 1e-3
"""How far from 0 and 1 an accuracy stays before a source's own answers at a label are read."""
HARD: Final = (1.0, 6.0)
"""Imagined objects: how many of them are hard, and all of them."""
MOST_ODDS: Final = 700.0
"""What an exponent is cut off at, so that it has a value."""
MOST_HARD: Final = 1 / 3
"""A greater part of objects that are hard is no exception: whether they differ in another way is asked then."""
SOME_HARD: Final = "about {:.0f} in 100 are hard: what is said of them tells neither what is true nor who is reliable"
VARIED: Final = "too many seem hard: sources are right more often of some than of others, by {:g} in log-odds or so"
STEPS: Final = 30
"""Steps in which the part of hard objects is found."""
LISTENS: Final = 10
"""Rounds after which a source that is not heard stays so: one that comes and goes would keep the search from ending."""


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
        rest = np.maximum(1 - np.einsum("ol->o", self.plain), 0)
        found: Floats = self.plain + np.multiply.outer(rest, self.frequency)
        return found


class Search(NamedTuple):
    """Where a search is, or how it ended."""

    known: Sources
    objects: Objects
    evidence: Floats
    """Of each object: the logarithm of how likely its answers are if it is plain."""
    parts: tuple[Part, ...]
    """The answers, of which those of sources that are not heard are left out of the errors."""
    rounds: int
    moved: float


def labels(answers: Answers, grade: Floats) -> Fit:
    """How likely each candidate is right, and of each object, that a label is true which nobody gave."""
    parts, prior = laid_out(answers), start(grade)
    plain = np.zeros((answers.first.size, answers.values))
    for part in parts:
        plain[part.objects].ravel()[part.place] = votes(part.answers, prior.right / (prior.right + prior.wrong)).right
    even = np.full(answers.values, 1 / answers.values)
    known, objects = Sources(prior, np.full(answers.values, FIRST_CLOSENESS), prior.right), Objects(plain, even, 0.0)
    end, whole, told = _ended(_searched(parts, known, objects, 0), parts)
    found = np.concatenate([whole[part.objects].ravel()[part.place] for part in parts])
    none = np.maximum(1 - answers.in_object(found), 0)
    return Fit(Shares(found, none), end.known.prior, answers.in_source(found), end.rounds, end.moved, told)


def _ended(end: Search, parts: tuple[Part, ...]) -> tuple[Search, Floats, str]:
    """The end of the search, of each object and label how likely it is, and in words how objects differ."""
    hard = _part_that_is_hard(end)
    if not hard:
        return end, end.objects.whole(), ""
    other = _searched(parts, end.known, end.objects._replace(hard=hard), end.rounds)
    if other.objects.hard > MOST_HARD:
        best = varied(end.parts, _sides(end))
        as_hard = _gain(end, hard) - of_one_figure(len(end.evidence))
        if best.likely - float(end.evidence.sum()) > max(as_hard, 0.0):
            found = label_shares(end.parts, _sides(end), best.spread)
            return end._replace(rounds=other.rounds), found, VARIED.format(best.spread)
    return other, other.objects.whole(), SOME_HARD.format(100 * other.objects.hard)


def _sides(end: Search) -> Sides:
    """What is known of sources and labels where no object is hard."""
    counts = counted(end.parts, end.objects.plain)
    at_label = end.known.at_label(counts)
    heard = at_label.mean(axis=1) > 1 / at_label.shape[1]
    return Sides(np.where(heard[:, None], at_label, np.nan), counts.given, end.objects.frequency)


def _searched(parts: tuple[Part, ...], known: Sources, objects: Objects, begun: int) -> Search:
    """Take turns: what the sources are like, given the labels; the labels, given what the sources are like.

    begun: rounds that were taken before.
    """
    is_heard, pace = np.ones(known.mean.size, dtype=bool), Pace()
    popular = _popular(parts) if objects.hard else None
    spare, evidence = np.empty_like(objects.plain), np.empty(len(objects.plain))
    for rounds in range(begun + 1, max(MOST_ROUNDS, begun + 1) + 1):
        counts = counted(parts, objects.plain)
        known = _known(known, counts, learns_closeness=rounds > 1)
        at_label = known.at_label(counts)
        heard = (at_label.mean(axis=1) > 1 / at_label.shape[1]) & (is_heard | (rounds - begun <= LISTENS))
        if not np.array_equal(heard, is_heard):
            parts, is_heard = tuple(part.hearing(heard) for part in parts), heard
            popular = _popular(parts) if objects.hard else None
        said = said_by(np.where(heard[:, None], at_label, np.nan), counts.given)
        new, moved = _judged(parts, said, objects, popular, (spare, evidence))
        objects, old = new, objects
        if moved < SETTLED:
            break
        if times := pace.beyond(moved):
            objects = _beyond(new, old, times)
        spare = np.empty_like(new.plain) if rounds == begun + 1 else old.plain  # what was handed in stays as it is
    return Search(known, objects, evidence, parts, rounds, moved)


def _popular(parts: tuple[Part, ...]) -> Floats:
    return np.concatenate([part.popular() for part in parts])


def _part_that_is_hard(end: Search) -> float:
    """The part of objects that are hard, or 0 where the answers are no likelier with some hard ones than without."""
    odds, hard = _popular(end.parts) - end.evidence, HARD[0] / HARD[1]
    if float(np.exp(np.minimum(odds, MOST_ODDS)).mean()) <= 1:  # then the first hard object makes them less likely
        return 0.0
    for _ in range(STEPS):
        hard = _hard(float(expit(np.log(hard) - np.log1p(-hard) + odds).sum()), odds.size)
    return hard if _gain(end, hard) > 0 else 0.0


def _gain(end: Search, hard: float) -> float:
    """By how much the logarithm of how likely the answers are is higher where that part of objects is hard."""
    return float(np.logaddexp(np.log1p(-hard), np.log(hard) + _popular(end.parts) - end.evidence).sum())


def _known(known: Sources, counts: Counts, *, learns_closeness: bool) -> Sources:
    """What the answers to plain objects say of the sources."""
    right, told = counts.right.sum(axis=1), counts.told.sum(axis=1)
    prior = better(known.prior, right, told)
    known = Sources(prior, known.closeness, np.clip(accuracy(prior, right, told), CERTAIN, 1 - CERTAIN))
    return known._replace(closeness=_closer(known.closeness, known.mean, counts)) if learns_closeness else known


def _judged(
    parts: tuple[Part, ...], said: Said, before: Objects, popular: Floats | None, into: tuple[Floats, Floats]
) -> tuple[Objects, float]:
    """How likely each label is true, and each object hard; and by how much the shares of an object moved, on average.

    into: what is written of each object: how likely each label is, and how likely its answers are if it is plain.
    """
    plain, evidence = into
    frequency = before.whole_of_label() + 1
    frequency /= frequency.sum()
    often, moved = np.log(frequency), 0.0
    for part in parts:
        odds = part.odds(said)
        odds += often
        evidence[part.objects] = _as_shares(odds)
        if popular is not None:
            known = np.log1p(-before.hard) - np.log(before.hard) + evidence[part.objects] - popular[part.objects]
            odds *= expit(known)[:, None]
        plain[part.objects] = odds
        odds -= before.plain[part.objects]
        moved += float(np.abs(odds, out=odds).sum())
    hard = 0.0 if popular is None else _hard(len(plain) - float(plain.sum()), len(plain))
    return Objects(plain, frequency, hard), moved / len(plain) / 2


def _hard(number: float, objects: int) -> float:
    """The part of objects that are hard, where so many are."""
    return (number + HARD[0]) / (objects + HARD[1])


def _beyond(new: Objects, old: Objects, times: float) -> Objects:
    """Objects that go so many times further than from old to new."""
    plain = np.maximum(new.plain + times * (new.plain - old.plain), 0)
    whole = plain.sum(axis=1, keepdims=True)
    if not new.hard:
        return new._replace(plain=plain / whole)
    plain /= np.maximum(whole, 1)
    return new._replace(plain=plain, hard=_hard(len(plain) - float(plain.sum()), len(plain)))


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


def _as_shares(odds: Floats) -> Floats:
    """Make shares of them; gives the logarithm of how likely the answers of each object are."""
    top = odds[:, 0].copy()
    for label in range(1, odds.shape[1]):  # a row is short, and a greatest of each row takes several times longer
        np.maximum(top, odds[:, label], out=top)
    for label in range(odds.shape[1]):
        odds[:, label] -= top
    np.exp(odds, out=odds)
    whole = np.einsum("ol->o", odds)
    part = 1 / whole
    for label in range(odds.shape[1]):
        odds[:, label] *= part
    evidence: Floats = top + np.log(whole)
    return evidence
