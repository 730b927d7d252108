"""The timeline: what bears a date stands on its first day, and what bears none is counted."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from hypothesis import given, settings

from claims.auditing import turns
from claims.pages import timeline
from claims.pages.timeline import PATH, timeline_files
from tests.cases import Sections, sketch
from tests.pages.grounds import ground, pages, rows
from tests.strategies import sections

if TYPE_CHECKING:
    import pytest

    from tests.pages.markup import Element


def case(**claim: Any) -> Sections:
    """Three documents: of one day, of a month, and without a date."""
    made = sketch("bbc: supports B 2 witnessed", "wire: supports B 2 record", "blog: repeats")
    days = {"bbc": "2015-05-20", "wire": "2015-06"}
    for one in made["documents"]:
        one["published"] = days.get(one["source"])
    made["claims"][0] |= claim
    return made


def told(page: Element) -> dict[str, str]:
    """What is told of each span, in words."""
    return {
        span.one("h3").text: " ".join(" ".join(part.text for part in span.one("div").children).split())
        for span in page.all("section", class_="span")
    }


def test_documents_stand_on_the_first_day_on_which_they_can_have_appeared() -> None:
    days = told(pages(timeline_files(ground(case())))[PATH])
    assert list(days) == ["2015-05-20", "2015-06-01"]
    assert "Published bbc: bbc-doc" in days["2015-05-20"]
    assert "Published wire: wire-doc 2015-06" in days["2015-06-01"]


def test_what_bears_no_date_is_counted() -> None:
    page = pages(timeline_files(ground(case())))[PATH]
    assert "1 document bears no date and stands on no day here." in page.one("main").text


def test_verdicts_turn_on_the_day_of_the_report_that_turns_them() -> None:
    days = told(pages(timeline_files(ground(case())))[PATH])
    assert "◔ single-source becomes" not in days["2015-05-20"]
    assert "Verdicts turn ◔ single-source →becomes ✔ corroborated – It happened." in days["2015-06-01"]


def test_claims_stand_where_their_time_begins() -> None:
    days = told(pages(timeline_files(ground(case(when="2015-04/2015-05"))))[PATH])
    assert days["2015-04-01"] == "Claims speak of It happened. 2015-04 to 2015-05"


def test_what_was_said_stands_on_the_day_on_which_it_was_said() -> None:
    made = case()
    made["speakers"] = [{"id": "man", "name": "Man"}]
    made["statements"] = [{"claim": "c", "speaker": "man", "document": "blog-doc", "date": "2015-05-18"}]
    assert told(pages(timeline_files(ground(made)))[PATH])["2015-05-18"] == "Said Man, in blog-doc: It happened."


def test_what_was_withdrawn_stands_on_that_day_too() -> None:
    made = case()
    made["documents"][0]["retracted"] = "2015-07-01 wrong"
    days = told(pages(timeline_files(ground(made)))[PATH])
    assert "Withdrawn bbc-doc: wrong" in days["2015-07-01"]


def test_what_was_published_later_is_left_out() -> None:
    found = ground(case(), dt.date(2015, 5, 31))
    assert list(told(pages(timeline_files(found))[PATH])) == ["2015-05-20"]


def test_months_stand_for_days_where_there_are_very_many(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(timeline, "MOST_SPANS", 2)
    page = pages(timeline_files(ground(case(when="2015-05-01"))))[PATH]
    assert list(told(page)) == ["2015-05", "2015-06"]
    assert "Month by month" in page.one("main").text


def test_times_of_the_same_months_are_one_lane(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(timeline, "MOST_SPANS", 2)
    made = case(when="2015-05-01")
    made["claims"].append({"id": "d", "text": "Something else happened.", "when": "2015-05-02/2015-05-03"})
    assert "2015-05: 2 claims" in pages(timeline_files(ground(made)))[PATH].one("svg", class_="picture").text


def test_a_case_too_large_to_be_judged_day_by_day_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(turns, "MOST_JUDGED", 1)
    page = pages(timeline_files(ground(case())))[PATH]
    assert "told on the page of each claim" in page.one("main").text
    assert "Verdicts turn" not in page.one("section", class_="days").text


def test_of_very_many_on_a_day_the_rest_is_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(timeline, "NAMED", 1)
    made = case()
    made["documents"][1]["published"] = "2015-05-20"
    found = ground(made)
    assert "and 1 more" in told(pages(timeline_files(found))[PATH])["2015-05-20"]
    assert len([row for row in rows(timeline_files(found), "timeline.csv") if row[2] == "published"]) == 1


def test_a_case_without_dates_says_so() -> None:
    page = pages(timeline_files(ground(sketch("bbc: supports"))))[PATH]
    assert "Nothing in this case bears a date." in page.one("main").text


@given(made=sections())
@settings(max_examples=25, deadline=None)
def test_every_dated_document_and_no_other_is_published_once(made: Sections) -> None:
    found = ground(made)
    published = [row[4] for row in rows(timeline_files(found), "timeline.csv") if row[2] == "published"]
    assert sorted(published) == sorted(one.id for one in found.case.documents if one.published)
