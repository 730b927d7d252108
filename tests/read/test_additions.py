"""Added entries against those of a case: new, there already, or saying otherwise, key by key."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from claims.model.finding import Finding
from claims.model.quantity import parse_quantity, quantity_from
from claims.model.when import parse_when
from claims.read.additions import additions_to, as_text, conflicts, is_same
from claims.read.case import reading_of
from tests.read.folders import laid_out

if TYPE_CHECKING:
    from pathlib import Path

    from claims.read.additions import Additions
    from claims.read.case import Reading

BESIDE: list[tuple[str, str, dict[str, list[str]]]] = [
    ("a new source", "sources: [{id: cnn, name: CNN}]", {"cnn": ["new"]}),
    ("the same source", "sources: [{id: bbc, name: BBC, reliability: B, reason: corrects itself}]", {"bbc": ["there"]}),
    ("less of the same source", "sources: [{id: bbc, name: BBC}]", {"bbc": ["there"]}),
    ("only its id", "sources: [{id: bbc}]", {"bbc": ["there"]}),
    ("a default that the case leaves out", "sources: [{id: bbc, kind: outlet, aliases: []}]", {"bbc": ["there"]}),
    ("another letter", "sources: [{id: bbc, reliability: A}]", {"bbc": ["reliability"]}),
    ("two keys, in the order of the model", "sources: [{id: bbc, reason: why, name: Beeb}]", {"bbc": ["name", "reason"]}),
    ("a key that the case leaves out", "sources: [{id: bbc, country: UK}]", {"bbc": ["country"]}),
    ("the same figure in its long form", "claims: [{id: area, quantity: {value: 300, unit: km²}}]", {"area": ["there"]}),
    ("another figure", "claims: [{id: area, quantity: about 300 km²}]", {"area": ["quantity"]}),
    ("the same day with a time", "documents: [{id: bbc-1, published: 2015-05-20T10:00Z}]", {"bbc-1": ["there"]}),
    ("a list of one", "documents: [{id: bbc-1, relies_on: [sohr]}]", {"bbc-1": ["there"]}),
    ("a finding by its key", "findings: [{claim: area, document: bbc-1}]", {"bbc-1/area": ["there"]}),
    ("another stance", "findings: [{claim: area, document: bbc-1, stance: mentions}]", {"bbc-1/area": ["stance"]}),
    ("another finding of it, with an id", "findings: [{id: f, claim: area, document: bbc-1}]", {"f": ["new"]}),
    ("a statement by its key", "statements: [{claim: area, speaker: nasrallah, document: sana-1}]",
     {"sana-1/area/nasrallah": ["there"]}),
]  # fmt: skip


def added_to(folder: Path, *texts: str) -> tuple[Reading, Additions]:
    reading = reading_of(laid_out(folder, "# nothing\n"), cache=False)
    assert reading.case is not None
    return reading, additions_to(reading.case, {f"new-{n}.yaml": text.encode() for n, text in enumerate(texts)})


@pytest.mark.parametrize(("text", "expected"), [case[1:] for case in BESIDE], ids=[case[0] for case in BESIDE])
def test_an_entry_is_new_or_there_or_says_otherwise(text: str, expected: dict[str, list[str]], tmp_path: Path) -> None:
    _, added = added_to(tmp_path, text)
    assert added.drafts == ()
    found = {one.key: ["new"] if one.standing is None else list(one.differing) or ["there"] for one in added.entries}
    assert found == expected


def test_what_says_otherwise_is_told_key_by_key_with_both_places(tmp_path: Path) -> None:
    reading, added = added_to(tmp_path, "sources:\n  - id: bbc\n    reliability: A\n    country: UK\n")
    assert reading.case is not None
    drafts = conflicts(added, reading.case, {file.shown: file.data for file in reading.files})
    assert [(draft.code, draft.spot.path, draft.also[0].file, draft.also[0].path) for draft in drafts] == [
        ("conflicting-entry", ("sources", 0, "country"), "base.yaml", ("sources", 1, "country")),
        ("conflicting-entry", ("sources", 0, "reliability"), "base.yaml", ("sources", 1, "reliability")),
    ]
    assert "nothing under 'country', and here 'UK'" in drafts[0].message
    assert "'reliability: B', and here 'A'" in drafts[1].message


def test_what_two_files_say_alike_is_added_once(tmp_path: Path) -> None:
    _, added = added_to(tmp_path, "sources: [{id: cnn, name: CNN}]", "sources: [{name: CNN, id: cnn}]")
    assert [one.row.file for one in added.entries] == ["new-0.yaml"]


@pytest.mark.parametrize("others", [["sources: [{id: cnn, name: CNN}, {id: cnn, name: CNN}]"],
                                    ["sources: [{id: cnn, name: CNN}]", "sources: [{id: cnn, name: C. N. N.}]"]])  # fmt: skip
def test_what_stands_twice_in_one_file_or_otherwise_in_another_is_kept_for_the_check(
    others: list[str], tmp_path: Path
) -> None:
    _, added = added_to(tmp_path, *others)
    assert [one.key for one in added.entries] == ["cnn", "cnn"]


@pytest.mark.parametrize("name", ["base.yaml", "case.yaml", "./base.yaml"])
def test_an_added_file_is_never_called_like_one_of_the_case(name: str, tmp_path: Path) -> None:
    reading = reading_of(laid_out(tmp_path, "# nothing\n"), cache=False)
    assert reading.case is not None
    added = additions_to(reading.case, {name: b"sources: [{id: cnn, name: CNN}]"})
    assert not set(added.contents) & {file.shown for file in reading.files}
    assert [one.row.file for one in added.entries] == list(added.contents)


def test_joined_is_what_the_case_says_with_the_addition_over_it(tmp_path: Path) -> None:
    _, added = added_to(tmp_path, "sources: [{id: bbc, reliability: A}]")
    joined = added.entries[0].joined
    assert (joined.name, joined.reliability, joined.reason) == ("BBC", "A", "corrects itself")


SAME: list[tuple[Any, Any, bool]] = [
    (parse_quantity("300 km²"), quantity_from({"value": 300, "unit": "square kilometres"}), True),
    (parse_quantity("300 km²"), parse_quantity("300000000 m²"), True),
    (parse_quantity("300 km²"), parse_quantity("300 km"), False),
    (parse_quantity("300 km²"), parse_quantity("more than 300 km²"), False),
    (parse_quantity("13–20 dead"), parse_quantity("13 dead"), False),
    (parse_quantity("more than 30"), parse_quantity("more than ٣٠"), True),
    (parse_when("2015-05"), parse_when("2015-05-01/2015-05-31"), True),
    (parse_when("2015-05"), parse_when("2015-05-01"), False),
    (("a", "b"), ("a", "b"), True),
    (("a", "b"), ("b", "a"), False),
    (("a",), ("a", "b"), False),
    (None, (), False),
    ("é", "e\u0301", False),
    (Finding(claim="c", document="d"), Finding(claim="c", document="d", stance=None), True),
    (Finding(claim="c", document="d"), Finding(claim="c", document="e"), False),
]


@pytest.mark.parametrize(("one", "two", "expected"), SAME)
def test_values_are_the_same_that_mean_the_same(one: Any, two: Any, expected: bool) -> None:
    assert is_same(one, two) is expected
    assert is_same(two, one) is expected


def test_a_value_in_a_line_is_as_a_person_would_write_it() -> None:
    assert [as_text(value) for value in (None, True, ("a", "b"), parse_when("2015-05"), 3)] == [
        "", "true", "a, b", "2015-05", "3",
    ]  # fmt: skip
