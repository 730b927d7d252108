"""A collection cut by claim: nothing about one claim depends on another, so that its parts can be judged one by one.

A block holds the claims from one to another with all that is said of them; origins and documents are shared, not cut.
It is as large as the caches of a processor like it, however many findings there are.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import pandas as pd

from claims.tables.columns import codes, narrow

if TYPE_CHECKING:
    from collections.abc import Iterator

    from claims.tables.columns import Codes, Tables

NARROW = ("stance", "digit", "mismatch")
"""Columns of a finding with a handful of values."""


class Block(NamedTuple):
    """Some claims as a collection of their own; its first claim and finding are these of the whole."""

    tables: Tables
    claim: int
    finding: int


def blocks(tables: Tables, size: int) -> Iterator[Block]:
    """The collection in blocks of about so many findings, claims in order; as one, where findings are not by claim.

    Codes and small numbers in a block are as narrow as they fit.
    """
    claim = codes(tables.findings, "claim")
    is_whole = len(claim) <= size or bool(np.any(claim[1:] < claim[:-1]))
    if is_whole:
        yield Block(_cut(tables, slice(0, len(tables.claims)), slice(0, len(claim))), 0, 0)
        return
    sorted_tables = _by_claim(tables)
    n_blocks = -(-len(claim) // size)
    first = [0, *claim[[len(claim) * n // n_blocks for n in range(1, n_blocks)]].tolist(), len(tables.claims)]
    edges = sorted(set(first))
    rows = np.searchsorted(claim, edges)
    for n in range(len(edges) - 1):
        yield Block(
            _cut(sorted_tables, slice(edges[n], edges[n + 1]), slice(int(rows[n]), int(rows[n + 1]))),
            edges[n],
            int(rows[n]),
        )


def _by_claim(tables: Tables) -> Tables:
    """The same with links, speakers and interests by what they are of, in the order given."""
    by = {"finding_links": "finding", "speakers": "claim", "interests": "claim"}
    found = {}
    for name, column in by.items():
        table = getattr(tables, name)
        key = codes(table, column)
        if np.any(key[1:] < key[:-1]):
            found[name] = table.take(np.argsort(key, kind="stable"))
    return replace(tables, **found) if found else tables


def _cut(tables: Tables, claims: slice, findings: slice) -> Tables:
    found = tables.findings
    n_claims = claims.stop - claims.start
    return replace(
        tables,
        claims=_part(tables.claims, claims),
        findings=pd.DataFrame(
            {
                "claim": _moved(found, "claim", findings, claims.start, n_claims),
                "document": codes(found, "document")[findings].astype(narrow(len(tables.documents))),
                **{name: codes(found, name)[findings].astype(np.int8) for name in NARROW},
                **{name: codes(found, name)[findings] for name in ("knows_itself", "own_links")},
            },
            copy=False,
        ),
        finding_links=_within(tables.finding_links, "finding", findings),
        speakers=_within(tables.speakers, "claim", claims),
        interests=_within(tables.interests, "claim", claims),
    )


def _part(table: pd.DataFrame, rows: slice) -> pd.DataFrame:
    names = [name for name in table.columns if name != "id"]
    return pd.DataFrame({name: codes(table, name)[rows] for name in names}, copy=False)


def _moved(table: pd.DataFrame, name: str, rows: slice, start: int, limit: int) -> Codes:
    return (codes(table, name)[rows] - start).astype(narrow(limit))


def _within(table: pd.DataFrame, name: str, span: slice) -> pd.DataFrame:
    """The rows of entries in that span, which are counted from its start."""
    key = codes(table, name)
    if len(key) and np.any(key[1:] < key[:-1]):
        rows = slice(0, len(key))
    else:
        low, high = np.searchsorted(key, [span.start, span.stop])
        rows = slice(int(low), int(high))
    columns = {other: codes(table, other)[rows] for other in table.columns}
    return pd.DataFrame(columns | {name: columns[name] - span.start}, copy=False)
