"""Where a finding's knowledge comes from at the end of its chain: origins are counted, not outlets.

The steps, for all findings at once:

1. Every finding has links: its repost's original, and nothing else; or what it relies on, and its document's own source
   where its basis says that the document knows; or, with neither, that source, not established.
2. From a document on the chain go on with the links of its own findings on the same claim: those on the side of the
   finding that the chain began with, where it has any there, else all of them; without a finding on the claim, with
   those of the document itself.
3. A chain stops without an origin at a document that is already on it (the finding's own included), is retracted, or
   appeared before the claim's time began.
4. Of several paths from a finding to one origin the best graded is kept, the shortest of these, then the first by id.

A step follows only documents that are reached for the first time, or with a better letter than before: any walk to an
origin holds a path to it, so no origin, and no better grade, is lost, and loops come to rest.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np

from claims.independence.links import NONE, finding_links, publications, repeated, spans
from claims.tables.columns import NO_DAY, Table, bools, codes, counted, differs, found_in, ints

if TYPE_CHECKING:
    from collections.abc import Sequence

    from claims.independence.links import Links, Publications
    from claims.tables.columns import Bools, Codes, Column, Ints, Tables

SIDES: Final = (0, 0, 1, 2, 2)
"""The side that each of STANCES takes: for, against, none."""
NO_SIDE: Final = 2
N_SIDES: Final = 3
N_LETTERS: Final = 8
"""Room for a letter in a key."""


@dataclass(frozen=True, slots=True)
class Chains:
    """Every origin of every finding, with the path that leads there.

    origins: one row a finding and origin, by both: finding, origin (codes), letter (worst on the path, 0 to 5),
    established, visit (the last document on the path; -1: none but the finding's own).
    visits: one row a step: finding, document, letter, previous (row of the visit before, -1 at the first).
    met_retracted, met_before: per finding, whether a chain of it stopped at such a document.
    """

    origins: Table
    visits: Table
    met_retracted: Bools
    met_before: Bools

    def path(self, visit: int) -> list[int]:
        """Codes of the documents up to that visit, in the order of the chain."""
        path = []
        if visit != NONE:
            documents, previous = codes(self.visits, "document"), codes(self.visits, "previous")
            while visit != NONE:
                path.append(int(documents[visit]))
                visit = int(previous[visit])
        return path[::-1]


class Arrivals(NamedTuple):
    """Origins that chains reach, a row each; as the columns of Chains.origins."""

    finding: Column
    origin: Column
    letter: Column
    established: Column
    visit: Column


class Visits(NamedTuple):
    """Documents that chains pass, a row each; as the columns of Chains.visits."""

    finding: Column
    document: Column
    letter: Column
    previous: Column


class Step(NamedTuple):
    """Links that are followed at once, by the visit that they come from: what they lead to, and the letter so far."""

    finding: Column
    target: Column
    letter: Column
    established: Column
    previous: Column


def chains(tables: Tables, known: Publications | None = None) -> Chains:
    """The origins of every finding that is not later than the report's date.

    known: as `publications` gives it, for this collection or one that it is cut from; None: it is made.
    """
    walk = _Walk(tables, publications(tables) if known is None else known)
    step = walk.first_step()
    emitted: list[Arrivals] = []
    visits: list[Visits] = []
    while len(step.finding):
        is_origin = step.target < walk.n_origins
        emitted.append(walk.arrived(_chosen(step, is_origin)))
        visits.append(walk.visited(_chosen(step, ~is_origin)))
        step = walk.next_step(visits[-1])
    reached = Arrivals(*_concatenated(emitted, step))
    origins = walk.with_alone(_best_of(reached, walk.n_origins))
    passed = Visits(*_concatenated(visits, (step.finding, step.target, step.letter, step.previous)))
    return Chains(Table(origins._asdict()), Table(passed._asdict()), walk.met_retracted, walk.met_before)


def _chosen(step: Step, rows: Bools) -> Step:
    at = np.flatnonzero(rows)
    return Step(*(column.take(at) for column in step))


class _Walk:
    """One walk along all chains at once, step by step."""

    def __init__(self, tables: Tables, known: Publications) -> None:
        documents, findings = tables.documents, tables.findings
        self.n_origins = len(tables.origins)
        self.n_documents = len(documents)
        self.letter_of_origin = codes(tables.origins, "letter").astype(np.int8)
        self.letter_of = known.letter
        self.retracted = bools(documents, "retracted")
        self.ends = ints(documents, "ends")
        self.claim = codes(findings, "claim")
        self.document = codes(findings, "document")
        self.side = np.asarray(SIDES, dtype=np.int8).take(codes(findings, "stance"))
        self.begins = ints(tables.claims, "begins")
        self.live = ~bools(documents, "later").take(self.document)
        self.from_finding, self.from_document = finding_links(tables, known), known.links
        self.met_retracted = np.zeros(len(findings), dtype=bool)
        self.met_before = np.zeros(len(findings), dtype=bool)
        self.best = _Best()
        self.n_visits = 0
        self.letter = self.letter_of.take(self.document)
        # Most findings have a single link, to an origin: they stand alone, and take no step.
        self.alone = self.live & (self.from_finding.count == 1) & (self.from_finding.first < self.n_origins)
        self._index_findings(known.relied_on)

    def _index_findings(self, relied_on: Bools) -> None:
        """Findings by claim, document and side, to go on with a document's own findings on the claim.

        keys: each claim and document once. bounds: [side, key], where in `by_key` those of each side begin; the last
        row, where all end.
        """
        spoken = np.flatnonzero(self.live & relied_on.take(self.document))
        side = self.side.take(spoken)
        key = self._key(spoken, self.document.take(spoken))
        order = np.argsort(key * N_SIDES + side, kind="stable")
        key = key.take(order)
        first = differs(key)
        starts = np.flatnonzero(first)
        own = np.cumsum(first) - 1
        held = counted(side.take(order) * np.int64(len(starts)) + own, N_SIDES * len(starts))
        self.by_key, self.keys = spoken.take(order), key.take(starts)
        self.bounds = np.concatenate([starts, held]).reshape(N_SIDES + 1, len(starts))
        for n in range(N_SIDES):  # row by row: numpy's own sum down the columns takes ten times as long
            self.bounds[n + 1] += self.bounds[n]

    def _key(self, finding: Codes, document: Codes) -> Ints:
        return self.claim.take(finding).astype(np.int64, copy=False) * self.n_documents + document

    def _own_findings(self, finding: Codes, document: Codes) -> tuple[Codes, Codes]:
        """Where in `by_key` the findings begin and end that each document hands on to the chain of each finding."""
        place, is_known = found_in(self.keys, self._key(finding, document))
        low, high = np.zeros(len(finding), dtype=np.int64), np.zeros(len(finding), dtype=np.int64)
        known = np.flatnonzero(is_known)
        place, side = place.take(known), self.side.take(finding.take(known))
        low[known], high[known] = self.bounds[0].take(place), self.bounds[N_SIDES].take(place)
        sided = np.flatnonzero(side != NO_SIDE)
        side, place, known = side.take(sided), place.take(sided), known.take(sided)
        same = self.bounds[side, place], self.bounds[side + 1, place]
        agreed = np.flatnonzero(same[0] < same[1])
        low[known.take(agreed)], high[known.take(agreed)] = same[0].take(agreed), same[1].take(agreed)
        return low, high

    def with_alone(self, others: Arrivals) -> Arrivals:
        """The origins of all findings, by finding. others: those of the findings that are not alone."""
        count = counted(others.finding, len(self.alone)) + self.alone
        finding = repeated(count, np.cumsum(count) - count)
        at = np.flatnonzero(~self.alone.take(finding))
        origin, established = self.from_finding.first.take(finding), self.from_finding.established.take(finding)
        origin[at], established[at] = others.origin, others.established
        letter = np.maximum(self.letter.take(finding), self.letter_of_origin.take(origin))
        visit = np.full(len(finding), NONE, dtype=np.int64)
        letter[at], visit[at] = others.letter, others.visit
        return Arrivals(finding, origin, letter, established, visit)

    def first_step(self) -> Step:
        """All links that leave the other findings."""
        finding = np.flatnonzero(self.live & ~self.alone)
        letter = self.letter.take(finding)
        return _followed(self.from_finding.of(finding), finding, letter, np.full(len(finding), NONE, dtype=np.int64))

    def next_step(self, visited: Visits) -> Step:
        """All links that leave the documents just reached."""
        finding, document, letter, _ = visited
        visit = np.arange(self.n_visits - len(finding), self.n_visits)
        low, high = self._own_findings(finding, document)
        silent = np.flatnonzero(low == high)
        which, row = self.from_document.rows(document.take(silent))
        at = silent.take(which)
        links = self.from_document
        target, established = links.target.take(row), links.established.take(row)
        own = Step(finding.take(at), target, letter.take(at), established, visit.take(at))
        spoken, place = spans(low, high - low)
        links = self.from_finding.of(self.by_key.take(place))
        handed = _followed(links, finding.take(spoken), letter.take(spoken), visit.take(spoken))
        both = [np.concatenate(columns) for columns in zip(own, handed, strict=True)]
        order = np.argsort(both[-1], kind="stable")
        return Step(*(column.take(order) for column in both))

    def arrived(self, step: Step) -> Arrivals:
        """The origins that a step reaches."""
        letter = np.maximum(step.letter, self.letter_of_origin.take(step.target))
        return Arrivals(step.finding, step.target, letter, step.established, step.previous)

    def visited(self, step: Step) -> Visits:
        """The documents that a step reaches and may pass: one row a finding and document, its best letter, if new."""
        finding, document = step.finding, step.target - self.n_origins
        again = document == self.document.take(finding)
        retracted = self.retracted.take(document) & ~again
        ends = self.ends.take(document)
        early = (ends < self.begins.take(self.claim.take(finding))) & (ends != NO_DAY) & ~again & ~retracted
        self.met_retracted[finding.compress(retracted)] = True
        self.met_before[finding.compress(early)] = True
        passed = np.flatnonzero(~(again | retracted | early))
        finding, document, previous = finding.take(passed), document.take(passed), step.previous.take(passed)
        letter = np.maximum(step.letter.take(passed), self.letter_of.take(document))
        key = finding.astype(np.int64, copy=False) * self.n_documents + document
        order = np.argsort(key * N_LETTERS + letter, kind="stable")
        order = order.compress(differs(key.take(order)))
        order = order.take(self.best.improved(key.take(order), letter.take(order)))
        self.n_visits += len(order)
        return Visits(*(column.take(order) for column in (finding, document, letter, previous)))


class _Best:
    """The best letter with which each document was reached from each finding, so far.

    Kept in sorted runs, each more than twice as long as the next, so that long chains cost little more than short ones.
    """

    def __init__(self) -> None:
        self.runs: list[tuple[Ints, Codes]] = []

    def improved(self, key: Ints, letter: Codes) -> Codes:
        """Places of those that are new or better than before, which is kept; keys ascend."""
        better = np.ones(len(key), dtype=bool)
        for keys, letters in self.runs:
            place, is_known = found_in(keys, key)
            better &= ~is_known | (letters[place] > letter)
        new = np.flatnonzero(better)
        if len(new):
            self._keep(key[new], letter[new])
        return new

    def _keep(self, key: Ints, letter: Codes) -> None:
        while self.runs and len(self.runs[-1][0]) <= 2 * len(key):
            keys, letters = self.runs.pop()
            key, letter = np.concatenate([keys, key]), np.concatenate([letters, letter])
            order = np.argsort(key * N_LETTERS + letter, kind="stable")
            order = order[differs(key[order])]
            key, letter = key[order], letter[order]
        self.runs.append((key, letter))


def _followed(links: Links, finding: Codes, letter: Codes, previous: Codes) -> Step:
    """The step along all of these links; the rest has one value for each of whatever they leave."""
    which = repeated(np.diff(links.starts), links.starts[:-1])
    return Step(finding.take(which), links.target, letter.take(which), links.established, previous.take(which))


def _best_of(arrived: Arrivals, n_origins: int) -> Arrivals:
    """One row a finding and origin: the best letter, then the fewest steps; established if on any path.

    Rows come in the order of their visits, as steps are taken.
    """
    if not len(arrived.finding):
        return arrived
    key = arrived.finding.astype(np.int64, copy=False) * n_origins + arrived.origin
    order = np.argsort(key * N_LETTERS + arrived.letter, kind="stable")
    first = differs(key.take(order))
    kept = order.compress(first)
    established = np.zeros(len(kept), dtype=bool)
    established[(np.cumsum(first) - 1).compress(arrived.established.take(order))] = True
    return Arrivals(*(column.take(kept) for column in arrived))._replace(established=established)


def _concatenated(parts: Sequence[tuple[Column, ...]], none: tuple[Column, ...]) -> list[Column]:
    """The columns of all parts, one after the other; those of `none`, empty, where there is no part."""
    return [np.concatenate(columns) for columns in zip(*parts, strict=True)] if parts else [c[:0] for c in none]
