"""Whether they were said: the attribution of every claim of a part, by the rule that a case's records go through.

Most claims have no record or one. What their records look like comes in few forms, and the rule is asked once for each.
"""

from __future__ import annotations

from functools import lru_cache, partial
from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np

from claims.collection.cells import Coded, coded
from claims.collection.lookups import distinct
from claims.independence.links import spans
from claims.model.assessment import ATTRIBUTIONS
from claims.tables.columns import REPEATS, bools, codes, found_in, ints
from claims.verdict.attribution import Utterance, attributed, figure_among
from claims.verdict.reach import Reach

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from collections.abc import Collection as Collected

    from claims.collection.coding import Coding
    from claims.model.quantity import Quantity
    from claims.tables.columns import Bools, Codes, Column, Ints

    Record = tuple[int, ...]
    """A row of Records."""
    Form = tuple[tuple[int, ...], ...]
    Pairs = tuple[tuple[int, int], ...]

FINDING: Final = -1
"""Stands for the speaker of a finding that only repeats a claim."""
NO_FIGURE: Final = -1
UNRECORDED: Final = ATTRIBUTIONS.index("unrecorded")
FEW: Final = 8
"""Records of a claim that are held for a form; more are seldom alike."""
AT_HAND: Final = 1024
"""Documents of a claim with many records of which it is kept in mind what their chains pass."""


class Records(NamedTuple):
    """Every record of an utterance, by claim, and its document: as in Utterance, speakers and figures as codes."""

    claim: Ints
    document: Ints
    owner: Ints
    speaker: Ints
    stance: Ints
    own_voice: Bools
    figure: Ints
    """NO_FIGURE: none."""

    def take(self, rows: Ints) -> Records:
        """These records, in that order."""
        columns: tuple[Column, ...] = self
        return Records(*(column.take(rows) for column in columns))

    def rows(self) -> list[Record]:
        """The records one by one."""
        return list(zip(*(column.tolist() for column in self), strict=True))


def attributions(coding: Coding, tolerance: float) -> Codes:
    """Per claim, the position in ATTRIBUTIONS of the verdict on its utterance."""
    figures: list[Quantity] = []
    stances = coded(coding.statements, "statements", "stance")
    records = _records(coding, stances, figures, tolerance)
    rule = _Rule((*stances.values, "repeats"), figures, tolerance)
    reach = Reach(coding.tables)
    starts = np.searchsorted(records.claim, np.arange(len(coding.ids.claims) + 1))
    result = np.full(len(coding.ids.claims), UNRECORDED, dtype=np.int8)
    alone = np.flatnonzero(np.diff(starts) == 1)
    result[alone] = _of_one(records.take(starts.take(alone)), rule)
    several = np.flatnonzero(np.diff(starts) > 1)
    which, at = spans(starts.take(several), np.diff(starts).take(several))
    rows = records.take(at).rows()
    edges = np.searchsorted(which, np.arange(len(several) + 1)).tolist()
    for n, start, end in zip(several.tolist(), edges, edges[1:], strict=False):
        result[n] = rule.of(rows[start:end], partial(_passed, reach, n))
    return result


def _of_one(records: Records, rule: _Rule) -> Codes:
    """The position in ATTRIBUTIONS of utterances that have one record each: it follows none, and contradicts none."""
    first, which = distinct(records.stance, records.own_voice.astype(np.int64), (records.speaker == FINDING) * 1)
    found = [rule.of([row], lambda _: ()) for row in records.take(first).rows()]
    return np.array(found, dtype=np.int8).take(which)


def _passed(reach: Reach, n: int, document: int) -> Collected[int]:
    """The documents that a document's chains pass on a claim; most pass none."""
    return reach.of(n, document) if reach.leads[document] else ()


class _Rule:
    """The rule for records of utterances. Where they are few, it is asked once for all that look alike to it."""

    def __init__(self, words: tuple[str, ...], figures: list[Quantity], tolerance: float) -> None:
        self.words, self.figures, self.tolerance = words, figures, tolerance
        self.alone: dict[Form, int | None] = {}
        self.following: dict[tuple[Form, Pairs], int] = {}

    def of(self, own: Sequence[Record], passed: Callable[[int], Collected[int]]) -> int:
        """The position in ATTRIBUTIONS. passed: the documents that a document's chains pass on that claim."""
        if len(own) > FEW:
            know = lru_cache(AT_HAND)(passed)
            return self._asked(own, lambda one, other: own[other][1] in know(own[one][1]))
        form = _form(own)
        if form not in self.alone:
            self.alone[form] = self._without_following(own)
        found = self.alone[form]
        if found is not None:
            return found
        follows = _followed(own, passed)
        if (form, follows) not in self.following:
            self.following[form, follows] = self._asked(own, lambda one, other: (one, other) in follows)
        return self.following[form, follows]

    def _without_following(self, own: Sequence[Record]) -> int | None:
        """The position in ATTRIBUTIONS; None where it depends on which of them follow which."""
        questions: list[tuple[int, int]] = []

        def asked(one: int, other: int) -> bool:
            questions.append((one, other))
            return False

        found = self._asked(own, asked)
        return None if questions else found

    def _asked(self, own: Sequence[Record], follows: Callable[[int, int], bool]) -> int:
        made = [_utterance(n, row, self.words, self.figures) for n, row in enumerate(own)]
        found = attributed(made, self.tolerance, lambda one, other: follows(int(one.id), int(other.id)))
        return ATTRIBUTIONS.index(found.attribution)


def _followed(own: Sequence[Record], passed: Callable[[int], Collected[int]]) -> Pairs:
    """Which records follow which, by their numbers."""
    return tuple(
        (one, other)
        for one, row in enumerate(own)
        if (onto := passed(row[1]))
        for other, its in enumerate(own)
        if its[1] in onto
    )


def _form(own: Sequence[Record]) -> Form:
    """What records look like to the rule: which are of one owner or speaker, not of whom; nor which follow which.

    A figure contradicts none but another one.
    """
    owners, speakers = [row[2] for row in own], [row[3] for row in own]
    may_differ = len({row[6] for row in own} - {NO_FIGURE}) > 1
    return tuple(
        (
            owners.index(row[2]),
            FINDING if row[3] == FINDING else speakers.index(row[3]),
            row[4],
            row[5],
            row[6] if may_differ else NO_FIGURE,
        )
        for row in own
    )


def _utterance(n: int, row: Record, words: tuple[str, ...], figures: list[Quantity]) -> Utterance:
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
        figure=None if figure == NO_FIGURE else figures[figure],
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
        return NO_FIGURE
    figures.append(figure)
    return len(figures) - 1
