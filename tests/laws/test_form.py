"""How a case is written down never matters: names, order, and what else is in it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from hypothesis import given
from hypothesis import strategies as st

from tests.judging import changed, figures, judged
from tests.strategies import sections

if TYPE_CHECKING:
    from tests.cases import Sections


def renamed(value: Any, names: dict[str, str]) -> Any:
    """The same data with every id replaced."""
    if isinstance(value, str):
        return names.get(value, value)
    if isinstance(value, dict):
        return {
            key: renamed(entry, names) if key not in {"name", "text", "stance"} else entry
            for key, entry in value.items()
        }
    if isinstance(value, list | tuple):
        return type(value)(renamed(entry, names) for entry in value)
    return value


@given(sections(), st.randoms(use_true_random=False))
def test_renaming_ids_never_changes_a_verdict(entries: Sections, random: Any) -> None:
    ids = [entry["id"] for name in entries for entry in entries[name] if entry.get("id")]
    new = [f"x{n}" for n in range(len(ids))]
    random.shuffle(new)
    names = dict(zip(ids, new, strict=True))
    before, after = judged(entries), judged(renamed(entries, names))
    for claim in before:
        assert figures(after[names[claim]]) == figures(before[claim])
        assert len(after[names[claim]].hinges_on) == len(before[claim].hinges_on)


@given(sections(), st.randoms(use_true_random=False))
def test_the_order_of_entries_never_matters(entries: Sections, random: Any) -> None:
    shuffled = changed(entries)
    for name in shuffled:
        random.shuffle(shuffled[name])
    assert judged(shuffled) == judged(entries)


@given(sections())
def test_a_claim_is_judged_alike_alone_and_among_others(entries: Sections) -> None:
    together = judged(entries)
    for claim in together:
        alone = changed(entries)
        alone["claims"] = [entry for entry in alone["claims"] if entry["id"] == claim]
        for name in ("findings", "statements"):
            alone[name] = [entry for entry in alone[name] if entry["claim"] == claim]
        assert judged(alone)[claim] == together[claim]
