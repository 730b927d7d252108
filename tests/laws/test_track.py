"""Records add up, are the same however the case is written down, and know nothing of what came later."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from hypothesis import given
from hypothesis import strategies as st

from claims.flow import assess
from claims.model.track import DECIDED, Tracks
from claims.model.when import parse_when
from claims.track.sources import SOURCE_SORTS, source_tracks
from claims.track.speakers import SPEAKER_SORTS, speaker_tracks
from tests.cases import case_of
from tests.judging import changed, without_documents
from tests.strategies import sections

if TYPE_CHECKING:
    from tests.cases import Sections

DAYS = st.sampled_from([None, dt.date(2015, 4, 20), dt.date(2015, 5, 10), dt.date(2015, 5, 31)])


def both(entries: Sections, as_of: dt.date | None = None) -> tuple[Tracks, Tracks]:
    assessment = assess(case_of(entries), as_of)
    return source_tracks(assessment), speaker_tracks(assessment)


@given(sections(), DAYS)
def test_the_figures_of_a_source_add_up(entries: Sections, as_of: dt.date | None) -> None:
    case = case_of(entries)
    assessment = assess(case, as_of)
    tracks = source_tracks(assessment).sources
    by_id = {claim.id: claim for claim in assessment.claims}
    grouped = {m.finding for claim in by_id.values() for group in claim.groups for m in group.members}
    for track in tracks:
        counting = [one for one in track.findings if one.set_aside is None]
        aside = sum(number for _, number in track.set_aside)
        assert {one.finding for one in counting} == grouped & {one.finding for one in track.findings}
        assert len(track.findings) == track.fares.all + aside == sum(d.findings for d in track.documents)
        assert len(counting) == track.fares.all == track.own.all + track.relayed.all
        assert track.fares.all == track.fares.borne_out + track.fares.contradicted + track.fares.undecided
        assert 0 <= track.first.n <= track.first.of <= len(counting)
        assert track.first.n == sum(one.first for one in track.findings)
        assert sum(number for _, number in track.relayed_from) >= track.relayed.all
        assert track.id not in dict(track.relayed_from)
        assert track.fares.decided <= sum(by_id[one.claim].verdict in DECIDED for one in counting)
    later = {d.id for d in case.documents if as_of and d.published and d.published.start > as_of}
    assert sum(len(track.findings) for track in tracks) == sum(f.document not in later for f in case.findings)


@given(sections(), DAYS)
def test_the_figures_of_a_speaker_add_up(entries: Sections, as_of: dt.date | None) -> None:
    for track in speaker_tracks(assess(case_of(entries), as_of)).speakers:
        asserted = [one for one in track.claims if "asserts" in one.stances]
        assert track.asserted.all == len(asserted) == track.on_record.of == sum(n for _, n in track.verdicts)
        assert track.denied.all == sum("denies" in one.stances for one in track.claims)
        assert track.foretold.all == track.due.n <= track.due.of
        assert sum(n for _, n in track.statements) >= len(track.claims)


@given(sections(), st.randoms(use_true_random=False))
def test_the_order_of_entries_never_matters(entries: Sections, random: Any) -> None:
    shuffled = changed(entries)
    for name in shuffled:
        random.shuffle(shuffled[name])
    assert both(shuffled) == both(entries)


@given(sections(), st.sampled_from([dt.date(2015, 4, 20), dt.date(2015, 5, 10), dt.date(2015, 5, 31)]))
def test_looking_back_is_the_same_as_not_having_what_came_later(entries: Sections, as_of: dt.date) -> None:
    later = {d["id"] for d in entries["documents"] if d["published"] and parse_when(d["published"]).start > as_of}
    before, after = both(entries, as_of), both(without_documents(entries, later), as_of)
    assert (before[0].sources, before[1].speakers) == (after[0].sources, after[1].speakers)


@given(sections(), DAYS)
def test_a_record_is_the_same_alone_and_among_others_in_any_order(entries: Sections, as_of: dt.date | None) -> None:
    assessment = assess(case_of(entries), as_of)
    by_id = {track.id: track for track in source_tracks(assessment).sources}
    for source, track in by_id.items():
        assert source_tracks(assessment, (source,)).sources == (track,)
    for sort in SOURCE_SORTS:
        assert {track.id: track for track in source_tracks(assessment, sort=sort).sources} == by_id
    for order in SPEAKER_SORTS:
        assert set(speaker_tracks(assessment, sort=order).speakers) == set(speaker_tracks(assessment).speakers)


@given(sections())
def test_a_claim_counts_as_decided_only_where_it_is_without_the_source(entries: Sections) -> None:
    """Judged by hand: without whatever leads to the source's family, and without the family itself."""
    case = case_of(entries)
    assessment = assess(case)
    whole = {claim.id: claim for claim in assessment.claims}
    origins = assessment.judged.tables.origins
    family = {
        one: set(origins["id"][origins["owner"] == owner])
        for one, owner in zip(origins["id"], origins["owner"], strict=True)
    }
    for track in source_tracks(assessment).sources:
        for one in track.findings:
            if one.fared in ("borne-out", "contradicted"):
                without = _without(entries, family[track.id])
                assert without[one.claim] == whole[one.claim].verdict in DECIDED


def _without(entries: Sections, family: set[str]) -> dict[str, str]:
    """The verdicts once every document of the family is withdrawn, and those who name it name such a document."""
    gone = changed(entries)
    source = gone["sources"][0]["id"]
    gone["documents"].append({"id": "ghost", "source": source})
    for document in gone["documents"]:
        if document["source"] in family or document["id"] == "ghost":
            document["retracted"] = "1900-01-01 gone"
    for entry in (*gone["documents"], *gone["findings"]):
        if entry.get("relies_on"):
            entry["relies_on"] = tuple("ghost" if ref in family else ref for ref in entry["relies_on"])
    return {claim.id: claim.verdict for claim in assess(case_of(gone)).claims}
