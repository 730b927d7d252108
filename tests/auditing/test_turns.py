from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from hypothesis import given, settings

from claims.auditing import turns as module
from claims.auditing.turns import turns_of
from claims.flow import assess
from tests.cases import Sections, case_of, sketch
from tests.strategies import sections

if TYPE_CHECKING:
    import pytest


def dated(*findings: str, days: dict[str, str]) -> Sections:
    """A sketch whose documents appeared on these days, by the name of their source."""
    made = sketch(*findings)
    for one in made["documents"]:
        if one["source"] in days:
            one["published"] = days[one["source"]]
    for one in made["sources"]:
        one["reliability"] = "A"
    return made


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


def test_a_verdict_turns_on_the_day_on_which_a_report_appears() -> None:
    made = dated("one: supports 2 witnessed", "two: supports 2 record", days={"one": "2015-05-01", "two": "2015-05-03"})
    found = turns_of(assess(case_of(made)), [day("2015-05-01"), day("2015-05-02"), day("2015-05-03")])
    assert found is not None
    assert [(str(one.day), one.before, one.after) for one in found] == [
        ("2015-05-01", "unchecked", "single-source"),
        ("2015-05-03", "single-source", "corroborated"),
    ]


def test_what_bears_no_date_counts_before_the_first_day() -> None:
    made = dated("one: supports 2 witnessed", "two: supports 2 record", days={"two": "2015-05-03"})
    found = turns_of(assess(case_of(made)), [day("2015-05-03")])
    assert found is not None
    assert [(one.before, one.after) for one in found] == [("single-source", "corroborated")]


def test_without_days_nothing_turns() -> None:
    assert turns_of(assess(case_of(sketch("one: supports"))), []) == ()


def test_more_than_anybody_would_wait_for_is_not_judged(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MOST_JUDGED", 3)
    made = case_of(sketch("one: supports", "two: supports"))
    assert turns_of(assess(made), [day("2015-05-01")]) is None


@given(made=sections())
@settings(max_examples=30, deadline=None)
def test_turns_lead_to_the_verdicts_of_the_report(made: Sections) -> None:
    assessment = assess(case_of(made))
    days = sorted({one.published.start for one in assessment.case.documents if one.published})
    last = {turn.claim: turn.after for turn in turns_of(assessment, days) or ()}
    verdicts = {claim.id: claim.verdict for claim in assessment.claims}
    assert last == {claim: verdicts[claim] for claim in last}
