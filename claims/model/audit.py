"""What an editor would ask about one claim, answered: who said it, what counts and why, the sum, and how it came about.

Sides, probabilities and weights are as in an assessment. Ids are left as they are; `names` says how each is called.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

    from claims.model.assessment import Bounds, ClaimAssessment, Group, Member, Record, SetAside, Side, Verdict
    from claims.model.change import Standing
    from claims.model.problem import Place

QuoteStatus = Literal["exact", "changed", "ambiguous", "missing", "no-text", "no-quote", "not-compared"]
QUOTE_STATUSES: tuple[QuoteStatus, ...] = (
    "exact", "changed", "ambiguous", "missing", "no-text", "no-quote", "not-compared",
)  # fmt: skip
"""A paraphrase or a translation is not compared with the text letter by letter."""

How = Literal["relies-on", "same-text", "knows", "unsaid"]
HOWS: tuple[How, ...] = ("relies-on", "same-text", "knows", "unsaid")
"""What ties a link to what stands above it: it is named as where the knowledge comes from; its text is carried; the
document knows for itself; the document does not say how it knows."""

End = Literal["origin", "circle", "withdrawn", "before", "shown", "further"]
ENDS: tuple[End, ...] = ("origin", "circle", "withdrawn", "before", "shown", "further")
"""Why a chain goes no further: here the knowledge comes from; it returns to itself; it meets a document that was
withdrawn, or that appeared before the event; what follows is shown elsewhere in the tree;
it is longer than anybody would follow."""

What = Literal["undated", "published", "withdrawn", "searched", "due"]
WHATS: tuple[What, ...] = ("undated", "published", "withdrawn", "searched", "due")

TextStatus = Literal["as-stored", "changed", "unproved", "unreadable"]
TEXT_STATUSES: tuple[TextStatus, ...] = ("as-stored", "changed", "unproved", "unreadable")
"""Unproved: the case states no digest to compare with."""

Relation = Literal["part-of", "has-part", "figure", "speaker", "topic"]
RELATIONS: tuple[Relation, ...] = ("part-of", "has-part", "figure", "speaker", "topic")
"""How another claim is related: the wider one, a part, a figure of one kind about the same time, one speaker, one
topic; in this order."""

Rule = Literal["nothing", "established", "heaviest"]
RULES: tuple[Rule, ...] = ("nothing", "established", "heaviest")
"""What a side weighs as: its established groups together, or its heaviest other alone, whichever is more."""

LeftWhy = Literal["named", "published", "rests"]
LEFT_WHYS: tuple[LeftWhy, ...] = ("named", "published", "rests")
"""Why an entry goes with a source: it is the source; the source published its document; it rests on nothing else."""


class CheckedQuote(NamedTuple):
    """How a quote stands to the stored text.

    `places`: in how many places it was found. `difference`: what both have (`same`), what only the quote has
    (`quote`), what only the text has (`text`), in reading order; for `changed`.
    """

    status: QuoteStatus
    places: int = 0
    difference: tuple[tuple[str, str], ...] = ()


class CheckedRecord(NamedTuple):
    """One record of the utterance, with its quote checked."""

    record: Record
    date: str | None
    """When it was said: the statement's date, else its document's; as written."""
    wording: str | None
    where: str | None
    """Where in the document."""
    quote: CheckedQuote
    place: Place | None


class Publication(NamedTuple):
    """A document, as it is found again."""

    id: str
    source: str
    title: str | None
    url: str | None
    archive: str | None
    published: str | None
    place: Place | None


class Link(NamedTuple):
    """One link of a chain, with those that follow from it. `end`: None where it goes on."""

    id: str
    how: How
    end: End | None
    under: tuple[Link, ...] = ()


class Membership(NamedTuple):
    """A finding within a group. `passed`: the documents on the way from its own to the origin, the nearest first."""

    group: str
    member: Member
    passed: tuple[str, ...]
    is_strongest: bool
    """Whether the group weighs on that side as this finding does."""


class AuditedFinding(NamedTuple):
    """A finding on the claim: in which groups it stands, or why it is set aside, and its whole chain."""

    id: str
    document: str
    stance: str
    basis: str | None
    value: str | None
    note: str | None
    inferred: bool
    """Whether what it relies on is our judgement, and not the document's word."""
    place: Place | None
    memberships: tuple[Membership, ...]
    set_aside: SetAside | None
    chain: tuple[Link, ...]


class Tie(NamedTuple):
    """Why two origins are one: `below` belongs to `above` (an id or a name), or has in it his own voice."""

    below: str
    above: str
    how: Literal["owner", "voice"]


