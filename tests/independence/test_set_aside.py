"""What never counts: each reason, and which of two comes first."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from tests.cases import Sections, sketch
from tests.judging import judged

AS_OF = dt.date(2015, 5, 31)


def entries_of(
    *, document: dict[str, Any] | None = None, finding: dict[str, Any] | None = None, **more: Any
) -> Sections:
    """One finding on a claim of May 2015, changed as told."""
    entries = sketch("a: supports", **more)
    entries["claims"][0]["when"] = "2015-05-10"
    entries["documents"][0].update(document or {})
    entries["findings"][0].update(finding or {})
    return entries


SPOKEN: dict[str, Any] = {
    "speakers": [{"id": "leader", "name": "Leader", "voice": "tv"}],
    "sources": [{"id": "tv", "name": "TV", "reliability": "B"}],
    "statements": [{"claim": "c", "speaker": "leader", "document": "a-doc"}],
}
LOOP: dict[str, Any] = {"documents": [{"id": "b-doc", "source": "a", "relies_on": ("a-doc",)}]}

REASONS: list[tuple[str, Sections]] = [
    ("retracted", entries_of(document={"retracted": "2015-05-20 wrong"})),
    ("later", entries_of(document={"published": "2015-06-01"})),
    ("before", entries_of(document={"published": "2015-05-09"})),
    ("mentions", entries_of(finding={"stance": "mentions"})),
    ("repeats", entries_of(finding={"stance": "repeats"})),
    ("mismatch", entries_of(finding={"when": "2014"})),
    ("circular", entries_of(document={"relies_on": ("b-doc",)}, **LOOP)),
    ("speaker", entries_of(document={"relies_on": ("leader",)}, **SPOKEN)),
]


@pytest.mark.parametrize(("why", "entries"), REASONS, ids=[reason for reason, _ in REASONS])
def test_each_reason_sets_a_finding_aside(why: str, entries: Sections) -> None:
    claim = judged(entries, AS_OF)["c"]
    assert [entry.why for entry in claim.set_aside] == [why]
    assert claim.groups == ()


ORDER: list[tuple[str, Sections]] = [
    ("retracted", entries_of(document={"retracted": "2015-05-05 wrong", "published": "2015-06-01"})),
    ("later", entries_of(document={"published": "2015-06-01"}, finding={"stance": "mentions"})),
    ("before", entries_of(document={"published": "2015-05-01"}, finding={"stance": "mentions"})),
    ("mentions", entries_of(finding={"stance": "mentions", "when": "2014"})),
    ("repeats", entries_of(finding={"stance": "repeats", "when": "2014"})),
    ("mismatch", entries_of(document={"relies_on": ("b-doc",)}, finding={"when": "2014"}, **LOOP)),
]


@pytest.mark.parametrize(("why", "entries"), ORDER, ids=[reason for reason, _ in ORDER])
def test_the_first_reason_that_applies_is_given(why: str, entries: Sections) -> None:
    assert [entry.why for entry in judged(entries, AS_OF)["c"].set_aside] == [why]


def test_a_chain_whose_only_end_was_withdrawn_is_withdrawn_too() -> None:
    entries = sketch("blog<-bbc<-Sohr: supports")
    entries["documents"][1]["retracted"] = "2015-05-20 wrong"
    [entry] = judged(entries)["c"].set_aside
    assert (entry.why, entry.text) == ("retracted", "all that it relies on was withdrawn")


def test_a_withdrawal_after_the_reports_date_is_not_known_yet() -> None:
    entries = entries_of(document={"retracted": "2015-06-20 wrong"})
    assert judged(entries, AS_OF)["c"].verdict == "single-source"
    assert judged(entries)["c"].verdict == "unverified"


@pytest.mark.parametrize("published", ["2015-05", "2015", None])
def test_a_date_that_may_be_in_time_is_in_time(published: str | None) -> None:
    assert judged(entries_of(document={"published": published}), AS_OF)["c"].set_aside == ()


def test_a_circle_is_printed_as_its_path() -> None:
    entries = sketch("a<-b<-x: supports")
    entries["documents"][-1]["relies_on"] = ("a-doc",)
    [entry] = judged(entries)["c"].set_aside
    assert entry.loop == ("a-doc", "b-doc", "x-doc", "a-doc")
    assert entry.text == "its chain runs in a circle: a-doc → b-doc → x-doc → a-doc"


def test_two_that_cite_each_other_are_nobody() -> None:
    entries = sketch("a<-b: supports", "b<-a: supports")
    claim = judged(entries)["c"]
    assert (claim.verdict, [entry.why for entry in claim.set_aside]) == (
        "unverified",
        ["circular", "circular"],
    )


def test_his_own_channel_and_his_own_word_never_support_what_he_says() -> None:
    entries = sketch("paper<-Tv: supports", "blog: supports", speakers=SPOKEN["speakers"])
    entries["findings"][1]["relies_on"] = ("leader", "tv")
    entries["statements"] = [{"claim": "c", "speaker": "leader", "document": "paper-doc"}]
    assert [entry.why for entry in judged(entries)["c"].set_aside] == ["speaker", "speaker"]


def test_a_denial_is_not_set_aside_as_the_claims_own_word() -> None:
    """Otherwise an accused side's denial would vanish instead of standing, as interested, against the accusation."""
    entries = sketch("paper: contradicts", speakers=[{"id": "accused", "name": "Accused"}])
    entries["findings"][0]["relies_on"] = ("accused",)
    entries["statements"] = [{"claim": "c", "speaker": "accused", "document": "paper-doc", "stance": "denies"}]
    assert judged(entries)["c"].set_aside == ()


PLACES = [
    ("Idlib, Syria", None, False),
    ("Idlib, Syria", "al-Mastouma, Idlib, Syria", False),
    ("al-Mastouma, Idlib, Syria", "idlib, syria", False),
    ("western Qalamoun", "eastern Qalamoun", True),
    ("Idlib, Syria", "Aleppo, Syria", True),
]


@pytest.mark.parametrize(("claimed", "found", "differs"), PLACES)
def test_another_place_is_no_contradiction_but_a_mismatch(claimed: str, found: str | None, differs: bool) -> None:
    entries = sketch("a: contradicts")
    entries["claims"][0]["place"], entries["findings"][0]["place"] = claimed, found
    assert [entry.why for entry in judged(entries)["c"].set_aside] == ["mismatch"] * differs
