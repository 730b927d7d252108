"""What goes with a source: what it published, and what rests on nothing else; what also rests elsewhere stays."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from claims.auditing.audit import audit
from claims.flow import assess
from claims.model.errors import NotFound
from claims.present.audit_view import audit_view
from tests.cases import case_of, sketch

CASES = [
    (["sohr: own-sources", "bbc<-Sohr", "blog<-bbc"], "sohr", {"sohr-doc", "bbc-doc", "blog-doc"}, set()),
    (["bbc<-Sohr: own-sources", "blog<-bbc"], "sohr", set(), {"bbc-doc"}),
    (["bbc<-Sohr", "bbc<-Afp", "blog<-bbc"], "sohr", set(), {"bbc-doc"}),
    (["bbc<-Sohr: mentions", "blog<-bbc<-Sohr"], "sohr", {"bbc-doc", "blog-doc"}, set()),
    (["blog", "bbc<-Sohr"], "sohr", {"bbc-doc"}, set()),
    (["blog: witnessed", "bbc<-Sohr"], "blog", {"blog-doc"}, set()),
]


@pytest.mark.parametrize(("lines", "source", "gone", "ended"), CASES, ids=[", ".join(case[0]) for case in CASES])
def test_what_goes_with_a_source(lines: list[str], source: str, gone: set[str], ended: set[str]) -> None:
    found = audit(assess(case_of(sketch(*lines))), "c", without=[source]).without
    assert found is not None
    assert {one.id.partition("/")[0] for one in found.left_out if one.section == "findings"} == gone
    assert {one.partition("/")[0] for one in found.ended} == ended


def test_a_repost_goes_with_its_original() -> None:
    entries = sketch("bbc: witnessed", "blog: witnessed", documents=[{"id": "blog-doc", "same_text_as": "bbc-doc"}])
    found = audit(assess(case_of(entries)), "c", without=["bbc"]).without
    assert found is not None
    assert [(one.id, one.why) for one in found.left_out if one.section == "documents"] == [
        ("bbc-doc", "published"),
        ("blog-doc", "rests"),
    ]


def test_a_copy_that_was_found_goes_with_its_original() -> None:
    words = "one two three four five six seven eight nine ten eleven twelve"
    entries = sketch("bbc: witnessed", "blog: witnessed")
    entries["documents"][0]["published"] = "2015-05-01"
    case = case_of(entries, texts={"bbc-doc": words, "blog-doc": words})
    found = audit(assess(case), "c", without=["bbc"]).without
    assert found is not None
    assert ("blog-doc", "rests") in {(one.id, one.why) for one in found.left_out}
    assert found.after.verdict == "unchecked"


def test_a_record_goes_with_its_document_and_the_verdict_on_who_said_it_with_it() -> None:
    entries = sketch("sohr: own-sources", speakers=[{"id": "n", "name": "N", "voice": "sohr"}])
    entries["statements"] = [{"claim": "c", "speaker": "n", "document": "sohr-doc"}]
    found = audit(assess(case_of(entries)), "c", without=["sohr"]).without
    assert found is not None
    assert (found.before.attribution, found.after.attribution) == ("confirmed", "unrecorded")


def test_a_source_that_has_no_part_changes_nothing() -> None:
    found = audit(assess(case_of(sketch("bbc: witnessed", "blog<-Afp"))), "c", without=["blog"]).without
    assert found is not None
    assert found.before.independent_for.at_most - found.after.independent_for.at_most == 1


def test_a_source_that_is_not_there_is_named_with_what_is_near() -> None:
    with pytest.raises(NotFound, match="no source is called 'bcb'; did you mean 'bbc'"):
        audit(assess(case_of(sketch("bbc: witnessed"))), "c", without=["bcb"])


def test_a_prediction_stays_due_without_the_source_of_the_latest_document() -> None:
    entries = sketch(
        "bbc: own-sources", "afp: own-sources", claims=[{"id": "c", "kind": "prediction", "due": "2015-06"}]
    )
    days = {"bbc-doc": "2015-07-01", "afp-doc": "2015-05-01"}
    for document in entries["documents"]:
        document["published"] = days[document["id"]]
    found = audit(assess(case_of(entries)), "c", without=["bbc"]).without
    assert found is not None
    assert (found.before.verdict, found.after.verdict) == ("corroborated", "single-source")


def test_what_only_the_latest_document_leads_to_has_no_part_in_it() -> None:
    entries = sketch("bbc: witnessed")
    late = {"id": "late", "source": "afp", "published": "2015-07-01", "same_text_as": "other"}
    entries["sources"] += [{"id": "afp", "name": "AFP"}]
    entries["documents"] += [{"id": "other", "source": "afp"}, late]
    found = audit(assess(case_of(entries)), "c", without=["afp"]).without
    assert found is not None
    assert [(one.section, one.id) for one in found.left_out] == [("sources", "afp")]


def test_what_had_not_appeared_by_the_day_is_not_told() -> None:
    entries = sketch("sohr: own-sources", "bbc<-Sohr<-Afp", speakers=[{"id": "n", "name": "N"}])
    entries["documents"] += [{"id": f"late-{source}", "source": source} for source in ("sohr", "bbc")]
    for document in entries["documents"]:
        document["published"] = "2015-07-01" if document["id"].startswith("late") else "2015-05-01"
    entries["statements"] = [{"claim": "c", "speaker": "n", "document": one} for one in ("sohr-doc", "late-sohr")]
    late: list[dict[str, Any]] = [
        {"claim": "c", "document": "late-sohr", "stance": "supports", "basis": "own-sources"},
        {"claim": "c", "document": "late-bbc", "stance": "supports", "basis": "relayed", "relies_on": ["sohr", "afp"]},
    ]
    entries["findings"] += late
    case = case_of(entries)
    late_ones, early_ones = {"late-sohr", "late-bbc"}, {"sohr-doc", "bbc-doc"}
    for as_of, told in ((None, early_ones | late_ones), (dt.date(2015, 6, 1), early_ones)):
        found = audit(assess(case, as_of), "c", without=["sohr"])
        assert found.without is not None
        left = {one.id.partition("/")[0] for one in found.without.left_out if one.section != "sources"}
        assert left | {one.partition("/")[0] for one in found.without.ended} == told
        assert audit_view(found)
