"""The tables of a collection as frames of Spark, read by the workers from where they stand."""

from __future__ import annotations

import pickle
from functools import reduce
from typing import TYPE_CHECKING, Any

import pyarrow as pa
from pyspark.sql import DataFrame
from pyspark.sql.pandas.types import from_arrow_schema

from claims.cluster.judging import packed
from claims.cluster.likenesses import (
    ADDRESSED,
    FOLDED,
    NUMBERED,
    QUOTED,
    digests_of,
    folds,
    numbered,
    quoted,
)
from claims.cluster.looks import Known, Look, look_at
from claims.cluster.portions import batches_in
from claims.cluster.records import LINKED, UNFILED, linked, places, read_by, records_of
from claims.collection.batches import Reading
from claims.collection.cells import rows_said, text_column
from claims.collection.coding import SHARED
from claims.collection.likenesses import are_plain
from claims.collection.misquotes import MADE_OF
from claims.collection.texts import stored_texts, with_copies
from claims.read.ledger import KEYED, SECTIONS

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from pyspark import Broadcast
    from pyspark.sql import SparkSession

    from claims.cluster.portions import Portion
    from claims.collection.files import Collection
    from claims.model.problem import Problem

    Reader = Callable[[Portion], Iterator[pa.Table]]

LOOK = pa.schema([("look", pa.binary())])


