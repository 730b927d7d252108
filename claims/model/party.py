"""A side with interests."""

from claims.model.entry import Entry, Id, Parties, Text


class Party(Entry):
    """A side with interests: a state, an armed group, a coalition, a political camp."""

    id: Id
    """What other entries call it."""
    name: Text
    """How it is called in the report."""
    about: Text | None = None
    """What it is, in a line."""
    allies: Parties = ()
    """Parties that gain when this one gains. Alliance is mutual, whoever writes it down, and not transitive."""
    opponents: Parties = ()
    """Parties that lose when this one gains. Mutual as well."""
    note: Text | None = None
    """Anything else worth keeping."""
