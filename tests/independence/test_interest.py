"""A side that gains from a claim does not corroborate it; one that loses by it is believed a little more."""

from __future__ import annotations

from typing import Any

import pytest

from tests.cases import Sections, sketch
from tests.judging import judged

PARTIES = [
    {"id": "army", "name": "Army", "opponents": ("rebels",)},
    {"id": "ally", "name": "Ally", "allies": ("army",)},
    {"id": "friend", "name": "Friend of the ally", "allies": ("ally",)},
    {"id": "rebels", "name": "Rebels"},
    {"id": "other", "name": "Other"},
]


def entries_of(party: str | None, stance: str, **claim: Any) -> Sections:
    """A finding of that party on what the army's general asserts."""
    entries = sketch(f"a: {stance} 3", parties=PARTIES)
    entries["sources"][0]["party"] = party
    entries["claims"][0].update(claim)
    entries["speakers"] = [{"id": "general", "name": "General", "party": "army"}]
    entries["documents"].append({"id": "speech", "source": "a"})
    entries["statements"] = [{"claim": "c", "speaker": "general", "document": "speech"}]
    return entries


TABLE = [
    ("army", "supports", "interested"),
    ("ally", "supports", "interested"),
    ("friend", "supports", "counts"),
    ("other", "supports", "counts"),
    (None, "supports", "counts"),
    ("rebels", "supports", "against interest"),
    ("rebels", "contradicts", "interested"),
    ("army", "contradicts", "against interest"),
    ("ally", "contradicts", "against interest"),
    ("other", "contradicts", "counts"),
]


@pytest.mark.parametrize(("party", "stance", "standing"), TABLE)
def test_where_a_party_stands(party: str | None, stance: str, standing: str) -> None:
    [group] = judged(entries_of(party, stance))["c"].groups
    found = "interested" if group.interested else "against interest" if group.against_interest else "counts"
    assert found == standing
    assert group.counted == (standing != "interested")
    assert group.members[0].grade == ("B2" if standing == "against interest" else "B3")


@pytest.mark.parametrize(("party", "standing"), [("ally", True), ("army", False), ("rebels", False)])
def test_parties_that_are_named_replace_those_of_the_speakers(party: str, standing: bool) -> None:
    [group] = judged(entries_of(party, "supports", favours=("ally",), harms=()))["c"].groups
    assert group.interested == standing


def test_a_party_that_gains_and_loses_does_neither() -> None:
    [group] = judged(entries_of("army", "supports", favours=("army",), harms=("army",)))["c"].groups
    assert (group.interested, group.against_interest) == (False, False)


@pytest.mark.parametrize(("digit", "raised"), [(2, "B2"), (3, "B2"), (4, "B3"), (5, "B4"), (6, "B6")])
def test_a_word_against_interest_moves_one_step_up_at_best_to_two(digit: int, raised: str) -> None:
    entries = entries_of("rebels", "supports")
    entries["findings"][0]["credibility"] = digit
    assert judged(entries)["c"].groups[0].members[0].grade == raised


def test_interested_groups_of_one_side_are_shown_as_one() -> None:
    entries = entries_of("army", "supports")
    entries["sources"].append({"id": "b", "name": "B", "reliability": "B", "party": "ally"})
    entries["documents"].append({"id": "b-doc", "source": "b"})
    entries["findings"].append({"claim": "c", "document": "b-doc", "stance": "supports", "basis": "witnessed"})
    claim = judged(entries)["c"]
    assert [(group.id, group.origins) for group in claim.groups] == [("interested-for", ("a", "b"))]
    assert (claim.interested_for, claim.verdict) == (1, "unverified")


def test_an_accusation_and_a_denial_by_those_concerned_are_a_dispute() -> None:
    entries = entries_of("army", "supports")
    entries["sources"].append({"id": "b", "name": "B", "reliability": "F", "party": "rebels"})
    entries["documents"].append({"id": "b-doc", "source": "b"})
    entries["findings"].append({"claim": "c", "document": "b-doc", "stance": "contradicts"})
    claim = judged(entries)["c"]
    assert claim.verdict == "disputed"
    assert claim.dispute is not None
    assert (claim.dispute.supporters, claim.dispute.opponents) == (
        ("interested-for",),
        ("interested-against",),
    )
    assert claim.hinges_on == ("interested-for", "interested-against")
