"""The records of an utterance, and the verdict on it, claim by claim."""

from __future__ import annotations

from collections import defaultdict
from functools import cached_property
from typing import TYPE_CHECKING, Protocol

from claims.model.assessment import Record
from claims.tables.columns import bools, ids, ints
from claims.verdict.attribution import Attributed, Utterance, attributed, figure_of
from claims.verdict.reach import Reach

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence

    import numpy as np
    from numpy.typing import NDArray

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
            return self.document[other.document] in self._reach.of(n, self.document[one.document])

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
    def _reach(self) -> Reach:
        return Reach(self.judged.tables)

    @cached_property
    def _owner(self) -> Ints:
        return ints(self.judged.tables.origins, "owner")
