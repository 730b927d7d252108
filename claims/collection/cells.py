"""Columns of a table as text cells, and every different text in them parsed once, as the models of entries parse it.

A cell is what stands in a table of CSV: several ids with spaces between them, other lists and what has keys of its own
as JSON. A column that already holds lists, numbers or truth values, as Parquet may, is taken as such cells.
"""

from __future__ import annotations

import json
import re
from functools import cache
from typing import TYPE_CHECKING, Annotated, Any, Final, NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from pydantic import TypeAdapter, ValidationError

from claims.model import cells as model_cells
from claims.model.errors import BadRequest
from claims.read.columns import UNFOLDED
from claims.read.csv import unfolded
from claims.read.entries import adapter as of_entries
from claims.read.json import NotJson
from claims.read.ledger import SECTIONS
from claims.read.mistakes import short
from claims.read.parquet import plain

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from numpy.typing import NDArray

    from claims.model.cells import Kind
    from claims.tables.columns import Ints

TEXT: Final = pa.string()
NO_CELL: Final = "\0"
"""Before what no cell of CSV means; it fits nowhere."""
JSON: Final = r"^[\[{]"
SEVERAL: Final = r"^[\[{]|\S\s+\S"
"""What a cell of ids begins with, or has in it, that stands for several; a text elsewhere is one text."""
LISTS: Final = frozenset({"ids", "texts", "entries"})
"""Kinds of which one value stands for a list of it."""


@cache
def kinds(section: str) -> Mapping[str, Kind]:
    """The columns of a section, and the kind of value that each takes."""
    return model_cells.kinds_of(SECTIONS[section])


class Coded(NamedTuple):
    """A column as codes into its different values. The last value is that of rows which leave the key out: code -1."""

    codes: Ints
    values: tuple[Any, ...]

    def of_each(self, said: Callable[[Any], Any], kind: Any) -> NDArray[Any]:
        """What `said` gives for the value of each row; it is asked once for each different value."""
        return np.array([said(value) for value in self.values], dtype=kind)[self.codes]

    @property
    def given(self) -> NDArray[np.bool_]:
        """Which rows give the key."""
        return self.codes >= 0


def rows_said(cells: pa.Table) -> int:
    """How many rows say anything: lines that have empty cells alone are passed over."""
    silent = np.ones(len(cells), dtype=bool)
    for column in cells.columns:
        if not column.null_count:
            return len(cells)
        silent &= column.is_null().to_numpy()
    return len(cells) - int(silent.sum())


def text_column(table: pa.Table, name: str) -> pa.Array:
    """A column as cells of text, null where a row says nothing; all null where the table has no such column."""
    if name not in table.column_names:
        return pa.nulls(len(table), TEXT)
    return as_text(table.column(name))


def as_text(column: pa.ChunkedArray, kind: Kind | None = None) -> pa.Array:
    """Cells of text for values of any type that a table of Parquet may hold; an empty text says nothing.

    kind: what its key takes; None: the cells stand in CSV, or are no key's.
    """
    held = column.type
    if pa.types.is_dictionary(held):
        column, held = column.cast(held.value_type), held.value_type
    if pa.types.is_null(held):
        return pa.nulls(len(column), TEXT)
    if pa.types.is_string(held) or pa.types.is_large_string(held) or pa.types.is_string_view(held):
        texts = _unlisted(_whole(column.cast(TEXT)), kind)
    else:
        texts = pa.array([cell_of(plain(value), kind) for value in column.to_pylist()], TEXT)
    return pc.if_else(pc.equal(texts, ""), None, texts) if pc.any(pc.equal(texts, "")).as_py() else texts


def _whole(column: pa.ChunkedArray) -> pa.Array:
    return column.combine_chunks() if column.num_chunks != 1 else column.chunk(0)


def _unlisted(texts: pa.Array, kind: Kind | None) -> pa.Array:
    """Texts as cells that are no lists."""
    pattern = SEVERAL if kind == "ids" else JSON
    if kind not in UNFOLDED or not pc.any(pc.match_substring_regex(texts.drop_null(), pattern)).as_py():
        return texts
    seems = pc.fill_null(pc.match_substring_regex(texts, pattern), False)  # noqa: FBT003 - the value to fill with
    cells = [cell_of(text, kind) for text in texts.filter(seems).to_pylist()]
    return pc.replace_with_mask(texts, seems, pa.array(cells, TEXT))


def cell_of(value: Any, kind: Kind | None) -> str | None:
    """A value of Parquet or JSON as a cell that means the same; one that no cell means becomes one that fits nowhere.

    kind: what its key takes; None: it is no key's.
    """
    if isinstance(value, list | dict):
        if kind is not None and kind not in UNFOLDED:
            return NO_CELL + json.dumps(value, ensure_ascii=False)
        return " ".join(value) if _are_ids(value) else json.dumps(value, ensure_ascii=False)
    if isinstance(value, str) and kind in UNFOLDED and re.search(SEVERAL if kind == "ids" else JSON, value):
        return json.dumps([value], ensure_ascii=False) if kind in LISTS else NO_CELL + value
    return value


