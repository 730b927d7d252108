"""What one task reads of a collection: a table, or a row group of one of Parquet.

Tables are read from where they stand, by the reader that one machine uses: every worker must see them at the same path.
CSV and JSON Lines are read whole by one task, so that large ones should be split.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

import pyarrow as pa
import pyarrow.parquet as pq

from claims.collection.batches import Group
from claims.threads import side_by_side

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from claims.collection.batches import Batch, Reading
    from claims.collection.files import Collection, TableFile

AT_ONCE: Final = 16
"""Tables whose ends are read at once, to learn of their row groups: storage far away answers late."""
BYTES_A_ROW: Final = 100
"""What a row of text is taken to need, where a table does not say how many rows it has."""


class Portion(NamedTuple):
    """A table of a collection, by its number among all, and a row group of it; None: all of it."""

    file: TableFile
    number: int
    group: int | None
    first: int
    """The number of its first row in the table, from 0."""
    rows: int
    """How many rows it has; an estimate where the table does not say."""


def portions_of(collection: Collection) -> tuple[Portion, ...]:
    """What there is to read of a collection, in the order of its tables."""
    found = side_by_side(_portions, enumerate(collection.files), AT_ONCE)
    return tuple(portion for of_file in found for portion in of_file)


def batches_in(portion: Portion, reading: Reading, columns: Sequence[str] | None = None) -> Iterator[Batch]:
    """The rows of a portion as cells of text, each batch with the number of its first row in the table.

    reading: that of its table, which gathers what cannot be read. columns: those to read; None: all.
    """
    yield from reading.batches(columns, None if portion.group is None else Group(portion.group, portion.first))


def _portions(numbered: tuple[int, TableFile]) -> list[Portion]:
    number, file = numbered
    if file.form == "parquet":
        try:
            metadata = pq.read_metadata(file.path)
        except (pa.ArrowException, OSError):
            return [Portion(file, number, None, 0, 0)]  # its reader tells what is wrong with it
        sizes = [metadata.row_group(n).num_rows for n in range(metadata.num_row_groups)]
        return [Portion(file, number, n, sum(sizes[:n]), size) for n, size in enumerate(sizes)]
    return [Portion(file, number, None, 0, file.path.stat().st_size // BYTES_A_ROW)]
