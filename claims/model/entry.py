"""What every entry of a case has in common: it is frozen, and a key that no model knows is a mistake."""

from __future__ import annotations

from typing import Annotated, NewType

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints

ID_PATTERN = r"^[\p{Ll}\p{Lo}\p{Lm}\p{M}\p{Nd}]+([-.][\p{Ll}\p{Lo}\p{Lm}\p{M}\p{Nd}]+)*$"

PartyId = NewType("PartyId", str)
SourceId = NewType("SourceId", str)
SpeakerId = NewType("SpeakerId", str)
DocumentId = NewType("DocumentId", str)
ClaimId = NewType("ClaimId", str)
FindingId = NewType("FindingId", str)
Ref = NewType("Ref", str)
"""The id of a source, a document or a speaker: the three share one name space."""


class Entry(BaseModel):
    """An entry of a case: frozen, strict about its keys, holding tuples and never lists."""

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)


def listed(value: object) -> object:
    """A single value where a list may stand is a list of one."""
    return (value,) if isinstance(value, str) else value


Id = Annotated[str, StringConstraints(pattern=ID_PATTERN, max_length=100)]
Text = Annotated[str, StringConstraints(min_length=1, max_length=20_000)]
Refs = Annotated[tuple[Ref, ...], BeforeValidator(listed)]
Parties = Annotated[tuple[PartyId, ...], BeforeValidator(listed)]
Names = Annotated[tuple[Text, ...], BeforeValidator(listed)]

__all__ = [
    "ClaimId",
    "DocumentId",
    "Entry",
    "Field",
    "FindingId",
    "Id",
    "Names",
    "Parties",
    "PartyId",
    "Ref",
    "Refs",
    "SourceId",
    "SpeakerId",
    "Text",
    "listed",
]
