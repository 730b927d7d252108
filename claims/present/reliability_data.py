"""What is learned of sources as JSON, `claims/reliability/1`, with the schema of that, and as CSV, a row each."""

from __future__ import annotations

import csv
import json
from io import StringIO
from typing import TYPE_CHECKING, Any, Final, get_args

from claims.model.grade import LETTERS
from claims.model.policy import JUDGED
from claims.model.reliability import STANDINGS, Compared
from claims.present.escape import for_csv, for_json
from claims.present.shapes import DIGEST, MAYBE, NUMBER, TEXT, YES_NO, Shape, document, list_of, one_of, record

if TYPE_CHECKING:
    from claims.model.reliability import Answered, Band, OneAnswer, Reliabilities, SourceReliability

VERSION: Final = "claims/reliability/1"
PLACES: Final = 6
"""Figures are told in so many places: beyond them they are those of the machine."""
COUNTS: Final = ("claims", "agrees", "disagrees", "undecided", "alone", "carried", "interested", "relayed")
COLUMNS: Final = (
    "id", "name", "party", "grade", "reason", "before", "reliability", "low", "high", "weight", *COUNTS, "letters",
    "standing", "proposed",
)  # fmt: skip
SHARE: Final[Shape] = {"type": "number", "minimum": 0, "maximum": 1}


def reliability_json(found: Reliabilities) -> str:
    """What is learned as JSON, ending with a line break; the same input gives the same bytes."""
    data = {
        "schema": VERSION,
        "case": found.case,
        "title": found.title,
        "as_of": found.as_of,
        "digest": found.digest,
        "policy": found.policy,
        "bands": [_band(band) for band in found.bands],
        "claims": found.claims,
        "rounds": found.rounds,
        "converged": found.converged,
        "sources": [_source(source) for source in found.sources],
    }
    return for_json(json.dumps(data, ensure_ascii=False, indent=2, allow_nan=False)) + "\n"


def reliability_csv(found: Reliabilities) -> str:
    """What is learned as CSV, safe in a spreadsheet: a line of column names, and a row a source."""
    out = StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for source in found.sources:
        cells = (*_plain(source).values(), *_counts(source.answered).values(), *_outcome(source))
        writer.writerow(for_csv("" if cell is None else str(cell)) for cell in cells)
    return out.getvalue()


def _band(band: Band) -> dict[str, Any]:
    return {"letter": band.letter, "low": round(band.low, PLACES), "high": round(band.high, PLACES)}


def _source(source: SourceReliability) -> dict[str, Any]:
    return {
        **_plain(source),
        "counts": _counts(source.answered),
        "letters": list(source.letters),
        "standing": source.standing,
        "proposed": _proposed(source),
        "answers": None if source.answers is None else [_answer(one) for one in source.answers],
    }


def _plain(source: SourceReliability) -> dict[str, Any]:
    words = {name: getattr(source, name) for name in ("id", "name", "party", "grade", "reason")}
    figures = ("before", "reliability", "low", "high", "weight")
    return words | {name: round(getattr(source, name), PLACES) for name in figures}


def _counts(answered: Answered) -> dict[str, int]:
    return {"claims": answered.all, **{name: getattr(answered, name) for name in COUNTS[1:]}}


def _outcome(source: SourceReliability) -> tuple[str | None, ...]:
    return "; ".join(source.letters), source.standing, _proposed(source)


def _proposed(source: SourceReliability) -> str | None:
    return source.letters[0] if source.standing == "proposed" else None


def _answer(one: OneAnswer) -> dict[str, Any]:
    data = one._asdict()
    figures = {"share": round(one.share, PLACES), "others": None if one.others is None else round(one.others, PLACES)}
    return data | figures


def reliability_schema() -> Shape:
    """The schema of `claims reliability --format json`."""
    share_or_none = {"type": ["number", "null"], "minimum": 0, "maximum": 1}
    answer = record(
        claim=TEXT,
        text=TEXT,
        side=one_of("for", "against"),
        share=SHARE,
        carried=YES_NO,
        compared=one_of(*get_args(Compared)),
        others=share_or_none,
    )
    source = record(
        id=TEXT,
        name=TEXT,
        party=MAYBE,
        grade=one_of(*LETTERS),
        reason=MAYBE,
        before=SHARE,
        reliability=SHARE,
        low=SHARE,
        high=SHARE,
        weight={"type": "number", "minimum": 0},
        counts=record(**dict.fromkeys(COUNTS, NUMBER)),
        letters=list_of(one_of(*JUDGED)),
        standing=one_of(*STANDINGS),
        proposed=one_of(*JUDGED, None),
        answers={"anyOf": [{"type": "null"}, list_of(answer)]},
    )
    return document(
        "How reliable sources are, as learned from a case",
        schema={"const": VERSION},
        case=TEXT,
        title=TEXT,
        as_of=MAYBE,
        digest=DIGEST,
        policy=TEXT,
        bands=list_of(record(letter=one_of(*JUDGED), low=SHARE, high=SHARE)),
        claims=NUMBER,
        rounds=NUMBER,
        converged=YES_NO,
        sources=list_of(source),
    )