class Tables:
    """The tables of a collection. Parties, sources and speakers are read at once, and given to every worker.

    So are stored texts, by this machine: what workers are given is which documents they show to be copies.
    """

    def __init__(
        self, spark: SparkSession, collection: Collection, portions: Sequence[Portion], as_of: dt.date | None
    ) -> None:
        self.spark, self.collection, self.portions = spark, collection, portions
        self.problems: list[Problem] = []
        """What could not be read of parties, sources and speakers."""
        people = {name: self._whole(name) for name in SHARED}
        self.people = {name: rows_said(table) for name, table in people.items()}
        """How many rows there are of each."""
        self.known = Known(*(text_column(people[name], "id") for name in SHARED))
        self.plain_people = all(map(are_plain, self.known))
        """Whether all of their ids are of plain letters."""
        self._given: list[Broadcast[Any]] = []
        self._shared = self._sent({name: packed(table) for name, table in people.items()})
        self._known = self._sent(self.known)
        self.stored = stored_texts(collection)
        copies = self.stored.copies(collection.policy.near_duplicate, as_of)
        self._copies = self._sent(copies)

    @property
    def shared(self) -> Callable[[], Mapping[str, bytes]]:
        """What gives a worker the parties, sources and speakers, as Arrow files."""
        sent = self._shared
        return lambda: sent.value

    def looks(self) -> Iterator[Look]:
        """What is seen of each portion by itself, in their order."""
        known = self._known

        def look(portion: Portion) -> Iterator[pa.Table]:
            yield pa.table([[pickle.dumps(look_at(portion, known.value))]], schema=LOOK)

        frame = self._read([p for p in self.portions if p.file.section not in SHARED], look, LOOK)
        return (pickle.loads(row.look) for row in frame.collect()) if frame else iter(())  # noqa: S301 - our workers' own

    def records(self, section: str) -> DataFrame:
        """The rows of claims, statements or findings as UNFILED."""
        known, columns = self._known, read_by(section)

        def read(portion: Portion) -> Iterator[pa.Table]:
            origins = pa.concat_arrays([known.value.sources, known.value.speakers])
            for first, cells in batches_in(portion, Reading(portion.file), columns):
                yield records_of(cells, section, places(portion.number, first, len(cells)), origins)

        return self._of(section, read, UNFILED)

    def documents(self) -> DataFrame:
        """The rows of documents as LINKED."""
        known, copies, columns = self._known, self._copies, read_by("documents")

        def read(portion: Portion) -> Iterator[pa.Table]:
            origins = pa.concat_arrays([known.value.sources, known.value.speakers])
            for first, cells in batches_in(portion, Reading(portion.file), columns):
                yield linked(with_copies(cells, copies.value), places(portion.number, first, len(cells)), origins)

        return self._of("documents", read, LINKED)

    def own_ids(self, section: str) -> DataFrame:
        """(id, at) of statements or findings that have an id of their own."""
        return self._cells(section, ("id",)).where("id is not null")

    def parts_of_claims(self) -> DataFrame:
        """(id, part_of, at) of claims."""
        return self._cells("claims", ("id", "part_of"))

    def numbers(self) -> DataFrame:
        """What documents may have in common, as NUMBERED."""
        of_table = {file: n for n, file in enumerate(self.collection.files)}
        digests = self._sent(digests_of(self.stored, of_table))

        def read(portion: Portion) -> Iterator[pa.Table]:
            for first, cells in batches_in(portion, Reading(portion.file), ADDRESSED):
                yield numbered(cells, places(portion.number, first, len(cells)), digests.value)

        return self._of("documents", read, NUMBERED)

    def looks_of_ids(self) -> DataFrame:
        """All ids that others may look like, as FOLDED."""

        def read(portion: Portion) -> Iterator[pa.Table]:
            for first, cells in batches_in(portion, Reading(portion.file), ("id",)):
                yield folds(cells, places(portion.number, first, len(cells)))

        frames = [self._of(section, read, FOLDED) for section in SECTIONS if section not in KEYED]
        return reduce(DataFrame.union, frames)

    def quotes(self) -> DataFrame:
        """Statements with a quote that can be looked for, as QUOTED."""
        documents = self._sent(pa.array(list(self.stored.texts), pa.string()))

        def read(portion: Portion) -> Iterator[pa.Table]:
            for first, cells in batches_in(portion, Reading(portion.file), MADE_OF):
                yield quoted(cells, places(portion.number, first, len(cells)), documents.value)

        return self._of("statements", read, QUOTED)

    def close(self) -> None:
        """Let go of what the workers were given."""
        for sent in self._given:
            sent.destroy()

    def _sent(self, value: Any) -> Broadcast[Any]:
        """What gives every worker this, until `close`."""
        self._given.append(self.spark.sparkContext.broadcast(value))
        return self._given[-1]

    def _whole(self, section: str) -> pa.Table:
        found = []
        for file in self.collection.of(section):
            reading = Reading(file)
            found += [cells for _, cells in reading.batches()]
            self.problems += reading.problems
        empty = pa.table({"id": pa.array([], pa.string())})
        return pa.concat_tables([empty, *found], promote_options="default")

    def _cells(self, section: str, names: tuple[str, ...]) -> DataFrame:
        schema = pa.schema([*((name, pa.string()) for name in names), ("at", pa.int64())])

        def read(portion: Portion) -> Iterator[pa.Table]:
            for first, cells in batches_in(portion, Reading(portion.file), names):
                at = pa.array(places(portion.number, first, len(cells)))
                yield pa.table([*(text_column(cells, name) for name in names), at], schema=schema)

        return self._of(section, read, schema)

    def _of(self, section: str, read: Reader, schema: pa.Schema) -> DataFrame:
        frame = self._read([p for p in self.portions if p.file.section == section], read, schema)
        return frame if frame is not None else self.spark.createDataFrame([], from_arrow_schema(schema))

    def _read(self, portions: Sequence[Portion], read: Reader, schema: pa.Schema) -> DataFrame | None:
        """What `read` gives of each portion, one in a task; None where there is none."""
        if not portions:
            return None
        sent = tuple(portions)

        def rows(batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
            for batch in batches:
                for n in batch.column("id").to_pylist():
                    for table in read(sent[n]):
                        yield from table.to_batches()

        numbers = self.spark.range(0, len(sent), 1, len(sent))
        return numbers.mapInArrow(rows, from_arrow_schema(schema))
