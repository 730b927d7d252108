"""The whole chain of a finding, as a tree of links: what it relies on, what that relies on, down to the origins.

The kernel keeps of each origin the best path alone; a reader who checks a finding wants to see every link, those that
end in nothing as well. The links are the kernel's own, and so are the rules by which a document hands them on.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Final

import numpy as np

from claims.independence.links import finding_links, publications
from claims.independence.origins import NO_SIDE, SIDES
from claims.model.audit import Link
from claims.tables.columns import NO_DAY, bools, ids, ints

if TYPE_CHECKING:
    from collections.abc import Iterator

    from claims.model.audit import End, How
    from claims.tables.columns import Tables


LONGEST: Final = 50
"""Links that are followed in a row."""


class Trails:
    """Follows the chains of findings: made once for all claims of a collection."""

    def __init__(self, tables: Tables) -> None:
        self.n_origins = len(tables.origins)
        self.origins, self.documents = ids(tables.origins), ids(tables.documents)
        self.claim_of, self.document_of = ints(tables.findings, "claim"), ints(tables.findings, "document")
        self.knows = bools(tables.findings, "knows_itself")
        self.original = ints(tables.documents, "same_text_as")
        self.retracted, self.ends = bools(tables.documents, "retracted"), ints(tables.documents, "ends")
        self.begins = ints(tables.claims, "begins")
        self.side = np.asarray(SIDES)[ints(tables.findings, "stance")]
        self.later = bools(tables.documents, "later")
        known = publications(tables)
        self.of_documents, self.of_findings = known.links, finding_links(tables, known).every

    def of(self, finding: int) -> tuple[Link, ...]:
        """The links of the finding at that position, with all that follows from them; none for one that is later."""
        own = int(self.document_of[finding])
        if self.later[own]:
            return ()
        return _Walk(self, finding, {own}).links(self.from_findings([finding]), (own,))

    def on_claim(self, claim: int) -> dict[int, list[int]]:
        """The findings on a claim that have appeared, by document."""
        found: dict[int, list[int]] = {}
        for finding in np.flatnonzero(self.claim_of == claim).tolist():
            document = int(self.document_of[finding])
            if not self.later[document]:
                found.setdefault(document, []).append(finding)
        return found

    def onward(self, document: int, own: list[int], side: int) -> list[tuple[int, How]]:
        """The links that leave a document, for a chain that began on that side. own: its findings on the claim."""
        if not own:
            return self._from_document(document)
        agreed = [finding for finding in own if self.side[finding] == side] if side != NO_SIDE else []
        return self.from_findings(agreed or own)

    def from_findings(self, findings: list[int]) -> list[tuple[int, How]]:
        """The links that leave findings of one document, each target once."""
        links = self.of_findings
        found: dict[int, How] = {}
        for finding in findings:
            rows = range(links.starts[finding], links.starts[finding + 1])
            for row in rows:
                is_own = bool(self.knows[finding]) and row == rows[-1]
                how = self._how(int(self.document_of[finding]), is_named=bool(links.established[row]), is_own=is_own)
                found.setdefault(int(links.target[row]), how)
        return list(found.items())

    def _from_document(self, document: int) -> list[tuple[int, How]]:
        links = self.of_documents
        return [
            (int(links.target[row]), self._how(document, is_named=bool(links.established[row]), is_own=False))
            for row in range(links.starts[document], links.starts[document + 1])
        ]

    def _how(self, document: int, *, is_named: bool, is_own: bool) -> How:
        if self.original[document] >= 0:
            return "same-text"
        if not is_named:
            return "unsaid"
        return "knows" if is_own else "relies-on"


class _Walk:
    """One walk from one finding; what hangs from a document is told once."""

    def __init__(self, trails: Trails, finding: int, told: set[int]) -> None:
        self.trails, self.side, self.told = trails, int(trails.side[finding]), told
        self.claim = int(trails.claim_of[finding])
        self.begins = int(trails.begins[self.claim])

    @cached_property
    def own(self) -> dict[int, list[int]]:
        """The findings on the claim, by document."""
        return self.trails.on_claim(self.claim)

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
                onward = trails.onward(document, self.own.get(document, []), self.side)
                yield Link(name, how, None, self.links(onward, (*path, document)))
            else:
                yield Link(name, how, end)

    def _end(self, document: int, path: tuple[int, ...]) -> End | None:
        trails = self.trails
        if document in path:
            return "circle"
        if trails.retracted[document]:
            return "withdrawn"
        if NO_DAY != trails.ends[document] < self.begins:
            return "before"
        if document in self.told:
            return "shown"
        return "further" if len(path) > LONGEST else None
