"""The groups of a claim as people see them: by name, with paths and grades, interested ones of a side as one."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from claims.model.assessment import Group, Member
from claims.model.grade import LETTERS, grade
from claims.tables.columns import STANCES, ids, ints
from claims.weigh.weights import AGAINST, FOR, NAT

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from claims.model.case import Case
    from claims.tables.columns import Table
    from claims.verdict.judgement import Judged

INTERESTED = ("interested-for", "interested-against")
"""The ids of the groups that stand for all interested groups of a side."""


class Grouping:
    """Reads groups back from the kernel's columns."""

    def __init__(self, case: Case, judged: Judged) -> None:
        self.case, self.judged = case, judged
        self.ids = ids(judged.tables.origins)
        groups, members = judged.groups.groups, judged.groups.members
        self.claim_of = ints(groups, "claim")
        self.starts = np.searchsorted(self.claim_of, np.arange(len(case.claims) + 1))
        self.member_starts = np.searchsorted(ints(members, "group"), np.arange(len(groups) + 1))

    def of(self, n: int) -> tuple[Group, ...]:
        """The groups of the claim at position `n`: those that can count, heaviest first, then the interested."""
        rows = range(self.starts[n], self.starts[n + 1])
        single = [self._disinterested(g) for g in rows if self._sides(g)]
        merged = [self._interested(n, side) for side in (FOR, AGAINST) if self.judged.sides.interested[side, n]]
        single.sort(key=lambda group: (-max(group.weight_for, group.weight_against), group.id))
        return (*single, *merged)

    def hinges_of(self, n: int) -> tuple[str, ...]:
        """Ids of the groups whose removal changes the verdict."""
        found = self.judged.hinges
        own = [self._id(g) for g in range(self.starts[n], self.starts[n + 1]) if found.group[g] and self._sides(g)]
        return (*sorted(own), *(INTERESTED[s] for s in (FOR, AGAINST) if found.interested[s, n]))

    def _id(self, g: int) -> str:
        return str(self.ids[self._column("origin")[g]])

    def _sides(self, g: int) -> list[int]:
        weights = self.judged.weights
        return [s for s in (FOR, AGAINST) if weights.present[s, g] and not weights.interested[s, g]]

    def _rows(self, g: int, sides: list[int]) -> NDArray[np.int64]:
        rows = np.arange(self.member_starts[g], self.member_starts[g + 1])
        side = self.judged.weights.side[rows]
        return rows[np.logical_or.reduce([side == s for s in sides])]

    def _disinterested(self, g: int) -> Group:
        weights, sides = self.judged.weights, self._sides(g)
        rows = self._rows(g, sides)
        weight = [weights.of_group(0, s, g) / NAT if s in sides else 0.0 for s in (FOR, AGAINST)]
        return Group(
            id=self._id(g),
            origins=self._origins(g, rows),
            side="both" if len(sides) > 1 else ("for", "against")[sides[0]],
            established=bool(self._column("established")[g]),
            interested=False,
            against_interest=any(weights.against_interest[s, g] for s in sides),
            counted=any(weights.counts[s, g] for s in sides),
            weight_for=weight[FOR],
            weight_against=weight[AGAINST],
            members=tuple(self._member(int(row)) for row in rows),
        )

    def _interested(self, n: int, side: int) -> Group:
        weights = self.judged.weights
        rows_of = range(self.starts[n], self.starts[n + 1])
        chosen = [g for g in rows_of if weights.present[side, g] and weights.interested[side, g]]
        weight = max(weights.of_group(0, side, g) / NAT for g in chosen)
        origins = [origin for g in chosen for origin in self._origins(g, self._rows(g, [side]))]
        members = [self._member(int(row)) for g in chosen for row in self._rows(g, [side])]
        return Group(
            id=INTERESTED[side],
            origins=tuple(sorted(set(origins))),
            side=("for", "against")[side],
            established=any(bool(self._column("established")[g]) for g in chosen),
            interested=True,
            against_interest=False,
            counted=False,
            weight_for=weight if side == FOR else 0.0,
            weight_against=weight if side == AGAINST else 0.0,
            members=tuple(sorted(members, key=lambda member: (member.finding, member.path))),
        )

    def _member(self, row: int) -> Member:
        finding = int(self._members["finding"][row])
        chain = int(self._members["row"][row])
        entry, judged = self.case.findings[finding], self.judged
        return Member(
            finding=entry.key,
            document=entry.document,
            stance=STANCES[self._stance_of[finding]],
            grade=grade(LETTERS[self._members["letter"][row]], int(judged.weights.digit[row])),
            path=self.path_of(chain),
            established=bool(self._members["established"][row]),
            weight=judged.weights.of_member(row) / NAT,
            note=entry.note,
        )

    def path_of(self, chain: int) -> tuple[str, ...]:
        """The sources along a row of Chains.origins, from the finding's own to the origin, each named once."""
        led = self._led
        passed = [
            int(self._document_of[led["finding"][chain]]),
            *self.judged.chains.path(int(led["visit"][chain])),
        ]
        path = [int(self._source_of[document]) for document in passed] + [int(led["origin"][chain])]
        return tuple(str(self.ids[code]) for n, code in enumerate(path) if n == 0 or path[n - 1] != code)

    def _origins(self, g: int, rows: NDArray[np.int64]) -> tuple[str, ...]:
        """Ids of all origins of the group that these members lead to."""
        owner_of = self._owner_of
        owner = owner_of[self._column("origin")[g]]
        origin = self._led["origin"]
        found: set[str] = set()
        for f in set(self._members["finding"][rows].tolist()):
            led = origin[self._led_starts[f] : self._led_starts[f + 1]].tolist()
            found.update(str(self.ids[o]) for o in led if owner_of[o] == owner)
        return tuple(sorted(found))

    def _column(self, name: str) -> NDArray[np.int64]:
        return self._groups[name]

    @cached_property
    def _groups(self) -> dict[str, NDArray[np.int64]]:
        return _arrays(self.judged.groups.groups)

    @cached_property
    def _led(self) -> dict[str, NDArray[np.int64]]:
        return _arrays(self.judged.chains.origins)

    @cached_property
    def _led_starts(self) -> NDArray[np.int64]:
        """Where the rows of each finding begin in Chains.origins."""
        return np.searchsorted(self._led["finding"], np.arange(len(self.case.findings) + 1))

    @cached_property
    def _members(self) -> dict[str, NDArray[np.int64]]:
        return _arrays(self.judged.groups.members)

    @cached_property
    def _owner_of(self) -> NDArray[np.int64]:
        return ints(self.judged.tables.origins, "owner")

    @cached_property
    def _source_of(self) -> NDArray[np.int64]:
        return ints(self.judged.tables.documents, "source")

    @cached_property
    def _document_of(self) -> NDArray[np.int64]:
        return ints(self.judged.tables.findings, "document")

    @cached_property
    def _stance_of(self) -> NDArray[np.int64]:
        return ints(self.judged.tables.findings, "stance")


def _arrays(table: Table) -> dict[str, NDArray[np.int64]]:
    """A table's columns by name: a look-up in them costs a hundredth of one in the frame."""
    return {str(name): np.asarray(table[name]) for name in table.columns}
