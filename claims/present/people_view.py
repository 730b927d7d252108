"""The views of track records: a table of all, or a card for each of those asked for."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final

from claims.model.grade import RELIABILITY
from claims.present.view import Entry, Heading, Item, Listing, Paragraph, Span, Table, Tally, Title, View
from claims.present.wording import ORDER, SYMBOLS, WHY, plain

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from claims.model.track import Fares, Part, Published, SourceTrack, SpeakerTrack, Spoken, Told, Tracks
    from claims.present.view import Block, Line, Section

FARED: Final = {"borne-out": "borne out", "contradicted": "contradicted", "undecided": "not decided"}
STANCES: Final = {
    "supports": "supports",
    "partly-supports": "partly supports",
    "contradicts": "contradicts",
    "repeats": "repeats",
    "mentions": "mentions",
}
SOURCE_LEGEND: Final = """\
Counts: findings that take a side and are not set aside, of all findings.
Own name: of those that count, the ones of which the source is itself an origin; the others it only has from others.
First: of its dated findings on claims on which another source has a dated one too, those than which none that counts \
can have appeared on an earlier day. Those of one day are all first.
Borne out: of its findings on decided claims, those with which the verdict sides: it supports what is corroborated, or \
contradicts what is contradicted. A claim is decided here where it would be without this source and all that rests on \
it: no source decides its own record.
Carried: findings of others that count and lead to it.
These are counts, not a score: few findings say little, and what somebody chose to check is no sample."""
SPEAKER_LEGEND: Final = """\
On record: of the claims asserted, those of which that is confirmed: in the speaker's own voice, or by two \
records of which neither follows the other.
Borne out: of the claims asserted that are decided, those that are corroborated; of those denied, those that are \
contradicted. A speaker's own word counts on neither side.
Foretold: predictions and promises, and how many of them are due.
These are counts, not a score: what somebody chose to check is no sample of what was said."""


def sources_view(tracks: Tracks, *, cards: bool) -> View:
    """The view of the records of sources: a table, or `cards` with ties, reasons, claims and documents."""
    blocks: list[Block] = [*_head(tracks, "source", len(tracks.sources))]
    if cards:
        for source in tracks.sources:
            blocks += source_card(source, tracks.names)
    elif tracks.sources:
        blocks.append(source_table(tracks.sources))
    return View((*blocks, *_legend(SOURCE_LEGEND if tracks.sources else "")))


def speakers_view(tracks: Tracks, *, cards: bool) -> View:
    """The view of the records of speakers: a table, or `cards` with ties, reasons and claims."""
    blocks: list[Block] = [*_head(tracks, "speaker", len(tracks.speakers))]
    if cards:
        for speaker in tracks.speakers:
            blocks += speaker_card(speaker, tracks.names)
    elif tracks.speakers:
        blocks.append(speaker_table(tracks.speakers, tracks.names))
    return View((*blocks, *_legend(SPEAKER_LEGEND if tracks.speakers else "")))


def _head(tracks: Tracks, kind: str, number: int) -> Iterator[Block]:
    yield Heading((Span(tracks.title, "strong"),), 1)
    grades = [*(one.reliability for one in tracks.sources), *(one.reliability for one in tracks.speakers)]
    counts = [f"{grades.count(letter)} graded {letter}" for letter in RELIABILITY if letter in grades]
    yield Tally(((Span(counted(number, kind), "strong"),), *map(plain, counts)))
    if not number:
        yield Paragraph((Span(f"No {kind} matches.", "warning"),))
    day = f"as of {tracks.as_of}" if tracks.as_of else "as the case stands"
    digest = tracks.digest[:19] if tracks.digest else "no digest"
    yield Paragraph((Span(f"{tracks.case}, {day} · policy {tracks.policy} · {digest}", "muted"),))


def counted(number: int, one: str, many: str | None = None) -> str:
    """A number with its noun: `1 source`, `3 sources`."""
    return f"{number} {one if number == 1 else many or f'{one}s'}"


def _legend(text: str) -> Iterator[Block]:
    if text:
        yield Heading(plain("How to read this"), 2)
        yield Listing(tuple(Item(plain(line)) for line in text.split("\n")))


def _part(part: Part) -> str:
    return f"{part.n} of {part.of}" if part.of else "–"


def _of(n: int, of: int) -> str:
    return f"{n} of {of}" if of else "–"


def source_table(sources: Sequence[SourceTrack]) -> Table:
    """A row a source, in the order given."""
    titles = (
        Title("Source", 1),
        Title("Grade"),
        Title("Docs", align="right"),
        Title("Counts", align="right"),
        Title("Own name", align="right"),
        Title("First", align="right"),
        Title("Borne out", align="right"),
        Title("Carried", align="right"),
    )
    return Table(titles, tuple(_source_row(source) for source in sources))


def _source_row(source: SourceTrack) -> tuple[Line, ...]:
    fares = source.fares
    figures = (
        source.reliability,
        str(len(source.documents) or "–"),
        _of(fares.all, len(source.findings)),
        _of(source.own.all, fares.all),
        _part(source.first),
        _of(fares.borne_out, fares.decided),
        str(source.carried.all or "–"),
    )
    return (called(source.name, source.id, "sources"), *map(plain, figures))


def called(name: str, id_: str, section: Section = "sources") -> Line:
    """A name with its id, where that is another."""
    head = Span(name, "name", entry=Entry(section, id_))
    return (head, Span(f" {id_}", "muted")) if name != id_ else (head,)


def source_card(source: SourceTrack, names: Mapping[str, str]) -> Iterator[Block]:
    """A source by itself: its name, its ties, its grade, its record, and what it rests on, in this order."""
    yield Heading((Span(source.name),), 2)
    ties = [source.id, source.kind.replace("-", " "), source.country or ""]
    ties += [f"owned by {names.get(source.owner, source.owner)}"] if source.owner else []
    ties += [f"owns {_named(source.owns, names)}"] if source.owns else []
    ties += [f"own voice of {_named(source.voice_of, names)}"] if source.voice_of else []
    yield Paragraph((Span(" · ".join([*filter(None, ties), _sided(source.party, names)]), "muted"),))
    yield graded(source.reliability, source.reason)
    yield Listing(tuple(_source_record(source, names)))
    if source.findings:
        yield Heading(plain(f"What it says ({len(source.findings)})"), 3)
        yield _findings(source, names)
    if source.documents:
        yield Heading(plain(f"Documents ({len(source.documents)})"), 3)
        yield Table(
            (Title("Published"), Title("Document", 1), Title("Findings", align="right")),
            tuple(map(_document, source.documents)),
        )


def _sided(party: str | None, names: Mapping[str, str]) -> str:
    return f"party {names.get(party, party)}" if party else "of no party"


def _named(ids: Sequence[str], names: Mapping[str, str]) -> str:
    return ", ".join(names.get(one, one) for one in ids)


def graded(letter: str, reason: str | None) -> Paragraph:
    """The grade that a person gave, in words, and why."""
    words = RELIABILITY[letter]
    why = (Span(": "), Span(reason)) if reason else (Span(", and no reason is given", "muted"),)
    return Paragraph((Span(f"Grade {letter}", "strong"), Span(f", {words}"), *why))


def _source_record(source: SourceTrack, names: Mapping[str, str]) -> Iterator[Item]:
    """The record in sentences, each with its denominator."""
    findings = len(source.findings)
    withdrawn = f", {_part(source.withdrawn)} withdrawn" if source.withdrawn.n else ""
    yield Item(plain(f"{counted(len(source.documents), 'document')}{withdrawn}"))
    if findings:
        yield from _own_findings(source, names)
    else:
        yield Item(plain("no finding of its own"))
    if source.carried.all:
        number = counted(source.carried.all, "finding")
        yield Item(
            plain(f"carried by others: {number} of theirs that count lead to it"), (plain(_fares(source.carried)),)
        )


def _own_findings(source: SourceTrack, names: Mapping[str, str]) -> Iterator[Item]:
    fares, findings = source.fares, len(source.findings)
    aside = tuple(plain(f"{_lowered(WHY[why])}: {_of(number, findings)}") for why, number in source.set_aside)
    yield Item(plain(f"{counted(findings, 'finding')}: {_of(fares.all, findings)} count"), aside)
    if source.first.of:
        yield Item(plain(f"first on its claim: {_part(source.first)}, where others report too"))
    if source.own.all:
        yield Item(plain(f"in its own name: {_of(source.own.all, fares.all)}"), (plain(_fares(source.own)),))
    if source.relayed.all:
        origins = ", ".join(f"{names.get(origin, origin)} ({number})" for origin, number in source.relayed_from)
        under = (plain(_fares(source.relayed)), (Span(f"from {origins}", "muted"),))
        yield Item(plain(f"only from others: {_of(source.relayed.all, fares.all)}"), under)


def _lowered(words: str) -> str:
    return words[0].lower() + words[1:]


def _fares(fares: Fares) -> str:
    if not fares.decided:
        return f"none on a claim that is decided without it ({fares.undecided} not decided)"
    parts = [f"borne out: {_of(fares.borne_out, fares.decided)} on decided claims"]
    parts += [f"contradicted: {_of(fares.contradicted, fares.decided)}"] if fares.contradicted else []
    parts += [f"not decided: {fares.undecided}"] if fares.undecided else []
    return "; ".join(parts)


def _findings(source: SourceTrack, names: Mapping[str, str]) -> Table:
    titles = (Title("Stance"), Title("Claim", 3), Title("Known from", 2), Title("Fared"))
    rows = Counter(_finding(one, source.id, names) for one in source.findings)
    return Table(titles, tuple(_numbered(row, number) for row, number in rows.items()))


def _numbered(row: tuple[Line, ...], number: int) -> tuple[Line, ...]:
    """A row that stands for several findings that say the same of a claim says how many."""
    stance, *rest = row
    return ((*stance, Span(f" ({number})", "muted")), *rest) if number > 1 else row


def _finding(one: Told, source: str, names: Mapping[str, str]) -> tuple[Line, ...]:
    claim = claim_line(one)
    if one.set_aside:
        why = (Span(_lowered(WHY[one.set_aside]), "muted"),)
        return (plain(STANCES[one.stance]), claim, why, (Span("set aside", "muted"),))
    known = [names.get(origin, origin) for origin in one.origins if origin != source]
    known = ["itself", *known] if one.own else known
    first = (Span("; first", "strong"),) if one.first else ()
    return (plain(STANCES[one.stance]), claim, (Span(", ".join(known)), *first), plain(FARED[one.fared or "undecided"]))


def claim_line(one: Told) -> Line:
    """The claim that a finding is on, with its verdict and its id."""
    return (*_verdict(one.verdict), Span(one.text, entry=Entry("claims", one.claim)), Span(f" {one.claim}", "muted"))


def _verdict(verdict: str) -> Line:
    return (Span(f"{SYMBOLS[verdict]} {verdict}: ", "verdict", verdict),)


def _document(document: Published) -> tuple[Line, ...]:
    gone = (Span(" withdrawn", "warning"),) if document.withdrawn else ()
    entry = Entry("documents", document.id)
    muted = (Span(f" {document.id}", "muted"),) if document.title else ()
    title = (Span(document.title or document.id, entry=entry), *muted)
    return (plain(document.published or "no date"), (*title, *gone), plain(str(document.findings)))


def speaker_table(speakers: Sequence[SpeakerTrack], names: Mapping[str, str]) -> Table:
    """A row a speaker, in the order given."""
    titles = (
        Title("Speaker", 2),
        Title("Party", 1),
        Title("Grade"),
        Title("Claims", align="right"),
        Title("On record", align="right"),
        Title("Borne out", align="right"),
        Title("Denied", align="right"),
        Title("Foretold", align="right"),
    )
    rows = []
    for one in speakers:
        figures = (
            one.reliability,
            str(len(one.claims) or "–"),
            _part(one.on_record),
            _of(one.asserted.borne_out, one.asserted.decided),
            str(one.denied.all or "–"),
            f"{one.due.of}, {one.due.n} due" if one.due.of else "–",
        )
        party = names.get(one.party, one.party) if one.party else "–"
        rows.append((called(one.name, one.id, "speakers"), plain(party), *map(plain, figures)))
    return Table(titles, tuple(rows))


def speaker_card(speaker: SpeakerTrack, names: Mapping[str, str]) -> Iterator[Block]:
    """A speaker alone: the name, the ties, the grade, the record, and what it rests on, in this order."""
    yield Heading((Span(speaker.name),), 2)
    ties = [speaker.id, speaker.role or ""]
    ties += [f"own voice: {names.get(speaker.voice, speaker.voice)}"] if speaker.voice else []
    ties += [f"also {', '.join(speaker.aliases)}"] if speaker.aliases else []
    yield Paragraph((Span(" · ".join([*filter(None, ties), _sided(speaker.party, names)]), "muted"),))
    yield graded(speaker.reliability, speaker.reason)
    yield Listing(tuple(_speaker_record(speaker)))
    if speaker.claims:
        yield Heading(plain(f"What is said ({len(speaker.claims)})"), 3)
        titles = (Title("Stance"), Title("Claim", 1), Title("On record"))
        yield Table(titles, tuple(map(_spoken, speaker.claims)))


def _speaker_record(speaker: SpeakerTrack) -> Iterator[Item]:
    said = ", ".join(f"{number} {stance}" for stance, number in speaker.statements)
    total = sum(number for _, number in speaker.statements)
    yield Item(
        plain(
            f"{counted(total, 'statement')} on {counted(len(speaker.claims), 'claim')}" + (f": {said}" if said else "")
        )
    )
    if speaker.on_record.of:
        yield Item(plain(f"on record: {_part(speaker.on_record)} claims asserted"))
        yield Item(plain(f"of what is asserted, {_claims_fare(speaker.asserted)}"), (_verdicts(speaker),))
    if speaker.denied.all:
        yield Item(plain(f"of what is denied, {_claims_fare(speaker.denied)}"))
    if speaker.due.of:
        fares = f": {_claims_fare(speaker.foretold)}" if speaker.due.n else ""
        yield Item(plain(f"predictions and promises: {_part(speaker.due)} due{fares}"))


def _verdicts(speaker: SpeakerTrack) -> Line:
    counts = dict(speaker.verdicts)
    signs = [
        Span(f"{SYMBOLS[verdict]} {counts[verdict]} {verdict}  ", "verdict", verdict)
        for verdict in ORDER
        if verdict in counts
    ]
    return (*signs[:-1], signs[-1]._replace(text=signs[-1].text.rstrip()))


def _claims_fare(fares: Fares) -> str:
    parts = [f"{_of(fares.decided, fares.all)} decided"]
    if fares.decided:
        parts += [f"borne out: {_of(fares.borne_out, fares.decided)}"]
        parts += [f"contradicted: {_of(fares.contradicted, fares.decided)}"] if fares.contradicted else []
    return "; ".join(parts)


def _spoken(one: Spoken) -> tuple[Line, ...]:
    due = () if one.due is None else (Span(f" {one.kind}, {'due' if one.due else 'not due'}", "muted"),)
    where = Span(f" (in {', '.join(one.documents)})", "muted")
    return (
        plain(", ".join(one.stances)),
        (
            *_verdict(one.verdict),
            Span(one.text, entry=Entry("claims", one.claim)),
            Span(f" {one.claim}", "muted"),
            *due,
            where,
        ),
        plain(one.attribution.replace("-", " ")),
    )
