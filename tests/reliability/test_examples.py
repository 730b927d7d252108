"""What counts as an answer, what it is held against, and what that says of a grade: cases small enough for a pencil."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from claims.flow import assess
from claims.model.errors import NotFound
from claims.model.reliability import Answered
from claims.read.policy import default_policy
from claims.reliability.answers import given
from claims.reliability.bands import bands, met, promised, standing
from claims.reliability.evidence import blocks
from claims.reliability.learning import voices
from claims.reliability.sources import reliabilities
from claims.tables.columns import codes
from tests.cases import case_of
from tests.reliability.collections import all_of, collection, learned_of

TWO = ("b: supports witnessed", "c: supports witnessed")
COUNTS: list[tuple[str, tuple[str, ...], Answered]] = [
    ("two others agree", ("a: supports witnessed", *TWO), Answered(1, 0, 0, 0, 0, 0, 0)),
    ("two others disagree", ("a: contradicts witnessed", *TWO), Answered(0, 1, 0, 0, 0, 0, 0)),
    ("one says yes, one no", ("a: supports witnessed", TWO[0], "c: contradicts witnessed"),
     Answered(0, 0, 1, 0, 0, 0, 0)),
    ("one bad source agrees", ("a: supports witnessed", "b: supports witnessed E"), Answered(0, 0, 1, 0, 0, 0, 0)),
    ("nobody else answers", ("a: supports witnessed",), Answered(0, 0, 0, 1, 0, 0, 0)),
    ("the other only relays it", ("a: supports witnessed", "b<-a: supports"), Answered(0, 0, 0, 1, 0, 0, 0)),
    ("the other names it", ("a: supports witnessed", "b<-A: supports"), Answered(0, 0, 0, 1, 0, 0, 0)),
    ("it only relays", ("a<-b: supports", *TWO), Answered(0, 0, 0, 0, 0, 0, 1)),
    ("it relays and knows itself", ("a<-b: supports own-sources", *TWO), Answered(1, 0, 0, 0, 0, 0, 0)),
    ("it is known through others alone", ("d<-A: supports", *TWO), Answered(1, 0, 0, 0, 1, 0, 0)),
    ("others do not say how they know", ("a: supports witnessed", "b: supports", "c: supports"),
     Answered(0, 0, 0, 1, 0, 0, 0)),
    ("those against do not say how they know", ("a: supports witnessed", "b: contradicts A", "c: contradicts A"),
     Answered(0, 1, 0, 0, 0, 0, 0)),
    ("it does not say how it knows, and others do", ("a: supports", *TWO), Answered(1, 0, 0, 0, 0, 0, 0)),
    ("nobody says how he knows", ("a: supports", "b: supports", "c: supports"), Answered(0, 0, 0, 1, 0, 0, 0)),
    ("it takes no side", ("a: mentions", *TWO), Answered(0, 0, 0, 0, 0, 0, 0)),
    ("its information cannot be judged", ("a: supports witnessed 6", *TWO), Answered(0, 0, 0, 0, 0, 0, 0)),
    ("it partly supports", ("a: partly-supports witnessed", *TWO), Answered(1, 0, 0, 0, 0, 0, 0)),
]  # fmt: skip


@pytest.mark.parametrize(("lines", "expected"), [case[1:] for case in COUNTS], ids=[case[0] for case in COUNTS])
def test_what_is_counted(lines: tuple[str, ...], expected: Answered) -> None:
    assert learned_of(collection(lines, sources=({"id": "a"},)))["a"].answered == expected


OTHERS: list[tuple[str, tuple[str, ...], float]] = [
    ("a B", ("b: supports witnessed B",), 0.82),
    ("an A against it", ("b: contradicts witnessed A",), 0.1),
    ("a B and an equal B against", ("b: supports witnessed", "c: contradicts witnessed"), 0.5),
    ("one that stands on both sides", ("b: supports witnessed", "b: contradicts witnessed"), 0.5),
    ("of those who do not say how they know, the strongest", ("b: contradicts B", "c: contradicts B"), 0.18),
    ("those who say how they know, together", ("b: contradicts witnessed", "c: contradicts witnessed"),
     0.18**2 / (0.18**2 + 0.82**2)),
    ("half of one that partly supports", ("b: partly-supports witnessed B",), 0.82**0.5 / (0.82**0.5 + 0.18**0.5)),
]  # fmt: skip


@pytest.mark.parametrize(("lines", "likely"), [case[1:] for case in OTHERS], ids=[case[0] for case in OTHERS])
def test_how_likely_others_make_an_answer(lines: tuple[str, ...], likely: float) -> None:
    """As long as everybody is heard by the grade alone."""
    case = case_of(collection(("a: supports witnessed B", *lines)))
    judged = assess(case).judged
    answers = given(judged, case.policy).answers
    voice = voices(np.array(promised(case.policy))[codes(judged.tables.origins, "letter")])
    odds = np.concatenate([part.evidence(voice) for part in blocks(answers)])
    assert (1 / (1 + np.exp(-odds)))[answers.origin == 0].tolist() == [pytest.approx(likely)]


def test_one_answer_moves_a_source_by_the_formula() -> None:
    """Both start as if 8.2 of ten answers were right, agree once, and move alike: A = (8.2 + r) / 11."""
    a = learned_of(collection(("a: supports witnessed B", "b: supports witnessed B")))["a"]
    right = a.reliability**2 / (a.reliability**2 + (1 - a.reliability) ** 2)
    assert a.reliability == pytest.approx((8.2 + right) / 11, abs=1e-4)
    assert a.before == pytest.approx(0.82)
    tilt = 2 * a.reliability - 1
    assert a.weight == pytest.approx((1 - tilt**2) * tilt**2 / (1 - tilt**4), abs=1e-4)


def test_owners_speak_with_one_voice() -> None:
    lines = ("a: supports witnessed", "b: supports witnessed")
    owned = collection(lines, sources=({"id": "a", "owner": "group"}, {"id": "b", "owner": "group"}))
    assert learned_of(owned)["a"].answered.alone == 1
    assert learned_of(collection(lines))["a"].answered.agrees == 1


def test_a_side_that_gains_is_not_heard() -> None:
    entries = collection(("a: supports witnessed", *TWO), sources=({"id": "b", "party": "p"},))
    entries["parties"] = [{"id": "p", "name": "P"}]
    entries["claims"][0]["favours"] = ("p",)
    found = learned_of(entries)
    assert found["b"].answered == Answered(0, 0, 0, 0, 0, 1, 0)
    assert found["b"].reliability == pytest.approx(found["b"].before)
    assert found["a"].answers is not None
    assert found["a"].answers[0].others == pytest.approx(0.82, abs=0.05)


def test_opinions_are_no_answers() -> None:
    entries = collection(("a: supports witnessed", *TWO))
    entries["claims"][0]["kind"] = "opinion"
    assert learned_of(entries)["a"].answered.all == 0


def test_a_source_that_is_right_less_often_than_chance_is_not_turned_around() -> None:
    """Its No never counts as a Yes: at its worst it is not heard."""
    wrong = [("bad: contradicts witnessed E", "b: supports witnessed A", "c: supports witnessed A")] * 20
    against, beside = ("bad: contradicts witnessed E", "x: supports C"), ("bad: supports witnessed E", "y: supports C")
    found = learned_of(collection(*wrong, against, beside))
    assert found["bad"].reliability < 0.5
    for name in "xy":
        answers = found[name].answers
        assert answers is not None
        assert answers[0].others == pytest.approx(0.5)


def many(letter: str, agrees: int, disagrees: int) -> dict[str, Any]:
    """A source beside four good ones that agree with each other."""
    rest = tuple(f"{name}: supports witnessed A" for name in "bcde")
    claims = [(f"a: supports witnessed {letter}", *rest)] * agrees
    claims += [(f"a: contradicts witnessed {letter}", *rest)] * disagrees
    return collection(*claims)


SAYS: list[tuple[str, int, int, str, tuple[str, ...]]] = [
    ("F", 4, 0, "not-enough", ("A", "B", "C")),
    ("F", 60, 0, "proposed", ("A",)),
    ("F", 12, 28, "proposed", ("E",)),
    ("F", 30, 10, "not-enough", ("B", "C", "D")),
    ("A", 5, 10, "contradicted", ("C", "D", "E")),
    ("A", 30, 1, "not-contradicted", ("A",)),
    ("E", 60, 0, "contradicted", ("A",)),
    ("B", 4, 1, "not-enough", ("A", "B", "C", "D")),
]


@pytest.mark.parametrize(("letter", "agrees", "disagrees", "expected", "letters"), SAYS)
def test_what_the_data_say(letter: str, agrees: int, disagrees: int, expected: str, letters: tuple[str, ...]) -> None:
    a = learned_of(many(letter, agrees, disagrees))["a"]
    assert (a.standing, a.letters, a.grade) == (expected, letters, letter)


def test_letters_meet_in_the_middle_between_their_figures() -> None:
    found = bands(default_policy())
    assert [(band.letter, round(band.low, 4), round(band.high, 4)) for band in found] == [
        ("A", 0.86, 1.0), ("B", 0.77, 0.86), ("C", 0.66, 0.77), ("D", 0.56, 0.66), ("E", 0.0, 0.56),
    ]  # fmt: skip
    assert met(0.78, 0.8, found) == ("B",)
    assert met(0.5, 0.7, found) == ("C", "D", "E")


def test_a_case_sets_the_bands_with_its_policy() -> None:
    policy = {"probability": {"A": {3: 0.94}}}
    assert all_of(collection(("a: supports",)), policy).bands[0].low == pytest.approx(0.88)


def test_a_letter_without_answers_that_are_worth_ten_is_never_proposed() -> None:
    assert standing("F", ("A",), weight=9.9, can_compare=True) == "not-enough"
    assert standing("F", ("A",), weight=10, can_compare=True) == "proposed"
    assert standing("F", ("A",), weight=10, can_compare=False) == "nothing"


def test_an_empty_case_says_nothing() -> None:
    found = all_of(collection())
    assert (found.sources, found.claims, found.converged) == ((), 0, True)


def test_an_unknown_source_is_said_with_near_names() -> None:
    assessment = assess(case_of(collection(("reuters: supports",))))
    with pytest.raises(NotFound, match="did you mean 'reuters'"):
        reliabilities(assessment, ["reuter"])


def test_an_answer_that_nothing_is_held_against_is_still_held_against_others() -> None:
    """Nobody knows whether `u` copies `e`: so it says nothing of `e`, which tells of it."""
    found = learned_of(collection(*[("e: supports witnessed A", "u: supports F")] * 20))
    assert (found["e"].answered.alone, found["e"].weight) == (20, 0)
    assert found["u"].answered.agrees == 20
    assert found["u"].weight > 5
