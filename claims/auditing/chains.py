"""The whole chain of a finding, as a tree of links: what it relies on, what that relies on, down to the origins.

The kernel keeps of each origin the best path alone; a reader who checks a finding wants to see every link, those that
end in nothing as well. The links are the kernel's own, and so are the rules by which a document hands them on.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Final

import numpy as np

from claims.independence.links import document_links, finding_links
from claims.independence.origins import NO_SIDE, SIDES
from claims.model.audit import Link
from claims.tables.columns import NO_DAY, bools, ids, ints

if TYPE_CHECKING:
    from collections.abc import Iterator

    from claims.independence.links import Links
    from claims.model.audit import End, How
    from claims.tables.columns import Tables


LONGEST: Final = 50
"""Links that are followed in a row."""


class Trails:
    """Follows the chains of findings on one claim."""

    def __init__(self, tables: Tables, claim: int) -> None:
        self.n_origins = len(tables.origins)
        self.origins, self.documents = ids(tables.origins), ids(tables.documents)
        self.document_of = ints(tables.findings, "document")
        self.knows = bools(tables.findings, "knows_itself")
        self.original = ints(tables.documents, "same_text_as")
        self.retracted, self.ends = bools(tables.documents, "retracted"), ints(tables.documents, "ends")
        self.begins = int(ints(tables.claims, "begins")[claim])
        self.side = np.asarray(SIDES)[ints(tables.findings, "stance")]
        live = ~bools(tables.documents, "later")[self.document_of]
        self.on_claim = np.flatnonzero((ints(tables.findings, "claim") == claim) & live)
        self.tables = tables

    def of(self, finding: int) -> tuple[Link, ...]:
        """The links of the finding at that position, with all that follows from them; none for one that is later."""
        if finding not in self.on_claim:
            return ()
        own = int(self.document_of[finding])
        walk = _Walk(self, int(self.side[finding]), {own})
        return walk.links(self.from_findings(np.array([finding])), (own,))

    def onward(self, document: int, side: int) -> list[tuple[int, How]]:
        """The links that leave a document, for a chain that began on that side."""
        own = self.on_claim[self.document_of[self.on_claim] == document]
        if not len(own):
            return self._from_document(document)
        agreed = own[self.side[own] == side] if side != NO_SIDE else own[:0]
        return self.from_findings(agreed if len(agreed) else own)

    def from_findings(self, findings: np.ndarray) -> list[tuple[int, How]]:
        """The links that leave findings of one document, each target once."""
        links, _ = self._links
        found: dict[int, How] = {}
        for finding in findings:
            _, rows = links.rows(np.array([finding]))
            for n, row in enumerate(rows):
                is_own = bool(self.knows[finding]) and n == len(rows) - 1
                how = self._how(int(self.document_of[finding]), is_named=bool(links.established[row]), is_own=is_own)
                found.setdefault(int(links.target[row]), how)
        return list(found.items())

    def _from_document(self, document: int) -> list[tuple[int, How]]:
        _, links = self._links
        _, rows = links.rows(np.array([document]))
        return [
            (int(links.target[row]), self._how(document, is_named=bool(links.established[row]), is_own=False))
            for row in rows
        ]

    def _how(self, document: int, *, is_named: bool, is_own: bool) -> How:
        if self.original[document] >= 0:
            return "same-text"
        if not is_named:
            return "unsaid"
        return "knows" if is_own else "relies-on"

    @cached_property
    def _links(self) -> tuple[Links, Links]:
        return finding_links(self.tables), document_links(self.tables)


class _Walk:
    """One walk from one finding; what hangs from a document is told once."""

    def __init__(self, trails: Trails, side: int, told: set[int]) -> None:
        self.trails, self.side, self.told = trails, side, told

    def links(self, targets: list[tuple[int, How]], path: tuple[int, ...]) -> tuple[Link, ...]:
        """Links to each of the targets, from the end of the path; those that end come first."""
        return tuple(sorted(self._made(targets, path), key=lambda link: bool(link.under)))

    def _made(self, targets: list[tuple[int, How]], path: tuple[int, ...]) -> Iterator[Link]:
        trails = self.trails
        for target, how in targets:
            document = target - trails.n_origins
            if document < 0:
                yield Link(str(trails.origins[target]), how, "origin")
                continue
            name, end = str(trails.documents[document]), self._end(document, path)
            if end is None:
                self.told.add(document)
                yield Link(name, how, None, self.links(trails.onward(document, self.side), (*path, document)))
            else:
                yield Link(name, how, end)

    def _end(self, document: int, path: tuple[int, ...]) -> End | None:
        trails = self.trails
        if document in path:
            return "circle"
        if trails.retracted[document]:
            return "withdrawn"
        if NO_DAY != trails.ends[document] < trails.begins:
            return "before"
        if document in self.told:
            return "shown"
        return "further" if len(path) > LONGEST else None
