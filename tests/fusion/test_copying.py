"""Copies are found by the errors they share, and only where the evidence is strong."""

from __future__ import annotations

import pandas as pd
import pytest

from claims import fuse
from tests.fusion.tables import score, simulated


@pytest.mark.parametrize(("copies", "values"), [(3, 1000), (4, 1000), (5, 10), (8, 10)])
def test_copies_do_not_outvote_independent_sources(copies: int, values: int) -> None:
    frame, truth = simulated(honest=10, right=0.7, copies=copies, values=values)
    fusion = fuse(frame)
    named = fusion.sources.set_index("source")["copies"]
    assert {name for name in named.index if named[name]} == {f"copy{n}" for n in range(copies)}
    assert named["copy0"] == "; ".join(f"copy{n}" for n in range(1, copies))
    assert score(fusion, truth) > 0.97
    assert any(note.startswith(f"copies: {copies} sources ") for note in fusion.notes)


@pytest.mark.parametrize("values", [2, 3, 10, 1000])
@pytest.mark.parametrize("right", [0.3, 0.6, 0.9])
def test_independent_sources_are_never_taken_for_copies(values: int, right: float) -> None:
    frame, _ = simulated(honest=8, right=right, values=values)
    assert (fuse(frame).sources["copies"] == "").all()


def test_the_search_beats_the_vote_where_sources_differ() -> None:
    good, truth = simulated(honest=4, right=0.9, values=4, seed=3)
    bad, _ = simulated(honest=6, right=0.3, values=4, seed=3)
    frame = pd.concat([good.assign(source="good " + good["source"]), bad], ignore_index=True)
    votes = frame.groupby(["object", "value"], as_index=False).size()
    votes["share"] = votes["size"] == votes.groupby("object")["size"].transform("max")
    votes["share"] /= votes.groupby("object")["share"].transform("sum")
    vote = votes.loc[votes["value"] == votes["object"].map(truth), "share"].sum() / len(truth)
    assert score(fuse(frame), truth) > 0.95 > vote
