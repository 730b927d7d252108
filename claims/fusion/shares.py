"""Probabilities of the candidates of each object, from their log-odds."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from claims.fusion.codes import Answers, Floats


class Shares(NamedTuple):
    """How likely each candidate is to be right, and of each object, that none of its candidates is."""

    right: Floats
    none: Floats


def shares(answers: Answers, odds: Floats, none: Floats) -> Shares:
    """Shares in proportion to exp(odds), which with exp(none) add up to 1 in each object."""
    top = np.maximum(answers.most(odds), none)
    right = np.exp(odds - np.repeat(top, answers.given))
    beside = np.exp(none - top)
    whole = answers.in_object(right) + beside
    right /= np.repeat(whole, answers.given)
    return Shares(right, beside / whole)


def votes(answers: Answers, trust: Floats) -> Shares:
    """The start: each source votes with its weight in trust, which is above 0; no vote is for none."""
    heard = answers.in_candidate(trust)
    return Shares(heard / np.repeat(answers.in_object(heard), answers.given), np.zeros(answers.first.size))


def beyond(answers: Answers, new: Shares, old: Shares, times: float) -> Shares:
    """Shares that go so many times further than from old to new."""
    right, none = (np.maximum(now + times * (now - then), 0) for now, then in zip(new, old, strict=True))
    whole = answers.in_object(right) + none
    right /= np.repeat(whole, answers.given)
    return Shares(right, none / whole)
