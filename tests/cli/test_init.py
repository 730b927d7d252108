"""The case to begin with: it runs clean, shows what matters, and says that it is invented."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from claims import assess, open_case
from claims.cases import check
from claims.cli import exits
from claims.cli.main import main
from claims.write.init import EXAMPLE

if TYPE_CHECKING:
    from pathlib import Path


def test_the_example_has_no_problems_at_all(example: Path) -> None:
    assert check(example) == ()


def test_it_shows_each_kind_of_outcome(example: Path) -> None:
    found = {claim.id: (claim.verdict, claim.attribution) for claim in assess(open_case(example)).claims}
    assert found == {
        "crane-fell": ("corroborated", "unrecorded"),
        "three-injured": ("single-source", "unrecorded"),
        "crane-inspected": ("disputed", "unrecorded"),
        "two-million-tonnes": ("unverified", "confirmed"),
    }


@pytest.mark.parametrize("name", [name for name in EXAMPLE if name.endswith(".yaml")])
def test_every_file_says_that_it_is_invented_and_where_its_schema_is(name: str, example: Path) -> None:
    text = (example / name).read_text("utf-8")
    first, _, third, *_ = text.splitlines()
    assert first == "# yaml-language-server: $schema=.claims/case.schema.json"
    assert "INVENTED" in third
    assert (example / ".claims" / "case.schema.json").is_file()


def test_a_folder_with_something_in_it_is_left_alone(
    example: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / ".hidden").touch()
    for folder in ("full", "example", "example/case.yaml"):
        before = sorted(path.name for path in tmp_path.rglob("*"))
        assert main(["init", str(tmp_path / folder)]) == exits.WRONG_USE
        assert "is not an empty folder: name a new one" in capsys.readouterr().err
        assert sorted(path.name for path in tmp_path.rglob("*")) == before
    assert example.is_dir()


def test_folders_on_the_way_are_made(tmp_path: Path) -> None:
    assert main(["init", str(tmp_path / "a" / "b")]) == exits.FINE
    assert main(["check", "--case", str(tmp_path / "a" / "b")]) == exits.FINE
