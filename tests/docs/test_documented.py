"""Nothing that a user meets is undocumented."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from claims.cli.exits import EXITS
from claims.cli.main import COMMANDS
from claims.model.assessment import ATTRIBUTIONS, VERDICTS, WHYS
from claims.read.codes import CODES
from tests.docs.format_tables import MARKED, MODELS

ROOT = Path(__file__).parent.parent.parent
README = (ROOT / "README.md").read_text("utf-8")


def test_every_problem_code_is_documented_and_none_that_is_gone() -> None:
    page = (ROOT / "docs" / "problems.md").read_text("utf-8")
    assert re.findall(r"^\| `([a-z0-9-]+)` \| (.*) \|$", page, re.MULTILINE) == list(CODES.items())


def test_every_model_has_its_table() -> None:
    page = (ROOT / "docs" / "format.md").read_text("utf-8")
    assert {mark[1] for mark in MARKED.finditer(page)} == set(MODELS)


@pytest.mark.parametrize("model", MODELS.values(), ids=list(MODELS))
def test_every_key_says_what_it_means(model: type) -> None:
    fields = model.model_fields  # type: ignore[attr-defined]
    assert [name for name, field in fields.items() if not field.description] == []


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command.name)
def test_every_command_stands_in_the_readme(command: object) -> None:
    assert f"`claims {command.name}" in README  # type: ignore[attr-defined]


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