def _are_ids(value: list[Any] | dict[str, Any]) -> bool:
    """Whether a value is a list of texts that a cell can hold with spaces between them."""
    if not value or not isinstance(value, list):
        return False
    return all(isinstance(item, str) and item.split() == [item] for item in value) and value[0][0] not in "[{"


def coded(table: pa.Table, section: str, name: str) -> Coded:
    """A column of a section with its different values parsed. Raises `BadRequest` where one does not fit."""
    codes, texts = encoded(text_column(table, name))
    return Coded(codes, (*parsed(section, name, texts), SECTIONS[section].model_fields[name].get_default()))


def encoded(texts: pa.Array) -> tuple[Ints, list[str]]:
    """Texts as codes into the different ones, -1 for null."""
    found = pc.dictionary_encode(texts)
    codes = found.indices.fill_null(-1).to_numpy(zero_copy_only=False).astype(np.int64)
    return codes, found.dictionary.to_pylist()


def parsed(section: str, name: str, texts: Sequence[str]) -> list[Any]:
    """What each cell of a column says, by the model of the section. Raises `BadRequest` where one does not fit."""
    kind = kinds(section)[name]
    try:
        return adapter(section, name).validate_python([unfolded(text, kind) for text in texts])
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        text = texts[int(first["loc"][0])]
        raise BadRequest(f"'{short(text)}' in a table of {section} is no {name}: check the collection first") from error
    except NotJson as error:
        raise BadRequest(f"a cell in {name} of a table of {section} is not JSON: check the collection first") from error


@cache
def adapter(section: str, name: str) -> TypeAdapter[list[Any]]:
    """The validator of a list of values of one key."""
    field = SECTIONS[section].model_fields[name]
    kind: Any = Annotated[(field.annotation, *field.metadata)] if field.metadata else field.annotation
    return TypeAdapter(list[kind])


def fitting(section: str, name: str, texts: Sequence[str | None]) -> list[Any]:
    """What the cells of a column say, in the order given; None for those that are empty, or do not fit."""
    different = sorted({text for text in texts if text is not None})
    try:
        values = dict(zip(different, parsed(section, name, different), strict=True))
    except BadRequest:
        values = {text: _fitting(section, name, text) for text in different}
    return [None if text is None else values[text] for text in texts]


def fitted(section: str, name: str, texts: pa.Array) -> tuple[Ints, list[Any]]:
    """A column as codes into its different values, of which the last is None: of cells without one, code -1.

    None as well for a cell that does not fit.
    """
    codes, different = encoded(texts)
    return codes, [*fitting(section, name, different), None]


def _fitting(section: str, name: str, text: str) -> Any:
    try:
        return parsed(section, name, [text])[0]
    except BadRequest:
        return None


def list_column(table: pa.Table, section: str, name: str) -> tuple[Ints, pa.Array]:
    """The ids in a column of lists: where those of each row begin, with the end, and all in order."""
    column = text_column(table, name)
    is_json = pc.fill_null(pc.starts_with(column, "["), False)  # noqa: FBT003 - the value to fill with
    if pc.any(is_json).as_py():
        texts = column.filter(is_json)
        codes, different = encoded(texts)
        lists = [" ".join(refs) for refs in parsed(section, name, different)]
        plain_texts = pa.array(lists, TEXT).take(pa.array(codes))
        column = pc.replace_with_mask(column, is_json, plain_texts)
    words = pc.utf8_split_whitespace(pc.utf8_trim_whitespace(column).fill_null(""))
    offsets = words.offsets.to_numpy().astype(np.int64)
    flat = words.values
    empty = pc.equal(flat, "")
    if pc.any(empty).as_py():
        kept = np.concatenate([[0], np.cumsum(~empty.to_numpy(zero_copy_only=False))])
        offsets, flat = kept[offsets], flat.filter(pc.invert(empty))
    return offsets, flat


def entries(table: pa.Table, section: str) -> tuple[Any, ...]:
    """All rows of a table as entries of their section, by id. Raises `BadRequest` where one does not fit."""
    names = [name for name in SECTIONS[section].model_fields if name in table.column_names]
    columns = [text_column(table, name).to_pylist() for name in names]
    known = kinds(section)
    raw = [
        {name: unfolded(cell, known[name]) for name, cell in zip(names, row, strict=True) if cell is not None}
        for row in zip(*columns, strict=True)
        if any(cell is not None for cell in row)
    ]
    try:
        made = of_entries(SECTIONS[section]).validate_python(raw)
    except ValidationError as error:
        raise BadRequest(f"a table of {section} has errors: check the collection first") from error
    return tuple(made)
