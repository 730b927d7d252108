"""What each group weighs: log-odds, ln(p / (1 - p)), of its strongest member, for and against apart, never a sum.

Weights are whole numbers of 2^-40 nat, so that sums are exact and no order of the input can reach a verdict.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from claims.model.grade import UNJUDGED_DIGIT, UNJUDGED_LETTER
from claims.tables.columns import CONTRADICTS, PARTLY, bools, ints

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from claims.independence.groups import Groups
    from claims.model.policy import Policy
    from claims.tables.columns import Tables

    Ints = NDArray[np.int64]
    Bools = NDArray[np.bool_]

NAT: Final = 1 << 40
"""Units of weight in one nat."""

SHIFTS: Final = (0, 1, -1)
"""Letters as given, one step down, one step up."""

FOR, AGAINST = 0, 1


@dataclass(frozen=True, slots=True)
class Weights:
    """Weights of members and groups, in units of 1/NAT.

    member: one a row of Groups.members, at the letters as given; digit: the credibility that it is weighed with;
    side: FOR or AGAINST. group: [shift, side, group]. interested, counts, against_interest: [side, group];
    a group counts for a side where it is not interested and its weight there is above zero.
    """

    member: Ints
    digit: Ints
    side: Ints
    group: Ints
    present: Bools
    interested: Bools
    against_interest: Bools
    counts: Bools


def weights_of(tables: Tables, groups: Groups, policy: Policy) -> Weights:
    """What the findings and groups of all claims weigh under that policy."""
    finding = ints(groups.members, "finding")
    group = ints(groups.members, "group")
    stance = ints(tables.findings, "stance")[finding]
    side = np.where(stance == CONTRADICTS, AGAINST, FOR)
    interested = np.stack([bools(groups.groups, "gains"), bools(groups.groups, "loses")])
    opposed = interested[::-1] & ~interested
    digit = _digits(ints(tables.findings, "digit")[finding], opposed[side, group], policy)
    letter = ints(groups.members, "letter")
    partly = stance == PARTLY
    member = np.stack([_weighed(_shifted(letter, shift), digit, partly, policy) for shift in SHIFTS])
    size = len(groups.groups)
    heaviest = np.zeros((len(SHIFTS), 2, size), dtype=np.int64)
    for n in range(len(SHIFTS)):
        np.maximum.at(heaviest[n], (side, group), member[n])
    present = np.zeros((2, size), dtype=bool)
    present[side, group] = True
    return Weights(
        member=member[0],
        digit=digit,
        side=side,
        group=heaviest,
        present=present,
        interested=interested & present,
        against_interest=opposed & present,
        counts=present & ~interested & (heaviest[0] > 0),
    )


def _digits(given: Ints, against_interest: Bools, policy: Policy) -> Ints:
    """The credibility a finding is weighed with: 1 reads as 2, and a word against interest is one step up."""
    digit = np.where(given == 0, policy.unstated_credibility, np.maximum(given, 2))
    raised = against_interest & (digit < UNJUDGED_DIGIT)
    return np.where(raised, np.maximum(digit - 1, 2), digit)


def _shifted(letter: Ints, steps: int) -> Ints:
    """Letters so many steps down the scale (up where negative), A to E; F stays F."""
    return np.where(letter == UNJUDGED_LETTER, letter, np.clip(letter + steps, 0, UNJUDGED_LETTER - 1))


def _weighed(letter: Ints, digit: Ints, partly: Bools, policy: Policy) -> Ints:
    table = np.array([[policy.weight(row, column) for column in range(UNJUDGED_DIGIT + 1)] for row in range(6)])
    table[:, 0] = 0.0
    full = table[letter, digit]
    return np.rint(np.where(partly, full * policy.partly, full) * NAT).astype(np.int64)
