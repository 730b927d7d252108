"""What leaves a finding or a document: the links of its chains.

| of a finding | its links are |
| --- | --- |
| whose document is a repost | that to the original, and nothing else |
| that relies on something, or whose document does | those, and its document's own source where it knows itself |
| that says nothing of the kind | its document's own source, established where it knows itself |
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from claims.tables.columns import bools, codes, counted

if TYPE_CHECKING:
    from claims.tables.columns import Bools, Codes, Table, Tables

NONE: Final = -1


@dataclass(frozen=True, slots=True)
class Links:
    """Links grouped by where they leave: those of `n` stand at `starts[n]` to `starts[n + 1]`.

    target: an origin's code, or `len(origins)` plus a document's. established: whether an origin named so is named as
    where the knowledge comes from.
    """

    starts: Codes
    target: Codes
    established: Bools

    def count(self, at: Codes) -> Codes:
        """How many links leave each of `at`."""
        return self.starts.take(at + 1) - self.starts.take(at)

    def rows(self, at: Codes) -> tuple[Codes, Codes]:
        """(which of `at`, row) of every link that leaves one of them, in order."""
        return spans(self.starts.take(at), self.count(at))


@dataclass(frozen=True, slots=True)
class Publications:
    """What documents bring to the chains of every claim: made once, whatever the number of claims.

    links: those that leave each document where it has no finding on the claim. first: what the first of these leads
    to. named: how many of them it names, its original where it is a repost; 0 where it names nothing. reposts: whether
    it is one. source: an origin's code. letter: its source's. relied_on: whether any link leads to it.
    """

    links: Links
    first: Codes
    named: Codes
    reposts: Bools
    source: Codes
    letter: Codes
    relied_on: Bools


@dataclass(frozen=True, slots=True)
class FindingLinks:
    """The links that leave each finding, counted; they are written out for those alone that are asked for.

    Most findings name nothing, or one thing, and need no list. inherited: whether what is named is what its document
    names. named: how many links that is. knows: whether its document's own source is an origin as well. first: what the
    first of its links leads to. given_at: where in `given` what it names itself begins.
    """

    known: Publications
    document: Codes
    inherited: Bools
    named: Codes
    knows: Bools
    first: Codes
    given_at: Codes
    given: Codes

    @property
    def count(self) -> Codes:
        """How many links leave each finding: one at least."""
        return self.named + (self.knows | (self.named == 0))

    @property
    def every(self) -> Links:
        """The links of all findings."""
        return self.of(np.arange(len(self.document)))

    @property
    def established(self) -> Bools:
        """Whether the first link of each finding is named as where the knowledge comes from."""
        return self.knows | (self.named > 0)

    def of(self, finding: Codes) -> Links:
        """The links of these findings: what is named, in the order given, then their document's own source."""
        documents, document = self.known.links, self.document.take(finding)
        named, knows, inherited = self.named.take(finding), self.knows.take(finding), self.inherited.take(finding)
        starts = _starts(named + (knows | (named == 0)))
        target = np.empty(starts[-1], dtype=np.int64)
        target[starts[:-1]] = self.first.take(finding)
        at = np.flatnonzero(inherited & (named > 1))
        _copy(target, starts.take(at), documents.target, documents.starts.take(document.take(at)), named.take(at))
        at = np.flatnonzero(~inherited & (named > 1))
        _copy(target, starts.take(at), self.given, self.given_at.take(finding.take(at)), named.take(at))
        at = np.flatnonzero(knows)
        target[starts.take(at + 1) - 1] = self.known.source.take(document.take(at))
        established = np.ones(len(target), dtype=bool)
        established[starts[:-1]] = knows | (named > 0)
        return Links(starts, target, established)


def spans(start: Codes, count: Codes) -> tuple[Codes, Codes]:
    """(which span, row) of every row in spans that begin at `start` and hold `count` rows."""
    before = np.cumsum(count) - count
    which = repeated(count, before)
    row = (start - before).take(which)
    row += np.arange(len(which))
    return which, row


