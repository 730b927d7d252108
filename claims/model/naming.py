"""An edit as a person tells it: what became of which entry, what it says, and when it appeared."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any, Final

from pydantic import BaseModel

from claims.model.change import Cause

if TYPE_CHECKING:
    from collections.abc import Mapping

    from claims.model.case import Case
    from claims.model.change import What
    from claims.model.edits import Edit

SAYS: Final = {
    "parties": ("name",), "sources": ("name",), "speakers": ("name",), "documents": ("title",), "claims": ("text",),
    "statements": ("note", "quote"), "findings": ("note",),
}  # fmt: skip
"""The keys in which an entry of a section says what it is, the first that is there."""
RANKS: Final = ("findings", "statements", "documents", "claims", "sources", "speakers", "parties", "policy")
"""Which of the edits of one day is told first."""
ANOTHER_TEXT: Final = ("one text", "another")
"""What stood in the file of a document's stored text, where its path is the same."""
UNDATED: Final = 9_999_999
"""The day of what bears no date: after all others."""


class Naming:
    """Names the edits between two states. unseen: documents that the earlier one lacks since they appeared later."""

    def __init__(self, before: Case, after: Case, unseen: frozenset[str]) -> None:
        self._states = (after, before)
        self._unseen = unseen

    @cached_property
    def _by_id(self) -> tuple[Mapping[tuple[str, str], Any], ...]:
        return tuple(
            {
                (section, entry.id): entry
                for section in ("sources", "documents", "claims")
                for entry in getattr(state, section)
            }
            for state in self._states
        )

    def entry(self, section: str, id: str) -> Any:  # noqa: A002 - the word of the field
        """The source, document or claim of that id, as it is in the later state, else in the earlier; or None."""
        found = [entries[section, id] for entries in self._by_id if (section, id) in entries]
        return found[0] if found else None

    def order(self, edit: Edit, *, is_said: bool) -> tuple[object, ...]:
        """What edits are sorted by: day, kind and id. is_said: whether the question is what was said, and not if so."""
        ranks = ("statements", *RANKS) if is_said else RANKS
        return self._day(edit), ranks.index(edit.section), edit.id

    def _day(self, edit: Edit) -> int:
        entry = edit.after if edit.after is not None else edit.before
        date = None
        if _is_withdrawal(edit):
            date = entry.retracted.date
        elif _is_due(edit):
            date = entry.due
        elif edit.section in ("documents", "statements", "findings"):
            document = entry if edit.section == "documents" else self.entry("documents", entry.document)
            date = document.published if document is not None else None
        return date.start.toordinal() if date is not None else UNDATED

    def cause(self, edit: Edit) -> Cause:
        """The edit, told."""
        keys, values = _differing(edit)
        entry = edit.after if edit.after is not None else edit.before
        document = None
        if edit.section == "documents":
            document = entry
        elif edit.section in ("statements", "findings"):
            document = self.entry("documents", entry.document)
        return Cause(
            section=edit.section,
            id=edit.id,
            what=self._what(edit),
            keys=keys,
            note=_said(edit, entry),
            values=values,
            document=document.id if document is not None else None,
            source=document.source if document is not None else None,
            date=str(document.published) if document is not None and document.published else None,
        )

    def _what(self, edit: Edit) -> What:
        if edit.before is None:
            document = edit.id if edit.section == "documents" else getattr(edit.after, "document", None)
            return "appeared" if document in self._unseen else "added"
        if edit.after is None:
            return "removed"
        if _is_withdrawal(edit):
            return "withdrawn"
        return "due" if _is_due(edit) else "changed"


def _is_withdrawal(edit: Edit) -> bool:
    """Whether all that happened to a document is that it was withdrawn."""
    if edit.section != "documents" or edit.before is None or edit.after is None or edit.after.retracted is None:
        return False
    return edit.before.retracted is None and _differing(edit)[0] == ("retracted",)


def _is_due(edit: Edit) -> bool:
    """Whether a claim stands as it stood, and only its day came."""
    return edit.section == "claims" and edit.before is not None and edit.before == edit.after


def _said(edit: Edit, entry: Any) -> str | None:
    if _is_withdrawal(edit):
        return str(entry.retracted.reason)
    found = (getattr(entry, key) for key in SAYS.get(edit.section, ()))
    return next((text for text in found if text), None)


def _differing(edit: Edit) -> tuple[tuple[str, ...], tuple[tuple[str | None, str | None], ...]]:
    """The keys that differ between an entry's two forms, and what stood there; nothing where there is one form."""
    if edit.before is None or edit.after is None:
        return (), ()
    if edit.section == "documents" and edit.before == edit.after:
        return ("text",), (ANOTHER_TEXT,)
    before, after = _leaves(edit.id, edit.before, edit), _leaves(edit.id, edit.after, edit)
    keys = tuple(key for key in (before | after) if before.get(key) != after.get(key))
    return keys, tuple((before.get(key), after.get(key)) for key in keys)


def _leaves(name: str, value: Any, edit: Edit) -> dict[str, str | None]:
    """What stands under each key, as text; a part of the policy by the path of each of its figures."""
    if edit.section != "policy":
        return {key: _text(getattr(value, key)) for key in type(value).model_fields}
    return _figures(name, value.model_dump(by_alias=True) if isinstance(value, BaseModel) else value)


def _figures(path: str, value: Any) -> dict[str, str | None]:
    if not hasattr(value, "items"):
        return {path: str(value)}
    return {key: text for part, of in value.items() for key, text in _figures(f"{path}.{part}", of).items()}


def _text(value: Any) -> str | None:
    """A value as a person would write it; None for what is not there."""
    if value is None or value == ():
        return None
    if isinstance(value, tuple):
        return ", ".join(_text(one) or "" for one in value)
    if isinstance(value, BaseModel):
        return " ".join(text for key in type(value).model_fields if (text := _text(getattr(value, key))))
    return str(value).lower() if isinstance(value, bool) else str(value)
