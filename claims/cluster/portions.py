"""What one task reads: a table's file, or a row group of one of Parquet.

A collection is a folder, here or on storage that pyarrow knows by the address (`s3://…`, `gs://…`, `hdfs://…`). Tables
are named as those of a case. CSV and JSON Lines are read whole by one task, so that large ones should be split.
"""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import pyarrow as pa
import pyarrow.parquet as pq
from pyarrow import fs

from claims.model.cells import kinds_of
from claims.model.errors import BadRequest, NoCase
from claims.read.characters import shown
from claims.read.forms import table_of
from claims.read.ledger import SECTIONS
from claims.read.trees import tree_from

if TYPE_CHECKING:
    from collections.abc import Sequence

    from claims.read.drafts import Draft

AT_ONCE: Final = 16
"""Files whose ends are read at once, to learn of their row groups: storage far away answers late."""


class Portion(NamedTuple):
    """A file of a section below a root, and the row group in it; 0 for a file that is read whole."""

    root: str
    path: str
    section: str
    group: int
    rows: int
    """How many rows it has, and which is the first, from 0; unknown, and 0, for what is read whole."""
    first: int


class Said(NamedTuple):
    """The rows of a portion as they stand there, and what is wrong with the file that they are in."""

    table: pa.Table
    drafts: tuple[Draft, ...]


def portions_of(root: str) -> tuple[Portion, ...]:
    """What there is to read below a folder, by path. Raises `NoCase` where there is no folder or no table in it."""
    system, folder = opened(root)
    selector = fs.FileSelector(folder, recursive=True)
    try:
        found = sorted(info.path for info in system.get_file_info(selector) if info.type == fs.FileType.File)
    except OSError as error:
        raise NoCase(shown(root)) from error
    paths = [path[len(folder) :].lstrip("/") for path in found]
    named = [(path, table) for path in paths if (table := table_of(path)) and not _is_hidden(path)]
    if not named:
        raise BadRequest(f"{shown(root)} has no table of a collection, such as findings.parquet")
    with ThreadPoolExecutor(AT_ONCE) as several:
        groups = several.map(lambda one: _groups(root, one[0], one[1].section, one[1].form), named)
    return tuple(portion for of_file in groups for portion in of_file)


def opened(root: str) -> tuple[fs.FileSystem, str]:
    """The storage that a folder is on, and its path there. Raises `BadRequest` for an address of no known storage."""
    if "://" not in root:
        return fs.LocalFileSystem(), root.rstrip("/") or "/"
    try:
        system, path = fs.FileSystem.from_uri(root)
    except (pa.ArrowException, OSError, ValueError) as error:
        raise BadRequest(f"{shown(root)} cannot be opened: {shown(str(error).splitlines()[0])}") from error
    return system, path


def read(portion: Portion, columns: Sequence[str] | None = None) -> Said:
    """The rows of a portion; columns: those wanted, where a file can be read in part (None: all).

    Cells stay as the file has them: text, or what Parquet holds. A file that cannot be read at all has no rows and a
    draft that says why.
    """
    system, folder = opened(portion.root)
    place = f"{folder}/{portion.path}"
    if not portion.path.endswith(".parquet"):
        with system.open_input_file(place) as stream:
            return _from_text(stream.read(), portion)
    with system.open_input_file(place) as stream:
        file = pq.ParquetFile(stream)
        names = file.schema_arrow.names
        wanted = names if columns is None else [name for name in columns if name in names]
        return Said(file.read_row_group(portion.group, columns=wanted, use_threads=False), ())


def _is_hidden(path: str) -> bool:
    """Whether programs that write many files keep something there that is not meant to be read."""
    return any(step.startswith((".", "_")) for step in path.split("/"))


def _groups(root: str, path: str, section: str, form: str) -> list[Portion]:
    if form != "parquet":
        return [Portion(root, path, section, 0, 0, 0)]
    system, folder = opened(root)
    try:
        with system.open_input_file(f"{folder}/{path}") as stream:
            metadata = pq.ParquetFile(stream).metadata
    except (pa.ArrowException, OSError) as error:
        raise BadRequest(f"{shown(path)} cannot be read as Parquet: {shown(str(error).splitlines()[0])}") from error
    sizes = [metadata.row_group(n).num_rows for n in range(metadata.num_row_groups)]
    return [Portion(root, path, section, n, size, sum(sizes[:n])) for n, size in enumerate(sizes) if size]


def _from_text(data: bytes, portion: Portion) -> Said:
    tree = tree_from(data, portion.path)
    entries: list[Any] = (tree.value or {}).get(portion.section, [])
    names = kinds_of(SECTIONS[portion.section])
    columns = {name: pa.array([_cell(entry.get(name)) for entry in entries], pa.string()) for name in names}
    given = {name: column for name, column in columns.items() if column.null_count < len(column)}
    return Said(pa.table(given), tuple(tree.drafts))


def _cell(value: Any) -> str | None:
    """What an entry says under a key, as a cell of a table says it."""
    return value if value is None or isinstance(value, str) else json.dumps(value, ensure_ascii=False)
