"""A difference as JSON, whole: `claims/diff/1`, and its schema."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final, get_args

from claims.model.assessment import ATTRIBUTIONS, VERDICTS
from claims.model.change import What
from claims.model.edits import SECTIONS
from claims.present.escape import for_json
from claims.present.json import PLACES

if TYPE_CHECKING:
    from claims.model.change import Cause, Change, Difference, Standing

VERSION: Final = "claims/diff/1"


def render(difference: Difference) -> str:
    """The difference as JSON, ending with a line break; the same difference gives the same bytes."""
    return for_json(json.dumps(as_data(difference), ensure_ascii=False, indent=2, allow_nan=False)) + "\n"


def as_data(difference: Difference) -> dict[str, Any]:
    """The difference as plain data, in the shape of the schema."""
    return {
        "schema": VERSION,
        "title": difference.title,
        "before": difference.before,
        "after": difference.after,
        "changes": [_change(change) for change in difference.changes],
        "moved": [_change(change) for change in difference.moved],
        "entries": [_cause(entry) for entry in difference.entries],
    }


def _change(change: Change) -> dict[str, Any]:
    return {
        "claim": change.claim,
        "text": change.text,
        "before": change.before and _standing(change.before),
        "after": change.after and _standing(change.after),
        "causes": [_cause(cause) for cause in change.causes],
        "said_by": [_cause(cause) for cause in change.said_by],
    }


def _standing(standing: Standing) -> dict[str, Any]:
    bounds = {"for": standing.independent_for, "against": standing.independent_against}
    return {
        "verdict": standing.verdict,
        "attribution": standing.attribution,
        "probability": round(standing.probability, PLACES),
        "range": [round(share, PLACES) for share in standing.range],
        "independent": {side: {"at_least": b.at_least, "at_most": b.at_most} for side, b in bounds.items()},
    }


def _cause(cause: Cause) -> dict[str, Any]:
    return {
        "section": cause.section,
        "id": cause.id,
        "what": cause.what,
        "changed": [
            {"key": key, "before": before, "after": after}
            for key, (before, after) in zip(cause.keys, cause.values, strict=True)
        ],
        "says": cause.note,
        "document": cause.document,
        "source": cause.source,
        "date": cause.date,
    }


def diff_schema() -> dict[str, Any]:
    """The JSON Schema of `claims diff --format json`."""
    text, maybe = {"type": "string"}, {"type": ["string", "null"]}
    share, number = {"type": "number", "minimum": 0, "maximum": 1}, {"type": "integer", "minimum": 0}
    bounds = _record(at_least=number, at_most=number)
    standing = _record(
        verdict={"enum": list(VERDICTS)},
        attribution={"enum": list(ATTRIBUTIONS)},
        probability=share,
        range={"type": "array", "items": share, "minItems": 2, "maxItems": 2},
        independent=_record(**{"for": bounds, "against": bounds}),
    )
    cause = _record(
        section={"enum": [*SECTIONS, "policy"]},
        id=text,
        what={"enum": list(get_args(What))},
        changed=_list(_record(key=text, before=maybe, after=maybe)),
        says=maybe,
        document=maybe,
        source=maybe,
        date=maybe,
    )
    either = {"oneOf": [{"type": "null"}, _named("standing")]}
    causes = _list(_named("cause"))
    change = _record(claim=text, text=text, before=either, after=either, causes=causes, said_by=causes)
    found = _list(_named("change"))
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "What changed between two states of a case",
        **_record(
            schema={"const": VERSION}, title=text, before=text, after=text, changes=found, moved=found, entries=causes
        ),
        "$defs": {"standing": standing, "cause": cause, "change": change},
    }  # fmt: skip


def _named(name: str) -> dict[str, Any]:
    return {"$ref": f"#/$defs/{name}"}


def _record(**fields: Any) -> dict[str, Any]:
    """An object with exactly these fields."""
    return {"type": "object", "properties": fields, "required": list(fields), "additionalProperties": False}


def _list(items: dict[str, Any]) -> dict[str, Any]:
    return {"type": "array", "items": items}
