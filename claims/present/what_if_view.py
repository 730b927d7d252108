"""Short answers: why a finding counts or does not, and what a claim comes to without it, or without a source."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from claims.model.share import share_text
from claims.present.evidence_view import called, particulars
from claims.present.view import Heading, Item, Listing, Node, Paragraph, Span, Table, Title, Tree
from claims.present.wording import bounds_text, group_name, path_text, plain, verdict_line

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from claims.model.audit import Audit, AuditedFinding, LeftOut, LeftWhy, Link, Membership
    from claims.model.change import Standing
    from claims.present.view import Block, Line

HOWS: Final = {
    "relies-on": "from",
    "same-text": "the text of",
    "knows": "its own knowledge:",
    "unsaid": "does not say how it knows:",
}
ENDS: Final[dict[str, str]] = {
    "origin": " — the origin",
    "circle": " — back in a circle: no origin",
    "withdrawn": " — withdrawn: no origin",
    "before": " — published before it happened: no origin",
    "shown": " — as told elsewhere in this chain",
    "further": " — and further than is followed",
}
DEEPEST: Final = 8
"""Levels of a chain that are drawn."""
LEFT_OUT: Final[dict[LeftWhy, str]] = {"published": "Published by {}", "rests": "Rests on {} alone"}
"""What is left out, by why; the sources themselves are in the heading."""
RECORD: Final = "a record of who said it"


def what_if(audit: Audit) -> Iterator[Block]:
    """The answers that were asked for."""
    if audit.why:
        yield from _why(next(finding for finding in audit.findings if finding.id == audit.why.finding), audit)
        yield from _compared(audit.why.before, audit.why.after, "Without it")
    if audit.without:
        yield from _without(audit)


def _why(finding: AuditedFinding, audit: Audit) -> Iterator[Block]:
    counts = "counts" if _counts(finding, audit) else "does not count"
    yield Heading(plain(f"Why {finding.id} {counts}"), 2)
    yield Paragraph((Span(called(finding.document, audit), "name"), Span(f" {finding.stance}"), *particulars(finding)))
    if finding.set_aside:
        yield Paragraph((Span("Set aside: it "), Span(finding.set_aside.text, "strong"), Span(".")))
    items = tuple(Item(_standing(place, audit)) for place in finding.memberships)
    if items:
        yield Listing(items)
    if finding.chain:
        yield Paragraph((Span("Its whole chain:", "muted"),))
        yield Tree((Node(plain(called(finding.document, audit)), _chain(finding.chain, audit, DEEPEST)),))


def _counts(finding: AuditedFinding, audit: Audit) -> bool:
    counted = {group.group.id for group in audit.groups if group.group.counted}
    return any(place.group in counted and place.member.weight > 0 for place in finding.memberships)


def _standing(place: Membership, audit: Audit) -> Line:
    """Its group, its path and its grade there, and whether the group weighs as it does."""
    group = next(one.group for one in audit.groups if one.group.id == place.group)
    member = place.member
    if group.interested:
        why = "who gains by a side does not count for it"
    elif not member.weight:
        is_judged = "F" not in member.grade and "6" not in member.grade
        why = "weighs nothing" if is_judged else "cannot be judged, and so weighs nothing"
    elif place.is_strongest:
        why = f"weighs {member.weight:.3f}, and the group weighs as it does"
    else:
        heaviest = group.weight_against if member.stance == "contradicts" else group.weight_for
        other = f"another of the group weighs {heaviest:.3f}, and only the strongest counts"
        why = f"weighs {member.weight:.3f}, but adds nothing: {other}"
    unsure = "" if group.established else "; the group is not established, and may be a copy of another"
    return (
        Span("In the group of "),
        Span(group_name(group.id, audit.names), "name"),
        Span(f", {path_text(member.path, audit.names)}, graded "),
        Span(member.grade, "strong"),
        Span(f": {why}{unsure}."),
    )


def _chain(links: Sequence[Link], audit: Audit, room: int) -> tuple[Node, ...]:
    """The links as a tree; below so many levels the ends alone."""
    if not room:
        ends = sorted({(link.end or "further", link.id) for link in _last(links)})
        return tuple(Node((Span("… and at last ", "muted"), *_reached(one, end, audit))) for end, one in ends)
    return tuple(
        Node(
            (Span(f"{HOWS[link.how]} ", "muted"), *_reached(link.id, link.end, audit)),
            _chain(link.under, audit, room - 1),
        )
        for link in links
    )


def _last(links: Sequence[Link]) -> Iterator[Link]:
    for link in links:
        yield from _last(link.under) if link.under else (link,)


def _reached(one: str, end: str | None, audit: Audit) -> Line:
    return (Span(_end(one, audit), "name"), Span(ENDS[end] if end else "", "muted"))


def _end(one: str, audit: Audit) -> str:
    return called(one, audit) if one in audit.documents else audit.names.get(one, one)


def _without(audit: Audit) -> Iterator[Block]:
    without = audit.without
    if without is None:
        return
    named = " and ".join(audit.names.get(source, source) for source in without.sources)
    it = "it" if len(without.sources) == 1 else "them"
    yield Heading((Span("Without "), Span(named, "name")), 2)
    yield from _compared(without.before, without.after, f"Without {it}")
    for why, title in LEFT_OUT.items():
        items = tuple(_left_out([entry for entry in without.left_out if entry.why == why], audit))
        if items:
            yield Paragraph((Span(f"{title.format(it)}, and left out ({len(items)}):", "muted"),))
            yield Listing(items)
    if len(without.left_out) == len(without.sources):
        yield Paragraph(plain(f"Nothing on this claim is published by {it}, or rests on {it} alone."))
    if without.ended:
        yield Paragraph((Span("Rests on something else as well, and stays without that link:", "muted"),))
        findings = {finding.id: finding for finding in audit.findings}
        yield Listing(tuple(Item(_called(findings[one].document, audit)) for one in without.ended))


def _left_out(entries: Sequence[LeftOut], audit: Audit) -> Iterator[Item]:
    """A document a line, with what of it bears on the claim."""
    findings = {finding.id: finding for finding in audit.findings}
    records = {checked.record.id: checked.record.document for checked in audit.records}
    told: dict[str, list[str]] = {}
    for entry in entries:
        if entry.section == "findings":
            told.setdefault(findings[entry.id].document, []).append(findings[entry.id].stance)
        elif entry.section == "statements":
            told.setdefault(records[entry.id], []).append(RECORD)
        else:
            told.setdefault(entry.id, [])
    for document, said in told.items():
        what = ", ".join(dict.fromkeys(said)) or "passed on by others"
        yield Item((*_called(document, audit), Span(f" — {what}")))


def _called(document: str, audit: Audit) -> Line:
    return (Span(_end(document, audit)), Span(f"  {document}", "muted"))


def _compared(before: Standing, after: Standing, title: str) -> Iterator[Block]:
    same = before == after
    rows = (
        (plain("verdict"), verdict_line(before.verdict), verdict_line(after.verdict)),
        (plain("said"), plain(before.attribution.replace("-", " ")), plain(after.attribution.replace("-", " "))),
        (plain("probability"), _share(before), _share(after)),
        (plain("for"), plain(bounds_text(before.independent_for, 0)), plain(bounds_text(after.independent_for, 0))),
        (plain("against"), plain(bounds_text(before.independent_against, 0)),
         plain(bounds_text(after.independent_against, 0))),
    )  # fmt: skip
    yield Table((Title(""), Title("As it stands", 1), Title(title, 1)), rows)
    if same:
        yield Paragraph(plain("Nothing changes."))


def _share(standing: Standing) -> Line:
    low, high = standing.range
    return plain(f"{share_text(standing.probability, 3)} ({share_text(low)}–{share_text(high)})")
