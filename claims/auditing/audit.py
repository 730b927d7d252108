"""The audit of one claim: everything an editor or a lawyer would ask about it, gathered from one assessment."""

from __future__ import annotations

from typing import TYPE_CHECKING

from claims.auditing.arithmetic import arithmetic_of
from claims.auditing.chains import Trails
from claims.auditing.choice import chosen
from claims.auditing.groups import audited_findings, audited_groups, hinges_of, interests_of
from claims.auditing.records import checked_records
from claims.auditing.related import related_claims
from claims.auditing.texts import stored_texts
from claims.auditing.timeline import timeline_of
from claims.auditing.without import without_finding, without_sources
from claims.model.audit import Audit, Looked, Publication
from claims.tables.values import is_later

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from claims.flow import Assessment
    from claims.model.assessment import ClaimAssessment
    from claims.model.audit import AuditedFinding, CheckedRecord, Link, Moment, Related


def audit(
    assessment: Assessment,
    claim_id: str,
    *,
    why: str | None = None,
    without: Sequence[str] = (),
    related: Sequence[Related] | None = None,
) -> Audit:
    """Everything about one claim of a judged case; stored texts are read again and hashed.

    claim_id: its id, or the beginning of it, where no other begins so. why: a finding on the claim (likewise), to say
    why it counts, or does not. without: sources, to say what the claim comes to if they, and what rests on them
    alone, were not there. related: what the claim is related to, where those claims are not in the case. Raises
    `NotFound` with near ids, and `BadRequest` where several ids begin so.
    """
    case = assessment.case
    id_ = chosen("claim", claim_id, (claim.id for claim in case.claims))
    n = next(n for n, claim in enumerate(case.claims) if claim.id == id_)
    entry = case.claims[n]
    asked = chosen("finding", why, (f.key for f in case.findings if f.claim == id_)) if why is not None else None
    sources = [chosen("source", source, (one.id for one in case.sources)) for source in without]
    gathered = Audits(assessment, case.names)
    account = assessment.account(n)
    near = related_claims(assessment, entry) if related is None else related
    found = gathered.of(n, account, timeline_of(assessment, entry), near)
    if asked is None and not sources:
        return found
    return found._replace(
        why=without_finding(assessment, found.claim, asked) if asked is not None else None,
        without=without_sources(assessment, found.claim, sources) if sources else None,
    )


class Audits:
    """Gathers the audits of the claims of an assessment; what all of them need is made once.

    names: those of the case.
    """

    def __init__(self, assessment: Assessment, names: dict[str, str]) -> None:
        self._assessment, self._names = assessment, names
        self._trails = Trails(assessment.judged.tables)
        self._place = {document.id: n for n, document in enumerate(assessment.case.documents)}

    def of(self, n: int, account: ClaimAssessment, timeline: tuple[Moment, ...], related: Sequence[Related]) -> Audit:
        """Everything about the claim at position `n`, with its account, its course and what it is related to."""
        assessment, case = self._assessment, self._assessment.case
        entry = case.claims[n]
        id_ = entry.id
        gains, loses = interests_of(case, assessment.judged, n)
        findings = audited_findings(case, assessment.judged, n, account, self._trails)
        records = checked_records(case, account, findings)
        own = {finding.document for finding in findings} | {checked.record.document for checked in records}
        return Audit(
            case=case.id,
            title=case.title,
            as_of=assessment.as_of.isoformat() if assessment.as_of else None,
            digest=case.digest,
            policy=case.policy.policy,
            claim=account,
            place=case.places.get(("claims", id_)),
            figure=str(entry.quantity) if entry.quantity else None,
            where=entry.place,
            when=str(entry.when) if entry.when else None,
            due=str(entry.due) if entry.due else None,
            note=entry.note,
            gains=gains,
            loses=loses,
            records=records,
            groups=audited_groups(case, account, gains, loses),
            findings=findings,
            documents=self._publications(_named(findings, records)),
            arithmetic=arithmetic_of(case, assessment.judged, n),
            hinges=hinges_of(assessment.judged, n, account),
            timeline=timeline,
            texts=stored_texts(case, own),
            searches=tuple(
                Looked(search.where, str(search.date) if search.date else None, search.note)
                for search in entry.searches
                if not is_later(search.date, assessment.as_of)
            ),
            related=related,
            names=self._names,
        )

    def _publications(self, named: set[str]) -> dict[str, Publication]:
        case = self._assessment.case
        told = (case.documents[n] for n in sorted(self._place[name] for name in named if name in self._place))
        return {
            document.id: Publication(
                document.id,
                document.source,
                document.title,
                document.url,
                document.archive,
                str(document.published) if document.published else None,
                case.places.get(("documents", document.id)),
            )
            for document in told
        }


def _named(findings: Iterable[AuditedFinding], records: Iterable[CheckedRecord]) -> set[str]:
    """Ids of all documents that findings, their chains and records name; other ids are among them."""
    named = {checked.record.document for checked in records}
    for finding in findings:
        named.add(finding.document)
        named.update(finding.set_aside.loop if finding.set_aside else ())
        named.update(document for place in finding.memberships for document in place.passed)
        named.update(_links(finding.chain))
    return named


def _links(chain: Iterable[Link]) -> Iterator[str]:
    for link in chain:
        yield link.id
        yield from _links(link.under)
