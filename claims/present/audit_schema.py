"""The JSON Schema of an audit, `claims/audit/1`: strict, so that a change of shape is a change of version."""

from __future__ import annotations

from typing import Any, Final, get_args

from claims.model import audit as values
from claims.model.assessment import ATTRIBUTIONS, VERDICTS, WHYS
from claims.model.finding import Basis, Stance
from claims.model.policy import Policy
from claims.model.statement import Wording
from claims.present.audit_json import VERSION
from claims.present.report_schema import GRADE, SHARE, WEIGHT, claim_schema
from claims.present.shapes import DIGEST, MAYBE, NUMBER, TEXT, YES_NO, list_of, one_of, record

Schema = dict[str, Any]

SHA256: Final[Schema] = {"type": ["string", "null"], "pattern": "^[0-9a-f]{64}$"}
ODDS: Final[Schema] = {"type": "number"}


def audit_schema() -> Schema:
    """The schema of `claims audit CLAIM --format json`."""
    policy = Policy.model_json_schema(by_alias=True, ref_template="#/$defs/{model}")
    shapes = policy.pop("$defs", {})
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "An audit of one claim",
        **record(
            schema={"const": VERSION},
            case=TEXT,
            title=TEXT,
            as_of=MAYBE,
            digest=DIGEST,
            policy=policy,
            claim=claim_schema(),
            place=_maybe(_place()),
            **dict.fromkeys(("figure", "where", "when", "due", "note"), MAYBE),
            gains=list_of(TEXT),
            loses=list_of(TEXT),
            records=list_of(_checked_record()),
            groups=list_of(_group()),
            findings=list_of(_finding()),
            documents={"type": "object", "additionalProperties": _publication()},
            arithmetic=_arithmetic(),
            hinges=list_of(record(group=TEXT, verdict=one_of(*VERDICTS))),
            timeline=list_of(_moment()),
            texts=list_of(_text()),
            searches=list_of(record(where=TEXT, date=MAYBE, note=MAYBE)),
            related=list_of(_related()),
            names={"type": "object", "additionalProperties": TEXT},
            why=_maybe(record(finding=TEXT, before=_standing(), after=_standing())),
            without=_maybe(_without()),
        ),
        "$defs": {**shapes, "link": _link()},
    }


def _maybe(shape: Schema) -> Schema:
    return {"oneOf": [{"type": "null"}, shape]}


def _place() -> Schema:
    return record(file=TEXT, line=NUMBER | {"minimum": 1}, column=NUMBER | {"minimum": 1})


def _checked_record() -> Schema:
    difference = {"type": "array", "prefixItems": [one_of("same", "quote", "text"), TEXT], "items": False}
    return record(
        record=record(
            id=TEXT,
            kind=one_of("statement", "repeats"),
            speakers=list_of(TEXT),
            document=TEXT,
            source=TEXT,
            stance=TEXT,
            quote=MAYBE,
            figure=MAYBE,
            note=MAYBE,
        ),
        date=MAYBE,
        wording=one_of(None, *get_args(Wording)),
        where=MAYBE,
        quote=record(status=one_of(*values.QUOTE_STATUSES), places=NUMBER, difference=list_of(difference)),
        place=_maybe(_place()),
    )


def _group() -> Schema:
    tie = record(below=TEXT, above=TEXT, how=one_of("owner", "voice"))
    return record(group=TEXT, ties=list_of(tie), gains=list_of(TEXT), loses=list_of(TEXT))


def _finding() -> Schema:
    return record(
        id=TEXT,
        document=TEXT,
        stance=one_of(*get_args(Stance)),
        basis=one_of(None, *get_args(Basis)),
        value=MAYBE,
        note=MAYBE,
        inferred=YES_NO,
        place=_maybe(_place()),
        memberships=list_of(record(group=TEXT, member=_member(), passed=list_of(TEXT), is_strongest=YES_NO)),
        set_aside=_maybe(record(finding=TEXT, document=TEXT, why=one_of(*WHYS), text=TEXT, loop=list_of(TEXT))),
        chain=list_of({"$ref": "#/$defs/link"}),
    )


def _member() -> Schema:
    return record(
        finding=TEXT,
        document=TEXT,
        stance=one_of(*get_args(Stance)),
        grade=GRADE,
        path=list_of(TEXT) | {"minItems": 1},
        established=YES_NO,
        weight=WEIGHT,
        note=MAYBE,
    )


def _link() -> Schema:
    return record(
        id=TEXT, how=one_of(*values.HOWS), end=one_of(None, *values.ENDS), under=list_of({"$ref": "#/$defs/link"})
    )


def _publication() -> Schema:
    return record(id=TEXT, source=TEXT, title=MAYBE, url=MAYBE, archive=MAYBE, published=MAYBE, place=_maybe(_place()))


def _shifted(shape: Schema) -> Schema:
    return record(given=shape, down=shape, up=shape)


def _arithmetic() -> Schema:
    term = record(
        group=TEXT,
        finding=TEXT,
        grade=GRADE,
        probability=_maybe(SHARE),
        is_half=YES_NO,
        established=YES_NO,
        in_sum=_shifted(YES_NO),
        weight=_shifted(WEIGHT),
    )
    side = record(
        side=one_of("for", "against"), terms=list_of(term), rule=one_of(*values.RULES), weight=_shifted(WEIGHT)
    )
    return record(
        prior=SHARE,
        prior_log_odds=ODDS,
        **{"for": side, "against": side},
        log_odds=_shifted(ODDS),
        probability=_shifted(SHARE),
    )


def _moment() -> Schema:
    told = {"type": "array", "prefixItems": [TEXT, one_of(*get_args(Stance))], "items": False}
    event = record(what=one_of(*values.WHATS), id=TEXT, date=MAYBE, findings=list_of(told), records=list_of(TEXT))
    return record(day=MAYBE, events=list_of(event), **_outcome(), is_change=YES_NO)


def _outcome() -> dict[str, Schema]:
    bounds = record(at_least=NUMBER, at_most=NUMBER)
    return {
        "verdict": one_of(*VERDICTS),
        "probability": SHARE,
        "range": list_of(SHARE) | {"minItems": 2, "maxItems": 2},
        "independent_for": bounds,
        "independent_against": bounds,
    }


def _standing() -> Schema:
    return record(**_outcome(), attribution=one_of(*ATTRIBUTIONS))


def _text() -> Schema:
    return record(
        document=TEXT, path=TEXT, status=one_of(*values.TEXT_STATUSES), stated=SHA256, found=SHA256, reason=MAYBE
    )


def _related() -> Schema:
    relations = list_of(one_of(*values.RELATIONS)) | {"minItems": 1}
    return record(id=TEXT, text=TEXT, verdict=one_of(*VERDICTS), probability=SHARE, relations=relations)


def _without() -> Schema:
    left_out = record(section=TEXT, id=TEXT, why=one_of(*values.LEFT_WHYS))
    return record(
        sources=list_of(TEXT), left_out=list_of(left_out), ended=list_of(TEXT), before=_standing(), after=_standing()
    )
