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

    links: those that leave each document where it has no finding on the claim. letter: its source's. relied_on: whether
    any link leads to it.
    """

    links: Links
    letter: Codes
    relied_on: Bools


def spans(start: Codes, count: Codes) -> tuple[Codes, Codes]:
    """(which span, row) of every row in spans that begin at `start` and hold `count` rows."""
    before = np.cumsum(count) - count
    if count.all():
        which = np.zeros(before[-1] + count[-1] if len(count) else 0, dtype=np.int64)
        which[before[1:]] = 1
    else:
        filled = np.flatnonzero(count)
        which = np.zeros(before[-1] + count[-1], dtype=np.int64)
        which[before.take(filled)] = np.diff(filled, prepend=0)
    np.cumsum(which, out=which)
    row = (start - before).take(which)
    row += np.arange(len(which))
    return which, row


def publications(tables: Tables) -> Publications:
    """What the documents of a collection bring to its chains."""
    links = document_links(tables)
    n_origins = len(tables.origins)
    relied_on = np.zeros(len(tables.documents), dtype=bool)
    for target in (links.target, codes(tables.finding_links, "target")):
        relied_on[target.compress(target >= n_origins) - n_origins] = True
    letter = codes(tables.origins, "letter").astype(np.int8)
    return Publications(links, letter.take(codes(tables.documents, "source")), relied_on)


def document_links(tables: Tables) -> Links:
    """The links that leave each document where it has no finding on the claim: one at least."""
    documents = tables.documents
    original, source = codes(documents, "same_text_as"), codes(documents, "source")
    n_origins = len(tables.origins)
    leaves, targets = _by_leave(tables.document_links, "document")
    given = counted(leaves, len(documents))
    reposts = original != NONE
    silent = ~reposts & (given == 0)
    starts = _starts(np.maximum(given * ~reposts, reposts | silent))
    target = np.empty(starts[-1], dtype=np.int64)
    alone = np.flatnonzero(reposts | silent)
    leads = source + reposts * (original + n_origins - source)
    target[starts.take(alone)] = leads.take(alone)
    kept = ~reposts.take(leaves)
    target[_places(starts, leaves, given).compress(kept)] = targets.compress(kept)
    established = np.ones(len(target), dtype=bool)
    established[starts[:-1].compress(silent)] = False
    return Links(starts, target, established)


def finding_links(tables: Tables, of_documents: Links | None = None) -> Links:
    """The links that leave each finding. of_documents: as `document_links` gives them; None: they are made."""
    by_document = document_links(tables) if of_documents is None else of_documents
    findings = tables.findings
    document, own = codes(findings, "document"), bools(findings, "own_links")
    reposts = (codes(tables.documents, "same_text_as") != NONE).take(document)
    leaves, targets = _by_leave(tables.finding_links, "finding")
    kept = np.flatnonzero((own & ~reposts).take(leaves))
    leaves, targets = leaves.take(kept), targets.take(kept)
    given = counted(leaves, len(findings))
    handed = reposts | ~own
    first = by_document.starts.take(document)
    silent = (handed & ~by_document.established.take(first)) | (~handed & (given == 0))
    knows = bools(findings, "knows_itself") & ~reposts
    named = given + handed * (by_document.starts.take(document + 1) - first)
    starts = _starts(np.maximum((named + knows) * ~silent, silent))
    target = np.empty(starts[-1], dtype=np.int64)
    established = np.ones(len(target), dtype=bool)
    inherits = np.flatnonzero(handed & ~silent)
    which, row = spans(first.take(inherits), named.take(inherits))
    target[row + (starts.take(inherits) - first.take(inherits)).take(which)] = by_document.target.take(row)
    target[_places(starts, leaves, given)] = targets
    at_source = np.flatnonzero(silent | knows)
    target[starts.take(at_source + 1) - 1] = codes(tables.documents, "source").take(document.take(at_source))
    unsaid = np.flatnonzero(silent & ~knows)
    established[starts.take(unsaid)] = False
    return Links(starts, target, established)


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


def _places(starts: Codes, leaves: Codes, given: Codes) -> Codes:
    """Where the links that leave `leaves`, sorted and `given` of each, stand: the first of each at its start."""
    before = np.cumsum(given) - given
    return (starts[:-1] - before).take(leaves) + np.arange(len(leaves))
