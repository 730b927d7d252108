"""Track records of sources, at the report's date: what they reported, and what became of it.

No source decides its own record. A claim counts as decided where it is corroborated or contradicted, and would be
without the source: as if all documents of it, and of all that is one with it by owner or voice, were withdrawn, and
with them every chain that leads through or to one of them.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, defaultdict
from typing import TYPE_CHECKING, Any, Final, Literal

from claims.crew import in_order
from claims.independence.set_aside import COUNTS
from claims.model.assessment import VERDICTS, WHYS
from claims.model.collector import collector_paused
from claims.model.track import DECIDED, Fares, Part, Published, SourceTrack, Told, Tracks
from claims.tables.columns import STANCES, ids, ints
from claims.tables.values import is_later
from claims.track.choice import chosen_of, tracks_of
from claims.track.withdrawal import withdrawn
from claims.variants import Narrowing, Variant, outcomes

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from claims.flow import Assessment
    from claims.model.assessment import Verdict
    from claims.model.document import Document
    from claims.model.source import Source
    from claims.model.track import Fared
    from claims.model.when import Interval

SourceSort = Literal["name", "grade", "findings", "borne-out"]
SOURCE_SORTS: Final[tuple[SourceSort, ...]] = ("name", "grade", "findings", "borne-out")
AT_ONCE: Final = 32
"""Versions of the case that are judged together: enough to be quick, few enough to fit."""
FEWEST: Final = 8
"""Batches of them that are worth sharing out among processes."""


def source_tracks(
    assessment: Assessment,
    chosen: Sequence[str] = (),
    *,
    parties: Sequence[str] = (),
    grades: Sequence[str] = (),
    sort: SourceSort = "name",
) -> Tracks:
    """The records of the sources with these ids, or of all; of a party and a grade of those given, where any are.

    sort: ids that are given keep their order where it is `name`; `findings` and `borne-out` put the most first.
    Raises `NotFound` with near ids.
    """
    case = assessment.case
    sources = chosen_of("source", case.sources, case, chosen, parties=parties, grades=grades, keep_order=sort == "name")
    with collector_paused():
        told = _Told(assessment)
        decided = _decided_without(assessment, [source.id for source in sources], told)
        tracks = [_track(source, assessment.as_of, told, decided) for source in sources]
    return tracks_of(assessment, sources=sorted(tracks, key=ORDERS[sort]))


ORDERS: Final[dict[SourceSort, Callable[[SourceTrack], tuple[object, ...]]]] = {
    "name": lambda _: (),
    "grade": lambda track: (track.reliability,),
    "findings": lambda track: (-len(track.findings),),
    "borne-out": lambda track: (-track.fares.borne_out, track.fares.contradicted),
}


class _Told:
    """What the findings of each source come to: read once from the columns of the kernel."""

    def __init__(self, assessment: Assessment) -> None:
        case, judged = assessment.case, assessment.judged
        self.case, self.as_of = case, assessment.as_of
        self.document = {document.id: document for document in case.documents}
        self.verdict: dict[str, Verdict] = {
            claim.id: VERDICTS[code] for claim, code in zip(case.claims, judged.verdict, strict=True)
        }
        self.text = {claim.id: claim.text for claim in case.claims}
        self.why = judged.why
        self.stance = [STANCES[code] for code in ints(judged.tables.findings, "stance")]
        self.origins = _origins(assessment)
        self.owner = dict(zip(ids(judged.tables.origins), ints(judged.tables.origins, "owner").tolist(), strict=True))
        self.documents_of = _by([d for d in case.documents if not is_later(d.published, self.as_of)], "source")
        self.owned_by = {owner: [s.id for s in sources] for owner, sources in _by(case.sources, "owner").items()}
        self.voiced_by = {voice: [s.id for s in speakers] for voice, speakers in _by(case.speakers, "voice").items()}
        self.of_source: dict[str, list[int]] = defaultdict(list)
        self.carries: dict[str, list[int]] = defaultdict(list)
        dated: dict[str, list[tuple[Interval, str]]] = defaultdict(list)
        for n, finding in enumerate(case.findings):
            document = self.document[finding.document]
            if not is_later(document.published, self.as_of):
                self.of_source[document.source].append(n)
            for origin in self.origins[n] if self.counts(n) else ():
                if origin != document.source:
                    self.carries[origin].append(n)
            if self.counts(n) and document.published:
                dated[finding.claim].append((document.published, document.source))
        self.begins = {claim: sorted(date.start for date, _ in dates) for claim, dates in dated.items()}
        self.dated_by = {claim: {source for _, source in dates} for claim, dates in dated.items()}

    def counts(self, n: int) -> bool:
        """Whether the finding at this position stands in a group."""
        return bool(self.why[n] == COUNTS)

    def date(self, n: int) -> Interval | None:
        """When its document appeared."""
        return self.document[self.case.findings[n].document].published

    def is_compared(self, n: int) -> bool:
        """Whether it counts, is dated, and another source has a dated finding that counts on the claim."""
        return self.counts(n) and self.date(n) is not None and len(self.dated_by[self.case.findings[n].claim]) > 1

    def is_first(self, n: int) -> bool:
        """Whether no other dated finding that counts on the claim can have appeared on an earlier day."""
        date = self.date(n)
        if not self.is_compared(n) or date is None:
            return False
        earlier = bisect_left(self.begins[self.case.findings[n].claim], date.end)
        return earlier == (date.start < date.end)  # its own first day may be one of them

    def entry(self, n: int, decided: set[str]) -> Told:
        """The finding at this position as one line of its source's record; `decided`: claims that count as such."""
        finding = self.case.findings[n]
        counts, origins = self.counts(n), self.origins[n] if self.counts(n) else ()
        fared: Fared | None = self.fared(n, decided) if counts else None
        return Told(
            finding=finding.key,
            claim=finding.claim,
            text=self.text[finding.claim],
            document=finding.document,
            stance=self.stance[n],
            verdict=self.verdict[finding.claim],
            set_aside=None if counts else WHYS[self.why[n]],
            origins=origins,
            own=self.document[finding.document].source in origins,
            first=self.is_first(n),
            fared=fared,
        )

    def fared(self, n: int, decided: set[str]) -> Fared:
        """What became of what a finding that counts says."""
        claim = self.case.findings[n].claim
        if claim not in decided:
            return "undecided"
        is_against = self.stance[n] == "contradicts"
        return "borne-out" if is_against == (self.verdict[claim] == "contradicted") else "contradicted"


