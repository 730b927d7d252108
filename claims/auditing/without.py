"""What if a source were not there, and everything that rests on it alone; and what if one finding were not.

A finding rests on a source alone where the source published it, or where it does not know for itself and all that it
relies on is gone. A document is gone for a claim where the source published it, or where all its findings on the
claim are gone or, without any, all that it relies on. What also rests on something else stays, without the link.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from claims.flow import assess, copies_in
from claims.model.audit import Answer, LeftOut, Without
from claims.model.change import Standing
from claims.tables.columns import KNOWS_ITSELF
from claims.tables.from_case import today_of
from claims.tables.stood import settled, unseen_in
from claims.variants import narrowed

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from claims.flow import Assessment
    from claims.model.assessment import ClaimAssessment
    from claims.model.audit import LeftWhy
    from claims.model.case import Case
    from claims.model.document import Document
    from claims.model.finding import Finding


def standing_of(claim: ClaimAssessment) -> Standing:
    """What a claim came to."""
    return Standing(
        claim.verdict,
        claim.attribution,
        claim.probability,
        claim.range,
        claim.independent_for,
        claim.independent_against,
    )


def without_finding(assessment: Assessment, claim: ClaimAssessment, finding: str) -> Answer:
    """What the claim would come to if one finding on it had not been entered."""
    case = assessment.case
    left = replace(case, findings=tuple(one for one in case.findings if one.key != finding))
    return Answer(finding, standing_of(claim), _judged(left, assessment, claim.id))


def without_sources(assessment: Assessment, claim: ClaimAssessment, sources: Collection[str]) -> Without:
    """What the claim would come to without these sources and all that rests on them alone."""
    case = assessment.case
    gone = _Gone(case, assessment.copies, claim.id, frozenset(sources))
    # Who leaves its documents out does not turn back the day as which a prediction is judged.
    today = today_of(case, assessment.as_of)
    left = replace(gone.taken_out(), claims=tuple(settled(one, today) for one in case.claims if one.id == claim.id))
    stays = {finding.key for finding in left.findings}
    unseen = unseen_in(case, assessment.as_of)
    own = [f for f in case.findings if f.claim == claim.id and f.document not in unseen]
    return Without(
        sources=tuple(sorted(set(sources))),
        left_out=gone.left_out(unseen),
        ended=tuple(f.key for f in own if f.key in stays and gone.loses_link(f)),
        before=standing_of(claim),
        after=_judged(left, assessment, claim.id),
    )


def _judged(case: Case, assessment: Assessment, claim: str) -> Standing:
    small = narrowed(case, [claim], copies_in(case, assessment.as_of))
    return standing_of(assess(small, assessment.as_of).claim(claim))


class _Gone:
    """What goes with some sources, on one claim."""

    def __init__(self, case: Case, copies: Mapping[str, str], claim: str, sources: frozenset[str]) -> None:
        self.case, self.copies, self.claim, self.sources = case, copies, claim, sources
        self.documents = {document.id: document for document in case.documents}
        self.published = {document.id for document in case.documents if document.source in sources}
        self.on_claim = [finding for finding in case.findings if finding.claim == claim]
        self.refs = set(sources | self.published)
        self.findings = {finding.key for finding in case.findings if finding.document in self.published}
        while self._grows():
            pass

    def _grows(self) -> bool:
        """Add the findings and documents that rest on what is gone by now; whether there were any."""
        findings = {f.key for f in self.on_claim if f.key not in self.findings and self._rests(f)}
        self.findings |= findings
        documents = {one.id for one in self.case.documents if one.id not in self.refs and self._is_gone(one)}
        self.refs |= documents
        return bool(findings or documents)

    def _rests(self, finding: Finding) -> bool:
        document = self.documents[finding.document]
        original = document.same_text_as or self.copies.get(document.id)
        if original:
            return original in self.refs
        return finding.basis not in KNOWS_ITSELF and self._all_gone(self._relied_on(finding))

    def _is_gone(self, document: Document) -> bool:
        own = [finding.key for finding in self.on_claim if finding.document == document.id]
        if own:
            return all(finding in self.findings for finding in own)
        original = document.same_text_as or self.copies.get(document.id)
        return original in self.refs if original else self._all_gone(document.relies_on)

    def _relied_on(self, finding: Finding) -> tuple[str, ...]:
        return self.documents[finding.document].relies_on if finding.relies_on is None else finding.relies_on

    def _all_gone(self, refs: tuple[str, ...]) -> bool:
        return bool(refs) and all(ref in self.refs for ref in refs)

    def loses_link(self, finding: Finding) -> bool:
        """Whether something that a finding relies on is gone."""
        return any(ref in self.refs for ref in self._relied_on(finding))

    def left_out(self, unseen: frozenset[str]) -> tuple[LeftOut, ...]:
        """Every entry that goes and bears on the claim, by section and id, but for documents that had not appeared."""
        own = [finding for finding in self.on_claim if self._goes(finding) and finding.document not in unseen]
        seen = self.refs - unseen
        said = [one for one in self.case.statements if one.claim == self.claim and one.document in seen]
        bears = seen & self._bearing()
        return (
            *(LeftOut("sources", source, "named") for source in sorted(self.sources)),
            *(LeftOut("documents", one, self._why(one)) for one in self.documents if one in bears),
            *(LeftOut("statements", one.key, self._why(one.document)) for one in said),
            *(LeftOut("findings", one.key, self._why(one.document)) for one in own),
        )

    def _bearing(self) -> set[str]:
        """Ids of the documents that speak of the claim, and of whatever their chains may pass."""
        waiting: list[str] = [finding.document for finding in self.on_claim]
        waiting += [ref for finding in self.on_claim for ref in finding.relies_on or ()]
        waiting += [said.document for said in self.case.statements if said.claim == self.claim]
        known = set[str]()
        while waiting:
            name = waiting.pop()
            document = self.documents.get(name) if name not in known else None
            known.add(name)
            if document:
                original = document.same_text_as or self.copies.get(name)
                waiting += [*document.relies_on, *([original] if original else [])]
        return known

    def _goes(self, finding: Finding) -> bool:
        return finding.key in self.findings or finding.document in self.refs

    def _why(self, document: str) -> LeftWhy:
        return "published" if document in self.published else "rests"

    def taken_out(self) -> Case:
        """The case without what goes; what stays is without the links that led there."""
        case, refs = self.case, self.refs
        findings = []
        for finding in case.findings:
            if not self._goes(finding):
                relied = finding.relies_on and tuple(ref for ref in finding.relies_on if ref not in refs)
                is_cut = relied != finding.relies_on
                findings.append(finding.model_copy(update={"relies_on": relied}) if is_cut else finding)
        return replace(
            case,
            sources=tuple(source for source in case.sources if source.id not in self.sources),
            speakers=tuple(
                one.model_copy(update={"voice": None}) if one.voice in self.sources else one for one in case.speakers
            ),
            documents=tuple(self._unlinked(document) for document in case.documents if document.id not in refs),
            statements=tuple(said for said in case.statements if said.document not in refs),
            findings=tuple(findings),
            texts={document: text for document, text in case.texts.items() if document not in refs},
        )

    def _unlinked(self, document: Document) -> Document:
        relied = tuple(ref for ref in document.relies_on if ref not in self.refs)
        original = None if document.same_text_as in self.refs else document.same_text_as
        if relied == document.relies_on and original == document.same_text_as:
            return document
        return document.model_copy(update={"relies_on": relied, "same_text_as": original})
