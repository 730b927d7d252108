"""One publication by one source."""

import re
from typing import Annotated

from pydantic import BeforeValidator, StringConstraints

from claims.model.entry import DocumentId, Entry, Id, Names, Refs, SourceId, Text
from claims.model.when import Interval

SHORT_RETRACTION = re.compile(r"(\S+)\s+(.+)", re.DOTALL)


class Retraction(Entry):
    """That a document was withdrawn by its publisher: when, and why."""

    date: Interval
    """When."""
    reason: Text
    """Why, in a line."""


def _retraction(value: object) -> object:
    match = SHORT_RETRACTION.fullmatch(value.strip()) if isinstance(value, str) else None
    return {"date": match[1], "reason": match[2]} if match else value


class Document(Entry):
    """One publication by one source."""

    id: Id
    """What other entries call it; unique among sources, speakers and documents."""
    source: SourceId
    """Who published it."""
    title: Text | None = None
    """Its title, in its own language."""
    url: Text | None = None
    """Its address."""
    archive: Text | None = None
    """Address of an archived copy."""
    published: Interval | None = None
    """When it appeared; 2015-05 is the whole month. None: no date is known, and none is assumed."""
    retrieved: Interval | None = None
    """When it was read."""
    language: Names = ()
    """Language or languages it is written in."""
    text: Text | None = None
    """Path of the stored text, below the case folder."""
    sha256: Annotated[str, StringConstraints(pattern="^[0-9a-f]{64}$")] | None = None
    """SHA-256 of the stored text's bytes, in hexadecimal."""
    relies_on: Refs = ()
    """Sources, documents or speakers it has its knowledge from, in the order given."""
    same_text_as: DocumentId | None = None
    """The document whose text this one carries: a repost knows what the original knows, and nothing else."""
    inferred: bool = False
    """Whether `relies_on` or `same_text_as` is our judgement and not the document's own word."""
    origin: Text | None = None
    """What it says, or plainly shows, of where its knowledge comes from, in words."""
    retracted: Annotated[Retraction, BeforeValidator(_retraction)] | None = None
    """Withdrawn: `{date, reason}`, or short `2015-06-01 wrong figure`."""
    note: Text | None = None
    """Anything else worth keeping."""
