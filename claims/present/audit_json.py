"""An audit as JSON, whole: `claims/audit/1`. Its schema is in `audit_schema.py` and in schemas/."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

from claims.model.assessment import ClaimAssessment, Group
from claims.model.problem import Place
from claims.present.escape import for_json
from claims.present.json import PLACES, claim_data

if TYPE_CHECKING:
    from collections.abc import Iterator

    from claims.model.audit import Audit
    from claims.model.policy import Policy

VERSION: Final = "claims/audit/1"


def render(audit: Audit, policy: Policy) -> str:
    """The audit as JSON, ending with a line break; the same audit gives the same bytes."""
    return for_json(json.dumps(as_data(audit, policy), ensure_ascii=False, indent=2, allow_nan=False)) + "\n"


def as_data(audit: Audit, policy: Policy) -> dict[str, Any]:
    """The audit as plain data, in the shape of the schema; of all names those of what it speaks of."""
    plain = _plain(audit._replace(names={}, related=tuple(audit.related)))
    data: dict[str, Any] = {"schema": VERSION, **plain, "policy": policy.as_data()}
    spoken = set(_texts({**data, "related": []}))
    data["names"] = {one: name for one, name in audit.names.items() if one in spoken}
    return data


def _plain(value: Any) -> Any:
    """A value of the model as data: the claim as a report has it, a group by its id, numbers rounded alike."""
    if isinstance(value, ClaimAssessment):
        return claim_data(value)
    if isinstance(value, Group):
        return value.id
    if isinstance(value, Place):
        return {"file": value.file, "line": value.line, "column": value.column}
    if hasattr(value, "_fields"):
        return {name.rstrip("_"): _plain(getattr(value, name)) for name in value._fields}
    return _listed(value)


def _listed(value: Any) -> Any:
    if isinstance(value, tuple):
        return [_plain(one) for one in value]
    if isinstance(value, dict):
        return {key: _plain(one) for key, one in value.items()}
    return round(value, PLACES) if isinstance(value, float) else value


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for key, one in value.items():
            yield key
            yield from _texts(one)
    elif isinstance(value, list):
        for one in value:
            yield from _texts(one)
