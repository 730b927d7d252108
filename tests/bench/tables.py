"""A large collection as tables of Parquet, with the habits of a real one; everything in it is invented.

Half of the findings stand by claim, as a program would write them that goes through claims; the rest by document.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from tests.bench.collection import Extent

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

ROWS: Final = 1 << 20
"""Findings of one table."""
STANCES: Final = ["supports"] * 5 + ["partly-supports", "contradicts", "contradicts", "repeats", "mentions"]
BASES: Final = [None, None, "witnessed", "imagery", "record", "own-sources", "analysis"]
DIGITS: Final = [None, None, None, "1", "2", "2", "3", "3", "4", "5", "6"]
PARTIES: Final = 40


def write_collection(folder: Path, findings: int, seed: int = 1) -> None:
    """Write the tables of a collection of so many findings into a folder."""
    extent, chance = Extent(findings), np.random.default_rng(seed)
    folder.mkdir(parents=True, exist_ok=True)
    for section, table in {
        "parties": _parties(),
        "sources": _sources(extent, chance),
        "speakers": _speakers(extent, chance),
        "documents": _documents(extent, chance),
        "claims": _claims(extent, chance),
        "statements": _statements(extent, chance),
    }.items():
        pq.write_table(table, folder / f"{section}.parquet")
    for n, start in enumerate(range(0, findings, ROWS)):
        table = _findings(extent, chance, start, min(findings, start + ROWS), is_sorted=n % 2 == 0)
        pq.write_table(table, folder / f"findings-{n:05}.parquet")


def named(prefix: str, number: NDArray[Any], mask: NDArray[np.bool_] | None = None) -> pa.Array:
    """Ids: a prefix and a number of nine digits; null where masked."""
    texts = pc.utf8_lpad(pa.array(number, mask=mask).cast(pa.string()), 9, padding="0")
    return pc.binary_join_element_wise(prefix, texts, "")


def _chosen(chance: np.random.Generator, words: list[str | None], number: int) -> pa.Array:
    different = list(dict.fromkeys(words))
    place = np.array([different.index(word) for word in words])[chance.integers(0, len(words), number)]
    return pa.DictionaryArray.from_arrays(pa.array(place), pa.array(different, pa.string())).cast(pa.string())


def _some(chance: np.random.Generator, number: int, share: float) -> NDArray[np.bool_]:
    return chance.random(number) < share


def _days(chance: np.random.Generator, number: int, share: float, first: int = 0) -> pa.Array:
    day = np.datetime64("2018-01-01") + first + (1000 * np.arange(number) // number) + chance.integers(0, 20, number)
    return pc.if_else(pa.array(_some(chance, number, share)), pa.array(day).cast(pa.string()), None)


def _parties() -> pa.Table:
    number = np.arange(PARTIES)
    return pa.table({"id": named("p", number), "name": named("Party ", number), "opponents": named("p", number ^ 1)})


def _sources(extent: Extent, chance: np.random.Generator) -> pa.Table:
    size = extent.sources
    number = np.arange(size)
    return pa.table(
        {
            "id": named("s", number),
            "name": named("Source ", number),
            "reliability": _chosen(chance, list("ABBBCCCDDEF"), size),
            "party": named("p", chance.integers(0, PARTIES, size), ~_some(chance, size, 0.3)),
            "owner": named("Owner ", number // 4, ~_some(chance, size, 0.2)),
        }
    )


def _speakers(extent: Extent, chance: np.random.Generator) -> pa.Table:
    size = extent.speakers
    return pa.table(
        {
            "id": named("k", np.arange(size)),
            "name": named("Speaker ", np.arange(size)),
            "party": named("p", chance.integers(0, PARTIES, size), ~_some(chance, size, 0.5)),
            "voice": named("s", chance.integers(0, extent.sources, size), ~_some(chance, size, 0.3)),
        }
    )


def _documents(extent: Extent, chance: np.random.Generator) -> pa.Table:
    size = extent.documents
    number = np.arange(size)
    relies = _some(chance, size, 0.33)
    is_chain = _some(chance, size, 0.6) & (number % 4 > 0)
    onto = pc.if_else(
        pa.array(is_chain), named("d", np.maximum(number - 1, 0)), named("s", chance.integers(0, extent.sources, size))
    )
    reposts = _some(chance, size, 0.03) & (number % 4 > 0) & ~relies
    return pa.table(
        {
            "id": named("d", number),
            "source": named("s", (extent.sources * chance.random(size) ** 2).astype(np.int64)),
            "published": _days(chance, size, 0.8),
            "relies_on": pc.if_else(pa.array(relies), onto, None),
            "same_text_as": named("d", np.maximum(number - 1, 0), ~reposts),
            "retracted": pc.if_else(pa.array(_some(chance, size, 0.01)), "2021-01-01 wrong", None),
        }
    )


def _claims(extent: Extent, chance: np.random.Generator) -> pa.Table:
    size = extent.claims
    figures = pc.binary_join_element_wise(pa.array(chance.integers(1, 500, size)).cast(pa.string()), "km²", " ")
    return pa.table(
        {
            "id": named("c", np.arange(size)),
            "text": named("It happened, number ", np.arange(size)),
            "when": _days(chance, size, 0.5, -30),
            "quantity": pc.if_else(pa.array(_some(chance, size, 0.2)), figures, None),
            "favours": named("p", chance.integers(0, PARTIES, size), ~_some(chance, size, 0.1)),
        }
    )


def _statements(extent: Extent, chance: np.random.Generator) -> pa.Table:
    claim = np.flatnonzero(_some(chance, extent.claims, 0.3))
    return pa.table(
        {
            "claim": named("c", claim),
            "speaker": named("k", chance.integers(0, extent.speakers, len(claim))),
            "document": named("d", _document(extent, chance, claim)),
        }
    )


def _document(extent: Extent, chance: np.random.Generator, claim: NDArray[Any]) -> NDArray[Any]:
    return (claim * extent.documents // extent.claims + chance.integers(0, 16, len(claim))) % extent.documents


def _findings(extent: Extent, chance: np.random.Generator, start: int, end: int, *, is_sorted: bool) -> pa.Table:
    size = end - start
    claim = chance.integers(0, extent.claims, size)
    if is_sorted:
        claim.sort()
    document = _document(extent, chance, claim)
    values = pc.binary_join_element_wise(pa.array(chance.integers(1, 500, size)).cast(pa.string()), "km²", " ")
    own = _some(chance, size, 0.12)
    return pa.table(
        {
            "id": named("f", np.arange(start, end)),
            "claim": named("c", claim),
            "document": named("d", document),
            "stance": _chosen(chance, [*STANCES], size),
            "basis": _chosen(chance, BASES, size),
            "credibility": _chosen(chance, DIGITS, size),
            "value": pc.if_else(pa.array(_some(chance, size, 0.1)), values, None),
            "relies_on": named("s", chance.integers(0, extent.sources, size), ~own),
        }
    )
