"""Which documents a document's chains pass on a claim: whoever has his knowledge from another is no second record."""

from __future__ import annotations

from collections import defaultdict
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from claims.independence.links import finding_links, publications
from claims.tables.columns import codes, counted

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from claims.independence.links import Links
    from claims.tables.columns import Bools, Codes, Tables


class Reach:
    """Follows the chains of documents, one claim at a time."""

    def __init__(self, tables: Tables) -> None:
        self.tables = tables
        self._claim: tuple[int, Mapping[int, Sequence[int]]] = (-1, {})

    def of(self, n: int, document: int) -> set[int]:
        """Codes of all documents that a document's chains pass, for the claim at position `n`."""
        own = self._findings_on(n)
        of_finding, of_document = self._onward
        reached: set[int] = set()
        frontier = {document}
        while frontier:
            passed: set[int] = set()
            for at in frontier:
                if at in own:
                    passed.update(*(of_finding.of(finding) for finding in own[at]))
                else:
                    passed.update(of_document.of(at))
            frontier = passed - reached
            reached |= frontier
        return reached

    @cached_property
    def leads(self) -> Bools:
        """Per document, whether it or a finding of it relies on another document on any claim: most do not."""
        of_finding, of_document = self._onward
        found = of_document.number > 0
        found[self._document[of_finding.number > 0]] = True
        return found

    def _findings_on(self, n: int) -> Mapping[int, Sequence[int]]:
        """The findings on a claim by their documents; those of the claim that was asked for last are at hand."""
        if self._claim[0] != n:
            order, starts = self._by_claim
            on_claim = order[starts[n] : starts[n + 1]]
            own: dict[int, list[int]] = defaultdict(list)
            for finding, document in zip(on_claim.tolist(), self._document[on_claim].tolist(), strict=True):
                own[document].append(finding)
            self._claim = n, dict(own)
        return self._claim[1]

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
    def _onward(self) -> tuple[_Onward, _Onward]:
        """The documents that each finding relies on, and that each document does."""
        known = publications(self.tables)
        n_origins = len(self.tables.origins)
        of_finding = _onward(finding_links(self.tables, known).every, n_origins)
        return of_finding, _onward(known.links, n_origins)


class _Onward(NamedTuple):
    """Of each of many, the documents that its links lead to: so many, from its place in `starts` on."""

    number: Codes
    starts: Sequence[int]
    documents: Sequence[int]

    def of(self, at: int) -> Sequence[int]:
        return self.documents[self.starts[at] : self.starts[at + 1]]


def _onward(links: Links, n_origins: int) -> _Onward:
    rows = np.flatnonzero(links.target >= n_origins)
    size = len(links.starts) - 1
    number = counted(np.repeat(np.arange(size), np.diff(links.starts)).take(rows), size)
    starts = np.concatenate([[0], np.cumsum(number)])
    return _Onward(number, starts.tolist(), (links.target.take(rows) - n_origins).tolist())
