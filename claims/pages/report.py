"""The report as a page: the summary, one table of all claims, each claim by itself, and what stands behind them.

As a file by itself it tells of each claim on the same page; within a site, `places` leads to the claims' own pages.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, Final, NamedTuple

from claims.pages.blocks import anchor_of, claim_anchor, drawn, on_this_page
from claims.pages.frame import Link, Page, about, page
from claims.pages.languages import is_spelled, language_code
from claims.pages.sheet import Sheet
from claims.pages.templating import rendered
from claims.present.claim_view import claim_blocks
from claims.present.report_view import background, row
from claims.present.view import Heading, Versus
from claims.present.wording import ORDER

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from markupsafe import Markup

    from claims.model.assessment import ClaimAssessment, Report
    from claims.model.case import Case
    from claims.pages.routes import Places
    from claims.present.view import Block, Row

COLUMNS: Final = (
    "id", "claim", "kind", "topic", "speakers", "date", "verdict", "attribution", "probability", "low", "high",
    "credibility", "for_at_least", "for_at_most", "against_at_least", "against_at_most", "interested_for",
    "interested_against", "hinges_on",
)  # fmt: skip
"""What is told of each claim in the sheet of the report; the names are those of the report as CSV."""


BREAK: Final = re.compile(r"\n\s*\n|\n")


class Found(NamedTuple):
    """What a row can be found and sorted by. Speakers and sources are told by their numbers among the choices."""

    id: str
    anchor: str
    probability: str
    speakers: str
    topic: str
    sources: str


class Told(NamedTuple):
    """A claim on the page: its heading's facts, and what is told of it."""

    claim: ClaimAssessment
    row: Row
    anchor: str
    body: Markup


class Choice(NamedTuple):
    """A value that the table can be filtered by, and how it is called."""

    value: str
    text: str


def render(report: Report, case: Case) -> str:
    """The report as one HTML file that needs no other."""
    return page(report_page(report, case))


def report_page(
    report: Report,
    case: Case,
    places: Places = on_this_page,
    *,
    links: tuple[Link, ...] = (),
    behind: Iterable[Block] | None = None,
) -> Page:
    """The page of a report. Where `places` leads elsewhere for claims, nothing but their rows is told of them here.

    behind: what stands behind the verdicts, shown below the table; all of it, unless given.
    """
    claims = _in_reading_order(report.claims)
    rows = [row(claim, report) for claim in claims]
    is_whole = places is on_this_page
    blocks = tuple(background(report) if behind is None else behind)
    if is_whole:  # both sides of a dispute stand with the claim
        blocks = tuple(block for block in blocks if not isinstance(block, Versus))
    choices = _choices(claims, report)
    told = _told(claims, rows, report, case) if is_whole else ()
    return Page(
        title=None,
        about=about(report),
        has_anchors=bool(told),
        body=rendered(
            "report.html",
            report=report,
            counts=[(verdict, report.totals[verdict]) for verdict in ORDER if report.totals.get(verdict)],
            rows=rows,
            more=_found(claims, report, choices, is_whole=is_whole),
            choices=choices,
            told=told,
            parts=_parts(blocks, is_whole=bool(told)),
            background=drawn(blocks, places),
            places=places,
            case_about=_paragraphs(case.about or ""),
        ),
        links=links,
        sheet=_sheet(claims, report),
        is_filtered=bool(claims),
    )


def _paragraphs(text: str) -> tuple[str, ...]:
    return tuple(filter(None, (part.strip() for part in BREAK.split(text))))


def _in_reading_order(claims: Iterable[ClaimAssessment]) -> list[ClaimAssessment]:
    """By verdict, as every face lists them; within one as they came."""
    return sorted(claims, key=lambda claim: ORDER.index(claim.verdict))


def _told(claims: list[ClaimAssessment], rows: list[Row], report: Report, case: Case) -> tuple[Told, ...]:
    codes = {document.id: language_code(document.language) for document in case.documents}

    def language_of(document: str, text: str) -> str | None:
        code = codes.get(document)
        return code if code and is_spelled(text, code) else None

    return tuple(
        Told(claim, line, claim_anchor(claim.id), drawn(claim_blocks(claim, report, language_of), on_this_page))
        for claim, line in zip(claims, rows, strict=True)
    )


def _found(
    claims: list[ClaimAssessment], report: Report, choices: Mapping[str, tuple[Choice, ...]], *, is_whole: bool
) -> list[Found]:
    number = {kind: {one.value: str(n) for n, one in enumerate(choices[kind], 1)} for kind in ("speaker", "source")}
    return [
        Found(
            claim.id,
            "" if is_whole else claim_anchor(claim.id),
            f"{claim.probability:.4f}",
            " ".join(number["speaker"][one] for one in claim.speakers),
            claim.topic or "",
            " ".join(number["source"][one] for one in sorted(_sources(claim, report.publishers))),
        )
        for claim in claims
    ]


def _sources(claim: ClaimAssessment, publishers: Mapping[str, str]) -> set[str]:
    """Every source that a finding or a record on the claim is of, and every origin of it."""
    told = {publishers.get(one.document, "") for group in claim.groups for one in group.members}
    aside = {publishers.get(one.document, "") for one in claim.set_aside}
    origins = {origin for group in claim.groups for origin in group.origins}
    return (told | aside | origins | {record.source for record in claim.records}) - {""}


def _choices(claims: list[ClaimAssessment], report: Report) -> dict[str, tuple[Choice, ...]]:
    """What there is to filter by, with the number of claims; in the order of the names."""
    speakers = Counter(one for claim in claims for one in claim.speakers)
    topics = Counter(claim.topic for claim in claims if claim.topic)
    sources = Counter(one for claim in claims for one in _sources(claim, report.publishers))
    return {
        "verdict": tuple(Choice(verdict, verdict) for verdict in ORDER if report.totals.get(verdict)),
        "speaker": _named(speakers, report.names),
        "source": _named(sources, report.names),
        "topic": _named(topics, {}),
    }


def _named(counts: Mapping[str, int], names: Mapping[str, str]) -> tuple[Choice, ...]:
    named = sorted((names.get(one, one), one) for one in counts)
    return tuple(Choice(one, f"{name} ({counts[one]})") for name, one in named)


def _parts(blocks: tuple[Block, ...], *, is_whole: bool) -> tuple[Link, ...]:
    """The divisions of the page."""
    own = [Link("All claims", "#all-claims"), *([Link("Claim by claim", "#claim-by-claim")] if is_whole else [])]
    others = [block for block in blocks if isinstance(block, Heading) and anchor_of(block)]
    return (*own, *(Link(block.text[0].text, f"#{anchor_of(block)}") for block in others))


def _sheet(claims: list[ClaimAssessment], report: Report) -> Sheet:
    rows = tuple(
        (
            claim.id, claim.text, claim.kind, claim.topic, "; ".join(claim.speakers), claim.date, claim.verdict,
            claim.attribution, round(claim.probability, 6), *(round(share, 6) for share in claim.range),
            claim.credibility, *claim.independent_for, *claim.independent_against, claim.interested_for,
            claim.interested_against, "; ".join(claim.hinges_on),
        )
        for claim in claims
    )  # fmt: skip
    return Sheet(f"{report.case}-claims", COLUMNS, rows)
