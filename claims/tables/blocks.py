"""A collection cut by claim: nothing about one claim depends on another, so that its parts can be judged one by one.

A block holds the claims from one to another with all that is said of them; origins and documents are shared, not cut.
It is as large as the caches of a processor like it, however many findings there are.
"""

from __future__ import annotations

from dataclasses import fields, replace
from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np

from claims.tables.columns import Table, Tables, codes

if TYPE_CHECKING:
    from claims.tables.columns import Codes

NARROW: Final = ("stance", "digit", "mismatch")
"""Columns of a finding with a handful of values."""

MULTIPLE: Final = 4
"""Many blocks are a multiple of so many: judged two or four at a time, none is left to be waited for at the end.

It is the same whatever the processor, so that a collection is cut alike everywhere.
"""


class Block(NamedTuple):
    """Some claims and all findings on them, by their places in the whole."""

    claims: slice
    findings: slice


def blocks(tables: Tables, size: int) -> list[Block]:
    """The collection in blocks of about so many findings, claims in order; as one, where findings are not by claim."""
    claim = codes(tables.findings, "claim")
    n_blocks = -(-len(claim) // size)
    if n_blocks > MULTIPLE:
        n_blocks = -(-n_blocks // MULTIPLE) * MULTIPLE
    if n_blocks < 2 or not _is_sorted(claim):  # noqa: PLR2004 - nothing to cut
        return [Block(slice(0, len(tables.claims)), slice(0, len(claim)))]
    first = claim[np.arange(1, n_blocks) * len(claim) // n_blocks].tolist()
    edges = sorted({0, *first, len(tables.claims)})
    rows = np.searchsorted(claim, edges).tolist()
    return [Block(slice(*edges[n : n + 2]), slice(*rows[n : n + 2])) for n in range(len(edges) - 1)]


def by_claim(tables: Tables) -> Tables:
    """The same with links, speakers and interests by what they are of, in the order given, and without ids."""
    found = {field.name: _bare(getattr(tables, field.name)) for field in fields(tables)}
    for name, column in (("finding_links", "finding"), ("speakers", "claim"), ("interests", "claim")):
        table = found[name]
        key = codes(table, column)
        if not _is_sorted(key):
            order = np.argsort(key, kind="stable")
            found[name] = table.take(order)
    return Tables(**found)


def _bare(table: Table) -> Table:
    """Its columns, but for the ids: the kernel needs none."""
    return Table({str(name): codes(table, name) for name in table.columns if name != "id"})


def cut(tables: Tables, block: Block) -> Tables:
    """A block as a collection of its own; `tables` are as `by_claim` gives them.

    Small numbers are as narrow as they fit.
    """
    claims, findings = block
    found = tables.findings
    return replace(
        tables,
        claims=tables.claims.take(claims),
        findings=Table(
            {
                "claim": codes(found, "claim")[findings] - claims.start,
                "document": codes(found, "document")[findings],
                **{name: codes(found, name)[findings].astype(np.int8) for name in NARROW},
                **{name: codes(found, name)[findings] for name in ("knows_itself", "own_links")},
            }
        ),
        finding_links=_within(tables.finding_links, "finding", findings),
        speakers=_within(tables.speakers, "claim", claims),
        interests=_within(tables.interests, "claim", claims),
    )


def _is_sorted(key: Codes) -> bool:
    return not bool(np.any(key[1:] < key[:-1]))


def _within(table: Table, name: str, span: slice) -> Table:
    """The rows of entries in that span, which are counted from its start."""
    low, high = np.searchsorted(codes(table, name), [span.start, span.stop]).tolist()
    columns = {other: codes(table, other)[low:high] for other in table.columns}
    return Table(columns | {name: columns[name] - span.start})
