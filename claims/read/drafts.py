"""A problem before its place is looked up: checks say which value they mean, and the line is found once, at the end.

A valid case never pays for positions; a file with problems is walked once more, for all of its problems together.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple

if TYPE_CHECKING:
    from claims.model.problem import Severity

Path = tuple[str | int, ...]


class Mark(NamedTuple):
    """A line and a column from 1, and how many characters from there are meant; in a table, the name of the column."""

    line: int
    column: int
    width: int = 1
    key: str | None = None


class Spot(NamedTuple):
    """A value of a file, by the keys and positions that lead to it, or by its mark where that is known already.

    `of` is what of it is meant: the value, or the key before it.
    """

    file: str
    path: Path = ()
    of: Literal["value", "key"] = "value"
    mark: Mark | None = None

    def at(self, *path: str | int) -> Spot:
        """The value further down."""
        return Spot(self.file, (*self.path, *path))

    def key(self, *path: str | int) -> Spot:
        """The key of the value further down."""
        return Spot(self.file, (*self.path, *path), "key")


class Draft(NamedTuple):
    """A problem that knows what it means, and not yet where that stands."""

    code: str
    message: str
    spot: Spot
    hint: str | None = None
    severity: Severity = "error"
    also: tuple[Spot, ...] = ()


def warning(code: str, message: str, spot: Spot, hint: str | None = None, also: tuple[Spot, ...] = ()) -> Draft:
    """A draft that does not stop a report."""
    return Draft(code, message, spot, hint, "warning", also)
