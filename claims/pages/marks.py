"""What each document says about each claim, as one mark: which way it goes, its grade, and whether it counts.

A finding in several groups has the mark of that in which it is heaviest. A statement is a mark too: it records that the
claim was made, and never counts for its content.
"""

from __future__ import annotations

from functools import cache
from types import MappingProxyType
from typing import TYPE_CHECKING, Final, Literal, NamedTuple

from claims.model.grade import grade
from claims.pages.templating import macro
from claims.present.wording import WHY
from claims.tables.values import stance_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from markupsafe import Markup

    from claims.model.assessment import ClaimAssessment, Group, Member, Report
    from claims.model.case import Case
    from claims.model.finding import Finding

Kind = Literal["for", "partly", "against", "repeats", "mentions", "record"]
KINDS: Final[dict[str, Kind]] = {
    "supports": "for",
    "partly-supports": "partly",
    "contradicts": "against",
    "repeats": "repeats",
    "mentions": "mentions",
}
DOES: Final[dict[Kind, str]] = {
    "for": "supports it",
    "partly": "partly supports it",
    "against": "contradicts it",
    "repeats": "only repeats the speaker",
    "mentions": "takes no side",
    "record": "records that it was said",
}
"""What a mark says, in the order in which marks are listed."""
INTERESTED: Final = "from those who gain by it"
WEIGHTLESS: Final = "its grade cannot be judged"


class Mark(NamedTuple):
    """What one document says about one claim. `why`: the reason for which it never counts; empty where it does."""

    claim: str
    document: str
    entry: str
    """Id of the finding or statement."""
    kind: Kind
    grade: str
    counts: bool
    why: str
    weight: float = 0.0

    @property
    def words(self) -> str:
        """The mark said in words, without its claim and document."""
        reason = f"never counts: {self.why[:1].lower()}{self.why[1:]}" if self.why else ""
        return ", ".join(part for part in (DOES[self.kind], self.grade, reason) if part)


def marks_of(report: Report, case: Case) -> dict[str, tuple[Mark, ...]]:
    """The marks on each claim of the report, by its id: what counts first, the heaviest first, then by document."""
    findings = {one.key: one for one in case.findings}
    letters = {one.id: one.reliability for one in case.sources}
    entries = {one.id: one for one in case.claims}
    made = {}
    for claim in report.claims:
        marks = {mark.entry: mark for mark in sorted(_in_groups(claim), key=lambda mark: (mark.counts, mark.weight))}
        for aside in claim.set_aside:
            finding = findings[aside.finding]
            stance = stance_of(entries[claim.id], finding, case.policy.tolerance)[0]
            given = _given(finding, letters[report.publishers[finding.document]], case)
            marks[aside.finding] = Mark(
                claim.id, aside.document, aside.finding, KINDS[stance], given, counts=False, why=WHY[aside.why]
            )
        said = [
            Mark(claim.id, one.document, one.id, "record", "", counts=False, why="")
            for one in claim.records
            if one.kind == "statement"
        ]
        made[claim.id] = tuple(sorted((*marks.values(), *said), key=_rank))
    return made


@cache
def drawn_signs() -> Mapping[tuple[Kind, bool], Markup]:
    """The sign of each sort of mark, by what it says and whether it counts: drawn once, for many."""
    sign = macro("marks.html", "sign")
    return MappingProxyType({(kind, does): sign(kind, does) for kind in DOES for does in (True, False)})


def _in_groups(claim: ClaimAssessment) -> Iterator[Mark]:
    for group in claim.groups:
        for member in group.members:
            counts = group.counted and member.weight > 0
            why = "" if counts else _why(group, member)
            yield Mark(
                claim.id, member.document, member.finding, KINDS[member.stance], member.grade, counts, why,
                member.weight,
            )  # fmt: skip


def _why(group: Group, member: Member) -> str:
    return INTERESTED if group.interested else WEIGHTLESS if member.weight <= 0 else "the claim cannot be checked"


def _given(finding: Finding, letter: str, case: Case) -> str:
    """The grade of a finding that is set aside: no chain makes it worse, since it is not followed."""
    if finding.stance in {"repeats", "mentions"}:
        return ""
    return grade(letter, finding.credibility or case.policy.unstated_credibility)


def _rank(mark: Mark) -> tuple[object, ...]:
    return not mark.counts, tuple(DOES).index(mark.kind), -mark.weight, mark.document, mark.entry
