"""Objects that differ in how often sources are right of them: neither taken for hearsay nor for plain ones."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.special import expit, logit

from claims import fuse
from claims.fusion import codes
from claims.fusion.varying import NODES, STRETCH
from tests.fusion.tables import score
from tests.fusion.test_calibration import CROWDS, Crowd, drawn, error

SEEM_HARD = "objects: too many seem hard"


def told(frame: pd.DataFrame) -> list[str]:
    """What is said of how objects differ."""
    return [note for note in fuse(frame).notes if note.startswith("objects: ")]


def differing(
    *, steep: float = 0.0, easier: float = 0.0, things: int = 500, seed: int
) -> tuple[pd.DataFrame, dict[str, str]]:
    """Forty sources, fifteen of which label a thing; the log-odds that they are right are not the same for all things.

    steep: how far they are stretched or squeezed, in logarithms; easier: how far they are shifted.
    """
    chance = np.random.default_rng(seed)
    truth, skill = chance.integers(0, 2, things), logit(chance.beta(6, 2.5, 40))
    stretched, shifted = np.exp(chance.normal(0, steep, things)), chance.normal(0, easier, things)
    rows = []
    for thing in range(things):
        who = chance.choice(40, 15, replace=False)
        is_right = chance.random(15) < expit(skill[who] * stretched[thing] + shifted[thing])
        rows += [
            (f"s{one}", f"o{thing}", f"v{truth[thing] ^ (not right)}") for one, right in zip(who, is_right, strict=True)
        ]
    frame = pd.DataFrame(rows, columns=["source", "object", "value"])
    return frame, {f"o{thing}": f"v{label}" for thing, label in enumerate(truth)}


@pytest.mark.parametrize(("steep", "easier"), [(1.2, 0.0), (0.0, 1.2)], ids=["stretched", "shifted"])
def test_things_of_every_difficulty_are_not_taken_for_hearsay(steep: float, easier: float) -> None:
    """Where half of them are taken to be hard, the error is 0.12 to 0.23, and a plain vote is right more often."""
    errors, better = [], []
    for seed in (5, 6, 7):
        frame, truth = differing(steep=steep, easier=easier, seed=seed)
        fusion = fuse(frame)
        assert any(note.startswith(SEEM_HARD) for note in fusion.notes)
        vote = frame.groupby("object")["value"].agg(lambda said: said.mode()[0])
        better.append(score(fusion, truth) - float((vote == vote.index.map(truth)).mean()))
        errors.append(error(fusion.outcome, truth))
    assert np.mean(errors) < 0.055
    assert np.mean(better) > 0


def test_hearsay_is_still_told_from_things_that_differ() -> None:
    """Taken for things that differ, the error is above 0.1."""
    errors = []
    for seed in (5, 6):
        frame, truth = drawn(Crowd(labels=3, each=20, things=1000, hard=0.5), seed)
        fusion = fuse(frame)
        assert any(note.startswith("objects: about ") and " are hard: " in note for note in fusion.notes)
        errors.append(error(fusion.outcome, truth))
    assert np.mean(errors) < 0.055


@pytest.mark.parametrize("name", [name for name, crowd in CROWDS.items() if not crowd.hard and crowd.each > 4])
def test_things_that_are_alike_are_said_to_be_neither(name: str) -> None:
    assert not told(drawn(CROWDS[name], 1)[0])


def test_the_number_of_parts_never_shows() -> None:
    frame, _ = differing(steep=1.2, things=200, seed=5)
    one = fuse(frame)
    assert any(note.startswith(SEEM_HARD) for note in one.notes)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(codes, "BLOCK", 40)
        other = fuse(frame)
    pd.testing.assert_frame_equal(one.candidates, other.candidates, rtol=0, atol=2e-6)
    assert one.notes == other.notes


@given(st.floats(0.02, 0.98), st.floats(0.0, 2.0))
def test_a_source_is_right_as_often_over_all_things(accuracy: float, spread: float) -> None:
    nodes, weights = np.polynomial.hermite_e.hermegauss(NODES)
    easier = logit(accuracy) * np.sqrt(1 + STRETCH * spread**2) + nodes * spread
    assert float(weights @ expit(easier) / weights.sum()) == pytest.approx(accuracy, abs=0.02)
