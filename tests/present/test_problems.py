"""Problems as editors and people read them."""

from __future__ import annotations

import json
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from rich.cells import cell_len

from claims.model.problem import Place, Problem
from claims.present.escape import for_terminal
from claims.present.problems import problems_schema, render_json, render_text

SOH = Problem(
    "june.yaml", 14, 13, "unknown-source", "no source is called 'soh'",
    "did you mean 'sohr'? A new source goes under 'sources:'.", source="    source: soh", width=3,
)  # fmt: skip


def test_the_form_that_editors_know() -> None:
    assert render_text([SOH], width=120, colour=False) == (
        "june.yaml:14:13: unknown-source: no source is called 'soh'\n"
        "   14 |     source: soh\n"
        "      |             ^^^  did you mean 'sohr'? A new source goes under 'sources:'.\n"
    )


def test_a_way_out_that_does_not_fit_goes_on_below() -> None:
    lines = render_text([SOH], width=70, colour=False).splitlines()
    assert lines[2:] == [
        "      |             ^^^  did you mean 'sohr'? A new source goes under",
        "      |                  'sources:'.",
    ]
    assert render_text([SOH], width=40, colour=False).splitlines()[2:] == [
        "      |             ^^^",
        "      | did you mean 'sohr'? A new",
        "      | source goes under 'sources:'.",
    ]


def test_a_warning_says_so_and_other_places_are_named() -> None:
    problem = Problem("june.yaml", 14, 13, "c", "m", severity="warning", also=(Place("may.yaml", 2, 7),))
    shown = render_text([problem], width=80, colour=False)
    assert re.match(r"june\.yaml:14:13: warning: ", shown)
    assert "    also at may.yaml:2:7\n" in shown


def test_nothing_is_nothing() -> None:
    assert render_text([], width=80, colour=False) == ""
    assert json.loads(render_json([])) == {"schema": "claims/problems/1", "problems": []}


@pytest.mark.parametrize("before", ["    source: ", "حسن: ", "王毅: ", "\t", "é: ", "\u202e: "])
def test_the_caret_stands_under_what_is_meant(before: str) -> None:
    problem = Problem("a.yaml", 1, len(before) + 1, "c", "m", source=f"{before}soh tail", width=3)
    _, line, caret = render_text([problem], width=80, colour=False).splitlines()
    assert cell_len(line[: line.index("soh")]) == caret.index("^")
    assert caret.count("^") == 3


@given(st.integers(1, 700), st.integers(0, 700), st.integers(20, 200), st.integers(0, 600))
def test_a_long_line_is_shown_in_part_with_marks_and_the_caret_within(
    at: int, meant: int, width: int, size: int
) -> None:
    problem = Problem("a.yaml", 1, at, "c", "m", source="x" * size, width=meant)
    _, line, caret = (*render_text([problem], width=width, colour=False).splitlines(), "")[:3]
    assert len(line) <= max(width, 8 + 24)
    if at <= size:
        assert len(caret) <= len(line)
    assert ("…" in line) == (size > max(min(width - 8, 160), 24))


@given(st.text(max_size=40), st.integers(1, 50), st.integers(0, 50))
def test_any_line_of_a_file_can_be_shown(source: str, column: int, meant: int) -> None:
    problem = Problem("a.yaml", 1, column, "c", source, source, source=source, width=meant)
    shown = render_text([problem], width=60, colour=False)
    assert shown.splitlines()[0] == f"a.yaml:1:{column}: c: {for_terminal(source)}".rstrip("\n")
    assert not list(Draft202012Validator(problems_schema()).iter_errors(json.loads(render_json([problem]))))


def test_colour_is_only_colour() -> None:
    shown = render_text([SOH], width=120, colour=True)
    assert re.sub(r"\x1b\[\d+m", "", shown) == render_text([SOH], width=120, colour=False)
