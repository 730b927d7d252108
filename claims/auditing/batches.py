"""The audits of many claims: each is what `audit` gives for it, made with others at a fraction of the price.

What bears on a hundred claims is a small case of its own, in which they have the same verdicts; and the days on which
something about them appeared are judged once for all of them. Accounts are those of the whole case, written once.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from claims.auditing.audit import Audits
from claims.auditing.related import Kinship
from claims.auditing.timeline import timelines_of
from claims.flow import Assessment
from claims.tables.from_case import tables_of
from claims.variants import Narrowing
from claims.verdict.judgement import judge

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from claims.model.audit import Audit

TOGETHER: Final = 100
"""Claims that are audited together: enough to share their days, few enough to be a small case."""


class Auditor:
    """Audits claims of a judged case in batches; what all of them need is made once."""

    def __init__(self, assessment: Assessment) -> None:
        self._assessment = assessment
        self._narrowing = Narrowing(assessment.case, assessment.copies)
        self._kinship = Kinship(assessment)
        self._names = assessment.case.names
        self._accounts = {account.id: account for account in assessment.claims}

    def batches(self) -> tuple[tuple[str, ...], ...]:
        """The ids of all claims, in their order, as many together as are audited together."""
        ids = tuple(claim.id for claim in self._assessment.case.claims)
        return tuple(ids[start : start + TOGETHER] for start in range(0, len(ids), TOGETHER))

    def audits(self, ids: Sequence[str]) -> Iterator[Audit]:
        """The audit of each of these claims of the case, in its order."""
        as_of, copies = self._assessment.as_of, self._assessment.copies
        small = self._narrowing.of(ids)
        near = Assessment(small, judge(tables_of(small, as_of, copies), small.policy), as_of, copies)
        timelines = timelines_of(near, small.claims)
        gathered = Audits(near, self._names)
        for n, claim in enumerate(small.claims):
            yield gathered.of(n, self._accounts[claim.id], timelines[claim.id], self._kinship.of(claim))
