"""Where every entry of a case stands, in little room: a place is made when somebody asks for it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from claims.model.problem import Place

if TYPE_CHECKING:
    from array import array
    from collections.abc import Iterator, Sequence


@dataclass(slots=True)
class Stands:
    """The places of one section: for each key, in the order of the keys, a file (its number), a line and a column."""

    keys: tuple[str, ...]
    files: array[int]
    lines: array[int]
    columns: array[int]
    index: dict[str, int] = field(default_factory=dict, repr=False, compare=False)

    def position(self, key: str) -> int | None:
        """The position of a key."""
        if not self.index:
            self.index.update((name, n) for n, name in enumerate(self.keys))
        return self.index.get(key)


class Places(Mapping[tuple[str, str], Place]):
    """(section, id) to place, for every entry of a case."""

    __slots__ = ("files", "sections")

    def __init__(self, files: Sequence[str], sections: Mapping[str, Stands]) -> None:
        self.files = tuple(files)
        self.sections = dict(sections)

    def __getitem__(self, key: tuple[str, str]) -> Place:
        section, name = key
        stands = self.sections.get(section)
        position = stands.position(name) if stands else None
        if stands is None or position is None:
            raise KeyError(key)
        return Place(self.files[stands.files[position]], stands.lines[position], stands.columns[position])

    def position(self, section: str, key: str) -> int | None:
        """The position of an entry in its section of the case, by its key."""
        stands = self.sections.get(section)
        return stands.position(key) if stands else None

    def __iter__(self) -> Iterator[tuple[str, str]]:
        return ((section, key) for section, stands in self.sections.items() for key in stands.keys)

    def __len__(self) -> int:
        return sum(len(stands.keys) for stands in self.sections.values())

    def __repr__(self) -> str:
        return f"<places of {len(self)} entries in {len(self.files)} files>"
