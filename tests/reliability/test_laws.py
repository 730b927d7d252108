"""What is learned does not depend on how a case is written down, and never says more than the data do."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any
from unittest import mock

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.flow import assess
from claims.read.policy import default_policy
from claims.reliability import answers as answering
from claims.reliability import evidence
from claims.reliability.bands import ENOUGH, bands, met, promised, standing
from claims.tables.columns import codes
from claims.weigh.weights import AGAINST, FOR
from tests.cases import case_of
from tests.judging import changed
from tests.reliability.collections import all_of, collection, learned_from, learned_of
from tests.strategies import sections

if TYPE_CHECKING:
    from claims.reliability.answers import Answers
    from claims.tables.columns import Floats
    from tests.cases import Sections

LETTERS = "ABCDE"
SIDES = st.sampled_from(["supports", "supports", "contradicts", "partly-supports"])


@st.composite
def collections(draw: st.DrawFn, grades: str = "ABCDEF") -> Sections:
    """One to eight claims, and up to six sources that answer them, some saying how they know."""
    graded = {name: draw(st.sampled_from(grades)) for name in "abcdef"}
    claims = []
    for _ in range(draw(st.integers(1, 8))):
        names = draw(st.lists(st.sampled_from("abcdef"), min_size=1, max_size=6))
        basis = st.sampled_from(["witnessed", "witnessed", ""])
        claims.append(tuple(f"{name}: {draw(SIDES)} {draw(basis)} {graded[name]}" for name in names))
    owners = st.sampled_from([None, None, "a", "b"])
    return collection(*claims, sources=tuple({"id": name, "owner": draw(owners)} for name in "def"))


def figures(entries: Sections) -> dict[str, tuple[float, ...]]:
    return {
        name: (one.before, one.reliability, one.low, one.high, one.weight) for name, one in learned_of(entries).items()
    }


@given(st.one_of(sections(), collections()), st.randoms(use_true_random=False))
def test_the_order_of_entries_never_matters(entries: Sections, random: Any) -> None:
    shuffled = changed(entries)
    for name in shuffled:
        random.shuffle(shuffled[name])
    assert all_of(shuffled).sources == all_of(entries).sources


@given(collections())
def test_what_sources_are_called_never_matters(entries: Sections) -> None:
    """Names in the other order of the alphabet."""
    other = {name: f"{'zyxwvu'['abcdef'.index(name)]}-{name}" for name in "abcdef"}
    named = changed(entries)
    for source in named["sources"]:
        source.update(id=other[source["id"]], owner=other.get(source.get("owner") or ""))
    for document in named["documents"]:
        document["source"] = other[document["source"]]
    found = figures(named)
    for name, expected in figures(entries).items():
        assert found[other[name]] == pytest.approx(expected, abs=1e-3)


@given(sections(), st.data())
def test_a_copy_changes_nothing(entries: Sections, data: st.DataObject) -> None:
    """A repost, by somebody who has no other report, of a document with what it says, once of each claim.

    Where a document speaks twice of a claim, from others each time, a repost does not tell which of these it has.
    """
    before = {one.id: one._replace(answers=None, answered=one.answered._replace(carried=0))
              for one in all_of(entries).sources}  # fmt: skip
    copied = changed(entries)
    original = data.draw(st.sampled_from(copied["documents"]))
    said = [finding for finding in copied["findings"] if finding["document"] == original["id"]]
    times = Counter(finding["claim"] for finding in said)
    said = [finding for finding in said if times[finding["claim"]] == 1]
    copied["sources"].append({"id": "copier", "name": "Copier", "reliability": "B"})
    copied["documents"].append({"id": "copy", "source": "copier", "same_text_as": original["id"]})
    for n, finding in enumerate(said):
        copied["findings"].append(
            {**finding, "id": f"copied-{n}", "document": "copy", "relies_on": None, "basis": None}
        )
    after = {one.id: one._replace(answers=None, answered=one.answered._replace(carried=0))
             for one in all_of(copied).sources}  # fmt: skip
    assert after.pop("copier").answered.all == 0
    assert after == before


@given(collections(grades="ABCDE"), st.sampled_from("abcdef"))
def test_a_better_grade_never_lowers_what_is_learned(entries: Sections, name: str) -> None:
    graded = changed(entries)
    source = next((one for one in graded["sources"] if one["id"] == name), None)
    if source is None:
        return
    before = -1.0
    for letter in reversed(LETTERS):
        source["reliability"] = letter
        now = learned_of(graded)[name].reliability
        assert now >= before - 1e-3
        before = now


@given(st.one_of(sections(), collections()))
def test_a_source_that_nothing_is_held_against_keeps_what_it_starts_from(entries: Sections) -> None:
    policy = default_policy()
    for one in learned_of(entries).values():
        if one.grade in LETTERS:
            assert one.before == pytest.approx(promised(policy)[LETTERS.index(one.grade)])
        if one.standing == "nothing":
            assert one.reliability == pytest.approx(one.before)
            assert one.weight == 0


@given(st.one_of(sections(), collections()))
def test_figures_are_shares_and_the_interval_holds_the_point(entries: Sections) -> None:
    for one in learned_of(entries).values():
        assert 0 <= one.low <= one.reliability <= one.high <= 1
        assert 0 <= one.weight <= one.answered.all + 1e-6


@given(st.one_of(sections(), collections()))
def test_answers_and_counts_tell_the_same(entries: Sections) -> None:
    for one in learned_of(entries).values():
        assert one.answers is not None
        for compared in ("agrees", "disagrees", "undecided", "alone"):
            claims = {answer.claim for answer in one.answers if answer.compared == compared}
            assert getattr(one.answered, compared) == len(claims)
        assert one.answered.carried == len({answer.claim for answer in one.answers if answer.carried})
        assert [answer.claim for answer in one.answers] == sorted(answer.claim for answer in one.answers)


SHARES = st.floats(0, 1)


@given(st.sampled_from("ABCDEF"), SHARES, SHARES, st.floats(0, 1000))
def test_nothing_is_said_that_the_interval_does_not_say(grade: str, one: float, other: float, weight: float) -> None:
    low, high = sorted((one, other))
    found = bands(default_policy())
    letters = met(low, high, found)
    said = standing(grade, letters, weight=weight, can_compare=True)
    own = next((band for band in found if band.letter == grade), None)
    if said == "proposed":
        band = next(band for band in found if band.letter == letters[0])
        assert grade == "F"
        assert weight >= ENOUGH
        assert band.low <= low <= high <= band.high
    if said == "contradicted":
        assert own is not None
        assert high <= own.low or low >= own.high or low == high
    if own is not None and low < own.low < high:
        assert said != "contradicted"


@given(collections())
def test_every_answer_is_held_against_all_that_is_not_its_own(entries: Sections) -> None:
    """Worked out claim by claim, in plain Python."""
    case = case_of(entries)
    judged = assess(case).judged
    found = answering.given(judged, case.policy).answers
    chance = np.random.default_rng(1)
    voice = evidence.grained(chance.random(len(judged.tables.origins)) * 3)
    parts = list(evidence.blocks(found))
    ours = np.concatenate([part.evidence(voice) for part in parts]) if parts else np.zeros(0)
    others = np.concatenate([part.others() for part in parts]) if parts else np.zeros(0)
    for row in range(len(found.claim)):
        expected = _by_hand(found, voice, row)
        assert ours[row] == pytest.approx(expected[0], abs=1e-7)
        assert others[row] == expected[1]


def _by_hand(found: Answers, voice: Floats, row: int) -> tuple[float, bool]:
    """(log-odds, whether there is anyone else) by all others on a claim."""
    spoken: dict[tuple[int, int], tuple[float, bool]] = {}
    for n in np.flatnonzero(found.claim == found.claim[row]).tolist():
        cell = (int(found.side[n]), int(found.group[n]))
        loud = max(float(voice[found.origin[n]] * found.weight[n]), spoken.get(cell, (0.0, False))[0])
        spoken[cell] = (loud, bool(found.established[n]))
    side, group = int(found.side[row]), int(found.group[row])
    there = {cell: said for cell, said in spoken.items() if cell[1] != group}
    firm = {
        one: [loud for (at, _), (loud, is_firm) in there.items() if at == one and is_firm] for one in (FOR, AGAINST)
    }
    loose = {one: [loud for (at, _), (loud, is_firm) in there.items() if at == one and not is_firm]
             for one in (FOR, AGAINST)}  # fmt: skip
    if found.both[row]:
        loose[1 - side] = []
    against = max(sum(firm[1 - side]), max(loose[1 - side], default=0))
    heard = [*firm[side], *firm[1 - side], *loose[1 - side]]
    return sum(firm[side]) - against, bool(heard)


@given(collections(), st.integers(1, 5))
def test_it_is_the_same_however_the_claims_are_cut(entries: Sections, size: int) -> None:
    case = case_of(entries)
    judged = assess(case).judged
    found = answering.given(judged, case.policy)
    grade = np.array([*promised(case.policy), np.nan])[codes(judged.tables.origins, "letter")]
    whole = learned_from(found, grade)
    with mock.patch.object(evidence, "BLOCK", size):
        cut = learned_from(found, grade)
    for name in whole._fields:
        assert np.array_equal(getattr(whole, name), getattr(cut, name)), name
