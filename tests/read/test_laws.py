"""Laws: what must not change a case."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from claims.model.case import Case
from claims.model.problem import Problem
from claims.read.case import read_case
from tests.read.folders import laid_out
from tests.read.writing import entry_as_yaml, sections_as_yaml
from tests.strategies import sections

Read = tuple[Case | None, tuple[Problem, ...]]


def meaning(outcome: Read) -> tuple[object, list[str]]:
    """A case without where it stands, and the codes of what is told."""
    case, problems = outcome
    bare = case and replace(case, folder=Path(), places={}, digest="", warnings=())
    return bare, sorted(problem.code for problem in problems)


def scattered(draw: Any, entries: dict[str, list[dict[str, Any]]]) -> dict[str, str | bytes]:
    """The same entries, shuffled and spread over files."""
    files: dict[str, list[str]] = {}
    pairs = [(section, entry) for section, found in entries.items() for entry in found]
    for section, entry in draw(st.permutations(pairs)):
        name = draw(st.sampled_from(["a.yaml", "b.yml", "sub/c.yaml", "sub/deep/d.yaml"]))
        files.setdefault(f"{name}\0{section}", []).append(f"  - {entry_as_yaml(entry)}")
    texts: dict[str, str] = {"case.yaml": "case: test\n"}
    for key, lines in files.items():
        name, _, section = key.partition("\0")
        texts[name] = f"{texts.get(name, '')}{section}:\n" + "\n".join(lines) + "\n"
    return dict(texts)


@settings(max_examples=60, deadline=None)
@given(entries=sections(), data=st.data())
def test_the_order_of_entries_and_files_and_their_division_change_nothing(
    entries: dict[str, list[dict[str, Any]]], data: st.DataObject, tmp_path_factory: Any
) -> None:
    folder = tmp_path_factory.mktemp("law")
    whole = laid_out(
        folder / "whole", {"case.yaml": "case: test\n", "all.yaml": sections_as_yaml(entries)}, sound=False
    )
    parts = laid_out(folder / "parts", scattered(data.draw, entries), sound=False)
    assert meaning(read_case(whole, cache=False)) == meaning(read_case(parts, cache=False))


@settings(max_examples=30, deadline=None)
@given(entries=sections(max_findings=4))
def test_reading_twice_gives_the_same(entries: dict[str, list[dict[str, Any]]], tmp_path_factory: Any) -> None:
    folder = laid_out(
        tmp_path_factory.mktemp("law"),
        {"case.yaml": "case: test\n", "all.yaml": sections_as_yaml(entries)},
        sound=False,
    )
    assert read_case(folder, cache=False) == read_case(folder, cache=False)


def test_every_entry_has_its_place(tmp_path: Path) -> None:
    case, _ = read_case(
        laid_out(tmp_path, {"b.yaml": "claims:\n\n  # one\n  - text: t\n    id: x\n  - {id: y, text: t}\n"}),
        cache=False,
    )
    assert case is not None
    assert str(case.places["claims", "x"]) == "b.yaml:4:5"
    assert str(case.places["claims", "y"]) == "b.yaml:6:5"
    keys = {(name, getattr(entry, "key", None) or entry.id) for name in ("parties", "sources", "speakers", "documents", "claims",
            "statements", "findings") for entry in getattr(case, name)}  # fmt: skip
    assert keys == set(case.places)
    assert len(case.places) == len(keys)
    assert ("claims", "nothing") not in case.places
