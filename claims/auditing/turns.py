"""On which days the verdicts of a case turned: every claim judged as of each of some days, all at once."""

from __future__ import annotations

import datetime as dt
from itertools import pairwise
from typing import TYPE_CHECKING, Final, NamedTuple

from claims.variants import Variant, outcomes

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from claims.flow import Assessment
    from claims.model.assessment import Verdict
    from claims.variants import Outcome

MOST_JUDGED: Final = 1_000_000
"""Findings, over all days, that are judged for this: about ten seconds' worth."""
AT_ONCE: Final = 200_000


class Turn(NamedTuple):
    """That the verdict on a claim was another from a day on."""

    day: dt.date
    claim: str
    before: Verdict
    after: Verdict


def turns_of(assessment: Assessment, days: Sequence[dt.date]) -> tuple[Turn, ...] | None:
    """The turns between these days, which are in order: by day, then in the order of the claims.

    The first is told against the day before it, at which only what bears no date counts; the last day is that of the
    assessment itself. None: there is more to judge than anybody would wait for.
    """
    weight = max(len(assessment.case.findings), len(assessment.case.claims), 1)
    if weight * (len(days) + 1) > MOST_JUDGED:
        return None
    if not days:
        return ()
    before = days[0] - dt.timedelta(days=1) if days[0] > dt.date.min else days[0]
    found = _judged(assessment, [before, *days[:-1], assessment.as_of], max(AT_ONCE // weight, 1))
    return tuple(turn for day, pair in zip(days, pairwise(found), strict=True) for turn in _between(day, *pair))


def _judged(assessment: Assessment, asked: Sequence[dt.date | None], step: int) -> Iterator[Mapping[str, Outcome]]:
    case, copies = assessment.case, assessment.copies
    is_fixed = all(document.published for document in case.documents if document.id in copies)
    versions = [Variant(case, day, copies if is_fixed or day == assessment.as_of else None) for day in asked]
    for start in range(0, len(versions), step):
        yield from outcomes(versions[start : start + step])


def _between(day: dt.date, before: Mapping[str, Outcome], after: Mapping[str, Outcome]) -> Iterator[Turn]:
    for claim, outcome in after.items():
        if outcome.verdict != before[claim].verdict:
            yield Turn(day, claim, before[claim].verdict, outcome.verdict)
