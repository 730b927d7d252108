"""The probability of a claim line by line, with the kernel's own figures, so that it can be done again on paper."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from claims.model.audit import Arithmetic, InSum, Shifted, SideSum, Term
from claims.model.grade import LETTERS, UNJUDGED_DIGIT, UNJUDGED_LETTER, grade
from claims.tables.columns import PARTLY, bools, ids, ints
from claims.weigh.sides import probability
from claims.weigh.weights import AGAINST, FOR, NAT, SHIFTS

if TYPE_CHECKING:
    from claims.model.assessment import Side
    from claims.model.audit import Rule
    from claims.model.case import Case
    from claims.verdict.judgement import Judged

SIDES: Final[tuple[Side, ...]] = ("for", "against")


def arithmetic_of(case: Case, judged: Judged, n: int) -> Arithmetic:
    """The sum behind the probability of the claim at position `n`; interested groups are not in it."""
    prior = case.policy.prior
    start = float(np.log(prior / (1 - prior)))
    sums = [_side(case, judged, n, side) for side in (FOR, AGAINST)]
    sides = judged.sides
    weight = np.array([[sides.weighs(shift, side, n) for side in (FOR, AGAINST)] for shift in range(len(SHIFTS))])
    p = probability(weight[:, FOR], weight[:, AGAINST], case.policy)
    odds = [start + float(weight[s, FOR] - weight[s, AGAINST]) / NAT for s in range(len(SHIFTS))]
    return Arithmetic(
        prior=prior,
        prior_log_odds=start,
        for_=sums[FOR],
        against=sums[AGAINST],
        log_odds=Shifted(*odds),
        probability=Shifted(*(float(share) for share in p)),
    )


def _side(case: Case, judged: Judged, n: int, side: int) -> SideSum:
    groups, weights, sides = judged.groups.groups, judged.weights, judged.sides
    start, stop = np.searchsorted(ints(groups, "claim"), [n, n + 1])
    rows = start + np.flatnonzero(weights.present[side, start:stop] & ~weights.interested[side, start:stop])
    established = bools(groups, "established")
    order = sorted((int(g) for g in rows), key=lambda g: (not established[g], -weights.of_group(0, side, g), g))
    summed = [_summed(judged, order, n, side, shift) for shift in range(len(SHIFTS))]
    terms = tuple(_term(case, judged, g, side, InSum(*(g in chosen for chosen in summed))) for g in order)
    rule = _rule(*sides.parts(0, side, n))
    return SideSum(
        SIDES[side], terms, rule, Shifted(*(sides.weighs(shift, side, n) / NAT for shift in range(len(SHIFTS))))
    )


def _rule(established: int, other: int) -> Rule:
    if not max(established, other):
        return "nothing"
    return "established" if established >= other else "heaviest"


def _summed(judged: Judged, order: list[int], n: int, side: int, shift: int) -> list[int]:
    """The groups whose weights make up a side: those established, or the heaviest other."""
    established = bools(judged.groups.groups, "established")
    sides, weights = judged.sides, judged.weights
    together, heaviest = sides.parts(shift, side, n)
    if together >= heaviest:
        return [g for g in order if established[g]]
    return [max((g for g in order if not established[g]), key=lambda g: weights.of_group(shift, side, g))]


def _term(case: Case, judged: Judged, g: int, side: int, in_sum: InSum) -> Term:
    row = strongest_of(case, judged, g, side)
    groups, members, weights = judged.groups.groups, judged.groups.members, judged.weights
    finding = int(ints(members, "finding")[row])
    letter, digit = LETTERS[ints(members, "letter")[row]], int(weights.digit[row])
    is_judged = letter != LETTERS[UNJUDGED_LETTER] and digit < UNJUDGED_DIGIT
    return Term(
        group=str(ids(judged.tables.origins)[ints(groups, "origin")[g]]),
        finding=case.findings[finding].key,
        grade=grade(letter, digit),
        probability=case.policy.probability[letter][digit] if is_judged else None,  # type: ignore[index]
        is_half=int(ints(judged.tables.findings, "stance")[finding]) == PARTLY,
        established=bool(bools(groups, "established")[g]),
        in_sum=in_sum,
        weight=Shifted(*(weights.of_group(s, side, g) / NAT for s in range(len(SHIFTS)))),
    )


def strongest_of(case: Case, judged: Judged, g: int, side: int) -> int:
    """The row of the member that weighs most in a group on a side; of equal ones, the last by id."""
    members, weights = judged.groups.members, judged.weights
    start, stop = np.searchsorted(ints(members, "group"), [g, g + 1])
    rows = [int(row) for row in range(start, stop) if weights.side[row] == side]
    finding = ints(members, "finding")
    return max(rows, key=lambda row: (weights.of_member(row), case.findings[finding[row]].key))
