"""What the benchmark measures is a sound case, and always the same."""

from __future__ import annotations

from typing import TYPE_CHECKING

from claims.cases import check
from tests.bench.generate import Size, write_case

if TYPE_CHECKING:
    from pathlib import Path


def test_a_generated_case_is_sound_and_the_same_each_time(tmp_path: Path) -> None:
    for name in ("one", "two"):
        write_case(tmp_path / name, Size(40, 400))
    assert [str(problem) for problem in check(tmp_path / "one") if problem.severity == "error"] == []
    texts = [{path.name: path.read_bytes() for path in (tmp_path / name).rglob("*.yaml")} for name in ("one", "two")]
    assert texts[0] == texts[1]
