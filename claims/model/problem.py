"""What is wrong with what a person wrote: values that are gathered, sorted and told all at once.

>>> print(Problem("june.yaml", 14, 13, "unknown-source", "no source is called 'soh'", "did you mean 'sohr'?"))
june.yaml:14:13: error: unknown-source: no source is called 'soh' (did you mean 'sohr'?)
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Severity = Literal["error", "warning"]


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """Where an entry or a value stands: a file below the case folder, a line and a column from 1."""

    file: str
    line: int
    column: int = 1
    key: str | None = None
    """In a table, the name of the column."""

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.key or self.column}"


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One thing that is wrong, where, and the way out; sorts by place.

    `source` is the offending line as it stands in the file and `width` how many characters of it, from `column`,
    are meant. `also` names the other places that belong to it (the first use of an id that is used twice).
    In a table `key` is the name of the column that is meant, and `line` of a Parquet file is the row, from 1; its
    `column` is the number of the column. A `warning` does not stop a report; an `error` does.
    """

    file: str
    line: int
    column: int
    code: str
    message: str
    hint: str | None = None
    severity: Severity = "error"
    source: str | None = None
    width: int = 1
    also: tuple[Place, ...] = ()
    key: str | None = None

    def __str__(self) -> str:
        way_out = f" ({self.hint})" if self.hint else ""
        return (
            f"{self.file}:{self.line}:{self.key or self.column}: {self.severity}: {self.code}: {self.message}{way_out}"
        )
