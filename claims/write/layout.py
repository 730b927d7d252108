"""Edits of a YAML file of a case that keep the layout that a person gave it.

What is outside the new text stays as it is, to the byte: comments, order, quoting, line ends, byte order mark. The
result is read again before it is given out, and says exactly what the file said before, with the edits made.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from claims.model.collector import collector_paused
from claims.model.errors import CannotEdit
from claims.read.files import LARGEST_FILE
from claims.read.yaml import tree_of
from claims.write import blocks, pairs, sections
from claims.write.entries import as_read
from claims.write.page import page_of
from claims.write.tail import tail_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from claims.read.tree import Tree
    from claims.write.outline import Node
    from claims.write.page import Page, Splice


@dataclass(frozen=True, slots=True)
class Insert:
    """A new entry at the end of a section's list; the section is added where the file has none."""

    section: str
    entry: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Remove:
    """Take an entry out, with its own comments directly above it."""

    section: str
    index: int


@dataclass(frozen=True, slots=True)
class Put:
    """Set a key of an entry: add it, or replace its value."""

    section: str
    index: int
    key: str
    value: Any


@dataclass(frozen=True, slots=True)
class Drop:
    """Take a key out of an entry."""

    section: str
    index: int
    key: str


@dataclass(frozen=True, slots=True)
class Reword:
    """Replace one text in an entry by another, in place; `path` leads to it from the entry."""

    section: str
    index: int
    path: tuple[str | int, ...]
    text: str


Edit = Insert | Remove | Put | Drop | Reword

LARGE: Final = 2**20
"""Files of more bytes are not read whole to add an entry at the end of a section."""
FILE: Final = "the file"


def edited(data: bytes, edits: Sequence[Edit], starts: Mapping[str, tuple[int, int]] | None = None) -> bytes:
    """The bytes of a file with the edits made, and everything else as it was, to the byte.

    An `index` counts the entries of the section in the file as it is given, whatever else is done to it. New entries
    stand in the order of their edits. starts: where the last entry of a section begins, line and column from 1, as far
    as that is known: a file that agrees need not be read whole to be added to. Raises `CannotEdit`.
    """
    inserts = [edit for edit in edits if isinstance(edit, Insert)]
    result = None
    if len(inserts) == len(edits) and (starts or len(data) > LARGE):
        result = _at_tails(data, inserts, starts or {})
    if result is None:
        with collector_paused():
            result = _whole(data, edits) if edits else data
    if len(result) > LARGEST_FILE:
        raise CannotEdit(f"the file would be larger than {LARGEST_FILE // 2**20} MB", "put it into another file")
    return result


def new_file(contents: Mapping[str, Sequence[Mapping[str, Any]]], *, newline: str = "\n") -> bytes:
    """A new file with these sections, in the order given. Raises `CannotEdit`."""
    edits = [Insert(section, entry) for section, entries in contents.items() for entry in entries]
    data = edited(b"", edits)
    return data.replace(b"\n", newline.encode()) if newline != "\n" else data


def _at_tails(data: bytes, inserts: Sequence[Insert], starts: Mapping[str, tuple[int, int]]) -> bytes | None:
    """The bytes with entries added at the ends of their sections, of which only the last entry is read.

    None where the file is not laid out so that this can be done safely.
    """
    for section, entries in _by_section(inserts).items():
        tail = tail_of(data, section, starts.get(section))
        if tail is None:
            return None
        added = tail.page.spliced([blocks.appended(tail.page, tail.entries, entries, section, tail.gap)])
        before, after = (tree_of(page.data, FILE) for page in (tail.page, added))
        if not after.is_whole or after.value != [*before.value, *entries]:
            return None
        whole = memoryview(data)
        data = b"".join((whole[: tail.start], added.data, whole[tail.end :]))
    return data


def _by_section(inserts: Sequence[Insert]) -> dict[str, list[dict[str, Any]]]:
    entries: dict[str, list[dict[str, Any]]] = {}
    for edit in inserts:
        entries.setdefault(edit.section, []).append(as_read(edit.entry))
    return entries


def _whole(data: bytes, edits: Sequence[Edit]) -> bytes:
    """The bytes with the edits made, of a file that is read whole, before and after."""
    page, tree = page_of(data), _sound(data)
    expected = as_edited(tree.value or {}, edits)
    for round_ in _rounds(edits):
        page = page.spliced(_splices(page, round_))
    result = page.data
    after = tree_of(result, FILE)
    if not after.is_whole or (after.value or {}) != expected or _flaws(after) - _flaws(tree):
        raise CannotEdit("the file is laid out so that this change would alter something else", "make it by hand")
    return result


