"""What each group weighs: log-odds, ln(p / (1 - p)), of its strongest member, for and against apart, never a sum.

Weights are whole numbers of 2^-40 nat, so that sums are exact and no order of the input can reach a verdict.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from claims.model.grade import UNJUDGED_DIGIT, UNJUDGED_LETTER
from claims.tables.columns import CONTRADICTS, PARTLY, bools, codes

if TYPE_CHECKING:
    from claims.independence.groups import Groups
    from claims.model.policy import Policy
    from claims.tables.columns import Bools, Codes, Ints, Tables

NAT: Final = 1 << 40
"""Units of weight in one nat."""

SHIFTS: Final = (0, 1, -1)
"""Letters as given, one step down, one step up."""

FOR, AGAINST = 0, 1
N_DIGITS: Final = UNJUDGED_DIGIT + 1


@dataclass(frozen=True, slots=True)
class Weights:
    """Weights of members and groups, in units of 1/NAT.

    member: one a row of Groups.members, at the letters as given; digit: the credibility that it is weighed with;
    side: FOR or AGAINST. group: [shift, side, group]. interested, counts, against_interest: [side, group];
    a group counts for a side where it is not interested and its weight there is above zero.
    """

    member: Ints
    digit: Codes
    side: Codes
    group: Ints
    present: Bools
    interested: Bools
    against_interest: Bools
    counts: Bools


def weights_of(tables: Tables, groups: Groups, policy: Policy) -> Weights:
    """What the findings and groups of all claims weigh under that policy."""
    group = codes(groups.members, "group")
    of_finding = codes(tables.findings, "stance"), codes(tables.findings, "digit")
    stance, given = (column[codes(groups.members, "finding")] for column in of_finding)
    side = (stance == CONTRADICTS).astype(np.int8)
    interested = np.stack([bools(groups.groups, "gains"), bools(groups.groups, "loses")])
    opposed = interested[::-1] & ~interested
    against = np.where(side == AGAINST, opposed[AGAINST][group], opposed[FOR][group])
    digit = _digits(given, against, policy)
    cell = _cell(codes(groups.members, "letter"), digit, stance == PARTLY)
    present = np.zeros((2, len(groups.groups)), dtype=bool)
    heaviest = np.zeros((len(SHIFTS), *present.shape), dtype=np.int64)
    tables_of_weights = [_cells(shift, policy) for shift in SHIFTS]
    for n in (FOR, AGAINST):
        rows = np.flatnonzero(side == n)
        starts = np.flatnonzero(_differs(group[rows]))
        standing = group[rows[starts]]
        present[n, standing] = True
        for shift, table in enumerate(tables_of_weights):
            weight = table[cell[rows]]
            heaviest[shift, n, standing] = np.maximum.reduceat(weight, starts) if len(starts) else weight
    return Weights(
        member=tables_of_weights[0][cell],
        digit=digit,
        side=side,
        group=heaviest,
        present=present,
        interested=interested & present,
        against_interest=opposed & present,
        counts=present & ~interested & (heaviest[0] > 0),
    )


def _differs(group: Codes) -> Bools:
    first = np.ones(len(group), dtype=bool)
    np.not_equal(group[1:], group[:-1], out=first[1:])
    return first


def _digits(given: Codes, against_interest: Bools, policy: Policy) -> Codes:
    """The credibility a finding is weighed with: 1 reads as 2, and a word against interest is one step up."""
    usual = np.array([policy.unstated_credibility, 2, *range(2, UNJUDGED_DIGIT + 1)], dtype=np.int8)
    raised = np.where(usual < UNJUDGED_DIGIT, np.maximum(usual - 1, 2), usual).astype(np.int8)
    return np.where(against_interest, raised[given], usual[given])


def _cell(letter: Codes, digit: Codes, partly: Bools) -> Codes:
    """The place of a letter and a digit, whole or half, in a table of weights."""
    return ((letter * N_DIGITS + digit) * 2 + partly).astype(np.int8)


def _cells(steps: int, policy: Policy) -> Ints:
    """The weight of every cell, letters taken so many steps down the scale (up where negative); F stays F."""
    letters = [
        *(min(max(letter + steps, 0), UNJUDGED_LETTER - 1) for letter in range(UNJUDGED_LETTER)),
        UNJUDGED_LETTER,
    ]
    full = np.array([[policy.weight(letter, digit) for digit in range(N_DIGITS)] for letter in letters])
    full[:, 0] = 0.0
    return np.rint(np.stack([full, full * policy.partly], axis=-1) * NAT).astype(np.int64).ravel()
