"""Many versions judged at once come to what each comes to alone; what a claim does not rest on can be left out."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st

from claims.cases import open_case
from claims.flow import assess, copies_in
from claims.variants import Outcome, Variant, narrowed, outcomes
from tests.cases import case_of
from tests.strategies import sections

if TYPE_CHECKING:
    from claims.model.assessment import ClaimAssessment
    from claims.model.case import Case
    from tests.cases import Sections

DAYS = st.sampled_from([None, dt.date(2015, 4, 20), dt.date(2015, 5, 10), dt.date(2015, 5, 31)])


def outcome(claim: ClaimAssessment) -> Outcome:
    return Outcome(claim.verdict, claim.probability, claim.range, claim.independent_for, claim.independent_against)


def alone(case: Case, as_of: dt.date | None) -> dict[str, Outcome]:
    return {claim.id: outcome(claim) for claim in assess(case, as_of).claims}


@given(st.lists(st.tuples(sections(), DAYS), min_size=1, max_size=3))
def test_versions_judged_together_come_to_what_each_comes_to_alone(
    found: list[tuple[Sections, dt.date | None]],
) -> None:
    versions = [Variant(case_of(entries), as_of) for entries, as_of in found]
    assert outcomes(versions) == [alone(version.case, version.as_of) for version in versions]


@given(sections(), DAYS)
def test_a_claim_is_judged_alike_without_what_it_does_not_rest_on(entries: Sections, as_of: dt.date | None) -> None:
    case = case_of(entries)
    whole, copies = alone(case, as_of), copies_in(case, as_of)
    for claim in case.claims:
        version = Variant(narrowed(case, [claim.id], copies), as_of, copies)
        assert outcomes([version]) == [{claim.id: whole[claim.id]}]
        assert outcome(assess(version.case, as_of).claims[0]) == whole[claim.id]


def test_the_shipped_claims_are_judged_alike_one_by_one() -> None:
    case = open_case()
    whole, copies = alone(case, None), copies_in(case)
    versions = [Variant(narrowed(case, [claim.id], copies), None, copies) for claim in case.claims]
    found = outcomes(versions)
    assert {claim: result for one in found for claim, result in one.items()} == whole


def test_no_versions_come_to_nothing() -> None:
    assert outcomes([]) == []
