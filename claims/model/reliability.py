"""How reliable sources are, as learned from a collection: an estimate with its interval, and the counts it rests on."""

from __future__ import annotations

from typing import Final, Literal, NamedTuple

Standing = Literal["proposed", "contradicted", "not-contradicted", "not-enough", "nothing"]
"""What the data say of a source's grade."""
STANDINGS: Final[dict[Standing, str]] = {
    "proposed": "it has no grade (F), its answers are worth ten or more, and the interval meets one letter alone",
    "contradicted": "the interval does not meet its letter",
    "not-contradicted": "the interval meets its letter, and its answers are worth ten or more",
    "not-enough": "its answers are worth less than ten, or it has no grade and no single letter can be told",
    "nothing": "no answer of it can be held against that of another",
}
"""Each standing, with when it is."""

Compared = Literal["agrees", "disagrees", "undecided", "alone"]
"""An answer beside all others on its claim: they make it likely, or unlikely, or neither; or there are none."""


class Band(NamedTuple):
    """A letter, and from which reliability to which it is meant: letters meet in the middle between their figures."""

    letter: str
    low: float
    high: float


class Answered(NamedTuple):
    """On how many claims a source answers in its own name, and how that compares with what others answer."""

    agrees: int
    disagrees: int
    undecided: int
    alone: int
    carried: int
    """Of all: those on which an answer of it is known from documents of others alone."""
    interested: int
    """On how many more its answer is not heard, since its party gains from it."""
    relayed: int
    """On how many more it only has from others what it says."""

    @property
    def all(self) -> int:
        """Claims that it answers in its own name, and where it does not gain from that."""
        return self.agrees + self.disagrees + self.undecided + self.alone


class OneAnswer(NamedTuple):
    """One answer of a source."""

    claim: str
    text: str
    side: Literal["for", "against"]
    share: float
    """What it counts: 1, or less where it only partly supports or answers both ways."""
    carried: bool
    compared: Compared
    others: float | None
    """How likely all others make it that the answer is right. None: there are no others."""


class SourceReliability(NamedTuple):
    """A source: the grade that was given by hand, and what the data say."""

    id: str
    name: str
    party: str | None
    grade: str
    reason: str | None
    before: float
    """The reliability that its grade promises; without one, that of all that have none."""
    reliability: float
    """How likely an answer of it is right."""
    low: float
    high: float
    """Where that lies with 90 in 100."""
    weight: float
    """How many answers whose truth is known its own are worth."""
    answered: Answered
    letters: tuple[str, ...]
    """The letters that the interval meets, the best first."""
    standing: Standing
    answers: tuple[OneAnswer, ...] | None
    """By claim, where the source was asked for by name; else None."""


class Reliabilities(NamedTuple):
    """What was learned of the sources, in the order asked for."""

    case: str
    title: str
    as_of: str | None
    digest: str
    policy: str
    bands: tuple[Band, ...]
    """Of each letter that can be judged, the best first."""
    claims: int
    """Claims on which answers can be compared."""
    rounds: int
    converged: bool
    """Whether the search ended by itself."""
    sources: tuple[SourceReliability, ...]
