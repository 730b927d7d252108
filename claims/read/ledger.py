"""All entries of a case on the table: typed, each with the file and the position that it stands at.

Checks read the ledger and yield drafts. What is not on it because it is broken keeps quiet: `is_excused` says whether
an id may belong to an entry that could not be read.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final, Generic, TypeVar

from claims.model.claim import Claim
from claims.model.document import Document
from claims.model.finding import Finding
from claims.model.party import Party
from claims.model.source import Source
from claims.model.speaker import Speaker
from claims.model.statement import Statement
from claims.read.drafts import Spot
from claims.read.near import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from claims.model.entry import Entry
    from claims.read.drafts import Path
    from claims.read.tree import Tree

SECTIONS: Final[dict[str, type[Entry]]] = {
    "parties": Party, "sources": Source, "speakers": Speaker, "documents": Document, "claims": Claim,
    "statements": Statement, "findings": Finding,
}  # fmt: skip
"""The sections of a case, in the order in which they refer to each other."""
SINGULAR: Final = {
    "parties": "party", "sources": "source", "speakers": "speaker", "documents": "document", "claims": "claim",
    "statements": "statement", "findings": "finding",
}  # fmt: skip
NAME_SPACE: Final = ("sources", "speakers", "documents")
"""Sections that share their ids, since `relies_on` may name any of them."""

MOST_SUGGESTIONS: Final = 500
"""Each takes a look at every id; who has more unknown names than that has another problem."""

E = TypeVar("E", bound="Entry")


@dataclass(slots=True)
class Row(Generic[E]):
    """An entry, and where it stands: the file, and its position in the file's list of that section."""

    entry: E
    file: str
    section: str
    index: int

    @property
    def spot(self) -> Spot:
        """Where the entry stands."""
        return Spot(self.file, (self.section, self.index))

    def at(self, *path: str | int) -> Spot:
        """Where one of its values stands."""
        return Spot(self.file, (self.section, self.index, *path))

    def key(self, name: str) -> Spot:
        """Where one of its keys stands."""
        return Spot(self.file, (self.section, self.index, name), "key")

    def first(self, name: str) -> Spot:
        """Where the value of a key stands: the first one of a list."""
        return self.at(name)


@dataclass(slots=True)
class Raw:
    """An entry as it was read: keys and text, not yet typed."""

    value: Any
    file: str
    section: str
    index: int

    @property
    def spot(self) -> Spot:
        """Where the entry stands."""
        return Spot(self.file, (self.section, self.index))


@dataclass
class Ledger:
    """The entries of a case that are sound in themselves, and the ids of those that are not."""

    parties: list[Row[Party]] = field(default_factory=list)
    sources: list[Row[Source]] = field(default_factory=list)
    speakers: list[Row[Speaker]] = field(default_factory=list)
    documents: list[Row[Document]] = field(default_factory=list)
    claims: list[Row[Claim]] = field(default_factory=list)
    statements: list[Row[Statement]] = field(default_factory=list)
    findings: list[Row[Finding]] = field(default_factory=list)
    broken: dict[str, set[str]] = field(default_factory=dict)
    """By section, the ids of entries with errors of their own."""
    unfit: list[Raw] = field(default_factory=list)
    """Those entries as they were read."""
    told: set[tuple[str, Path]] = field(default_factory=set)
    """Values of theirs, by file and path, of which something was told."""
    unread: tuple[Tree, ...] = ()
    """Files that were not read to their end."""
    _suggestions: dict[tuple[str, tuple[str, ...]], str | None] = field(default_factory=dict)

    def rows(self, section: str) -> list[Row[Any]]:
        """The entries of a section, in the order of files and lines."""
        rows: list[Row[Any]] = getattr(self, section)
        return rows

    @cached_property
    def claim(self) -> Mapping[str, Row[Claim]]:
        """Claims by id."""
        return by_id(self.claims)

    @cached_property
    def document(self) -> Mapping[str, Row[Document]]:
        """Documents by id."""
        return by_id(self.documents)

    @cached_property
    def source(self) -> Mapping[str, Row[Source]]:
        """Sources by id."""
        return by_id(self.sources)

    @cached_property
    def ids(self) -> Mapping[str, frozenset[str]]:
        """The ids of each section that has them."""
        return {name: frozenset(row.entry.id for row in self.rows(name)) for name in SECTIONS if name not in KEYED}

    def suggestion(self, name: str, sections: tuple[str, ...]) -> str | None:
        """`did you mean 'sohr'?`, where an id of these sections is near; sought for so many names and no more."""
        key = (name, sections)
        if key not in self._suggestions and len(self._suggestions) < MOST_SUGGESTIONS:
            names = [known for section in sections for known in self.ids[section]]
            self._suggestions[key] = did_you_mean(name, names)
        return self._suggestions.get(key)

    def is_excused(self, name: str, sections: Iterable[str]) -> bool:
        """Whether an id may be that of an entry which is broken or in a part of a file that could not be read."""
        return any(name in self.broken.get(section, ()) for section in sections) or any(
            tree.is_named(name) for tree in self.unread
        )


KEYED: Final = ("statements", "findings")
"""Sections whose entries may go without an id of their own."""


def by_id(rows: Iterable[Row[E]]) -> dict[str, Row[E]]:
    """The first row of each id."""
    found: dict[str, Row[E]] = {}
    for row in rows:
        found.setdefault(row.entry.id, row)  # type: ignore[attr-defined]
    return found


def key_of(entry: Any) -> str:
    """What an entry is called: its id, or its key where it has none."""
    key: str = entry.key if hasattr(type(entry), "key") else entry.id
    return key
