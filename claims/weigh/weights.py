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
    from numpy.typing import NDArray

    from claims.independence.groups import Groups
    from claims.model.policy import Policy
    from claims.tables.columns import Bools, Codes, Ints, Tables

    Ranks = NDArray[np.uint8]

NAT: Final = 1 << 40
"""Units of weight in one nat."""

SHIFTS: Final = (0, 1, -1)
"""Letters as given, one step down, one step up."""

FOR, AGAINST = 0, 1
N_DIGITS: Final = UNJUDGED_DIGIT + 1


@dataclass(frozen=True, slots=True)
class Weights:
    """Weights of members and groups, in units of 1/NAT.

    A policy knows few weights: `scale` holds them, ascending from 0, and each weight stands as its place there.
    member_rank: one a row of Groups.members, at the letters as given; digit: the credibility that it is weighed with;
    side: FOR or AGAINST. group_rank: [shift, side, group]. interested, counts, against_interest: [side, group];
    a group counts for a side where it is not interested and its weight there is above zero.
    """

    scale: Ints
    member_rank: Ranks
    digit: Codes
    side: Codes
    group_rank: Ranks
    present: Bools
    interested: Bools
    against_interest: Bools
    counts: Bools

    @property
    def member(self) -> Ints:
        """The weight of every member, at the letters as given."""
        return self.scale[self.member_rank]

    @property
    def group(self) -> Ints:
        """[shift, side, group]: the weight of every group."""
        return self.scale[self.group_rank]

    def of_member(self, row: int) -> int:
        """The weight of one member, at the letters as given."""
        return int(self.scale[self.member_rank[row]])

    def of_group(self, shift: int, side: int, group: int) -> int:
        """The weight of one group on a side."""
        return int(self.scale[self.group_rank[shift, side, group]])


def weights_of(tables: Tables, groups: Groups, policy: Policy) -> Weights:
    """What the findings and groups of all claims weigh under that policy."""
    finding, n_groups = codes(groups.members, "finding"), len(groups.groups)
    stance = codes(tables.findings, "stance").take(finding)
    side = (stance == CONTRADICTS).astype(np.int8)
    interested = np.stack([bools(groups.groups, "gains"), bools(groups.groups, "loses")])
    opposed = interested[::-1] & ~interested
    place = codes(groups.members, "group") + side * np.int64(n_groups)
    digit = _digits(codes(tables.findings, "digit").take(finding), opposed.ravel().take(place), policy)
    cell = _cell(codes(groups.members, "letter"), digit, stance == PARTLY)
    scale, ranks = _ranks(policy)
    present = np.zeros((2, n_groups), dtype=bool)
    present.ravel()[place] = True
    heaviest = np.zeros((len(SHIFTS), 2, n_groups), dtype=np.uint8)
    given = ranks[0].take(cell)
    for shift in range(len(SHIFTS)):
        np.maximum.at(heaviest[shift].ravel(), place, ranks[shift].take(cell) if shift else given)
    return Weights(
        scale=scale,
        member_rank=given,
        digit=digit,
        side=side,
        group_rank=heaviest,
        present=present,
        interested=interested & present,
        against_interest=opposed & present,
        counts=present & ~interested & (heaviest[0] > 0),
    )


def _digits(given: Codes, against_interest: Bools, policy: Policy) -> Codes:
    """The credibility a finding is weighed with: 1 reads as 2, and a word against interest is one step up."""
    usual = np.array([policy.unstated_credibility, 2, *range(2, UNJUDGED_DIGIT + 1)], dtype=np.int8)
    raised = np.where(usual < UNJUDGED_DIGIT, np.maximum(usual - 1, 2), usual).astype(np.int8)
    return np.concatenate([usual, raised]).take(given + against_interest * np.int8(len(usual)))


def _cell(letter: Codes, digit: Codes, partly: Bools) -> Codes:
    """The place of a letter and a digit, whole or half, in a table of weights."""
    return ((letter * N_DIGITS + digit) * 2 + partly).astype(np.int8)


def _ranks(policy: Policy) -> tuple[Ints, Ranks]:
    """(every weight that there is, ascending from 0; [shift, cell], the place there of what each cell weighs).

    Letters are taken so many steps down the scale, up where negative; F stays F.
    """
    full = np.array([[policy.weight(n, digit) for digit in range(N_DIGITS)] for n in range(UNJUDGED_LETTER + 1)])
    full[:, 0] = 0.0
    letters = np.append(np.clip(np.arange(UNJUDGED_LETTER) + np.reshape(SHIFTS, (-1, 1)), 0, UNJUDGED_LETTER - 1),
                        np.full((len(SHIFTS), 1), UNJUDGED_LETTER), axis=1)  # fmt: skip
    shifted = full[letters]
    cells = np.rint(np.stack([shifted, shifted * policy.partly], axis=-1) * NAT).astype(np.int64)
    cells = cells.reshape(len(SHIFTS), -1)
    scale = np.unique(np.append(cells, 0))
    return scale, np.searchsorted(scale, cells).astype(np.uint8)
