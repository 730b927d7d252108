"""What is learned of sources on every face: read the golden files as a reader would."""

from __future__ import annotations

import csv
import io
import json
import re
from functools import cache
from typing import TYPE_CHECKING

import pytest
from jsonschema import Draft202012Validator

from claims.flow import assess
from claims.present import markdown, terminal
from claims.present.reliability_data import reliability_csv, reliability_json, reliability_schema
from claims.present.reliability_view import reliability_view
from claims.reliability.sources import reliabilities
from tests.cases import case_of
from tests.hostile import HOSTILE
from tests.present.harmless import assert_nothing_comes_alive, assert_nothing_is_obeyed
from tests.present.test_hostile import CONTROLS
from tests.reliability.collections import collection

if TYPE_CHECKING:
    from collections.abc import Callable

    from claims.model.reliability import Reliabilities
    from claims.present.view import View

POSSIBLE = {what: text for what, text in HOSTILE.items() if "\ud800" not in text}
"""No model takes half a surrogate pair."""
TEXTS = pytest.mark.parametrize("text", POSSIBLE.values(), ids=POSSIBLE)


@cache
def found(text: str | None = None, chosen: tuple[str, ...] = ()) -> Reliabilities:
    """One of every standing; with `text` in every field that a person fills freely."""
    good = ("agency: supports witnessed A", "wire: supports witnessed A", "ngo: supports witnessed B")
    claims: list[tuple[str, ...]] = [(*good, "blog: supports witnessed F", "state: contradicts witnessed B")] * 22
    claims += [(*good, "paper: partly-supports witnessed C", "copier<-agency: supports")] * 2
    claims += [
        ("blog: supports witnessed F", "blog: contradicts witnessed", "hermit: supports F"),
        ("hermit: supports F",),
    ]
    claims += [(*good, "tribe: supports", "far<-Tribe: contradicts")]
    sources = tuple({"id": name, "name": f"The {name.title()}", "reason": f"As {name}s go."} for name in NAMES)
    entries = collection(*claims, sources=sources)
    if text is not None:
        for entry in entries["sources"]:
            entry.update(name=text, reason=text)
        for entry in entries["claims"]:
            entry["text"] = text
    return reliabilities(assess(case_of(entries)), chosen)


NAMES = ("agency", "blog", "copier", "hermit", "ngo", "paper", "state", "tribe")
CARDS = ("blog", "paper", "state", "hermit", "tribe")


SCREENS = {
    ("reliability", 40): "reliability-40.txt", ("reliability-card", 40): "reliability-card-40.txt",
    ("reliability", 80): "reliability-80.txt", ("reliability-card", 80): "reliability-card-80.txt",
    ("reliability", 120): "reliability-120.txt", ("reliability-card", 120): "reliability-card-120.txt",
}  # fmt: skip


def views(text: str | None = None) -> dict[str, View]:
    return {
        "reliability": reliability_view(found(text), cards=False),
        "reliability-card": reliability_view(found(text, CARDS), cards=True),
    }


def test_every_standing_is_shown() -> None:
    shown = {source.standing for source in found().sources}
    assert shown == {"proposed", "contradicted", "not-contradicted", "not-enough", "nothing"}


@pytest.mark.parametrize("width", [40, 80, 120])
def test_what_is_learned_on_a_terminal(golden: Callable[[str, str], None], width: int) -> None:
    for name, view in views().items():
        golden(SCREENS[name, width], terminal.render(view, width=width, colour=False, unicode=True))


def test_what_is_learned_in_the_other_formats(golden: Callable[[str, str], None]) -> None:
    golden("reliability.md", "\n".join(map(markdown.render, views().values())))
    golden("reliability.json", reliability_json(found(None, CARDS)))
    golden("reliability.csv", reliability_csv(found()))


@TEXTS
@pytest.mark.parametrize("width", [120, 40])
@pytest.mark.parametrize("unicode", [True, False])
def test_nothing_reaches_the_terminal_that_it_would_obey(text: str, width: int, unicode: bool) -> None:
    for view in views(text).values():
        assert_nothing_is_obeyed(view, width=width, unicode=unicode)


@TEXTS
def test_nothing_of_markdown_comes_alive(text: str) -> None:
    for view in views(text).values():
        assert_nothing_comes_alive(view)


@TEXTS
def test_the_json_is_valid_safe_and_gives_the_text_back(text: str) -> None:
    for chosen in ((), CARDS):
        shown = reliability_json(found(text, chosen))
        data = json.loads(shown)
        assert not CONTROLS.search(shown)
        assert not list(Draft202012Validator(reliability_schema()).iter_errors(data))
        assert {one["name"] for one in data["sources"]} == {text}
        assert all((one["answers"] is not None) == bool(chosen) for one in data["sources"])


@TEXTS
def test_no_cell_of_the_csv_is_a_formula(text: str) -> None:
    rows = list(csv.reader(io.StringIO(reliability_csv(found(text)), newline="")))
    assert {len(row) for row in rows} == {len(rows[0])}
    for cell in (cell for row in rows for cell in row):
        assert not CONTROLS.search(cell.replace("\n", ""))
        assert not re.match(r"[\"\s]*[=+\-@＝＋－＠\t\r]", cell) or re.fullmatch(r"-?[\d.]+", cell)


def test_a_search_that_did_not_end_is_said() -> None:
    stopped = found()._replace(converged=False, rounds=200)
    shown = terminal.render(reliability_view(stopped, cards=False), width=80, colour=False, unicode=True)
    assert "The search did not end in 200 rounds" in shown
    assert "the search ended" not in shown


def test_what_is_not_there_is_said() -> None:
    none = found()._replace(sources=())
    shown = terminal.render(reliability_view(none, cards=False), width=80, colour=False, unicode=True)
    assert "No source matches." in shown
    assert "How to read this" not in shown
