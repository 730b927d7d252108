"""What the units library gives for each unit that is spelled, written down so that it need not be loaded."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from claims.model.units import CONVERSIONS, expressions, known_measure, measured_by_library

if TYPE_CHECKING:
    from claims.model.units import Measure


def as_json(measures: dict[str, Measure]) -> str:
    lines = [f"  {json.dumps(name)}: {json.dumps([m.dimension, m.factor, m.offset])}" for name, m in measures.items()]
    return "{\n" + ",\n".join(lines) + "\n}\n"


def test_every_conversion_is_the_librarys(request: pytest.FixtureRequest) -> None:
    given = {name: measured_by_library(name) for name in expressions()}
    if request.config.getoption("--update-golden"):
        CONVERSIONS.write_text(as_json(given), "utf-8")
    kept = json.loads(CONVERSIONS.read_text("utf-8"))
    assert list(kept) == list(given)
    for name, (dimension, factor, offset) in kept.items():
        assert dimension == given[name].dimension
        assert (factor, offset) == pytest.approx((given[name].factor, given[name].offset), rel=1e-12)


def test_what_is_not_written_down_is_asked_of_the_library() -> None:
    found = known_measure("tonnes per hectare")
    assert found is not None
    assert found.factor == pytest.approx(0.1)
