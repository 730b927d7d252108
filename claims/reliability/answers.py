"""What each origin answers: whether a claim holds, by the findings that lead to the origin, once a claim and side.

A source that only relays answers nothing: what it passes on is an answer of the origin. Left out are findings that
verdicts set aside, those whose credibility is 6, claims that nobody can check, and the side from which the origin's
party gains. One that answers both ways gives half an answer each, and one that partly supports what the policy says.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from claims.independence.set_aside import COUNTS
from claims.model.grade import UNJUDGED_DIGIT
from claims.tables.columns import CONTRADICTS, PARTLY, STANCES, bools, codes, counted, found_in, ints
from claims.weigh.weights import AGAINST, FOR

if TYPE_CHECKING:
    from claims.model.policy import Policy
    from claims.tables.columns import Bools, Codes, Floats, Ints
    from claims.verdict.judgement import Judged


@dataclass(frozen=True, slots=True)
class Answers:
    """One row an answer, by claim, side, group and origin.

    group: row of Groups.groups, the origins that are one. origin: its code. side: FOR or AGAINST. weight: above 0, at
    most 1. established: of its group, that one says how it knows. carried: known only from documents of others. both:
    its group answers both ways.
    """

    claim: Codes
    side: Codes
    group: Codes
    origin: Codes
    weight: Floats
    established: Bools
    carried: Bools
    both: Bools

    def of(self, chosen: Bools | slice) -> Answers:
        """Some of them."""
        return Answers(
            self.claim[chosen], self.side[chosen], self.group[chosen], self.origin[chosen], self.weight[chosen],
            self.established[chosen], self.carried[chosen], self.both[chosen],
        )  # fmt: skip


class Given(NamedTuple):
    """The answers of a collection, and on how many claims an origin gave one that is not heard; [origin]."""

    answers: Answers
    interested: Ints
    """Its party gains from the side that it takes."""
    relayed: Ints
    """It only has from others what it says."""


def given(judged: Judged, policy: Policy) -> Given:
    """The answers behind the verdicts of a collection."""
    fits = _fits(judged, policy)
    every, gains = _answers(judged, policy, fits)
    heard = every.of(~gains)
    sides = np.zeros(len(judged.groups.groups), dtype=np.int8)
    for side in (FOR, AGAINST):
        sides[heard.group[heard.side == side]] |= 1 << side
    heard.both[:] = sides[heard.group] == (1 << FOR | 1 << AGAINST)
    heard.weight[heard.both] /= 2
    size = len(judged.tables.origins)
    own = pairs(every.claim, every.origin, size)
    unheard = _without(pairs(every.claim[gains], every.origin[gains], size), pairs(heard.claim, heard.origin, size))
    relayed = _without(_reported(judged, fits), own)
    return Given(heard, counted(unheard % size, size), counted(relayed % size, size))


def pairs(claim: Codes, origin: Codes, size: int) -> Ints:
    """Each pair of a claim and one of so many origins once, as a number, ascending."""
    key = claim.astype(np.int64) * size + origin
    key.sort(kind="stable")  # nearly in order already, and several times faster than np.unique
    return key[np.diff(key, prepend=-1) != 0]


def _without(some: Ints, others: Ints) -> Ints:
    return some[~found_in(others, some)[1]]


def _fits(judged: Judged, policy: Policy) -> Bools:
    """Of each finding: whether it says anything of who it comes from."""
    findings = judged.tables.findings
    fits: Bools = (judged.why == COUNTS) & (codes(findings, "digit") != UNJUDGED_DIGIT)
    fits &= _amounts(policy)[codes(findings, "stance")] > 0
    fits &= bools(judged.tables.claims, "checkable")[codes(findings, "claim")]
    return fits


def _amounts(policy: Policy) -> Floats:
    """What an answer of each stance counts."""
    return np.where(np.arange(len(STANCES)) == PARTLY, policy.partly, 1.0)


def _answers(judged: Judged, policy: Policy, fits: Bools) -> tuple[Answers, Bools]:
    """The answers, and whether the party of each one's group gains from its side."""
    tables, led, groups = judged.tables, judged.chains.origins, judged.groups.groups
    finding = codes(led, "finding")
    stance, claim_of = codes(tables.findings, "stance"), codes(tables.findings, "claim")
    row = np.flatnonzero(fits[finding])
    finding, origin = finding[row], codes(led, "origin")[row]
    claim, side = claim_of[finding], (stance == CONTRADICTS).astype(np.int8)[finding]
    group = _groups(judged, claim, origin)
    key = _key(judged, claim, side, group, origin)
    order = np.argsort(key, kind="stable")
    starts = np.flatnonzero(np.diff(key[order], prepend=-1))
    first = order[starts]
    publisher = codes(tables.documents, "source")[codes(tables.findings, "document")[finding]]
    found = Answers(
        claim=claim[first],
        side=side[first],
        group=group[first],
        origin=origin[first],
        weight=np.maximum.reduceat(_amounts(policy)[stance[finding]][order], starts) if len(starts) else np.zeros(0),
        established=bools(groups, "established")[group[first]],
        carried=~np.maximum.reduceat((publisher == origin)[order], starts) if len(starts) else np.zeros(0, bool),
        both=np.zeros(len(first), dtype=bool),
    )
    gains = np.stack([bools(groups, "gains"), bools(groups, "loses")])
    return found, gains[found.side, found.group]


def _groups(judged: Judged, claim: Codes, origin: Codes) -> Codes:
    """The row of Groups.groups in which each origin stands on a claim."""
    groups, owner = judged.groups.groups, codes(judged.tables.origins, "owner")
    size = int(owner.max(initial=0)) + 1
    keys = ints(groups, "claim") * size + owner[codes(groups, "origin")]
    order = np.argsort(keys, kind="stable")
    return order[found_in(keys[order], claim.astype(np.int64) * size + owner[origin])[0]]


def _key(judged: Judged, claim: Codes, side: Codes, group: Codes, origin: Codes) -> Ints:
    """Numbers that sort by claim, side, group and origin."""
    groups = ints(judged.groups.groups, "claim")
    begins = np.searchsorted(groups, np.arange(len(judged.tables.claims)))
    place = group - begins[claim]
    key = (claim.astype(np.int64) * 2 + side) * (int(place.max(initial=0)) + 1) + place
    return key * len(judged.tables.origins) + origin


def _reported(judged: Judged, fits: Bools) -> Ints:
    """The claims on which each source has findings that fit, as `pairs`."""
    tables, row = judged.tables, np.flatnonzero(fits)
    publisher = codes(tables.documents, "source")[codes(tables.findings, "document")[row]]
    return pairs(codes(tables.findings, "claim")[row], publisher, len(tables.origins))
