"""What people see, whole: read the golden files as a reader would."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from claims.model.problem import Place, Problem
from claims.present import csv, json, markdown, policy, problems, terminal
from claims.present.report_view import report_view
from claims.read.policy import default_policy
from tests.conftest import GOLDEN
from tests.present.reports import plural_report

if TYPE_CHECKING:
    from collections.abc import Callable

SCREENS = [
    ("wide.txt", 140, False, True),
    ("middle.txt", 80, False, True),
    ("narrow.txt", 40, False, True),
    ("colour.txt", 100, True, True),
    ("ascii.txt", 80, False, False),
]
PROBLEMS = [
    Problem(
        "june.yaml", 14, 13, "unknown-source", "no source is called 'soh'",
        "did you mean 'sohr'? A new source goes under 'sources:'.", source="    source: soh", width=3,
    ),
    Problem(
        "مايو.yaml", 3, 8, "stray-comment", "the quote ends before '#'", "put the quote between quotation marks",
        severity="warning", source="quote: نصرالله #1", width=7,
    ),
    Problem(
        "june.yaml", 20, 7, "same-id", "the id 'a' is used twice", None, source="\t- id: a", width=1,
        also=(Place("june.yaml", 2, 7), Place("may\u202e.yaml", 9, 7)),
    ),
    Problem("june.yaml", 30, 200, "unknown-key", "no key is called 'souce'", "did you mean 'source'?",
            source=f"{'a' * 199}souce{'b' * 200}", width=5),
    Problem("case.yaml", 1, 1, "no-case", "there is no case in this file", "write 'case:' and a title"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "width", "colour", "unicode"), SCREENS)
def test_a_report_on_a_terminal(
    golden: Callable[[str, str], None], name: str, width: int, colour: bool, unicode: bool
) -> None:
    golden(name, terminal.render(report_view(plural_report()), width=width, colour=colour, unicode=unicode))


def test_a_report_in_the_other_formats(golden: Callable[[str, str], None]) -> None:
    found = plural_report()
    golden("report.md", markdown.render(report_view(found)))
    golden("report.csv", csv.render(found))
    golden("report.json", json.render(found, default_policy()))


def test_problems(golden: Callable[[str, str], None]) -> None:
    golden("problems.txt", problems.render_text(PROBLEMS, width=80, colour=False))
    golden("problems.json", problems.render_json(PROBLEMS))


def test_the_policy(golden: Callable[[str, str], None]) -> None:
    golden("policy.txt", policy.render(default_policy(), width=80, colour=False, unicode=True))


def test_no_golden_file_is_left_over() -> None:
    tests = "".join(path.read_text("utf-8") for path in GOLDEN.parent.rglob("*.py"))
    assert [path.name for path in GOLDEN.iterdir() if f'"{path.name}"' not in tests] == []


def test_the_hash_seed_of_python_never_reaches_the_output() -> None:
    code = (
        "from claims.present import json, terminal\n"
        "from claims.present.report_view import report_view\n"
        "from claims.read.policy import default_policy\n"
        "from tests.present.reports import plural_report\n"
        "found = plural_report()\n"
        "print(json.render(found, default_policy()))\n"
        "print(terminal.render(report_view(found), width=100, colour=True, unicode=False))\n"
    )
    outputs = {
        subprocess.run(
            [sys.executable, "-c", code],
            env=os.environ | {"PYTHONHASHSEED": seed, "PYTHONIOENCODING": "utf-8"},
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert len(outputs) == 1
