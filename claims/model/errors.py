"""What a caller did wrong, raised. What a person wrote wrong in a case is a `Problem`, and gathered.

ClaimsError
├── CaseProblems      the case cannot be judged: it has errors (`problems`)
├── TableProblems     a table of answers cannot be used: it has errors (`problems`, `counts`)
├── NoCase            no case at that place (`place`)
├── NotFound          nothing of that kind has that id (`kind`, `id`, `near`)
├── CannotEdit        a file cannot be changed as asked without losing something of it (`why`, `way_out`)
└── BadRequest        an option or an argument makes no sense (`message`)
    └── InUse         an entry cannot go while others refer to it (`uses`)
"""

from __future__ import annotations

from difflib import get_close_matches
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from claims.model.problem import Problem


class ClaimsError(Exception):
    """The base of everything that this package raises on purpose."""


class CaseProblems(ClaimsError):
    """The case has errors; `problems` holds all of them and the warnings, by place."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        self.problems = problems
        errors = sum(problem.severity == "error" for problem in problems)
        super().__init__(f"the case has {errors} {'error' if errors == 1 else 'errors'}")


class TableProblems(ClaimsError):
    """A table has errors. `problems` holds the first of them, by row, and `counts` how many there are of each code."""

    def __init__(self, problems: tuple[Problem, ...], counts: dict[str, int]) -> None:
        self.problems, self.counts = problems, counts
        errors, of_each = sum(counts.values()), ", ".join(f"{number:,} {code}" for code, number in counts.items())
        first = f"; here are the first {len(problems)}" if len(problems) < errors else ""
        super().__init__(f"the table has {errors:,} {'error' if errors == 1 else 'errors'}: {of_each}{first}")


class NoCase(ClaimsError):
    """There is no case at `place`."""

    def __init__(self, place: str) -> None:
        self.place = place
        super().__init__(f"no case at {place}: a case is a folder with a case.yaml")


class NotFound(ClaimsError):
    """No `kind` of the case is called `id`; `near` holds the ids that look like it, best first."""

    def __init__(self, kind: str, id: str, near: tuple[str, ...] = ()) -> None:  # noqa: A002 - the word of the field
        self.kind, self.id, self.near = kind, id, near
        hint = f"; did you mean {' or '.join(map(repr, near))}?" if near else ""
        super().__init__(f"no {kind} is called {id!r}{hint}")

    @classmethod
    def among(cls, kind: str, id: str, known: Iterable[str]) -> NotFound:  # noqa: A002
        """The error for an id that is not one of `known`, with those that look like it."""
        return cls(kind, id, tuple(get_close_matches(id, sorted(known), n=3, cutoff=0.6)))


class BadRequest(ClaimsError):
    """An argument or an option that makes no sense, with the way out in its message."""


class CannotEdit(ClaimsError):
    """A file cannot be changed as asked and keep the rest of its layout: `why`, and `way_out` for the person."""

    def __init__(self, why: str, way_out: str) -> None:
        self.why, self.way_out = why, way_out
        super().__init__(f"{why}: {way_out}")


class InUse(BadRequest):
    """An entry that others refer to; `uses` are these, each with its place, and `way_out` is what can be done."""

    def __init__(self, message: str, uses: tuple[str, ...], way_out: str) -> None:
        self.uses, self.way_out = uses, way_out
        super().__init__(f"{message}: {way_out}")
