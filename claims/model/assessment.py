"""What comes out: a verdict for each claim, with the steps that led to it. Every face shows these values and no others.

Sides are `for` and `against` a claim. Probabilities are shares of 1, weights are natural log-odds.
"""

from __future__ import annotations

from typing import Literal, NamedTuple

Verdict = Literal[
    "not-checkable", "disputed", "corroborated", "contradicted", "single-source", "challenged", "unverified",
    "unchecked",
]  # fmt: skip
VERDICTS: tuple[Verdict, ...] = (
    "not-checkable", "disputed", "corroborated", "contradicted", "single-source", "challenged", "unverified",
    "unchecked",
)  # fmt: skip
"""In the order in which the rules are tried."""

Attribution = Literal["denied", "unrecorded", "wording-varies", "confirmed", "single-record"]
ATTRIBUTIONS: tuple[Attribution, ...] = (
    "denied",
    "unrecorded",
    "wording-varies",
    "confirmed",
    "single-record",
)

Side = Literal["for", "against"]
Why = Literal["retracted", "later", "before", "mentions", "repeats", "mismatch", "circular", "speaker"]
WHYS: tuple[Why, ...] = (
    "retracted",
    "later",
    "before",
    "mentions",
    "repeats",
    "mismatch",
    "circular",
    "speaker",
)
"""Why a finding is set aside, in the order in which the reasons are tried."""


class Bounds(NamedTuple):
    """How many independent groups: at least (all verdicts rest on it), and at most."""

    at_least: int
    at_most: int


class Member(NamedTuple):
    """A finding within a group: its grade there, and the path of sources from its own to the origin."""

    finding: str
    document: str
    stance: str
    grade: str
    path: tuple[str, ...]
    established: bool
    """Whether this finding says that the origin is where its knowledge comes from."""
    weight: float
    note: str | None = None
    """What the document says, in own words."""


class Group(NamedTuple):
    """One origin with all findings that lead to it; or all interested groups of one side, shown as one."""

    id: str
    origins: tuple[str, ...]
    side: Literal["for", "against", "both"]
    established: bool
    interested: bool
    against_interest: bool
    counted: bool
    weight_for: float
    weight_against: float
    members: tuple[Member, ...]


class SetAside(NamedTuple):
    """A finding that never counts, why, and that said in a sentence. `loop`: the circle, for `circular`."""

    finding: str
    document: str
    why: Why
    text: str
    loop: tuple[str, ...] = ()


class WouldChange(NamedTuple):
    """That `findings` further independent findings of `grade` on `side` make the verdict `to`; one fewer do not."""

    to: Verdict
    side: Side
    grade: str
    findings: int


class Step(NamedTuple):
    """One rule that was applied, with its figures in a sentence and the findings that it rests on."""

    rule: str
    text: str
    findings: tuple[str, ...] = ()


class Record(NamedTuple):
    """One record of the utterance: a statement, or a finding that only repeats it."""

    id: str
    kind: Literal["statement", "repeats"]
    speakers: tuple[str, ...]
    document: str
    source: str
    stance: str
    quote: str | None
    figure: str | None
    """The figure as this record gives it, as written."""
    note: str | None = None


class Conflict(NamedTuple):
    """Figures or words on one claim that cannot both be meant: `300 km` against `300 km²`.

    `kind` is unit, figure, bound or polarity; `readings` pairs each reading with the ids that give it.
    """

    kind: Literal["unit", "figure", "bound", "polarity"]
    text: str
    readings: tuple[tuple[str, tuple[str, ...]], ...]


class Dispute(NamedTuple):
    """A dispute spelled out: who stands on either side, and the point between them."""

    point: str
    supporters: tuple[str, ...]
    """Ids of the groups for."""
    opponents: tuple[str, ...]
    """Ids of the groups against."""


class ClaimAssessment(NamedTuple):
    """One claim, judged."""

    id: str
    text: str
    kind: str
    topic: str | None
    date: str | None
    """When it was said or, where no date of that is known, when it is said to have happened; as written."""
    speakers: tuple[str, ...]
    verdict: Verdict
    attribution: Attribution
    probability: float
    range: tuple[float, float]
    credibility: int
    independent_for: Bounds
    independent_against: Bounds
    interested_for: int
    interested_against: int
    groups: tuple[Group, ...]
    set_aside: tuple[SetAside, ...]
    hinges_on: tuple[str, ...]
    would_change: tuple[WouldChange, ...]
    steps: tuple[Step, ...]
    records: tuple[Record, ...]
    conflicts: tuple[Conflict, ...]
    dispute: Dispute | None


class Report(NamedTuple):
    """The verdicts of a case, or of those claims that a filter left, in the order asked for."""

    case: str
    title: str
    as_of: str | None
    digest: str
    policy: str
    claims: tuple[ClaimAssessment, ...]
    totals: dict[str, int]
    notes: tuple[str, ...]
    names: dict[str, str]
    """How each source, speaker, document and party is called, by id."""
    publishers: dict[str, str]
    """The source of each document, by id."""