class AuditedGroup(NamedTuple):
    """A group, with what makes its origins one and who of its parties gains or loses by the claim."""

    group: Group
    ties: tuple[Tie, ...]
    gains: tuple[str, ...]
    loses: tuple[str, ...]


class Shifted(NamedTuple):
    """A figure with the letters as given, with every letter one step down, and with every letter one step up."""

    given: float
    down: float
    up: float


class InSum(NamedTuple):
    """Whether a weight is in the sum of its side, for each way of reading the letters."""

    given: bool
    down: bool
    up: bool


class Term(NamedTuple):
    """What one group brings to its side: its strongest finding there, and that finding's grade as log-odds.

    `probability`: that a finding of that grade is right, by the policy; None for what cannot be judged. `is_half`: it
    supports partly. `weight`: of the group, with other letters perhaps by another finding.
    """

    group: str
    finding: str
    grade: str
    probability: float | None
    is_half: bool
    established: bool
    in_sum: InSum
    weight: Shifted


class SideSum(NamedTuple):
    """What a side weighs, and by which rule."""

    side: Side
    terms: tuple[Term, ...]
    rule: Rule
    weight: Shifted


class Arithmetic(NamedTuple):
    """The probability, line by line: the prior's log-odds, plus what is for, minus what is against."""

    prior: float
    prior_log_odds: float
    for_: SideSum
    against: SideSum
    log_odds: Shifted
    probability: Shifted


class Hinge(NamedTuple):
    """A group without which the verdict would be another: which."""

    group: str
    verdict: Verdict


class Event(NamedTuple):
    """Something that happened to what is known: a document appeared, say, with these findings and records."""

    what: What
    id: str
    """The document; for a search, where was looked; for a due date, the claim."""
    date: str | None
    findings: tuple[tuple[str, str], ...] = ()
    """Findings on the claim in it, each with its stance."""
    records: tuple[str, ...] = ()
    """Records of the utterance in it."""


class Moment(NamedTuple):
    """A day on which something happened, and what the claim came to after it. `day`: None for what bears no date."""

    day: str | None
    events: tuple[Event, ...]
    verdict: Verdict
    probability: float
    range: tuple[float, float]
    independent_for: Bounds
    independent_against: Bounds
    is_change: bool
    """Whether verdict, probability or the number of groups differ from what they were before."""


class StoredText(NamedTuple):
    """A stored text, read again now and hashed."""

    document: str
    path: str
    status: TextStatus
    stated: str | None
    """The SHA-256 that the case states."""
    found: str | None
    """The SHA-256 of the file as it is now; None where it cannot be read."""
    reason: str | None = None
    """Why it cannot be read."""


class Looked(NamedTuple):
    """A search that found nothing."""

    where: str
    date: str | None
    note: str | None


class Related(NamedTuple):
    """Another claim, and how it is related."""

    id: str
    text: str
    verdict: Verdict
    probability: float
    relations: tuple[Relation, ...]


class LeftOut(NamedTuple):
    """An entry that goes with a source, and why."""

    section: str
    id: str
    why: LeftWhy


class Without(NamedTuple):
    """What the claim would come to without some sources and all that rests on nothing else.

    `ended`: findings that stay, and of which a chain now ends earlier.
    """

    sources: tuple[str, ...]
    left_out: tuple[LeftOut, ...]
    ended: tuple[str, ...]
    before: Standing
    after: Standing


class Answer(NamedTuple):
    """Why one finding counts, or does not, and what the claim would come to without it."""

    finding: str
    before: Standing
    after: Standing


class Audit(NamedTuple):
    """Everything about one claim."""

    case: str
    title: str
    as_of: str | None
    digest: str
    policy: str
    claim: ClaimAssessment
    place: Place | None
    figure: str | None
    where: str | None
    when: str | None
    due: str | None
    note: str | None
    gains: tuple[str, ...]
    """Parties that gain if the claim is believed."""
    loses: tuple[str, ...]
    records: tuple[CheckedRecord, ...]
    groups: tuple[AuditedGroup, ...]
    findings: tuple[AuditedFinding, ...]
    """Every finding on the claim, once, by id."""
    documents: dict[str, Publication]
    """Every document that a finding, a record or a chain names, by id."""
    arithmetic: Arithmetic
    hinges: tuple[Hinge, ...]
    """In the order of the assessment's `hinges_on`."""
    timeline: tuple[Moment, ...]
    texts: tuple[StoredText, ...]
    searches: tuple[Looked, ...]
    related: Sequence[Related]
    names: dict[str, str]
    why: Answer | None = None
    without: Without | None = None
