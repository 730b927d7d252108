"""What of a table cannot be read, as the reader of cases tells it: so many of a kind, and the rest counted."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING, Final

from claims.read.characters import shown, undecodable
from claims.read.crowds import MOST_TOLD, the_rest
from claims.read.drafts import Draft, Mark, Spot
from claims.read.problems import problems_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from claims.collection.files import TableFile
    from claims.model.problem import Problem, Severity


LEAVES_ROWS: Final = frozenset({"bad-key", "bad-value", "empty-file"})
"""Codes of what is told of a table of which every row is read."""


def is_whole(problems: Iterable[Problem]) -> bool:
    """Whether every row of the tables is read of which this is told: else what is named may be in the others."""
    return all(problem.severity == "warning" or problem.code in LEAVES_ROWS for problem in problems)


class Unread:
    """Gathers what of a table cannot be read."""

    def __init__(self, file: TableFile) -> None:
        self.file = file
        self._drafts: dict[str, list[Draft]] = defaultdict(list)
        self._number: Counter[str] = Counter()

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What was told, by place."""
        told: list[Draft] = []
        for code, drafts in self._drafts.items():
            told += drafts[:MOST_TOLD]
            if self._number[code] > MOST_TOLD:
                told.append(the_rest(drafts[MOST_TOLD], self._number[code] - MOST_TOLD))
        return problems_of(told, {})

    def clear(self) -> None:
        """Begin anew."""
        self._drafts.clear()
        self._number.clear()

    def tell(self, draft: Draft) -> None:
        """Keep what is told of a kind, and one more, and count the others."""
        self._number[draft.code] += 1
        if self._number[draft.code] <= MOST_TOLD + 1:
            self._drafts[draft.code].append(draft)

    def tell_of_table(self, code: str, message: str, hint: str, severity: Severity = "error") -> None:
        """Tell what is wrong with the table as a whole."""
        self.tell(Draft(code, message, Spot(self.file.name, mark=Mark(1, 1)), hint, severity))

    def stopped(self, error: Exception) -> None:
        """Tell why a table cannot be read, or be read on."""
        found = None
        if self.file.form != "parquet" and not isinstance(error, OSError):
            with self.file.path.open("rb") as stream:
                found = undecodable(stream, self.file.name)
        if found is not None:
            self.tell(found)
            return
        said = (getattr(error, "strerror", None) or str(error)).lower() if isinstance(error, OSError) else str(error)
        reason = shown((said.splitlines() or [type(error).__name__])[0][:200])
        self.tell_of_table("table-syntax", f"the table cannot be read: {reason}", "write it anew")
