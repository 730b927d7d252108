"""Each answer beside all others on its claim, and how often those of an origin agree with them."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final, NamedTuple, get_args

import numpy as np

from claims.model.grade import UNJUDGED_LETTER
from claims.model.reliability import Compared
from claims.reliability.bands import promised
from claims.reliability.evidence import blocks
from claims.reliability.learning import learned
from claims.reliability.parts import ALONE as NOBODY_ELSE
from claims.reliability.parts import CARRIED, INTERESTED, RELAYED, Held, claims_of, part_of
from claims.tables.columns import codes

if TYPE_CHECKING:
    from claims.model.policy import Policy
    from claims.reliability.answers import Answers
    from claims.reliability.evidence import Block
    from claims.reliability.learning import Learned
    from claims.reliability.parts import Parts
    from claims.tables.columns import Codes, Floats, Ints
    from claims.verdict.judgement import Judged

COMPARED: Final[tuple[Compared, ...]] = get_args(Compared)
AGREES, DISAGREES, UNDECIDED, ALONE = range(len(COMPARED))


class Comparison(NamedTuple):
    """What a collection says of its origins; counts are of claims, [origin] unless said otherwise."""

    learned: Learned
    counts: Ints
    """[COMPARED, origin]: an answer given both ways is undecided, or alone."""
    carried: Ints
    """Those on which an answer of it is known from documents of others alone."""
    interested: Ints
    relayed: Ints
    """As in `Given`."""
    claims: int
    """Claims on which answers can be compared."""


class Beside(NamedTuple):
    """Answers beside all others on their claims; [answer]."""

    others: Floats
    """How likely all others make it; 1/2 where there are none."""
    compared: Codes
    """Position in COMPARED."""


def comparison(judged: Judged, policy: Policy) -> Comparison:
    """What the answers behind the verdicts of a collection say of its origins."""
    origins = judged.tables.origins
    return comparison_of(Held([part_of(judged, policy)], len(origins)), codes(origins, "letter"), policy)


def comparison_of(parts: Parts, letter: Codes, policy: Policy) -> Comparison:
    """As `comparison`, of a collection in parts. letter: of each origin, the position of its grade in A to F."""
    count = parts.counts
    result = learned(_promises(letter, policy), count.checked, parts.together)
    decided = parts.together(partial(_counts, voice=result.voice, policy=policy), ALONE)
    counts = np.concatenate([decided, count.of[[NOBODY_ELSE]]])
    return Comparison(result, counts, count.of[CARRIED], count.of[INTERESTED], count.of[RELAYED], count.claims)


def beside(answers: Answers, voice: Floats, policy: Policy) -> Beside:
    """Answers beside all others. voice: what each origin is heard with."""
    found = [_beside(part, voice, policy) for part in blocks(answers)]
    empty = Beside(np.zeros(0), np.zeros(0, dtype=np.int64))
    return Beside(*(np.concatenate(column) for column in zip(empty, *found, strict=True)))


def _promises(letter: Codes, policy: Policy) -> Floats:
    """What each letter promises; nan where it is F."""
    figures = np.full(UNJUDGED_LETTER + 1, np.nan)
    figures[:UNJUDGED_LETTER] = promised(policy)
    return figures[letter]


def _beside(part: Block, voice: Floats, policy: Policy) -> Beside:
    """Others agree from the probability on that the policy asks of a corroborated, or a contradicted, claim."""
    corroborated, contradicted = policy.corroborated.probability, policy.contradicted.probability
    answers, is_alone = part.answers, ~part.others()
    likely = (1 + np.tanh(part.evidence(voice) / 2)) / 2
    agrees = likely >= np.array([corroborated, 1 - contradicted])[answers.side]
    disagrees = likely <= np.array([contradicted, 1 - corroborated])[answers.side]
    cases = [is_alone, answers.both, agrees, disagrees]
    return Beside(likely, np.select(cases, [ALONE, UNDECIDED, AGREES, DISAGREES], UNDECIDED))


def _counts(part: Block, voice: Floats, policy: Policy) -> Ints:
    """[AGREES to UNDECIDED, origin]: on how many claims."""
    compared = _beside(part, voice, policy).compared
    return np.stack([claims_of(part.answers, compared == code, len(voice)) for code in range(ALONE)])
