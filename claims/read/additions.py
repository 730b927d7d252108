"""Entries that shall come into a case, read as those of the case are, and compared with what stands there.

An added entry is *new*; *there* already, where the case says the same under every key that it gives (`300 km²` and its
long form are the same); or it *differs*, key by key. A finding or statement without an id is known by its key. An entry
that the case knows need not repeat the keys that every entry must have.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from itertools import chain
from math import isclose
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from pydantic import BaseModel

from claims.model.quantity import Quantity
from claims.model.when import Interval
from claims.read.characters import shown
from claims.read.drafts import Draft, Spot
from claims.read.entries import ledger_of
from claims.read.files import CASE_FILE
from claims.read.header import header_of
from claims.read.ledger import SECTIONS, SINGULAR, Row, key_of
from claims.read.mistakes import short
from claims.read.places import Places
from claims.read.trees import tree_from

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from claims.model.case import Case
    from claims.model.entry import Entry
    from claims.read.ledger import Ledger
    from claims.read.tree import Tree

CLOSE: Final = 1e-9
"""Figures that differ by less than this part of them are the same; conversions round."""


class Addition(NamedTuple):
    """An added entry: as it was written, as it is typed, and the one of the case that has its key."""

    section: str
    key: str
    written: Mapping[str, Any]
    """The keys that the addition gives, as text, lists and mappings."""
    row: Row[Any]
    standing: Entry | None
    """The entry of the case; None: it is new."""

    @property
    def differing(self) -> tuple[str, ...]:
        """The keys under which it says otherwise than the case, in the order of the model."""
        if self.standing is None:
            return ()
        return tuple(
            name
            for name in type(self.row.entry).model_fields
            if name in self.written and not is_same(getattr(self.row.entry, name), getattr(self.standing, name))
        )

    @property
    def joined(self) -> Any:
        """The entry as it will be: what the case says, with what the addition says over it."""
        if self.standing is None:
            return self.row.entry
        said = {name: getattr(self.standing, name) for name in self.standing.model_fields_set}
        over = {name: getattr(self.row.entry, name) for name in self.written}
        return type(self.standing).model_validate({**said, **over})


@dataclass(frozen=True, slots=True)
class Additions:
    """Everything that was added, in the order of sections, files and lines, and what is wrong with it in itself."""

    entries: tuple[Addition, ...]
    ledger: Ledger
    drafts: tuple[Draft, ...]
    contents: Mapping[str, bytes]
    """The bytes of each file, by the name that problems call it."""


def additions_to(case: Case, files: Mapping[str, bytes]) -> Additions:
    """The entries of some YAML files, by the name of each file, against the case that they shall come into."""
    contents = {_told_apart(name, case): data for name, data in files.items()}
    trees = {name: tree_from(data, name) for name, data in contents.items()}
    _, misplaced = header_of(trees)
    written = {place: dict(entry) for place, entry in _raw(trees)}
    for (_, section, _), entry in _raw(trees):
        _complete(section, entry, case)
    ledger, mistakes = ledger_of(trees)
    drafts = (*chain.from_iterable(tree.drafts for tree in trees.values()), *misplaced, *mistakes)
    told = tuple(d for d in drafts if d.spot.mark or d.spot.path not in trees[d.spot.file].flawed)
    entries = tuple(
        Addition(section, key_of(row.entry), written[row.file, section, row.index], row, found)
        for section in SECTIONS
        for row in _once(ledger.rows(section))
        for found in (standing(case, section, key_of(row.entry)),)
    )
    return Additions(entries, ledger, told, contents)


def _told_apart(name: str, case: Case) -> str:
    """The name of an added file as problems tell it: never that of a file of the case."""
    is_taken = shown(name) == CASE_FILE or (isinstance(case.places, Places) and shown(name) in case.places.files)
    return shown(os.path.abspath(name) if is_taken else name)  # noqa: PTH100 - a name, which may be no path at all


def _raw(trees: Mapping[str, Tree]) -> Iterator[tuple[tuple[str, str, int], dict[str, Any]]]:
    """Each entry as it was read, with its file, section and position."""
    for file, tree in trees.items():
        for section, entries in tree.value.items() if isinstance(tree.value, dict) else ():
            for index, entry in enumerate(entries if section in SECTIONS and isinstance(entries, list) else ()):
                if isinstance(entry, dict):
                    yield (file, section, index), entry


def _complete(section: str, entry: dict[str, Any], case: Case) -> None:
    """Give an entry that the case knows the keys that every entry must have."""
    name = entry.get("id")
    known = standing(case, section, name) if isinstance(name, str) else None
    for key, field in SECTIONS[section].model_fields.items() if known is not None else ():
        if field.is_required():
            entry.setdefault(key, getattr(known, key))


def _once(rows: list[Row[Any]]) -> Iterator[Row[Any]]:
    """The rows without those that say again what another file said of the same entry."""
    first: dict[str, Row[Any]] = {}
    for row in rows:
        other = first.setdefault(key_of(row.entry), row)
        if other is row or other.file == row.file or not is_same(other.entry, row.entry):
            yield row


def standing(case: Case, section: str, key: str) -> Entry | None:
    """The entry of a case with that key."""
    if not isinstance(case.places, Places):
        return next((entry for entry in getattr(case, section) if key_of(entry) == key), None)
    position = case.places.position(section, key)
    entry: Entry | None = None if position is None else getattr(case, section)[position]
    return entry


def is_same(one: Any, two: Any) -> bool:
    """Whether two typed values mean the same, however they were written."""
    if isinstance(one, Quantity) and isinstance(two, Quantity):
        figures = [(q.low, q.high, *q.figure) for q in (one, two)]
        kinds = [(q.low_open, q.high_open, q.about, q.dimension, len(q.figure)) for q in (one, two)]
        return kinds[0] == kinds[1] and all(isclose(a, b, rel_tol=CLOSE) for a, b in zip(*figures, strict=True))
    if isinstance(one, Interval) and isinstance(two, Interval):
        return (one.start, one.end) == (two.start, two.end)
    if isinstance(one, tuple) and isinstance(two, tuple):
        return len(one) == len(two) and all(map(is_same, one, two))
    if isinstance(one, BaseModel) and isinstance(two, BaseModel):
        return type(one) is type(two) and all(
            is_same(getattr(one, name), getattr(two, name)) for name in type(one).model_fields
        )
    same: bool = one == two
    return same


def conflicts(additions: Additions, case: Case, files: Mapping[str, bytes]) -> list[Draft]:
    """Where the additions say otherwise than the case, key by key. files: those of the case, as problems call them."""
    trees: dict[str, Tree] = {}
    drafts = []
    for added in additions.entries:
        for key in added.differing:
            place = case.places[added.section, added.key]
            if place.file not in trees:
                trees[place.file] = tree_from(files[place.file], place.file)
            index = trees[place.file].position(added.section, place.line, place.column)
            there = Spot(place.file, (added.section, index or 0, key))
            drafts.append(_conflict(added, key, there))
    return drafts


def _conflict(added: Addition, key: str, there: Spot) -> Draft:
    said, says = getattr(added.standing, key), getattr(added.row.entry, key)
    what = f"{SINGULAR[added.section]} '{short(added.key)}'"
    is_silent = added.standing is not None and key not in added.standing.model_fields_set
    case = f"nothing under '{key}'" if is_silent else f"'{key}: {short(as_text(said))}'"
    return Draft(
        "conflicting-entry",
        f"the case says otherwise of the {what}: {case}, and here '{short(as_text(says))}'",
        added.row.at(key),
        "--update writes what stands here over it",
        also=(there,),
    )


def as_text(value: Any) -> str:
    """A typed value in a line, as a person would write it; empty where there is none."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, tuple):
        return ", ".join(map(as_text, value))
    if isinstance(value, BaseModel):
        return " ".join(as_text(one) for _, one in value if one is not None)
    return str(value)
