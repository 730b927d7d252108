"""The view of an audit: the verdict first, then who said it, what counts and why, the sum, and how it came about."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from claims.present.evidence_view import called, circles, groups, set_aside
from claims.present.sum_view import hinges, sum_blocks
from claims.present.timeline_view import timeline
from claims.present.view import Bar, Entry, Heading, Item, Listing, Paragraph, Span, Table, Tally, Title, View
from claims.present.what_if_view import what_if
from claims.present.wording import ATTRIBUTIONS, bounds_text, group_name, place_text, plain, verdict_line

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from claims.model.assessment import Conflict
    from claims.model.audit import Audit, CheckedRecord, Publication, Related, StoredText
    from claims.present.view import Block, Line

RELATED: Final = {
    "part-of": "the wider claim",
    "has-part": "a part of it",
    "figure": "a figure of one kind, about one time",
    "speaker": "one speaker",
    "topic": "one topic",
}
MOST_RELATED: Final = 8
"""Related claims that are shown; of more, how many there are."""

QUOTES: Final = {
    "exact": "stands so in the stored text",
    "changed": "differs from the stored text: ",
    "missing": "the stored text has no such words",
    "no-text": "no text is stored to compare it with",
    "not-compared": "not the document's own words, so not compared with its text",
    "no-quote": "",
}
TEXTS: Final = {
    "as-stored": "unchanged since it was stored",
    "changed": "CHANGED since it was stored",
    "unproved": "the case states no sha256 to compare with",
    "unreadable": "cannot be read",
}
MARKS: Final = {"same": "{}", "quote": "[-{}-]", "text": "{{+{}+}}"}


def audit_view(audit: Audit) -> View:
    """The view of an audit; where it was asked why a finding counts, or what if, of the answer alone."""
    if audit.why or audit.without:
        return View((*_title(audit), *what_if(audit)))
    return View(
        (
            *_title(audit),
            *_summary(audit),
            *_records(audit),
            *_conflicts(audit),
            *sum_blocks(audit),
            *hinges(audit),
            *timeline(audit),
            *groups(audit),
            *circles(audit),
            *set_aside(audit),
            *_texts(audit),
            *_searches(audit),
            *_related(audit),
            *_documents(audit),
        )
    )


def choices_view(claims: Sequence[Related], title: str) -> View:
    """The claims there are to choose from."""
    rows = tuple((verdict_line(one.verdict), (Span(one.id, "name"),), plain(one.text)) for one in claims)
    return View(
        (
            Heading((Span(title, "strong"),), 1),
            Paragraph(plain("Name one of these claims, or the beginning of its id: claims audit ID.")),
            Table((Title("Verdict"), Title("Id", 1), Title("Claim", 2)), rows),
        )
    )


def _title(audit: Audit) -> Iterator[Block]:
    claim = audit.claim
    yield Heading((Span(claim.text, "strong"),), 1)
    yield Tally(tuple(_figures(audit)))


def _figures(audit: Audit) -> Iterator[Line]:
    claim = audit.claim
    yield verdict_line(claim.verdict)
    if claim.verdict not in {"unverified", "unchecked", "not-checkable"}:
        bar = Bar(claim.range[0], claim.probability, claim.range[1])
        yield (Span("probability ", "muted"), Span(str(bar), "strong"))
    if claim.verdict not in {"unchecked", "not-checkable"}:
        yield (Span("for ", "muted"), Span(bounds_text(claim.independent_for, claim.interested_for)))
        yield (Span("against ", "muted"), Span(bounds_text(claim.independent_against, claim.interested_against)))
    if claim.verdict != "not-checkable":
        yield (Span("credibility ", "muted"), Span(str(claim.credibility)))
    yield (Span("said: ", "muted"), Span(claim.attribution.replace("-", " ")))


def _summary(audit: Audit) -> Iterator[Block]:
    claim, names = audit.claim, audit.names
    reason = next((step.text for step in claim.steps if step.rule == claim.verdict), "")
    yield Paragraph(plain(reason))
    if claim.dispute:
        yield Paragraph((Span("Between them: ", "muted"), Span(claim.dispute.point)))
    about = [f"{claim.id}, a {claim.kind}" if claim.kind != "opinion" else f"{claim.id}, an opinion"]
    about += [place_text(audit.place)] if audit.place else []
    about += [f"{name} {value}" for name, value in _entered(audit) if value]
    yield Paragraph((Span(" · ".join(about), "muted"),))
    if audit.note:
        yield Paragraph((Span(audit.note, "muted"),))
    stakes = [(word, parties) for word, parties in (("favours", audit.gains), ("harms", audit.loses)) if parties]
    if stakes:
        said = "; it ".join(f"{word} {', '.join(names.get(p, p) for p in parties)}" for word, parties in stakes)
        yield Paragraph((Span(f"Believed, it {said}.", "muted"),))
    day = f"as of {audit.as_of}" if audit.as_of else "as the case stands"
    digest = audit.digest[:19] if audit.digest else "no digest"
    yield Paragraph((Span(f"{audit.case}, {day} · policy {audit.policy} · {digest}", "muted"),))


def _entered(audit: Audit) -> tuple[tuple[str, str | None], ...]:
    return (
        ("topic", audit.claim.topic),
        ("figure", audit.figure),
        ("place", audit.where),
        ("time", audit.when),
        ("due", audit.due),
    )


def _records(audit: Audit) -> Iterator[Block]:
    claim = audit.claim
    yield Heading(plain(f"Who said it: {claim.attribution.replace('-', ' ')}"), 2)
    reason = next((step.text for step in claim.steps if step.rule == "attribution"), "")
    yield Paragraph((Span(reason), Span(f" ({ATTRIBUTIONS[claim.attribution]})", "muted")))
    if audit.records:
        yield Listing(tuple(_record(checked, audit) for checked in audit.records))


def _record(checked: CheckedRecord, audit: Audit) -> Item:
    record, names = checked.record, audit.names
    who = ", ".join(names.get(speaker, speaker) for speaker in record.speakers) or "nobody named"
    source = names.get(record.source, record.source)
    said = f"{who} — {record.stance} it, in {source}" if record.kind == "statement" else f"{source} repeats it"
    where = [part for part in (checked.date, checked.where, record.figure) if part]
    head = (
        Span(said, "name" if record.kind == "statement" else "plain"),
        Span("".join(f", {part}" for part in where)),
        Span(f"  {place_text(checked.place)}" if checked.place else "", "muted"),
    )
    under: list[Line] = []
    if record.quote:
        wording = f" ({checked.wording})" if checked.wording and checked.wording != "exact" else ""
        under.append((Span(f"“{record.quote}”"), Span(wording, "muted")))
        under.append(_quote(checked))
    if record.note:
        under.append((Span(record.note, "muted"),))
    return Item(head, tuple(under))


def _quote(checked: CheckedRecord) -> Line:
    """How the quote stands to the stored text."""
    quote = checked.quote
    if quote.status == "ambiguous":
        return (Span(f"stands in {quote.places} places of the stored text: which one is meant is not said", "warning"),)
    if quote.status == "changed":
        told = " ".join(MARKS[side].format(text) for side, text in quote.difference)
        return (Span(QUOTES["changed"], "warning"), Span(told))
    return (Span(QUOTES[quote.status], "warning" if quote.status == "missing" else "muted"),)


def _conflicts(audit: Audit) -> Iterator[Block]:
    if audit.claim.conflicts:
        yield Heading(plain("Figures that exclude each other"), 2)
        yield Listing(tuple(_conflict(conflict, audit) for conflict in audit.claim.conflicts))


def _conflict(conflict: Conflict, audit: Audit) -> Item:
    publishers = {finding.id: audit.documents[finding.document].source for finding in audit.findings}
    publishers |= {checked.record.id: checked.record.source for checked in audit.records}
    under = []
    for reading, ids in conflict.readings:
        named = sorted({group_name(publishers[one], audit.names) for one in ids if one in publishers})
        given = [*(["the claim"] if audit.claim.id in ids else []), *named]
        under.append((Span(f"{reading} — "), Span(", ".join(given), "muted")))
    return Item((Span(f"{conflict.kind}: ", "muted"), Span(conflict.text, "strong")), tuple(under))


def _texts(audit: Audit) -> Iterator[Block]:
    if audit.texts:
        yield Heading(plain("Stored texts, read again and hashed now"), 2)
        yield Listing(tuple(_text(text) for text in audit.texts))


def _text(text: StoredText) -> Item:
    is_fine = text.status == "as-stored"
    told = TEXTS[text.status] + (f": {text.reason}" if text.reason else "")
    under: list[Line] = [(Span(f"sha256 {text.found}", "muted"),)] if text.found else []
    if text.stated and text.stated != text.found:
        under.append((Span(f"the case states {text.stated}", "muted"),))
    return Item((Span(text.path, "name"), Span(" — "), Span(told, "plain" if is_fine else "warning")), tuple(under))


def _searches(audit: Audit) -> Iterator[Block]:
    if audit.searches:
        yield Heading(plain("Searches that found nothing"), 2)
        items = []
        for search in audit.searches:
            date = f", {search.date}" if search.date else ", no date given"
            under: tuple[Line, ...] = ((Span(search.note, "muted"),),) if search.note else ()
            items.append(Item((Span(search.where), Span(date, "muted")), under))
        yield Listing(tuple(items))


def _related(audit: Audit) -> Iterator[Block]:
    if not audit.related:
        return
    yield Heading(plain(f"Related claims ({len(audit.related)})"), 2)
    shown = audit.related[:MOST_RELATED]
    yield Table(
        (Title("Verdict"), Title("Claim", 3), Title("Related by", 1)),
        tuple(
            (
                verdict_line(one.verdict),
                (Span(one.text, entry=Entry("claims", one.id)), Span(f" {one.id}", "muted")),
                plain("; ".join(RELATED[relation] for relation in one.relations)),
            )
            for one in shown
        ),
    )
    left = len(audit.related) - len(shown)
    if left:
        yield Paragraph((Span(f"And {left} more by one speaker or on one topic: claims report shows them.", "muted"),))


def _documents(audit: Audit) -> Iterator[Block]:
    """Where to find every document that was named, by its id."""
    if audit.documents:
        yield Heading(plain(f"Documents ({len(audit.documents)})"), 2)
        yield Listing(tuple(_document(audit.documents[one], audit) for one in sorted(audit.documents)))


def _document(document: Publication, audit: Audit) -> Item:
    place = f"  {place_text(document.place)}" if document.place else ""
    under: list[Line] = [plain(f"“{document.title}”")] if document.title else []
    under += [(Span(address, "muted"),) for address in (document.url, document.archive) if address]
    return Item(
        (
            Span(document.id, "name", entry=Entry("documents", document.id)),
            Span(f" — {called(document.id, audit)}"),
            Span(place, "muted"),
        ),
        tuple(under),
    )
