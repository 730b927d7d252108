"""Which documents a document's chains pass on a claim: whoever has his knowledge from another is no second record."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from claims.independence.links import finding_links, publications
from claims.tables.columns import codes

if TYPE_CHECKING:
    from collections.abc import Sequence

    from claims.independence.links import Links
    from claims.tables.columns import Bools, Codes, Tables


class Reach:
    """Follows the chains of documents, one claim at a time."""

    def __init__(self, tables: Tables) -> None:
        self.tables = tables

    def of(self, n: int, document: int) -> set[int]:
        """Codes of all documents that a document's chains pass, for the claim at position `n`."""
        n_origins = len(self.tables.origins)
        by_claim, starts = self._by_claim
        on_claim = by_claim[starts[n] : starts[n + 1]]
        of_document = self._document[on_claim]
        by_finding, by_document = self._links
        reached: set[int] = set()
        frontier: Sequence[int] = [document]
        while frontier:
            onward: list[int] = []
            for at in frontier:
                own = on_claim[of_document == at]
                links, where = (by_finding, own) if len(own) else (by_document, np.array([at]))
                onward += [int(t) - n_origins for t in links.target[links.rows(where)[1]] if t >= n_origins]
            frontier = sorted(set(onward) - reached)
            reached.update(frontier)
        return reached

    @cached_property
    def leads(self) -> Bools:
        """Per document, whether it or a finding of it relies on another document on any claim: most do not."""
        by_finding, by_document = self._links
        n_origins = len(self.tables.origins)
        result = np.zeros(len(self.tables.documents), dtype=bool)
        for links, document in ((by_document, np.arange(len(result))), (by_finding, self._document)):
            leaf = np.repeat(document, np.diff(links.starts))
            result[leaf[links.target >= n_origins]] = True
        return result

    @cached_property
    def _by_claim(self) -> tuple[Codes, Codes]:
        """The findings by claim, and where those of each claim begin."""
        claim = codes(self.tables.findings, "claim")
        order = np.argsort(claim, kind="stable")
        return order, np.searchsorted(claim[order], np.arange(len(self.tables.claims) + 1))

    @cached_property
    def _document(self) -> Codes:
        return codes(self.tables.findings, "document")

    @cached_property
    def _links(self) -> tuple[Links, Links]:
        known = publications(self.tables)
        return finding_links(self.tables, known).every, known.links
