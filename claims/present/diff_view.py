"""The view of a difference: verdicts that changed, each with its cause; then what was said; then what moved less."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING, Final

from claims.model.share import share_text
from claims.present.view import Heading, Item, Listing, Paragraph, Span, Table, Tally, Title, View
from claims.present.wording import SYMBOLS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from claims.model.assessment import Bounds
    from claims.model.change import Cause, Change, Difference, Standing
    from claims.present.view import Block, Line

WEIGHED: Final = ("corroborated", "contradicted", "disputed", "single-source", "challenged")
"""Verdicts beside which a probability says something."""
NOUNS: Final = {
    "parties": ("party", "parties"), "sources": ("source", "sources"), "speakers": ("speaker", "speakers"),
    "documents": ("document", "documents"), "claims": ("claim", "claims"),
    "statements": ("statement", "statements"), "findings": ("finding", "findings"),
    "policy": ("part of the policy", "parts of the policy"),
}  # fmt: skip
WHATS: Final = ("added", "appeared", "changed", "withdrawn", "due", "removed")
SHORTEST: Final = 300
"""Letters of a value that are shown where it changed."""


def diff_view(difference: Difference) -> View:
    """The view of a difference."""
    changes = difference.changes
    both = [change for change in changes if change.before and change.after]
    return View(
        (
            *_summary(difference, both),
            *change_lines(changes, difference.names),
            *_moved(difference.moved),
            *_entries(difference.entries),
        )
    )


def change_lines(changes: Sequence[Change], names: Mapping[str, str]) -> tuple[Block, ...]:
    """What changed: verdicts with their causes, attributions, new claims and claims that are gone.

    names: how sources and documents are called, by id. Nothing for no change.
    """
    both = [change for change in changes if change.before and change.after]
    verdicts = [change for change in both if _is_new_verdict(change)]
    said = [change for change in both if not _is_new_verdict(change)]
    blocks: list[Block] = []
    if verdicts:
        blocks += [_heading("Verdicts that changed", verdicts), Listing(tuple(_item(c, names) for c in verdicts))]
    if said:
        blocks += [_heading("Whether it was said", said), Listing(tuple(_said(said, names)))]
    for title, found in (
        ("New claims", [change for change in changes if change.before is None]),
        ("Claims that are gone", [change for change in changes if change.after is None]),
    ):
        if found:
            blocks += [_heading(title, found), Listing(tuple(_alone(change) for change in found))]
    return tuple(blocks)


def _heading(title: str, changes: Sequence[Change]) -> Heading:
    return Heading((Span(f"{title} ({len(changes)})"),), 2)


def _is_new_verdict(change: Change) -> bool:
    return bool(change.before and change.after and change.before.verdict != change.after.verdict)


def _summary(difference: Difference, both: Sequence[Change]) -> Iterator[Block]:
    yield Heading((Span(difference.title or "What changed", "strong"),), 1)
    number = sum(map(_is_new_verdict, both))
    counts = [(Span(f"{number} {'verdict' if number == 1 else 'verdicts'} changed", "strong"),)]
    new = sum(change.before is None for change in difference.changes)
    gone = sum(change.after is None for change in difference.changes)
    counts += [
        (Span(text),)
        for how_many, text in (
            (len(both) - number, f"{len(both) - number} as to whether it was said"),
            (new, f"{new} new"),
            (gone, f"{gone} gone"),
            (len(difference.moved), f"{len(difference.moved)} moved"),
        )
        if how_many
    ]
    yield Tally(tuple(counts))
    yield Paragraph((Span("from ", "muted"), Span(difference.before), Span(" to ", "muted"), Span(difference.after)))
    if not difference.entries and not difference.changes:
        yield Paragraph((Span("Nothing differs."),))


def _item(change: Change, names: Mapping[str, str]) -> Item:
    before, after = change.before, change.after
    if before is None or after is None:
        return _alone(change)
    under: list[Line] = [(*_verdict(before), Span(" → ", "muted"), *_verdict(after))]
    under += _because(change.causes, names)
    if before.attribution != after.attribution:
        under.append((Span("said: ", "muted"), Span(_attributions(before, after))))
        under += _because(change.said_by, names)
    return Item((Span(change.text),), tuple(under))


def _alone(change: Change) -> Item:
    standing = change.after or change.before
    return Item((Span(change.text),), (_verdict(standing),) if standing else ())


def _verdict(standing: Standing) -> Line:
    word = Span(f"{SYMBOLS[standing.verdict]} {standing.verdict}", "verdict", standing.verdict)
    weighed = standing.verdict in WEIGHED
    return (word, Span(f" {share_text(standing.probability)}")) if weighed else (word,)


def _attributions(before: Standing, after: Standing) -> str:
    return f"{before.attribution.replace('-', ' ')} → {after.attribution.replace('-', ' ')}"


def _because(causes: Sequence[Cause], names: Mapping[str, str]) -> list[Line]:
    """A line a cause; several are enough only together."""
    lead = "by " if len(causes) == 1 else "with "
    return [(Span(lead if n == 0 else "and ", "muted"), *cause_line(cause, names)) for n, cause in enumerate(causes)]


def _said(changes: Sequence[Change], names: Mapping[str, str]) -> Iterator[Item]:
    """One item for all claims whose attribution changed alike, by the same documents."""
    alike: dict[tuple[object, ...], list[Change]] = defaultdict(list)
    for change in changes:
        if change.before and change.after:
            what = change.before.attribution, change.after.attribution
            alike[*what, *((cause.document or cause.id) for cause in change.said_by)].append(change)
    for found in alike.values():
        first = found[0]
        if first.before is None or first.after is None:
            continue
        head: Line = (Span(_attributions(first.before, first.after), "strong"),)
        if len(found) == 1:
            yield Item((Span(first.text),), (head, *_because(first.said_by, names)))
            continue
        documents = dict.fromkeys(_whence(cause, names) for cause in first.said_by)
        by = (Span(", by ", "muted"), Span("; ".join(text for text in documents if text), "name"))
        yield Item((*head, *by), tuple((Span(change.text),) for change in found))


def cause_line(cause: Cause, names: Mapping[str, str]) -> Line:
    """A cause, in one line: whose it is, what became of it, and what it says."""
    became = {"removed": "taken out", "withdrawn": "withdrawn", "due": "due now", "changed": "changed"}.get(cause.what)
    who = Span(_whence(cause, names) or names.get(cause.id, cause.id), "name")
    parts: list[Span] = [who]
    if became:
        parts.append(Span(f", {became}", "muted"))
    if cause.keys and cause.what == "changed":
        parts += [Span(": ", "muted"), Span("; ".join(_values(cause)))]
    elif cause.note and cause.note != who.text:
        parts += [Span(": ", "muted"), Span(cause.note)]
    elif cause.document and cause.section != "documents":
        parts += [Span(": ", "muted"), Span(names.get(cause.document, cause.document))]
    return (*parts, Span(f" ({NOUNS[cause.section][0]} {cause.id})", "muted"))


def _whence(cause: Cause, names: Mapping[str, str]) -> str:
    """The publisher and the day of a cause; empty for what no document is behind."""
    if not cause.source:
        return ""
    return ", ".join(part for part in (names.get(cause.source, cause.source), cause.date) if part)


def _values(cause: Cause) -> Iterator[str]:
    for key, (before, after) in zip(cause.keys, cause.values, strict=True):
        yield f"{key} {_short(before)} → {_short(after)}"


def _short(value: str | None) -> str:
    if value is None:
        return "none"
    return value if len(value) <= SHORTEST else f"{value[:SHORTEST]}…"


def _moved(moved: Sequence[Change]) -> Iterator[Block]:
    if not moved:
        return
    yield _heading("Moved, with the same verdict", moved)
    titles = (Title("Claim", share=1), Title("Verdict"), Title("Probability"), Title("For"), Title("Against"))
    yield Table(titles, tuple(_moved_row(c.text, c.before, c.after) for c in moved if c.before and c.after))


def _moved_row(text: str, before: Standing, after: Standing) -> tuple[Line, ...]:
    weighed = after.verdict in WEIGHED
    return (
        (Span(text),),
        (Span(f"{SYMBOLS[after.verdict]} {after.verdict}", "verdict", after.verdict),),
        (Span(_arrow(share_text(before.probability), share_text(after.probability)) if weighed else ""),),
        (Span(_arrow(_bounds(before.independent_for), _bounds(after.independent_for))),),
        (Span(_arrow(_bounds(before.independent_against), _bounds(after.independent_against))),),
    )


def _arrow(before: str, after: str) -> str:
    return before if before == after else f"{before} → {after}"


def _bounds(bounds: Bounds) -> str:
    return str(bounds.at_least) if bounds.at_least == bounds.at_most else f"{bounds.at_least}–{bounds.at_most}"


def _entries(entries: Iterable[Cause]) -> Iterator[Block]:
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for entry in entries:
        counts[entry.section][entry.what] += 1
    if counts:
        yield Heading((Span("Entries that differ"),), 2)
        yield Listing(tuple(Item((Span(_counted(section, counts[section])),)) for section in counts))


def _counted(section: str, counts: Counter[str]) -> str:
    total = sum(counts.values())
    parts = ", ".join(f"{counts[what]} {what}" for what in WHATS if counts[what])
    return f"{total} {NOUNS[section][total != 1]}: {parts}"
