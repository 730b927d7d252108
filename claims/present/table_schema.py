"""The shape of the JSON that a page offers of what it shows: `claims/table/1`."""

from __future__ import annotations

from typing import Any, Final

from claims.present.shapes import TEXT, document, list_of, one_of

VERSION: Final = "claims/table/1"
CELL: Final = {"type": ["string", "number", "null"]}


def table_schema() -> dict[str, Any]:
    """The schema of the rows of a page: arrays in the order of the columns, the first of which is an id."""
    return document(
        "The rows that a page of claims shows",
        schema=one_of(VERSION),
        columns=list_of(TEXT),
        rows=list_of(list_of(CELL)),
    )
