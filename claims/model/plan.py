"""What a command would do to a case, before it does it: what becomes of each entry, and of the verdicts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping

    from claims.model.change import Change
    from claims.model.problem import Place, Problem

Fate = Literal["new", "changed", "removed", "there"]


class Field(NamedTuple):
    """A key of an entry that gets another value; None: it is not there."""

    key: str
    before: str | None
    after: str | None


class Effect(NamedTuple):
    """What becomes of one entry."""

    section: str
    id: str
    """As the entry will be called; a finding or statement without an id is called by its key."""
    fate: Fate
    file: str
    """The file that it stands in, or will."""
    text: str = ""
    """Its name, title or words."""
    fields: tuple[Field, ...] = ()
    """What changes in it."""
    place: Place | None = None
    """Where it stands, if it does."""


class Plan(NamedTuple):
    """A change of a case that is ready to be written."""

    what: str
    """What is done, as it is told to those who may want to take it back: `add 1 document, 2 findings`."""
    effects: tuple[Effect, ...]
    """By section, in the order in which sections refer to each other."""
    changes: tuple[Change, ...]
    """What claims come to differently."""
    warnings: tuple[Problem, ...]
    """What is odd about it, and does not stop it."""
    names: Mapping[str, str]
    """How sources, speakers, documents and parties are called, by id."""

    @property
    def is_idle(self) -> bool:
        """Whether nothing would be written."""
        return all(effect.fate == "there" for effect in self.effects)
