"""Whether he said it: the verdict on the utterance, apart from the verdict on what it says.

Records of the utterance are its statements and the findings that only repeat it. The first rule that matches:

| attribution | when |
| --- | --- |
| denied | a speaker to whom the claim is attributed denies it |
| unrecorded | there is no record |
| wording-varies | records differ in figure, unit or polarity |
| confirmed | a record is the speaker's own voice, or two are of sources that are not one, neither following the other |
| single-record | otherwise |

For attribution an interested outlet is a good witness: what a party's own channel airs of its leader is his own record.
Another person's denial is a statement on the claim, not on who said it.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING

from claims.model.assessment import Conflict
from claims.model.quantity import agreement, figures_in
from claims.verdict.conflicts import conflicts_between

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from claims.model.assessment import Attribution
    from claims.model.claim import Claim
    from claims.model.quantity import Quantity
    from claims.model.statement import Statement


@dataclass(frozen=True, slots=True)
class Utterance:
    """One record of an utterance, as the rules see it."""

    id: str
    kind: str
    document: str
    source: str
    owner: int
    """The label of all that is one with its source."""
    speaker: str | None
    """None: a finding that repeats the claim names no speaker of its own."""
    stance: str
    own_voice: bool
    quote: str | None
    figure: Quantity | None
    published_by: str
    """How its source is called."""
    said_by: str | None
    """How its speaker is called."""
    note: str | None = None


@dataclass(frozen=True, slots=True)
class Attributed:
    """The verdict on the utterance, why, and where its records differ."""

    attribution: Attribution
    reason: str
    records: tuple[str, ...]
    conflicts: tuple[Conflict, ...] = ()


def figure_of(claim: Claim, statement: Statement, tolerance: float) -> Quantity | None:
    """The figure that a statement gives: its `value`, else the one in its quote, where the claim has a figure."""
    return figure_among(claim.quantity, statement.value, statement.quote, tolerance)


def figure_among(
    claimed: Quantity | None, value: Quantity | None, quote: str | None, tolerance: float
) -> Quantity | None:
    """The figure of a record with that value and quote, of a claim with that figure.

    Of several figures in a quote the one that agrees with the claim is meant; where none does, none is.
    """
    if value or not claimed or not quote:
        return value
    found = figures_in(quote)
    if len(found) == 1:
        return found[0]
    return next((figure for figure in found if agreement(claimed, figure, tolerance) == "agrees"), None)


def attributed(
    records: Sequence[Utterance], tolerance: float, follows: Callable[[Utterance, Utterance], bool]
) -> Attributed:
    """The verdict on an utterance. `follows(a, b)`: whether the document of `a` has its knowledge from that of `b`."""
    said = {record.speaker for record in records if record.speaker and record.stance != "denies"}
    denials = [r for r in records if r.stance == "denies" and (r.speaker in said or not said)]
    if denials:
        return Attributed("denied", "the speaker denies it", tuple(record.id for record in denials))
    records = [record for record in records if record.stance != "denies"]
    if not records:
        return Attributed("unrecorded", "no record of the utterance", ())
    conflicts = _differences(records, tolerance)
    ids = tuple(record.id for record in records)
    if conflicts:
        return Attributed("wording-varies", "; ".join(conflict.text for conflict in conflicts), ids, conflicts)
    for record in records:
        if record.own_voice:
            return Attributed("confirmed", f"{record.published_by} is the speaker's own voice", (record.id,))
    several = records if len({record.owner for record in records}) > 1 else ()
    for one, other in combinations(several, 2):
        if one.owner != other.owner and not follows(one, other) and not follows(other, one):
            text = f"{one.published_by} and {other.published_by} recorded it, neither following the other"
            return Attributed("confirmed", text, (one.id, other.id))
    return Attributed("single-record", "no second record whose source is another and that does not follow it", ids)


def _differences(records: Sequence[Utterance], tolerance: float) -> tuple[Conflict, ...]:
    figures = [(record.figure, record.id) for record in records if record.figure]
    return (*conflicts_between(figures, tolerance), *_polarities(records))


def _polarities(records: Sequence[Utterance]) -> tuple[Conflict, ...]:
    by_speaker: dict[str, dict[str, list[str]]] = {}
    names = {record.speaker: record.said_by for record in records}
    for record in records:
        if record.speaker:
            by_speaker.setdefault(record.speaker, {}).setdefault(record.stance, []).append(record.id)
    return tuple(
        Conflict(
            "polarity",
            f"{names[speaker]} {' and '.join(sorted(stances))} it",
            tuple((stance, tuple(ids)) for stance, ids in sorted(stances.items())),
        )
        for speaker, stances in sorted(by_speaker.items())
        if len(stances) > 1
    )
