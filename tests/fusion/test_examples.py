"""What holds, in tables small enough to judge by eye."""

from __future__ import annotations

import pandas as pd
import pytest

from claims import BadRequest, fuse
from tests.fusion.tables import holds, likely, table

EXAMPLES = [
    ("one source", "sky: blue", {"sky": {"blue"}}),
    ("all agree", "sky: blue blue blue, sea: wet wet wet", {"sky": {"blue"}, "sea": {"wet"}}),
    ("all disagree", "sky: a b c", {"sky": {"a", "b", "c"}}),
    ("two against one", "sky: a a b", {"sky": {"a"}}),
    ("a tie", "sky: a b", {"sky": {"a", "b"}}),
    ("who agrees elsewhere is believed", "x: a - b, y: c c d, z: e e f, u: g g h, w: i i j", {"x": {"a"}}),
    ("gaps", "sky: a - -, sea: - b b", {"sky": {"a"}, "sea": {"b"}}),
]


@pytest.mark.parametrize(("text", "expected"), [case[1:] for case in EXAMPLES], ids=[case[0] for case in EXAMPLES])
def test_what_holds(text: str, expected: dict[str, set[str]]) -> None:
    found = holds(fuse(table(text)))
    assert {thing: found[thing] for thing in expected} == expected


def test_a_tie_is_told_as_one() -> None:
    fusion = fuse(table("sky: a b, sea: c c"))
    assert fusion.outcome["tied"].tolist() == [1, 2, 2]
    assert any(note.startswith("ties: of 1 object ") for note in fusion.notes)


def test_an_empty_table_has_no_answers() -> None:
    fusion = fuse(pd.DataFrame({"source": [], "object": [], "value": []}))
    assert fusion.outcome.empty
    assert fusion.sources.empty
    assert fusion.notes == ("there are no answers",)


def test_nothing_is_ever_certain() -> None:
    fusion = fuse(table(", ".join(f"o{n}: a{n} a{n} a{n} a{n}" for n in range(50))))
    assert fusion.outcome["probability"].between(0.5, 0.95).all()


def test_the_reliability_lies_in_its_interval_which_more_answers_narrow() -> None:
    many = fuse(table(", ".join(f"o{n}: a{n} a{n} {'a' if n % 3 else 'b'}{n} a{n}" for n in range(60)))).sources
    few = fuse(table(", ".join(f"o{n}: a{n} a{n} {'a' if n % 3 else 'b'}{n} a{n}" for n in range(6)))).sources
    for rows in (many, few):
        assert ((rows["low"] < rows["reliability"]) & (rows["reliability"] < rows["high"])).all()
    assert ((many["high"] - many["low"]).to_numpy() < (few["high"] - few["low"]).to_numpy()).all()
    worst = many.set_index("source")["reliability"].idxmin()
    assert worst == "s2"


def test_a_grade_is_where_a_source_starts() -> None:
    rows = table("sky: a b")
    graded = fuse(rows, grades={"s0": "A", "s1": "E"})
    assert holds(graded) == {"sky": {"a"}}
    assert holds(fuse(rows, grades={"s0": "E", "s1": "A"})) == {"sky": {"b"}}
    said = graded.sources.set_index("source")["reliability"]
    assert said["s0"] > 0.85
    assert said["s1"] < 0.6


def test_a_source_with_many_answers_leaves_its_grade_behind() -> None:
    text = ", ".join(f"o{n}: a{n} a{n} a{n} b{n}" for n in range(60))
    said = fuse(table(text), grades={"s3": "A"}).sources.set_index("source")["reliability"]
    assert said["s3"] < 0.3
    assert said["s0"] > 0.9


def test_a_grade_that_is_none_is_said() -> None:
    with pytest.raises(BadRequest, match="'G' is not a grade: grades are A to F"):
        fuse(table("sky: a b"), grades={"s0": "G"})


def test_few_values_that_recur_are_labels_and_others_are_open() -> None:
    labels = table(", ".join(f"o{n}: {'yes' if n % 2 else 'no'} yes no" for n in range(20)))
    assert fuse(labels).method == "labels"
    assert fuse(table("x: a b, y: c d")).method == "open values"
    figures = pd.DataFrame([(f"s{k}", n, str(100 + n + k % 2)) for n in range(40) for k in range(3)],
                           columns=["source", "object", "value"])  # fmt: skip
    fusion = fuse(figures)
    assert fusion.method == "figures"
    assert "each of the 41 values is a number, and they are many" in fusion.notes[0]
    assert fuse(figures, numeric=False).method == "open values"


def test_an_outlet_that_is_always_wrong_is_not_turned_around() -> None:
    labels = table(
        ", ".join(f"o{n}: yes yes yes no" if n % 2 else f"o{n}: no no no yes" for n in range(40)) + ", x: - - - yes"
    )
    fusion = fuse(labels)
    assert fusion.method == "labels"
    assert likely(fusion)["x", "yes"] == pytest.approx(1 / 2, abs=0.02)
    assert holds(fusion)["x"] == {"yes"}


def test_ten_copies_declared_do_not_outvote_two() -> None:
    rows = table("sky: a a b b b b b b b b")
    owners = pd.DataFrame({"source": [f"s{n}" for n in range(2, 10)], "owner": "the Group"})
    assert holds(fuse(rows)) == {"sky": {"b"}}
    assert holds(fuse(rows, owners=owners)) == {"sky": {"a"}}
    assert holds(fuse(rows.assign(owner=["", ""] + ["the Group"] * 8))) == {"sky": {"a"}}
    assert holds(fuse(rows.assign(relies_on=["", "", ""] + ["s2"] * 7))) == {"sky": {"a"}}


def test_owners_need_a_column_that_says_something() -> None:
    with pytest.raises(BadRequest, match="neither a column owner nor a column relies_on"):
        fuse(table("sky: a b"), owners=pd.DataFrame({"source": ["s0"]}))
    with pytest.raises(BadRequest, match="has no column value; its columns are 'source', 'object'"):
        fuse(table("sky: a b")[["source", "object"]])


@pytest.mark.parametrize("tolerance", [-1.0, float("nan"), float("inf")])
def test_a_tolerance_is_a_number_from_0_on(tolerance: float) -> None:
    with pytest.raises(BadRequest, match="a tolerance is a number from 0 on"):
        fuse(table("sky: 1 2"), tolerance=tolerance)
