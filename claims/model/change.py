"""What changed between two states of a case: which verdicts, and by which entries."""

from __future__ import annotations

from typing import Literal, NamedTuple

from claims.model.assessment import Attribution, Bounds, Verdict

What = Literal["added", "removed", "changed", "appeared", "withdrawn", "due"]
"""What became of an entry: written into the case, taken out of it, written anew; or, between two days, published,
withdrawn, or (a prediction) become due."""


class Standing(NamedTuple):
    """What a claim came to in one state."""

    verdict: Verdict
    attribution: Attribution
    probability: float
    range: tuple[float, float]
    independent_for: Bounds
    independent_against: Bounds


class Cause(NamedTuple):
    """An entry without whose change the verdict would be what it was; `keys` are those of it that were changed."""

    section: str
    """As in a case: `findings`, `documents`, …; `policy` for a threshold, `case` for the case as a whole."""
    id: str
    what: What
    keys: tuple[str, ...] = ()
    note: str | None = None
    """What the entry says, in the words of the case."""


class Change(NamedTuple):
    """A claim that stands differently, and why. before, after: None where the claim is new, or gone."""

    claim: str
    text: str
    before: Standing | None
    after: Standing | None
    causes: tuple[Cause, ...]
    """Alone enough where there is one; where there are several, all together, and none of them less."""


class Difference(NamedTuple):
    """All that differs between two states of a case."""

    before: str
    """How the first state is called: a day, a folder, a revision."""
    after: str
    changes: tuple[Change, ...]
    """By claim: those whose verdict or attribution differs, are new or are gone."""
    moved: tuple[Change, ...]
    """Those whose verdict stands, and whose probability or groups do not."""
    entries: tuple[Cause, ...]
    """Every entry that differs, by section and id."""
