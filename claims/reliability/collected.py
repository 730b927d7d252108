"""How reliable the sources of a collection are that is too large to be a case, as its parts tell."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Protocol

import numpy as np

from claims.collection.coding import people_as_case
from claims.model.grade import LETTERS
from claims.reliability.comparison import comparison_of
from claims.reliability.parts import Parts
from claims.reliability.sources import chosen_from, listed

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Mapping

    import pyarrow as pa

    from claims.collection.files import Collection
    from claims.model.case import Case
    from claims.model.problem import Problem
    from claims.model.reliability import Reliabilities
    from claims.reliability.evidence import Block
    from claims.reliability.sources import Asked
    from claims.tables.columns import Ints


class Gathering(Parts, Protocol):
    """Parts that are still to be made of a collection."""

    @property
    def digest(self) -> str:
        """The digest of all that was read, once it is."""
        ...

    @property
    def warnings(self) -> tuple[Problem, ...]:
        """What is odd about it, once it is read."""
        ...

    def read(self) -> Mapping[str, pa.Table]:
        """Read and check all; gives parties, sources and speakers. Raises `CaseProblems`."""
        ...

    def gather(self) -> None:
        """Make the parts."""
        ...


def collected(
    collection: Collection, as_of: dt.date | None, parts: Gathering, asked: Asked, say: Callable[[str], None]
) -> tuple[Case, Reliabilities]:
    """The people of a collection, and what is learned of its sources: as `reliabilities` would of a case of the same.

    Answers are not told one by one. say: told of each round. Raises `CaseProblems` where the collection has errors, and
    `NotFound` with near ids.
    """
    people = people_as_case(parts.read(), collection.policy)
    case = replace(
        people,
        id=collection.header.case,
        title=collection.title,
        folder=collection.root,
        digest=parts.digest,
        warnings=parts.warnings,
    )
    sources = chosen_from(case, asked)
    parts.gather()
    letter = np.array([LETTERS.index(origin.reliability) for origin in case.origins], dtype=np.int64)
    found = comparison_of(_Told(parts, say), letter, case.policy)
    return case, listed(case, as_of, sources, found, None, asked.sort)


class _Told:
    """Parts, and who is told how often they were gone through."""

    def __init__(self, parts: Parts, say: Callable[[str], None]) -> None:
        self.parts, self.say, self.counts = parts, say, parts.counts
        self.times = 0

    def together(self, of: Callable[[Block], Ints], rows: int) -> Ints:
        """As `Parts.together`."""
        self.times += 1
        self.say(f"holding answers against each other, round {self.times}")
        return self.parts.together(of, rows)
