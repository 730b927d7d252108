"""Answers of many sources, fused: which value holds for each object, and how reliable each source is.

    frame -> answers checked -> numbered -> method chosen -> estimate -> Fusion

>>> import pandas as pd
>>> from claims import fuse
>>> said = [("a", "1"), ("b", "1"), ("c", "2")]
>>> found = fuse(pd.DataFrame({"source": s, "object": "capital", "value": v} for s, v in said))
>>> found.outcome[["object", "value", "tied"]].values.tolist()
[['capital', '1', 1]]
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np
import pandas as pd

from claims.answers.beside import TIES, promises, ties_in
from claims.answers.checks import as_figures, checked
from claims.answers.faults import Origin
from claims.fusion.choose import MOST_LABELS, choose
from claims.fusion.codes import BLOCK
from claims.fusion.estimate import SUREST, Figures, estimate, reliability
from claims.fusion.result import Fusion
from claims.fusion.sorting import coded
from claims.model.errors import BadRequest

if TYPE_CHECKING:
    from collections.abc import Mapping

    from claims.fusion.choose import Choice
    from claims.fusion.codes import Answers, Floats, Numbered
    from claims.fusion.estimate import Estimate
    from claims.model.policy import Policy

FRAME: Final = Origin("the frame", list)
OWNERS: Final = Origin("the table of owners", list)
ALIKE: Final = 9
"""Decimals from which on two probabilities are one."""
SHOWN: Final = 6
"""Decimals of the figures that are told."""


class Fused(NamedTuple):
    """The names, the answers, and what was found of them."""

    given: Numbered
    answers: Answers
    found: Estimate
    grade: Floats


def fuse(  # noqa: PLR0913 - each says one thing that is known beside the answers
    frame: pd.DataFrame,
    *,
    numeric: bool | None = None,
    tolerance: float | None = None,
    grades: Mapping[str, str] | None = None,
    owners: pd.DataFrame | None = None,
    policy: Policy | None = None,
    origin: Origin = FRAME,
) -> Fusion:
    """Which value holds for each object, how likely, and how reliable each source is.

    frame: one answer a row, in the columns source, object and value, and owner or relies_on where that is known; their
    order tells nothing. numeric: whether the values are quantities; None: they are where all are numbers and many.
    tolerance: how far two figures may be apart and agree; it makes them quantities. grades: letters A to F of sources;
    F says nothing. owners: a column source, and owner or relies_on: such sources speak with one voice. policy: gives
    the probability of a grade, at digit 3; the default one. origin: what the rows are called in problems.

    Raises `TableProblems` for rows that make no sense, and `BadRequest` for an argument that makes none.
    """
    if tolerance is not None and not (np.isfinite(tolerance) and tolerance >= 0 and numeric is not False):
        raise BadRequest("a tolerance is a number from 0 on, and for figures")
    is_told = True if tolerance is not None else numeric
    said = checked(frame, origin, are_figures=bool(is_told))
    if not said.answers.who.size:
        return _nothing()
    number = as_figures(said.answers.options)
    given, choice, number = _chosen(said.answers, number, is_told=is_told)
    answers = coded(given)
    line = Figures(number[answers.value], tolerance) if choice.method == "figures" else None
    ties = [*_ties(frame, given, origin), *(ties_in(owners, given.sources, OWNERS) if owners is not None else ())]
    grade = _promises(given, grades or {}, policy)
    repeated, given = said.repeated.size, given.names()
    del said  # a search needs the room
    found = estimate(answers, choice.method, grade, ties=ties, figures=line)
    return _told(repeated, choice, Fused(given, answers, found, grade))


def _chosen(given: Numbered, number: Floats, *, is_told: bool | None) -> tuple[Numbered, Choice, Floats]:
    """The method; for figures, values renumbered in their order, and one where several are spelled for one number."""
    are_figures = bool(number.size) and bool(np.isfinite(number).all())
    candidates = _pairs(given)
    choice = choose(values=len(given.options), candidates=candidates, are_figures=are_figures, is_told=is_told)
    if choice.method != "figures":
        return given, choice, number
    ordered, place = np.unique(number, return_inverse=True)
    spelling = np.argsort(number) if ordered.size == number.size else _shortest(given.options, place)
    return given._replace(said=place.astype(np.int32)[given.said], options=given.options[spelling]), choice, ordered


def _shortest(options: pd.Index, place: np.ndarray) -> np.ndarray:
    """Of each number the position of the shortest text for it: 1 rather than 1.0."""
    spelled = pd.DataFrame({"place": place, "text": options.astype(str)})
    spelled["long"] = spelled["text"].str.len()
    return spelled.sort_values(["place", "long", "text"]).drop_duplicates("place").index.to_numpy()


def _pairs(given: Numbered) -> int:
    """How many values there are of all objects; counted only where that decides something."""
    if len(given.options) > MOST_LABELS:
        return len(given.options)
    seen = np.zeros(len(given.objects) * max(len(given.options), 1), dtype=bool)
    for begin in range(0, given.what.size, BLOCK):
        rows = slice(begin, begin + BLOCK)
        seen[given.what[rows] * np.int64(len(given.options)) + given.said[rows]] = True
    return int(seen.sum())


def _ties(frame: pd.DataFrame, given: Numbered, origin: Origin) -> tuple[tuple[int, int], ...]:
    columns = [name for name in TIES if name in frame.columns]
    return ties_in(frame[["source", *columns]], given.sources, origin) if columns else ()


def _promises(given: Numbered, grades: Mapping[str, str], policy: Policy | None) -> Floats:
    if not grades:
        return np.full(len(given.sources), np.nan)
    if policy is None:
        from claims.read.policy import default_policy  # noqa: PLC0415 - most who fuse have no grades

        policy = default_policy()
    return promises(given.sources, grades, policy)


def _told(repeated: int, choice: Choice, fused: Fused) -> Fusion:
    candidates = _candidates(fused)
    best = candidates[candidates.pop("best")].reset_index(drop=True)
    ties = int(best.loc[best["tied"] > 1, "object"].nunique())
    fit = fused.found.fit
    return Fusion(
        outcome=best,
        candidates=candidates.drop(columns="tied"),
        sources=_sources(fused),
        method=choice.method,
        notes=tuple(_notes(repeated, choice, fused.found, ties)),
        rounds=fit.rounds,
        converged=fit.converged,
    )


def _nothing() -> Fusion:
    outcome = pd.DataFrame({"object": [], "value": [], "probability": [], "tied": []})
    sources = pd.DataFrame({name: [] for name in ("source", "reliability", "low", "high", "answers", "copies")})
    return Fusion(outcome, outcome.drop(columns="tied"), sources, "open values", ("there are no answers",), 0, True)  # noqa: FBT003 - it ended


def _candidates(fused: Fused) -> pd.DataFrame:
    """Every value of every object, by object and value; `best` marks those that none surpasses.

    Of figures that are as likely as each other, since the same truths are within the tolerance of both, the one that is
    itself more likely is best.
    """
    given, answers, found, _ = fused
    probability, own = np.round(found.probability, ALIKE), np.round(found.fit.shares.right, ALIKE)
    top = probability == np.repeat(answers.most(probability), answers.given)
    top &= own == np.repeat(answers.most(np.where(top, own, -1.0)), answers.given)
    tied = np.add.reduceat(top, answers.first, dtype=np.int32)
    return pd.DataFrame({
        "object": given.objects.take(answers.object),
        "value": given.options.take(answers.value),
        "probability": np.round(np.minimum(probability, SUREST), SHOWN),
        "tied": np.repeat(tied, answers.given),
        "best": top,
    })  # fmt: skip


def _sources(fused: Fused) -> pd.DataFrame:
    given, answers, found, grade = fused
    mean, low, high = reliability(answers, found, grade)
    names = given.sources.astype(str)
    copies: dict[int, set[str]] = {}
    for copy in found.copies:
        copies.setdefault(copy.one, set()).add(names[copy.other])
        copies.setdefault(copy.other, set()).add(names[copy.one])
    return pd.DataFrame({
        "source": given.sources,
        "reliability": np.round(mean, SHOWN),
        "low": np.round(low, SHOWN),
        "high": np.round(high, SHOWN),
        "answers": answers.told.astype(np.int64),
        "copies": ["; ".join(sorted(copies.get(n, ()))) for n in range(answers.sources)],
    })  # fmt: skip


def _notes(repeated: int, choice: Choice, found: Estimate, ties: int) -> list[str]:
    notes = [f"method: {choice.method}: {choice.why}"]
    if choice.method == "figures":
        by = "how close they come" if found.by_closeness else "the same figure"
        near = f"{found.tolerance:g}" if found.tolerance else "0, as figures recur"
        notes.append(f"figures: tolerance {near}; sources are judged by {by}")
    if repeated:
        verbs = ("answer stands", "counts") if repeated == 1 else ("answers stand", "count")
        notes.append(f"{repeated:,} {verbs[0]} twice, word for word, and {verbs[1]} once")
    if found.copies:
        sources = {copy.one for copy in found.copies} | {copy.other for copy in found.copies}
        notes.append(f"copies: {len(sources)} sources share errors as only copies do; each group speaks with one voice")
    if found.fit.objects:
        notes.append(f"objects: {found.fit.objects}")
    if ties:
        notes.append(f"ties: of {ties:,} {'object' if ties == 1 else 'objects'} several values are equally likely")
    ended = f"the search ended after {found.fit.rounds} rounds"
    notes.append(
        ended if found.fit.converged else f"the search did not end: it was stopped after {found.fit.rounds} rounds"
    )
    return notes
