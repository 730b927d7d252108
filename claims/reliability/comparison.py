"""Each answer beside all others on its claim, and how often those of an origin agree with them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple, get_args

import numpy as np

from claims.model.grade import UNJUDGED_LETTER
from claims.model.reliability import Compared
from claims.reliability.answers import given, pairs
from claims.reliability.bands import promised
from claims.reliability.evidence import blocks
from claims.reliability.learning import learned
from claims.tables.columns import codes, counted

if TYPE_CHECKING:
    from claims.model.policy import Policy
    from claims.reliability.answers import Answers, Given
    from claims.reliability.learning import Learned
    from claims.tables.columns import Bools, Codes, Floats, Ints
    from claims.verdict.judgement import Judged

COMPARED: Final[tuple[Compared, ...]] = get_args(Compared)
AGREES, DISAGREES, UNDECIDED, ALONE = range(len(COMPARED))


class Comparison(NamedTuple):
    """What a collection says of its origins, as columns."""

    given: Given
    learned: Learned
    others: Floats
    """Of each answer: how likely all others make it; 1/2 where there are none."""
    compared: Codes
    """Of each answer: position in COMPARED."""
    counts: Ints
    """[COMPARED, origin]: on how many claims; an answer given both ways is undecided, or alone."""
    carried: Ints
    """Of each origin: on how many claims an answer of it is known from documents of others alone."""
    claims: int
    """Claims on which answers can be compared."""


def comparison(judged: Judged, policy: Policy) -> Comparison:
    """What the answers behind the verdicts of a collection say of its origins."""
    found = given(judged, policy)
    result = learned(found.answers, _promises(codes(judged.tables.origins, "letter"), policy))
    likely, is_alone = _beside(found.answers, result.voice)
    compared = _compared(found.answers, likely, is_alone, policy)
    size = len(judged.tables.origins)
    counts = np.stack([_claims(found.answers, compared == code, size) for code in range(len(COMPARED))])
    carried = _claims(found.answers, found.answers.carried, size)
    claims = int(np.count_nonzero(np.diff(found.answers.claim[~is_alone], prepend=-1)))
    return Comparison(found, result, likely, compared, counts, carried, claims)


def _promises(letter: Codes, policy: Policy) -> Floats:
    """What each letter promises; nan where it is F."""
    figures = np.full(UNJUDGED_LETTER + 1, np.nan)
    figures[:UNJUDGED_LETTER] = promised(policy)
    return figures[letter]


def _beside(answers: Answers, voice: Floats) -> tuple[Floats, Bools]:
    """Of each answer how likely all others make it, and whether there are none."""
    parts = [(part.evidence(voice), ~part.others()) for part in blocks(answers)]
    if not parts:
        return np.zeros(0), np.zeros(0, dtype=bool)
    odds, is_alone = (np.concatenate(column) for column in zip(*parts, strict=True))
    return (1 + np.tanh(odds / 2)) / 2, is_alone


def _compared(answers: Answers, likely: Floats, is_alone: Bools, policy: Policy) -> Codes:
    """Others agree from the probability on that the policy asks of a corroborated, or a contradicted, claim."""
    corroborated, contradicted = policy.corroborated.probability, policy.contradicted.probability
    agrees = likely >= np.array([corroborated, 1 - contradicted])[answers.side]
    disagrees = likely <= np.array([contradicted, 1 - corroborated])[answers.side]
    return np.select([is_alone, answers.both, agrees, disagrees], [ALONE, UNDECIDED, AGREES, DISAGREES], UNDECIDED)


def _claims(answers: Answers, chosen: Bools, size: int) -> Ints:
    """Of each origin: on how many claims one of the answers chosen is its own; one given both ways counts once."""
    return counted(pairs(answers.claim[chosen], answers.origin[chosen], size) % size, size)
