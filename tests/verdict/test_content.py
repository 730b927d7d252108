"""Each verdict, at its edges."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from claims.model.assessment import VERDICTS
from claims.verdict.content import RULES
from tests.cases import sketch
from tests.judging import judged

TABLE = [
    (["a: supports 2 witnessed", "b: supports 2 witnessed"], "corroborated", 1),
    (["a: supports 4 C witnessed", "b: supports 4 C witnessed"], "single-source", 3),
    (["a: supports 3 witnessed"], "single-source", 2),
    (["a: supports 4 witnessed"], "single-source", 3),
    (["a: partly-supports 2 witnessed", "b: partly-supports 2 witnessed"], "corroborated", 1),
    (["a: contradicts 2 witnessed", "b: contradicts 2 witnessed"], "contradicted", 5),
    (["a: contradicts 2 witnessed"], "challenged", 4),
    (["a: contradicts 4 C witnessed", "b: contradicts 4 C witnessed"], "challenged", 4),
    (["a: supports 2 witnessed", "b: contradicts 2 witnessed"], "disputed", 3),
    (["a: supports 3 C witnessed", "b: contradicts 2 witnessed"], "disputed", 4),
    (
        ["a: supports 5 D witnessed", "b: contradicts 2 witnessed", "d: contradicts 2 witnessed"],
        "contradicted",
        5,
    ),
    (
        ["a: contradicts 5 D witnessed", "b: supports 2 witnessed", "d: supports 2 witnessed"],
        "corroborated",
        1,
    ),
    (["a: supports 6", "b: supports F"], "unverified", 6),
    (["a: mentions"], "unverified", 6),
    ([], "unchecked", 6),
]


@pytest.mark.parametrize(("findings", "verdict", "credibility"), TABLE)
def test_the_verdict_on_what_a_claim_says(findings: list[str], verdict: str, credibility: int) -> None:
    claim = judged(sketch(*findings))["c"]
    assert (claim.verdict, claim.credibility) == (verdict, credibility)


def test_every_verdict_has_a_rule_in_order() -> None:
    assert [rule.__name__.strip("_").replace("_", "-") for rule in RULES] == list(VERDICTS)


def test_having_looked_and_found_nothing_is_not_the_same_as_not_having_looked() -> None:
    entries = sketch()
    entries["claims"][0]["searches"] = ("the archive of the daily",)
    assert judged(entries)["c"].verdict == "unverified"


CHECKABLE: list[tuple[dict[str, Any], str | None, str]] = [
    ({"kind": "opinion"}, None, "not-checkable"),
    ({"kind": "prediction"}, None, "not-checkable"),
    ({"kind": "prediction", "due": "2016"}, "2015-12-31", "not-checkable"),
    ({"kind": "prediction", "due": "2016"}, "2016-12-30", "not-checkable"),
    ({"kind": "prediction", "due": "2016"}, "2016-12-31", "unchecked"),
    ({"kind": "promise", "due": "2016-03-01"}, "2016-03-01", "unchecked"),
]


@pytest.mark.parametrize(("claim", "day", "verdict"), CHECKABLE)
def test_opinions_never_and_predictions_once_due_can_be_checked(
    claim: dict[str, Any], day: str | None, verdict: str
) -> None:
    entries = sketch()
    entries["claims"][0].update(claim)
    assert judged(entries, dt.date.fromisoformat(day) if day else None)["c"].verdict == verdict


def test_without_a_date_a_prediction_is_judged_at_the_latest_date_in_the_case() -> None:
    entries = sketch("a: supports witnessed")
    entries["claims"][0] |= {"kind": "prediction", "due": "2016-03"}
    entries["documents"][0]["published"] = "2016-03-30"
    assert judged(entries)["c"].verdict == "not-checkable"
    entries["documents"][0]["retrieved"] = "2016-04-02"
    assert judged(entries)["c"].verdict == "single-source"


def test_the_probability_can_be_redone_on_paper() -> None:
    """B2 is ln 9 = 2.197; partly supports C3, half of ln(0.72 / 0.28) = 0.472; against D4, ln(0.54 / 0.46) = 0.160."""
    claim = judged(sketch("a: supports 2 witnessed", "b: partly-supports C witnessed", "d: contradicts 4 D witnessed"))[
        "c"
    ]
    assert [(g.id, round(g.weight_for, 3), round(g.weight_against, 3)) for g in claim.groups] == [
        ("a", 2.197, 0.0),
        ("b", 0.472, 0.0),
        ("d", 0.0, 0.16),
    ]
    assert round(claim.probability, 4) == 0.9248
    text = next(step.text for step in claim.steps if step.rule == "probability")
    assert "plus 2.669 for, minus 0.160 against, makes 2.509: probability 0.925" in text


def test_the_range_is_that_with_every_letter_one_step_off() -> None:
    claim = judged(sketch("a: supports 2 witnessed"))["c"]
    assert tuple(round(p, 9) for p in (claim.range[0], claim.probability, claim.range[1])) == (0.8, 0.9, 0.95)


def test_what_is_not_established_weighs_as_the_heaviest_alone() -> None:
    claim = judged(sketch("a: supports 2", "b: supports 2", "d: supports 3"))["c"]
    assert (claim.verdict, round(claim.probability, 9)) == ("single-source", 0.9)
