"""A collection read once, checked, and cut by claim into parts on disk that can be judged one by one.

Held in memory: ids of claims and documents with what documents rely on, parties, sources and speakers; of findings and
statements never more than a batch. A part holds a run of claims in the order of their ids.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from claims.collection.batches import Reading
from claims.collection.cells import encoded, fitted, fitting, rows_said, text_column
from claims.collection.coding import SHARED
from claims.collection.cutting import Cut
from claims.collection.documents import KEPT, kept_columns, write_documents
from claims.collection.flaws import (
    are_relayed_from_nowhere,
    are_silent,
    are_undecided,
    fall_due_in_vain,
    name_nothing_known,
    name_themselves,
)
from claims.collection.halts import Halt
from claims.collection.keys import Keys
from claims.collection.likenesses import (
    Rows,
    addresses_in,
    alike_ids,
    are_plain,
    knots,
    leads_of,
    number_of,
    same_documents,
)
from claims.collection.lookups import (
    are_among,
    are_lost,
    places,
    run_in_circles,
    stand_twice,
    with_sound_lists,
)
from claims.collection.misquotes import misquoted
from claims.collection.oddities import (
    are_said_after,
    have_idle_reliance,
    last_days,
    odd_figures,
    suspect_by_themselves,
    until_never,
)
from claims.collection.register import Register, register
from claims.collection.spill import Spill
from claims.collection.suspects import MISQUOTED, Suspects
from claims.collection.texts import with_copies
from claims.collection.way import Way
from claims.tables.values import latest

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Iterator, Mapping
    from pathlib import Path

    from claims.collection.files import Collection, TableFile
    from claims.collection.likenesses import Numbers
    from claims.collection.texts import Stored
    from claims.model.problem import Problem
    from claims.model.quantity import Quantity
    from claims.tables.columns import Bools, Ints

CLAIMS: Final = ("id", "kind", "due", "quantity", "place", "when", "favours", "harms", "searches")
STATEMENTS: Final = ("claim", "speaker", "document", "quote", "stance", "value")
FINDINGS: Final = ("claim", "document", "stance", "basis", "credibility", "value", "when", "place", "relies_on")
PART: Final = 250_000
"""Findings of a part, about: what is judged at once."""


class Cutter:
    """Reads, checks and cuts a collection into a folder. `suspects` and `problems` are what was found on the way.

    stored: the texts of its documents; copies: those of which the text is nearly that of another, and these. halt: from
    where it goes on.
    """

    def __init__(  # noqa: PLR0913, PLR0917 - all that the parts rest on, each once
        self,
        collection: Collection,
        folder: Path,
        say: Callable[[str, int], None],
        stored: Stored,
        copies: Mapping[str, str],
        halt: Halt | None = None,
    ) -> None:
        self.collection, self.folder, self.say, self.stored, self.copies = collection, folder, say, stored, copies
        self.suspects = Suspects()
        self.problems: list[Problem] = []
        self.rows: dict[str, int] = {}
        self._way = Way(collection, folder, halt or Halt(), say)
        self._plain_ids = True
        """Whether all ids so far are of plain letters, which no others look like."""

    def cut(self) -> Cut:
        """Cut the collection; where anything is wrong with it, what is in the folder is of no use."""
        self._shared()
        claims = self._claims()
        today = self._documents()
        if not self._plain_ids:
            self.suspects.add_alike("look-alike", alike_ids(self.collection))
        count = self._findings_of(claims)
        edges = _edges(count, PART)
        part = np.searchsorted(edges, np.arange(len(claims)), side="right") - 1
        self._spill_claims(claims, part)
        self._spill_said("statements", STATEMENTS, claims, part)
        self._spill_said("findings", FINDINGS, claims, part)
        self.suspects.merge(self._way.suspects)
        self.problems += self._way.problems
        self.rows |= self._way.rows
        found = np.bincount(part, weights=count, minlength=len(edges))
        return Cut(len(edges), self.rows, tuple(int(n) for n in found), today)

    def _batches(
        self, section: str, columns: tuple[str, ...] | None = None
    ) -> Iterator[tuple[int, TableFile, int, pa.Table]]:
        """(number of the table, table, first row, cells) of each batch; with all columns, every cell is looked at."""
        rows = 0
        for n, file in enumerate(self.collection.of(section)):
            reading = Reading(file)
            if columns is None:
                self.suspects.columns(file, reading.head)
            for first, cells in reading.batches(columns):
                if columns is None:
                    suspect_by_themselves(self.suspects, file, first, cells)
                    self._plain_ids = self._plain_ids and are_plain(text_column(cells, "id"))
                rows += rows_said(cells) if columns is None else len(cells)
                yield n, file, first, cells
                self.say(section, rows)
            if columns is None:
                self.problems.extend(reading.problems)
        if columns is None:
            self.rows[section] = rows

    def _shared(self) -> None:
        for section in SHARED:
            read = []
            for _, file, first, cells in self._batches(section):
                self.suspects.add_all(file, first + np.arange(len(cells)))
                read.append(cells)
            table = (
                pa.concat_tables(read, promote_options="default")
                if read
                else pa.table({"id": pa.array([], pa.string())})
            )
            _write(table, self.folder / f"{section}.arrow")
            setattr(self, f"_{section}", text_column(table, "id"))

    _sources: pa.Array
    _speakers: pa.Array
    _parties: pa.Array

    def _claims(self) -> Register:
        """The ids of all claims, in order."""
        files = self.collection.of("claims")
        read, at, row = [], [], []
        for n, _, first, cells in self._batches("claims"):
            read.append(kept_columns(cells, ("id", "part_of", "kind", "due", "quantity", "favours", "harms")))
            at.append(np.full(len(cells), n))
            row.append(first + np.arange(len(cells)))
        if not read:
            self._quantity = np.zeros(0, dtype=np.int64), [None]
            return register(pa.array([], pa.string()))
        table, of, rows = pa.concat_tables(read).combine_chunks(), np.concatenate(at), np.concatenate(row)
        ids = text_column(table, "id")
        flaws = {
            "id twice": stand_twice(ids),
            "part_of": are_lost(text_column(table, "part_of"), ids) | run_in_circles(table, "part_of"),
        }
        parties = register(self._parties)
        for name in ("favours", "harms"):
            flaws[f"{name} who"] = name_nothing_known(table, "claims", name, parties)
        flaws["due"] = fall_due_in_vain(table)
        for sort, mask in flaws.items():
            self.suspects.add_of(files, sort, of[mask], rows[mask])
        order = pc.sort_indices(ids)
        self._quantity = fitted("claims", "quantity", text_column(table, "quantity").take(order))
        return register(ids.take(order).drop_null())

    _quantity: tuple[Ints, list[Quantity | None]]
    """The figures of the claims, in the order of these; none where one cannot be read."""

    def _documents(self) -> dt.date | None:
        """Check and keep the documents; the latest day that any bears."""
        files = self.collection.of("documents")
        read, at, row = [], [], []
        addresses: dict[int, Numbers] = {}
        size = 0
        for n, _, first, cells in self._batches("documents"):
            found = addresses_in(cells)
            if found is not None:
                addresses[size] = found
            size += len(cells)
            read.append(kept_columns(cells, KEPT))
            at.append(np.full(len(cells), n))
            row.append(first + np.arange(len(cells)))
        table = (
            pa.concat_tables(read).combine_chunks() if read else pa.table({n: pa.array([], pa.string()) for n in KEPT})
        )
        of, rows = np.concatenate([[], *at]).astype(np.int64), np.concatenate([[], *row]).astype(np.int64)
        ids = text_column(table, "id")
        self._targets = register(pa.concat_arrays([self._sources, self._speakers, ids]))
        twice = stand_twice(ids)
        flaws = {
            "id twice": twice | are_among(ids, pa.concat_arrays([self._sources, self._speakers])),
            "source": are_lost(text_column(table, "source"), self._sources),
            "same_text_as": are_lost(text_column(table, "same_text_as"), ids) | run_in_circles(table, "same_text_as"),
            "relies_on": name_nothing_known(table, "documents", "relies_on", self._targets)
            | name_themselves(table, "documents", ids),
        }
        for sort, mask in flaws.items():
            self.suspects.add_of(files, sort, of[mask], rows[mask])
        self._silent = are_silent(table)
        places_of = Rows(files, of, rows)
        self.suspects.add_alike("relied-in-circle", knots(table, twice, places_of))
        copied = text_column(table, "same_text_as")
        self._alike_documents(addresses, leads_of(copied, ids, twice), places_of)
        self._copies = copied.is_valid().to_numpy(zero_copy_only=False)
        if twice.any():
            self._copies = are_among(ids, ids.filter(copied.is_valid()))
        self._until = last_days(text_column(table, "published"), "documents", "published").astype(np.int32)
        kept = with_copies(with_sound_lists(table, "relies_on"), self.copies)
        write_documents([kept] if len(table) else [], self.folder)
        dates = [date for name in ("published", "retrieved") for date in _days(table, name)]
        return latest(dates)

    _silent: Bools
    """Documents that do not say what they rely on, in the order in which they stand behind the other targets."""
    _copies: Bools
    """Those that say whose text they have, in the same order."""
    _until: Ints
    """The last day on which each may have been published, likewise."""

    def _alike_documents(self, addresses: Mapping[int, Numbers], leads: Ints, rows: Rows) -> None:
        """Suspect documents that have an address or a stored text in common."""
        if not (addresses or self.stored.texts_of_rows):
            return
        numbers = np.zeros((len(leads), 3), dtype=np.uint64)
        for start, found in addresses.items():
            numbers[start : start + len(found), :2] = found
        starts = {file: int(np.searchsorted(rows.of, n)) for n, file in enumerate(rows.files)}
        for file, row, digest in self.stored.texts_of_rows:
            numbers[starts[file] + row, 2] = number_of(digest)
        self.suspects.add_alike("same-document", same_documents(numbers, leads, rows))

    def _findings_of(self, claims: Register) -> Ints:
        """How many findings there are on each claim."""
        count = np.zeros(len(claims), dtype=np.int64)
        for *_, cells in self._batches("findings", ("claim",)):
            claim = claims.places(text_column(cells, "claim"))
            count += np.bincount(claim[claim >= 0], minlength=len(claims))
        return count

    def _spill_claims(self, claims: Register, part: Ints) -> None:
        with Spill(self.folder, "claims") as spill:
            for *_, cells in self._batches("claims", CLAIMS):
                claim = claims.places(text_column(cells, "id"))
                spill.add(kept_columns(cells, CLAIMS).filter(pa.array(claim >= 0)), part[claim[claim >= 0]])

    def _spill_said(self, section: str, names: tuple[str, ...], claims: Register, part: Ints) -> None:
        """Check and put aside the findings, or the statements, as far as that is not done."""
        files, keys, suspects = self.collection.of(section), Keys(self.folder, section), self._way.suspects
        for file in files:
            self.suspects.columns(file, Reading(file).head)
        if self._way.is_done(section):
            return
        n_origins = len(self._sources) + len(self._speakers)
        with Spill(self.folder, section) as spill:
            for n, file, first, cells in self._way.batches(section, spill):
                claim = claims.places(text_column(cells, "claim"))
                document = self._targets.places(text_column(cells, "document"))
                speaker, _ = places(text_column(cells, "speaker"), self._speakers)
                lost = (claim < 0) | (document < n_origins)
                if section == "statements":
                    lost |= speaker < 0
                suspects.add(file, "reference", first + np.flatnonzero(lost))
                whose = (claim, document) if section == "findings" else (claim, document, speaker)
                keys.add(n, first, text_column(cells, "id"), *whose)
                if section == "findings":
                    self._look_at_findings(file, first, cells, claim, document - n_origins)
                else:
                    self._look_at_statements(file, first, cells, document - n_origins)
                sound = ~lost
                spill.add(
                    kept_columns(with_sound_lists(cells, "relies_on"), names).filter(pa.array(sound)),
                    part[claim[sound]],
                )
        for at, row in keys.twice():
            suspects.add_of(files, "key twice", at, row)
        self._way.end(section)
        keys.discard()

    def _look_at_findings(self, file: TableFile, first: int, cells: pa.Table, claim: Ints, document: Ints) -> None:
        """What only findings can have wrong: relayed from nowhere, on themselves, without a stance."""
        suspects = self._way.suspects
        refs = name_nothing_known(cells, "findings", "relies_on", self._targets)
        refs |= name_themselves(cells, "findings", text_column(cells, "document"))
        suspects.add(file, "relies_on", first + np.flatnonzero(refs))
        relayed = are_relayed_from_nowhere(cells, np.append(self._silent, True)[np.maximum(document, -1)])
        suspects.add(file, "relayed", first + np.flatnonzero(relayed))
        unsaid = np.flatnonzero(text_column(cells, "stance").is_null().to_numpy(zero_copy_only=False) & (claim >= 0))
        if len(unsaid):
            suspects.add(file, "stance", first + unsaid[self._is_open(cells.take(pa.array(unsaid)), claim[unsaid])])
        of_copy = np.append(self._copies, False)[np.maximum(document, -1)]
        idle = have_idle_reliance(with_sound_lists(cells, "relies_on"), of_copy)
        suspects.add_odd(file, "idle-key", first + np.flatnonzero(idle))
        self._look_at_figures(file, first, cells, claim)

    def _look_at_figures(self, file: TableFile, first: int, cells: pa.Table, claim: Ints) -> None:
        """Findings with a figure beside that of their claim."""
        asked = np.append(self._quantity[0], -1)[np.maximum(claim, -1)]
        given = text_column(cells, "value").is_valid().to_numpy(zero_copy_only=False)
        rows = np.flatnonzero((asked >= 0) & given)
        if not len(rows):
            return
        own = cells.take(pa.array(rows))
        values, figures = fitted("findings", "value", text_column(own, "value"))
        found = odd_figures(
            asked[rows],
            self._quantity[1],
            values,
            figures,
            text_column(own, "stance"),
            self.collection.policy.tolerance,
        )
        for sort, mask in found:
            self._way.suspects.add_odd(file, sort, first + rows[mask])

    def _look_at_statements(self, file: TableFile, first: int, cells: pa.Table, document: Ints) -> None:
        """What only statements can have odd: words that are not in the text, or were said after they were published."""
        until = until_never(self._until)[np.maximum(document, -1)]
        late, wrong = are_said_after(cells, until), misquoted(cells, self.stored.texts)
        self._way.suspects.add_odd(file, "dates-out-of-order", first + np.flatnonzero(late))
        self._way.suspects.add_odd(file, MISQUOTED, first + np.flatnonzero(wrong))

    def _is_open(self, cells: pa.Table, claim: Ints) -> Bools:
        """Of findings without a stance, which ones their figures do not decide."""
        tolerance = self.collection.policy.tolerance
        values, figures = fitted("findings", "value", text_column(cells, "value"))
        return are_undecided(self._quantity[0][claim], self._quantity[1], values, figures, tolerance)


def shared_in(folder: Path) -> dict[str, pa.Table]:
    """Parties, sources and speakers, as they were cut into a folder."""
    return {name: pa.ipc.open_file(pa.memory_map(str(folder / f"{name}.arrow"))).read_all() for name in SHARED}


def _write(table: pa.Table, path: Path) -> None:
    with pa.OSFile(str(path), "wb") as sink, pa.ipc.new_file(sink, table.schema) as writer:
        writer.write_table(table)


def _edges(count: Ints, size: int) -> Ints:
    """The first claim of each part, so that each has about so many findings, and about so many claims at most."""
    load = np.cumsum(np.maximum(count, 1)) - np.maximum(count, 1)
    return np.flatnonzero(np.diff(load // size, prepend=-1) > 0) if len(count) else np.zeros(1, dtype=np.int64)


def _days(table: pa.Table, name: str) -> list[Any]:
    _, different = encoded(text_column(table, name))
    return fitting("documents", name, different)
