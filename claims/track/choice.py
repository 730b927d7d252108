"""Whose record is asked for, and the records that are given."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from claims.model.errors import NotFound
from claims.model.grade import LETTERS
from claims.model.source import Source
from claims.model.speaker import Speaker
from claims.model.track import Tracks

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from claims.flow import Assessment
    from claims.model.case import Case
    from claims.model.track import SourceTrack, SpeakerTrack

Someone = TypeVar("Someone", Source, Speaker)


def chosen_of(  # noqa: PLR0913 - what may be asked for, each by its name
    kind: str,
    entries: Sequence[Someone],
    case: Case,
    ids: Sequence[str],
    *,
    parties: Sequence[str],
    grades: Sequence[str],
    keep_order: bool,
) -> list[Someone]:
    """Those of `entries` with these ids, or all; of one of the parties and one of the grades, where any are given.

    keep_order: ids keep the order in which they are given; else, and without ids, by name. Raises `NotFound`, with
    near ids, for an id, party or grade that there is none of.
    """
    by_id: dict[str, Someone] = {entry.id: entry for entry in entries}
    known = (
        (kind, ids, list(by_id)),
        ("party", parties, [party.id for party in case.parties]),
        ("grade", grades, list(LETTERS)),
    )
    for what, wanted, there in known:
        for one in wanted:
            if one not in set(there):
                raise NotFound.among(what, one, there)
    found = [by_id[one] for one in dict.fromkeys(ids)] if ids else list(entries)
    kept = [
        entry
        for entry in found
        if (not parties or entry.party in parties) and (not grades or entry.reliability in grades)
    ]
    return kept if ids and keep_order else sorted(kept, key=lambda entry: (entry.name.casefold(), entry.id))


def tracks_of(
    assessment: Assessment, *, sources: Iterable[SourceTrack] = (), speakers: Iterable[SpeakerTrack] = ()
) -> Tracks:
    """The records in their order, with the name, the date, the digest and the policy of what they were made from."""
    case = assessment.case
    return Tracks(
        case=case.id,
        title=case.title,
        as_of=assessment.as_of.isoformat() if assessment.as_of else None,
        digest=case.digest,
        policy=case.policy.policy,
        sources=tuple(sources),
        speakers=tuple(speakers),
        names=case.names,
    )
