"""What is wrong with a collection, told in the words of any case: suspected rows are read again for it."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING

import numpy as np
from pyspark.sql import Window
from pyspark.sql import functions as fn

from claims.cluster.doubts import ODD
from claims.cluster.likenesses import DOCUMENT, NUMBERED, alike_documents, alike_ids, misquotes, tied_documents
from claims.cluster.reach import closed
from claims.cluster.records import FILE_BITS, placed
from claims.collection.batches import Reading
from claims.collection.coding import SHARED
from claims.collection.faults import problems_in
from claims.collection.suspects import MISQUOTED, MOST_HELD, Suspects
from claims.model.errors import CaseProblems
from claims.read.crowds import MOST_TOLD
from claims.read.problems import by_place

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable

    from pyspark.sql import DataFrame

    from claims.cluster.tables import Tables
    from claims.model.problem import Problem


class Checks:
    """The checks of a collection. Each keeps what it suspects; `tell` says what is wrong of it, all at once."""

    def __init__(self, tables: Tables) -> None:
        self.tables = tables
        self.rows_of: Counter[str] = Counter()
        """How many rows there are of each section, once they have been looked at."""
        self.latest: dt.date | None = None
        """The latest day of any document, known then as well."""
        self.warnings: tuple[Problem, ...] = ()
        """What is odd, once it is told."""
        self.own_ids = self.parts = 0
        """How many statements and findings have an id of their own, and how many claims are part of another."""
        self.plain_ids, self.has_addresses = True, False
        """Whether all ids are of plain letters, and whether a document has an address."""
        self._suspects = self._shared()
        self._problems: list[Problem] = [*tables.problems]
        """What cannot be read."""
        self._last: tuple[Problem, ...] | None = None
        """What came of it when it was last read again, while nothing is added."""

    def rows(self) -> None:
        """Look at every row by itself."""
        looks = tuple(self.tables.looks())
        self.rows_of.update(self.tables.people)
        self._suspects.unsound(self.tables.stored.unsound)
        for look in looks:
            self.rows_of[look.section] += look.rows
            self.own_ids += look.own_ids
            self.parts += look.parts
            self.plain_ids = self.plain_ids and look.plain_ids
            self.has_addresses = self.has_addresses or look.has_addresses
            self._suspects.merge(look.suspects)
            self._problems += look.problems
        self.latest = max((look.latest for look in looks if look.latest), default=None)

    def documents(self, documents: DataFrame, pairs: DataFrame) -> None:
        """Look at documents that have one id, name what is not there, or are copies of each other in a circle."""
        own = documents.select("id", fn.lit(1).alias("there"), "at")
        named = documents.select(fn.explode("links").alias("id"), fn.lit(0).alias("there"), "at")
        used = (
            own.union(named)
            .groupBy("id")
            .agg(
                fn.sum("there").alias("there"),
                fn.min(fn.when(fn.col("there") == 1, fn.col("at"))).alias("first"),
                fn.max("at").alias("last"),
            )
        )
        odd = used.where("there != 1").select(fn.explode(fn.array("first", "last")).alias("at"))
        circles = pairs.where("id = to").select("id").distinct()
        copies = documents.where("document_same_text_as is not null").join(circles, "id").select("at")
        self._suspect("documents that refer", odd.union(copies))
        self._tied(documents, circles)

    def addresses(self, numbers: DataFrame, documents: DataFrame, pairs: DataFrame) -> None:
        """Look at documents with one address or text; numbers: rows of NUMBERED."""
        several = numbers.groupBy("number").agg(fn.countDistinct("at").alias("of")).where("of > 1")
        first = fn.row_number().over(Window.partitionBy("number").orderBy("at"))
        sharing = numbers.join(several, "number", "left_semi").withColumn("n", first).where(fn.col("n") <= MOST_HELD)
        sharing = sharing.select(*NUMBERED.names).persist()
        try:
            found = sharing.toArrow()
            if not len(found):
                return
            ids = sharing.select("id")
            led_to = documents.join(ids.union(pairs.join(ids, "id", "left_semi").select("to")), "id", "left_semi")
            led_to = led_to.select("id", fn.col("document_same_text_as").alias("same_text_as"), "at").toArrow()
        finally:
            sharing.unpersist()
        alike = alike_documents(found, led_to.cast(DOCUMENT), self.tables.collection.files)
        self._suspects.add_alike("same-document", alike)

    def looks_of_ids(self, seen: DataFrame) -> None:
        """Look at ids that look the same and are not; seen: rows of FOLDED."""
        several = seen.groupBy("fold").agg(fn.countDistinct("id").alias("of"), fn.max("is_odd").alias("odd"))
        found = seen.join(several.where("odd and of > 1").select("fold"), "fold", "left_semi").toArrow()
        self._suspects.add_alike("look-alike", alike_ids(found, self.tables.collection.files))

    def quotes(self, statements: DataFrame) -> None:
        """Look at quotes that are not in the stored texts, which this machine reads; statements: rows of QUOTED."""
        found = misquotes(statements.toArrow(), self.tables.stored)
        for (_, file), own in _by_table(found, [MISQUOTED] * len(found)).items():
            self._suspects.add_odd(self.tables.collection.files[file], MISQUOTED, np.array(own))

    def claims(self, claims: DataFrame) -> None:
        """Look at claims that are part of none that there is, or of each other in a circle; claims: id, part_of, at."""
        links = claims.where("part_of is not null")
        lost = links.join(claims.select(fn.col("id").alias("part_of")), "part_of", "left_anti").select("at")
        pairs, kept = closed(links.select("id", fn.col("part_of").alias("to")))
        circles = links.join(pairs.where("id = to").select("id").distinct(), "id").select("at")
        try:
            self._suspect("part_of", lost.union(circles))
        finally:
            for frame in kept:
                frame.unpersist()

    def keys(self, said: DataFrame) -> None:
        """Look at statements, or findings, that have one id of their own; said: id, at."""
        again = said.groupBy("id").agg(fn.min("at").alias("first"), fn.max("at").alias("last")).where("first != last")
        self._suspect("key twice", again.select(fn.explode(fn.array("first", "last")).alias("at")))

    def doubts(self, found: DataFrame) -> None:
        """Look at the rows that workers doubted; found: rows of DOUBT."""
        suspects, files, self._last = self._suspects, self.tables.collection.files, None
        found = found.withColumn("file", fn.shiftright("at", FILE_BITS))
        is_odd = fn.startswith("doubt", fn.lit(ODD))
        first = found.where(~is_odd).orderBy("at").limit(MOST_HELD)
        for (sort, file), (own, count) in _first(first, found.where(~is_odd)).items():
            suspects.add(files[file], sort, np.array(own), count)
        by_place = Window.partitionBy("doubt", "file").orderBy("at")
        first = found.where(is_odd).withColumn("n", fn.row_number().over(by_place)).where(fn.col("n") <= MOST_TOLD)
        for (sort, file), (own, count) in _first(first, found.where(is_odd)).items():
            suspects.add_odd(files[file], sort.removeprefix(ODD), np.array(own), count)

    @property
    def has_errors(self) -> bool:
        """Whether any of what was suspected so far is wrong."""
        return any(problem.severity == "error" for problem in self._told())

    def tell(self) -> None:
        """Say in `warnings` what is odd. Raises `CaseProblems`, with warnings as well, where anything is wrong."""
        found = self._told()
        if any(problem.severity == "error" for problem in found):
            raise CaseProblems(found)
        self.warnings = found

    def _told(self) -> tuple[Problem, ...]:
        if self._last is None:
            collection = self.tables.collection
            found = problems_in(collection, self._suspects, self._problems)
            self._last = by_place({*collection.problems, *self._problems, *found})
        return self._last

    def _shared(self) -> Suspects:
        """All rows of parties, sources and speakers, beside which others are read."""
        suspects = Suspects()
        for file in (file for section in SHARED for file in self.tables.collection.of(section)):
            reading = Reading(file)
            suspects.columns(file, reading.head)
            for first, cells in reading.batches(()):
                suspects.add_all(file, first + np.arange(len(cells)))
        return suspects

    def _tied(self, documents: DataFrame, circles: DataFrame) -> None:
        """Look at documents that rely on each other; circles: the ids of those that lead back to themselves."""
        if circles.isEmpty():
            return
        tied = documents.join(circles, "id", "left_semi")
        tied = tied.select("id", fn.col("document_relies_on").alias("relies_on"), "at").toArrow()
        self._suspects.add_alike("relied-in-circle", tied_documents(tied, self.tables.collection.files))

    def _suspect(self, sort: str, rows: DataFrame) -> None:
        """Suspect the rows at these places: a column `at`."""
        places = rows.where("at is not null").distinct()
        first = [row["at"] for row in places.orderBy("at").limit(MOST_HELD).collect()]
        if not first:
            return
        of = places.groupBy(fn.shiftright("at", FILE_BITS).alias("file")).count().collect()
        count = {row["file"]: row["count"] for row in of}
        for (_, file), own in _by_table(first, [sort] * len(first)).items():
            self._suspects.add(self.tables.collection.files[file], sort, np.array(own), count[file])


def _first(first: DataFrame, found: DataFrame) -> dict[tuple[str, int], tuple[list[int], int]]:
    """By sort and number of the table, the first rows that are doubted, and how many there are; found: all of them."""
    rows = first.select("at", "doubt").toArrow()
    if not len(rows):
        return {}
    times = found.groupBy("doubt", "file").agg(fn.sum("times").alias("times")).collect()
    count = {(row["doubt"], row["file"]): row["times"] for row in times}
    places, sorts = rows["at"].to_pylist(), rows["doubt"].to_pylist()
    fetched = Counter((sort, placed(place)[0]) for place, sort in zip(places, sorts, strict=True))
    by_table = _by_table(places, sorts)
    # A row may be doubted more than once, as one that names two things that are not there.
    return {key: (own, count[key] - (fetched[key] - len(own))) for key, own in by_table.items()}


def _by_table(places: Iterable[int], sorts: Iterable[str]) -> dict[tuple[str, int], list[int]]:
    """The rows at these places by sort and by the number of their table, in order and once each."""
    found: dict[tuple[str, int], set[int]] = defaultdict(set)
    for place, sort in zip(places, sorts, strict=True):
        file, row = placed(place)
        found[sort, file].add(row)
    return {key: sorted(rows) for key, rows in found.items()}
