"""An entry as lines, as a person would write it: keys in their order, short lists in brackets, long texts folded."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final, Literal, NamedTuple

from claims.model.errors import CannotEdit
from claims.read.ledger import SECTIONS
from claims.write.scalars import INDENT, LINE, WIDTH, in_line, in_lines

ENTRY: Final = "an entry is made of text, numbers, true and false, lists and mappings"


Followed = Literal["", "end", "comment"]
"""What follows a value: the end of a file that has no last line break, a comment that is indented, or neither."""


class Written(NamedTuple):
    """A value as it is written: what follows its key in the same line, and the lines below, indented."""

    head: str
    lines: tuple[str, ...] = ()


def as_read(value: Any) -> Any:
    """A value as reading the file gives it: text, lists and mappings. What is None is as good as absent."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str | int | float):
        return str(value)
    if isinstance(value, Mapping):
        if not all(isinstance(key, str) for key in value):
            raise CannotEdit("a key is not text", ENTRY)
        return {str(key): as_read(item) for key, item in value.items() if item is not None}
    if isinstance(value, list | tuple):
        return [as_read(item) for item in value if item is not None]
    raise CannotEdit(f"a value is of the kind {type(value).__name__}", ENTRY)


def key_order(section: str) -> tuple[str, ...]:
    """The keys of the entries of a section, in the order in which they are written."""
    model = SECTIONS.get(section)
    return tuple(field.alias or name for name, field in model.model_fields.items()) if model else ()


def ordered(section: str, entry: Mapping[str, Any]) -> dict[str, Any]:
    """The entry with its keys in order; those that no model knows come last, as they are given."""
    known = [key for key in key_order(section) if key in entry]
    return {key: entry[key] for key in dict.fromkeys([*known, *entry])}


def flow(value: Any) -> str:
    """A value in one line, between brackets where it is a list or a mapping."""
    if isinstance(value, str):
        return in_line(value, is_flow=True)
    if isinstance(value, list):
        return f"[{', '.join(map(flow, value))}]"
    return "{" + ", ".join(f"{flow(key)}: {flow(item)}" for key, item in value.items()) + "}"


def written(value: Any, column: int, used: int, *, followed_by: Followed = "") -> Written:
    """A value under a key, or after a dash, that stands at `column`; `used` columns of its line are taken before it.

    followed_by: what may come after it and would become a part of a text in lines of its own.
    """
    if isinstance(value, str):
        return text_written(value, column, used, followed_by=followed_by)
    if _is_short(value) and used + len(line := flow(value)) <= WIDTH:
        return Written(line)
    below = column + INDENT
    if isinstance(value, list):
        return Written("", tuple(line for item in value for line in item_lines(item, below, followed_by=followed_by)))
    return Written("", pair_lines(value, below, followed_by=followed_by))


def text_written(text: str, column: int, used: int, *, style: str = "", followed_by: Followed = "") -> Written:
    """A text under a key at `column`; style: the quoting to keep, where it holds the text."""
    if style in {"'", '"'} and "\n" not in text:
        return Written(in_line(text, is_flow=False, style=style))
    is_long = used + len(text) > WIDTH and len(text) > LINE
    is_safe = not followed_by or (followed_by == "end" and not text.endswith("\n"))
    if (style or "\n" in text or is_long) and is_safe:
        found = in_lines(text, style=style if style in {"|", ">"} else "")
        if found is not None and (len(found[1]) > 1 or style):
            return Written(found[0], tuple(" " * (column + INDENT) + line if line else "" for line in found[1]))
    return Written(in_line(text, is_flow=False))


def pair_lines(mapping: Mapping[str, Any], column: int, *, followed_by: Followed = "") -> tuple[str, ...]:
    """The lines of a mapping whose keys stand at `column`."""
    return tuple(line for key, value in mapping.items() for line in pair(key, value, column, followed_by=followed_by))


def pair(key: str, value: Any, column: int, *, followed_by: Followed = "") -> tuple[str, ...]:
    """The lines of one key and its value."""
    start = " " * column + in_line(key, is_flow=True) + ":"
    head, lines = written(value, column, len(start) + 1, followed_by=followed_by)
    return (f"{start} {head}" if head else start, *lines)


def item_lines(item: Any, column: int, keys: int | None = None, *, followed_by: Followed = "") -> tuple[str, ...]:
    """The lines of an item of a list with its dash at `column`, and its keys at `keys` where it is a mapping."""
    dash = " " * column + "-"
    if isinstance(item, Mapping) and item:
        inner = column + INDENT if keys is None else keys
        first, *rest = pair_lines(item, inner, followed_by=followed_by)
        return (dash + first[column + 1 :], *rest)
    head, lines = (
        written(item, column, column + INDENT, followed_by=followed_by) if isinstance(item, str) else (flow(item), ())
    )
    return (f"{dash} {head}", *lines)


def _is_short(value: Any) -> bool:
    """Whether a list or a mapping holds nothing but texts of one line."""
    items = value.values() if isinstance(value, Mapping) else value
    return all(isinstance(item, str) and "\n" not in item for item in items)
