"""Drafts become problems: each gets its line, its column and the line as it stands in the file."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from claims.model.problem import Place, Problem
from claims.read.characters import Decoded, decoded, shown, shown_line
from claims.read.drafts import Draft, Mark, Spot
from claims.read.forms import table_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from claims.read.drafts import Path
    from claims.read.rows import Rows

START = Mark(1, 1)


def problems_of(drafts: Iterable[Draft], files: Mapping[str, bytes]) -> tuple[Problem, ...]:
    """The problems, by place; `files` holds the bytes of each file that drafts speak of, by its shown name."""
    drafts = tuple(drafts)
    wanted: dict[str, set[Path]] = defaultdict(set)
    for spot in (spot for draft in drafts for spot in (draft.spot, *draft.also)):
        wanted[spot.file].update(spot.path[:n] for n in range(1, len(spot.path) + 1) if spot.mark is None)
    found = {file: _found(files[file], file, paths) for file, paths in wanted.items() if file in files}
    problems = {_problem(draft, found) for draft in drafts}
    return by_place(problems)


def by_place(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Problems in the order in which they are told."""
    return tuple(sorted(problems, key=lambda p: (p.file, p.line, p.column, p.code, p.message, p.hint or "")))


def _found(data: bytes, file: str, paths: set[Path]) -> _Found | Rows:
    if table_of(file) is None:
        return _Found(data, file, paths)
    from claims.read.rows import Rows  # noqa: PLC0415 - few cases have tables

    return Rows(data, file)


class _Found:
    """The lines of a file, and the marks of the values in it that are spoken of."""

    def __init__(self, data: bytes, file: str, paths: set[Path]) -> None:
        text = decoded(data, file)
        self.lines: list[str] = text.lines if isinstance(text, Decoded) else []
        self.marks: dict[Path, tuple[Mark, Mark]] = {}
        if paths and isinstance(text, Decoded):
            from claims.read.marks import marks_of  # noqa: PLC0415 - where all have marks none is sought

            self.marks = marks_of(text, paths)

    def mark(self, spot: Spot) -> Mark:
        """The mark of a spot, or of the closest value around it that stands in the file."""
        if spot.mark is not None:
            return spot.mark
        for n in range(len(spot.path), 0, -1):
            marks = self.marks.get(spot.path[:n])
            if marks:
                return marks[0] if spot.of == "key" and n == len(spot.path) else marks[1]
        return START


def _problem(draft: Draft, found: Mapping[str, _Found | Rows]) -> Problem:
    file = found.get(draft.spot.file)
    mark = file.mark(draft.spot) if file else draft.spot.mark or START
    line = file.lines[mark.line - 1] if file and mark.line <= len(file.lines) else None
    source = shown_line(line) if line is not None else None
    return Problem(
        draft.spot.file,
        mark.line,
        mark.column,
        draft.code,
        shown(draft.message),
        shown(draft.hint) if draft.hint else None,
        draft.severity,
        source,
        max(1, min(mark.width, len(source) - mark.column + 1)) if source is not None else mark.width,
        tuple(_place(spot, found) for spot in draft.also),
        shown(mark.key) if mark.key else None,
    )


def _place(spot: Spot, found: Mapping[str, _Found | Rows]) -> Place:
    file = found.get(spot.file)
    mark = file.mark(spot) if file else spot.mark or START
    return Place(spot.file, mark.line, mark.column, shown(mark.key) if mark.key else None)
