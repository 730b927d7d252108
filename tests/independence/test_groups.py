"""One or two? What has one owner is one."""

from __future__ import annotations

from typing import Any

import pytest

from tests.cases import sketch
from tests.judging import judged

SOURCES: list[tuple[str, list[dict[str, Any]], int]] = [
    ("strangers", [], 2),
    ("one owner", [{"id": "a", "owner": "Acme"}, {"id": "b", "owner": "Acme"}], 1),
    ("one owner, written otherwise", [{"id": "a", "owner": "Acme"}, {"id": "b", "owner": " ACME"}], 1),
    ("two owners", [{"id": "a", "owner": "Acme"}, {"id": "b", "owner": "Other"}], 2),
    ("one owns the other", [{"id": "a", "owner": "b"}], 1),
    ("an owner's owner", [{"id": "a", "owner": "x"}, {"id": "x", "name": "x", "owner": "b"}], 1),
    ("owners in a circle", [{"id": "a", "owner": "b"}, {"id": "b", "owner": "a"}], 1),
]


@pytest.mark.parametrize(("sources", "number"), [case[1:] for case in SOURCES], ids=[case[0] for case in SOURCES])
def test_origins_with_one_owner_are_one(sources: list[dict[str, Any]], number: int) -> None:
    claim = judged(sketch("a: supports witnessed", "b: supports witnessed", sources=sources))["c"]
    assert claim.independent_for.at_least == number


def test_a_speaker_and_the_source_that_is_his_own_voice_are_one() -> None:
    entries = sketch("a<-Tv: supports", "b: supports")
    entries["speakers"] = [{"id": "minister", "name": "Minister", "voice": "tv", "reliability": "B"}]
    entries["findings"][1]["relies_on"] = ("minister",)
    claim = judged(entries)["c"]
    assert (claim.independent_for.at_most, claim.groups[0].origins) == (1, ("minister", "tv"))


def test_a_round_up_of_three_origins_stands_in_three_groups_and_merges_none() -> None:
    entries = sketch("digest<-A: supports", "digest<-B: supports", "digest<-C: supports")
    del entries["findings"][1:]
    claim = judged(entries)["c"]
    assert [group.id for group in claim.groups] == ["a", "b", "c"]
    assert claim.verdict == "corroborated"


COUNTS = [
    (["a: supports witnessed", "b: supports witnessed"], (2, 2)),
    (["a: supports witnessed", "b: supports"], (1, 2)),
    (["a: supports", "b: supports", "d: supports"], (1, 3)),
    (["a: supports 6", "b: supports F"], (0, 0)),
    (["a: supports 5 E"], (0, 0)),
    (["a: mentions"], (0, 0)),
]


@pytest.mark.parametrize(("findings", "bounds"), COUNTS)
def test_a_side_has_at_least_its_established_groups_and_at_most_all(
    findings: list[str], bounds: tuple[int, int]
) -> None:
    found = judged(sketch(*findings))["c"].independent_for
    assert (found.at_least, found.at_most) == bounds
