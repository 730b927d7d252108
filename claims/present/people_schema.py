"""The JSON Schemas of track records, `claims/sources/1` and `claims/speakers/1`."""

from __future__ import annotations

from typing import Final, get_args

from claims.model.assessment import ATTRIBUTIONS, VERDICTS, WHYS
from claims.model.claim import ClaimKind
from claims.model.finding import Stance
from claims.model.grade import LETTERS
from claims.model.source import SourceKind
from claims.model.statement import Polarity
from claims.model.track import Fared
from claims.present.people_data import SOURCES_VERSION, SPEAKERS_VERSION
from claims.present.shapes import (
    DIGEST,
    MAYBE,
    NUMBER,
    TEXT,
    YES_NO,
    Shape,
    counts,
    document,
    list_of,
    one_of,
    record,
)

HEAD: Final[dict[str, Shape]] = {"case": TEXT, "title": TEXT, "as_of": MAYBE, "digest": DIGEST, "policy": TEXT}
PART: Final = record(n=NUMBER, of=NUMBER)
FARES: Final = record(borne_out=NUMBER, contradicted=NUMBER, not_decided=NUMBER)
LETTER: Final = one_of(*LETTERS)


def sources_schema() -> Shape:
    """The schema of `claims sources --format json`."""
    return document("Track records of sources", schema={"const": SOURCES_VERSION}, **HEAD, sources=list_of(_source()))


def speakers_schema() -> Shape:
    """The schema of `claims speakers --format json`."""
    return document(
        "Track records of speakers", schema={"const": SPEAKERS_VERSION}, **HEAD, speakers=list_of(_speaker())
    )


def _source() -> Shape:
    return record(
        id=TEXT,
        name=TEXT,
        kind=one_of(*get_args(SourceKind)),
        country=MAYBE,
        party=MAYBE,
        owner=MAYBE,
        owns=list_of(TEXT),
        voice_of=list_of(TEXT),
        reliability=LETTER,
        reason=MAYBE,
        record=record(
            documents=NUMBER,
            withdrawn=PART,
            findings=NUMBER,
            counting=NUMBER,
            set_aside=counts(*WHYS),
            first=PART,
            own_name=FARES,
            relayed=FARES,
            relayed_from=list_of(record(origin=TEXT, findings=NUMBER)),
            carried=FARES,
        ),
        documents=list_of(record(id=TEXT, title=MAYBE, published=MAYBE, withdrawn=YES_NO, findings=NUMBER)),
        findings=list_of(_finding()),
    )


def _finding() -> Shape:
    return record(
        id=TEXT,
        claim=TEXT,
        text=TEXT,
        document=TEXT,
        stance=one_of(*get_args(Stance)),
        verdict=one_of(*VERDICTS),
        set_aside=one_of(*WHYS, None),
        origins=list_of(TEXT),
        own=YES_NO,
        first=YES_NO,
        fared=one_of(*get_args(Fared), None),
    )


def _speaker() -> Shape:
    return record(
        id=TEXT,
        name=TEXT,
        role=MAYBE,
        party=MAYBE,
        aliases=list_of(TEXT),
        voice=MAYBE,
        reliability=LETTER,
        reason=MAYBE,
        record=record(
            statements=counts(*get_args(Polarity)),
            on_record=PART,
            verdicts=counts(*VERDICTS),
            asserted=FARES,
            denied=FARES,
            due=PART,
            foretold=FARES,
        ),
        claims=list_of(
            record(
                id=TEXT,
                text=TEXT,
                kind=one_of(*get_args(ClaimKind)),
                stances=list_of(one_of(*get_args(Polarity))),
                documents=list_of(TEXT),
                attribution=one_of(*ATTRIBUTIONS),
                verdict=one_of(*VERDICTS),
                due=one_of(True, False, None),  # noqa: FBT003 - values of the output, not arguments
            )
        ),
    )
