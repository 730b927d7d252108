"""One checkable proposition."""

from typing import Annotated, Literal

from pydantic import BeforeValidator

from claims.model.entry import ClaimId, Entry, Id, Parties, Text
from claims.model.quantity import Quantity
from claims.model.when import Interval

ClaimKind = Literal["fact", "opinion", "prediction", "promise"]


class Search(Entry):
    """That somebody looked for reports, and found nothing."""

    where: Text
    """What was looked through."""
    date: Interval | None = None
    """When was looked."""
    note: Text | None = None
    """How was looked: words, languages, places."""


def _searches(value: object) -> object:
    entries = (value,) if isinstance(value, str | dict) else value
    if isinstance(entries, list | tuple):
        return tuple({"where": entry} if isinstance(entry, str) else entry for entry in entries)
    return entries


class Claim(Entry):
    """One checkable proposition."""

    id: Id
    """What other entries call it."""
    text: Text
    """The proposition, in one sentence that can be true or false."""
    kind: ClaimKind = "fact"
    """A fact can be checked now, a prediction or promise once it is due, an opinion never."""
    due: Interval | None = None
    """When a prediction or promise can be judged. Without it, it never can."""
    quantity: Quantity | None = None
    """The figure claimed: `about 300 km²`, `13–20 dead`, `more than 30 tanks`."""
    place: Text | None = None
    """Where, from the narrow to the wide: `al-Mastouma camp, Idlib, Syria`."""
    when: Interval | None = None
    """When it is said to have happened. What was published before that cannot report it."""
    topic: Text | None = None
    """What it is about, in a word or two; reports can be filtered by it."""
    part_of: ClaimId | None = None
    """The wider claim that this one is a part of."""
    favours: Parties | None = None
    """Parties that gain if it is believed. None: those of the speakers who assert it, and their allies."""
    harms: Parties | None = None
    """Parties that lose if it is believed. None: the opponents of the parties of the speakers who assert it."""
    searches: Annotated[tuple[Search, ...], BeforeValidator(_searches)] = ()
    """Where somebody looked and found nothing."""
    note: Text | None = None
    """Anything else worth keeping."""