def _sound(data: bytes) -> Tree:
    """What the file says. Raises `CannotEdit` where that cannot be told for certain."""
    tree = tree_of(data, FILE)
    wrong = next((draft for draft in tree.drafts if draft.severity == "error"), None)
    if wrong is not None:
        line = f"line {wrong.spot.mark.line}: " if wrong.spot.mark else ""
        raise CannotEdit(f"{line}{wrong.message}", wrong.hint or "put that right first")
    if not isinstance(tree.value, dict | None):
        raise CannotEdit(
            "the file is not made of sections", "write the name of a section, as 'claims:', above its list"
        )
    return tree


def _flaws(tree: Tree) -> Counter[str]:
    return Counter(draft.code for draft in tree.drafts)


def as_edited(value: Mapping[str, Any], edits: Sequence[Edit]) -> dict[str, Any]:
    """What a file says once the edits are made, of what it says now: text, lists and mappings. Raises `CannotEdit`."""
    result = {section: list(entries) if isinstance(entries, list) else entries for section, entries in value.items()}
    for edit in edits:
        if isinstance(edit, Put | Drop | Reword):
            entries = result.get(edit.section)
            if not isinstance(entries, list) or not 0 <= edit.index < len(entries):
                raise CannotEdit(f"'{edit.section}' has no entry {edit.index}", "count them from 0")
            entries[edit.index] = _entry_edited(entries[edit.index], edit)
    for section, indexes in _removals(edits).items():
        entries = result.get(section)
        if not isinstance(entries, list) or not all(0 <= index < len(entries) for index in indexes):
            raise CannotEdit(f"'{section}' has no entry {max(indexes)}", "count them from 0")
        result[section] = [entry for n, entry in enumerate(entries) if n not in indexes]
    for section, added in _by_section([edit for edit in edits if isinstance(edit, Insert)]).items():
        if not isinstance(result.setdefault(section, []), list):
            raise CannotEdit(f"'{section}' is not a list of entries", "write each entry after a dash")
        result[section] = [*result[section], *added]
    return result


def _entry_edited(entry: Any, edit: Put | Drop | Reword) -> Any:
    if not isinstance(entry, dict):
        raise CannotEdit(f"entry {edit.index} of '{edit.section}' has no keys", "write it as 'key: value'")
    if isinstance(edit, Drop):
        return {key: value for key, value in entry.items() if key != edit.key}
    if isinstance(edit, Put):
        if edit.value is None:
            raise CannotEdit(f"'{edit.key}' has no value", "take the key out instead")
        return entry | {edit.key: as_read(edit.value)}
    return _reworded(entry, edit.path, edit.text)


def _reworded(value: Any, path: Sequence[str | int], text: str) -> Any:
    if not path:
        return text
    first, *rest = path
    copy: Any = dict(value) if isinstance(value, dict) else list(value) if isinstance(value, list) else {}
    try:
        copy[first] = _reworded(copy[first], rest, text)
    except (LookupError, TypeError) as error:
        raise CannotEdit(f"the entry has nothing at '{first}'", "name a text that it has") from error
    return copy


def _removals(edits: Sequence[Edit]) -> dict[str, set[int]]:
    indexes: dict[str, set[int]] = {}
    for edit in edits:
        if isinstance(edit, Remove):
            indexes.setdefault(edit.section, set()).add(edit.index)
    return indexes


def _rounds(edits: Sequence[Edit]) -> Iterator[list[Edit]]:
    """The edits in groups of which none touches what another does: one an entry, then removals, then new entries."""
    rounds: list[list[Edit]] = []
    number: Counter[tuple[str, int]] = Counter()
    for edit in edits:
        if isinstance(edit, Put | Drop | Reword):
            place = edit.section, edit.index
            if number[place] == len(rounds):
                rounds.append([])
            rounds[number[place]].append(edit)
            number[place] += 1
    rounds.append([edit for edit in edits if isinstance(edit, Remove)])
    rounds.append([edit for edit in edits if isinstance(edit, Insert)])
    return (round_ for round_ in rounds if round_)


def _splices(page: Page, edits: Sequence[Edit]) -> Iterator[Splice]:
    """The splices of one round."""
    for edit in edits:
        if isinstance(edit, Put):
            yield from pairs.put(page, _entry(page, edit), edit.section, edit.key, as_read(edit.value))
        elif isinstance(edit, Drop):
            yield from pairs.drop(page, _entry(page, edit), edit.key)
        elif isinstance(edit, Reword):
            yield from pairs.reword(page, _entry(page, edit), edit.path, edit.text)
    for section, indexes in _removals(edits).items():
        yield from sections.removed(page, section, indexes)
    yield from sections.inserted(page, _by_section([edit for edit in edits if isinstance(edit, Insert)]))


def _entry(page: Page, edit: Put | Drop | Reword) -> Node:
    """The entry that an edit is about. Raises `CannotEdit` where others stand for it too."""
    _, list_ = sections.list_of(page, edit.section)
    entry = list_.children[edit.index]
    for node in (list_, entry):
        pairs.refuse_shared_whole(page, node)
    return entry
