"""A case as columns, at a date: what was published later is left out of every chain, record and interest.

The date that decides whether a prediction is due is the report's date or, without one, the latest date of any
document in the case: a report is the same whenever it is made.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from claims.model.grade import LETTERS
from claims.tables import columns as c
from claims.tables.values import (
    STANCE_CODE,
    digit_of,
    first_day,
    gain_and_lose,
    is_asserted,
    is_checkable,
    is_own_knowledge,
    is_own_word,
    is_retracted,
    last_day,
    latest,
    n_searches,
    stance_of,
    ties_of,
)  # fmt: skip

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Mapping

    from claims.model.case import Case
    from claims.model.claim import Claim
    from claims.model.finding import Finding


@dataclass(frozen=True, slots=True)
class Codes:
    """The position of every id in the table of its kind."""

    parties: Mapping[str, int]
    origins: Mapping[str, int]
    documents: Mapping[str, int]
    claims: Mapping[str, int]

    def target(self, ref: str) -> int:
        """The code of a link's target: an origin's, or that of a document behind all origins."""
        origin = self.origins.get(ref)
        return len(self.origins) + self.documents[ref] if origin is None else origin


def today_of(case: Case, as_of: dt.date | None) -> dt.date | None:
    """The date as which the case is judged: the report's, else the latest that any of its documents bears."""
    if as_of is not None:
        return as_of
    return latest(date for document in case.documents for date in (document.published, document.retrieved))


def codes_of(case: Case) -> Codes:
    """The codes of a case's ids; sections are in the order of their ids, origins are sources, then speakers."""
    return Codes(
        parties={party.id: n for n, party in enumerate(case.parties)},
        origins={entry.id: n for n, entry in enumerate(case.origins)},
        documents={document.id: n for n, document in enumerate(case.documents)},
        claims={claim.id: n for n, claim in enumerate(case.claims)},
    )


def tables_of(case: Case, as_of: dt.date | None, copies: Mapping[str, str]) -> c.Tables:
    """The case as it stood on `as_of` (None: with everything in it).

    copies: documents whose stored text was found to be a near-duplicate of an earlier one's, and that one.
    """
    return CaseTables(case).on(as_of, copies)


class CaseTables:
    """A case as columns, as it stood on any day; what no day changes is made once."""

    def __init__(self, case: Case) -> None:
        self._case, self._codes = case, codes_of(case)
        self._origins, self._findings = origins_of(case, self._codes), _findings(case, self._codes)
        self._first = np.array([first_day(document.published) for document in case.documents], dtype=np.int64)
        of_documents = ((n, document.relies_on) for n, document in enumerate(case.documents))
        of_findings = ((n, finding.relies_on or ()) for n, finding in enumerate(case.findings))
        self._document_links = _pairs(of_documents, self._codes)
        self._finding_links = _pairs(of_findings, self._codes)

    def on(self, as_of: dt.date | None, copies: Mapping[str, str]) -> c.Tables:
        """The tables of that day, as `tables_of` gives them."""
        case, codes = self._case, self._codes
        appeared = np.ones(len(case.documents), dtype=bool) if as_of is None else self._first <= as_of.toordinal()
        later = {case.documents[n].id for n in np.flatnonzero(~appeared)}
        is_there = np.concatenate([np.ones(len(codes.origins), dtype=bool), appeared])
        return c.Tables(
            claims=_claims(case, as_of),
            origins=self._origins,
            documents=_documents(case, codes, later, as_of, copies),
            document_links=_links(c.DOCUMENT_LINKS, "document", self._document_links, is_there),
            findings=self._findings,
            finding_links=_links(c.FINDING_LINKS, "finding", self._finding_links, is_there),
            speakers=_speakers(case, codes, later),
            interests=_interests(case, codes, later),
        )


def _claims(case: Case, as_of: dt.date | None) -> c.Table:
    today = today_of(case, as_of)
    return c.table(
        c.CLAIMS,
        {
            "id": [claim.id for claim in case.claims],
            "begins": [first_day(claim.when) for claim in case.claims],
            "checkable": [is_checkable(claim, today) for claim in case.claims],
            "searches": [n_searches(claim.searches, as_of) for claim in case.claims],
        },
    )


def origins_of(case: Case, codes: Codes) -> c.Table:
    """The sources and the speakers of a case as columns; its other entries do not matter."""
    entries = case.origins
    return c.table(
        c.ORIGINS,
        {
            "id": [entry.id for entry in entries],
            "letter": [LETTERS.index(entry.reliability) for entry in entries],
            "party": [codes.parties[entry.party] if entry.party else -1 for entry in entries],
            "owner": _owners(case, codes),
        },
    )


