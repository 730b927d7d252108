"""What needs a second look as JSON, `claims/stale/1`, and the schema of that."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

from claims.model.assessment import VERDICTS
from claims.model.staleness import STALE_KINDS
from claims.present.escape import for_json
from claims.present.shapes import DIGEST, MAYBE, NUMBER, TEXT, Shape, counts, document, list_of, one_of, record

if TYPE_CHECKING:
    from claims.model.staleness import Look, Stale

VERSION: Final = "claims/stale/1"
SECTIONS: Final = ("documents", "sources", "speakers", "claims", "statements")


def stale_json(found: Stale) -> str:
    """What needs a second look as JSON, ending with a line break; the same input gives the same bytes."""
    data = {
        "schema": VERSION,
        "case": found.case,
        "title": found.title,
        "today": found.today,
        "read_before": found.read_before,
        "digest": found.digest,
        "policy": found.policy,
        "totals": dict(found.totals),
        "settling": found.settling,
        "looks": [_look(look) for look in found.looks],
    }
    return for_json(json.dumps(data, ensure_ascii=False, indent=2, allow_nan=False)) + "\n"


def _look(look: Look) -> dict[str, Any]:
    return {
        "kind": look.kind,
        "section": look.section,
        "id": look.id,
        "name": look.name,
        "text": look.text,
        "settles": look.settles,
        "moves": [{"claim": m.claim, "text": m.text, "before": m.before, "after": m.after} for m in look.moves],
        "rests": look.rests,
        "place": look.place,
    }


def stale_schema() -> Shape:
    """The schema of `claims stale --format json`."""
    verdict, day = one_of(*VERDICTS), {"type": "string", "format": "date"}
    return document(
        "What needs a second look",
        schema={"const": VERSION},
        case=TEXT,
        title=TEXT,
        today=day,
        read_before=day,
        digest=DIGEST,
        policy=TEXT,
        totals=counts(*STALE_KINDS),
        settling=NUMBER,
        looks=list_of(
            record(
                kind=one_of(*STALE_KINDS),
                section=one_of(*SECTIONS),
                id=TEXT,
                name=TEXT,
                text=TEXT,
                settles=NUMBER,
                moves=list_of(record(claim=TEXT, text=TEXT, before=verdict, after=verdict)),
                rests=NUMBER,
                place=MAYBE,
            )
        ),
    )
