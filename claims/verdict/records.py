"""The records of an utterance, and the verdict on it, claim by claim."""

from __future__ import annotations

from collections import defaultdict
from functools import cached_property
from typing import TYPE_CHECKING, Protocol

import numpy as np

from claims.independence.links import document_links, finding_links
from claims.model.assessment import Record
from claims.tables.columns import bools, ids, ints
from claims.verdict.attribution import Attributed, Utterance, attributed, figure_of

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from claims.independence.links import Links
    from claims.model.case import Case
    from claims.model.finding import Finding
    from claims.model.statement import Statement
    from claims.tables.columns import Ints, Tables


class Tabled(Protocol):
    """Whatever holds the tables of a case: judged or not, its records are the same."""

    @property
    def tables(self) -> Tables:
        """The case as columns."""


class Records:
    """Reads the records of each claim's utterance; those in documents later than the report's date are not seen."""

    def __init__(self, case: Case, judged: Tabled, as_of: dt.date | None) -> None:
        self.case, self.judged, self.as_of = case, judged, as_of
        later = bools(judged.tables.documents, "later")
        self.document = {document.id: n for n, document in enumerate(case.documents)}
        self.seen = {document.id for n, document in enumerate(case.documents) if not later[n]}
        self.names: dict[str, str] = {entry.id: entry.name for entry in case.origins}
        self.voice = {speaker.id: speaker.voice for speaker in case.speakers}
        self.statements: dict[str, list[Statement]] = defaultdict(list)
        for statement in case.statements:
            if statement.document in self.seen:
                self.statements[statement.claim].append(statement)
        self.repeats: dict[str, list[Finding]] = defaultdict(list)
        for finding in case.findings:
            if finding.stance == "repeats" and finding.document in self.seen:
                self.repeats[finding.claim].append(finding)

    def of(self, n: int, utterances: Sequence[Utterance]) -> Attributed:
        """The verdict on the utterance of the claim at position `n`, by its records."""

        def follows(one: Utterance, other: Utterance) -> bool:
            return self.document[other.document] in self._reached(n, self.document[one.document])

        return attributed(utterances, self.case.policy.tolerance, follows)

    def utterances(self, n: int) -> list[Utterance]:
        """Every record of the claim's utterance: statements, then findings that repeat it, each by document."""
        claim = self.case.claims[n]
        statements = self.statements[claim.id]
        speakers: set[str] = {statement.speaker for statement in statements}
        return [self._stated(n, statement) for statement in statements] + [
            self._repeated(finding, speakers) for finding in self.repeats[claim.id]
        ]

    def speakers_of(self, n: int) -> tuple[str, ...]:
        """Ids of those who spoke on the claim, by id."""
        return tuple(sorted({statement.speaker for statement in self.statements[self.case.claims[n].id]}))

    def date_of(self, n: int) -> str | None:
        """When the claim was made, as written: the earliest date of a statement or its document, else `when`."""
        claim = self.case.claims[n]
        documents = self.case.documents
        dates = [s.date or documents[self.document[s.document]].published for s in self.statements[claim.id]]
        known = sorted((date for date in dates if date), key=lambda date: (date.start, date.end, date.written))
        return str(known[0]) if known else str(claim.when) if claim.when else None

    def shown(self, n: int, utterances: Sequence[Utterance]) -> tuple[Record, ...]:
        """The records as a reader sees them."""
        return tuple(
            Record(
                id=record.id,
                kind="statement" if record.kind == "statement" else "repeats",
                speakers=(record.speaker,) if record.speaker else self.speakers_of(n),
                document=record.document,
                source=record.source,
                stance=record.stance,
                quote=record.quote,
                figure=str(record.figure) if record.figure else None,
                note=record.note,
            )
            for record in utterances
        )

    def _stated(self, n: int, statement: Statement) -> Utterance:
        source, owner = self._source_of(statement.document)
        return Utterance(
            id=statement.id or f"{statement.document}/{statement.claim}/{statement.speaker}",
            kind="statement",
            document=statement.document,
            source=source,
            owner=owner,
            speaker=statement.speaker,
            stance=statement.stance,
            own_voice=self.voice[statement.speaker] == source,
            quote=statement.quote,
            figure=figure_of(self.case.claims[n], statement, self.case.policy.tolerance),
            published_by=self.names[source],
            said_by=self.names[statement.speaker],
            note=statement.note,
        )

    def _repeated(self, finding: Finding, speakers: set[str]) -> Utterance:
        source, owner = self._source_of(finding.document)
        return Utterance(
            id=finding.key,
            kind="repeats",
            document=finding.document,
            source=source,
            owner=owner,
            speaker=None,
            stance="repeats",
            own_voice=any(self.voice[speaker] == source for speaker in speakers),
            quote=None,
            figure=finding.value,
            published_by=self.names[source],
            said_by=None,
            note=finding.note,
        )

    def _source_of(self, document: str) -> tuple[str, int]:
        source = int(self._source[self.document[document]])
        return str(self._ids[source]), int(self._owner[source])

    @cached_property
    def _source(self) -> Ints:
        return ints(self.judged.tables.documents, "source")

    @cached_property
    def _ids(self) -> NDArray[np.object_]:
        return ids(self.judged.tables.origins)

    @cached_property
    def _owner(self) -> Ints:
        return ints(self.judged.tables.origins, "owner")

    def _reached(self, n: int, document: int) -> set[int]:
        """Codes of all documents that a document's chains pass, for the claim at position `n`."""
        findings, n_origins = self.judged.tables.findings, len(self.judged.tables.origins)
        on_claim = np.flatnonzero(ints(findings, "claim") == n)
        of_document = ints(findings, "document")[on_claim]
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
    def _links(self) -> tuple[Links, Links]:
        return finding_links(self.judged.tables), document_links(self.judged.tables)
