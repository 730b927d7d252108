"""What needs a second look on every face: read the golden files as a reader would."""

from __future__ import annotations

import datetime as dt
import json
from functools import cache
from typing import TYPE_CHECKING

import pytest
from jsonschema import Draft202012Validator

from claims.present import markdown, terminal
from claims.present.stale_data import stale_json, stale_schema
from claims.present.stale_view import stale_view
from claims.staleness.looks import chosen, stale
from tests.hostile import HOSTILE
from tests.present.harmless import assert_nothing_comes_alive, assert_nothing_is_obeyed
from tests.present.people import judged_people
from tests.present.test_hostile import CONTROLS

if TYPE_CHECKING:
    from collections.abc import Callable

    from claims.model.staleness import Stale

POSSIBLE = {what: text for what, text in HOSTILE.items() if "\ud800" not in text}
TEXTS = pytest.mark.parametrize("text", POSSIBLE.values(), ids=POSSIBLE)
SCREENS = {40: "stale-40.txt", 80: "stale-80.txt", 120: "stale-120.txt"}


@cache
def found(text: str | None = None) -> Stale:
    return chosen(stale(judged_people(text), dt.date(2016, 6, 30), dt.date(2015, 6, 1)), (), 2)


@pytest.mark.parametrize("width", SCREENS)
def test_what_is_stale_on_a_terminal(golden: Callable[[str, str], None], width: int) -> None:
    golden(SCREENS[width], terminal.render(stale_view(found()), width=width, colour=False, unicode=True))


def test_what_is_stale_in_the_other_formats(golden: Callable[[str, str], None]) -> None:
    golden("stale.md", markdown.render(stale_view(found())))
    golden("stale.json", stale_json(found()))


def test_the_case_of_the_golden_files_has_every_kind() -> None:
    missing = {"one-short", "quote", "due", "unchecked", "ungraded", "undated", "not-archived"} - dict(
        found().totals
    ).keys()
    assert missing == set()


@TEXTS
@pytest.mark.parametrize("width", [120, 40])
@pytest.mark.parametrize("unicode", [True, False])
def test_nothing_reaches_the_terminal_that_it_would_obey(text: str, width: int, unicode: bool) -> None:
    assert_nothing_is_obeyed(stale_view(found(text)), width=width, unicode=unicode)


@TEXTS
def test_nothing_comes_alive_in_markdown_and_json(text: str) -> None:
    assert_nothing_comes_alive(stale_view(found(text)))
    data = stale_json(found(text))
    assert not CONTROLS.search(data)
    assert not list(Draft202012Validator(stale_schema()).iter_errors(json.loads(data)))


def test_nothing_to_look_at_is_said() -> None:
    none = found()._replace(looks=(), totals=(), settling=0)
    shown = terminal.render(stale_view(none), width=80, colour=False, unicode=True)
    assert "nothing to look at again" in shown
    assert "How to read this" not in shown
