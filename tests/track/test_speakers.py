"""Track records of speakers: what was asserted, whether that is on record, what was borne out, and what came due."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

import pytest

from claims.flow import assess
from claims.model.errors import NotFound
from claims.model.track import Fares, Part
from claims.track.speakers import speaker_tracks
from tests.cases import case_of, sketch

if TYPE_CHECKING:
    from claims.model.track import SpeakerTrack
    from tests.cases import Sections


def said(*statements: dict[str, Any], **more: Any) -> Sections:
    """A claim `c` that is corroborated, a claim `d` that is contradicted, and two speakers."""
    entries = sketch("a: supports witnessed 2", "b: supports witnessed 2", **more)
    entries["claims"].append({"id": "d", "text": "It did not."})
    for source in ("a", "b"):
        finding = {"claim": "d", "document": f"{source}-doc", "stance": "contradicts", "basis": "witnessed"}
        entries["findings"].append(finding | {"credibility": 2})
    entries["speakers"] += [{"id": "k", "name": "K", "voice": "radio"}, {"id": "m", "name": "M"}]
    entries["sources"].append({"id": "radio", "name": "Radio"})
    entries["documents"] += [
        {"id": "radio-doc", "source": "radio", "published": "2015-05-02"},
        {"id": "late", "source": "b", "published": "2015-06-01"},
    ]
    entries["statements"] = list(statements)
    return entries


def record(entries: Sections, speaker: str = "k", as_of: dt.date | None = None) -> SpeakerTrack:
    return speaker_tracks(assess(case_of(entries), as_of), (speaker,)).speakers[0]


def by(speaker: str, claim: str, document: str, stance: str = "asserts") -> dict[str, Any]:
    return {"speaker": speaker, "claim": claim, "document": document, "stance": stance}


def test_what_is_asserted_is_counted_by_claim_and_verdict() -> None:
    found = record(said(by("k", "c", "radio-doc"), by("k", "c", "late"), by("k", "d", "late")))
    assert found.statements == (("asserts", 3),)
    assert found.verdicts == (("corroborated", 1), ("contradicted", 1))
    assert found.asserted == Fares(1, 1, 0)
    assert found.on_record == Part(1, 2)  # his own voice; and one record by another


def test_a_denial_is_borne_out_where_the_claim_is_contradicted() -> None:
    entries = said(by("k", "d", "late", "denies"), by("k", "c", "late", "denies"), by("m", "c", "late"))
    found = record(entries)
    assert (found.asserted, found.denied, found.on_record) == (Fares(), Fares(1, 1, 0), Part(0, 0))


def test_hedged_and_acknowledged_is_not_asserted() -> None:
    found = record(said(by("k", "c", "late", "hedges"), by("k", "d", "late", "acknowledges")))
    assert (found.asserted, len(found.claims), found.statements) == (Fares(), 2, (("hedges", 1), ("acknowledges", 1)))


def test_each_speaker_is_on_record_by_his_own_statements() -> None:
    entries = said(by("k", "c", "radio-doc"), by("m", "c", "late"))
    assert record(entries, "k").on_record == Part(1, 1)
    assert record(entries, "m").on_record == Part(0, 1)


def test_what_repeats_the_claim_is_a_record_of_who_alone_speaks_on_it() -> None:
    entries = said(by("m", "c", "late"))
    entries["findings"].append({"id": "r", "claim": "c", "document": "radio-doc", "stance": "repeats"})
    assert record(entries, "m").on_record == Part(1, 1)
    entries["statements"].append(by("k", "c", "late"))
    assert record(entries, "m").on_record == Part(0, 1)


DUE: list[tuple[str, str | None, dt.date | None, Part, Fares]] = [
    ("prediction", "2015-05-20", None, Part(1, 1), Fares(1)),
    ("promise", "2015-05-20", None, Part(1, 1), Fares(1)),
    ("prediction", "2015-05-20", dt.date(2015, 5, 19), Part(0, 1), Fares()),
    ("prediction", None, None, Part(0, 1), Fares()),
    ("fact", None, None, Part(0, 0), Fares()),
]


@pytest.mark.parametrize(("kind", "due", "as_of", "part", "fares"), DUE)
def test_what_is_foretold_counts_once_it_is_due(
    kind: str, due: str | None, as_of: dt.date | None, part: Part, fares: Fares
) -> None:
    entries = said(by("k", "c", "radio-doc"), claims=[{"id": "c", "kind": kind, "due": due}])
    found = record(entries, as_of=as_of)
    assert (found.due, found.foretold) == (part, fares)


def test_what_was_said_later_is_left_out() -> None:
    entries = said(by("k", "c", "radio-doc"), by("k", "d", "late"))
    assert [one.claim for one in record(entries).claims] == ["c", "d"]
    assert [one.claim for one in record(entries, as_of=dt.date(2015, 5, 2)).claims] == ["c"]


def test_filters_orders_and_unknown_names() -> None:
    assessment = assess(case_of(said(by("m", "c", "late"), by("m", "d", "late"), by("k", "d", "late"))))

    def ids(*chosen: str, **more: Any) -> list[str]:
        return [speaker.id for speaker in speaker_tracks(assessment, chosen, **more).speakers]

    assert ids() == ["k", "m"]
    assert ids(sort="claims") == ids(sort="borne-out") == ["m", "k"]
    assert ids("m", "k") == ["m", "k"]
    assert ids(grades=("A",)) == []
    with pytest.raises(NotFound):
        ids("kk")
