"""A large collection as columns, with the habits of a real one: chains, reposts, owners, parties, withdrawals.

Everything in it is invented; the same size and seed give the same columns. Ids are left empty: the kernel sees codes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np

from claims.tables import columns as c

if TYPE_CHECKING:
    from claims.tables.columns import Bools, Ints, Tables

FIRST_DAY: Final = 737_000
DAYS: Final = 1000
PARTIES: Final = 40
LONGEST: Final = 4
"""Documents that follow each other in one chain, at most."""


class Extent(NamedTuple):
    """How many findings there are; all else follows from it."""

    findings: int

    @property
    def claims(self) -> int:
        """Ten findings a claim, on average."""
        return max(1, self.findings // 10)

    @property
    def sources(self) -> int:
        """Sources grow slowly: ten thousand for ten million findings."""
        return max(20, self.findings // 1000)

    @property
    def speakers(self) -> int:
        """Fewer than sources."""
        return max(2, self.sources // 10)

    @property
    def origins(self) -> int:
        """Sources, then speakers."""
        return self.sources + self.speakers

    @property
    def documents(self) -> int:
        """A document speaks of four claims, on average."""
        return max(10, self.findings // 4)


def collection(findings: int, seed: int = 1) -> Tables:
    """A collection of so many findings."""
    extent, chance = Extent(findings), np.random.default_rng(seed)
    source = (extent.sources * chance.random(extent.documents) ** 2).astype(np.int64)
    spoken, table = _findings(extent, chance)
    return c.Tables(
        claims=_claims(extent, chance),
        origins=_origins(extent, chance),
        documents=_documents(extent, chance, source),
        document_links=_document_links(extent, chance),
        findings=table,
        finding_links=_finding_links(extent, chance, spoken),
        speakers=_speakers(extent, chance),
        interests=_interests(extent, chance),
    )


def _ids(number: int) -> list[str]:
    return [""] * number


def _some(chance: np.random.Generator, number: int, share: float) -> Bools:
    return chance.random(number) < share


def _claims(extent: Extent, chance: np.random.Generator) -> c.Table:
    number = extent.claims
    day = FIRST_DAY + DAYS * np.arange(number) // number
    return c.table(
        c.CLAIMS,
        {
            "id": _ids(number),
            "begins": np.where(_some(chance, number, 0.5), day, c.NO_DAY),
            "checkable": _some(chance, number, 0.95),
            "searches": _some(chance, number, 0.1).astype(np.int64),
        },
    )


def _origins(extent: Extent, chance: np.random.Generator) -> c.Table:
    number = extent.origins
    code = np.arange(number)
    other = chance.integers(0, extent.sources, number)
    return c.table(
        c.ORIGINS,
        {
            "id": _ids(number),
            "letter": np.asarray([0, 1, 1, 1, 2, 2, 2, 3, 3, 4, 5])[chance.integers(0, 11, number)],
            "party": np.where(_some(chance, number, 0.3), chance.integers(0, PARTIES, number), -1),
            "owner": np.where(_some(chance, number, 0.2), other // 4 * 4, code),
        },
    )


def _documents(extent: Extent, chance: np.random.Generator, source: Ints) -> c.Table:
    number = extent.documents
    code = np.arange(number)
    day = FIRST_DAY + DAYS * code // number + chance.integers(-1, 20, number)
    reposts = _some(chance, number, 0.03) & (code % LONGEST > 0)
    return c.table(
        c.DOCUMENTS,
        {
            "id": _ids(number),
            "source": source,
            "ends": np.where(_some(chance, number, 0.8), day, c.NO_DAY),
            "retracted": _some(chance, number, 0.01),
            "later": _some(chance, number, 0.01),
            "same_text_as": np.where(reposts, code - 1, -1),
        },
    )


def _document_links(extent: Extent, chance: np.random.Generator) -> c.Table:
    """A third of the documents rely on something: a document before them, a source, or a speaker; some on two."""
    leaves = np.sort(chance.integers(0, extent.documents, extent.documents * 38 // 100))
    return c.table(c.DOCUMENT_LINKS, {"document": leaves, "target": _targets(extent, chance, leaves)})


def _targets(extent: Extent, chance: np.random.Generator, document: Ints) -> Ints:
    """What each of these documents relies on: runs of LONGEST documents hold chains, so that none is longer."""
    named = np.where(
        _some(chance, len(document), 0.95),
        chance.integers(0, extent.sources, len(document)),
        chance.integers(extent.sources, extent.origins, len(document)),
    )
    is_chain = _some(chance, len(document), 0.6) & (document % LONGEST > 0)
    return np.where(is_chain, extent.origins + document - 1, named)


def _findings(extent: Extent, chance: np.random.Generator) -> tuple[Ints, c.Table]:
    number = extent.findings
    claim = np.sort(chance.integers(0, extent.claims, number))
    document = (claim * extent.documents // extent.claims + chance.integers(0, 16, number)) % extent.documents
    own = _some(chance, number, 0.12)
    table = c.table(
        c.FINDINGS,
        {
            "id": _ids(number),
            "claim": claim,
            "document": document,
            "stance": np.asarray([0, 0, 0, 0, 0, 1, 2, 2, 3, 4])[chance.integers(0, 10, number)],
            "digit": np.asarray([0, 0, 0, 1, 2, 2, 3, 3, 4, 5, 6])[chance.integers(0, 11, number)],
            "knows_itself": _some(chance, number, 0.3),
            "own_links": own,
            "mismatch": _some(chance, number, 0.02).astype(np.int64),
        },
    )
    return np.where(own, document, -1), table


def _finding_links(extent: Extent, chance: np.random.Generator, spoken: Ints) -> c.Table:
    """Of findings with links of their own, nine in ten name something, and one in ten a second origin."""
    own = np.flatnonzero(spoken >= 0)
    first, second = own[_some(chance, len(own), 0.9)], own[_some(chance, len(own), 0.1)]
    finding = np.sort(np.concatenate([first, second]))
    return c.table(c.FINDING_LINKS, {"finding": finding, "target": _targets(extent, chance, spoken[finding])})


def _speakers(extent: Extent, chance: np.random.Generator) -> c.Table:
    claim = np.flatnonzero(_some(chance, extent.claims, 0.3))
    return c.table(
        c.CLAIM_SPEAKERS, {"claim": claim, "origin": chance.integers(extent.sources, extent.origins, len(claim))}
    )


def _interests(extent: Extent, chance: np.random.Generator) -> c.Table:
    """On a third of the claims one party gains, and the next loses."""
    claim = np.flatnonzero(_some(chance, extent.claims, 0.33))
    party = chance.integers(0, PARTIES // 2, len(claim)) * 2
    return c.table(
        c.INTERESTS,
        {
            "claim": np.repeat(claim, 2),
            "party": np.stack([party, party + 1], axis=1).ravel(),
            "gains": np.tile([True, False], len(claim)),
        },
    )
