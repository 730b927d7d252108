"""Who publishes or originates information."""

from typing import Literal

from claims.model.entry import Entry, Id, Names, PartyId, Text
from claims.model.grade import Reliability

SourceKind = Literal[
    "outlet", "news-agency", "state-media", "party-media", "ngo", "think-tank", "ministry", "armed-group", "witness",
    "sensor", "social-media", "other",
]  # fmt: skip


class Source(Entry):
    """Who publishes or originates information: an outlet, a ministry, a witness, a sensor."""

    id: Id
    """What other entries call it; unique among sources, speakers and documents."""
    name: Text
    """How it is called in the report."""
    kind: SourceKind = "outlet"
    """What sort of source it is."""
    owner: Text | None = None
    """Who owns it: a name, or another source's id. Sources with one owner, or of which one owns the other, are one."""
    party: PartyId | None = None
    """The side whose interest it shares."""
    country: Text | None = None
    """Where it is at home."""
    language: Names = ()
    """Language or languages it publishes in."""
    homepage: Text | None = None
    """Its address."""
    reliability: Reliability = "F"
    """Admiralty letter of the source, A to E; F, the default, where there is no basis to judge."""
    reason: Text | None = None
    """Why that letter, in a line."""
    aliases: Names = ()
    """Other names of the same source, in any script."""
    note: Text | None = None
    """Anything else worth keeping."""
