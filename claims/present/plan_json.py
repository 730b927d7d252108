"""What an addition would do, as JSON, `claims/add/1`, and its schema."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final, get_args

from claims.model.assessment import ATTRIBUTIONS, VERDICTS
from claims.model.change import What
from claims.present.escape import for_json
from claims.present.shapes import MAYBE, TEXT, YES_NO, document, list_of, one_of, record

if TYPE_CHECKING:
    from claims.model.change import Change, Standing
    from claims.model.plan import Effect, Plan
    from claims.model.problem import Problem

VERSION: Final = "claims/add/1"
PLACES: Final = 6
"""Decimal places of probabilities."""


def render(plan: Plan, *, is_written: bool) -> str:
    """The plan as JSON, ending with a line break. is_written: whether it was carried out."""
    data = {
        "schema": VERSION,
        "what": plan.what,
        "written": is_written,
        "entries": [_effect(effect) for effect in plan.effects],
        "changes": [_change(change) for change in plan.changes],
        "warnings": [_problem(problem) for problem in plan.warnings],
    }
    return for_json(json.dumps(data, ensure_ascii=False, indent=2, allow_nan=False)) + "\n"


def _effect(effect: Effect) -> dict[str, Any]:
    place = effect.place
    return {
        "section": effect.section,
        "id": effect.id,
        "fate": effect.fate,
        "file": effect.file,
        "line": place.line if place else None,
        "fields": [{"key": field.key, "before": field.before, "after": field.after} for field in effect.fields],
    }


def _change(change: Change) -> dict[str, Any]:
    return {
        "claim": change.claim,
        "text": change.text,
        "before": _standing(change.before),
        "after": _standing(change.after),
        "causes": [
            {"section": cause.section, "id": cause.id, "what": cause.what, "keys": list(cause.keys)}
            for cause in change.causes
        ],
    }


def _standing(standing: Standing | None) -> dict[str, Any] | None:
    if standing is None:
        return None
    return {
        "verdict": standing.verdict,
        "attribution": standing.attribution,
        "probability": round(standing.probability, PLACES),
    }


def _problem(problem: Problem) -> dict[str, Any]:
    return {
        "file": problem.file,
        "line": problem.line,
        "column": problem.column,
        "code": problem.code,
        "message": problem.message,
        "hint": problem.hint,
    }


def add_schema() -> dict[str, Any]:
    """The JSON Schema of `claims add --format json`."""
    line = {"type": "integer", "minimum": 1}
    standing = record(
        verdict=one_of(*VERDICTS),
        attribution=one_of(*ATTRIBUTIONS),
        probability={"type": "number", "minimum": 0, "maximum": 1},
    )
    maybe_standing = {"anyOf": [standing, {"type": "null"}]}
    cause = record(section=TEXT, id=TEXT, what=one_of(*get_args(What)), keys=list_of(TEXT))
    effect = record(
        section=TEXT,
        id=TEXT,
        fate=one_of("new", "changed", "removed", "there"),
        file=TEXT,
        line={"anyOf": [line, {"type": "null"}]},
        fields=list_of(record(key=TEXT, before=MAYBE, after=MAYBE)),
    )
    return document(
        "What an addition to a case does",
        schema={"const": VERSION},
        what=TEXT,
        written=YES_NO,
        entries=list_of(effect),
        changes=list_of(
            record(claim=TEXT, text=TEXT, before=maybe_standing, after=maybe_standing, causes=list_of(cause))
        ),
        warnings=list_of(record(file=TEXT, line=line, column=line, code=TEXT, message=TEXT, hint=MAYBE)),
    )
