"""A difference on every face: read the golden files as a reader would; nothing in them comes alive."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import jsonschema
import pytest
from markdown_it import MarkdownIt

from claims.changes import difference
from claims.present import diff_json, markdown, terminal
from claims.present.diff_json import diff_schema
from claims.present.diff_view import change_lines, diff_view
from claims.present.escape import BIDI
from tests.cases import case_of, sketch
from tests.hostile import HOSTILE
from tests.present.differences import hostile_difference, plural_difference
from tests.present.harmless import assert_nothing_comes_alive, assert_nothing_is_obeyed
from tests.present.test_hostile import CONTROLS

if TYPE_CHECKING:
    from collections.abc import Callable

TEXTS = pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)


@pytest.mark.parametrize(("name", "width"), [("diff-40.txt", 40), ("diff-80.txt", 80), ("diff-120.txt", 120)])
def test_a_difference_on_a_terminal(golden: Callable[[str, str], None], name: str, width: int) -> None:
    golden(name, terminal.render(diff_view(plural_difference()), width=width, colour=False, unicode=True))


def test_a_difference_in_the_other_formats(golden: Callable[[str, str], None]) -> None:
    golden("diff.md", markdown.render(diff_view(plural_difference())))
    golden("diff.json", diff_json.render(plural_difference()))


def test_nothing_is_shown_of_no_change() -> None:
    case = case_of(sketch("bbc: supports"))
    found = difference(case, case, before_name="one", after_name="two")
    assert change_lines(found.changes, found.names) == ()
    assert "Nothing differs." in terminal.render(diff_view(found), width=80, colour=False, unicode=True)


@TEXTS
@pytest.mark.parametrize("width", [120, 80, 40])
@pytest.mark.parametrize("unicode", [True, False])
def test_nothing_reaches_the_terminal_that_it_would_obey(text: str, width: int, unicode: bool) -> None:
    assert_nothing_is_obeyed(diff_view(hostile_difference(text)), width=width, unicode=unicode)


@TEXTS
def test_nothing_comes_alive_in_markdown(text: str) -> None:
    assert_nothing_comes_alive(diff_view(hostile_difference(text)))


@TEXTS
def test_markdown_keeps_its_shape(text: str) -> None:
    def shape(one: str) -> list[str]:
        tokens = MarkdownIt("gfm-like", {"linkify": False}).parse(markdown.render(diff_view(hostile_difference(one))))
        return [token.type for token in tokens]

    assert shape(text) == shape("plain")


@TEXTS
def test_the_json_is_valid_and_safe(text: str) -> None:
    shown = diff_json.render(hostile_difference(text))
    assert not CONTROLS.search(shown)
    assert not BIDI & set(shown)
    jsonschema.validate(json.loads(shown), diff_schema(), jsonschema.Draft202012Validator)
