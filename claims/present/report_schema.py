"""The JSON Schema of a report, `claims/report/1`: strict, so that a change of shape is a change of version."""

from __future__ import annotations

from typing import Any, Final

from claims.model.assessment import ATTRIBUTIONS, VERDICTS, WHYS
from claims.model.policy import Policy
from claims.present.json import VERSION

TEXT: Final = {"type": "string"}
MAYBE: Final = {"type": ["string", "null"]}
YES_NO: Final = {"type": "boolean"}
SHARE: Final = {"type": "number", "minimum": 0, "maximum": 1}
WEIGHT: Final = {"type": "number", "minimum": 0}
NUMBER: Final = {"type": "integer", "minimum": 0}
GRADE: Final = {"type": "string", "pattern": "^[A-F][1-6]$"}

Schema = dict[str, Any]


def report_schema() -> Schema:
    """The schema of `claims report --format json`."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "A corroboration report",
        **_record(
            schema={"const": VERSION},
            case=TEXT,
            as_of=MAYBE,
            digest={"type": "string", "pattern": "^(sha256:[0-9a-f]{64})?$"},
            policy=Policy.model_json_schema(by_alias=True, ref_template="#/$defs/{model}") | {"$defs": {}},
            claims=_list(claim_schema()),
            totals=_record(**dict.fromkeys(VERDICTS, NUMBER)),
            notes=_list(TEXT),
            title=TEXT,
        ),
        "$defs": Policy.model_json_schema(by_alias=True, ref_template="#/$defs/{model}").get("$defs", {}),
    }


def _record(**fields: Any) -> Schema:
    """An object with exactly these fields."""
    return {"type": "object", "properties": fields, "required": list(fields), "additionalProperties": False}


def _list(items: Schema) -> Schema:
    return {"type": "array", "items": items}


def _one_of(*values: str) -> Schema:
    return {"enum": list(values)}


def claim_schema() -> Schema:
    """The schema of one claim."""
    bounds = _record(at_least=NUMBER, at_most=NUMBER)
    return _record(
        id=TEXT,
        text=TEXT,
        kind=_one_of("fact", "opinion", "prediction", "promise"),
        topic=MAYBE,
        speakers=_list(TEXT),
        verdict=_one_of(*VERDICTS),
        attribution=_one_of(*ATTRIBUTIONS),
        probability=SHARE,
        range={"type": "array", "items": SHARE, "minItems": 2, "maxItems": 2},
        credibility=_one_of("1", "2", "3", "4", "5", "6"),
        independent=_record(**{"for": bounds, "against": bounds}),
        interested=_record(**{"for": NUMBER, "against": NUMBER}),
        groups=_list(_group()),
        set_aside=_list(_record(finding=TEXT, why=_one_of(*WHYS), text=TEXT)),
        hinges_on=_list(TEXT),
        would_change=_list(
            _record(
                to=_one_of(*VERDICTS), side=_one_of("for", "against"), grade=GRADE, findings=NUMBER | {"minimum": 1}
            )
        ),
        steps=_list(_record(rule=TEXT, text=TEXT, findings=_list(TEXT))),
        **_more(),
    )


def _group() -> Schema:
    return _record(
        id=TEXT,
        origins=_list(TEXT) | {"minItems": 1},
        side=_one_of("for", "against", "both"),
        established=YES_NO,
        interested=YES_NO,
        against_interest=YES_NO,
        counted=YES_NO,
        weight=_record(**{"for": WEIGHT, "against": WEIGHT}),
        findings=_list(_record(id=TEXT, grade=GRADE, path=_list(TEXT) | {"minItems": 1})),
    )


def _more() -> Schema:
    reading = _record(reading=TEXT, given_by=_list(TEXT))
    return {
        "date": MAYBE,
        "records": _list(
            _record(
                id=TEXT,
                kind=_one_of("statement", "repeats"),
                speakers=_list(TEXT),
                document=TEXT,
                stance=TEXT,
                quote=MAYBE,
                figure=MAYBE,
            )
        ),
        "conflicts": _list(
            _record(kind=_one_of("unit", "figure", "bound", "polarity"), text=TEXT, readings=_list(reading))
        ),
        "dispute": {
            "oneOf": [{"type": "null"}, _record(**{"point": TEXT, "for": _list(TEXT), "against": _list(TEXT)})]
        },
    }
