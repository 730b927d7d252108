"""The whole flow on one page: case -> tables -> chains -> groups -> weights -> sides -> verdicts.

`assess` judges every claim of a case at once, as columns. An `Assessment` holds these columns; the account of a claim,
with its steps in sentences, is written when it is asked for.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from claims.independence.copies import copies_of
from claims.model.assessment import VERDICTS
from claims.model.collector import collector_paused
from claims.model.errors import NotFound
from claims.tables.from_case import tables_of
from claims.tables.values import is_later
from claims.verdict.account import Accounts
from claims.verdict.judgement import judge

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping

    from claims.model.assessment import ClaimAssessment, Verdict
    from claims.model.case import Case
    from claims.verdict.judgement import Judged


class Assessment:
    """A case, judged: at its present state, or as it stood on `as_of`.

    Claims are in the order of their ids. Nothing in it changes; accounts are written once, when asked for.
    """

    def __init__(self, case: Case, judged: Judged, as_of: dt.date | None, copies: Mapping[str, str]) -> None:
        self.case = case
        self.judged = judged
        self.as_of = as_of
        self.copies = copies

    @cached_property
    def _accounts(self) -> Accounts:
        return Accounts(self.case, self.judged, self.as_of)

    @cached_property
    def claims(self) -> tuple[ClaimAssessment, ...]:
        """The account of every claim."""
        with collector_paused():
            return tuple(self.account(n) for n in range(len(self.case.claims)))

    def account(self, n: int) -> ClaimAssessment:
        """The account of the claim at position `n` of the case."""
        return self._accounts.of(n)

    def verdict(self, n: int) -> Verdict:
        """The verdict on the claim at position `n`, without its account."""
        return VERDICTS[self.judged.verdict[n]]

    def claim(self, id: str) -> ClaimAssessment:  # noqa: A002 - the word of the field
        """The account of one claim. Raises `NotFound` with near ids."""
        for n, claim in enumerate(self.case.claims):
            if claim.id == id:
                return self.account(n)
        raise NotFound.among("claim", id, [claim.id for claim in self.case.claims])


def assess(case: Case, as_of: dt.date | None = None) -> Assessment:
    """Judge every claim of a case under its policy, leaving out what was published after `as_of`."""
    with collector_paused():
        copies = copies_in(case, as_of)
        return Assessment(case, judge(tables_of(case, as_of, copies), case.policy), as_of, copies)


def copies_in(case: Case, as_of: dt.date | None = None) -> dict[str, str]:
    """Documents whose stored text is nearly an earlier one's, each with the earliest such document."""
    published = {
        document.id: document.published
        for document in case.documents
        if document.id in case.texts and not document.same_text_as and not is_later(document.published, as_of)
    }
    return copies_of(published, case.texts, case.policy.near_duplicate)
