"""Entries brought into a case: read, compared, checked, each laid into the file where it belongs.

Nothing is merged by itself: what the case says otherwise is a problem, unless what is added shall stand (`is_update`),
and then the keys that differ are changed and no others.
"""

from __future__ import annotations

import datetime as dt
import os
from bisect import bisect_left
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

from claims.model.errors import CaseProblems
from claims.model.plan import Effect, Field
from claims.read.additions import additions_to, as_text, conflicts
from claims.read.ledger import KEYED, Ledger, Row, key_of
from claims.read.neighbourhood import found_beside
from claims.read.problems import problems_of
from claims.read.texts import texts_of
from claims.write.landing import chosen_file, landings
from claims.write.layout import Insert, Put
from claims.write.plan import Bench, counted, text_of

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from claims.model.case import Case
    from claims.model.document import Document
    from claims.model.problem import Problem
    from claims.read.additions import Addition, Additions
    from claims.read.case import Reading
    from claims.write.plan import Prepared

SPEAKING: Final = ("claims", *KEYED)
"""Sections whose entries are claims or speak of one."""


def addition(
    reading: Reading,
    files: Mapping[str, bytes],
    *,
    into: str | None = None,
    is_update: bool = False,
    cache: bool = True,
) -> Prepared:
    """The change that brings the entries of some YAML files into a case.

    files: what each file says, by the name that problems shall call it. into: a file of the case, by its path from the
    case's folder, for all new entries; None: each goes beside what it belongs to. Raises `CaseProblems` with everything
    that is wrong, in the additions and between them and the case.
    """
    bench = Bench(reading, cache=cache)
    case = bench.case
    added = additions_to(case, files)
    fresh = [one for one in added.entries if one.standing is None]
    other = [one for one in added.entries if one.differing]
    told = _problems(bench, added, [*fresh, *(other if is_update else ())], is_update=is_update)
    if any(problem.severity == "error" for problem in told):
        raise CaseProblems(told)
    place = landings(case, fresh, None if into is None else chosen_file(case, bench.files, into))
    for one in fresh:
        bench.edit(place[one.section, one.key], Insert(one.section, one.written))
    for one in other:
        file, index = bench.position(one.section, one.key)
        for key in one.differing:
            bench.edit(file, Put(one.section, index, key, one.written[key]))
    effects = [_effect(one, case, place) for one in added.entries]
    after = _with(case, [*fresh, *other]) if bench.is_large else None
    return bench.prepared(_said(fresh, other), effects, told=told, after=after, claims=_borne_on(case, fresh, other))


def _problems(bench: Bench, added: Additions, rows: Sequence[Addition], *, is_update: bool) -> tuple[Problem, ...]:
    """Everything that is wrong with the additions, alone and beside the case."""
    ledger = Ledger(
        broken=added.ledger.broken, unread=added.ledger.unread, unfit=added.ledger.unfit, told=added.ledger.told
    )
    for one in rows:
        ledger.rows(one.section).append(Row(one.joined, one.row.file, one.section, one.row.index))
    drafts = [*added.drafts, *found_beside(bench.case, ledger)]
    if not is_update:
        drafts += conflicts(added, bench.case, {name: file.data for name, file in bench.files.items()})
    spoken_of = {spot.file for draft in drafts for spot in (draft.spot, *draft.also)}
    contents = {name: file.data for name, file in bench.files.items() if name in spoken_of}
    return problems_of(drafts, {**contents, **added.contents})


def _effect(one: Addition, case: Case, place: Mapping[tuple[str, str], str]) -> Effect:
    entry = one.row.entry
    if one.standing is None:
        return Effect(one.section, one.key, "new", place[one.section, one.key], text_of(entry))
    there = case.places[one.section, one.key]
    fields = tuple(
        Field(key, as_text(getattr(one.standing, key)) or None, as_text(getattr(entry, key))) for key in one.differing
    )
    return Effect(one.section, one.key, "changed" if fields else "there", there.file, text_of(entry), fields, there)


def _said(fresh: Sequence[Addition], other: Sequence[Addition]) -> str:
    """What is done, in a line."""
    parts = (("add", fresh), ("change", other))
    said = [f"{verb} {counted(one.section for one in entries)}" for verb, entries in parts if entries]
    return " and ".join(said) or "add nothing"


def _with(case: Case, added: Sequence[Addition]) -> Case:
    """The case as it will be, without reading it; where its new entries stand is not known."""
    sections: dict[str, Any] = {}
    for one in added:
        entries = sections.setdefault(one.section, list(getattr(case, one.section)))
        at = bisect_left(entries, one.key, key=key_of)
        entries[at : at + (one.standing is not None)] = [one.joined]
    sections = {section: tuple(entries) for section, entries in sections.items()}
    rows = [Row(one.joined, "", "documents", 0) for one in added if one.section == "documents"]
    texts, _ = texts_of(os.path.realpath(case.folder), rows)
    return replace(case, **sections, texts={**case.texts, **texts.by_document}, digest="")


def _borne_on(case: Case, fresh: Sequence[Addition], other: Sequence[Addition]) -> Collection[str] | None:
    """The claims that additions can bear on: those they speak of. None: any claim.

    A change of what was there can reach any claim, and so can a source that others name as their owner, a stored text,
    of which another may be a copy, and a document later than all others, as of which predictions are judged.
    """
    if other or any(one.section == "documents" and one.row.entry.text for one in fresh):
        return None
    sources = {one.key for one in fresh if one.section == "sources"}
    if sources and any(source.owner in sources for source in case.sources):
        return None
    dates = [_latest(one.row.entry) for one in fresh if one.section == "documents"]
    claims = {one.key if one.section == "claims" else one.row.entry.claim for one in fresh if one.section in SPEAKING}
    if max(filter(None, dates), default=dt.date.min) > max(
        filter(None, map(_latest, case.documents)), default=dt.date.min
    ):
        claims.update(claim.id for claim in case.claims if claim.due is not None)
    return claims


def _latest(document: Document) -> dt.date | None:
    return max((date.start for date in (document.published, document.retrieved) if date), default=None)
