"""Collections in which it is known how reliable each source is: everything in them is invented, by a seed."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from claims.model.grade import LETTERS
from claims.tables import columns as c

if TYPE_CHECKING:
    from claims.tables.columns import Floats, Tables


class World(NamedTuple):
    """A collection, and of each of its sources how often it is right."""

    tables: Tables
    accuracy: Floats


def world(
    seed: int,
    *,
    sources: int = 200,
    claims: int = 1500,
    each: int = 6,
    beta: tuple[float, float] = (8, 3),
    letters: str = "F",
) -> World:
    """So many sources on so many claims, `each` on every claim; accuracies are drawn from a Beta distribution.

    letters: the grades of the sources, in turn.
    """
    chance = np.random.default_rng(seed)
    accuracy = chance.beta(*beta, sources)
    holds = chance.random(claims) < 0.7
    first, step = chance.integers(0, sources, claims), chance.integers(1, max(sources // each, 2), claims)
    claim = np.repeat(np.arange(claims), each)
    source = (np.repeat(first, each) + np.repeat(step, each) * np.tile(np.arange(each), claims)) % sources
    is_right = chance.random(claim.size) < accuracy[source]
    stance = np.where(is_right == holds[claim], c.SUPPORTS, c.CONTRADICTS)
    return World(_tables(claim, source, stance, sources, letters), accuracy)


def _tables(claim: c.Ints, source: c.Ints, stance: c.Ints, sources: int, letters: str) -> Tables:
    number, code = len(claim), np.arange(sources)
    given = np.array([LETTERS.index(letter) for letter in letters])
    return c.Tables(
        claims=c.table(c.CLAIMS, {"id": [""] * (int(claim[-1]) + 1), "begins": _all(claim[-1] + 1, c.NO_DAY),
                                  "checkable": _all(claim[-1] + 1, 1), "searches": _all(claim[-1] + 1, 0)}),
        origins=c.table(c.ORIGINS, {"id": [f"s{n}" for n in code], "letter": given[code % len(given)],
                                    "party": _all(sources, -1), "owner": code}),
        documents=c.table(c.DOCUMENTS, {"id": [""] * sources, "source": code, "ends": _all(sources, c.NO_DAY),
                                        "retracted": _all(sources, 0), "later": _all(sources, 0),
                                        "same_text_as": _all(sources, -1)}),
        document_links=_empty(c.DOCUMENT_LINKS),
        findings=c.table(c.FINDINGS, {"id": [""] * number, "claim": claim, "document": source, "stance": stance,
                                      "digit": _all(number, 0), "knows_itself": _all(number, 1),
                                      "own_links": _all(number, 0), "mismatch": _all(number, 0)}),
        finding_links=_empty(c.FINDING_LINKS),
        speakers=_empty(c.CLAIM_SPEAKERS),
        interests=_empty(c.INTERESTS),
    )  # fmt: skip


def _all(number: int, value: int) -> c.Ints:
    return np.full(int(number), value, dtype=np.int64)


def _empty(shape: c.Shape) -> c.Table:
    return c.table(shape, {name: [] for name in shape})
