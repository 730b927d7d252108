"""Cases as collections, and collections cut by claim: what any engine that judges one has to do first."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pyarrow as pa

from claims.model.cells import kinds_of
from claims.read.ledger import SECTIONS
from claims.write.tables import given

if TYPE_CHECKING:
    from collections.abc import Iterable

    from claims.model.case import Case

Sections = dict[str, pa.Table]


def tables_of_text(case: Case) -> Sections:
    """Every section of a case as a table of lists and texts, in the order of its entries."""
    return {section: _table(section, getattr(case, section)) for section in SECTIONS}


def shared_of(sections: Sections) -> Sections:
    return {name: sections[name] for name in ("parties", "sources", "speakers")}


def part_of(sections: Sections, claims: Iterable[str]) -> Sections:
    """The claims with all that is said of them, and the documents that this reaches."""
    chosen = set(claims)
    findings = [row for row in sections["findings"].to_pylist() if row["claim"] in chosen]
    statements = [row for row in sections["statements"].to_pylist() if row["claim"] in chosen]
    documents = {row["id"]: row for row in sections["documents"].to_pylist()}
    waiting = {row["document"] for row in (*findings, *statements)}
    waiting |= {ref for row in findings for ref in row["relies_on"] or ()}
    reached: set[str] = set()
    while waiting:
        name = waiting.pop()
        if name in documents and name not in reached:
            reached.add(name)
            waiting.update(documents[name]["relies_on"] or ())
            waiting.add(documents[name]["same_text_as"])
    rows: dict[str, list[Any]] = {
        "documents": [documents[name] for name in sorted(reached)],
        "claims": [row for row in sections["claims"].to_pylist() if row["id"] in chosen],
        "statements": statements,
        "findings": findings,
    }
    return {name: pa.Table.from_pylist(part, schema=sections[name].schema) for name, part in rows.items()}


def _table(section: str, entries: Iterable[Any]) -> pa.Table:
    from claims.write.tables import _schema  # noqa: PLC0415 - the very columns that an export has

    rows = [given(entry) for entry in entries]
    schema = _schema(pa, SECTIONS[section])
    assert list(kinds_of(SECTIONS[section])) == schema.names
    return pa.table([pa.array([row.get(n) for row in rows], schema.field(n).type) for n in schema.names], schema=schema)
