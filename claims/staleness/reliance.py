"""What rests on what: the chains of all findings that count, by the documents and sources on them."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING, NamedTuple

from claims.independence.set_aside import COUNTS
from claims.tables.columns import bools, ids, ints

if TYPE_CHECKING:
    from claims.flow import Assessment


class Chain(NamedTuple):
    """One path from a finding that counts to an origin."""

    finding: int
    """Its position in the case."""
    documents: tuple[str, ...]
    """From the finding's own to the last."""
    origin: str
    established: bool


class Reliance:
    """Findings by what is on their chains, and statements by their document and claim."""

    def __init__(self, assessment: Assessment) -> None:
        self.case = assessment.case
        self.chains = _chains(assessment)
        source_of = {document.id: document.source for document in self.case.documents}
        self.on_document: dict[str, set[int]] = defaultdict(set)
        self.on_source: dict[str, set[int]] = defaultdict(set)
        self.unsaid: dict[str, set[int]] = defaultdict(set)
        for chain in self.chains:
            for document in chain.documents:
                self.on_document[document].add(chain.finding)
                self.on_source[source_of[document]].add(chain.finding)
            self.on_source[chain.origin].add(chain.finding)
            if not chain.established:
                self.unsaid[chain.documents[-1]].add(chain.finding)
        self.statements_in = Counter[str](statement.document for statement in self.case.statements)
        self.statements_on = Counter[str](statement.claim for statement in self.case.statements)
        self.findings_on = Counter[str](finding.claim for finding in self.case.findings)

    def of_document(self, document: str) -> int:
        """How many findings and statements rest on a document."""
        return len(self.on_document.get(document, ())) + self.statements_in[document]

    def of_claim(self, claim: str) -> int:
        """How many findings and statements there are on a claim."""
        return self.findings_on[claim] + self.statements_on[claim]

    def claims_of(self, findings: set[int]) -> set[str]:
        """The claims of findings."""
        return {self.case.findings[n].claim for n in findings}


def _chains(assessment: Assessment) -> list[Chain]:
    judged, case = assessment.judged, assessment.case
    rows, named = judged.chains.origins, ids(judged.tables.origins)
    columns = [ints(rows, name) for name in ("finding", "origin", "visit")]
    found = []
    for finding, origin, visit, established in zip(*columns, bools(rows, "established"), strict=True):
        if judged.why[finding] == COUNTS:
            passed = [case.documents[document].id for document in judged.chains.path(int(visit))]
            documents = (case.findings[finding].document, *passed)
            found.append(Chain(int(finding), documents, str(named[origin]), bool(established)))
    return found
