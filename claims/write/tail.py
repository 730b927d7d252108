"""The last entry of a section of a large file, found without reading what stands before it.

The file is searched as bytes for the line of the section, for the next line at the left edge, and for the last dash of
the list between them. Whatever is not as simple as that is left to a reading of the whole file.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NamedTuple

from claims.model.errors import CannotEdit
from claims.read.characters import Decoded, decoded
from claims.write.page import Page

if TYPE_CHECKING:
    from claims.write.outline import Node

UTF_8_MARK: Final = b"\xef\xbb\xbf"
AT_EDGE: Final = re.compile(rb"\n(?:[^ \t\r\n#-]|---)")
KEY_REST: Final = re.compile(rb"[ \t]*(?:#[^\n]*)?\r?\n")
IDLE_LINES: Final = re.compile(rb"(?:[ \t]*(?:#[^\n]*)?\r?\n)*")
DASH: Final = re.compile(rb"( *)- ( *)(?=[^ ])")
KEPT_BREAKS: Final = re.compile(rb"[|>][0-9]?\+")
"""The head of a text to which the empty lines below it belong."""
CHUNK: Final = 2**20
ABOVE: Final = 4096
"""Bytes above the last entry that are looked at for the empty lines before it."""


class Tail(NamedTuple):
    """The part of a file from `start` to `end`, in bytes, with the last entry of a section in it.

    `gap` is the number of empty lines before that entry.
    """

    page: Page
    entries: Node
    start: int
    end: int
    gap: int


def tail_of(data: bytes, section: str, hint: tuple[int, int] | None) -> Tail | None:
    """The tail of a section; None where it cannot be told without reading the file.

    hint: line and column, from 1, where its last entry is known to begin; a file that is otherwise is read whole.
    """
    has_lone_returns = b"\r" in data and data.count(b"\r") != data.count(b"\r\n")
    if has_lone_returns or b"\0" in data[:4]:
        return None
    begin = _after_key(data, section)
    if begin is None:
        return None
    found = AT_EDGE.search(data, begin - 1)
    end = found.start() + 1 if found else len(data)
    idle = IDLE_LINES.match(data, begin, end)
    first = idle.end() if idle else begin
    dash = DASH.match(data, first, end)
    if dash is None or data.find(b"\n" + section.encode() + b":", end - 1) >= 0:
        return None
    column = len(dash[1])
    start = max(first, data.rfind(b"\n" + b" " * column + b"- ", begin - 1, end) + 1)
    if hint is not None and start != _of_hint(data, hint, column):
        return None
    tail = _read(data, start, end, column)
    if KEPT_BREAKS.search(data, max(first, start - ABOVE), start):
        return None
    return tail and tail._replace(gap=0 if start == first else _gap(data, first, start))


def _after_key(data: bytes, section: str) -> int | None:
    """Where the line after the key of the section begins; None where the key stands elsewhere or not at all."""
    key = section.encode() + b":"
    start = len(UTF_8_MARK) if data.startswith(UTF_8_MARK) else 0
    at_top = start if data.startswith(key, start) else None
    below = data.find(b"\n" + key)
    if at_top is None and below < 0:
        return None
    place = at_top if at_top is not None else below + 1
    rest = KEY_REST.match(data, place + len(key))
    return rest.end() if rest else None


def _of_hint(data: bytes, hint: tuple[int, int], column: int) -> int | None:
    """Where the line of the hint begins, if an entry of the list begins there in the column of the hint."""
    start = _line_start(data, hint[0])
    dash = DASH.match(data, start) if start is not None else None
    return start if dash and len(dash[1]) == column and dash.end() - dash.start() == hint[1] - 1 else None


def _line_start(data: bytes, line: int) -> int | None:
    """Where a line, counted from 1, begins."""
    left, position = line - 1, 0
    while left and position < len(data) and (number := data.count(b"\n", position, position + CHUNK)) < left:
        left, position = left - number, position + CHUNK
    for _ in range(left):
        position = data.find(b"\n", position) + 1
        if not position:
            return None
    return position


def _read(data: bytes, start: int, end: int, column: int) -> Tail | None:
    """The tail from a line on, if it is a list with just one entry."""
    text = decoded(data[start:end], "the file")
    if not isinstance(text, Decoded) or text.drafts:
        return None
    page = Page(text, above="\r\n" if data[start - 2 : start] == b"\r\n" else "\n")
    try:
        root = page.outline.root
    except CannotEdit:
        return None
    is_one = root is not None and root.kind == "sequence" and not root.is_flow and len(root.children) == 1
    if root is None or not is_one or root.column != column or page.outline.end != len(page.text):
        return None
    return Tail(page, root, start, end, 0)


def _gap(data: bytes, first: int, start: int) -> int:
    """The number of empty lines before an entry and its own comments."""
    lines = data[max(first, start - ABOVE) : start].splitlines()
    while lines and lines[-1].lstrip().startswith(b"#"):
        lines.pop()
    number = 0
    while lines and not lines[-1].strip():
        number += 1
        lines.pop()
    return number
