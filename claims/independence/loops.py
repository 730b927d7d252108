"""The circle of a finding whose chains never end: "a → b → a", for people to see."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from claims.tables.columns import ints

if TYPE_CHECKING:
    from claims.independence.links import Links
    from claims.tables.columns import Tables


def loop_of(tables: Tables, from_finding: Links, from_document: Links, finding: int) -> list[int]:
    """Codes of the documents along the first chain of a finding that returns to one already on it, that one last."""
    claims, documents = ints(tables.findings, "claim"), ints(tables.findings, "document")
    n_origins = len(tables.origins)
    of_claim = np.flatnonzero(claims == claims[finding])

    def onward(document: int) -> list[int]:
        own = of_claim[documents[of_claim] == document]
        links, at = (from_finding, own) if len(own) else (from_document, np.array([document]))
        targets = links.target[links.rows(at)[1]]
        return [int(target) - n_origins for target in targets if target >= n_origins]

    start = from_finding.target[from_finding.rows(np.array([finding]))[1]]
    stack = [[int(documents[finding]), int(target) - n_origins] for target in start[::-1] if target >= n_origins]
    seen: set[int] = set()
    while stack:
        path = stack.pop()
        if path[-1] in path[:-1]:
            return path
        if path[-1] not in seen:
            seen.add(path[-1])
            stack += [[*path, document] for document in reversed(onward(path[-1]))]
    return []
