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

from claims.cluster.checks import Checks
from claims.cluster.doubts import DOUBT
from claims.cluster.judging import VERDICTS, Question, judging
from claims.cluster.pieces import KEY
from claims.cluster.portions import portions_of
from claims.cluster.reach import reached, with_reach
from claims.cluster.records import BESIDE, CELLS, RECORD
from claims.cluster.tables import Tables
from claims.collection.coding import SHARED
from claims.collection.run import Advance
from claims.collection.verdicts import SCHEMA

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator

    import pyarrow as pa
    from pyspark.sql import DataFrame, SparkSession

    from claims.cluster.judging import Work
    from claims.collection.files import Collection

ROWS_A_PARTITION: Final = 500_000
"""Rows of claims, statements and findings in a partition, about: few enough for a worker of a gigabyte."""
SMALL_TABLE: Final = "spark.sql.adaptive.maxShuffledHashJoinLocalMapThreshold"
"""Up to which size Spark joins a partition by hashes. It would sort both sides otherwise, by ids that begin alike."""


class Judging:
    """A collection on its way to verdicts, or to other work. What is kept meanwhile is let go of by `close`."""

    def __init__(
        self,
        spark: SparkSession,
        collection: Collection,
        as_of: dt.date | None,
        partitions: int | None = None,
        work: Work = VERDICTS,
    ) -> None:
        self.spark, self.collection, self.as_of, self.work = spark, collection, as_of, work
        portions = portions_of(collection)
        rows = sum(portion.rows for portion in portions if portion.file.section not in (*SHARED, "documents"))
        self.partitions = partitions or max(spark.sparkContext.defaultParallelism, -(-rows // ROWS_A_PARTITION))
        self.tables = Tables(spark, collection, portions, as_of)
        self.checks = Checks(self.tables)
        self._kept: list[DataFrame] = []
        self._judged_findings = spark.sparkContext.accumulator(0)

    def table(self) -> pa.Table:
        """The verdicts on all claims, brought to this machine: rows of SCHEMA, by claim.

        They are the same into however many partitions claims are dealt. Raises `CaseProblems` where the collection has
        errors.
        """
        with _shuffled_into(self.spark, self.partitions):
            found = self._found().toArrow()
        doubts = found.filter(pc.is_valid(found["doubt"])).select(DOUBT.names)
        if len(doubts):
            self.checks.doubts(self.spark.createDataFrame(doubts))
        self.checks.tell()
        return found.filter(pc.is_null(found["doubt"])).select(SCHEMA.names).sort_by("claim").cast(SCHEMA)

    def frame(self) -> DataFrame:
        """As `table`, left in the cluster: for verdicts that are too many for one machine, until `close`."""
        return self.kept().orderBy("claim")

    def kept(self) -> DataFrame:
        """What the work makes of all parts, kept in the cluster until `close`, in any order. Raises as `table` does."""
        with _shuffled_into(self.spark, self.partitions):
            found = self._found().persist()
            self._kept.append(found)
            self.checks.doubts(found.where("doubt is not null").select(*DOUBT.names))
            self.checks.tell()
            return found.where("doubt is null").select(*self.work.schema.names)

    def advance(self) -> Advance:
        """How far the workers are: findings in finished tasks. Never more than all."""
        rows = self.checks.rows_of
        if not rows:
            return Advance("reading and checking", 0)
        return Advance("judging", min(self._judged_findings.value, rows["findings"]), rows["findings"])

    def close(self) -> None:
        """Let go of what is kept in the cluster."""
        for frame in self._kept:
            frame.unpersist()
        self.tables.close()

    def _found(self) -> DataFrame:
        """What the work makes, and doubts; of a collection with errors it makes nothing."""
        self.checks.rows()
        if self.checks.parts:
            self.checks.claims(self.tables.parts_of_claims())
        for section in ("statements", "findings") if self.checks.own_ids else ():
            self.checks.keys(self.tables.own_ids(section))
        documents = self.tables.documents()
        pairs, kept = reached(documents)
        self._kept += kept
        self.checks.documents(documents, pairs)
        self._alike(documents, pairs)
        asked = Question(self.collection.policy, self.as_of, self.as_of or self.checks.latest)
        work = self.work._replace(of=None) if self.checks.has_errors else self.work
        return self._worked_on(with_reach(documents, pairs), asked, work)

    def _alike(self, documents: DataFrame, pairs: DataFrame) -> None:
        """What has something in common with others, or with a stored text, where there is anything to have."""
        tables, checks = self.tables, self.checks
        if checks.has_addresses or tables.stored.texts_of_rows:
            checks.addresses(tables.numbers(), documents, pairs)
        if not checks.plain_ids or not tables.plain_people:
            checks.looks_of_ids(tables.looks_of_ids())
        if tables.stored.texts:
            checks.quotes(tables.quotes())

    def _worked_on(self, documents: DataFrame, asked: Question, work: Work) -> DataFrame:
        """Everything filed under its claim, brought together there, and worked on."""
        said = self.tables.records("statements").union(self.tables.records("findings"))
        filed = said.join(documents.drop("at").withColumnRenamed("id", CELLS[0]), CELLS[0], "left")
        lacking = [fn.lit(None).cast(filed.schema[name].dataType).alias(name) for name in (*BESIDE, "more")]
        claims = self.tables.records("claims").select("*", *lacking)
        records = filed.select(*RECORD.names).union(claims.select(*RECORD.names))
        dealt = records.repartition(self.partitions, "claim").withColumn(KEY, fn.xxhash64("claim"))
        dealt = dealt.sortWithinPartitions(KEY)  # one number alone, which Spark sorts without comparing texts
        made = judging(self.tables.shared, asked, work, self._judged_findings.add)
        return dealt.mapInArrow(made, from_arrow_schema(work.found))


@contextmanager
def _shuffled_into(spark: SparkSession, partitions: int) -> Iterator[None]:
    """With so many partitions after each shuffle, and small sides of joins hashed; as it was before afterwards."""
    wanted = {"spark.sql.shuffle.partitions": str(partitions), SMALL_TABLE: "128m"}
    before = {name: str(spark.conf.get(name)) for name in wanted}
    for name, value in wanted.items():
        spark.conf.set(name, value)
    try:
        yield
    finally:
        for name, value in before.items():
            spark.conf.set(name, value)
