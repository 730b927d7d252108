"""What the benchmark measures is a sound case, and always the same."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from claims.cases import check
from claims.read.policy import default_policy
from claims.tables.columns import ints
from claims.tables.stacked import NAMES
from claims.verdict.judgement import judge
from tests.bench.collection import LONGEST, collection
from tests.bench.generate import Size, write_case

if TYPE_CHECKING:
    from pathlib import Path


def test_a_generated_case_is_sound_and_the_same_each_time(tmp_path: Path) -> None:
    for name in ("one", "two"):
        write_case(tmp_path / name, Size(40, 400))
    assert [str(problem) for problem in check(tmp_path / "one") if problem.severity == "error"] == []
    texts = [{path.name: path.read_bytes() for path in (tmp_path / name).rglob("*.yaml")} for name in ("one", "two")]
    assert texts[0] == texts[1]


def test_a_generated_collection_is_the_same_each_time_and_has_chains_as_long_as_promised() -> None:
    one, two = collection(5000), collection(5000)
    for name in NAMES:
        mine, yours = getattr(one, name), getattr(two, name)
        assert all(np.array_equal(mine[column], yours[column]) for column in mine.columns)
    judged = judge(one, default_policy())
    paths = [len(judged.chains.path(int(visit))) for visit in set(ints(judged.chains.origins, "visit"))]
    assert max(paths) in range(2, LONGEST + 1)
