"""The JSON Schemas of everything that claims reads and writes, as text."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

from claims.model.schema import case_schema, policy_schema
from claims.present.audit_schema import audit_schema
from claims.present.diff_json import diff_schema
from claims.present.people_schema import sources_schema, speakers_schema
from claims.present.plan_json import add_schema
from claims.present.problems import problems_schema
from claims.present.reliability_data import reliability_schema
from claims.present.report_schema import report_schema
from claims.present.stale_data import stale_schema
from claims.present.table_schema import table_schema

if TYPE_CHECKING:
    from collections.abc import Callable

ENDING: Final = ".schema.json"
SCHEMAS: Final[dict[str, Callable[[], dict[str, Any]]]] = {
    "case": case_schema,
    "policy": policy_schema,
    "report": report_schema,
    "audit": audit_schema,
    "diff": diff_schema,
    "problems": problems_schema,
    "add": add_schema,
    "sources": sources_schema,
    "speakers": speakers_schema,
    "stale": stale_schema,
    "table": table_schema,
    "reliability": reliability_schema,
}


def schema_text(name: str) -> str:
    """The schema of that name, as it is written to a file."""
    return json.dumps(SCHEMAS[name](), ensure_ascii=False, indent=2) + "\n"
