"""What holds of any table of answers."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims import fuse
from tests.fusion.tables import holds, likely, table, tables

if TYPE_CHECKING:
    import random


def same(one: pd.DataFrame, other: pd.DataFrame) -> None:
    pd.testing.assert_frame_equal(one, other, check_exact=True)


@given(tables(), st.randoms(use_true_random=False))
def test_the_order_of_rows_never_matters(frame: pd.DataFrame, chance: random.Random) -> None:
    mixed = frame.iloc[chance.sample(range(len(frame)), len(frame))]
    one, other = fuse(frame), fuse(mixed)
    same(one.outcome, other.outcome)
    same(one.candidates, other.candidates)
    same(one.sources, other.sources)


@given(tables())
def test_the_same_table_gives_the_same_result(frame: pd.DataFrame) -> None:
    same(fuse(frame).candidates, fuse(frame).candidates)


@given(tables(), st.randoms(use_true_random=False))
def test_names_never_matter(frame: pd.DataFrame, chance: random.Random) -> None:
    """Of sources, values and objects; sums are done in another order then, which a computer notices in the tail."""
    new = {}
    for column in frame.columns:
        old = sorted(frame[column].unique())
        new[column] = dict(zip(old, chance.sample([f"n{n}" for n in range(len(old))], len(old)), strict=True))
    renamed = fuse(pd.DataFrame({column: frame[column].map(new[column]) for column in frame.columns}))
    found = likely(renamed)
    for (thing, value), probability in likely(fuse(frame)).items():
        assert found[new["object"][thing], new["value"][value]] == pytest.approx(probability, abs=2e-6)


@given(tables(), st.integers(0, 5), st.integers(1, 3), st.data())
def test_a_copy_that_is_declared_changes_nothing(frame: pd.DataFrame, at: int, times: int, data: st.DataObject) -> None:
    """Also where it copies in part, or a copy is copied."""
    names = sorted(frame["source"].unique())
    model = names[at % len(names)]
    own = frame[frame["source"] == model]
    copies, ties = [frame], []
    for n in range(times):
        part = data.draw(st.lists(st.booleans(), min_size=len(own), max_size=len(own)))
        copies.append(own[part].assign(source=f"copy{n}"))
        ties.append((f"copy{n}", model if n == 0 else f"copy{n - 1}" if len(copies[-2]) else model))
    more = pd.concat(copies, ignore_index=True)
    owners = pd.DataFrame(ties, columns=["source", "relies_on"])
    known = set(more["source"])
    owners = owners.assign(relies_on=[to if to in known else model for to in owners["relies_on"]])
    one, other = fuse(frame), fuse(more, owners=owners)
    if one.method == other.method:
        assert holds(one) == holds(other)
        assert likely(one) == pytest.approx(likely(other), abs=1e-6)


@given(tables())
def test_f_is_no_grade(frame: pd.DataFrame) -> None:
    grades = dict.fromkeys(frame["source"], "F")
    same(fuse(frame).candidates, fuse(frame, grades=grades).candidates)


@given(tables(least=2))
def test_shares_of_an_object_stay_below_1_and_none_is_surer_than_the_policy_is(frame: pd.DataFrame) -> None:
    fusion = fuse(frame)
    whole = fusion.candidates.groupby("object")["probability"].sum()
    assert (whole <= 1 + 1e-5).all()
    assert fusion.candidates["probability"].between(0, 0.95).all()
    assert set(fusion.outcome["object"]) == set(frame["object"])


@given(st.integers(2, 5), st.integers(1, 12), st.integers(1, 4))
def test_one_who_agrees_with_all_never_lowers_what_all_say(sources: int, things: int, more: int) -> None:
    text = ", ".join(f"o{n}: " + " ".join(["a"] * sources) for n in range(things))
    wider = ", ".join(f"o{n}: " + " ".join(["a"] * (sources + more)) for n in range(things))
    before, after = likely(fuse(table(text))), likely(fuse(table(wider)))
    assert all(after[key] >= probability - 1e-6 for key, probability in before.items())
