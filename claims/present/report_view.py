"""The view of a report: what is well founded first, and nothing dressed up.

Summary; claims by verdict; disputes, side against side; figures and words that exclude each other; circles; what is
set aside and why; notes; what the signs mean.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING

from claims.model.grade import CREDIBILITY
from claims.present.view import Bar, Entry, Heading, Item, Listing, Paragraph, Row, Span, Tally, Verdicts, Versus, View
from claims.present.wording import (
    ATTRIBUTIONS,
    MEANINGS,
    ORDER,
    SYMBOLS,
    WHY,
    bounds_text,
    circle_line,
    group_name,
    path_text,
    plain,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from claims.model.assessment import Bounds, ClaimAssessment, Group, Report, SetAside
    from claims.present.view import Block, Line


def report_view(report: Report) -> View:
    """The view of a report."""
    return View(
        (
            *_summary(report),
            *_verdicts(report),
            *background(report),
        )
    )


def background(report: Report) -> Iterator[Block]:
    """What stands behind the verdicts: all of the report but its summary and its rows."""
    yield from _disputes(report)
    yield from _conflicts(report)
    yield from _circles(report)
    yield from _set_aside(report)
    yield from _notes(report)
    yield from _legend(report)


def _summary(report: Report) -> Iterator[Block]:
    yield Heading((Span(report.title, "strong"),), 1)
    number = len(report.claims)
    counts = [
        (Span(f"{SYMBOLS[verdict]} {report.totals[verdict]} {verdict}", "verdict", verdict),)
        for verdict in ORDER
        if report.totals.get(verdict)
    ]
    yield Tally(((Span(f"{number} claim{'' if number == 1 else 's'}", "strong"),), *counts))
    if not report.totals.get("corroborated"):
        none = "No claim shown here is corroborated." if report.claims else "There is nothing here to judge."
        yield Paragraph((Span(none, "warning"),))
    day = f"as of {report.as_of}" if report.as_of else "as the case stands"
    digest = report.digest[:19] if report.digest else "no digest"
    yield Paragraph((Span(f"{report.case}, {day} · policy {report.policy} · {digest}", "muted"),))


def _verdicts(report: Report) -> Iterator[Block]:
    for verdict in ORDER:
        claims = [claim for claim in report.claims if claim.verdict == verdict]
        if claims:
            title = f"{SYMBOLS[verdict]} {verdict.capitalize()} ({len(claims)})"
            yield Heading((Span(title, "verdict", verdict),), 2)
            yield Paragraph((Span(MEANINGS[verdict], "muted"),))
            yield Verdicts(tuple(row(claim, report) for claim in claims))


def row(claim: ClaimAssessment, report: Report) -> Row:
    """A claim's line in a table of verdicts; figures that would say nothing are left out."""
    who = ", ".join(report.names.get(speaker, speaker) for speaker in claim.speakers)
    checkable = claim.verdict != "not-checkable"
    looked_at = checkable and claim.verdict != "unchecked"
    weighed = looked_at and claim.verdict != "unverified"
    return Row(
        symbol=SYMBOLS[claim.verdict],
        verdict=claim.verdict,
        claim=(_named(claim),),
        said=", ".join(part for part in (who, claim.date) if part),
        bounds_for=bounds_text(claim.independent_for, claim.interested_for) if looked_at else "",
        bounds_against=bounds_text(claim.independent_against, claim.interested_against) if looked_at else "",
        probability=Bar(claim.range[0], claim.probability, claim.range[1]) if weighed else None,
        credibility=str(claim.credibility) if checkable else "",
        attribution=claim.attribution.replace("-", " "),
        hinges_on=", ".join(group_name(group, report.names) for group in claim.hinges_on),
    )


def _named(claim: ClaimAssessment) -> Span:
    return Span(claim.text, entry=Entry("claims", claim.id))


def _disputes(report: Report) -> Iterator[Block]:
    disputed = [claim for claim in report.claims if claim.dispute]
    if disputed:
        yield Heading(plain("Disputes, side against side"), 2)
    for claim in disputed:
        dispute = claim.dispute
        if dispute is None:
            continue
        yield Heading((_named(claim),), 3)
        yield Paragraph((Span("Between them: ", "muted"), Span(dispute.point)))
        groups = {group.id: group for group in claim.groups}
        yield Versus(
            side_title("for", claim.independent_for),
            side_title("against", claim.independent_against),
            tuple(group_item(groups[one], "for", report) for one in dispute.supporters),
            tuple(group_item(groups[one], "against", report) for one in dispute.opponents),
        )


def side_title(side: str, bounds: Bounds) -> str:
    """A side, and in how many independent groups it stands."""
    if not bounds.at_most:
        return f"{side}: interested groups only"
    low, high = bounds.at_least, bounds.at_most
    return f"{side}: {low if low == high else f'{low}–{high}'} independent"


def group_item(group: Group, side: str, report: Report) -> Item:
    """A group as it stands on one side: its origins, and the reports that lead there with what each says."""
    marks = ["interested"] if group.interested else []
    marks += ["against interest"] if group.against_interest else []
    marks += [] if group.established else ["not established"]
    names = ", ".join(report.names.get(origin, origin) for origin in group.origins)
    under: list[Line] = []
    for member in group.members:
        if (member.stance == "contradicts") == (side == "against"):
            under.append((Span(f"{member.grade} "), Span(path_text(member.path, report.names), "muted")))
            under += [(Span(f"   {member.note}"),)] if member.note else []
    return Item((Span(names, "name"), Span(f" ({', '.join(marks)})" if marks else "", "muted")), tuple(under))


