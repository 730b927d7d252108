"""Where a finding's knowledge comes from: the end of its chain."""

from __future__ import annotations

import pytest

from tests.cases import sketch
from tests.judging import judged

PATHS = [
    ("a source that is relied on ends the chain", ["blog<-Sohr: supports"], {"sohr": ("blog", "sohr")}),
    (
        "a document hands on what it relies on",
        ["blog<-bbc<-Sohr: supports"],
        {"sohr": ("blog", "bbc", "sohr")},
    ),
    ("one that says nothing is its own origin", ["blog: supports"], {"blog": ("blog",)}),
    ("a document that relies on nothing is its source", ["blog<-bbc: supports"], {"bbc": ("blog", "bbc")}),
    (
        "a basis of its own adds the own source",
        ["bbc<-Sohr: supports own-sources"],
        {"sohr": ("bbc", "sohr"), "bbc": ("bbc",)},
    ),
]


@pytest.mark.parametrize(("findings", "paths"), [case[1:] for case in PATHS], ids=[case[0] for case in PATHS])
def test_the_origins_of_a_finding(findings: list[str], paths: dict[str, tuple[str, ...]]) -> None:
    groups = judged(sketch(*findings))["c"].groups
    assert {group.id: group.members[0].path for group in groups} == paths


ESTABLISHED = [
    ("blog<-Sohr: supports", True),
    ("blog<-bbc<-Sohr: supports", True),
    ("blog<-bbc: supports", False),
    ("blog: supports", False),
    ("blog: supports analysis", False),
    ("blog: supports witnessed", True),
    ("blog: supports imagery", True),
    ("blog: supports record", True),
    ("blog: supports own-sources", True),
]


@pytest.mark.parametrize(("finding", "established"), ESTABLISHED)
def test_an_origin_is_established_where_it_is_named_or_knows_for_itself(finding: str, established: bool) -> None:
    assert judged(sketch(finding))["c"].groups[0].established == established


def test_a_document_hands_on_its_own_finding_as_established_as_it_is_there() -> None:
    unsaid = judged(sketch("bbc: supports", "blog<-bbc: supports"))["c"]
    said = judged(sketch("bbc: supports witnessed", "blog<-bbc: supports"))["c"]
    assert [group.established for group in (*unsaid.groups, *said.groups)] == [False, True]


def test_a_repost_knows_what_the_original_knows_and_nothing_else() -> None:
    copy = {"id": "blog-doc", "source": "blog", "same_text_as": "bbc-doc", "relies_on": ("afp",)}
    entries = sketch("bbc<-Sohr: supports", "blog: supports witnessed", documents=[copy])
    entries["sources"].append({"id": "afp", "name": "AFP"})
    assert [group.id for group in judged(entries)["c"].groups] == ["sohr"]


def test_an_empty_list_of_its_own_takes_back_what_the_document_relies_on() -> None:
    entries = sketch("blog<-Sohr: supports")
    entries["findings"][0]["relies_on"] = ()
    assert [group.id for group in judged(entries)["c"].groups] == ["blog"]


LETTERS = [
    ("the weakest link", {"blog": "D", "bbc": "B", "sohr": "C"}, "D"),
    ("the origin too", {"blog": "B", "bbc": "B", "sohr": "E"}, "E"),
    ("those it passes", {"blog": "A", "bbc": "C", "sohr": "A"}, "C"),
    ("F where any is F", {"blog": "E", "bbc": "F", "sohr": "A"}, "F"),
]


@pytest.mark.parametrize(("letters", "letter"), [case[1:] for case in LETTERS], ids=[case[0] for case in LETTERS])
def test_a_grade_is_that_of_the_weakest_link(letters: dict[str, str], letter: str) -> None:
    sources = [{"id": source, "reliability": given} for source, given in letters.items()]
    groups = judged(sketch("blog<-bbc<-Sohr: supports 2", sources=sources))["c"].groups
    assert groups[0].members[0].grade == f"{letter}2"


def test_of_several_paths_to_one_origin_the_best_counts() -> None:
    entries = sketch(
        "blog<-bad<-Sohr: supports 2",
        "blog<-good<-Sohr: supports 2",
        sources=[{"id": "bad", "reliability": "E"}],
    )
    entries["findings"].pop()
    member = judged(entries)["c"].groups[0].members[0]
    assert (member.grade, member.path) == ("B2", ("blog", "good", "sohr"))


def test_a_longer_path_that_is_better_is_found_after_a_shorter_one() -> None:
    entries = sketch("a<-x<-Sohr: supports 2", sources=[{"id": "x", "reliability": "E"}])
    entries["documents"].append({"id": "y-doc", "source": "y", "relies_on": ("z-doc",)})
    entries["documents"].append({"id": "z-doc", "source": "z", "relies_on": ("sohr",)})
    entries["sources"] += [{"id": name, "name": name, "reliability": "B"} for name in "yz"]
    next(d for d in entries["documents"] if d["id"] == "a-doc")["relies_on"] = ("x-doc", "y-doc")
    member = judged(entries)["c"].groups[0].members[0]
    assert (member.grade, member.path) == ("B2", ("a", "y", "z", "sohr"))


def test_a_chain_of_a_thousand_documents_is_followed_to_its_end() -> None:
    names = [f"n{n}" for n in range(1000)]
    claim = judged(sketch("<-".join([*names, "Sohr"]) + ": supports"))["c"]
    assert len(claim.groups[0].members[0].path) == 1001


def test_a_document_hands_on_the_findings_of_the_same_side() -> None:
    """A digest sets the monitor's count against the army's denial: who relays the count does not relay the denial."""
    entries = sketch("digest<-Monitor: supports", "relay<-digest: supports")
    entries["sources"].append({"id": "army", "name": "Army", "reliability": "B"})
    entries["findings"].append(
        {
            "id": "denial",
            "claim": "c",
            "document": "digest-doc",
            "stance": "contradicts",
            "relies_on": ("army",),
        }
    )
    claim = judged(entries)["c"]
    assert {group.id: group.side for group in claim.groups} == {"monitor": "for", "army": "against"}
