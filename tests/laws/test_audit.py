"""What an audit shows adds up, for any case: the sum, the timeline, every finding once, what if a source were gone."""

from __future__ import annotations

import datetime as dt
from math import exp, isclose
from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st

from claims.auditing.audit import audit
from claims.auditing.without import standing_of
from claims.flow import assess
from tests.cases import case_of
from tests.judging import changed, judged, without_documents
from tests.strategies import sections

if TYPE_CHECKING:
    from collections.abc import Iterable

    from claims.model.audit import Arithmetic, Link, Without
    from tests.cases import Sections

DAYS = st.sampled_from([None, None, dt.date(2015, 4, 20), dt.date(2015, 5, 10), dt.date(2015, 5, 31)])
LETTERS = ("given", "down", "up")


@given(sections(), DAYS)
def test_the_lines_of_the_sum_add_up_to_the_probability(entries: Sections, as_of: dt.date | None) -> None:
    assessment = assess(case_of(entries), as_of)
    for claim in assessment.claims:
        sums = audit(assessment, claim.id).arithmetic
        assert sums.probability.given == claim.probability
        assert {min(sums.probability), max(sums.probability)} == set(claim.range)
        for letters in LETTERS:
            added(sums, letters)


def added(sums: Arithmetic, letters: str) -> None:
    """Do the sum again, as a reader would."""
    total = sums.prior_log_odds
    for side, sign in ((sums.for_, 1), (sums.against, -1)):
        weights = [getattr(term.weight, letters) for term in side.terms if getattr(term.in_sum, letters)]
        assert sum(weights) == getattr(side.weight, letters)
        total += sign * sum(weights)
    assert isclose(total, getattr(sums.log_odds, letters), abs_tol=1e-12)
    assert isclose(1 / (1 + exp(-total)), getattr(sums.probability, letters), rel_tol=1e-12)


@given(sections())
def test_each_weight_is_that_of_its_grade(entries: Sections) -> None:
    case = case_of(entries)
    for claim in case.claims:
        sums = audit(assess(case), claim.id).arithmetic
        for term in (*sums.for_.terms, *sums.against.terms):
            letter, digit = "ABCDEF".index(term.grade[0]), int(term.grade[1])
            full = case.policy.weight(letter, digit)
            assert isclose(term.weight.given, full / 2 if term.is_half else full, abs_tol=1e-11)
            assert (term.probability is None) == (term.grade[0] == "F" or digit > 5)


@given(sections(), DAYS)
def test_the_last_line_of_the_timeline_is_the_verdict(entries: Sections, as_of: dt.date | None) -> None:
    assessment = assess(case_of(entries), as_of)
    for claim in assessment.claims:
        moments = audit(assessment, claim.id).timeline
        last = moments[-1]
        assert (last.verdict, last.probability, last.range) == (claim.verdict, claim.probability, claim.range)
        assert (last.independent_for, last.independent_against) == (claim.independent_for, claim.independent_against)
        days = [moment.day for moment in moments if moment.day]
        assert days == sorted(set(days))
        assert as_of is None or all(day <= as_of.isoformat() for day in days)


@given(sections())
def test_each_line_of_the_timeline_is_the_verdict_of_its_day(entries: Sections) -> None:
    assessment = assess(case_of(entries))
    for claim in assessment.claims:
        for moment in audit(assessment, claim.id).timeline[:-1]:
            if moment.day:
                then = judged(entries, dt.date.fromisoformat(moment.day))[claim.id]
                assert (moment.verdict, moment.probability) == (then.verdict, then.probability)


@given(sections(), DAYS)
def test_every_finding_is_a_member_or_set_aside_and_told_once(entries: Sections, as_of: dt.date | None) -> None:
    assessment = assess(case_of(entries), as_of)
    for claim in assessment.claims:
        found = audit(assessment, claim.id).findings
        assert [one.id for one in found] == sorted(f["id"] for f in entries["findings"] if f["claim"] == claim.id)
        assert all(bool(one.memberships) != bool(one.set_aside) for one in found)
        members = [(m.group, m.member.finding) for one in found for m in one.memberships]
        assert sorted(members) == sorted((g.id, member.finding) for g in claim.groups for member in g.members)