def _by(entries: Iterable[Any], key: str) -> dict[str, list[Any]]:
    """Entries by what they name under `key`, those that name something."""
    found: dict[str, list[Any]] = defaultdict(list)
    for entry in entries:
        named = getattr(entry, key)
        if named:
            found[named].append(entry)
    return dict(found)


def _origins(assessment: Assessment) -> list[tuple[str, ...]]:
    """The ids of the origins of each finding, by id."""
    judged = assessment.judged
    named = ids(judged.tables.origins)
    found: list[set[str]] = [set() for _ in assessment.case.findings]
    rows = judged.chains.origins
    for finding, origin in zip(ints(rows, "finding"), ints(rows, "origin"), strict=True):
        found[finding].add(str(named[origin]))
    return [tuple(sorted(origins)) for origins in found]


def _decided_without(assessment: Assessment, sources: Iterable[str], told: _Told) -> dict[str, set[str]]:
    """For each source, the decided claims that it, or who carries it, has findings on, decided alike without it."""
    families: dict[int, set[str]] = defaultdict(set)
    for one, owner in told.owner.items():
        families[owner].add(str(one))
    asked: dict[int, set[str]] = defaultdict(set)
    for source in sources:
        for n in (*told.of_source[source], *told.carries[source]):
            claim = assessment.case.findings[n].claim
            if told.counts(n) and told.verdict[claim] in DECIDED:
                asked[told.owner[source]].add(claim)
    stands: dict[int, set[str]] = {}
    for owner, found in _without(assessment, [(owner, families[owner], claims) for owner, claims in asked.items()]):
        stands[owner] = {claim for claim, verdict in found.items() if verdict == told.verdict[claim]}
    return {source: stands.get(told.owner[source], set()) for source in sources}


def _without(
    assessment: Assessment, families: Sequence[tuple[int, set[str], set[str]]]
) -> Iterator[tuple[int, dict[str, Verdict]]]:
    """The verdicts on these claims without each family, in batches."""
    case, copies, as_of = assessment.case, assessment.copies, assessment.as_of
    narrowing = Narrowing(case, copies)

    def judged(start: int) -> list[tuple[int, dict[str, Verdict]]]:
        batch = families[start : start + AT_ONCE]
        versions = [Variant(withdrawn(narrowing.of(claims), family), as_of, copies) for _, family, claims in batch]
        return [
            (owner, {claim: outcome.verdict for claim, outcome in found.items()})
            for (owner, _, _), found in zip(batch, outcomes(versions), strict=True)
        ]

    for batch in in_order(judged, range(0, len(families), AT_ONCE), FEWEST):
        yield from batch


def _track(source: Source, as_of: dt.date | None, told: _Told, decided: dict[str, set[str]]) -> SourceTrack:
    findings = sorted(
        (told.entry(n, decided[source.id]) for n in told.of_source[source.id]), key=lambda one: (one.claim, one.finding)
    )
    own = [one for one in findings if one.fared and one.own]
    relayed = [one for one in findings if one.fared and not one.own]
    aside = Counter(one.set_aside for one in findings if one.set_aside)
    compared = sum(told.is_compared(n) for n in told.of_source[source.id])
    from_ = Counter(origin for one in relayed for origin in one.origins)
    return SourceTrack(
        id=source.id,
        name=source.name,
        kind=source.kind,
        country=source.country,
        party=source.party,
        owner=source.owner,
        owns=tuple(told.owned_by.get(source.id, ())),
        voice_of=tuple(told.voiced_by.get(source.id, ())),
        reliability=source.reliability,
        reason=source.reason,
        documents=_documents(told.documents_of.get(source.id, ()), as_of, findings),
        findings=tuple(findings),
        set_aside=tuple((why, aside[why]) for why in WHYS if aside[why]),
        first=Part(sum(one.first for one in findings), compared),
        own=_fares(one.fared for one in own),
        relayed=_fares(one.fared for one in relayed),
        relayed_from=tuple(sorted(from_.items(), key=lambda pair: (-pair[1], pair[0]))),
        carried=_fares(told.fared(n, decided[source.id]) for n in told.carries[source.id]),
    )


def _fares(fared: Iterable[Fared | None]) -> Fares:
    counts = Counter(fared)
    return Fares(counts["borne-out"], counts["contradicted"], counts["undecided"])


def _documents(documents: Iterable[Document], as_of: dt.date | None, findings: Sequence[Told]) -> tuple[Published, ...]:
    number = Counter(one.document for one in findings)
    return tuple(
        Published(
            id=document.id,
            title=document.title,
            published=str(document.published) if document.published else None,
            withdrawn=document.retracted is not None and not is_later(document.retracted.date, as_of),
            findings=number[document.id],
        )
        for document in sorted(documents, key=_when)
    )


def _when(document: Document) -> tuple[object, ...]:
    date = document.published
    return (date is None, *((date.start, date.end) if date else ()), document.id)
