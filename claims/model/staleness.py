"""What needs a second look in a case, and what would come of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Literal, NamedTuple

from claims.model.track import DECIDED

if TYPE_CHECKING:
    from claims.model.assessment import Verdict

StaleKind = Literal[
    "not-established", "ungraded", "one-short", "due", "quote", "unchecked", "not-read-again", "not-archived",
    "undated",
]  # fmt: skip
STALE_KINDS: Final[tuple[StaleKind, ...]] = (
    "not-established", "ungraded", "one-short", "due", "quote", "unchecked", "not-read-again", "not-archived",
    "undated",
)  # fmt: skip
"""In the order in which they are told: what can settle a claim first."""


class Move(NamedTuple):
    """A claim whose verdict would be another."""

    claim: str
    text: str
    before: Verdict
    after: Verdict

    @property
    def settles(self) -> bool:
        """Whether the claim would be decided, and is not."""
        return self.after in DECIDED and self.before not in DECIDED


class Look(NamedTuple):
    """One thing to look at again."""

    kind: StaleKind
    section: str
    """As in a case: `documents`, `sources`, `speakers`, `claims` or `statements`."""
    id: str
    name: str
    """How the entry is called."""
    text: str
    """What to find out, and why, in a clause."""
    moves: tuple[Move, ...]
    """By claim: what would become of verdicts if it were found out as hoped for."""
    rests: int
    """Findings that count, and statements, that rest on it."""
    place: str | None
    """Where the entry stands: file, line, column."""

    @property
    def settles(self) -> int:
        """How many claims it would settle."""
        return sum(move.settles for move in self.moves)


class Stale(NamedTuple):
    """All that needs a second look, or what was chosen of it: what settles most first, then what most rests on."""

    case: str
    title: str
    today: str
    read_before: str
    """What was last read before that day is to be read again."""
    digest: str
    policy: str
    looks: tuple[Look, ...]
    totals: tuple[tuple[StaleKind, int], ...]
    """How many there are of each kind that occurs, before anything was chosen."""
    settling: int
    """How many would settle a claim: of all, or of the kinds chosen; a limit does not change it."""
