"""A part of a collection as the columns that the kernel sees: text columns become codes, whole columns at a time.

No rule stands here. What a value comes to is asked of the functions that a case asks of every entry, once for each
value that is different.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from claims.collection.cells import Coded, coded, entries, list_column, text_column
from claims.collection.documents import originals
from claims.collection.lookups import distinct
from claims.model.case import Case
from claims.model.errors import BadRequest
from claims.read.mistakes import short
from claims.tables import columns as c
from claims.tables.from_case import codes_of, origins_of
from claims.tables.values import (
    STANCE_CODE,
    Said,
    Scope,
    Ties,
    digit_of,
    first_day,
    gain_and_lose,
    is_asserted,
    is_checkable_kind,
    is_later,
    is_own_knowledge,
    is_own_word,
    is_retracted,
    last_day,
    n_searches,
    stance_of,
    ties_of,
)

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping

    from claims.model.policy import Policy

    Sections = Mapping[str, pa.Table]

SHARED = ("parties", "sources", "speakers")
"""Sections of which every part sees the whole."""
PART = ("documents", "claims", "statements", "findings")
"""Sections that are cut by claim; documents are in every part that reaches them."""


class Ids(NamedTuple):
    """The ids of a part, by code: origins are sources, then speakers, and documents stand behind them in `targets`."""

    claims: pa.Array
    documents: pa.Array
    origins: pa.Array
    targets: pa.Array


class Coding(NamedTuple):
    """A part of a collection, coded: what the kernel sees, and what the records of utterances need besides."""

    tables: c.Tables
    ids: Ids
    claims: pa.Table
    statements: pa.Table
    findings: pa.Table
    """The tables of text, claims by id and findings by claim, as the rows of `tables` stand."""
    scope: tuple[Coded, Coded, Coded]
    """Quantity, time and place of the claims."""
    values: Coded
    """The figures of the findings."""
    statement_claim: c.Ints
    statement_document: c.Ints
    statement_speaker: c.Ints
    """Position among the speakers."""
    voices: c.Ints
    """Per speaker, the code of the source that is his own voice, or -1."""


class People(NamedTuple):
    """What every part sees whole: origins as columns, their ids, who speaks for which party, and the ties of these."""

    origins: c.Table
    ids: pa.Array
    n_sources: int
    parties: tuple[str, ...]
    voices: c.Ints
    speaks_for: c.Ints
    ties: Ties


def people_as_case(shared: Sections, rules: Policy) -> Case:
    """The parties, sources and speakers of a collection, by id, as a case that has nothing else."""
    made: dict[str, Any] = {
        name: tuple(sorted(entries(shared[name], name), key=lambda entry: entry.id)) if name in shared else ()
        for name in SHARED
    }
    return Case("collection", "", None, Path(), rules, **made)


def people_of(shared: Sections, rules: Policy) -> People:
    """The parties, sources and speakers of a collection, coded."""
    return people_in(people_as_case(shared, rules))


def people_in(case: Case) -> People:
    """The parties, sources and speakers of a case that has those of its collection, coded."""
    codes = codes_of(case)
    return People(
        origins=origins_of(case, codes),
        ids=pa.array([entry.id for entry in case.origins], pa.string()),
        n_sources=len(case.sources),
        parties=tuple(codes.parties),
        voices=np.array([codes.origins[s.voice] if s.voice else -1 for s in case.speakers], dtype=np.int64),
        speaks_for=np.array([codes.parties[s.party] if s.party else -1 for s in case.speakers], dtype=np.int64),
        ties=ties_of(case.parties),
    )


def coding_of(people: People, part: Sections, rules: Policy, as_of: dt.date | None, today: dt.date | None) -> Coding:
    """A part as columns at a date. today: the date as which the whole collection is judged.

    Raises `BadRequest` where something in it does not fit, or refers to what is not there.
    """
    claims, documents = _by_id(part.get("claims")), _by_id(part.get("documents"))
    ids = _ids(people, text_column(claims, "id"), text_column(documents, "id"))
    published = coded(documents, "documents", "published")
    later = published.of_each(lambda date: is_later(date, as_of), bool)
    findings, finding_claim = _by_claim(part.get("findings"), ids)
    statements = _table(part.get("statements"))
    said_on = found(text_column(statements, "claim"), ids.claims, "claim")
    said_in = found(text_column(statements, "document"), ids.documents, "document")
    speaker = found(text_column(statements, "speaker"), people.ids[people.n_sources :], "speaker")
    scope = (
        coded(claims, "claims", "quantity"),
        coded(claims, "claims", "when"),
        coded(claims, "claims", "place"),
    )
    values = coded(findings, "findings", "value")
    heard = Heard(said_on, speaker, coded(statements, "statements", "stance"), ~later[said_in])
    tables = c.Tables(
        claims=_claims(claims, scope[1], as_of, today),
        origins=people.origins,
        documents=_documents(documents, ids, published, later, as_of),
        document_links=_links(documents, "document", ids, later),
        findings=_findings(findings, finding_claim, ids, scope, values, rules.tolerance),
        finding_links=_links(findings, "finding", ids, later),
        speakers=_speakers(people, heard),
        interests=_interests(people, claims, heard),
    )
    return Coding(tables, ids, claims, statements, findings, scope, values, said_on, said_in, speaker, people.voices)


class Heard(NamedTuple):
    """Statements as columns: claim, speaker (position among speakers), stance, whether it had been published."""

    claim: c.Ints
    speaker: c.Ints
    stance: Coded
    seen: c.Bools


def found(texts: pa.Array, known: pa.Array, what: str) -> c.Ints:
    """The position of each id among those known. Raises `BadRequest` where one is not."""
    place = pc.index_in(texts, value_set=known)
    if place.null_count:
        lost = texts.filter(pc.is_null(place))[0].as_py()
        raise BadRequest(f"no {what} is called '{short(str(lost))}': check the collection first")
    return place.to_numpy(zero_copy_only=False).astype(np.int64)


def _table(table: pa.Table | None) -> pa.Table:
    return pa.table({}) if table is None else table


def _by_id(table: pa.Table | None) -> pa.Table:
    table = _table(table)
    ids = text_column(table, "id")
    return table.take(pc.sort_indices(ids)) if len(table) else table


def _ids(people: People, claims: pa.Array, documents: pa.Array) -> Ids:
    return Ids(claims, documents, people.ids, pa.concat_arrays([people.ids, documents]))


def _by_claim(table: pa.Table | None, ids: Ids) -> tuple[pa.Table, c.Ints]:
    """The findings by claim, and the claim of each."""
    table = _table(table)
    claim = found(text_column(table, "claim"), ids.claims, "claim")
    if np.any(claim[1:] < claim[:-1]):
        order = np.argsort(claim, kind="stable")
        return table.take(pa.array(order)), claim[order]
    return table, claim


def _claims(table: pa.Table, when: Coded, as_of: dt.date | None, today: dt.date | None) -> c.Table:
    kind, due = coded(table, "claims", "kind"), coded(table, "claims", "due")
    first, which = distinct(kind.codes, due.codes)
    judged = [is_checkable_kind(kind.values[kind.codes[n]], due.values[due.codes[n]], today) for n in first]
    searches = coded(table, "claims", "searches")
    return c.Table(
        {
            "begins": when.of_each(first_day, np.int64),
            "checkable": np.array(judged, dtype=bool)[which],
            "searches": searches.of_each(lambda made: n_searches(made, as_of), np.int64),
        }
    )


def _documents(table: pa.Table, ids: Ids, published: Coded, later: c.Bools, as_of: dt.date | None) -> c.Table:
    original = _optional(originals(table), ids.documents, "document")
    return c.Table(
        {
            "source": found(text_column(table, "source"), ids.origins, "source"),
            "ends": published.of_each(last_day, np.int64),
            "retracted": coded(table, "documents", "retracted").of_each(lambda it: is_retracted(it, as_of), bool),
            "later": later,
            "same_text_as": np.where((original >= 0) & ~np.append(later, True)[original], original, -1),
        }
    )


def _optional(texts: pa.Array, known: pa.Array, what: str) -> c.Ints:
    """As `found`, and -1 where no id is given."""
    rows = np.flatnonzero(texts.is_valid().to_numpy(zero_copy_only=False))
    places = np.full(len(texts), -1, dtype=np.int64)
    places[rows] = found(texts.drop_null(), known, what)
    return places


def _links(table: pa.Table, name: str, ids: Ids, later: c.Bools) -> c.Table:
    """What the rows of a table rely on, in the order given; what had not appeared is left out."""
    starts, names = list_column(table, f"{name}s", "relies_on")
    leaves = np.repeat(np.arange(len(table)), np.diff(starts))
    target = found(names, ids.targets, "source, speaker or document")
    document = target - len(ids.origins)
    kept = (document < 0) | ~np.append(later, False)[np.maximum(document, -1)]
    return c.Table({name: leaves[kept], "target": target[kept]})


def _findings(  # noqa: PLR0913, PLR0917 - what a stance is decided by
    table: pa.Table, claim: c.Ints, ids: Ids, scope: tuple[Coded, ...], values: Coded, tolerance: float
) -> c.Table:
    stance, mismatch = _stances(table, claim, scope, values, tolerance)
    return c.Table(
        {
            "claim": claim,
            "document": found(text_column(table, "document"), ids.documents, "document"),
            "stance": stance,
            "digit": coded(table, "findings", "credibility").of_each(digit_of, np.int64),
            "knows_itself": coded(table, "findings", "basis").of_each(is_own_knowledge, bool),
            "own_links": text_column(table, "relies_on").is_valid().to_numpy(zero_copy_only=False),
            "mismatch": mismatch,
        }
    )


def _stances(
    table: pa.Table, claim: c.Ints, scope: tuple[Coded, ...], values: Coded, tolerance: float
) -> tuple[c.Ints, c.Ints]:
    """Per finding, its stance and what it does not share with the claim; once for each combination of values."""
    given = coded(table, "findings", "stance")
    own = (values, coded(table, "findings", "when"), coded(table, "findings", "place"))
    # Of the claim only that matters which the finding speaks of as well.
    whose = [np.where(said.given, asked.codes[claim], -1) for said, asked in zip(own, scope, strict=True)]
    first, which = distinct(given.codes, *(said.codes for said in own), *whose)
    decided = np.empty((len(first), 2), dtype=np.int64)
    for n, row in enumerate(first.tolist()):
        asked = Scope(*(column.values[codes[row]] for column, codes in zip(scope, whose, strict=True)))
        said = Said(*(column.values[column.codes[row]] for column in (*own, given)))
        stance, mismatch = stance_of(asked, said, tolerance)
        decided[n] = STANCE_CODE[stance], mismatch
    return decided[which, 0], decided[which, 1]


def _speakers(people: People, heard: Heard) -> c.Table:
    own = heard.seen & heard.stance.of_each(is_own_word, bool)
    claim, speaker = heard.claim[own], heard.speaker[own]
    voice = people.voices[speaker]
    pairs = np.concatenate(
        [
            np.stack([claim, speaker + people.n_sources], axis=1),
            np.stack([claim, voice], axis=1)[voice >= 0],
        ]
    )
    pairs = np.unique(pairs, axis=0) if len(pairs) else pairs
    return c.Table({"claim": pairs[:, 0], "origin": pairs[:, 1]})


def _interests(people: People, claims: pa.Table, heard: Heard) -> c.Table:
    """Who gains and who loses by each claim; decided once for each combination of what decides it."""
    party = people.speaks_for[heard.speaker]
    asserts = heard.seen & heard.stance.of_each(is_asserted, bool) & (party >= 0)
    asserting: dict[int, set[str]] = {}
    for claim, code in set(zip(heard.claim[asserts].tolist(), party[asserts].tolist(), strict=True)):
        asserting.setdefault(claim, set()).add(people.parties[code])
    favours, harms = coded(claims, "claims", "favours"), coded(claims, "claims", "harms")
    code_of = {name: code for code, name in enumerate(people.parties)}
    known: dict[tuple[int, int, frozenset[str]], list[tuple[int, bool]]] = {}
    concerned = sorted({*np.flatnonzero(favours.given | harms.given).tolist(), *asserting})
    rows: list[tuple[int, int, bool]] = []
    for n in concerned:
        key = int(favours.codes[n]), int(harms.codes[n]), frozenset(asserting.get(n, ()))
        if key not in known:
            gains, loses = gain_and_lose(favours.values[key[0]], harms.values[key[1]], key[2], people.ties)
            known[key] = sorted([(code_of[p], True) for p in gains] + [(code_of[p], False) for p in loses])
        rows += [(n, code, does_gain) for code, does_gain in known[key]]
    three = np.asarray(rows, dtype=np.int64).reshape(-1, 3)
    return c.Table({"claim": three[:, 0], "party": three[:, 1], "gains": three[:, 2].astype(bool)})
