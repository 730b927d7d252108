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
from typing import TYPE_CHECKING, Final

import numpy as np
import pandas as pd

from claims.tables.columns import bools, ints

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from claims.tables.columns import Tables

    Ints = NDArray[np.int64]
    Bools = NDArray[np.bool_]

NONE: Final = -1
SIDES: Final = (0, 0, 1, 2, 2)
"""The side that each of STANCES takes: for, against, none."""
NO_SIDE: Final = 2
N_SIDES: Final = 3


@dataclass(frozen=True, slots=True)
class Links:
    """Links grouped by where they leave: those of `n` stand at `starts[n]` to `starts[n + 1]`.

    target: an origin's code, or `len(origins)` plus a document's. established: whether an origin named so is named as
    where the knowledge comes from.
    """

    starts: Ints
    target: Ints
    established: Bools

    def count(self, at: Ints) -> Ints:
        """How many links leave each of `at`."""
        return self.starts[at + 1] - self.starts[at]

    def rows(self, at: Ints) -> tuple[Ints, Ints]:
        """(which of `at`, row) of every link that leaves one of them, in order."""
        count = self.count(at)
        which = np.repeat(np.arange(len(at)), count)
        first = np.repeat(np.cumsum(count) - count, count)
        return which, np.repeat(self.starts[at], count) + np.arange(len(which)) - first


@dataclass(frozen=True, slots=True)
class Chains:
    """Every origin of every finding, with the path that leads there.

    origins: one row a finding and origin, by both: finding, origin (codes), letter (worst on the path, 0 to 5),
    established, visit (the last document on the path; -1: none but the finding's own).
    visits: one row a step: finding, document, letter, previous (row of the visit before, -1 at the first).
    met_retracted, met_before: per finding, whether a chain of it stopped at such a document.
    """

    origins: pd.DataFrame
    visits: pd.DataFrame
    met_retracted: Bools
    met_before: Bools

    def path(self, visit: int) -> list[int]:
        """Codes of the documents up to that visit, in the order of the chain."""
        path = []
        if visit != NONE:
            documents, previous = ints(self.visits, "document"), ints(self.visits, "previous")
            while visit != NONE:
                path.append(int(documents[visit]))
                visit = int(previous[visit])
        return path[::-1]


def chains(tables: Tables) -> Chains:
    """The origins of every finding that is not later than the report's date."""
    walk = _Walk(tables)
    emitted: list[pd.DataFrame] = []
    visits: list[pd.DataFrame] = []
    step = walk.first_step()
    while len(step):
        is_origin = ints(step, "target") < walk.n_origins
        emitted.append(walk.arrived(step[is_origin]))
        visited = walk.visited(step[~is_origin])
        visits.append(visited)
        step = walk.next_step(visited)
    origins = _best_of(pd.concat(emitted, ignore_index=True)) if emitted else walk.arrived(step)
    all_visits = pd.concat(visits, ignore_index=True) if visits else walk.visited(step)
    return Chains(origins, all_visits, walk.met_retracted, walk.met_before)


def finding_links(tables: Tables) -> Links:
    """The links that leave each finding."""
    documents, findings = tables.documents, tables.findings
    document = ints(findings, "document")
    original = ints(documents, "same_text_as")[document]
    source = ints(documents, "source")[document]
    by_document = _grouped(tables.document_links, "document", len(documents))
    own = bools(findings, "own_links")
    inherits = np.flatnonzero((original == NONE) & ~own)
    which, row = by_document.rows(document[inherits])
    given = tables.finding_links
    keep = (original[ints(given, "finding")] == NONE) & own[ints(given, "finding")]
    reposts = np.flatnonzero(original != NONE)
    leaves = [ints(given, "finding")[keep], inherits[which]]
    linked = np.bincount(np.concatenate(leaves), minlength=len(findings)) > 0
    knows = bools(findings, "knows_itself") & (original == NONE)
    unsaid = np.flatnonzero((original == NONE) & ~knows & ~linked)
    knowing = np.flatnonzero(knows)
    return _links(
        len(findings),
        [*leaves, reposts, knowing, unsaid],
        [
            ints(given, "target")[keep],
            by_document.target[row],
            original[reposts] + len(tables.origins),
            source[knowing],
            source[unsaid],
        ],
        [True, True, True, True, False],
    )


