"""What needs a second look: each kind by examples, and what comes first."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.flow import assess
from claims.model.age import Age, AgeError, parse_age
from claims.model.problem import Place
from claims.model.staleness import STALE_KINDS
from claims.model.track import DECIDED
from claims.staleness.looks import chosen, stale
from tests.cases import case_of, sketch
from tests.judging import changed, judged, with_new_finding
from tests.strategies import sections

if TYPE_CHECKING:
    from claims.model.case import Case
    from claims.model.staleness import Look, Stale
    from tests.cases import Sections

TODAY, BEFORE = dt.date(2016, 5, 20), dt.date(2015, 5, 20)


def looked(entries: Sections | Case, kind: str = "") -> list[Look]:
    case = case_of(entries) if isinstance(entries, dict) else entries
    return [look for look in stale(assess(case), TODAY, BEFORE).looks if kind in ("", look.kind)]


def told(entries: Sections, kind: str) -> list[tuple[str, list[tuple[str, str, str]]]]:
    """Id and moves of the looks of a kind."""
    return [(look.id, [(m.claim, m.before, m.after) for m in look.moves]) for look in looked(entries, kind)]


SETTLES = [("c", "single-source", "corroborated")]
UNSAID: list[tuple[str, tuple[str, ...], list[tuple[str, list[tuple[str, str, str]]]]]] = [
    ("one of two does not say", ("a: supports witnessed 2", "b: supports 2"), [("b-doc", SETTLES)]),
    ("another speaks of it", ("a: supports witnessed 2", "b<-c: supports 2"), [("c-doc", SETTLES)]),
    ("it says so", ("a: supports witnessed 2", "b: supports witnessed 2"), []),
    ("it relies on a source", ("a<-B: supports",), []),
    ("it relies on what does not say", ("a<-b: supports 2", "b: supports 2"), [("b-doc", [])]),
    ("it has no weight", ("a: supports witnessed 2", "b: supports 2 F"), [("b-doc", [])]),
]  # fmt: skip


@pytest.mark.parametrize(("lines", "expected"), [case[1:] for case in UNSAID], ids=[case[0] for case in UNSAID])
def test_what_does_not_say_how_it_knows_is_tried_as_if_it_did(lines: tuple[str, ...], expected: object) -> None:
    assert told(sketch(*lines), "not-established") == expected


def test_a_finding_that_names_nothing_is_tried_although_its_document_does() -> None:
    entries = sketch("a: supports witnessed 2", "b<-D: supports 2")
    entries["findings"][1]["relies_on"] = ()
    assert told(entries, "not-established") == [("b-doc", SETTLES)]


def test_what_rests_on_a_silent_document_is_counted() -> None:
    entries = sketch("a<-b: supports 2", "c<-b: supports 2", "b: supports 2")
    assert [look.rests for look in looked(entries, "not-established")] == [3]


def test_the_grade_of_a_source_or_speaker_without_one_is_tried() -> None:
    entries = sketch("a: supports witnessed 2", "b: supports witnessed 2 F")
    assert told(entries, "ungraded") == [("b", SETTLES)]
    assert told(sketch("a: supports witnessed 2", "b: supports witnessed 2 E"), "ungraded") == []
    spoken = sketch("a: supports witnessed 2", "b<-K: supports 2", speakers=[{"id": "k", "name": "K"}])
    spoken["sources"] = [source for source in spoken["sources"] if source["id"] != "k"]
    assert told(spoken, "ungraded") == [("k", SETTLES)]


def test_a_source_on_which_nothing_rests_needs_no_grade() -> None:
    assert told(sketch("a: mentions F"), "ungraded") == []


def test_one_report_short() -> None:
    assert told(sketch("a: supports witnessed 2"), "one-short") == [("c", SETTLES)]
    against = [("c", [("c", "challenged", "contradicted")])]
    assert told(sketch("a: contradicts witnessed 2"), "one-short") == against
    assert told(sketch("a: supports witnessed 2", "b: supports witnessed 2"), "one-short") == []
    assert told(sketch("a: mentions"), "one-short") == []


DUE: list[tuple[str, str | None, bool]] = [
    ("prediction", "2016-05-20", True),
    ("promise", "2016-05", False),
    ("prediction", "2016-05-21", False),
    ("prediction", None, False),
    ("opinion", "2016-01", False),
]


@pytest.mark.parametrize(("kind", "due", "is_told"), DUE)
def test_predictions_are_told_from_the_day_that_they_are_due(kind: str, due: str | None, is_told: bool) -> None:
    entries = sketch("a: mentions", claims=[{"id": "c", "kind": kind, "due": due}])
    assert bool(looked(entries, "due")) == is_told


def test_a_prediction_that_is_decided_is_not_told() -> None:
    entries = sketch(
        "a: supports witnessed 2", "b: supports witnessed 2",
        claims=[{"id": "c", "kind": "prediction", "due": "2015-01"}],
        documents=[{"id": "a-doc", "published": "2015-02"}],
    )  # fmt: skip
    assert looked(entries, "due") == []


def test_claims_that_nobody_has_looked_into() -> None:
    entries = sketch(
        "a: supports", claims=[{"id": "d", "text": "D."}, {"id": "e", "text": "E.", "searches": ("here",)}]
    )
    assert [look.id for look in looked(entries, "unchecked")] == ["d"]


READ: list[tuple[dict[str, Any], set[str]]] = [
    ({}, {"undated"}),
    ({"url": "https://e.example"}, {"undated", "not-archived", "not-read-again"}),
    ({"url": "https://e.example", "archive": "https://a.example"}, {"undated", "not-read-again"}),
    ({"url": "https://e.example", "retrieved": "2015-05-19"}, {"undated", "not-archived", "not-read-again"}),
    ({"url": "https://e.example", "retrieved": "2015-05"}, {"undated", "not-archived"}),
    ({"text": "texts/a.txt", "retrieved": "2015-05-20", "published": "2015"}, set()),
    ({"text": "texts/a.txt", "published": "2015"}, {"not-read-again"}),
]


@pytest.mark.parametrize(("document", "kinds"), READ, ids=[str(case[0]) for case in READ])
def test_what_a_document_lacks(document: dict[str, Any], kinds: set[str]) -> None:
    entries = sketch("a: supports", documents=[{"id": "a-doc", **document}])
    assert {look.kind for look in looked(entries) if look.section == "documents"} - {"not-established"} == kinds


QUOTES: list[tuple[dict[str, Any], bool]] = [
    ({"quote": "three hundred kilometres"}, False),
    ({"quote": "three hundred kilometers"}, True),
    ({"quote": "something else entirely"}, True),
    ({"quote": "hundred"}, True),
    ({"quote": "hundred", "prefix": "three"}, False),
    ({"quote": "three hundred kilometers", "wording": "translated"}, False),
    ({}, False),
]


@pytest.mark.parametrize(("statement", "is_told"), QUOTES, ids=[str(case[0]) for case in QUOTES])
def test_quotes_that_the_stored_text_does_not_have(statement: dict[str, Any], is_told: bool) -> None:
    entries = sketch("a: supports", speakers=[{"id": "k", "name": "K"}])
    entries["statements"] = [{"claim": "c", "speaker": "k", "document": "a-doc", **statement}]
    case = case_of(entries, texts={"a-doc": "He spoke of three hundred kilometres, and of a hundred dead."})
    assert bool(looked(case, "quote")) == is_told
    assert looked(replace(case, texts={}), "quote") == []


def test_the_place_of_an_entry_is_told() -> None:
    case = replace(case_of(sketch("a: supports")), places={("documents", "a-doc"): Place("june.yaml", 3, 5)})
    assert {look.place for look in looked(case, "undated")} == {"june.yaml:3:5"}


def several() -> Stale:
    entries = sketch("a: supports witnessed 2", "b: supports 2", "x: supports 2 F", "y<-x: supports 2")
    entries["claims"].append({"id": "d", "text": "D."})
    entries["findings"] += [
        {"claim": "d", "document": f"{name}-doc", "stance": "supports", "credibility": 2} for name in "ab"
    ]
    entries["findings"][-2]["basis"] = "witnessed"
    return stale(assess(case_of(entries)), TODAY, BEFORE)


def test_what_settles_most_comes_first_then_what_most_rests_on() -> None:
    found = several()
    assert (found.looks[0].id, found.looks[0].settles) == ("b-doc", 2)
    keys = [(-look.settles, -look.rests) for look in found.looks]
    assert keys == sorted(keys)
    assert found.settling == sum(look.settles > 0 for look in found.looks)
    assert sum(number for _, number in found.totals) == len(found.looks)


def test_what_is_chosen_keeps_the_totals() -> None:
    found = several()
    few = chosen(found, (), 1)
    assert (few.totals, few.settling) == (found.totals, found.settling)
    assert sum(look.settles > 0 for look in few.looks) == 1
    assert len([look for look in few.looks if look.kind == "undated"]) == 1
    assert {look.kind for look in chosen(found, ("undated",)).looks} == {"undated"}
    assert chosen(found, ("undated",)).settling == 0
    assert chosen(found) == found


AGES = [
    ("1y", "2015-08-31", "2014-08-31"),
    ("6 months", "2015-08-31", "2015-02-28"),
    ("90 days", "2015-03-31", "2014-12-31"),
    ("2w", "2015-03-15", "2015-03-01"),
    ("1 Year", "2016-02-29", "2015-02-28"),
    ("0d", "2016-02-29", "2016-02-29"),
    ("99999y", "2016-02-29", "0001-01-01"),
    ("99999w", "2016-02-29", "0099-08-24"),
]


@pytest.mark.parametrize(("text", "day", "before"), AGES)
def test_an_age_is_counted_back_in_the_calendar(text: str, day: str, before: str) -> None:
    assert parse_age(text).before(dt.date.fromisoformat(day)).isoformat() == before


@pytest.mark.parametrize("text", ["", "y", "1", "one year", "-1y", "1.5y", "999999d", "1yx"])
def test_what_is_no_age_is_refused_with_the_way_out(text: str) -> None:
    with pytest.raises(AgeError, match="one is written like 90d, 6m or 1y"):
        parse_age(text)
    assert str(Age(2, "week")) == "2 weeks"


@given(sections())
def test_the_totals_are_those_of_the_looks_and_nothing_is_told_twice(entries: Sections) -> None:
    found = stale(assess(case_of(entries)), TODAY, BEFORE)
    assert dict(found.totals) == {
        kind: n for kind in STALE_KINDS if (n := sum(look.kind == kind for look in found.looks))
    }
    named = [(look.kind, look.section, look.id, look.text) for look in found.looks]
    assert len(set(named)) == len(named)


@given(sections(), st.randoms(use_true_random=False))
def test_the_order_of_entries_never_matters(entries: Sections, random: Any) -> None:
    shuffled = changed(entries)
    for name in shuffled:
        random.shuffle(shuffled[name])
    assert looked(shuffled) == looked(entries)


@given(sections())
def test_one_more_report_does_what_it_is_said_to_do(entries: Sections) -> None:
    before = judged(entries)
    for look in looked(entries, "one-short"):
        stance = "supports" if "supports" in look.text else "contradicts"
        after = judged(with_new_finding(entries, look.id, stance, "new"))
        assert before[look.id].verdict not in DECIDED
        assert after[look.id].verdict == look.moves[0].after


@given(sections())
def test_a_grade_does_what_it_is_said_to_do(entries: Sections) -> None:
    """Written into the case, and judged whole."""
    before = judged(entries)
    for look in looked(entries, "ungraded"):
        graded = changed(entries)
        for entry in graded[look.section]:
            if entry["id"] == look.id:
                entry["reliability"] = "B"
        after = judged(graded)
        moved = {claim for claim in before if after[claim].verdict != before[claim].verdict}
        assert {move.claim: move.after for move in look.moves} == {claim: after[claim].verdict for claim in moved}


@given(sections())
def test_whoever_knows_for_himself_does_what_it_is_said_to_do(entries: Sections) -> None:
    """Written into the case, and judged whole: the document relies on its own source."""
    before = judged(entries)
    for look in looked(entries, "not-established"):
        known = changed(entries)
        document = next(entry for entry in known["documents"] if entry["id"] == look.id)
        document["relies_on"] = document["relies_on"] or (document["source"],)
        for finding in known["findings"]:
            if finding["document"] == look.id and finding["relies_on"] == ():
                finding["relies_on"] = (document["source"],)
        after = judged(known)
        moved = {claim for claim in before if after[claim].verdict != before[claim].verdict}
        assert {move.claim: move.after for move in look.moves} == {claim: after[claim].verdict for claim in moved}
