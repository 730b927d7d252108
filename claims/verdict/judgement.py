"""The kernel on one page: tables -> chains -> groups -> weights -> sides -> verdicts, for all claims at once."""

from __future__ import annotations

import os
from collections import deque
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

import numpy as np

from claims.independence.groups import Groups, groups_of
from claims.independence.links import publications
from claims.independence.origins import Chains, chains
from claims.independence.set_aside import set_aside
from claims.tables.blocks import blocks, by_claim, cut
from claims.threads import side_by_side
from claims.verdict.content import credibility_of, reports_on, state_of, verdicts
from claims.verdict.hinges import Hinges, hinges
from claims.verdict.joined import Joined
from claims.verdict.parted import Parted
from claims.verdict.remedies import Remedies, remedies
from claims.weigh.sides import Sides, probability, sides_of
from claims.weigh.weights import AGAINST, FOR, SHIFTS, Weights, weights_of

if TYPE_CHECKING:
    from claims.independence.links import Publications
    from claims.model.policy import Policy
    from claims.tables.blocks import Block
    from claims.tables.columns import Codes, Floats, Tables

BLOCK: Final = 1 << 18
"""Findings that are judged at once: few enough for their columns to stay near the processor."""


@dataclass(frozen=True, slots=True)
class Judged:
    """The kernel's answer for every claim of a collection, as columns; [claim] unless said otherwise."""

    tables: Tables
    chains: Chains
    why: Codes
    """Per finding: position in WHYS, or past its end."""
    groups: Groups
    weights: Weights
    sides: Sides
    verdict: Codes
    """Position in VERDICTS."""
    probability: Floats
    """[shift, claim]: letters as given, one step down, one step up."""
    credibility: Codes
    hinges: Hinges
    remedies: Remedies


def judge(tables: Tables, policy: Policy) -> Judged:
    """The kernel: verdicts, with all that led to them, for every claim in `tables`.

    A large collection is judged in blocks of claims, side by side; the answer is the same however it is cut.
    """
    known = publications(tables)
    ordered = by_claim(tables)
    found = blocks(tables, BLOCK)
    together: Joined[Judged] = Joined(len(found))

    def part(numbered: tuple[int, Block]) -> None:
        place, block = numbered
        together.add(place, replace(_judged(cut(ordered, block), known, policy), tables=tables))

    if len(found) == 1:
        part((0, found[0]))
    else:
        deque(side_by_side(part, enumerate(found), os.cpu_count() or 1), maxlen=0)
    return together.whole()


def _judged(tables: Tables, known: Publications, policy: Policy) -> Judged:
    walked = chains(tables, known)
    why = set_aside(tables, walked)
    groups = groups_of(tables, walked, why)
    weights = weights_of(tables, groups, policy)
    sides = sides_of(groups, weights, len(tables.claims))
    reports = reports_on(tables)
    state = state_of(tables, sides, reports)
    verdict = verdicts(state, policy)
    weight = np.stack([sides.weight(shift) for shift in range(len(SHIFTS))])
    p = probability(weight[:, FOR], weight[:, AGAINST], policy)
    return Judged(
        tables=tables,
        chains=walked,
        why=why,
        groups=groups,
        weights=weights,
        sides=sides,
        verdict=verdict,
        probability=p,
        credibility=credibility_of(verdict, p[0], policy),
        hinges=hinges(Parted(tables, walked, why, groups, weights, reports, policy), sides, state, verdict),
        remedies=remedies(state, sides, verdict, policy),
    )
