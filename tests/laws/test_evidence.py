"""What more evidence may do, and what it may never do."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from hypothesis import assume, given
from hypothesis import strategies as st

from tests.judging import changed, figures, judged, with_new_finding, without_documents
from tests.strategies import sections

if TYPE_CHECKING:
    from tests.cases import Sections

STANCE = {"for": "supports", "against": "contradicts"}


@given(sections(), st.data(), st.sampled_from("ABCDEF"), st.sampled_from([2, 3, 4, 5, 6]))
def test_a_new_origin_in_support_never_lowers_the_probability(
    entries: Sections, data: st.DataObject, letter: str, digit: int
) -> None:
    before = judged(entries)
    claim = data.draw(st.sampled_from(sorted(before)))
    basis = data.draw(st.sampled_from(["own-sources", None]))
    stance = data.draw(st.sampled_from(["supports", "partly-supports"]))
    more = with_new_finding(entries, claim, stance, "new", reliability=letter, credibility=digit, basis=basis)
    after = judged(more)[claim]
    assert after.probability >= before[claim].probability
    assert after.independent_for.at_least >= before[claim].independent_for.at_least


@given(
    sections(),
    st.data(),
    st.sampled_from([("F", 2), ("A", 6), ("F", 6)]),
    st.sampled_from(["supports", "contradicts"]),
)
def test_what_cannot_be_judged_never_moves_a_number(
    entries: Sections, data: st.DataObject, unjudged: tuple[str, int], stance: str
) -> None:
    before = judged(entries)
    claim = data.draw(st.sampled_from(sorted(before)))
    letter, digit = unjudged
    after = judged(with_new_finding(entries, claim, stance, "new", reliability=letter, credibility=digit))[claim]
    assert (after.probability, after.range) == (before[claim].probability, before[claim].range)
    assert after.independent_for == before[claim].independent_for
    assert after.independent_against == before[claim].independent_against


@given(sections(), st.data())
def test_nothing_interested_ever_corroborates(entries: Sections, data: st.DataObject) -> None:
    """Where every source and speaker belongs to a party that gains, no claim is better than unverified."""
    result = changed(entries)
    for entry in (*result["sources"], *result["speakers"]):
        entry["party"] = data.draw(st.sampled_from(["p0", "p1"]))
    for claim in result["claims"]:
        claim["favours"], claim["harms"] = ("p0", "p1"), ()
    for judgement in judged(result).values():
        assert judgement.independent_for.at_most == 0
        assert judgement.verdict not in {"corroborated", "single-source"}


@given(sections(), st.sampled_from([dt.date(2015, 4, 30), dt.date(2015, 5, 10), dt.date(2015, 5, 31)]))
def test_a_report_as_of_a_day_is_that_of_the_case_without_later_documents(entries: Sections, day: dt.date) -> None:
    later = {"2015-05-19": dt.date(2015, 5, 19), "2015-06-01": dt.date(2015, 6, 1), "2015-05": dt.date(2015, 5, 1),
             "2015-05-10": dt.date(2015, 5, 10)}  # fmt: skip
    gone = {d["id"] for d in entries["documents"] if d["published"] in later and later[d["published"]] > day}
    left = without_documents(entries, gone)
    for document in left["documents"]:
        if document["retracted"] == "2015-07-01 wrong" or (document["retracted"] and day < dt.date(2015, 5, 12)):
            document["retracted"] = None
    then, now = judged(entries, day), judged(left)
    for claim in then:
        assert figures(then[claim]) == figures(now[claim])
        assert [g.id for g in then[claim].groups] == [g.id for g in now[claim].groups]


@given(sections(), st.data())
def test_what_would_change_a_verdict_changes_it_and_one_finding_fewer_does_not(
    entries: Sections, data: st.DataObject
) -> None:
    before = judged(entries)
    claim = before[data.draw(st.sampled_from(sorted(before)))]
    for remedy in claim.would_change:
        grown = entries
        for n in range(remedy.findings):
            if n == remedy.findings - 1:
                assert judged(grown)[claim.id].verdict == claim.verdict
            grown = with_new_finding(grown, claim.id, STANCE[remedy.side], f"new{n}")
        assert judged(grown)[claim.id].verdict == remedy.to


@given(sections(), st.data(), st.sampled_from(["for", "against"]))
def test_where_no_number_of_findings_is_named_none_changes_the_verdict(
    entries: Sections, data: st.DataObject, side: str
) -> None:
    before = judged(entries)
    claim = before[data.draw(st.sampled_from(sorted(before)))]
    assume(side not in {remedy.side for remedy in claim.would_change})
    grown = entries
    for n in range(12):
        grown = with_new_finding(grown, claim.id, STANCE[side], f"new{n}")
        assert judged(grown)[claim.id].verdict == claim.verdict
