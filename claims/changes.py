"""What changed between two states of a case, or of two: which claims stand differently, and by which entries.

A state is a case as of a day. Both are judged once; where a claim stands differently, the edits that bear on it are
applied to the earlier state alone and together, until the fewest are left that make of it what it is in the later one.
"""

from __future__ import annotations

from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from claims.flow import copies_in
from claims.model.assessment import VERDICTS, Bounds
from claims.model.bearing import Bearing, touched
from claims.model.change import Change, Difference, Standing
from claims.model.collector import collector_paused
from claims.model.edits import Edits, without_loose_links
from claims.model.errors import NotFound
from claims.model.naming import Naming
from claims.tables.from_case import tables_of, today_of
from claims.tables.stood import settled, stood, unseen_in
from claims.tables.values import is_checkable
from claims.variants import Variant, outcomes
from claims.verdict.judgement import judge
from claims.verdict.records import Records
from claims.weigh.weights import AGAINST, FOR

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Collection, Generator, Iterable, Iterator, Mapping, Sequence

    from claims.model.assessment import Attribution
    from claims.model.case import Case
    from claims.model.change import Cause
    from claims.tables.columns import Tables

    Day = dt.date | None
    Search = Generator[list[list[int]], list[bool], list[int]]
    """Asks which of some choices of edits suffice, until it knows the fewest."""

MOST_ROWS = 100_000
"""Findings and documents that are judged at once, in as many versions as they make."""
MOST_ALONE = 500
"""Edits that are tried alone, the earliest first."""


def changes(
    before: Case,
    after: Case,
    *,
    before_as_of: dt.date | None = None,
    after_as_of: dt.date | None = None,
    claims: Collection[str] | None = None,
) -> tuple[Change, ...]:
    """The claims whose verdict or attribution differs, or that are new or gone; by id, each with what caused it.

    before_as_of, after_as_of: the days as of which the cases are judged; None: with everything in them. claims: ids to
    look at; None: all. Raises `NotFound` for an id that neither case has.
    """
    with collector_paused():
        pair = _Pair(before, after, before_as_of, after_as_of)
        return pair.changes([claim for claim, is_changed in pair.differing(claims) if is_changed])


def difference(  # noqa: PLR0913 - two states, each with its name and its day
    before: Case,
    after: Case,
    *,
    before_name: str,
    after_name: str,
    before_as_of: dt.date | None = None,
    after_as_of: dt.date | None = None,
) -> Difference:
    """All that differs between two states: verdicts with their causes, what moved under them, and every entry."""
    with collector_paused():
        pair = _Pair(before, after, before_as_of, after_as_of)
        found = list(pair.differing(None))
        return Difference(
            before=before_name,
            after=after_name,
            changes=pair.changes([claim for claim, is_changed in found if is_changed]),
            moved=tuple(pair.change(claim) for claim, is_changed in found if not is_changed),
            entries=pair.entries(),
            title=after.title,
            names=_names(before) | _names(after),
        )


class _State(NamedTuple):
    """A case as it stood: what had not appeared is not in it, though links may still lead there."""

    today: dt.date | None
    copies: Mapping[str, str]
    stood: Case
    unseen: frozenset[str]
    """Documents that appeared later."""

    @classmethod
    def of(cls, case: Case, as_of: dt.date | None) -> _State:
        unseen = unseen_in(case, as_of)
        return cls(today_of(case, as_of), copies_in(case, as_of), stood(case, as_of), unseen)


