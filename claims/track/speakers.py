"""Track records of speakers, at the report's date: what they said, whether that is on record, what became of it.

A speaker's own word never counts on a claim that he makes, so that no speaker decides his own record.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING, Final, Literal

from claims.model.assessment import VERDICTS
from claims.model.track import Fares, Part, SpeakerTrack, Spoken, Tracks
from claims.tables.from_case import today_of
from claims.tables.values import is_checkable
from claims.track.choice import chosen_of, tracks_of
from claims.verdict.records import Records

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from claims.flow import Assessment
    from claims.model.assessment import Attribution
    from claims.model.speaker import Speaker
    from claims.model.statement import Statement
    from claims.verdict.attribution import Utterance

SpeakerSort = Literal["name", "grade", "claims", "borne-out"]
SPEAKER_SORTS: Final[tuple[SpeakerSort, ...]] = ("name", "grade", "claims", "borne-out")
STANCES: Final = ("asserts", "denies", "hedges", "acknowledges")
FORETELLING: Final = ("prediction", "promise")


def speaker_tracks(
    assessment: Assessment,
    chosen: Sequence[str] = (),
    *,
    parties: Sequence[str] = (),
    grades: Sequence[str] = (),
    sort: SpeakerSort = "name",
) -> Tracks:
    """The records of the speakers with these ids, or of all; of a party and a grade of those given, where any are.

    sort: ids that are given keep their order where it is `name`; `claims` and `borne-out` put the most first. Raises
    `NotFound` with near ids.
    """
    case = assessment.case
    keep = sort == "name"
    speakers = chosen_of("speaker", case.speakers, case, chosen, parties=parties, grades=grades, keep_order=keep)
    spoken = _Spoken(assessment)
    tracks = [_track(speaker, spoken) for speaker in speakers]
    return tracks_of(assessment, speakers=sorted(tracks, key=ORDERS[sort]))


ORDERS: Final[dict[SpeakerSort, Callable[[SpeakerTrack], tuple[object, ...]]]] = {
    "name": lambda _: (),
    "grade": lambda track: (track.reliability,),
    "claims": lambda track: (-len(track.claims),),
    "borne-out": lambda track: (-track.asserted.borne_out, track.asserted.contradicted),
}


class _Spoken:
    """The statements of each speaker that are not later than the report's date, and the records of each claim."""

    def __init__(self, assessment: Assessment) -> None:
        self.assessment, self.case = assessment, assessment.case
        self.records = Records(assessment.case, assessment.judged, assessment.as_of)
        self.today = today_of(assessment.case, assessment.as_of)
        self.position = {claim.id: n for n, claim in enumerate(assessment.case.claims)}
        self.by_speaker: dict[str, dict[str, list[Statement]]] = defaultdict(lambda: defaultdict(list))
        for statements in self.records.statements.values():
            for statement in statements:
                self.by_speaker[statement.speaker][statement.claim].append(statement)

    def entry(self, speaker: str, claim_id: str) -> Spoken:
        """What a speaker said on a claim, and what became of it."""
        n = self.position[claim_id]
        claim, statements = self.case.claims[n], self.by_speaker[speaker][claim_id]
        stances = {statement.stance for statement in statements}
        return Spoken(
            claim=claim_id,
            text=claim.text,
            kind=claim.kind,
            stances=tuple(stance for stance in STANCES if stance in stances),
            documents=tuple(sorted({statement.document for statement in statements})),
            attribution=self._attribution(n, speaker),
            verdict=self.assessment.verdict(n),
            due=is_checkable(claim, self.today) if claim.kind in FORETELLING else None,
        )

    def _attribution(self, n: int, speaker: str) -> Attribution:
        """By his own statements; what only repeats the claim is a record of him where nobody else speaks on it."""
        alone = self.records.speakers_of(n) == (speaker,)
        records: list[Utterance] = [
            record
            for record in self.records.utterances(n)
            if record.speaker == speaker or (record.speaker is None and alone)
        ]
        return self.records.of(n, records).attribution


def _track(speaker: Speaker, spoken: _Spoken) -> SpeakerTrack:
    by_claim = spoken.by_speaker.get(speaker.id, {})
    counts = Counter(statement.stance for statements in by_claim.values() for statement in statements)
    claims = [spoken.entry(speaker.id, claim) for claim in sorted(by_claim)]
    asserted = [one for one in claims if "asserts" in one.stances]
    verdicts = Counter(one.verdict for one in asserted)
    foretold = [one for one in asserted if one.due is not None]
    denied = [one for one in claims if "denies" in one.stances]
    return SpeakerTrack(
        id=speaker.id,
        name=speaker.name,
        role=speaker.role,
        party=speaker.party,
        aliases=speaker.aliases,
        voice=speaker.voice,
        reliability=speaker.reliability,
        reason=speaker.reason,
        statements=tuple((stance, counts[stance]) for stance in STANCES if counts[stance]),
        claims=tuple(claims),
        on_record=Part(sum(one.attribution == "confirmed" for one in asserted), len(asserted)),
        verdicts=tuple((verdict, verdicts[verdict]) for verdict in VERDICTS if verdicts[verdict]),
        asserted=_fares(asserted, "corroborated", "contradicted"),
        denied=_fares(denied, "contradicted", "corroborated"),
        due=Part(sum(bool(one.due) for one in foretold), len(foretold)),
        foretold=_fares([one for one in foretold if one.due], "corroborated", "contradicted"),
    )


def _fares(claims: Iterable[Spoken], borne_out: str, contradicted: str) -> Fares:
    verdicts = [one.verdict for one in claims]
    won, lost = verdicts.count(borne_out), verdicts.count(contradicted)  # type: ignore[arg-type]
    return Fares(won, lost, len(verdicts) - won - lost)
