"""Which documents each document's chains lead to, found by joining links with links until none is new.

A document knows what those know that it names, and those that they name. Lengths double from round to round: a chain of
a thousand documents takes ten.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pyspark.sql import functions as F

from claims.cluster.records import BESIDE

if TYPE_CHECKING:
    from pyspark.sql import DataFrame


def reached(documents: DataFrame) -> tuple[DataFrame, list[DataFrame]]:
    """The pairs (id, to) of a document and each other that it leads to, at any distance; and what was kept to find them.

    documents: with the columns id and links. Circles end, as pairs that are known are not followed again. Whoever is
    done with the pairs lets go of what was kept.
    """
    return closed(documents.select("id", F.explode("links").alias("to")))


def closed(links: DataFrame) -> tuple[DataFrame, list[DataFrame]]:
    """All pairs (id, to) of which the second can be reached from the first, by one link or several; and what was kept."""
    known = newest = links.distinct().persist()
    kept = [newest]
    while newest.count():
        onward = known.select(F.col("id").alias("by"), "to")
        further = newest.select("id", F.col("to").alias("by")).join(onward, "by").select("id", "to").distinct()
        newest = further.join(known, ["id", "to"], "left_anti").persist()
        kept.append(newest)
        known = known.union(newest)
    return known, kept


def with_reach(documents: DataFrame, pairs: DataFrame) -> DataFrame:
    """The documents with a column `more`: id and cells of each other document that they lead to, null where there is
    none.
    """
    cells = F.struct(F.col("id").alias("id"), *BESIDE)
    targets = documents.select(F.col("id").alias("to"), cells.alias("cells"))
    more = pairs.join(targets, "to").groupBy("id").agg(F.collect_list("cells").alias("more"))
    return documents.drop("links").join(more, "id", "left")
