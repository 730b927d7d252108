"""What changed, and why: a cause is one without which nothing would have changed."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from claims.changes import changes, difference
from claims.flow import assess
from claims.model.edits import SECTIONS, Edits
from claims.model.errors import NotFound
from claims.tables.stood import stood, unseen_in
from tests.cases import case_of, sketch
from tests.judging import without_documents
from tests.strategies import sections

if TYPE_CHECKING:
    import random
    from collections.abc import Sequence

    from claims.model.case import Case
    from claims.model.change import Cause, Change
    from tests.cases import Sections


def _distinct(entries: Sections) -> Sections:
    """Sections in which no statement is called as another, and no finding moves from a claim to another."""
    keys = {(s["document"], s["claim"], s["speaker"]): s for s in entries["statements"]}
    findings = [finding | {"id": f"{finding['id']}-{finding['claim']}"} for finding in entries["findings"]]
    return entries | {"statements": list(keys.values()), "findings": findings}


FEWER = settings().max_examples // 3
"""Each example judges a pair of cases many times."""
CASES = sections(max_sources=5, max_documents=6, max_findings=8).map(_distinct)
DAYS = st.sampled_from([None, dt.date(2015, 4, 20), dt.date(2015, 5, 10), dt.date(2015, 5, 31)])


def stands(case: Case, as_of: dt.date | None = None) -> dict[str, tuple[str, str]]:
    return {claim.id: (claim.verdict, claim.attribution) for claim in assess(case, as_of).claims}


BBC = "bbc: supports B 2 own-sources"
WIRE = "wire: supports B 2 own-sources"
BOTH = (BBC, WIRE)
PREDICTION = {"claims": [{"id": "c", "kind": "prediction", "due": "2015-05-20"}]}
DATED = {
    "documents": [{"id": "bbc-doc", "published": "2015-05-10"}, {"id": "wire-doc", "published": "2015-05-22"}],
}

EXAMPLES: list[tuple[str, Case, Case, str, list[str]]] = [
    (
        "a new finding, with its new document and source",
        case_of(sketch(BBC)), case_of(sketch(*BOTH)),
        "single-source → corroborated", ["findings wire-doc/c added"],
    ),
    (
        "a finding taken out",
        case_of(sketch(*BOTH)), case_of(sketch(BBC)),
        "corroborated → single-source", ["findings wire-doc/c removed"],
    ),
    (
        "another grade of a source",
        case_of(sketch(*BOTH)), case_of(sketch(BBC, "wire: supports F 2 own-sources")),
        "corroborated → single-source", ["sources wire changed reliability B → F"],
    ),
    (
        "a new owner, who owns both",
        case_of(sketch(*BOTH)), case_of(sketch(*BOTH, sources=[{"id": "wire", "owner": "bbc"}])),
        "corroborated → single-source", ["sources wire changed owner None → bbc"],
    ),
    (
        "a finding, read again",
        case_of(sketch(BBC, "wire: supports")), case_of(sketch(BBC, "wire: contradicts own-sources")),
        "single-source → disputed",
        ["findings wire-doc/c changed stance,basis supports → contradicts,None → own-sources"],
    ),
    (
        "a withdrawal",
        case_of(sketch(*BOTH)), case_of(sketch(*BOTH, documents=[{"id": "wire-doc", "retracted": "2015-06-01 wrong"}])),
        "corroborated → single-source", ["documents wire-doc withdrawn retracted None → 2015-06-01 wrong"],
    ),
    (
        "a threshold of the policy",
        case_of(sketch(*BOTH)), case_of(sketch(*BOTH), policy={"corroborated": {"groups": 3}}),
        "corroborated → single-source", ["policy corroborated changed corroborated.groups 2 → 3"],
    ),
    (
        "a search",
        case_of(sketch()), case_of(sketch(claims=[{"id": "c", "searches": ("the archive",)}])),
        "unchecked → unverified", ["claims c changed searches None → the archive"],
    ),
    (
        "two findings, of which neither is enough",
        case_of(sketch()), case_of(sketch(*BOTH)),
        "unchecked → corroborated", ["findings bbc-doc/c added", "findings wire-doc/c added"],
    ),
    (
        "one of two new findings, the other of no weight",
        case_of(sketch(BBC)), case_of(sketch(*BOTH, "echo<-bbc: supports")),
        "single-source → corroborated", ["findings wire-doc/c added"],
    ),
]  # fmt: skip


def told(causes: Sequence[Cause]) -> list[str]:
    return [
        " ".join(
            (cause.section, cause.id, cause.what, ",".join(cause.keys), ",".join(f"{b} → {a}" for b, a in cause.values))
        ).strip()
        for cause in causes
    ]


@pytest.mark.parametrize(
    ("before", "after", "verdicts", "causes"), [row[1:] for row in EXAMPLES], ids=[row[0] for row in EXAMPLES]
)
def test_a_verdict_changes_by(before: Case, after: Case, verdicts: str, causes: list[str]) -> None:
    (change,) = changes(before, after)
    assert change.before
    assert change.after
    assert f"{change.before.verdict} → {change.after.verdict}" == verdicts
    assert told(change.causes) == causes


def test_between_two_days_documents_appear_and_predictions_come_due() -> None:
    case = case_of(sketch(*BOTH, **DATED, **PREDICTION))
    (due,) = changes(case, case, before_as_of=dt.date(2015, 5, 19), after_as_of=dt.date(2015, 5, 20))
    assert told(due.causes) == ["claims c due"]
    (seen,) = changes(case, case, before_as_of=dt.date(2015, 5, 20), after_as_of=dt.date(2015, 5, 22))
    assert told(seen.causes) == ["findings wire-doc/c appeared"]
    assert (seen.causes[0].source, seen.causes[0].date) == ("wire", "2015-05-22")


def test_a_verdict_and_an_attribution_have_causes_of_their_own() -> None:
    said = [{"claim": "c", "speaker": "he", "document": "wire-doc"}]
    before = case_of(sketch("bbc: mentions", "wire: mentions", speakers=[{"id": "he", "name": "He"}]))
    after = case_of(sketch(BBC, "wire: mentions", speakers=[{"id": "he", "name": "He"}], statements=said))
    (change,) = changes(before, after)
    assert told(change.causes)[0].startswith("findings bbc-doc/c changed stance")
    assert told(change.said_by) == ["statements wire-doc/c/he added"]


def test_a_new_claim_and_one_that_is_gone_have_no_causes() -> None:
    before, after = case_of(sketch(BBC)), case_of(sketch(BBC, claims=[{"id": "d", "text": "More."}]))
    (new,), (gone,) = changes(before, after), changes(after, before)
    assert (new.claim, new.before, new.causes) == ("d", None, ())
    assert (gone.claim, gone.after, gone.causes) == ("d", None, ())


def test_a_stored_text_that_turns_out_to_be_a_copy_is_a_cause() -> None:
    entries = sketch(BBC, "wire: supports B 2 own-sources", documents=DATED["documents"])
    words = "The bridge over the river was blown up before dawn by men who came from the south."
    other = "Nobody in the village had seen the men again when the market opened on the next day."
    before = case_of(entries, texts={"bbc-doc": words, "wire-doc": other})
    after = case_of(entries, texts={"bbc-doc": words, "wire-doc": words})
    (change,) = changes(before, after)
    assert told(change.causes) == ["documents wire-doc changed text one text → another"]
    assert changes(before, before) == changes(after, after) == ()


def test_a_claim_that_neither_case_has_is_not_found() -> None:
    case = case_of(sketch(BBC))
    with pytest.raises(NotFound, match="no claim is called 'x'"):
        changes(case, case, claims=["x"])


def test_a_difference_holds_what_moved_and_every_entry() -> None:
    before, after = case_of(sketch(BBC)), case_of(sketch("bbc: supports C 2 own-sources", "echo<-bbc: supports"))
    found = difference(before, after, before_name="one", after_name="two")
    assert found.changes == ()
    (moved,) = found.moved
    assert moved.causes == ()
    assert moved.before
    assert moved.after
    assert moved.before.probability > moved.after.probability
    assert [(entry.section, entry.id, entry.what) for entry in found.entries] == [
        ("sources", "bbc", "changed"), ("sources", "echo", "added"), ("documents", "echo-doc", "added"),
        ("findings", "echo-doc/c", "added"),
    ]  # fmt: skip
    assert found.names["bbc-doc"] == "bbc-doc"


@settings(max_examples=FEWER)
@given(CASES, DAYS)
def test_nothing_changes_between_a_state_and_itself(entries: Sections, day: dt.date | None) -> None:
    case = case_of(entries)
    assert changes(case, case, before_as_of=day, after_as_of=day) == ()


@settings(max_examples=FEWER)
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
        if change.before and change.after:
            assert bool(change.causes) == (change.before.verdict != change.after.verdict)
            assert bool(change.said_by) == (change.before.attribution != change.after.attribution)
        alone = changes(before, after, before_as_of=first, after_as_of=second, claims=[change.claim])
        assert alone == (change,)


def whole_edits(before: Case, after: Case, first: dt.date | None, second: dt.date | None) -> Edits:
    return Edits(stood(before, first), stood(after, second), unseen=unseen_in(before, first))


def with_causes(edits: Edits, causes: Sequence[Cause]) -> Case:
    """The earlier state with the causes and what they need; nothing is narrowed."""
    named = {(cause.section, cause.id) for cause in causes}
    return edits.applied(edits.with_needs(n for n, e in enumerate(edits.all) if (e.section, e.id) in named))


@settings(max_examples=FEWER)
@given(CASES, CASES, DAYS, DAYS)
def test_causes_are_enough_and_none_can_be_left_out(
    one: Sections, other: Sections, first: dt.date | None, second: dt.date | None
) -> None:
    before, after = case_of(one), case_of(other)
    edits = whole_edits(before, after, first, second)
    for change in changes(before, after, before_as_of=first, after_as_of=second):
        if change.after is None:
            assert change[4:] == ((), ())
            continue
        for part, causes in ((0, change.causes), (1, change.said_by)):

            def reached(some: Sequence[Cause], part: int = part, change: Change = change) -> bool:
                return stands(with_causes(edits, some))[change.claim][part] == (change.after or ())[part]

            assert not causes or reached(causes)
            for n in range(len(causes)):
                assert not reached((*causes[:n], *causes[n + 1 :]))


@settings(max_examples=FEWER)
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


@settings(max_examples=FEWER)
@given(CASES, CASES, st.randoms(use_true_random=False))
def test_the_order_of_entries_does_not_matter(one: Sections, other: Sections, chance: random.Random) -> None:
    def shuffled(case: Case) -> Case:
        made = {name: tuple(chance.sample(getattr(case, name), len(getattr(case, name)))) for name in SECTIONS}
        return replace(case, **made)  # type: ignore[arg-type]

    before, after = case_of(one), case_of(other)
    found = changes(before, after)
    assert [c[:2] + c[4:] for c in changes(shuffled(before), shuffled(after))] == [c[:2] + c[4:] for c in found]
