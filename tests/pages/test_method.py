"""The method: every word of the verdicts stands in it, and the policy of the case."""

from __future__ import annotations

import pytest

from claims.pages.method import PATH, REASONS, method_files
from claims.present.policy import departures, sentences
from claims.present.wording import ATTRIBUTIONS, MEANINGS, WHY
from claims.read.policy import default_policy
from tests.cases import sketch
from tests.pages.grounds import ground, pages, rows


def method(**policy: object) -> str:
    page = pages(method_files(ground(sketch("bbc: supports"), policy=policy)))[PATH]
    return " ".join(page.one("main").text.split())


@pytest.mark.parametrize(
    "words",
    [
        *MEANINGS.values(),
        *WHY.values(),
        *(words[1:] for words in ATTRIBUTIONS.values()),
        *sentences(default_policy()),
    ],
)
def test_the_words_of_every_other_page_are_explained(words: str) -> None:
    assert words in method()


def test_every_reason_to_set_aside_is_given() -> None:
    assert set(REASONS) == set(WHY)


def test_a_case_with_the_default_policy_departs_in_nothing() -> None:
    assert not list(departures(default_policy(), default_policy()))
    assert "Nothing: the case is judged by the rules" in method()


def test_what_a_case_changes_is_shown_beside_the_default() -> None:
    text = method(policy="ours", corroborated={"groups": 3}, tolerance=0.25)
    assert "policy of this case, ours" in text
    assert "corroborated.groups23" in text.replace(" ", "")
    assert "tolerance0.10.25" in text.replace(" ", "")
    assert "at least 3 independent groups for" in text


def test_the_table_is_that_of_the_case() -> None:
    found = ground(sketch("bbc: supports"), policy={"probability": {"A": {2: 0.99}}})
    table = {row[0]: row[1:] for row in rows(method_files(found), "method.csv")}
    assert len(table) == 20
    assert table["A2"] == ["0.99", "4.595"]
    assert table["E5"] == ["0.5", "0.0"]
