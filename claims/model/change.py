"""What changed between two states of a case: which verdicts, and by which entries."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple

if TYPE_CHECKING:
    from claims.model.assessment import Attribution, Bounds, Verdict

What = Literal["added", "removed", "changed", "appeared", "withdrawn", "due"]
"""What became of an entry: written into the case, taken out of it, written anew; published since the earlier day;
withdrawn (a document); or become due (a prediction or a promise)."""


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
    """What the entry says, in the words of the case: a note, a quote, a title, a name, a reason."""
    values: tuple[tuple[str | None, str | None], ...] = ()
    """What stood under each of `keys` before and after; None: nothing."""
    document: str | None = None
    """The document that a finding or a statement is of, or that the entry is."""
    source: str | None = None
    """Who published that document."""
    date: str | None = None
    """When that document appeared, as written."""


class Change(NamedTuple):
    """A claim that stands differently, and why. before, after: None where the claim is new, or gone."""

    claim: str
    text: str
    before: Standing | None
    after: Standing | None
    causes: tuple[Cause, ...]
    """What made the verdict differ: alone enough where there is one; where there are several, all together, and none of
    them less. Empty where the verdict does not differ, and for claims that are new or gone."""
    said_by: tuple[Cause, ...] = ()
    """What made the attribution differ, likewise."""


class Difference(NamedTuple):
    """All that differs between two states of a case."""

    before: str
    """How the first state is called: a day, a folder, a revision."""
    after: str
    changes: tuple[Change, ...]
    """By claim: those whose verdict or attribution differs, are new or are gone."""
    moved: tuple[Change, ...]
    """Those whose verdict stands, and whose probability or groups do not; without causes."""
    entries: tuple[Cause, ...]
    """Every entry that differs, by section and id."""
    title: str = ""
    """How the case is called, in its later state."""
    names: dict[str, str] = {}  # noqa: RUF012 - the value of a tuple: nobody writes to it
    """How each source, speaker, document and party is called, by id: as it is in the later state, else the earlier."""
