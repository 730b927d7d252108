"""The view of one claim within a report: why it is judged so, who stands where, who said it, what would change it.

An audit tells more, down to file and line; this is what a reader of the report needs to follow a verdict.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from claims.present.report_view import group_item, side_title
from claims.present.view import Entry, Item, Listing, Paragraph, Span, Versus
from claims.present.wording import group_name, path_text, plain

if TYPE_CHECKING:
    from collections.abc import Iterator

    from claims.model.assessment import ClaimAssessment, Group, Member, Record, Report, Side
    from claims.present.view import Block, Line

LanguageOf = Callable[[str, str], "str | None"]
"""The language that a text of a document is in: by the id of the document, and the text, which may be translated."""
SIDES: Final[tuple[Side, Side]] = ("for", "against")


def claim_blocks(claim: ClaimAssessment, report: Report, language_of: LanguageOf) -> Iterator[Block]:
    """What a report tells of one claim, without its heading. language_of: see `LanguageOf`."""
    told = {step.rule: step.text for step in claim.steps}
    yield Paragraph(plain(told.get(claim.verdict, "")))
    if claim.dispute:
        yield Paragraph((Span("Between them: ", "muted"), Span(claim.dispute.point)))
    if claim.groups:
        (left, for_), (right, against) = (_side(side, claim, report) for side in SIDES)
        yield Versus(left, right, for_, against)
    yield from _records(claim, told.get("attribution", ""), report, language_of)
    yield from _changes(claim, report)


def _side(side: Side, claim: ClaimAssessment, report: Report) -> tuple[str, tuple[Item, ...]]:
    """A side's title, and its groups; what a report says stands behind who told it, on one line."""
    groups = [group for group in claim.groups if group.side in {side, "both"}]
    if not groups:
        return f"{side}: no report", ()
    bounds = claim.independent_for if side == "for" else claim.independent_against
    is_interested = all(group.interested for group in groups)
    title = side_title(side, bounds) if bounds.at_most or is_interested else f"{side}: nothing that counts"
    return title, tuple(_group(group, side, report) for group in groups)


def _group(group: Group, side: Side, report: Report) -> Item:
    told = group_item(group, side, report)
    under: list[Line] = []
    for member in group.members:
        if (member.stance == "contradicts") == (side == "against"):
            path = _teller(member, group, report)
            between = ": " if path and member.note else ""
            under.append((Span(f"{member.grade} "), Span(path + between, "muted"), Span(member.note or "")))
    return Item(told.text, tuple(under))


def _teller(member: Member, group: Group, report: Report) -> str:
    """Through whom a report has it; nothing where the group's name says that already."""
    if len(member.path) > 1 or not member.note:
        return path_text(member.path, report.names)
    return report.names.get(member.path[0], member.path[0]) if len(group.origins) > 1 else ""


def _records(claim: ClaimAssessment, attribution: str, report: Report, language_of: LanguageOf) -> Iterator[Block]:
    """Whether it was said, and each record of its wording."""
    if attribution:
        yield Paragraph((Span("Said: ", "muted"), Span(attribution)))
    quoted = tuple(_record(record, report, language_of) for record in claim.records if record.quote)
    if quoted:
        yield Listing(quoted)


def _record(record: Record, report: Report, language_of: LanguageOf) -> Item:
    title = report.names.get(record.document, record.document)
    where: Line = (
        Span(f"{report.names.get(record.source, record.source)}: ", "muted"),
        Span(title, "muted", None, Entry("documents", record.document), language_of(record.document, title)),
    )
    quote = record.quote or ""
    return Item((Span(f"“{quote}”", language=language_of(record.document, quote)),), (where,))


def _changes(claim: ClaimAssessment, report: Report) -> Iterator[Block]:
    """What the verdict hinges on, and what would change it."""
    items = []
    if claim.hinges_on:
        names = ", ".join(group_name(group, report.names) for group in claim.hinges_on)
        them = "it" if len(claim.hinges_on) == 1 else "any of them"
        items.append(Item(plain(f"It hinges on {names}: without {them}, another verdict.")))
    for change in claim.would_change:
        number = f"{change.findings} further independent finding{'' if change.findings == 1 else 's'}"
        text = f"{number} of grade {change.grade} {change.side} it would make it "
        items.append(Item((Span(text), Span(change.to, "verdict", change.to), Span("."))))
    if items:
        yield Listing(tuple(items))
