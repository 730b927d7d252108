"""A collection judged on a cluster: the functions that judge it on one machine, and Spark to bring rows together.

    portions looked at -> documents linked -> all filed under its claim -> shuffled by claim -> pieces -> verdicts

Spark knows no rule. It follows links between documents, and hands a worker all that is said of some claims; the worker
judges them as any machine does.
"""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

import pyarrow.compute as pc
from pyspark.sql import functions as fn
from pyspark.sql.pandas.types import from_arrow_schema

from claims.cluster.checks import MOST_DOUBTS, Checks
from claims.cluster.judging import FOUND, Question, judging
from claims.cluster.portions import portions_of
from claims.cluster.reach import reached, with_reach
from claims.cluster.records import BESIDE, CELLS, DOCUMENTS, RECORD
from claims.cluster.tables import Tables
from claims.collection.coding import SHARED
from claims.collection.verdicts import SCHEMA

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator

    import pyarrow as pa
    from pyspark.sql import DataFrame, SparkSession

    from claims.collection.files import Collection

ROWS_A_PARTITION: Final = 500_000
"""Rows of claims, statements and findings in a partition, about: few enough for a worker of a gigabyte."""
SHUFFLES: Final = "spark.sql.shuffle.partitions"


class Judging:
    """A collection on its way to verdicts. What is kept in the cluster meanwhile is let go of by `close`."""

    def __init__(
        self, spark: SparkSession, collection: Collection, as_of: dt.date | None, partitions: int | None = None
    ) -> None:
        self.spark, self.collection, self.as_of = spark, collection, as_of
        portions = portions_of(collection)
        rows = sum(portion.rows for portion in portions if portion.file.section not in (*SHARED, "documents"))
        self.partitions = partitions or max(spark.sparkContext.defaultParallelism, -(-rows // ROWS_A_PARTITION))
        self.tables = Tables(spark, collection, portions)
        self.checks = Checks(self.tables)
        self._kept: list[DataFrame] = []

    def table(self) -> pa.Table:
        """The verdicts on all claims, brought to this machine: rows of SCHEMA, by claim.

        They are the same into however many partitions claims are dealt. Raises `CaseProblems` where the collection has
        errors: those of rows by themselves first, then those of what refers to what.
        """
        with _shuffled_into(self.spark, self.partitions):
            found = self._found().toArrow()
        self.checks.doubts(found.filter(pc.is_valid(found["doubt"]))["at"])
        return found.filter(pc.is_null(found["doubt"])).select(SCHEMA.names).sort_by("claim").cast(SCHEMA)

    def frame(self) -> DataFrame:
        """As `table`, left in the cluster: for verdicts that are too many for one machine, until `close`."""
        with _shuffled_into(self.spark, self.partitions):
            found = self._found().persist()
            self._kept.append(found)
            doubts = found.where("doubt is not null").select("at").orderBy("at").limit(MOST_DOUBTS)
            self.checks.doubts(doubts.toArrow()["at"])
            return found.where("doubt is null").select(*SCHEMA.names).orderBy("claim")

    def close(self) -> None:
        """Let go of what is kept in the cluster."""
        for frame in self._kept:
            frame.unpersist()
        self.tables.close()

    def _found(self) -> DataFrame:
        """Verdicts and doubts, FOUND, of what has passed all other checks."""
        self.checks.rows()
        if self.checks.parts:
            self.checks.claims(self.tables.parts_of_claims())
        for section in ("statements", "findings") if self.checks.own_ids else ():
            self.checks.keys(self.tables.own_ids(section))
        documents = self.tables.documents()
        pairs, kept = reached(documents)
        self._kept += kept
        self.checks.documents(documents, pairs)
        asked = Question(self.collection.policy, self.as_of, self.as_of or self.checks.latest)
        return self._judged(with_reach(documents, pairs), asked)

    def _judged(self, documents: DataFrame, asked: Question) -> DataFrame:
        """Everything filed under its claim, brought together there, and judged."""
        said = self.tables.records("statements").union(self.tables.records("findings"))
        filed = said.join(documents.drop("at").withColumnRenamed("id", CELLS[0]), CELLS[0], "left")
        own = fn.struct("section", "at", *CELLS, *BESIDE)
        empty = [fn.lit(None).cast("string").alias(name) for name in CELLS[1:]]
        led_to = fn.transform(
            "more",
            lambda it: fn.struct(
                fn.lit(DOCUMENTS).cast("tinyint").alias("section"),
                fn.col("at"),
                it["id"].alias(CELLS[0]),
                *empty,
                *(it[name].alias(name) for name in BESIDE),
            ),
        )
        every = filed.select("claim", fn.explode(fn.concat(fn.array(own), fn.coalesce(led_to, fn.array()))).alias("it"))
        claims = self.tables.records("claims").select(
            "*", *(fn.lit(None).cast("string").alias(name) for name in BESIDE)
        )
        records = every.select("claim", "it.*").union(claims).select(*RECORD.names)
        dealt = records.repartition(self.partitions, "claim").sortWithinPartitions("claim")
        return dealt.mapInArrow(judging(self.tables.shared, asked), from_arrow_schema(FOUND))


@contextmanager
def _shuffled_into(spark: SparkSession, partitions: int) -> Iterator[None]:
    """With so many partitions after each shuffle, and as it was before afterwards."""
    before = str(spark.conf.get(SHUFFLES))
    spark.conf.set(SHUFFLES, str(partitions))
    try:
        yield
    finally:
        spark.conf.set(SHUFFLES, before)
