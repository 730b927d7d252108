"""What the files of a case say, whatever form they are in: YAML, or tables."""

from __future__ import annotations

from typing import TYPE_CHECKING

from claims.read.drafts import Draft, Spot
from claims.read.forms import table_of
from claims.read.yaml import MOST_VALUES, tree_of

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from claims.read.files import File
    from claims.read.forms import Form
    from claims.read.tree import Tree


def tree_from(data: bytes, file: str) -> Tree:
    """What the bytes of a file say, in the form that its name gives."""
    table = table_of(file)
    return tree_of(data, file) if table is None else _reader(table.form)(data, file, table.section)


def _reader(form: Form) -> Callable[[bytes, str, str], Tree]:
    """What reads tables of this form; a case without any does not pay for it."""
    if form == "csv":
        from claims.read.csv import csv_tree  # noqa: PLC0415 - as above

        return csv_tree
    if form == "jsonl":
        from claims.read.jsonl import jsonl_tree  # noqa: PLC0415 - as above

        return jsonl_tree
    from claims.read.parquet import parquet_tree  # noqa: PLC0415 - as above

    return parquet_tree


def trees_of(files: Sequence[File]) -> tuple[dict[str, Tree], list[Draft]]:
    """What each file says, by its shown name, until the case is larger than a case may be."""
    trees: dict[str, Tree] = {}
    values = 0
    for file in files:
        if values > MOST_VALUES:
            return trees, [Draft("too-large", f"the case holds more than {MOST_VALUES} values", Spot(file.shown))]
        trees[file.shown] = tree_from(file.data, file.shown)
        values += trees[file.shown].values
    return trees, []