class _Pair:
    """Two states, side by side."""

    def __init__(self, before: Case, after: Case, before_as_of: dt.date | None, after_as_of: dt.date | None) -> None:
        self.before, self.after = _State.of(before, before_as_of), _State.of(after, after_as_of)
        self.standings: tuple[Mapping[str, Standing], Mapping[str, Standing]] = ({}, {})

    @cached_property
    def edits(self) -> Edits:
        """Every entry that differs."""
        return self._edits(self.before.stood, self.after.stood)

    def _edits(self, earlier: Case, later: Case) -> Edits:
        return Edits(earlier, later, self._due(earlier, later), self.before.unseen)

    @cached_property
    def naming(self) -> Naming:
        """How edits are told."""
        return Naming(self.before.stood, self.after.stood, self.before.unseen)

    def differing(self, claims: Collection[str] | None) -> Iterator[tuple[str, bool]]:
        """Claims that stand differently, by id, and whether the verdict or the attribution does."""
        states, copies = (self.before.stood, self.after.stood), (self.before.copies, self.after.copies)
        wanted = touched(self.edits, copies) if claims is None else self._known(claims)
        self.bearing = Bearing(states, copies, wanted)
        earlier, later = self.bearing.narrowed(wanted)
        self.standings = old, new = _standings(earlier, self.before), _standings(later, self.after)
        for claim in sorted(old.keys() | new.keys()):
            was, now = old.get(claim), new.get(claim)
            if was != now:
                yield claim, was is None or now is None or was[:2] != now[:2]

    def _known(self, claims: Collection[str]) -> set[str]:
        known = {claim.id for state in (self.before, self.after) for claim in state.stood.claims}
        for claim in claims:
            if claim not in known:
                raise NotFound.among("claim", claim, known)
        return set(claims)

    def changes(self, claims: Sequence[str]) -> tuple[Change, ...]:
        """How claims changed, in that order, each with what caused it."""
        old, new = self.standings
        asked = [self._question(claim) for claim in claims if claim in old and claim in new]
        causes = self._causes([q for q in asked if q.was.verdict != q.now.verdict])
        said_by = self._said_by([q for q in asked if q.was.attribution != q.now.attribution])
        found = map(self.change, claims)
        return tuple(
            change._replace(causes=causes.get(change.claim, ()), said_by=said_by.get(change.claim, ()))
            for change in found
        )

    def change(self, claim: str) -> Change:
        """How a claim changed, without its causes."""
        was, now = (standings.get(claim) for standings in self.standings)
        return Change(claim, self.naming.entry("claims", claim).text, was, now, ())

    def _question(self, claim: str) -> _Question:
        old, new = self.standings
        edits = self._edits(*self.bearing.narrowed([claim]))
        return _Question(edits, claim, old[claim], new[claim], (self.before.today, self.after.today))

    def _order(self, question: _Question, *, is_said: bool = False) -> list[int]:
        """The edits that may be causes, by day, kind and id; of those that come together, the one that is told."""
        edits = question.edits
        told: dict[frozenset[int], int] = {}
        for n in sorted(range(len(edits.all)), key=lambda n: self.naming.order(edits.all[n], is_said=is_said)):
            told.setdefault(edits.with_needs([n]), n)
        return list(told.values())

    def _causes(self, asked: Sequence[_Question]) -> dict[str, tuple[Cause, ...]]:
        """What made each verdict differ; the versions of all claims are judged together, round by round."""
        searches = {question: _least(self._order(question), MOST_ALONE) for question in asked}
        trials = {question: [question.edits.with_needs(one) for one in next(s)] for question, s in searches.items()}
        found: dict[str, tuple[Cause, ...]] = {}
        while trials:
            _judge((question, trial) for question, some in trials.items() for trial in some)
            for question, some in list(trials.items()):
                try:
                    wanted = searches[question].send([question.verdicts[trial] for trial in some])
                    trials[question] = [question.edits.with_needs(one) for one in wanted]
                except StopIteration as end:
                    found[question.claim] = self._told(question, end.value)
                    del trials[question]
        return found

    def _said_by(self, asked: Sequence[_Question]) -> dict[str, tuple[Cause, ...]]:
        """What made each attribution differ."""
        found: dict[str, tuple[Cause, ...]] = {}
        for question in asked:
            search = _least(self._order(question, is_said=True), 1)
            trials = next(search)
            while question.claim not in found:
                try:
                    trials = search.send([question.is_said(question.edits.with_needs(trial)) for trial in trials])
                except StopIteration as end:
                    found[question.claim] = self._told(question, end.value)
        return found

    def _told(self, question: _Question, chosen: Sequence[int]) -> tuple[Cause, ...]:
        return tuple(self.naming.cause(question.edits.all[n]) for n in chosen)

    def _due(self, earlier: Case, later: Case) -> frozenset[str]:
        """Claims that are checkable in one of the states alone."""
        old = {claim.id for claim in earlier.claims if is_checkable(claim, self.before.today)}
        new = {claim.id for claim in later.claims if is_checkable(claim, self.after.today)}
        return frozenset((old ^ new) & {claim.id for claim in earlier.claims} & {claim.id for claim in later.claims})

    def entries(self) -> tuple[Cause, ...]:
        """Every entry that differs."""
        return tuple(self.naming.cause(edit) for edit in self.edits.all)


def _standings(narrowed: Case, state: _State) -> dict[str, Standing]:
    """How the claims of a part of a state stand, by id."""
    claims = tuple(settled(claim, state.today) for claim in narrowed.claims)
    case = replace(without_loose_links(narrowed), claims=claims)
    judged = judge(tables_of(case, None, state.copies), case.policy)
    records = Records(case, judged, None)
    at_least, at_most = judged.sides.at_least, judged.sides.at_most
    found: dict[str, Standing] = {}
    for n, claim in enumerate(case.claims):
        spread = [float(p) for p in judged.probability[:, n]]
        sides = [Bounds(int(at_least[side, n]), int(at_most[side, n])) for side in (FOR, AGAINST)]
        said = records.of(n, records.utterances(n)).attribution
        range_ = min(spread), max(spread)
        found[claim.id] = Standing(VERDICTS[judged.verdict[n]], said, spread[0], range_, *sides)
    return found


