"""Who said it, when and in which words: each record of the utterance, its quote compared with the stored text now."""

from __future__ import annotations

from typing import TYPE_CHECKING

from claims.model.audit import CheckedQuote, CheckedRecord
from claims.read.quotes import quote_check

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from claims.model.assessment import ClaimAssessment
    from claims.model.audit import AuditedFinding
    from claims.model.case import Case
    from claims.model.statement import Statement


def checked_records(
    case: Case, claim: ClaimAssessment, findings: Iterable[AuditedFinding]
) -> tuple[CheckedRecord, ...]:
    """The records of a claim's utterance, in the order of its assessment. findings: those on the claim."""
    wanted = {record.document for record in claim.records}
    published = {document.id: document.published for document in case.documents if document.id in wanted}
    statements = {said.key: said for said in case.statements if said.claim == claim.id}
    notes = {found.id: found.note for found in findings}
    checked = []
    for record in claim.records:
        said = statements.get(record.id) if record.kind == "statement" else None
        date = (said.date if said else None) or published[record.document]
        section = "statements" if record.kind == "statement" else "findings"
        checked.append(
            CheckedRecord(
                record=record if said else record._replace(note=notes[record.id]),
                date=str(date) if date else None,
                wording=said.wording if said and said.quote else None,
                where=said.where if said else None,
                quote=_checked(said, case.texts),
                place=case.places.get((section, record.id)),
            )
        )
    return tuple(checked)


def _checked(said: Statement | None, texts: Mapping[str, str]) -> CheckedQuote:
    if said is None or said.quote is None:
        return CheckedQuote("no-quote")
    if said.wording != "exact":
        return CheckedQuote("not-compared")
    found = quote_check(said.quote, texts.get(said.document), said.prefix, said.suffix)
    return CheckedQuote(found.status, len(found.places), found.difference)
