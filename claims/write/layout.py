"""Edits of a YAML file of a case that keep the layout that a person gave it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from claims.model.errors import CannotEdit

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


class Insert(NamedTuple):
    """A new entry at the end of a section's list."""

    section: str
    entry: Mapping[str, Any]


class Remove(NamedTuple):
    """Take an entry out, with its own comments directly above it."""

    section: str
    index: int


class Put(NamedTuple):
    """Set a key of an entry: add it, or replace its value."""

    section: str
    index: int
    key: str
    value: Any


class Drop(NamedTuple):
    """Take a key out of an entry."""

    section: str
    index: int
    key: str


class Reword(NamedTuple):
    """Replace one text in an entry by another, in place; `path` leads to it from the entry."""

    section: str
    index: int
    path: tuple[str | int, ...]
    text: str


Edit = Insert | Remove | Put | Drop | Reword


def edited(data: bytes, edits: Sequence[Edit], starts: Mapping[str, tuple[int, int]] | None = None) -> bytes:
    """The bytes of a file with the edits made, and everything else as it was, to the byte.

    An `index` counts the entries of the section in the file as it is given, whatever else is done to it. starts: where
    the last entry of a section begins, line and column from 1, as far as that is known; it makes inserting into a large
    file fast, and is checked. Raises `CannotEdit`.
    """
    raise CannotEdit("not yet", "wait")


def new_file(sections: Mapping[str, Sequence[Mapping[str, Any]]], *, newline: str = "\n") -> bytes:
    """A new file with these sections, in the order given."""
    raise CannotEdit("not yet", "wait")
