"""Nothing that a user meets is undocumented."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from claims.answers.codes import CODES as TABLE_CODES
from claims.cli.commands import all_commands
from claims.cli.exits import EXITS
from claims.model.assessment import ATTRIBUTIONS, VERDICTS, WHYS
from claims.model.meanings import meanings
from claims.model.reliability import STANDINGS
from tests.docs.format_tables import MARKED, MODELS

if TYPE_CHECKING:
    from pydantic import BaseModel

    from claims.cli.command import Command

ROOT = Path(__file__).parent.parent.parent
README = (ROOT / "README.md").read_text("utf-8")


def test_every_model_has_its_table() -> None:
    page = (ROOT / "docs" / "format.md").read_text("utf-8")
    assert {mark[1] for mark in MARKED.finditer(page)} == set(MODELS)


@pytest.mark.parametrize("model", MODELS.values(), ids=list(MODELS))
def test_every_key_says_what_it_means(model: type[BaseModel]) -> None:
    assert list(meanings(model)) == list(model.model_fields)


@pytest.mark.parametrize("command", all_commands(), ids=lambda command: command.name)
def test_every_command_stands_in_the_readme(command: Command) -> None:
    assert f"`claims {command.name}" in README


@pytest.mark.parametrize(("code", "text"), TABLE_CODES.items())
def test_every_problem_of_a_table_is_documented(code: str, text: str) -> None:
    assert f"| `{code}` | {text} |" in (ROOT / "docs" / "fuse.md").read_text("utf-8")


@pytest.mark.parametrize(("standing", "text"), STANDINGS.items())
def test_every_standing_of_a_grade_is_documented(standing: str, text: str) -> None:
    assert f"| `{standing}` | {text} |" in (ROOT / "docs" / "reliability.md").read_text("utf-8")


def test_every_exit_stands_in_the_readme() -> None:
    assert re.findall(r"^\| (\d+) \| (.*) \|$", README, re.MULTILINE) == [(str(n), text) for n, text in EXITS.items()]


@pytest.mark.parametrize("word", [*VERDICTS, *ATTRIBUTIONS, *WHYS])
def test_every_outcome_is_explained(word: str) -> None:
    assert f"`{word}`" in README


def test_readme_gives_two_commands_to_begin_with() -> None:
    assert len(re.findall(r"^```sh\n", README, re.MULTILINE)) == 2


def test_ci_runs_what_the_readme_says() -> None:
    command = next(line for line in README.splitlines() if line.endswith(".venv/bin/python -m tests"))
    steps = [step.split(maxsplit=1)[1] for step in command.split(" && ")]
    script = (ROOT / ".ci" / "run").read_text("utf-8")
    assert all(step.replace("install -e", "install --editable") in script.replace("--quiet ", "") for step in steps)
