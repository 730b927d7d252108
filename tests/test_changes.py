"""What changed, and why: a cause is one without which nothing would have changed."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import TYPE_CHECKING

from hypothesis import given, settings
from hypothesis import strategies as st

from claims.changes import changes
from claims.flow import assess
from claims.model.edits import SECTIONS, Edits
from claims.tables.stood import stood, unseen_in
from tests.cases import case_of
from tests.judging import without_documents
from tests.strategies import sections

if TYPE_CHECKING:
    import random
    from collections.abc import Sequence

    from claims.model.case import Case
    from claims.model.change import Cause, Change
    from tests.cases import Sections


def _distinct(entries: Sections) -> Sections:
    """Sections in which no statement is called as another, as a reader of files would have it."""
    keys = {(s["document"], s["claim"], s["speaker"]): s for s in entries["statements"]}
    return entries | {"statements": list(keys.values())}


CASES = sections(max_sources=5, max_documents=6, max_findings=8).map(_distinct)
DAYS = st.sampled_from([None, dt.date(2015, 4, 20), dt.date(2015, 5, 10), dt.date(2015, 5, 31)])


def stands(case: Case, as_of: dt.date | None = None) -> dict[str, tuple[str, str]]:
    return {claim.id: (claim.verdict, claim.attribution) for claim in assess(case, as_of).claims}


@settings(max_examples=25)
@given(CASES, DAYS)
def test_nothing_changes_between_a_state_and_itself(entries: Sections, day: dt.date | None) -> None:
    case = case_of(entries)
    assert changes(case, case, before_as_of=day, after_as_of=day) == ()


@settings(max_examples=25)
@given(CASES, CASES, DAYS, DAYS)
def test_exactly_what_stands_differently_is_named(
    one: Sections, other: Sections, first: dt.date | None, second: dt.date | None
) -> None:
    before, after = case_of(one), case_of(other)
    old, new = stands(before, first), stands(after, second)
    found = changes(before, after, before_as_of=first, after_as_of=second)
    assert [change.claim for change in found] == sorted(
        claim for claim in old.keys() | new.keys() if old.get(claim) != new.get(claim)
    )
    for change in found:
        assert (change.before and change.before[:2]) == old.get(change.claim)
        assert (change.after and change.after[:2]) == new.get(change.claim)
        assert change.before is None or change.after is None or change.causes
        alone = changes(before, after, before_as_of=first, after_as_of=second, claims=[change.claim])
        assert alone == (change,)


def whole_edits(before: Case, after: Case, first: dt.date | None, second: dt.date | None) -> Edits:
    return Edits(stood(before, first), stood(after, second), unseen=unseen_in(before, first))


def with_causes(edits: Edits, causes: Sequence[Cause]) -> Case:
    """The earlier state with the causes and what they need; nothing is narrowed."""
    named = {(cause.section, cause.id) for cause in causes}
    return edits.applied(edits.with_needs(n for n, e in enumerate(edits.all) if (e.section, e.id) in named))


@settings(max_examples=25)
@given(CASES, CASES, DAYS, DAYS)
def test_causes_are_enough_and_none_can_be_left_out(
    one: Sections, other: Sections, first: dt.date | None, second: dt.date | None
) -> None:
    before, after = case_of(one), case_of(other)
    edits = whole_edits(before, after, first, second)
    for change in changes(before, after, before_as_of=first, after_as_of=second):
        if change.before is None or change.after is None:
            assert change.causes == ()
            continue

        def reached(causes: Sequence[Cause], change: Change = change) -> bool:
            assert change.before is not None
            assert change.after is not None
            verdict, attribution = stands(with_causes(edits, causes))[change.claim]
            is_said = change.after.attribution in (change.before.attribution, attribution)
            return verdict == change.after.verdict and is_said

        assert reached(change.causes)
        for n in range(len(change.causes)):
            assert not reached((*change.causes[:n], *change.causes[n + 1 :]))


@settings(max_examples=25)
@given(CASES, DAYS, st.sampled_from([dt.date(2015, 4, 20), dt.date(2015, 5, 10)]))
def test_an_earlier_day_is_the_case_without_later_documents(
    entries: Sections, day: dt.date | None, earlier: dt.date
) -> None:
    case = case_of(entries)
    gone = unseen_in(case, earlier)
    cut = case_of(without_documents(entries, set(gone)))
    found = changes(case, case, before_as_of=earlier, after_as_of=day)
    same = changes(cut, case, before_as_of=earlier, after_as_of=day)
    assert [change[:4] for change in found] == [change[:4] for change in same]


@settings(max_examples=25)
@given(CASES, CASES, st.randoms(use_true_random=False))
def test_the_order_of_entries_does_not_matter(one: Sections, other: Sections, chance: random.Random) -> None:
    def shuffled(case: Case) -> Case:
        made = {name: tuple(chance.sample(getattr(case, name), len(getattr(case, name)))) for name in SECTIONS}
        return replace(case, **made)  # type: ignore[arg-type]

    before, after = case_of(one), case_of(other)
    found = changes(before, after)
    assert [c[:2] + c[4:] for c in changes(shuffled(before), shuffled(after))] == [c[:2] + c[4:] for c in found]