def _conflicts(report: Report) -> Iterator[Block]:
    chosen = [claim for claim in report.claims if claim.conflicts or claim.attribution == "wording-varies"]
    if not chosen:
        return
    yield Heading(plain("Figures and words that exclude each other"), 2)
    items = []
    for claim in chosen:
        under: list[Line] = []
        for conflict in claim.conflicts:
            under.append((Span(f"{conflict.kind}: ", "muted"), Span(conflict.text, "strong")))
            under += [
                (Span(f"  {text} — "), Span(_givers(ids, claim, report), "muted")) for text, ids in conflict.readings
            ]
        if claim.attribution == "wording-varies":
            reason = next((step.text for step in claim.steps if step.rule == "attribution"), "")
            under.append((Span(reason),))
        items.append(Item((_named(claim),), tuple(under)))
    yield Listing(tuple(items))


def _givers(ids: Sequence[str], claim: ClaimAssessment, report: Report) -> str:
    """Who prints a reading: the sources, each once; the claim itself first, where it is its own figure."""
    source_of = {record.id: record.source for record in claim.records}
    source_of |= {member.finding: member.path[0] for group in claim.groups for member in group.members}
    source_of |= {entry.finding: report.publishers[entry.document] for entry in claim.set_aside}
    named = sorted({report.names.get(source_of[one], source_of[one]) for one in ids if one != claim.id})
    return ", ".join([*(["the claim"] if claim.id in ids else []), *named])


def _circles(report: Report) -> Iterator[Block]:
    items = []
    for claim in report.claims:
        # each finding on a circle tells it from where it stands itself: the same documents are the same circle
        loops = {frozenset(entry.loop): entry.loop for entry in reversed(claim.set_aside) if entry.why == "circular"}
        if loops:
            items.append(
                Item(
                    (_named(claim),),
                    tuple(circle_line(loop, report.publishers, report.names) for loop in reversed(loops.values())),
                )
            )
    if items:
        yield Heading(plain("Chains that run in a circle"), 2)
        yield Listing(tuple(items))


def _set_aside(report: Report) -> Iterator[Block]:
    by_reason: dict[str, list[tuple[ClaimAssessment, SetAside]]] = defaultdict(list)
    for claim in report.claims:
        for entry in claim.set_aside:
            by_reason[entry.why].append((claim, entry))
    if not by_reason:
        return
    yield Heading(plain("Set aside, and never counted"), 2)
    for why in WHY:
        entries = by_reason.get(why)
        if entries:
            yield Heading(plain(f"{WHY[why]} ({len(entries)})"), 3)
            yield Listing(tuple(_aside_items(entries, why)))


def _aside_items(entries: list[tuple[ClaimAssessment, SetAside]], why: str) -> Iterator[Item]:
    """One item a claim: what is set aside of it, with the particulars where they differ from finding to finding."""
    by_claim: dict[str, list[SetAside]] = defaultdict(list)
    texts = {claim.id: claim.text for claim, _ in entries}
    for claim, entry in entries:
        by_claim[claim.id].append(entry)
    for claim_id, found in by_claim.items():
        if why in {"mentions", "repeats", "speaker"}:
            under: tuple[Line, ...] = ((Span(_counted(entry.document for entry in found), "muted"),),)
        else:
            under = tuple((Span(f"{entry.document}: ", "muted"), Span(entry.text)) for entry in found)
        yield Item((Span(texts[claim_id], entry=Entry("claims", claim_id)),), under)


def _counted(documents: Iterable[str]) -> str:
    """Each document once, with its number where it is set aside more than once on a claim."""
    counts = Counter(documents)
    return ", ".join(f"{document} ({number})" if number > 1 else document for document, number in counts.items())


def _notes(report: Report) -> Iterator[Block]:
    if report.notes:
        yield Heading(plain("Notes"), 2)
        yield Listing(tuple(Item((Span(note),)) for note in report.notes))


def _legend(report: Report) -> Iterator[Block]:
    if not report.claims:
        return
    yield Heading(plain("How to read this"), 2)
    digits = ", ".join(f"{digit} {words}" for digit, words in CREDIBILITY.items())
    used = [key for key in ATTRIBUTIONS if any(claim.attribution == key for claim in report.claims)]
    said = "; ".join(f"{key.replace('-', ' ')}: {ATTRIBUTIONS[key]}" for key in used)
    yield Listing(
        (
            Item(
                plain("For, against: independent groups, at least–at most; reports that share an origin are one group.")
            ),
            Item(plain("+int.: interested groups stand there too. Who gains by a side does not count for it.")),
            Item(plain("Probability: of the claim, and its range with every source one letter better or worse.")),
            Item(plain(f"Cred.: Admiralty credibility, assigned by the report: {digits}.")),
            Item(plain(f"Said: whether the speaker said it, apart from whether it is so: {said}.")),
            Item(plain("Hinges on: the verdict would change without that group.")),
        )
    )