def repeated(count: Codes, before: Codes) -> Codes:
    """Numbers from 0 on, each as often as `count` says; before: how many rows there are before each."""
    if not len(count):
        return np.zeros(0, dtype=np.int64)
    n_rows = before[-1] + count[-1]
    # A row begins as many numbers as there are up to its own; those that begin behind the last have none.
    which = counted(before[1:], n_rows)[:n_rows]
    return np.cumsum(which, out=which)


def publications(tables: Tables) -> Publications:
    """What the documents of a collection bring to its chains."""
    links = document_links(tables)
    n_origins = len(tables.origins)
    relied_on = np.zeros(len(tables.documents), dtype=bool)
    for target in (links.target, codes(tables.finding_links, "target")):
        relied_on[target.compress(target >= n_origins) - n_origins] = True
    letter = codes(tables.origins, "letter").astype(np.int8)
    source = codes(tables.documents, "source")
    return Publications(
        links=links,
        first=links.target.take(links.starts[:-1]),
        named=np.diff(links.starts) * links.established.take(links.starts[:-1]),
        reposts=codes(tables.documents, "same_text_as") != NONE,
        source=source,
        letter=letter.take(source),
        relied_on=relied_on,
    )


def document_links(tables: Tables) -> Links:
    """The links that leave each document where it has no finding on the claim: one at least."""
    documents = tables.documents
    original, source = codes(documents, "same_text_as"), codes(documents, "source")
    n_origins = len(tables.origins)
    leaves, targets = _by_leave(tables.document_links, "document")
    given = counted(leaves, len(documents))
    reposts = original != NONE
    single = reposts | (given == 0)
    starts = _starts(np.where(single, 1, given))
    target = np.empty(starts[-1], dtype=np.int64)
    alone, silent, copied = np.flatnonzero(single), np.flatnonzero(single & ~reposts), np.flatnonzero(reposts)
    target[starts.take(silent)] = source.take(silent)
    target[starts.take(copied)] = original.take(copied) + n_origins
    # What is given fills the other places, in order: both are by document.
    is_given = np.ones(len(target), dtype=bool)
    is_given[starts.take(alone)] = False
    target[np.flatnonzero(is_given)] = targets.compress(~reposts.take(leaves))
    established = np.ones(len(target), dtype=bool)
    established[starts.take(silent)] = False
    return Links(starts, target, established)


def finding_links(tables: Tables, known: Publications | None = None) -> FindingLinks:
    """The links that leave each finding. known: as `publications` gives it; None: it is made."""
    known = publications(tables) if known is None else known
    findings = tables.findings
    document, own = codes(findings, "document"), bools(findings, "own_links")
    leaves, targets = _by_leave(tables.finding_links, "finding")
    given = counted(leaves, len(findings))
    given_at = np.cumsum(given) - given
    reposts = known.reposts.take(document)
    inherited = reposts | ~own
    first = known.first.take(document)
    at = np.flatnonzero(~inherited)
    first[at] = known.source.take(document.take(at))
    at = at.compress(given.take(at) > 0)
    first[at] = targets.take(given_at.take(at))
    return FindingLinks(
        known=known,
        document=document,
        inherited=inherited,
        named=np.where(inherited, known.named.take(document), given),
        knows=bools(findings, "knows_itself") & ~reposts,
        first=first,
        given_at=given_at,
        given=targets,
    )


def _by_leave(links: Table, name: str) -> tuple[Codes, Codes]:
    """Where links leave and lead to, by where they leave, in the order given."""
    leaves, targets = codes(links, name), codes(links, "target")
    if np.any(leaves[1:] < leaves[:-1]):
        order = np.argsort(leaves, kind="stable")
        return leaves[order], targets[order]
    return leaves, targets


def _starts(count: Codes) -> Codes:
    starts = np.zeros(len(count) + 1, dtype=np.int64)
    np.cumsum(count, out=starts[1:])
    return starts


def _copy(into: Codes, to: Codes, values: Codes, start: Codes, count: Codes) -> None:
    """Write `count` values from each `start` on into the places from each `to` on."""
    which, row = spans(start, count)
    into[row + (to - start).take(which)] = values.take(row)
