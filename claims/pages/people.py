"""The pages of sources and of speakers: an index of each that can be filtered, and a page for every one of them.

Each is told by its ties, its grade with the reason, and its record in counts; there is no score.
"""

from __future__ import annotations

from collections import Counter
from functools import partial
from typing import TYPE_CHECKING, Final, NamedTuple

from claims.pages.blocks import drawn
from claims.pages.frame import Page
from claims.pages.report import Choice
from claims.pages.routes import path_of
from claims.pages.sheet import Sheet
from claims.pages.templating import asset, rendered
from claims.present.people_data import SOURCE_COLUMNS, SPEAKER_COLUMNS, source_cells, speaker_cells
from claims.present.people_view import (
    SOURCE_LEGEND,
    SPEAKER_LEGEND,
    STANCES,
    claim_line,
    source_card,
    source_table,
    speaker_card,
    speaker_table,
)
from claims.present.view import Entry, Heading, Item, Listing, Span, Table, Title
from claims.present.wording import plain

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from markupsafe import Markup

    from claims.model.track import SourceTrack, SpeakerTrack, Told
    from claims.pages.ground import File, Ground, Piece
    from claims.pages.routes import Places
    from claims.pages.sheet import Cell
    from claims.present.view import Block, Line, Section

FINDINGS: Final = (
    "finding",
    "claim",
    "source",
    "document",
    "stance",
    "verdict",
    "set_aside",
    "origins",
    "own",
    "first",
    "fared",
)
TOGETHER: Final = 20
"""Sources whose pages are one piece of work."""
SPOKEN: Final = ("claim", "text", "kind", "stances", "documents", "attribution", "verdict", "due")


class Tie(NamedTuple):
    """What somebody is tied to, each with the page that it leads to, if any."""

    kind: str
    to: tuple[tuple[str, str | None], ...]


class Listed(NamedTuple):
    """What a row of an index can be found by."""

    id: str
    reliability: str
    party: str
    kind: str


class Behind(NamedTuple):
    """What others have from a source: who has something from it alone, and all findings of theirs that lead to it."""

    carriers: Sequence[tuple[str, int]]
    """Ids, with the number of findings, most first."""
    findings: Sequence[tuple[str, Told]]
    """By claim, then carrier: each with the id of the source whose it is."""


class Index(NamedTuple):
    """An index, before it is a page."""

    title: str
    section: Section
    table: Table
    found: tuple[Listed, ...]
    sheet: Sheet
    legend: str


def source_pages(ground: Ground) -> Iterator[Piece]:
    """The index of the sources, then a page for each, by name."""
    tracks = ground.sources
    found = tuple(Listed(one.id, one.reliability, one.party or "", one.kind) for one in tracks.sources)
    rows = tuple(map(source_cells, tracks.sources))
    sheet = Sheet(f"{tracks.case}-sources", SOURCE_COLUMNS, rows)
    index = Index("Sources", "sources", source_table(tracks.sources), found, sheet, SOURCE_LEGEND)
    yield partial(_index, index, ground)
    carried, through = _carried(tracks.sources), _through(tracks.sources)
    told = [(one, Behind(carried.get(one.id, ()), through.get(one.id, ()))) for one in tracks.sources]
    for start in range(0, len(told), TOGETHER):
        yield partial(_sources, told[start : start + TOGETHER], ground)


def _sources(told: Iterable[tuple[SourceTrack, Behind]], ground: Ground) -> Iterator[File]:
    for one, behind in told:
        path = path_of(Entry("sources", one.id)) or ""
        if ground.wants(path):
            yield from ground.bound(path, _source(one, behind, ground, path))


def speaker_pages(ground: Ground) -> Iterator[File]:
    """The index of the speakers, then a page for each, by name."""
    tracks = ground.speakers
    found = tuple(Listed(one.id, one.reliability, one.party or "", "") for one in tracks.speakers)
    rows = tuple(map(speaker_cells, tracks.speakers))
    sheet = Sheet(f"{tracks.case}-speakers", SPEAKER_COLUMNS, rows)
    table = speaker_table(tracks.speakers, tracks.names)
    yield from _index(Index("Speakers", "speakers", table, found, sheet, SPEAKER_LEGEND), ground)
    for one in tracks.speakers:
        path = path_of(Entry("speakers", one.id)) or ""
        if ground.wants(path):
            yield from ground.bound(path, _speaker(one, ground, path))


def _index(index: Index, ground: Ground) -> Iterator[File]:
    path = f"{index.section}/index.html"
    if not ground.wants(path):
        return
    choices = {
        name: _choices((getattr(one, name) for one in index.found), ground.names)
        for name in ("reliability", "party", "kind")
    }
    body = rendered(
        "people.html",
        index=index,
        choices=choices,
        places=ground.places(path),
        legend=drawn([Listing(tuple(Item(plain(line)) for line in index.legend.split("\n")))]),
    )
    made = Page(
        title=index.title,
        about=ground.about,
        body=body,
        sheet=index.sheet,
        styles=(f"\n{asset('people.css')}",),
        is_filtered=bool(index.found),
    )
    yield from ground.bound(path, made)


def _choices(values: Iterable[str], names: Mapping[str, str]) -> tuple[Choice, ...]:
    """What there is to filter by, with how many there are."""
    counts = Counter(filter(None, values))
    named = sorted((names.get(value, value.replace("-", " ")), value) for value in counts)
    return tuple(Choice(value, f"{name} ({counts[value]})") for name, value in named)


