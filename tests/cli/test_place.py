"""Which case a command is about."""

from __future__ import annotations

from pathlib import Path

import pytest

from claims.cases import shipped_case
from claims.cli.place import Place, place_of


@pytest.fixture
def inner(tmp_path: Path) -> Path:
    """A folder within a case."""
    (tmp_path / "case.yaml").write_text("case: outer\n")
    (tmp_path / "reports" / "may").mkdir(parents=True)
    return tmp_path / "reports" / "may"


def test_the_named_case_comes_before_the_environment(inner: Path) -> None:
    assert place_of("named", {"CLAIMS_CASE": "told"}, inner) == Place(Path("named"))


def test_the_environment_comes_before_the_nearest(inner: Path) -> None:
    assert place_of(None, {"CLAIMS_CASE": "told"}, inner) == Place(Path("told"))


def test_an_empty_variable_is_as_good_as_none(inner: Path, tmp_path: Path) -> None:
    assert place_of(None, {"CLAIMS_CASE": ""}, inner) == Place(tmp_path)


def test_the_nearest_case_upward_comes_before_the_shipped_one(inner: Path, tmp_path: Path) -> None:
    assert place_of(None, {}, inner) == Place(tmp_path)


def test_the_shipped_case_is_the_last_resort(tmp_path: Path) -> None:
    assert place_of(None, {}, tmp_path) == Place(shipped_case(), is_shipped=True)


def test_a_case_may_be_named_by_its_file(inner: Path, tmp_path: Path) -> None:
    assert place_of(str(tmp_path / "case.yaml"), {}, inner) == Place(tmp_path)
