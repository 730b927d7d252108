"""What a change of a case would do, as a view: what becomes of each entry, and of the verdicts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from claims.present.diff_view import change_lines
from claims.present.view import Heading, Item, Listing, Span, View

if TYPE_CHECKING:
    from collections.abc import Iterator

    from claims.model.plan import Effect, Fate, Field, Plan
    from claims.present.view import Block, Line

TITLES: Final[dict[Fate, str]] = {
    "new": "New",
    "changed": "Changed",
    "removed": "Removed",
    "there": "There already",
}
"""What becomes of entries, in the order in which it is told."""
SINGULAR: Final = {
    "parties": "party", "sources": "source", "speakers": "speaker", "documents": "document", "claims": "claim",
    "statements": "statement", "findings": "finding",
}  # fmt: skip
MOST_SHOWN: Final = 50
"""Entries of one fate that are shown one by one; of more, the others are counted."""
NOTHING: Final = "(nothing)"


def plan_view(plan: Plan) -> View:
    """The plan, entry by entry, then claim by claim."""
    return View(
        (Heading((Span(plan.what[:1].upper() + plan.what[1:], "strong"),), 1), *_effects(plan), *_changes(plan))
    )


def _effects(plan: Plan) -> Iterator[Block]:
    for fate, title in TITLES.items():
        effects = [effect for effect in plan.effects if effect.fate == fate]
        if not effects:
            continue
        yield Heading((Span(f"{title} ({len(effects)})"),), 2)
        items = [_item(effect) for effect in effects[:MOST_SHOWN]]
        if len(effects) > MOST_SHOWN:
            items.append(Item((Span(f"and {len(effects) - MOST_SHOWN} more", "muted"),)))
        yield Listing(tuple(items))


def _item(effect: Effect) -> Item:
    where = f" → {effect.file}" if effect.fate == "new" else f" in {effect.place or effect.file}"
    head: Line = (Span(f"{SINGULAR[effect.section]} "), Span(effect.id, "name"), Span(where, "muted"))
    under: list[Line] = [(Span(effect.text, "muted"),)] if effect.text else []
    under += [_field(field) for field in effect.fields]
    return Item(head, tuple(under))


def _field(field: Field) -> Line:
    return (Span(f"{field.key}: ", "muted"), Span(field.before or NOTHING), Span(" → "), Span(field.after or NOTHING))


def _changes(plan: Plan) -> Iterator[Block]:
    if plan.is_idle:
        why = "the case says all of it" if plan.effects else "nothing was given"
        yield Heading((Span(f"Nothing changes: {why}"),), 2)
    elif plan.changes:
        yield from change_lines(plan.changes, plan.names)
    else:
        yield Heading((Span("No verdict changes"),), 2)
