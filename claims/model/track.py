"""Track records: what a source or a speaker said, and what became of it: counts with denominators, never a score."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Literal, NamedTuple

if TYPE_CHECKING:
    from claims.model.assessment import Attribution, Verdict, Why

Fared = Literal["borne-out", "contradicted", "undecided"]
"""What became of what was said: the verdict sides with it, sides against it, or is none of the two that decide."""

DECIDED: Final[tuple[Verdict, ...]] = ("corroborated", "contradicted")
"""The verdicts by which a claim is decided."""


class Part(NamedTuple):
    """So many of so many."""

    n: int
    of: int


class Fares(NamedTuple):
    """How many fared how."""

    borne_out: int = 0
    contradicted: int = 0
    undecided: int = 0

    @property
    def decided(self) -> int:
        """Those of which it is known."""
        return self.borne_out + self.contradicted

    @property
    def all(self) -> int:
        """Those that say something that can be borne out."""
        return self.decided + self.undecided

    def plus(self, other: Fares) -> Fares:
        """Both together."""
        return Fares(*(one + more for one, more in zip(self, other, strict=True)))


class Published(NamedTuple):
    """One document of a source. withdrawn: by its publisher, as of the report's date."""

    id: str
    title: str | None
    published: str | None
    """As written."""
    withdrawn: bool
    findings: int


class Told(NamedTuple):
    """One finding of a source, and what became of it."""

    finding: str
    claim: str
    text: str
    """Of the claim."""
    document: str
    stance: str
    verdict: Verdict
    set_aside: Why | None
    """Why it does not count; None: it does, and stands in a group."""
    origins: tuple[str, ...]
    """Ids of those from whom it is known in the end, by id; none where it is set aside."""
    own: bool
    """Whether the source is one of them."""
    first: bool
    """Whether no other dated finding that counts on the claim can have appeared on an earlier day."""
    fared: Fared | None
    """None: it is set aside."""


class SourceTrack(NamedTuple):
    """A source: what it is tied to, its grade, and its record."""

    id: str
    name: str
    kind: str
    country: str | None
    party: str | None
    owner: str | None
    """A name, or another source's id."""
    owns: tuple[str, ...]
    """Ids of the sources that it owns."""
    voice_of: tuple[str, ...]
    """Ids of the speakers whose own voice it is."""
    reliability: str
    reason: str | None
    documents: tuple[Published, ...]
    """By date, those without one last."""
    findings: tuple[Told, ...]
    """By claim, then finding."""
    set_aside: tuple[tuple[Why, int], ...]
    """How many for each reason that occurs, in the order in which reasons are tried."""
    first: Part
    """Of its dated findings on claims on which another source has a dated one too: those that are first."""
    own: Fares
    """Its findings in its own name: it is itself an origin."""
    relayed: Fares
    """Its findings that it only has from others."""
    relayed_from: tuple[tuple[str, int], ...]
    """The origins of the relayed ones with the number of findings, most first; one finding may have several."""

    carried: Fares
    """Findings of others that count and have it for an origin."""

    @property
    def fares(self) -> Fares:
        """All of its findings that count."""
        return self.own.plus(self.relayed)

    @property
    def withdrawn(self) -> Part:
        """Its documents that were withdrawn, of all."""
        return Part(sum(document.withdrawn for document in self.documents), len(self.documents))


class Spoken(NamedTuple):
    """One claim on which a speaker spoke."""

    claim: str
    text: str
    kind: str
    stances: tuple[str, ...]
    """What the statements do: asserts, denies, hedges, acknowledges; each once."""
    documents: tuple[str, ...]
    """Where that is recorded, each once, by id."""
    attribution: Attribution
    """Whether it is on record that he said it, by the records of his utterance."""
    verdict: Verdict
    due: bool | None
    """Of a prediction or promise: whether it is due. None: it is neither."""


class SpeakerTrack(NamedTuple):
    """A speaker: what he is tied to, his grade, and his record."""

    id: str
    name: str
    role: str | None
    party: str | None
    aliases: tuple[str, ...]
    voice: str | None
    reliability: str
    reason: str | None
    statements: tuple[tuple[str, int], ...]
    """How many assert, deny, hedge and acknowledge; those that occur."""
    claims: tuple[Spoken, ...]
    """By id."""
    on_record: Part
    """Of the claims that he asserts: those of which it is confirmed that he did."""
    verdicts: tuple[tuple[Verdict, int], ...]
    """Of what he asserts, in the order in which the rules are tried; those that occur."""
    asserted: Fares
    """Of what he asserts."""
    denied: Fares
    """Of what he denies: a denial is borne out where the claim is contradicted."""
    due: Part
    """Of the predictions and promises that he makes: those that are due."""
    foretold: Fares
    """Of those that are due."""


class Tracks(NamedTuple):
    """The records of sources, or of speakers, in the order asked for."""

    case: str
    title: str
    as_of: str | None
    digest: str
    policy: str
    sources: tuple[SourceTrack, ...]
    speakers: tuple[SpeakerTrack, ...]
    names: dict[str, str]
    """How each source, speaker, party and document is called, by id."""
