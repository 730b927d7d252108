"""Which claims a report shows, and in which order."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from claims.flow import assess
from claims.model.errors import NotFound
from claims.selection import SORTS, Filter, report
from tests.cases import Sections, case_of, sketch


def entries() -> Sections:
    """Three claims: spoken, reported by a party's outlet, and unchecked."""
    result = sketch("a: supports 2 witnessed", parties=[{"id": "army", "name": "Army"}])
    result["claims"] += [
        {"id": "d", "text": "Another.", "topic": "war", "when": "2015-05-01"},
        {"id": "b", "text": "A third.", "topic": "peace", "favours": ("army",)},
    ]
    result["sources"].append({"id": "radio", "name": "Radio", "party": "army", "reliability": "C"})
    result["documents"].append({"id": "radio-doc", "source": "radio", "published": "2015-05-02"})
    result["speakers"].append({"id": "general", "name": "General"})
    result["findings"].append({"claim": "d", "document": "radio-doc", "stance": "supports", "basis": "witnessed"})
    result["statements"].append({"claim": "b", "speaker": "general", "document": "radio-doc"})
    return result


FILTERS: list[tuple[Filter, list[str]]] = [
    (Filter(), ["b", "c", "d"]),
    (Filter(speakers=("general",)), ["b"]),
    (Filter(topics=("war", "peace")), ["b", "d"]),
    (Filter(verdicts=("single-source",)), ["c", "d"]),
    (Filter(verdicts=("single-source",), topics=("war",)), ["d"]),
    (Filter(parties=("army",)), ["b", "d"]),
    (Filter(sources=("radio",)), ["b", "d"]),
    (Filter(sources=("a",), topics=("war",)), []),
]


@pytest.mark.parametrize(("chosen", "ids"), FILTERS)
def test_a_claim_is_shown_where_it_matches_one_value_of_every_kind(chosen: Filter, ids: list[str]) -> None:
    found = report(assess(case_of(entries())), chosen, "id")
    assert [claim.id for claim in found.claims] == ids
    assert sum(found.totals.values()) == len(ids)


UNKNOWN: list[dict[str, Any]] = [
    {"speakers": ("generall",)},
    {"topics": ("wa",)},
    {"verdicts": ("single",)},
    {"parties": ("armies",)},
    {"sources": ("radios",)},
]


@pytest.mark.parametrize("chosen", UNKNOWN, ids=str)
def test_a_filter_that_names_what_is_not_there_is_refused_with_what_is_near(chosen: dict[str, Any]) -> None:
    with pytest.raises(NotFound) as caught:
        report(assess(case_of(entries())), Filter(**chosen))
    assert caught.value.near


@pytest.mark.parametrize("sort", SORTS)
def test_every_order_shows_all_claims(sort: Any) -> None:
    assert {claim.id for claim in report(assess(case_of(entries())), None, sort).claims} == {"b", "c", "d"}


def test_the_likeliest_first() -> None:
    found = report(assess(case_of(entries())), None, "probability").claims
    assert [claim.probability for claim in found] == sorted((c.probability for c in found), reverse=True)


def test_an_empty_report_says_so() -> None:
    found = report(assess(case_of(entries())), Filter(sources=("a",), topics=("war",)))
    assert "No claim matches." in found.notes


def test_undated_documents_are_named_when_a_report_looks_back() -> None:
    found = report(assess(case_of(entries()), dt.date(2015, 5, 1)))
    assert any(note.startswith("1 document bears no date") for note in found.notes)
