"""The view of what needs a second look: what one fact would settle first, then kind by kind."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from claims.present.view import Heading, Item, Listing, Paragraph, Span, Tally, View
from claims.present.wording import SYMBOLS, plain

if TYPE_CHECKING:
    from collections.abc import Iterator

    from claims.model.staleness import Look, Move, Stale, StaleKind
    from claims.present.view import Block, Line

TITLES: Final[dict[StaleKind, str]] = {
    "not-established": "Does not say how it knows",
    "ungraded": "Without a grade",
    "one-short": "One report short of a decision",
    "due": "Due, and not decided",
    "quote": "Quoted otherwise than the stored text has it",
    "unchecked": "Nobody has looked",
    "not-read-again": "Not read for long",
    "not-archived": "No archived copy",
    "undated": "No date",
}
MEANINGS: Final[dict[StaleKind, str]] = {
    "not-established": "Read these again for how they know: whoever does not say so might copy what counts already.",
    "ungraded": "Findings that pass through them weigh nothing until a letter says how reliable they are.",
    "one-short": "One further independent report of a usually reliable source would decide these.",
    "due": "Their day has come: look for what became of them.",
    "quote": "Compare them with the text, and correct the quote or its wording.",
    "unchecked": "No finding, and no search that is written down.",
    "not-read-again": "Read these again, for corrections and withdrawals, and write the day under 'retrieved'.",
    "not-archived": "Pages change and vanish: archive these, and write the address under 'archive'.",
    "undated": "Without a date, nothing can be told to be too early, too late or first.",
}
SHORT: Final[dict[StaleKind, str]] = {
    "not-established": "not established",
    "ungraded": "ungraded",
    "one-short": "one report short",
    "due": "due",
    "quote": "misquoted",
    "unchecked": "unchecked",
    "not-read-again": "not read for long",
    "not-archived": "not archived",
    "undated": "undated",
}
FIXED: Final = frozenset({"not-established", "ungraded", "unchecked", "not-archived", "undated"})
"""Kinds of which each entry says the same, and the heading says it already."""


def stale_view(found: Stale) -> View:
    """The view of what needs a second look."""
    return View((*_head(found), *_settling(found), *_kinds(found), *_legend(found)))


def _head(found: Stale) -> Iterator[Block]:
    yield Heading((Span(found.title, "strong"),), 1)
    number = sum(number for _, number in found.totals)
    total = "nothing to look at again" if not number else f"{number} thing{'' if number == 1 else 's'} to look at again"
    counts = [plain(f"{number} {SHORT[kind]}") for kind, number in found.totals]
    yield Tally(((Span(total, "strong"),), *counts))
    digest = found.digest[:19] if found.digest else "no digest"
    text = f"{found.case}, as of {found.today} · read before {found.read_before} is long ago · policy {found.policy}"
    yield Paragraph((Span(f"{text} · {digest}", "muted"),))


def _settling(found: Stale) -> Iterator[Block]:
    looks = [look for look in found.looks if look.settles]
    if not looks:
        if found.totals and not found.settling:
            yield Paragraph((Span("No single fact would settle a claim.", "warning"),))
        return
    shown = f"{len(looks)} of {found.settling}" if len(looks) < found.settling else str(found.settling)
    yield Heading(plain(f"One fact would settle a claim ({shown})"), 2)
    yield Paragraph((Span("Each alone, if it turned out as hoped for; what settles most comes first.", "muted"),))
    yield Listing(tuple(_item(look, with_text=True) for look in looks))
    if len(looks) < found.settling:
        yield Paragraph((Span(f"{found.settling - len(looks)} more: --limit 0 shows all", "muted"),))


def _kinds(found: Stale) -> Iterator[Block]:
    totals = dict(found.totals)
    for kind in TITLES:
        looks = [look for look in found.looks if look.kind == kind]
        others = [look for look in looks if not look.settles]
        if not others:
            continue
        yield Heading(plain(f"{TITLES[kind]} ({totals[kind]})"), 2)
        yield Paragraph((Span(MEANINGS[kind], "muted"),))
        yield Listing(tuple(_item(look, with_text=kind not in FIXED) for look in others))
        left = totals[kind] - len(looks)
        if left:
            yield Paragraph((Span(f"{left} more: --kind {kind} --limit 0 shows all", "muted"),))


def _item(look: Look, *, with_text: bool) -> Item:
    name = (Span(look.name, "name"), *((Span(f" {look.id}", "muted"),) if look.id != look.name else ()))
    text = (Span(f": {look.text}"),) if with_text else ()
    facts = [_resting(look.rests), look.place or ""]
    facts_line = (Span(" · ".join(filter(None, facts)), "muted"),)
    return Item((*name, *text), (*(_move(move, look) for move in look.moves), facts_line))


def _resting(number: int) -> str:
    if not number:
        return "nothing rests on it"
    return f"{number} {'entry rests' if number == 1 else 'entries rest'} on it"


def _move(move: Move, look: Look) -> Line:
    """What would become of a claim, which is named where it is not what is looked at."""
    is_it = look.section == "claims" and look.id == move.claim
    return (
        Span("→ "),
        Span(f"{SYMBOLS[move.after]} {move.after}", "verdict", move.after),
        Span(f", now {move.before}{'' if is_it else ': '}", "muted"),
        Span("" if is_it else move.text),
    )


def _legend(found: Stale) -> Iterator[Block]:
    if found.looks:
        yield Heading(plain("How to read this"), 2)
        yield Listing(
            (
                Item(plain("To settle: to make corroborated or contradicted a claim that is neither.")),
                Item(
                    plain("What does not say how it knows is tried as if it knew for itself; who has no grade, as a B.")
                ),
                Item(plain("What rests on an entry: findings that count and pass it, and statements in it or on it.")),
            )
        )