@given(sections(), DAYS)
def test_a_chain_ends_in_the_origins_of_its_finding(entries: Sections, as_of: dt.date | None) -> None:
    assessment = assess(case_of(entries), as_of)
    led = assessment.judged.chains.origins
    for claim in assessment.claims:
        for finding in audit(assessment, claim.id).findings:
            f = [one.key for one in assessment.case.findings].index(finding.id)
            origins = led["origin"][led["finding"] == f]
            assert ends(finding.chain) == {assessment.case.origins[origin].id for origin in origins}


def ends(links: Iterable[Link]) -> set[str]:
    found: set[str] = set()
    for link in links:
        found |= ({link.id} if link.end == "origin" else set()) | ends(link.under)
    return found


@given(sections(), DAYS, st.data())
def test_without_a_source_is_the_case_with_what_is_left_out_deleted(
    entries: Sections, as_of: dt.date | None, data: st.DataObject
) -> None:
    sources = data.draw(st.lists(st.sampled_from([s["id"] for s in entries["sources"]]), min_size=1, max_size=2))
    assessment = assess(case_of(entries), as_of)
    for claim in assessment.claims:
        found = audit(assessment, claim.id, without=sources).without
        assert found is not None
        left = deleted(entries, found)
        assert found.before == standing_of(claim)
        assert found.after == standing_of(judged(left, as_of)[claim.id])


def deleted(entries: Sections, found: Without) -> Sections:
    """The sections without what was left out, and without what else those sources published."""
    gone = {(one.section, one.id) for one in found.left_out}
    documents = {one for section, one in gone if section == "documents"}
    documents |= {document["id"] for document in entries["documents"] if document["source"] in found.sources}
    left = without_documents(entries, documents)
    sources = set(found.sources)
    left["sources"] = [source for source in left["sources"] if source["id"] not in sources]
    left["findings"] = [finding for finding in left["findings"] if ("findings", finding["id"]) not in gone]
    for entry in (*left["documents"], *left["findings"]):
        if entry.get("relies_on"):
            entry["relies_on"] = tuple(ref for ref in entry["relies_on"] if ref not in sources)
    for speaker in left["speakers"]:
        if speaker["voice"] in sources:
            speaker["voice"] = None
    return left


@given(sections(), st.data())
def test_without_a_finding_is_the_case_without_it(entries: Sections, data: st.DataObject) -> None:
    if not entries["findings"]:
        return
    finding = data.draw(st.sampled_from(entries["findings"]))
    answer = audit(assess(case_of(entries)), finding["claim"], why=finding["id"]).why
    left = changed(entries)
    left["findings"] = [one for one in left["findings"] if one["id"] != finding["id"]]
    assert answer is not None
    assert answer.after == standing_of(judged(left)[finding["claim"]])


@given(sections(), st.data())
def test_without_a_source_nothing_that_rested_on_it_becomes_an_origin(entries: Sections, data: st.DataObject) -> None:
    """Where no document says two things on one claim: of these, one may hand on what the other no longer can."""
    source = data.draw(st.sampled_from([source["id"] for source in entries["sources"]]))
    by_document = {(finding["claim"], finding["document"]): finding for finding in entries["findings"]}
    entries["findings"] = list(by_document.values())
    assessment = assess(case_of(entries))
    for claim in assessment.claims:
        found = audit(assessment, claim.id, without=[source]).without
        assert found is not None
        after = judged(deleted(entries, found))[claim.id]
        before = {one for finding in audit(assessment, claim.id).findings for one in ends(finding.chain)}
        assert {origin for group in after.groups for origin in group.origins} <= before - {source}
