"""What people see, whole: read the golden files as a reader would."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from claims.present import csv, json, markdown, terminal
from claims.present.report_view import report_view
from claims.read.policy import default_policy
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
