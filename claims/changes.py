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
from claims.model.bearing import Bearing
from claims.model.change import Change, Difference, Standing
from claims.model.collector import collector_paused
from claims.model.edits import Edits, without_loose_links
from claims.model.errors import NotFound
from claims.model.naming import Naming
from claims.tables.from_case import is_checkable, tables_of, today_of
from claims.tables.stood import settled, stood, unseen_in
from claims.variants import Variant, outcomes
from claims.verdict.judgement import judge
from claims.verdict.records import Records
from claims.weigh.weights import AGAINST, FOR

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

    from claims.model.case import Case
    from claims.model.change import Cause
    from claims.tables.columns import Tables

    Day = dt.date | None

MOST_ROWS = 100_000
"""Findings and documents that are judged at once, in as many versions as they make."""
MOST_ALONE = 500
"""Edits that are tried alone, the earliest first."""
AT_ONCE = 32
"""Versions between which the first is looked for that is as the later state."""


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

    case: Case
    as_of: dt.date | None
    today: dt.date | None
    copies: Mapping[str, str]
    stood: Case
    unseen: frozenset[str]
    """Documents that appeared later."""

    @classmethod
    def of(cls, case: Case, as_of: dt.date | None) -> _State:
        unseen = unseen_in(case, as_of)
        return cls(case, as_of, today_of(case, as_of), copies_in(case, as_of), stood(case, as_of), unseen)


class _Pair:
    """Two states, side by side."""

    def __init__(self, before: Case, after: Case, before_as_of: dt.date | None, after_as_of: dt.date | None) -> None:
        self.before, self.after = _State.of(before, before_as_of), _State.of(after, after_as_of)
        self.standings: tuple[Mapping[str, Standing], Mapping[str, Standing]] = ({}, {})

    @cached_property
    def bearing(self) -> Bearing:
        """What bears on a claim."""
        return Bearing((self.before.stood, self.after.stood), (self.before.copies, self.after.copies))

    @cached_property
    def naming(self) -> Naming:
        """How edits are told."""
        return Naming(self.before.stood, self.after.stood, self.before.unseen)

    def differing(self, claims: Collection[str] | None) -> Iterator[tuple[str, bool]]:
        """Claims that stand differently, by id, and whether the verdict or the attribution does."""
        if claims is None:
            self.standings = _whole(self.before), _whole(self.after)
        else:
            earlier, later = self.bearing.narrowed(self._known(claims))
            self.standings = _narrow(earlier, self.before), _narrow(later, self.after)
        old, new = self.standings
        for claim in sorted(old.keys() | new.keys()):
            was, now = old.get(claim), new.get(claim)
            if was != now:
                yield claim, was is None or now is None or was[:2] != now[:2]

    def _known(self, claims: Collection[str]) -> Collection[str]:
        known = {claim.id for state in (self.before, self.after) for claim in state.case.claims}
        for claim in claims:
            if claim not in known:
                raise NotFound.among("claim", claim, known)
        return claims

    def changes(self, claims: Sequence[str]) -> tuple[Change, ...]:
        """How claims changed, in that order, each with what caused it."""
        asked = {claim: self._question(claim) for claim in claims if all(claim in found for found in self.standings)}
        orders = {claim: self._order(question) for claim, question in asked.items()}
        _judge(
            (asked[claim], asked[claim].edits.with_needs([n])) for claim in asked for n in orders[claim][:MOST_ALONE]
        )
        return tuple(
            self.change(claim, self._causes(asked[claim], orders[claim]) if claim in asked else ()) for claim in claims
        )

    def change(self, claim: str, causes: tuple[Cause, ...] = ()) -> Change:
        """How a claim changed, by these causes."""
        was, now = (standings.get(claim) for standings in self.standings)
        return Change(claim, self.naming.entry("claims", claim).text, was, now, causes)

    def _question(self, claim: str) -> _Question:
        earlier, later = self.bearing.narrowed([claim])
        edits = Edits(earlier, later, self._due(earlier, later), self.before.unseen)
        old, new = self.standings
        return _Question(edits, claim, (old[claim], new[claim]), (self.before.today, self.after.today))

    def _order(self, question: _Question) -> list[int]:
        """The edits that may be causes, by day, kind and id; of those that come together, the one that is told."""
        edits, (was, now) = question.edits, question.stood
        is_said = was.verdict == now.verdict
        told: dict[frozenset[int], int] = {}
        for n in sorted(range(len(edits.all)), key=lambda n: self.naming.order(edits.all[n], is_said=is_said)):
            told.setdefault(edits.with_needs([n]), n)
        return list(told.values())

    def _causes(self, question: _Question, order: list[int]) -> tuple[Cause, ...]:
        return tuple(self.naming.cause(question.edits.all[n]) for n in _least(question, order))

    def _due(self, earlier: Case, later: Case) -> frozenset[str]:
        """Claims that are checkable in one of the states alone."""
        old = {claim.id for claim in earlier.claims if is_checkable(claim, self.before.today)}
        new = {claim.id for claim in later.claims if is_checkable(claim, self.after.today)}
        return frozenset((old ^ new) & {claim.id for claim in earlier.claims} & {claim.id for claim in later.claims})

    def entries(self) -> tuple[Cause, ...]:
        """Every entry that differs."""
        earlier, later = self.before.stood, self.after.stood
        edits = Edits(earlier, later, self._due(earlier, later), self.before.unseen)
        return tuple(self.naming.cause(edit) for edit in edits.all)