def _owners(case: Case, codes: Codes) -> c.Ints:
    """One label for all that is one: by owner, up to the last one, and a speaker with his own voice."""
    names: dict[str, int] = {}
    above = list(range(len(codes.origins)))
    for source in case.sources:
        if source.owner:
            name = " ".join(source.owner.casefold().split())
            known = codes.origins.get(source.owner)
            above[codes.origins[source.id]] = (
                len(codes.origins) + names.setdefault(name, len(names)) if known is None else known
            )
    for speaker in case.speakers:
        if speaker.voice:
            above[codes.origins[speaker.id]] = codes.origins[speaker.voice]
    above += range(len(codes.origins), len(codes.origins) + len(names))
    return _heads(np.asarray(above, dtype=np.int64))[: len(codes.origins)]


def _heads(above: c.Ints) -> c.Ints:
    """For each place, the end of the line that goes up from it; of a circle, its first place.

    Every place but an end names one above it. Lines are followed by doubling the stride, with the lowest place passed.
    """
    far, lowest = above, np.minimum(np.arange(len(above)), above)
    for _ in range(len(above).bit_length() + 1):
        lowest = np.minimum(lowest, lowest[far])
        far = far[far]
    return lowest[far]


def _documents(case: Case, codes: Codes, later: set[str], as_of: dt.date | None, copies: Mapping[str, str]) -> c.Table:
    originals = [document.same_text_as or copies.get(document.id) for document in case.documents]
    return c.table(
        c.DOCUMENTS,
        {
            "id": [document.id for document in case.documents],
            "source": [codes.origins[document.source] for document in case.documents],
            "ends": [last_day(document.published) for document in case.documents],
            "retracted": [is_retracted(document.retracted, as_of) for document in case.documents],
            "later": [document.id in later for document in case.documents],
            "same_text_as": [codes.documents[o] if o and o not in later else -1 for o in originals],
        },
    )


def _pairs(entries: Iterable[tuple[int, tuple[str, ...]]], codes: Codes) -> c.Ints:
    """[link, (place of the entry, target)] of all links of these entries, in the order given."""
    pairs = [(n, codes.target(ref)) for n, refs in entries for ref in refs]
    return np.asarray(pairs, dtype=np.int64).reshape(-1, 2)


def _links(shape: c.Shape, name: str, pairs: c.Ints, is_there: c.Bools) -> c.Table:
    """The links whose target has appeared."""
    both = pairs[is_there[pairs[:, 1]]]
    return c.table(shape, {name: both[:, 0], "target": both[:, 1]})


def _findings(case: Case, codes: Codes) -> c.Table:
    claims = {claim.id: claim for claim in case.claims}
    rows = [_finding(finding, claims[finding.claim], codes, case.policy.tolerance) for finding in case.findings]
    numbers = np.asarray(rows, dtype=np.int64).reshape(-1, len(NUMBERS))
    columns: dict[str, object] = {name: numbers[:, n] for n, name in enumerate(NUMBERS)}
    return c.table(c.FINDINGS, {"id": [finding.key for finding in case.findings], **columns})


NUMBERS: Final = ("claim", "document", "stance", "digit", "knows_itself", "own_links", "mismatch")
"""The columns of a finding that are numbers."""


def _finding(finding: Finding, claim: Claim, codes: Codes, tolerance: float) -> tuple[int, ...]:
    """One row of NUMBERS."""
    stance, mismatch = stance_of(claim, finding, tolerance)
    return (
        codes.claims[finding.claim],
        codes.documents[finding.document],
        STANCE_CODE[stance],
        digit_of(finding.credibility),
        is_own_knowledge(finding.basis),
        finding.relies_on is not None,
        mismatch,
    )


def _speakers(case: Case, codes: Codes, later: set[str]) -> c.Table:
    voices = {speaker.id: speaker.voice for speaker in case.speakers}
    pairs = {
        (codes.claims[statement.claim], codes.origins[origin])
        for statement in case.statements
        if statement.document not in later and is_own_word(statement.stance)
        for origin in (statement.speaker, voices[statement.speaker])
        if origin
    }
    both = np.asarray(sorted(pairs), dtype=np.int64).reshape(-1, 2)
    return c.table(c.CLAIM_SPEAKERS, {"claim": both[:, 0], "origin": both[:, 1]})


def _interests(case: Case, codes: Codes, later: set[str]) -> c.Table:
    ties = ties_of(case.parties)
    asserting = _asserting_parties(case, later)
    rows = []
    for n, claim in enumerate(case.claims):
        gains, loses = gain_and_lose(claim.favours, claim.harms, asserting.get(claim.id, set()), ties)
        rows += [(n, codes.parties[party], True) for party in gains]
        rows += [(n, codes.parties[party], False) for party in loses]
    three = np.asarray(sorted(rows), dtype=np.int64).reshape(-1, 3)
    return c.table(c.INTERESTS, {"claim": three[:, 0], "party": three[:, 1], "gains": three[:, 2].astype(bool)})


def _asserting_parties(case: Case, later: set[str]) -> dict[str, set[str]]:
    party_of = {speaker.id: speaker.party for speaker in case.speakers}
    result: dict[str, set[str]] = {}
    for statement in case.statements:
        party = party_of[statement.speaker]
        if party and is_asserted(statement.stance) and statement.document not in later:
            result.setdefault(statement.claim, set()).add(party)
    return result
