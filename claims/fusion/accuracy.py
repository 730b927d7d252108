"""Open values: one accuracy for each source, and wrong values that may be popular.

A right answer is the true value. Wrong answers of an object are drawn as guests of a Chinese restaurant sit down: the
next joins a value already given in proportion to those who gave it, or brings a new one in proportion to `scatter`, a
figure learned from the data. So a popular error weighs less than its votes, as in POPACCU (Dong, Saha, Srivastava,
"Less is more", VLDB 2013), and the popularity is itself uncertain. Figures are guessed in another way: evenly, among as
many wrong values as were given, as in ACCU (Dong, Berti-Équille, Srivastava, VLDB 2009). "None of these" is a
candidate, too: then all answers are wrong.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np
from scipy.special import digamma, gammaln

from claims.fusion.fit import MOST_ROUNDS, SETTLED, Fit, Pace, change
from claims.fusion.prior import accuracy, better, start
from claims.fusion.shares import Shares, beyond, shares, votes

if TYPE_CHECKING:
    from collections.abc import Callable

    from claims.fusion.codes import Answers, Floats, Ints

FIRST: Final = 2.0
"""The scatter at the start."""
IMAGINED: Final = (2, 4)
"""Imagined objects whose wrong answers are scattered so, and the wrong answers of each, for where data are few."""
LIMITS: Final = (0.05, 1e4)
"""The least and the greatest scatter."""


class Evidence(NamedTuple):
    """What the values of wrong answers say, as log-odds: for each candidate, and of each object for none of them."""

    odds: Floats
    none: Floats
    chance: float
    """How likely two wrong answers are alike: who is right less often than that, is not heard."""


class Wrong(NamedTuple):
    """Sums over the wrong answers, were a candidate, or none, the true value."""

    values: Floats
    ways: Floats
    """Logarithm of the ways in which they fall on their values."""
    numbers: Floats
    """The numbers of wrong answers that occur, ascending: few, so that what follows from one is worked out once."""
    number: Ints
    """Which of these it is."""

    def seated(self, scatter: float) -> Floats:
        """Logarithm of how likely wrong answers are to fall on values as they did (Ewens's formula, 1972)."""
        common = gammaln(scatter) - gammaln(scatter + self.numbers)
        seats: Floats = self.values * np.log(scatter) + self.ways + common[self.number]
        return seats

    def expected(self, share: Floats, scatter: float) -> float:
        """How many values as many wrong answers bring, divided by scatter, weighed with shares."""
        weight = np.bincount(self.number, share, self.numbers.size)
        return float((weight * (digamma(scatter + self.numbers) - digamma(scatter))).sum())


def _wrong(values: Floats, ways: Floats, answers: Floats) -> Wrong:
    numbers, number = np.unique(answers, return_inverse=True)
    return Wrong(values, ways, numbers, number)


def open_values(answers: Answers, grade: Floats) -> Fit:
    """How likely each candidate is right, with wrong values as popular as they are."""
    ways, part = gammaln(np.maximum(answers.support, 1)), np.minimum(answers.support, 1)
    given, of_all = answers.in_object(part), answers.in_object(ways)
    others = np.maximum(np.repeat(answers.asked, answers.given) - answers.support, 0)
    of_object = _wrong(given, of_all, answers.asked)
    of_candidate = _wrong(np.repeat(given, answers.given) - part, np.repeat(of_all, answers.given) - ways, others)
    scatter = FIRST

    def evidence(now: Shares | None) -> Evidence:
        nonlocal scatter
        if now is not None:
            scatter = _scatter(scatter, ((now.right, of_candidate), (now.none, of_object)))
        return Evidence(of_candidate.seated(scatter), of_object.seated(scatter), 1 / (1 + scatter))

    return _search(answers, grade, evidence)


def even_values(answers: Answers, grade: Floats) -> Fit:
    """How likely each candidate is right, with as many wrong values as were given, all alike."""
    gain = answers.support * np.log(np.repeat(answers.given, answers.given))
    chance = float(1 / answers.given.mean())
    fixed = Evidence(gain, np.zeros(answers.first.size), chance)
    return _search(answers, grade, lambda _: fixed)


def _search(answers: Answers, grade: Floats, evidence: Callable[[Shares | None], Evidence]) -> Fit:
    """Take turns: how reliable the sources are, given the shares; the shares, given how reliable the sources are."""
    prior = start(grade)
    now, pace = votes(answers, prior.right / (prior.right + prior.wrong)), Pace()
    for rounds in range(1, MOST_ROUNDS + 1):
        right = answers.in_source(now.right)
        prior = better(prior, right, answers.told)
        said = evidence(now if rounds > 1 else None)
        trust = np.clip(accuracy(prior, right, answers.told), said.chance / (1 + said.chance), 1 - 1e-9)
        weight = np.log(trust / (1 - trust))
        new = shares(answers, answers.in_candidate(weight) + said.odds, said.none)
        moved, old, now = change(new, now), now, new
        if moved < SETTLED:
            break
        if times := pace.beyond(moved):
            now = beyond(answers, new, old, times)
    return Fit(now, prior, answers.in_source(now.right), rounds, moved)


def _scatter(scatter: float, expected: tuple[tuple[Floats, Wrong], ...]) -> float:
    """A scatter under which as many wrong values are to be expected as there are."""
    number, answers = IMAGINED
    guests = np.arange(answers)
    values = number * float((FIRST / (FIRST + guests)).sum())
    values += sum(float((share * wrong.values).sum()) for share, wrong in expected)
    for _ in range(3):
        per = number * float((1 / (scatter + guests)).sum())
        per += sum(wrong.expected(share, scatter) for share, wrong in expected)
        scatter = float(np.clip(values / max(per, 1e-12), *LIMITS))
    return scatter
