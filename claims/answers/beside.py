"""What is known of sources beside their answers: grades, owners, and whom they rely on."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np
import pandas as pd

from claims.answers.checks import missing, require
from claims.answers.faults import Fault, Origin, quoted, raise_faults, rows_where
from claims.model.errors import BadRequest
from claims.model.grade import LETTERS, UNJUDGED_LETTER

if TYPE_CHECKING:
    from collections.abc import Mapping

    from claims.fusion.codes import Floats
    from claims.model.policy import Policy

TIES: Final = ("owner", "relies_on")
DIGIT: Final = 3
"""The credibility at which a grade is read from the policy's table: possibly true."""


def grades_in(frame: pd.DataFrame, origin: Origin) -> dict[str, str]:
    """Of each source its letter, from the columns source and grade. Raises `BadRequest` or `TableProblems`."""
    require(frame, ("source", "grade"), origin)
    raise_faults(missing(frame, ("source",)), origin)
    letter = frame["grade"].astype("object").fillna("").astype(str).str.strip().str.upper()
    bad = rows_where(~letter.isin([*LETTERS, ""]).to_numpy(dtype=bool))
    says = lambda n: (f"{quoted(letter.iloc[bad[n]])} is not a grade", "grades are A to F; F is no grade")  # noqa: E731
    raise_faults([Fault("bad-grade", bad, says)], origin)
    return dict(zip(frame["source"].astype(str), letter, strict=True))


def promises(sources: pd.Index, grades: Mapping[str, str], policy: Policy) -> Floats:
    """Of each source how likely its grade says it is right, or nan for F and for none. Raises `BadRequest`."""
    odd = sorted({letter for letter in grades.values() if letter and letter not in LETTERS})
    if odd:
        raise BadRequest(f"{', '.join(map(quoted, odd))} is not a grade: grades are A to F")
    by_letter = {
        letter: policy.probability[letter][DIGIT]  # type: ignore[index]
        for letter in LETTERS[:UNJUDGED_LETTER]
    }
    return np.array([by_letter.get(grades.get(str(name), ""), np.nan) for name in sources], dtype=np.float64)


def ties_in(frame: pd.DataFrame, sources: pd.Index, origin: Origin) -> tuple[tuple[int, int], ...]:
    """Pairs of sources, by number, that are declared to depend: one owner, or one owns or relies on the other.

    frame: a column source, and owner or relies_on or both; an empty field says nothing. Raises `BadRequest`.
    """
    require(frame, ("source",), origin)
    columns = [name for name in TIES if name in frame.columns]
    if not columns:
        raise BadRequest(f"{origin.name} has neither a column owner nor a column relies_on")
    number = {str(name): n for n, name in enumerate(sources)}
    first: dict[str, int] = {}
    found: list[tuple[int, int]] = []
    for name in columns:
        said = frame[["source", name]].drop_duplicates()
        for source, other in zip(said["source"].astype(str), said[name].astype("object"), strict=True):
            if source not in number or pd.isna(other) or not str(other):
                continue
            at = number.get(str(other), first.setdefault(str(other), number[source]))
            if at != number[source]:
                found.append((at, number[source]))
    return tuple(sorted(set(found)))
