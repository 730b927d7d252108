"""Whether they were said: the attribution of every claim of a part, by the rule that a case's records go through.

Most claims have no record or one. What their records look like comes in few forms, and the rule is asked once for each.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np

from claims.collection.cells import Coded, coded
from claims.collection.coding import distinct
from claims.model.assessment import ATTRIBUTIONS
from claims.tables.columns import REPEATS, bools, codes, found_in, ints
from claims.verdict.attribution import Utterance, attributed, figure_among
from claims.verdict.reach import Reach

if TYPE_CHECKING:
    from collections.abc import Sequence

    from claims.collection.coding import Coding
    from claims.model.quantity import Quantity
    from claims.tables.columns import Bools, Codes, Column, Ints

FINDING: Final = -1
"""Stands for the speaker of a finding that only repeats a claim."""
UNRECORDED: Final = ATTRIBUTIONS.index("unrecorded")


class Records(NamedTuple):
    """Every record of an utterance, by claim, and its document: as in Utterance, speakers and figures as codes."""

    claim: Ints
    document: Ints
    owner: Ints
    speaker: Ints
    stance: Ints
    own_voice: Bools
    figure: Ints
    """-1: none."""


def attributions(coding: Coding, tolerance: float) -> Codes:
    """Per claim, the position in ATTRIBUTIONS of the verdict on its utterance."""
    figures: list[Quantity] = []
    stances = coded(coding.statements, "statements", "stance")
    records = _records(coding, stances, figures, tolerance)
    words = (*stances.values, "repeats")
    reach = Reach(coding.tables)
    leads = reach.leads
    starts = np.searchsorted(records.claim, np.arange(len(coding.ids.claims) + 1))
    count = np.diff(starts)
    result = np.full(len(count), UNRECORDED, dtype=np.int8)
    known: dict[tuple[tuple[int, ...], ...], int] = {}
    rows = list(zip(*(column.tolist() for column in records), strict=True))
    for n in np.flatnonzero(count).tolist():
        own = rows[starts[n] : starts[n + 1]]
        form = () if any(leads[row[1]] for row in own) else _form(own)
        if form in known:
            result[n] = known[form]
            continue
        made = [_utterance(n_record, row, words, figures) for n_record, row in enumerate(own)]

        def follows(one: Utterance, other: Utterance, n: int = n) -> bool:
            follower = int(one.document)
            return bool(leads[follower]) and int(other.document) in reach.of(n, follower)

        result[n] = ATTRIBUTIONS.index(attributed(made, tolerance, follows).attribution)
        if form:
            known[form] = int(result[n])
    return result


def _form(own: Sequence[tuple[int, ...]]) -> tuple[tuple[int, ...], ...]:
    """What records that follow nothing look like to the rule: which are of one owner or speaker, not of whom."""
    if len(own) == 1:
        return ((*own[0][4:], own[0][3] == FINDING),)
    owners, speakers = [row[2] for row in own], [row[3] for row in own]
    return tuple(
        (owners.index(row[2]), FINDING if row[3] == FINDING else speakers.index(row[3]), *row[4:]) for row in own
    )


def _utterance(n: int, row: tuple[int, ...], words: tuple[str, ...], figures: list[Quantity]) -> Utterance:
    """A record as the rule sees it; it is called by its number, and so are those who made it."""
    _, document, owner, speaker, stance, own_voice, figure = row
    return Utterance(
        id=f"{n:09}",
        kind="repeats" if speaker == FINDING else "statement",
        document=str(document),
        source=str(owner),
        owner=owner,
        speaker=None if speaker == FINDING else f"{speaker:09}",
        stance=words[stance],
        own_voice=bool(own_voice),
        quote=None,
        figure=None if figure < 0 else figures[figure],
        published_by=str(owner),
        said_by=None if speaker == FINDING else str(speaker),
    )


def _records(coding: Coding, stances: Coded, figures: list[Quantity], tolerance: float) -> Records:
    """Statements, then findings that repeat a claim, each that had been published."""
    later = bools(coding.tables.documents, "later")
    source, owner = ints(coding.tables.documents, "source"), ints(coding.tables.origins, "owner")
    stated = np.flatnonzero(~later[coding.statement_document])
    findings = coding.tables.findings
    repeated = np.flatnonzero((codes(findings, "stance") == REPEATS) & ~later[codes(findings, "document")])
    claim = np.concatenate([coding.statement_claim[stated], ints(findings, "claim")[repeated]])
    document = np.concatenate([coding.statement_document[stated], ints(findings, "document")[repeated]])
    speaker = np.concatenate([coding.statement_speaker[stated], np.full(len(repeated), FINDING)])
    stance = stances.codes[stated]
    stance = np.where(stance < 0, len(stances.values) - 1, stance)
    own = _own_voice(coding, stated, repeated)
    figure = np.concatenate(
        [_stated_figures(coding, stated, figures, tolerance), _repeated_figures(coding, repeated, figures)]
    )
    order = np.argsort(claim, kind="stable")
    columns: tuple[Column, ...] = (
        claim,
        document,
        owner[source[document]],
        speaker,
        np.concatenate([stance, np.full(len(repeated), len(stances.values))]),
        own,
        figure,
    )
    return Records(*(column[order] for column in columns))


def _own_voice(coding: Coding, stated: Codes, repeated: Codes) -> Bools:
    """Whether each record is in a source that is the own voice of its speaker: of a finding, of any on the claim."""
    source, n_origins = ints(coding.tables.documents, "source"), len(coding.tables.origins)
    voice = coding.voices[coding.statement_speaker[stated]]
    claim = coding.statement_claim[stated]
    has = voice >= 0
    spoken = np.unique(claim[has] * n_origins + voice[has])
    findings = coding.tables.findings
    key = ints(findings, "claim")[repeated] * n_origins + source[ints(findings, "document")[repeated]]
    return np.concatenate([voice == source[coding.statement_document[stated]], found_in(spoken, key)[1]])


def _stated_figures(coding: Coding, stated: Codes, figures: list[Quantity], tolerance: float) -> Ints:
    """The figure of each statement, once for each claimed quantity, value and quote that are different."""
    value, quote = (coded(coding.statements, "statements", name) for name in ("value", "quote"))
    quantity = coding.scope[0]
    claimed = quantity.codes[coding.statement_claim[stated]]
    quoted = np.where(claimed < 0, -1, quote.codes[stated])
    first, which = distinct(claimed, value.codes[stated], quoted)
    codes_of = np.empty(len(first), dtype=np.int64)
    for n, row in enumerate(first.tolist()):
        said = value.values[value.codes[stated[row]]], quote.values[quoted[row]]
        codes_of[n] = _numbered(figure_among(quantity.values[claimed[row]], *said, tolerance), figures)
    return codes_of[which]


def _repeated_figures(coding: Coding, repeated: Codes, figures: list[Quantity]) -> Ints:
    own = coding.values.codes[repeated]
    different, which = np.unique(own, return_inverse=True)
    return np.array([_numbered(coding.values.values[n], figures) for n in different.tolist()], dtype=np.int64)[which]


def _numbered(figure: Quantity | None, figures: list[Quantity]) -> int:
    if figure is None:
        return -1
    figures.append(figure)
    return len(figures) - 1
