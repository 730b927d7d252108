"""What a change would do, as people see it before they agree to it, and as JSON."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from jsonschema import validate
from rich.cells import cell_len

from claims.model.assessment import Bounds
from claims.model.change import Cause, Change, Standing
from claims.model.plan import Effect, Field, Plan
from claims.model.problem import Place, Problem
from claims.present import markdown, plan_json, terminal
from claims.present.escape import BIDI
from claims.present.plan_json import add_schema
from claims.present.plan_view import MOST_SHOWN, TITLES, plan_view
from claims.read.ledger import SINGULAR
from tests.hostile import HOSTILE
from tests.present.test_hostile import CONTROLS

if TYPE_CHECKING:
    from collections.abc import Callable

    from claims.model.assessment import Verdict

PLACE = Place("reports/may.yaml", 14, 5)


def standing(verdict: Verdict, probability: float) -> Standing:
    bounds = Bounds(1, 2)
    return Standing(verdict, "confirmed", probability, (0.2, 0.9), bounds, Bounds(0, 0))


def plan(text: str = "The Gazette", key: str = "gazette") -> Plan:
    """A plan with every fate, and changes of every sort."""
    before, after = standing("single-source", 0.82), standing("corroborated", 0.97)
    return Plan(
        f"add 2 sources, 1 finding and change 1 document ({key})",
        (
            Effect("sources", key, "new", "sources.yaml", text),
            Effect("sources", "bare", "new", "sources.yaml"),
            Effect("documents", "bbc-1", "changed", PLACE.file, text,
                   (Field("title", "Old", text), Field("note", None, "New"), Field("url", "x", None)), PLACE),
            Effect("claims", "gone", "removed", PLACE.file, text, (), PLACE),
            Effect("findings", "bbc-1/area", "there", PLACE.file, "", (), PLACE),
        ),
        (
            Change("area", text, before, after, (Cause("findings", f"{key}-1/area", "added", (), text),)),
            Change("fresh", text, None, standing("unchecked", 0.5), ()),
        ),
        (Problem("new.yaml", 3, 5, "look-alike", text, text),),
        {"gazette": text},
    )  # fmt: skip


@pytest.mark.parametrize(("name", "width"), [("plan-40.txt", 40), ("plan-80.txt", 80), ("plan-120.txt", 120)])
def test_a_plan_looks_like_this(name: str, width: int, golden: Callable[[str, str], None]) -> None:
    golden(name, terminal.render(plan_view(plan()), width=width, colour=False, unicode=True))


def test_a_plan_as_json_looks_like_this(golden: Callable[[str, str], None]) -> None:
    text = plan_json.render(plan(), is_written=True)
    validate(json.loads(text), add_schema())
    golden("plan.json", text)


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_nothing_of_what_is_added_comes_alive(text: str) -> None:
    view = plan_view(plan(text, text))
    for width in (40, 120):
        shown = terminal.render(view, width=width, colour=False, unicode=True)
        assert not CONTROLS.search(shown)
        assert not BIDI & set(shown)
        assert max(map(cell_len, shown.split("\n"))) <= width
    assert "<script" not in markdown.render(view)
    validate(json.loads(plan_json.render(plan(text, text), is_written=False)), add_schema())


def test_of_many_entries_the_first_are_shown_and_the_others_counted() -> None:
    effects = tuple(Effect("sources", f"s{n}", "new", "a.yaml") for n in range(MOST_SHOWN + 3))
    shown = terminal.render(plan_view(Plan("add", effects, (), (), {})), width=80, colour=False, unicode=True)
    assert "and 3 more" in shown
    assert f"New ({MOST_SHOWN + 3})" in shown
    assert f"s{MOST_SHOWN} " not in shown


@pytest.mark.parametrize(
    ("effects", "said"),
    [
        ((Effect("sources", "x", "there", "a.yaml", "", (), PLACE),), "Nothing changes: the case says all of it"),
        ((), "Nothing changes: nothing was given"),
        ((Effect("sources", "x", "new", "a.yaml"),), "No verdict changes"),
    ],
)
def test_it_is_said_where_nothing_changes(effects: tuple[Effect, ...], said: str) -> None:
    assert said in terminal.render(plan_view(Plan("add", effects, (), (), {})), width=80, colour=False, unicode=True)


def test_every_fate_and_section_has_its_words() -> None:
    assert set(TITLES) == {"new", "changed", "removed", "there"}
    shown = "".join(
        terminal.render(plan_view(Plan("add", (Effect(section, "x", "new", "a.yaml"),), (), (), {})), width=80,
                        colour=False, unicode=True)
        for section in SINGULAR
    )  # fmt: skip
    assert all(f"· {one} x → a.yaml" in shown for one in SINGULAR.values())
