"""The answers of a collection on a cluster: kept by the workers that judged it, and added up once a round.

    table of origins, sent to all -> each partition's sum -> few sums of these -> one, on this machine

Sums are of whole numbers, so that neither the order in which workers are ready nor how claims are dealt matters.
"""

from __future__ import annotations

from math import isqrt
from typing import TYPE_CHECKING, Final

import numpy as np
import pyarrow as pa
from pyspark.sql.pandas.types import from_arrow_schema

from claims.cluster.engine import Judging
from claims.cluster.judging import Work, unpacked
from claims.collection.run import Advance
from claims.collection.texts import digest_with
from claims.reliability.packed import PACKED, answers_in, blocks_in, counts_in
from claims.reliability.parts import added, none_of

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from pyspark.sql import DataFrame, SparkSession

    from claims.collection.files import Collection
    from claims.model.problem import Problem
    from claims.reliability.evidence import Block
    from claims.tables.columns import Ints

    Batches = Iterable[pa.RecordBatch]

ANSWERS: Final = Work(answers_in, PACKED)
SUM: Final = pa.schema([("sum", pa.binary())])
FEW: Final = 64
"""Sums that this machine adds itself; of more, workers first make as many as their square root."""


class OnCluster:
    """The answers of a collection, `Parts`, in a cluster; once `read` and `gather` have run, and until `close`."""

    def __init__(  # noqa: PLR0913, PLR0917 - a collection, when, and where it is worked on
        self,
        spark: SparkSession,
        collection: Collection,
        as_of: dt.date | None,
        say: Callable[[Advance], None],
        partitions: int | None = None,
        few: int = FEW,
    ) -> None:
        self.spark, self.say, self.few = spark, say, few
        self.judging = Judging(spark, collection, as_of, partitions, ANSWERS)
        self.counts = none_of(0)
        self.digest = digest_with(collection, self.judging.tables.stored)
        self._answers: DataFrame | None = None

    @property
    def warnings(self) -> tuple[Problem, ...]:
        """What is odd about rows by themselves, once all is read."""
        return self.judging.checks.warnings

    def read(self) -> Mapping[str, pa.Table]:
        """Parties, sources and speakers, once all is read, checked and judged. Raises `CaseProblems`."""
        self.say(Advance(f"judging in {self.judging.partitions} partitions", 0))
        found = self.judging.kept()
        shared = unpacked(self.judging.tables.shared())
        rows = found.where("counts is not null").select("counts", "claims").toArrow()
        pairs = zip(rows["counts"].to_pylist(), rows["claims"].to_pylist(), strict=True)
        self.counts = counts_in(pairs, len(shared["sources"]) + len(shared["speakers"]))
        self._answers = found.where("answers is not null").select("answers")
        return shared

    def gather(self) -> None:
        """Nothing: answers are where they were judged."""

    def together(self, of: Callable[[Block], Ints], rows: int) -> Ints:
        """As `Parts.together`. `of` is sent to every worker, and each partition gives one sum back."""
        shape = rows, self.counts.size
        if self._answers is None:
            return added((), shape)
        sent = self.spark.sparkContext.broadcast(of)

        def of_partition(batches: Batches) -> Iterator[pa.RecordBatch]:
            yield _row(added(map(sent.value, blocks_in(_bytes(batches))), shape))

        def of_several(batches: Batches) -> Iterator[pa.RecordBatch]:
            yield _row(added(_sums(batches, shape), shape))

        schema = from_arrow_schema(SUM)
        sums = self._answers.mapInArrow(of_partition, schema)
        if self.judging.partitions > self.few:
            sums = sums.repartition(isqrt(self.judging.partitions)).mapInArrow(of_several, schema)
        try:
            return added(_sums(sums.toArrow().to_batches(), shape), shape)
        finally:
            sent.destroy()

    def close(self) -> None:
        """Let go of what is kept in the cluster."""
        self.judging.close()


def _bytes(batches: Batches) -> Iterator[bytes]:
    return (data for batch in batches for data in batch.column(0).to_pylist())


def _sums(batches: Batches, shape: tuple[int, int]) -> Iterator[Ints]:
    return (np.frombuffer(data, dtype=np.int64).reshape(shape) for data in _bytes(batches))


def _row(total: Ints) -> pa.RecordBatch:
    return pa.record_batch([pa.array([total.tobytes()], pa.binary())], schema=SUM)
