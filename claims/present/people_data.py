"""Track records as JSON, `claims/sources/1` and `claims/speakers/1`, and as CSV, a row each."""

from __future__ import annotations

import csv
import json
from io import StringIO
from typing import TYPE_CHECKING, Any, Final

from claims.model.assessment import WHYS
from claims.present.escape import for_csv, for_json

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from claims.model.track import Fares, Part, SourceTrack, SpeakerTrack, Told, Tracks

SOURCES_VERSION: Final = "claims/sources/1"
SPEAKERS_VERSION: Final = "claims/speakers/1"
STANCES: Final = ("asserts", "denies", "hedges", "acknowledges")
SOURCE_COLUMNS: Final = (
    "id", "name", "kind", "country", "party", "owner", "voice_of", "reliability", "reason", "documents", "withdrawn",
    "findings", "counting", "own_name", "relayed", "relayed_from", "first", "first_of", "borne_out", "contradicted",
    "not_decided", "carried", "carried_borne_out", "carried_contradicted", *(f"set_aside_{why}" for why in WHYS),
)  # fmt: skip
SPEAKER_COLUMNS: Final = (
    "id", "name", "role", "party", "aliases", "voice", "reliability", "reason", "statements", *STANCES, "claims",
    "asserted", "on_record", "borne_out", "contradicted", "not_decided", "denied", "denials_borne_out",
    "denials_contradicted", "foretold", "due", "due_borne_out", "due_contradicted",
)  # fmt: skip


def sources_json(tracks: Tracks) -> str:
    """The records of sources as JSON, ending with a line break; the same records give the same bytes."""
    return _json({**_head(tracks, SOURCES_VERSION), "sources": [_source(one) for one in tracks.sources]})


def speakers_json(tracks: Tracks) -> str:
    """The records of speakers as JSON, ending with a line break."""
    return _json({**_head(tracks, SPEAKERS_VERSION), "speakers": [_speaker(one) for one in tracks.speakers]})


def sources_csv(tracks: Tracks) -> str:
    """The records of sources as CSV, safe in a spreadsheet: a line of column names, and a row a source."""
    return _csv(SOURCE_COLUMNS, map(source_cells, tracks.sources))


def speakers_csv(tracks: Tracks) -> str:
    """The records of speakers as CSV, safe in a spreadsheet: a line of column names, and a row a speaker."""
    return _csv(SPEAKER_COLUMNS, map(speaker_cells, tracks.speakers))


def _json(data: dict[str, Any]) -> str:
    return for_json(json.dumps(data, ensure_ascii=False, indent=2, allow_nan=False)) + "\n"


def _csv(columns: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    out = StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(columns)
    writer.writerows([for_csv("" if cell is None else str(cell)) for cell in row] for row in rows)
    return out.getvalue()


def _head(tracks: Tracks, version: str) -> dict[str, Any]:
    return {
        "schema": version,
        "case": tracks.case,
        "title": tracks.title,
        "as_of": tracks.as_of,
        "digest": tracks.digest,
        "policy": tracks.policy,
    }


def _source(one: SourceTrack) -> dict[str, Any]:
    return {
        **_plain(one, "id name kind country party owner owns voice_of reliability reason"),
        "record": {
            "documents": len(one.documents),
            "withdrawn": _part(one.withdrawn),
            "findings": len(one.findings),
            "counting": one.fares.all,
            "set_aside": dict(one.set_aside),
            "first": _part(one.first),
            "own_name": _fares(one.own),
            "relayed": _fares(one.relayed),
            "relayed_from": [{"origin": origin, "findings": number} for origin, number in one.relayed_from],
            "carried": _fares(one.carried),
        },
        "documents": [_plain(document, "id title published withdrawn findings") for document in one.documents],
        "findings": [_told(finding) for finding in one.findings],
    }


def _told(finding: Told) -> dict[str, Any]:
    names = "finding claim text document stance verdict set_aside origins own first fared"
    data = _plain(finding, names)
    return {"id": data.pop("finding"), **data}


def _speaker(one: SpeakerTrack) -> dict[str, Any]:
    return {
        **_plain(one, "id name role party aliases voice reliability reason"),
        "record": {
            "statements": dict(one.statements),
            "on_record": _part(one.on_record),
            "verdicts": dict(one.verdicts),
            "asserted": _fares(one.asserted),
            "denied": _fares(one.denied),
            "due": _part(one.due),
            "foretold": _fares(one.foretold),
        },
        "claims": [
            {"id": said.claim, **_plain(said, "text kind stances documents attribution verdict due")}
            for said in one.claims
        ],
    }


def _plain(value: Any, names: str) -> dict[str, Any]:
    """These parts of a value, tuples as lists."""
    found = {name: getattr(value, name) for name in names.split()}
    return {name: list(part) if isinstance(part, tuple) else part for name, part in found.items()}


def _part(part: Part) -> dict[str, int]:
    return {"n": part.n, "of": part.of}


def _fares(fares: Fares) -> dict[str, int]:
    return {"borne_out": fares.borne_out, "contradicted": fares.contradicted, "not_decided": fares.undecided}


def source_cells(one: SourceTrack) -> tuple[str | int | None, ...]:
    """A source's row, in the order of `SOURCE_COLUMNS`."""
    fares, aside = one.fares, dict(one.set_aside)
    return (
        one.id,
        one.name,
        one.kind,
        one.country,
        one.party,
        one.owner,
        "; ".join(one.voice_of),
        one.reliability,
        one.reason,
        len(one.documents),
        one.withdrawn.n,
        len(one.findings),
        fares.all,
        one.own.all,
        one.relayed.all,
        "; ".join(f"{origin} ({number})" for origin, number in one.relayed_from),
        *one.first,
        *fares,
        one.carried.all,
        one.carried.borne_out,
        one.carried.contradicted,
        *(aside.get(why, 0) for why in WHYS),
    )


def speaker_cells(one: SpeakerTrack) -> tuple[str | int | None, ...]:
    """A speaker's row, in the order of `SPEAKER_COLUMNS`."""
    said = dict(one.statements)
    return (
        one.id,
        one.name,
        one.role,
        one.party,
        "; ".join(one.aliases),
        one.voice,
        one.reliability,
        one.reason,
        sum(said.values()),
        *(said.get(stance, 0) for stance in STANCES),
        len(one.claims),
        one.on_record.of,
        one.on_record.n,
        *one.asserted,
        one.denied.all,
        one.denied.borne_out,
        one.denied.contradicted,
        one.due.of,
        one.due.n,
        one.foretold.borne_out,
        one.foretold.contradicted,
    )
