"""Ids and what refers to them: nothing is called twice, nothing refers to nothing, nothing runs in a circle."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from claims.read.references import REFERENCES
from tests.read.folders import read, told

if TYPE_CHECKING:
    from pathlib import Path

DANGLING = [
    ("parties", "{id: x, name: n, allies: [nobody]}", "unknown-party"),
    ("parties", "{id: x, name: n, opponents: nobody}", "unknown-party"),
    ("sources", "{id: x, name: n, party: nobody}", "unknown-party"),
    ("speakers", "{id: x, name: n, party: nobody}", "unknown-party"),
    ("speakers", "{id: x, name: n, voice: nasrallah}", "unknown-source"),
    ("documents", "{id: x, source: nasrallah}", "unknown-source"),
    ("documents", "{id: x, source: bbc, relies_on: [sohr, nobody]}", "unknown-reference"),
    ("documents", "{id: x, source: bbc, same_text_as: sohr}", "unknown-document"),
    ("claims", "{id: x, text: t, part_of: bbc-1}", "unknown-claim"),
    ("claims", "{id: x, text: t, favours: nobody}", "unknown-party"),
    ("claims", "{id: x, text: t, harms: [nobody]}", "unknown-party"),
    ("statements", "{claim: nothing, speaker: nasrallah, document: bbc-1}", "unknown-claim"),
    ("statements", "{claim: area, speaker: bbc, document: bbc-1}", "unknown-speaker"),
    ("statements", "{claim: area, speaker: nasrallah, document: bbc}", "unknown-document"),
    ("findings", "{claim: nothing, document: bbc-1, stance: supports}", "unknown-claim"),
    ("findings", "{claim: fled, document: nothing, stance: supports}", "unknown-document"),
    ("findings", "{claim: fled, document: bbc-1, stance: supports, relies_on: [area]}", "unknown-reference"),
]


@pytest.mark.parametrize(("section", "entry", "code"), DANGLING, ids=[f"{r.section}.{r.key}" for r in REFERENCES])
def test_a_reference_to_nothing_is_told(section: str, entry: str, code: str, tmp_path: Path) -> None:
    (problem,) = read(tmp_path, f"{section}:\n  - {entry}\n")[1]
    assert (problem.code, problem.line) == (code, 2)


def test_every_reference_is_tried() -> None:
    assert [(r.section, r.key) for r in REFERENCES] == [
        (section, next(k for k in (REFERENCES[n].key,) if k in entry)) for n, (section, entry, _) in enumerate(DANGLING)
    ]


DUPLICATES = [
    ("a claim", "claims:\n  - {id: area, text: t}\n", "more.yaml:2:10", "duplicate-id", ["base.yaml:14:10"]),
    ("a source and a speaker", "speakers:\n  - {id: bbc, name: n}\n", "more.yaml:2:10", "duplicate-id", ["base.yaml:6:10"]),
    ("a document and a source", "documents:\n  - {id: sohr, source: bbc}\n", "more.yaml:2:10", "duplicate-id", ["base.yaml:5:10"]),
    ("two findings", "findings:\n  - {claim: area, document: bbc-1, stance: repeats}\n", "more.yaml:2:5", "duplicate-finding", ["base.yaml:19:5"]),
    ("two statements", "statements:\n  - {claim: area, document: sana-1, speaker: nasrallah}\n", "more.yaml:2:5", "duplicate-statement", ["base.yaml:17:5"]),
]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "at", "code", "also"), [row[1:] for row in DUPLICATES], ids=[row[0] for row in DUPLICATES]
)
def test_an_id_that_is_used_twice_names_all_places(
    text: str, at: str, code: str, also: list[str], tmp_path: Path
) -> None:
    (problem,) = read(tmp_path, text)[1]
    assert (f"{problem.file}:{problem.line}:{problem.column}", problem.code) == (at, code)
    assert [str(place) for place in problem.also] == also


def test_an_id_that_is_used_three_times_is_one_problem(tmp_path: Path) -> None:
    (problem,) = read(
        tmp_path,
        {
            "a.yaml": "claims:\n  - {id: x, text: t}\n  - {id: x, text: u}\n",
            "b.yaml": "claims:\n  - {id: x, text: v}\n",
        },
    )[1]
    assert [str(place) for place in problem.also] == ["a.yaml:2:10", "b.yaml:2:10"]


def test_findings_with_ids_of_their_own_may_share_a_document(tmp_path: Path) -> None:
    assert told(tmp_path, "findings:\n  - {id: second, claim: area, document: bbc-1, stance: repeats}\n") == []


@pytest.mark.parametrize(("section", "entry"), [
    ("documents", "{id: x, source: bbc, same_text_as: x}"), ("documents", "{id: x, source: bbc, relies_on: x}"),
    ("claims", "{id: x, text: t, part_of: x}"), ("parties", "{id: x, name: n, allies: x}"),
    ("findings", "{claim: fled, document: bbc-1, stance: supports, relies_on: [bbc-1]}"),
])  # fmt: skip
def test_nothing_refers_to_itself(section: str, entry: str, tmp_path: Path) -> None:
    (problem,) = read(tmp_path, f"{section}:\n  - {entry}\n")[1]
    assert problem.code == "self-reference"


@pytest.mark.parametrize(("section", "entry", "key", "code"), [
    ("documents", "source: bbc", "same_text_as", "circle"),
    ("documents", "source: bbc", "relies_on", "relied-in-circle"),
    ("claims", "text: t", "part_of", "circle"),
])  # fmt: skip
def test_a_circle_is_printed_as_a_path(section: str, entry: str, key: str, code: str, tmp_path: Path) -> None:
    ring = {"b": "c", "c": "a", "a": "b", "to-it": "a"}
    text = f"{section}:\n" + "".join(f"  - {{id: {name}, {entry}, {key}: {to}}}\n" for name, to in ring.items())
    (problem,) = read(tmp_path, text)[1]
    assert problem.code == code
    assert "a → b → c → a" in problem.message
    assert len(problem.also) == 2
    assert problem.severity == ("warning" if code == "relied-in-circle" else "error")


RING = [f"d{n}" for n in range(5)]


@example(
    links={"d0": ["d2", "d1", "d4"], "d1": ["d2", "d0"], "d2": ["d4", "d0"], "d3": ["d2"], "d4": ["d3"]},
    entered="d2",
)
@given(
    links=st.fixed_dictionaries({name: st.lists(st.sampled_from(RING), max_size=3, unique=True) for name in RING}),
    entered=st.sampled_from(RING),
)
@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_who_leads_to_a_knot_does_not_change_the_circle_that_is_shown(
    links: dict[str, list[str]], entered: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    inner = "documents:\n" + "".join(
        f"  - {{id: {name}, source: bbc, relies_on: [{', '.join(to for to in targets if to != name)}]}}\n"
        for name, targets in links.items()
    )
    outer = f"  - {{id: a, source: bbc, relies_on: {entered}}}\n"
    alone, led_to = (
        {problem.message for problem in read(tmp_path_factory.mktemp("knot"), text)[1]}
        for text in (inner, inner + outer)
    )
    assert alone == led_to


@pytest.mark.parametrize(("owners", "expected"), [
    (("Qatar Media", "Qatar Media"), 0),
    (("Qatar Media", "qatar-media"), 1),
    (("Qatar Media Corp", "Qatar Media Crop"), 1),
    (("BBC", "bbc"), 1),
    (("bbc", "bbc"), 0),
    (("Walt Disney", "Rupert Murdoch"), 0),
])  # fmt: skip
def test_an_owner_that_is_almost_another_is_suspected(owners: tuple[str, str], expected: int, tmp_path: Path) -> None:
    text = "sources:\n" + "".join(
        f"  - {{id: s{n}, name: Paper {n}, owner: {owner}}}\n" for n, owner in enumerate(owners)
    )
    assert [line.split()[1] for line in told(tmp_path, text)] == ["?near-owner"] * expected
