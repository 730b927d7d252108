"""Which documents each document's chains lead to, found by joining links with links until none is new.

A document knows what those know that it names, and those that they name. Lengths double from round to round: a chain of
a thousand documents takes ten.
"""

from __future__ import annotations

from pyspark.sql import DataFrame
from pyspark.sql import functions as fn

from claims.cluster.records import BESIDE


def reached(documents: DataFrame) -> tuple[DataFrame, list[DataFrame]]:
    """The pairs (id, to) of a document and each that it leads to, at any distance; and what was kept to find them.

    documents: with the columns id and links. Circles end, as pairs that are known are not followed again. Whoever is
    done with the pairs lets go of what was kept.
    """
    return closed(documents.select("id", fn.explode("links").alias("to")))


def closed(links: DataFrame) -> tuple[DataFrame, list[DataFrame]]:
    """All pairs (id, to) of which the first leads to the second, by one link or several; and what was kept."""
    known = newest = _flat(links.distinct()).persist()
    kept = [newest]
    while newest.count():
        onward = known.select(fn.col("id").alias("by"), "to")
        further = newest.select("id", fn.col("to").alias("by")).join(onward, "by").select("id", "to").distinct()
        newest = _flat(further.join(known, ["id", "to"], "left_anti")).persist()
        kept.append(newest)
        known = known.union(newest)
    return known, kept


def with_reach(documents: DataFrame, pairs: DataFrame) -> DataFrame:
    """The documents with a column `more`: id and cells of each that they lead to, null where there is none."""
    cells = fn.struct(fn.col("id").alias("id"), *BESIDE)
    targets = documents.select(fn.col("id").alias("to"), cells.alias("cells"))
    more = pairs.join(targets, "to").groupBy("id").agg(fn.collect_list("cells").alias("more"))
    return documents.drop("links").join(more, "id", "left")


def _flat(frame: DataFrame) -> DataFrame:
    """The same rows, with a plan that does not tell how they came about.

    Spark writes down the whole plan of each query, and what is kept is written as often as it is used: after five
    rounds that takes longer than the work. Rows that are lost are made again all the same.
    """
    session = frame.sparkSession
    rows = frame._jdf.toJavaRDD()  # noqa: SLF001 - the way that goes through no Python
    return DataFrame(session._jsparkSession.createDataFrame(rows, frame._jdf.schema()), session)  # noqa: SLF001 - as above
