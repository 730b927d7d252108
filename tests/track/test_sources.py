"""Track records of sources: what counts, what is first, what is relayed, and that no source decides its own record."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

import pytest

from claims.flow import assess
from claims.model.errors import NotFound
from claims.model.track import Fares, Part
from claims.track.sources import source_tracks
from tests.cases import case_of, sketch

if TYPE_CHECKING:
    from claims.model.track import SourceTrack
    from tests.cases import Sections


def record(entries: Sections, source: str, as_of: dt.date | None = None) -> SourceTrack:
    return source_tracks(assess(case_of(entries), as_of), (source,)).sources[0]


TWO = ("b: supports witnessed 2", "c: supports witnessed 2")
DECIDED: list[tuple[str, tuple[str, ...], Fares, Fares]] = [
    ("it is borne out by two others", ("a: supports witnessed 2", *TWO), Fares(1), Fares()),
    ("it supports what is contradicted", ("a: supports witnessed 5", "b: contradicts witnessed 2 A",
     "c: contradicts witnessed 2 A"), Fares(0, 1), Fares()),
    ("it contradicts what is corroborated", ("a: contradicts witnessed 5", "b: supports witnessed 2 A",
     "c: supports witnessed 2 A"), Fares(0, 1), Fares()),
    ("it contradicts what is contradicted", ("a: contradicts witnessed 2", "b: contradicts witnessed 2",
     "c: contradicts witnessed 2"), Fares(1), Fares()),
    ("it is one of only two", ("a: supports witnessed 2", TWO[0]), Fares(0, 0, 1), Fares()),
    ("one of the two others only copies it", ("a: supports witnessed 2", "b<-a: supports 2", TWO[1]), Fares(0, 0, 1),
     Fares()),
    ("one of the two others names it", ("a: supports witnessed 2", "b<-A: supports 2", TWO[1]), Fares(0, 0, 1),
     Fares()),
    ("it only relays one of two", ("a<-b: supports 2", *TWO), Fares(), Fares(1)),
    ("it relays and knows itself", ("a<-b: supports own-sources 2", *TWO), Fares(1), Fares()),
    ("it takes no side", ("a: mentions", *TWO), Fares(), Fares()),
]  # fmt: skip


@pytest.mark.parametrize(("lines", "own", "relayed"), [case[1:] for case in DECIDED], ids=[case[0] for case in DECIDED])
def test_what_becomes_of_a_finding(lines: tuple[str, ...], own: Fares, relayed: Fares) -> None:
    found = record(sketch(*lines), "a")
    assert (found.own, found.relayed) == (own, relayed)


def test_a_sister_of_one_owner_does_not_decide_the_record_either() -> None:
    entries = sketch(
        "a: supports witnessed 2", *TWO, sources=[{"id": "a", "owner": "House"}, {"id": "b", "owner": "House"}]
    )
    assert record(entries, "a").own == Fares(0, 0, 1)
    assert record(entries, "c").own == Fares(0, 0, 1)
    assert record(sketch(*TWO, "a: supports witnessed 2", "d: supports witnessed 2"), "a").own == Fares(1)


def test_what_others_carry_of_it_is_counted_apart() -> None:
    entries = sketch("x<-A: supports 2", "y<-x: supports 2", *TWO)
    found = record(entries, "a")
    assert (found.own, found.relayed, found.carried) == (Fares(), Fares(), Fares(2))
    assert record(entries, "x").relayed_from == (("a", 1),)


DATES: list[tuple[str | None, str | None, Part]] = [
    ("2015-05-01", "2015-05-02", Part(1, 1)),
    ("2015-05-02", "2015-05-02", Part(1, 1)),
    ("2015-05-03", "2015-05-02", Part(0, 1)),
    ("2015-05", "2015-05-02", Part(0, 1)),
    ("2015-05-01", "2015-05", Part(1, 1)),
    ("2015-05", "2015-05", Part(0, 1)),
    ("2015-04", "2015-05", Part(1, 1)),
    (None, "2015-05-02", Part(0, 0)),
    ("2015-05-02", None, Part(0, 0)),
]


@pytest.mark.parametrize(("own", "other", "first"), DATES)
def test_first_is_what_nobody_can_have_preceded(own: str | None, other: str | None, first: Part) -> None:
    dated: list[dict[str, Any]] = [{"id": "a-doc", "published": own}, {"id": "b-doc", "published": other}]
    entries = sketch("a: supports witnessed", "b: supports witnessed", documents=dated)
    assert record(entries, "a").first == first


def test_what_is_set_aside_is_never_first_and_nobody_is_first_alone() -> None:
    dated = [{"id": "a-doc", "published": "2015-05-01"}, {"id": "b-doc", "published": "2015-05-02"}]
    assert record(sketch("a: mentions", "b: supports", documents=dated), "b").first == Part(0, 0)


def test_ties_documents_and_what_is_set_aside() -> None:
    entries = sketch(
        "a: repeats", "b: supports",
        sources=[{"id": "b", "owner": "a"}],
        speakers=[{"id": "k", "name": "K", "voice": "a"}],
        documents=[
            {"id": "a-doc", "published": "2015-05-02", "retracted": "2015-06-01 wrong"},
            {"id": "a-old", "source": "a", "published": "2015-05-01"},
            {"id": "a-undated", "source": "a"},
        ],
    )  # fmt: skip
    found = record(entries, "a")
    assert (found.owns, found.voice_of) == (("b",), ("k",))
    assert [document.id for document in found.documents] == ["a-old", "a-doc", "a-undated"]
    assert found.withdrawn == Part(1, 3)
    assert found.set_aside == (("retracted", 1),)
    earlier = record(entries, "a", dt.date(2015, 5, 20))
    assert (earlier.withdrawn, earlier.set_aside) == (Part(0, 3), (("repeats", 1),))
    assert [document.id for document in record(entries, "a", dt.date(2015, 5, 1)).documents] == ["a-old", "a-undated"]


def test_filters_orders_and_unknown_names() -> None:
    entries = sketch(
        "a: supports witnessed 2", *TWO, "b<-a: contradicts 5",
        parties=[{"id": "army", "name": "Army"}],
        sources=[{"id": "a", "name": "Zeta", "reliability": "C", "party": "army"}],
    )  # fmt: skip
    assessment = assess(case_of(entries))

    def ids(*chosen: str, **more: Any) -> list[str]:
        return [source.id for source in source_tracks(assessment, chosen, **more).sources]

    assert ids() == ["b", "c", "a"]
    assert ids(sort="grade") == ["b", "c", "a"]
    assert ids(sort="findings") == ["b", "c", "a"]
    assert ids("c", "a", "c") == ["c", "a"]
    assert ids("c", "b", sort="findings") == ["b", "c"]
    assert ids(parties=("army",)) == ids(grades=("C",)) == ["a"]
    assert ids(parties=("army",), grades=("B",)) == []
    for wrong in ({"chosen": ("aa",)}, {"parties": ("armi",)}, {"grades": ("Z",)}):
        with pytest.raises(NotFound):
            source_tracks(assessment, **wrong)  # type: ignore[arg-type]