def _whole(state: _State) -> dict[str, Standing]:
    return _standings(state.case, state.as_of, state.copies)


def _narrow(narrowed: Case, state: _State) -> dict[str, Standing]:
    tied = without_loose_links(narrowed)
    claims = tuple(settled(claim, state.today) for claim in narrowed.claims)
    copies = {name: copy for name, copy in state.copies.items() if name in narrowed.texts}
    return _standings(replace(tied, claims=claims), None, copies)


def _standings(case: Case, as_of: dt.date | None, copies: Mapping[str, str]) -> dict[str, Standing]:
    """How every claim of a case stands, by id."""
    judged = judge(tables_of(case, as_of, copies), case.policy)
    records = Records(case, judged, as_of)
    found: dict[str, Standing] = {}
    for n, claim in enumerate(case.claims):
        spread = [float(p) for p in judged.probability[:, n]]
        sides = judged.sides
        found[claim.id] = Standing(
            verdict=VERDICTS[judged.verdict[n]],
            attribution=records.of(n, records.utterances(n)).attribution,
            probability=spread[0],
            range=(min(spread), max(spread)),
            independent_for=Bounds(int(sides.at_least[FOR, n]), int(sides.at_most[FOR, n])),
            independent_against=Bounds(int(sides.at_least[AGAINST, n]), int(sides.at_most[AGAINST, n])),
        )
    return found


class _Tabled(NamedTuple):
    """The tables of a case that is not judged."""

    tables: Tables


class _Question:
    """Which edits, applied to the earlier state, make a claim stand as it does in the later one."""

    def __init__(self, edits: Edits, claim: str, stood: tuple[Standing, Standing], today: tuple[Day, Day]) -> None:
        self.edits, self.claim, self.stood, self.today = edits, claim, stood, today
        self.verdicts: dict[frozenset[int], bool] = {}
        self.copies: dict[object, dict[str, str]] = {}

    @property
    def is_said(self) -> bool:
        """Whether what was said is asked for as well."""
        return self.stood[0].attribution != self.stood[1].attribution

    @property
    def size(self) -> int:
        """How many rows a version makes, at most."""
        return 1 + sum(len(case.findings) + len(case.documents) for case in (self.edits.before, self.edits.after))

    def holds(self, trials: Sequence[Collection[int]]) -> list[bool]:
        """The answer for each choice of edits, with what they need."""
        asked = [self.edits.with_needs(trial) for trial in trials]
        _judge([(self, trial) for trial in asked])
        return [self.verdicts[trial] and (not self.is_said or self._said(trial)) for trial in asked]

    def first(self, trials: Sequence[Collection[int]]) -> int | None:
        """The position of the first choice that holds."""
        asked = [self.edits.with_needs(trial) for trial in trials]
        _judge([(self, trial) for trial in asked])
        found = (n for n, trial in enumerate(asked) if self.verdicts[trial] and (not self.is_said or self._said(trial)))
        return next(found, None)

    def version(self, trial: frozenset[int]) -> Variant:
        """The earlier state with these edits, as it is judged."""
        case = self.edits.applied(trial)
        is_new = any(self.edits.all[n].section == "claims" for n in trial)
        claims = tuple(settled(claim, self.today[is_new]) for claim in case.claims)
        return Variant(replace(case, claims=claims), None, self._copies(case))

    def _said(self, trial: frozenset[int]) -> bool:
        case, as_of, copies = self.version(trial)
        records = Records(case, _Tabled(tables_of(case, as_of, copies or {})), as_of)
        return records.of(0, records.utterances(0)).attribution == self.stood[1].attribution

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
        question.verdicts[trial] = outcome[question.claim].verdict == question.stood[1].verdict


def _least(question: _Question, order: list[int]) -> list[int]:
    """The fewest edits that suffice, in their order: the first that does alone; else none of which can be left out."""
    alone = question.first([[n] for n in order[:MOST_ALONE]])
    return _thinned(question, _first_enough(question, order)) if alone is None else [order[alone]]


def _first_enough(question: _Question, order: list[int]) -> list[int]:
    """The earliest edits, as few of them as are seen to suffice."""
    low, high = 0, len(order)
    while high - low > 1:
        step = max(1, (high - low) // AT_ONCE)
        ends = list(range(low + step, high, step))
        first = question.first([order[:end] for end in ends])
        low, high = (ends[-1], high) if first is None else (ends[first] - step, ends[first])
    return order[:high]


def _thinned(question: _Question, chosen: list[int]) -> list[int]:
    """Edits that suffice, without those that can be left out, the latest first."""
    size = max(1, len(chosen) // 2)
    while len(chosen) > 1:
        parts = [chosen[n : n + size] for n in range(0, len(chosen), size)]
        trials = [[n for n in chosen if n not in part] for part in parts]
        spare = [part for part, is_so in zip(parts, question.holds(trials), strict=True) if is_so]
        if not spare and size == 1:
            break
        if not spare:
            size = max(1, size // 2)
            continue
        without = [{n for part in spare[start:] for n in part} for start in range(len(spare))]
        trials = [[n for n in chosen if n not in gone] for gone in without]
        chosen = trials[question.first(trials) or 0]
    return chosen


def _names(case: Case) -> dict[str, str]:
    named = {party.id: party.name for party in case.parties} | {entry.id: entry.name for entry in case.origins}
    return named | {document.id: document.title or document.id for document in case.documents}
