"""A collection judged on a cluster: the functions that judge it on one machine, and Spark to bring rows together.

    portions -> documents linked -> everything filed under its claim -> shuffled by claim -> pieces -> verdicts

Spark knows no rule. It reads what it is told to, follows links between documents, and hands a worker all that is said of
some claims; the worker judges them as any machine does.
"""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import pyarrow as pa
from pyspark.sql import functions as F

from claims.cluster.judging import FOUND, Question, judging, packed
from claims.cluster.portions import portions_of, read
from claims.cluster.reach import reached, with_reach
from claims.cluster.records import BESIDE, CELLS, DOCUMENTS, LINKED, RECORD, UNFILED, linked, read_by, records_of
from claims.cluster.wrong import FAULT
from claims.collection.cells import text_column
from claims.collection.coding import SHARED
from claims.collection.verdicts import SCHEMA

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from pyspark.sql import DataFrame, SparkSession

    from claims.cluster.portions import Portion
    from claims.model.policy import Policy

ROWS_A_PARTITION: Final = 500_000
"""Findings in a partition, about: few enough for a worker of a gigabyte."""
ROWS_UNKNOWN: Final = 100_000
"""What a file is taken to hold that does not say how many rows it has."""
"""Where more rows than that are in flight, a batch is sent on."""
BATCH: Final = 100_000


@dataclass(frozen=True, slots=True)
class Collection:
    """What there is to judge, and who is in it."""

    portions: tuple[Portion, ...]
    shared: Mapping[str, pa.Table]

    @property
    def rows(self) -> int:
        """How many rows there are to bring together, about."""
        return sum(p.rows or ROWS_UNKNOWN for p in self.portions if p.section not in SHARED)


def report_rows(
    spark: SparkSession, root: str, rules: Policy, as_of: dt.date | None = None, partitions: int | None = None
) -> DataFrame:
    """The verdicts on all claims of a collection: rows of SCHEMA, by claim.

    root: the folder of the tables, as in `portions_of`. partitions: into how many parts claims are dealt; None: as many
    as keep a worker's memory small. The rows are the same whatever it is.
    """
    collection = collection_of(root)
    number = partitions or max(spark.sparkContext.defaultParallelism, -(-collection.rows // ROWS_A_PARTITION))
    with _shuffled_into(spark, number):
        today = as_of or latest_day(spark, collection)
        found = judged(spark, collection, Question(rules, as_of, today), number)
        return found.select(*SCHEMA.names).orderBy("claim")


def collection_of(root: str) -> Collection:
    """The portions of a collection, and its parties, sources and speakers, which every worker gets."""
    portions = portions_of(root)
    shared = {
        name: pa.concat_tables([read(p).table for p in portions if p.section == name], promote_options="permissive")
        for name in SHARED
        if any(p.section == name for p in portions)
    }
    return Collection(portions, shared)