def _carried(sources: Iterable[SourceTrack]) -> Mapping[str, Sequence[tuple[str, int]]]:
    """Of each source, those that have something from it alone, with the number of their findings, most first."""
    found: dict[str, list[tuple[str, int]]] = {}
    for one in sources:
        for origin, number in one.relayed_from:
            found.setdefault(origin, []).append((one.id, number))
    return {origin: sorted(carriers, key=lambda pair: (-pair[1], pair[0])) for origin, carriers in found.items()}


def _through(sources: Iterable[SourceTrack]) -> Mapping[str, Sequence[tuple[str, Told]]]:
    """Of each source, the findings of others that count and lead to it, by claim, then carrier."""
    found: dict[str, list[tuple[str, Told]]] = {}
    for one in sources:
        for finding in one.findings:
            for origin in finding.origins:
                if origin != one.id:
                    found.setdefault(origin, []).append((one.id, finding))
    return {origin: sorted(all_, key=lambda pair: (pair[1].claim, pair[0])) for origin, all_ in found.items()}


def _known_through(findings: Sequence[tuple[str, Told]], names: Mapping[str, str]) -> Iterator[Block]:
    """What a source says by way of others: a row for each claim and stance, with all who carry it."""
    rows: dict[tuple[str, str], list[tuple[str, Told]]] = {}
    for carrier, finding in findings:
        rows.setdefault((finding.claim, finding.stance), []).append((carrier, finding))
    if rows:
        yield Heading(plain(f"Known through others ({len(findings)})"), 3)
        titles = (Title("Stance"), Title("Claim", 3), Title("Carried by", 2))
        yield Table(
            titles,
            tuple(
                (plain(STANCES[stance]), claim_line(all_[0][1]), _carriers(all_, names))
                for (_, stance), all_ in rows.items()
            ),
        )


def _carriers(findings: Sequence[tuple[str, Told]], names: Mapping[str, str]) -> Line:
    counts = Counter(carrier for carrier, _ in findings)
    spans: list[Span] = []
    for carrier, number in counts.items():
        spans += [Span(", ")] if spans else []
        spans += [Span(names.get(carrier, carrier), entry=Entry("sources", carrier))]
        spans += [Span(f" ({number})", "muted")] if number > 1 else []
    return tuple(spans)


def _source(one: SourceTrack, behind: Behind, ground: Ground, path: str) -> Page:
    names, places = ground.names, ground.places(path)
    ties = (
        Tie("Kind", ((one.kind.replace("-", " "), None),)),
        Tie("Country", ((one.country, None),) if one.country else ()),
        Tie("Owner", _led([one.owner] if one.owner else [], "sources", names, places)),
        Tie("Owns", _led(one.owns, "sources", names, places)),
        Tie("Own voice of", _led(one.voice_of, "speakers", names, places)),
        Tie("Party", ((names.get(one.party, one.party), None),) if one.party else (("none", None),)),
        Tie("Has it from", _counted(one.relayed_from, ground, places)),
        Tie("Carried by", _counted(behind.carriers, ground, places)),
    )
    rows = tuple(
        (f.finding, f.claim, source, f.document, f.stance, f.verdict, f.set_aside, "; ".join(f.origins),
         "yes" if f.own else "no", "yes" if f.first else "no", f.fared)
        for source, f in (*((one.id, finding) for finding in one.findings), *behind.findings)
    )  # fmt: skip
    sheet = Sheet(f"{ground.case.id}-{one.id}", FINDINGS, rows)
    body = _told(one, ties, (*source_card(one, names), *_known_through(behind.findings, names)), places)
    return Page(title=one.name, about=ground.about, body=body, sheet=sheet, anchor="record")


def _speaker(one: SpeakerTrack, ground: Ground, path: str) -> Page:
    names, places = ground.names, ground.places(path)
    ties = (
        Tie("Role", ((one.role, None),) if one.role else ()),
        Tie("Own voice", _led([one.voice] if one.voice else [], "sources", names, places)),
        Tie("Also called", tuple((alias, None) for alias in one.aliases)),
        Tie("Party", ((names.get(one.party, one.party), None),) if one.party else (("none", None),)),
    )
    rows: tuple[tuple[Cell, ...], ...] = tuple(
        (said.claim, said.text, said.kind, "; ".join(said.stances), "; ".join(said.documents), said.attribution,
         said.verdict, None if said.due is None else "yes" if said.due else "no")
        for said in one.claims
    )  # fmt: skip
    sheet = Sheet(f"{ground.case.id}-{one.id}", SPOKEN, rows)
    body = _told(one, ties, speaker_card(one, names), places)
    return Page(title=one.name, about=ground.about, body=body, sheet=sheet, anchor="record")


def _told(one: SourceTrack | SpeakerTrack, ties: Iterable[Tie], card: Iterable[Block], places: Places) -> Markup:
    """Name and ties as the template has them, what follows them as every face tells it."""
    _, _, *told = card
    there = [tie for tie in ties if tie.to]
    return rendered("person.html", one=one, ties=there, told=drawn(map(_raised, told), places))


def _raised(block: Block) -> Block:
    """A heading stands one level higher on a page of its own."""
    return Heading(block.text, block.level - 1) if isinstance(block, Heading) else block


def _led(
    ids: Sequence[str], section: Section, names: Mapping[str, str], places: Places
) -> tuple[tuple[str, str | None], ...]:
    return tuple((names.get(one, one), places(Entry(section, one))) for one in ids)


def _counted(origins: Sequence[tuple[str, int]], ground: Ground, places: Places) -> tuple[tuple[str, str | None], ...]:
    """Origins with the number of findings; they are sources or speakers."""
    found = []
    for one, number in origins:
        entries = (Entry("sources", one), Entry("speakers", one))
        place = next((places(entry) for entry in entries if entry in ground.known), None)
        found.append((f"{ground.names.get(one, one)} ({number})", place))
    return tuple(found)
