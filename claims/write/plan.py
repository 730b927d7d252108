"""A change of a case, made ready: the files as they will be, read as a case and judged, before anything is written."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from claims.changes import changes
from claims.model.errors import BadRequest, CannotEdit, CaseProblems
from claims.model.plan import Plan
from claims.read.additions import as_text
from claims.read.case import read_over
from claims.read.characters import shown
from claims.read.files import LARGEST_FILE
from claims.read.forms import table_of
from claims.read.ledger import SECTIONS, SINGULAR
from claims.read.places import Places
from claims.read.trees import tree_from
from claims.write.layout import Insert, edited, new_file

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from claims.model.case import Case
    from claims.model.plan import Effect
    from claims.model.problem import Problem
    from claims.read.case import Reading
    from claims.read.tree import Tree
    from claims.write.layout import Edit

LARGE: Final = 5000
"""Entries from which a case is not read again as a whole to see what one more comes to."""
SAID_BY: Final = ("name", "title", "text", "quote", "note")
"""Keys that say what an entry is, the most telling first."""


class Prepared(NamedTuple):
    """A plan, and the files that it changes: as they were, and as they will be (None: no file), by path."""

    plan: Plan
    before: Mapping[str, bytes | None]
    after: Mapping[str, bytes | None]
    digest: str
    """Of the case that it was made for: it fits no other."""


class Bench:
    """The files of a case while a change is made ready."""

    def __init__(self, reading: Reading, *, cache: bool = True) -> None:
        if reading.case is None:
            raise CaseProblems(reading.problems)
        self.reading, self.case, self.cache = reading, reading.case, cache
        self.files = {file.shown: file for file in reading.files}
        self.edits: dict[str, list[Edit]] = {}
        self._trees: dict[str, Tree] = {}

    @property
    def is_large(self) -> bool:
        """Whether reading the whole case again would keep a person waiting."""
        return sum(len(getattr(self.case, section)) for section in SECTIONS) > LARGE

    def tree(self, file: str) -> Tree:
        """What a file says."""
        if file not in self._trees:
            self._trees[file] = tree_from(self.files[file].data, file)
        return self._trees[file]

    def position(self, section: str, key: str) -> tuple[str, int]:
        """The file of an entry, and its position in the list of the file."""
        place = self.case.places[section, key]
        index = self.tree(place.file).position(section, place.line, place.column)
        if index is None:
            raise BadRequest(f"{place} has changed: try again")
        return place.file, index

    def edit(self, file: str, edit: Edit) -> None:
        """Note an edit of a file, which may be a new one. Raises `CannotEdit` where it is a table."""
        if table_of(file) is not None:
            raise CannotEdit(f"{shown(file)} is a table", "change it where it comes from, or keep the entry in YAML")
        self.edits.setdefault(file, []).append(edit)

    def prepared(
        self,
        what: str,
        effects: Iterable[Effect],
        *,
        told: Sequence[Problem] = (),
        after: Case | None = None,
        claims: Collection[str] | None = None,
    ) -> Prepared:
        """The change with everything that was noted.

        told: what was found about it so far. after: the case as it will be, where that is known; else it is read.
        claims: those that the change can bear on; None: any. Raises `CaseProblems` where the case would have errors,
        and `CannotEdit`.
        """
        before = {self._path(file): self._data(file) for file in self.edits}
        files = {self._path(file): self._edited(file, edits) for file, edits in self.edits.items()}
        if not self.edits:
            after, claims = self.case, ()
        if after is None:
            read = read_over(self.case.folder, self.reading, files, cache=self.cache)
            if read.case is None:
                raise CaseProblems(read.problems)
            after = read.case
        changed = () if claims is not None and not claims else changes(self.case, after, claims=claims)
        order = list(SECTIONS)
        listed = sorted(effects, key=lambda effect: order.index(effect.section))
        plan = Plan(what, tuple(listed), tuple(changed), tuple(told), names_of(after))
        return Prepared(plan, before, files, self.case.digest)

    def _path(self, file: str) -> str:
        return self.files[file].path if file in self.files else file

    def _data(self, file: str) -> bytes | None:
        return self.files[file].data if file in self.files else None

    def _edited(self, file: str, edits: Sequence[Edit]) -> bytes:
        data = self._data(file)
        if data is None:
            sections: dict[str, list[Mapping[str, Any]]] = {}
            for edit in edits:
                if isinstance(edit, Insert):
                    sections.setdefault(edit.section, []).append(edit.entry)
            return new_file({name: sections[name] for name in SECTIONS if name in sections})
        try:
            made = edited(data, edits, self._last_entries(file, {edit.section for edit in edits}))
        except CannotEdit as error:
            raise CannotEdit(f"{shown(file)}: {error.why}", error.way_out) from error
        if len(made) > LARGEST_FILE:
            raise BadRequest(f"{shown(file)} would be larger than {LARGEST_FILE // 2**20} MB: name another with --into")
        return made

    def _last_entries(self, file: str, sections: Collection[str]) -> dict[str, tuple[int, int]]:
        """Where the last entry of each of the sections begins in a file."""
        places = self.case.places
        if not isinstance(places, Places) or file not in places.files:
            return {}
        number = places.files.index(file)
        last = {}
        for name in sections:
            stands = places.sections[name]
            rows = zip(stands.files, stands.lines, stands.columns, strict=True)
            found = max(((line, column) for n, line, column in rows if n == number), default=None)
            if found is not None:
                last[name] = found
        return last


def names_of(case: Case) -> dict[str, str]:
    """How the sources, speakers, documents and parties of a case are called, by id."""
    named: tuple[Any, ...] = (*case.parties, *case.sources, *case.speakers)
    return {entry.id: entry.name for entry in named} | {
        document.id: document.title or document.id for document in case.documents
    }


def text_of(entry: Any) -> str:
    """What an entry says, in a line."""
    return next((as_text(getattr(entry, key)) for key in SAID_BY if getattr(entry, key, None)), "")


def counted(sections: Iterable[str]) -> str:
    """`1 document, 2 findings`, in the order of the sections."""
    counts = Counter(sections)
    named = ((counts[section], section) for section in SECTIONS if counts[section])
    return ", ".join(f"{number} {SINGULAR[section] if number == 1 else section}" for number, section in named)
