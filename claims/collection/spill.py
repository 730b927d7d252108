"""Rows put aside on disk by part, as they are read: what belongs together lies together, and memory holds a batch."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Self

import numpy as np
import pyarrow as pa

if TYPE_CHECKING:
    from pathlib import Path

    from claims.tables.columns import Ints


class Spill:
    """Writes rows of one section into a file for each part. Used as `with Spill(...) as spill: spill.add(...)`.

    What is in these files already stays, and what is added stands behind it.
    """

    def __init__(self, folder: Path, section: str) -> None:
        self.folder, self.section = folder, section
        self.writers: dict[int, tuple[Any, Any]] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.rest()

    def rest(self) -> None:
        """Let all that was added be whole on disk."""
        for writer, sink in self.writers.values():
            writer.close()
            sink.close()
        self.writers.clear()

    def add(self, table: pa.Table, part: Ints) -> None:
        """Add rows, each to its part; rows of a part stay in order."""
        if not len(part):
            return
        if np.any(part[1:] != part[:-1]):
            order = np.argsort(part, kind="stable")
            table, part = table.take(pa.array(order)), part[order]
        starts = np.flatnonzero(np.diff(part, prepend=-1))
        for start, end in zip(starts.tolist(), [*starts[1:].tolist(), len(part)], strict=True):
            self._writer(int(part[start]), table.schema).write_table(table.slice(start, end - start))

    def _writer(self, part: int, schema: pa.Schema) -> Any:
        if part not in self.writers:
            options = pa.ipc.IpcWriteOptions(compression="lz4")
            sink = pa.OSFile(str(place(self.folder, self.section, part)), "ab")
            self.writers[part] = pa.ipc.new_stream(sink, schema, options=options), sink
        return self.writers[part][0]


def place(folder: Path, section: str, part: int) -> Path:
    """Where the rows of a section lie that belong to a part."""
    return folder / f"{section}-{part:05}.arrows"


def spilled(folder: Path, section: str, part: int) -> pa.Table | None:
    """The rows of a section that belong to a part; None where there are none."""
    path = place(folder, section, part)
    if not path.exists():
        return None
    tables: list[pa.Table] = []
    with pa.OSFile(str(path)) as source:
        while source.tell() < source.size():
            with pa.ipc.open_stream(source) as reader:
                tables.append(reader.read_all())
    return pa.concat_tables(tables).combine_chunks()
