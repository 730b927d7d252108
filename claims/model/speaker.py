"""A person or body that makes statements."""

from claims.model.entry import Entry, Id, Names, PartyId, SourceId, Text
from claims.model.grade import Reliability


class Speaker(Entry):
    """A person or body that makes statements."""

    id: Id
    """What other entries call the speaker; unique among sources, speakers and documents."""
    name: Text
    """How the speaker is called in the report."""
    role: Text | None = None
    """Office or function at the time, in a line."""
    party: PartyId | None = None
    """The side for which the speaker speaks."""
    aliases: Names = ()
    """Other names and spellings, in any script."""
    voice: SourceId | None = None
    """The source that is the speaker's own voice: what it airs of him is his own record."""
    reliability: Reliability = "F"
    """Admiralty letter where the speaker is himself an origin; F, the default, where there is no basis to judge."""
    reason: Text | None = None
    """Why that letter, in a line."""
    note: Text | None = None
    """Anything else worth keeping."""