def document_links(tables: Tables) -> Links:
    """The links that leave each document where it has no finding on the claim."""
    documents = tables.documents
    original = ints(documents, "same_text_as")
    given = tables.document_links
    keep = original[ints(given, "document")] == NONE
    linked = np.bincount(ints(given, "document"), minlength=len(documents)) > 0
    reposts, silent = np.flatnonzero(original != NONE), np.flatnonzero((original == NONE) & ~linked)
    return _links(
        len(documents),
        [ints(given, "document")[keep], reposts, silent],
        [
            ints(given, "target")[keep],
            original[reposts] + len(tables.origins),
            ints(documents, "source")[silent],
        ],
        [True, True, False],
    )


def _links(size: int, leaves: list[Ints], targets: list[Ints], established: list[bool]) -> Links:
    leave = np.concatenate(leaves)
    target = np.concatenate(targets)
    named = np.repeat(established, [len(part) for part in leaves])
    order = np.argsort(leave, kind="stable")
    starts = np.concatenate([[0], np.cumsum(np.bincount(leave, minlength=size))])
    return Links(starts, target[order], named[order])


def _grouped(links: pd.DataFrame, name: str, size: int) -> Links:
    return _links(size, [links[name].to_numpy()], [ints(links, "target")], [True])


class _Walk:
    """One walk along all chains at once, step by step."""

    def __init__(self, tables: Tables) -> None:
        documents, findings = tables.documents, tables.findings
        self.n_origins = len(tables.origins)
        self.n_documents = len(documents)
        self.letter_of_origin = ints(tables.origins, "letter")
        self.letter_of = self.letter_of_origin[ints(documents, "source")]
        self.retracted = bools(documents, "retracted")
        self.ends = ints(documents, "ends")
        self.claim = ints(findings, "claim")
        self.document = ints(findings, "document")
        self.side = np.asarray(SIDES)[ints(findings, "stance")]
        self.begins = ints(tables.claims, "begins")[self.claim]
        self.live = ~bools(documents, "later")[self.document]
        self.from_finding, self.from_document = finding_links(tables), document_links(tables)
        self.met_retracted = np.zeros(len(findings), dtype=bool)
        self.met_before = np.zeros(len(findings), dtype=bool)
        self.best: dict[int, int] = {}
        self.n_visits = 0
        self._index_findings()

    def _index_findings(self) -> None:
        """Findings by claim, document and side, to go on with a document's own findings on the claim."""
        key = (self.claim * self.n_documents + self.document) * N_SIDES + self.side
        self.by_key = np.flatnonzero(self.live)[np.argsort(key[self.live], kind="stable")]
        self.keys = key[self.by_key]

    def _own_findings(self, finding: Ints, document: Ints) -> tuple[Ints, Ints]:
        """Where in `by_key` the findings begin and end that each document hands on to the chain of each finding."""
        key = (self.claim[finding] * self.n_documents + document) * N_SIDES
        low, high = np.searchsorted(self.keys, key), np.searchsorted(self.keys, key + N_SIDES)
        side = self.side[finding]
        same = np.searchsorted(self.keys, key + side), np.searchsorted(self.keys, key + side, "right")
        agreed = (side != NO_SIDE) & (same[0] < same[1])
        return np.where(agreed, same[0], low), np.where(agreed, same[1], high)

    def first_step(self) -> pd.DataFrame:
        """All links that leave a finding."""
        finding = np.flatnonzero(self.live)
        which, row = self.from_finding.rows(finding)
        return self._step(finding[which], self.letter_of[self.document[finding]][which], self.from_finding, row, NONE)

    def next_step(self, visited: pd.DataFrame) -> pd.DataFrame:
        """All links that leave the documents just reached."""
        finding, document = ints(visited, "finding"), ints(visited, "document")
        low, high = self._own_findings(finding, document)
        visit = visited.index.to_numpy()
        letter = ints(visited, "letter")
        silent = np.flatnonzero(low == high)
        which, row = self.from_document.rows(document[silent])
        own = self._step(finding[silent][which], letter[silent][which], self.from_document, row, visit[silent][which])
        spoken = np.repeat(np.arange(len(finding)), high - low)
        first = np.repeat(np.cumsum(high - low) - (high - low), high - low)
        handed = self.by_key[np.repeat(low, high - low) + np.arange(len(spoken)) - first]
        which, row = self.from_finding.rows(handed)
        at = spoken[which]
        return pd.concat(
            [own, self._step(finding[at], letter[at], self.from_finding, row, visit[at])], ignore_index=True
        )

    def _step(self, finding: Ints, letter: Ints, links: Links, row: Ints, previous: Ints | int) -> pd.DataFrame:
        return pd.DataFrame(
            {
                "finding": finding,
                "target": links.target[row],
                "letter": letter,
                "established": links.established[row],
                "previous": np.broadcast_to(np.asarray(previous, dtype=np.int64), finding.shape),
            }
        )

    def arrived(self, step: pd.DataFrame) -> pd.DataFrame:
        """The origins that a step reaches."""
        origin = ints(step, "target")
        return pd.DataFrame(
            {
                "finding": ints(step, "finding"),
                "origin": origin,
                "letter": np.maximum(ints(step, "letter"), self.letter_of_origin[origin]),
                "established": bools(step, "established"),
                "visit": ints(step, "previous"),
            }
        )

    def visited(self, step: pd.DataFrame) -> pd.DataFrame:
        """The documents that a step reaches and may pass: one row a finding and document, its best letter, if new."""
        finding = ints(step, "finding")
        document = ints(step, "target") - self.n_origins
        again = document == self.document[finding]
        retracted = self.retracted[document] & ~again
        ends, begins = self.ends[document], self.begins[finding]
        early = (ends < begins) & (ends != np.iinfo(np.int64).min) & ~again & ~retracted
        self.met_retracted[finding[retracted]] = True
        self.met_before[finding[early]] = True
        letter = np.maximum(ints(step, "letter"), self.letter_of[document])
        passed = pd.DataFrame(
            {
                "finding": finding,
                "document": document,
                "letter": letter,
                "previous": ints(step, "previous"),
            }
        )[~(again | retracted | early)]
        passed = passed.sort_values(["finding", "document", "letter", "previous"], kind="stable")
        passed = passed.drop_duplicates(["finding", "document"])
        better = [self._is_better(*row) for row in passed[["finding", "document", "letter"]].itertuples(index=False)]
        new = passed[np.asarray(better, dtype=bool)]
        new.index = pd.RangeIndex(self.n_visits, self.n_visits + len(new))
        self.n_visits += len(new)
        return new

    def _is_better(self, finding: int, document: int, letter: int) -> bool:
        key = finding * self.n_documents + document
        known = self.best.get(key)
        if known is not None and known <= letter:
            return False
        self.best[key] = letter
        return True


def _best_of(arrived: pd.DataFrame) -> pd.DataFrame:
    """One row a finding and origin: the best letter, then the fewest steps; established if on any path."""
    keys = ["finding", "origin"]
    ordered = arrived.sort_values([*keys, "letter", "visit"], kind="stable")
    first = ordered.drop_duplicates(keys).copy()
    pair = ints(ordered, "finding") * (int(ordered["origin"].max()) + 1 if len(ordered) else 1)
    pair = pair + ints(ordered, "origin")
    starts = np.flatnonzero(np.concatenate([[True], pair[1:] != pair[:-1]])) if len(pair) else np.empty(0, np.int64)
    if len(pair):
        first["established"] = np.logical_or.reduceat(bools(ordered, "established"), starts)
    return first.reset_index(drop=True)