class _Tabled(NamedTuple):
    """The tables of a case that is not judged."""

    tables: Tables


class _Question:
    """Which edits, applied to the earlier state, make a claim stand as it does in the later one."""

    def __init__(self, edits: Edits, claim: str, was: Standing, now: Standing, today: tuple[Day, Day]) -> None:
        self.edits, self.claim, self.was, self.now, self.today = edits, claim, was, now, today
        self.verdicts: dict[frozenset[int], bool] = {}
        self.attributions: dict[frozenset[int], bool] = {}
        self.copies: dict[object, dict[str, str]] = {}

    @property
    def size(self) -> int:
        """How many rows a version makes, at most."""
        return 1 + sum(len(case.findings) + len(case.documents) for case in (self.edits.before, self.edits.after))

    def is_said(self, trial: frozenset[int]) -> bool:
        """Whether the attribution is the later one with these edits."""
        if trial not in self.attributions:
            self.attributions[trial] = self._attribution(trial) == self.now.attribution
        return self.attributions[trial]

    def version(self, trial: frozenset[int]) -> Variant:
        """The earlier state with these edits, as it is judged."""
        case = self.edits.applied(trial)
        is_new = any(self.edits.all[n].section == "claims" for n in trial)
        claims = tuple(settled(claim, self.today[is_new]) for claim in case.claims)
        return Variant(replace(case, claims=claims), None, self._copies(case))

    def _attribution(self, trial: frozenset[int]) -> Attribution:
        case, as_of, copies = self.version(trial)
        records = Records(case, _Tabled(tables_of(case, as_of, copies or {})), as_of)
        return records.of(0, records.utterances(0)).attribution

    def _copies(self, case: Case) -> dict[str, str]:
        """Copies among the documents of a version; for those that differ in no text, looked for once."""
        if not case.texts:
            return {}
        key = (
            case.policy.near_duplicate,
            *((d.id, d.published, d.same_text_as, case.texts[d.id]) for d in case.documents if d.id in case.texts),
        )
        if key not in self.copies:
            self.copies[key] = copies_in(case)
        return self.copies[key]


def _judge(asked: Iterable[tuple[_Question, frozenset[int]]]) -> None:
    """Let each question know whether the verdict is as it came to be, for the edits given with it."""
    waiting: list[tuple[_Question, frozenset[int]]] = []
    rows = 0
    for question, trial in dict.fromkeys(asked):
        if trial not in question.verdicts:
            waiting.append((question, trial))
            rows += question.size
        if rows > MOST_ROWS:
            _judge_at_once(waiting)
            waiting, rows = [], 0
    _judge_at_once(waiting)


def _judge_at_once(asked: Sequence[tuple[_Question, frozenset[int]]]) -> None:
    found = outcomes([question.version(trial) for question, trial in asked]) if asked else []
    for (question, trial), outcome in zip(asked, found, strict=True):
        question.verdicts[trial] = outcome[question.claim].verdict == question.now.verdict


def _least(order: list[int], at_once: int) -> Search:
    """The fewest edits that suffice, in their order: the first that does alone; else none of which can be left out."""
    for start in range(0, min(len(order), MOST_ALONE), at_once):
        alone = [[n] for n in order[start : start + at_once]]
        answers = yield alone
        if True in answers:
            return alone[answers.index(True)]
    chosen = yield from _first_enough(order)
    return (yield from _thinned(chosen))


def _first_enough(order: list[int]) -> Search:
    """The earliest edits that suffice: one fewer do not."""
    low, high = 0, len(order)
    while high - low > 1:
        middle = (low + high) // 2
        (is_enough,) = yield [order[:middle]]
        low, high = (low, middle) if is_enough else (middle, high)
    return order[:high]


def _thinned(chosen: list[int]) -> Search:
    """Edits that suffice, without those that can be left out, the latest first."""
    size = max(1, len(chosen) // 2)
    while len(chosen) > 1:
        parts = [chosen[n : n + size] for n in range(0, len(chosen), size)]
        answers = yield [[n for n in chosen if n not in part] for part in parts]
        spare = [part for part, is_so in zip(parts, answers, strict=True) if is_so]
        if not spare and size == 1:
            break
        if not spare:
            size = max(1, size // 2)
            continue
        without = [{n for part in spare[start:] for n in part} for start in range(len(spare))]
        trials = [[n for n in chosen if n not in gone] for gone in without]
        answers = yield trials
        chosen = trials[answers.index(True)]
    return chosen


def _names(case: Case) -> dict[str, str]:
    named = {party.id: party.name for party in case.parties} | {entry.id: entry.name for entry in case.origins}
    return named | {document.id: document.title or document.id for document in case.documents}
