"""The kernel gives what a person gets who applies the rules on paper."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.flow import assess
from tests.cases import Sections, case_of
from tests.oracle import Oracle
from tests.strategies import sections

DATES = st.sampled_from([None, dt.date(2015, 5, 10), dt.date(2015, 5, 31)])


@given(sections(), DATES)
def test_every_figure_is_the_one_on_paper(entries: Sections, as_of: dt.date | None) -> None:
    case = case_of(entries)
    assessment, oracle = assess(case, as_of), Oracle(case, as_of)
    for claim in case.claims:
        got, want = assessment.claim(claim.id), oracle.answer(claim)
        assert {entry.finding: entry.why for entry in got.set_aside} == want.set_aside
        assert got.independent_for.at_least == want.at_least["for"]
        assert got.independent_for.at_most == want.at_most["for"]
        assert got.independent_against.at_least == want.at_least["against"]
        assert got.independent_against.at_most == want.at_most["against"]
        assert (got.interested_for, got.interested_against) == (
            want.interested["for"],
            want.interested["against"],
        )
        assert (got.probability, *got.range) == pytest.approx((want.probability, want.low, want.high), abs=1e-9)
        assert (got.verdict, got.credibility) == (want.verdict, want.credibility)
