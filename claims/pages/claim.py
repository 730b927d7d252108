"""The page of each claim: the verdict and its account, who has it from whom, the sum, and every report behind it."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final, NamedTuple

from claims.auditing.batches import Auditor
from claims.pages.blocks import anchor_of, claim_anchor, drawn
from claims.pages.figures import figure, picture_style, undrawn
from claims.pages.frame import Page
from claims.pages.routes import path_of
from claims.pages.sheet import Sheet
from claims.pages.templating import asset, rendered
from claims.pictures.chain import chain_picture, chain_told
from claims.pictures.development import UNSAID, development_picture
from claims.pictures.layout import can_lay_out
from claims.present.audit_view import audit_view
from claims.present.view import Entry, Heading, Listing
from claims.present.wording import place_text, plain

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from markupsafe import Markup

    from claims.model.audit import Audit, AuditedFinding, CheckedRecord
    from claims.pages.ground import File, Ground, Piece
    from claims.pages.routes import Places
    from claims.pages.sheet import Cell
    from claims.present.view import Block

COLUMNS: Final = (
    "finding", "document", "source", "published", "stance", "basis", "value", "groups", "grade", "set_aside", "note",
    "url", "file", "line",
)  # fmt: skip
"""What is told of each finding in the rows of a claim's page."""
RECORDS: Final = "who-said-it"
CHAINS: Final = "what-stands-behind-it-origin-by-origin"
DEVELOPMENT: Final = "how-it-developed"
FIRST: Final = ("", RECORDS, CHAINS, DEVELOPMENT)
"""Parts in the order in which they stand; the others follow as the audit has them."""


class Part(NamedTuple):
    """A division of the page: its heading, and what is below it."""

    title: str
    anchor: str
    body: Markup
    figure: Markup | None = None


class Told(NamedTuple):
    """One record of the utterance, as it stands on the page."""

    who: str
    speaker: str | None
    """Where the speaker's page is."""
    source: str
    source_place: str | None
    title: str
    document_place: str | None
    title_language: str | None
    """The language of the title, which may be told in translation."""
    language: str | None
    record: CheckedRecord
    where: tuple[str, ...]
    place: str | None


def claim_pages(ground: Ground) -> Iterator[Piece]:
    """A page for every claim, in the order of the ids."""
    auditor = Auditor(ground.assessment)
    for ids in auditor.batches():
        wanted = tuple(id_ for id_ in ids if ground.wants(_path(id_)))
        if wanted:
            yield partial(_pages, wanted, auditor, ground)


def _pages(ids: tuple[str, ...], auditor: Auditor, ground: Ground) -> Iterator[File]:
    for found in auditor.audits(ids):
        yield from _files(found, ground)


def _path(claim: str) -> str:
    return path_of(Entry("claims", claim)) or ""


def _files(found: Audit, ground: Ground) -> Iterator[File]:
    path = _path(found.claim.id)
    yield from ground.bound(path, claim_page(found, ground, path))


def claim_page(audit: Audit, ground: Ground, path: str) -> Page:
    """The page of one claim, as it stands at `path`."""
    places = ground.places(path)
    parts = tuple(_parts(audit, ground, path, places))
    claim = audit.claim
    return Page(
        title=claim.text,
        about=ground.about,
        body=rendered(
            "claim.html",
            claim=claim,
            anchor=claim_anchor(claim.id),
            intro=parts[0].body,
            parts=parts[1:],
        ),
        sheet=_sheet(audit),
        anchor=claim_anchor(claim.id),
        styles=(picture_style(), f"\n{asset('claim.css')}"),
    )


def _parts(audit: Audit, ground: Ground, path: str, places: Places) -> Iterator[Part]:
    """The parts of the audit, each below its heading; the first has none. Pictures stand where they belong."""
    found = {title.anchor if title else "": (title, blocks) for title, blocks in _divided(audit_view(audit).blocks)}
    if audit.findings and CHAINS not in found:
        found[CHAINS] = (_Title("Who has it from whom", CHAINS), [])
    order = [*(one for one in FIRST if one in found), *(one for one in found if one not in FIRST)]
    for anchor in order:
        title, blocks = found[anchor]
        if anchor == RECORDS:
            text = [block for block in blocks if not isinstance(block, Listing)]
            body = rendered("records.html", text=drawn(text, places), records=tuple(_records(audit, ground, places)))
        else:
            body = drawn(blocks, places)
        yield Part(title.text if title else "", anchor, body, _figure(anchor, audit, ground, path))


class _Title(NamedTuple):
    text: str
    anchor: str


def _divided(blocks: Iterable[Block]) -> Iterator[tuple[_Title | None, list[Block]]]:
    """Blocks by the heading of level 2 that they stand below; the heading of the whole is left out."""
    title: _Title | None = None
    own: list[Block] = []
    for block in blocks:
        if isinstance(block, Heading) and block.level < 3:  # noqa: PLR2004 - a heading within a part stays in it
            if own or title:
                yield title, own
            is_part = block.level > 1
            title = _titled(block) if is_part else None
            own = []
        else:
            own.append(block)
    yield title, own


def _titled(heading: Heading) -> _Title:
    """A part's heading with its anchor, which stays the same whatever was found: without what follows a colon."""
    text = "".join(span.text for span in heading.text)
    return _Title(text, anchor_of(Heading(plain(text.partition(":")[0]), heading.level)))


def _figure(anchor: str, audit: Audit, ground: Ground, path: str) -> Markup | None:
    if anchor == CHAINS:
        if not can_lay_out():
            return undrawn("Who has it from whom", chain_told(audit))
        return figure(chain_picture(audit, ground.reached(path)))
    is_drawn = len(audit.timeline) > 1 and any(moment.verdict not in UNSAID for moment in audit.timeline)
    if anchor == DEVELOPMENT and is_drawn:
        return figure(development_picture(audit))
    return None


def _records(audit: Audit, ground: Ground, places: Places) -> Iterator[Told]:
    for checked in audit.records:
        record, names = checked.record, audit.names
        document = audit.documents[record.document]
        yield Told(
            who=", ".join(names.get(one, one) for one in record.speakers) or "nobody named",
            speaker=places(Entry("speakers", record.speakers[0])) if len(record.speakers) == 1 else None,
            source=names.get(record.source, record.source),
            source_place=places(Entry("sources", record.source)),
            title=document.title or document.id,
            document_place=places(Entry("documents", record.document)),
            title_language=ground.title_languages.get(record.document),
            language=ground.languages.get(record.document),
            record=checked,
            where=tuple(part for part in (checked.date, checked.where, record.figure) if part),
            place=place_text(checked.place) if checked.place else None,
        )


def _sheet(audit: Audit) -> Sheet:
    rows = tuple(_row(finding, audit) for finding in audit.findings)
    return Sheet(f"{audit.case}-{audit.claim.id}", COLUMNS, rows)


def _row(finding: AuditedFinding, audit: Audit) -> tuple[Cell, ...]:
    document, aside, place = audit.documents[finding.document], finding.set_aside, finding.place
    return (
        finding.id, finding.document, document.source, document.published, finding.stance, finding.basis, finding.value,
        "; ".join(one.group for one in finding.memberships),
        "; ".join(dict.fromkeys(one.member.grade for one in finding.memberships)),
        aside.why if aside else None, finding.note, document.url,
        place.file if place else None, place.line if place else None,
    )  # fmt: skip
