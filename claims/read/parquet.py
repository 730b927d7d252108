"""Tables as Parquet, by way of pyarrow, which is loaded for them alone and may be missing.

Numbers, days and truth values are taken as the text that a person would write for them, so that they are typed as in
YAML. Nothing is unfolded beyond what a case may hold: a short file can stand for very many values.
"""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any, Final

from claims.read.characters import HIDDEN, shown
from claims.read.columns import columns_of
from claims.read.drafts import Draft, Mark, Spot
from claims.read.syntax import DEEPEST
from claims.read.tree import Tree, hidden_in, packed
from claims.read.yaml import MOST_VALUES

if TYPE_CHECKING:
    from claims.read.columns import Columns

LARGEST_UNFOLDED: Final = 2**30
"""Bytes that one file may hold once it is unpacked."""
INSTALL: Final = "pip install 'claims[tables]'"
NOT_NUMBERS: Final = frozenset({"nan", "inf", "-inf"})


def parquet_tree(data: bytes, file: str, section: str) -> Tree:
    """What a table says, with everything that is irregular about it."""
    try:
        import pyarrow as pa  # noqa: PLC0415 - only a table of Parquet needs it
        import pyarrow.parquet as pq  # noqa: PLC0415 - as above
    except ImportError:
        return _refused("missing-library", "reading Parquet needs pyarrow, which is not installed", file, INSTALL)
    try:
        plain = pq.ParquetFile(pa.BufferReader(data))
        refusal = _too_large(plain.metadata, file)
        if refusal is not None:
            return refusal
        schema = plain.schema
        texts = [schema.column(n).path for n in range(len(schema)) if schema.column(n).physical_type == "BYTE_ARRAY"]
        table = pq.ParquetFile(pa.BufferReader(data), read_dictionary=texts).read(use_threads=False)
        return _tree(pa, table, file, section)
    except (pa.ArrowException, OSError, ValueError, TypeError, OverflowError) as error:
        return _refused(
            "table-syntax", f"the file cannot be read as Parquet: {_first_line(error)}", file, "write it anew"
        )


def _too_large(metadata: Any, file: str) -> Tree | None:
    """What is said of a file that stands for more than a case may hold; None where it does not."""
    groups = [metadata.row_group(n) for n in range(metadata.num_row_groups)]
    parts = [group.column(n) for group in groups for n in range(group.num_columns)]
    values = sum(part.num_values for part in parts)
    size = sum(part.total_uncompressed_size for part in parts)
    if values > MOST_VALUES or metadata.num_rows > MOST_VALUES:
        return _refused("too-large", f"the table holds more than {MOST_VALUES} values", file, "split the case")
    if size > LARGEST_UNFOLDED:
        message = f"the table holds more than {LARGEST_UNFOLDED // 2**20} MB once it is unpacked"
        return _refused("too-large", message, file, "split the case")
    return None


def _tree(pa: Any, table: Any, file: str, section: str) -> Tree:
    names = [str(name) for name in table.column_names]
    columns = columns_of(names, section, file, [Mark(1, n + 1, key=name) for n, name in enumerate(names)])
    entries: list[dict[str, Any]] = [{} for _ in range(table.num_rows)]
    result = Tree(value={section: entries}, columns=tuple(names), drafts=list(columns.drafts))
    result.starts[section] = [packed(n, 0) for n in range(table.num_rows)]
    is_suspect = False
    for n, name in enumerate(columns.names):
        if not name:
            continue
        column = table.column(n)
        unread = unread_column(column.type, n, name, file)
        if unread is not None:
            result.drafts.append(unread)
            continue
        values = _values(pa, column)
        for entry, value in zip(entries, values, strict=True):
            if value is not None:
                entry[name] = value
        is_suspect = is_suspect or _is_suspect(values)
    _nameless(result, table, columns, file)
    if is_suspect:
        for n, entry in enumerate(entries):
            result.hidden.update(hidden_in(entry, (section, n)))
    if columns.missing:
        result.flawed.update((section, n) for n in range(table.num_rows))
    result.values = sum(map(len, entries))
    return result


def unread_column(kind: Any, number: int, name: str, file: str) -> Draft | None:
    """That a column, by its number from 0, holds what is not read; None where it is read."""
    import pyarrow as pa  # noqa: PLC0415 - only a table of Parquet needs it

    kind = kind.value_type if pa.types.is_dictionary(kind) else kind
    if _depth(pa, kind) <= DEEPEST and not _is_binary(pa, kind):
        return None
    message = f"the column '{name}' holds {shown(str(kind))[:60]}, which is not read"
    return Draft("bad-value", message, Spot(file, mark=Mark(1, number + 1, key=name)), "make it text")


def _nameless(result: Tree, table: Any, columns: Columns, file: str) -> None:
    for n in columns.nameless:
        if table.column(n).null_count < table.num_rows:
            spot = Spot(file, mark=Mark(1, n + 1))
            result.drafts.append(Draft("bad-key", f"column {n + 1} has no name", spot, "name it, or leave it out"))


def _values(pa: Any, column: Any) -> list[Any]:
    """The values of a column; each text that stands in it again and again is made once."""
    values: list[Any] = []
    for chunk in column.chunks:
        if pa.types.is_dictionary(chunk.type):
            known = [plain(value) for value in chunk.dictionary.to_pylist()]
            values.extend(None if n is None else known[n] for n in chunk.indices.to_pylist())
        else:
            values.extend(map(plain, chunk.to_pylist()))
    return values


def plain(value: Any) -> Any:
    """The text, list or mapping that a value of Parquet is; None where it says nothing."""
    if value is None or isinstance(value, str):
        return value or None
    if isinstance(value, list | tuple):
        return [plain(item) for item in value]
    if isinstance(value, dict):
        return {str(key): said for key, item in value.items() if (said := plain(item)) is not None}
    if isinstance(value, float):
        return _figure(value)
    return _day(value) if isinstance(value, dt.date) else str(value).lower()


def _day(value: dt.date) -> str:
    """A day; of a moment that is not midnight, the time as well."""
    if isinstance(value, dt.datetime) and value.time() != dt.time():
        return value.isoformat(" ", "seconds")
    return value.isoformat()[: len("2015-05-16")]


def _figure(value: float) -> str | None:
    """A number as it is written: 2.0 is 2; not a number is nothing."""
    if str(value) in NOT_NUMBERS:
        return None if str(value) == "nan" else str(value)
    return str(int(value)) if value.is_integer() else repr(value)


def _is_suspect(values: list[Any]) -> bool:
    """Whether any text of a column may have a hidden character."""
    texts = {value if isinstance(value, str) else repr(value) for value in values if value is not None}
    return any(HIDDEN.search(text) or "\\" in text for text in texts)


def _is_binary(pa: Any, kind: Any) -> bool:
    """Whether a column holds bytes, on their own or within."""
    if pa.types.is_dictionary(kind):
        return _is_binary(pa, kind.value_type)
    if pa.types.is_binary(kind) or pa.types.is_large_binary(kind) or pa.types.is_fixed_size_binary(kind):
        return True
    return any(_is_binary(pa, kind.field(n).type) for n in range(kind.num_fields))


def _depth(pa: Any, kind: Any) -> int:
    return 1 + max((_depth(pa, kind.field(n).type) for n in range(kind.num_fields)), default=0)


def _first_line(error: Exception) -> str:
    return shown((str(error).splitlines() or [type(error).__name__])[0][:200])


def _refused(code: str, message: str, file: str, hint: str) -> Tree:
    return Tree(value={}, drafts=[Draft(code, message, Spot(file), hint)], is_whole=False)
