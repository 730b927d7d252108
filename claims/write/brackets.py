"""Entries between brackets: `[{…}, {…}]`. Commas come and go with them, comments stay."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from claims.write.entries import flow, ordered
from claims.write.page import Splice

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from claims.write.outline import Node
    from claims.write.page import Page

REST: Final = re.compile(r"[ \t]*(,?)[ \t]*(#.*)?")
IDLE: Final = re.compile(r"(?:\s|#[^\r\n]*)*")


def appended(page: Page, list_: Node, entries: Sequence[Mapping[str, Any]], section: str) -> list[Splice]:
    """The splices that add entries at the end of a list in brackets."""
    return added(page, list_, [flow(ordered(section, entry)) for entry in entries])


def added(page: Page, container: Node, items: Sequence[str]) -> list[Splice]:
    """The splices that add written items at the end of a list or a mapping in brackets."""
    if not container.children:
        return [Splice(container.inner, container.inner, ", ".join(items))]
    step = 2 if container.kind == "mapping" else 1
    end = max(node.end for node in container.children[-2:])
    first = container.children[-step]
    start = page.line_start(first.start)
    indent = page.text[start : first.start]
    if indent.strip(" ") or start <= container.start:
        return [Splice(end, end, "".join(f", {item}" for item in items))]
    newline = page.newline_near(end)
    rest = REST.match(page.text, end, page.line_end(end))
    if rest is None or rest[2] is None:
        return [Splice(end, end, "".join(f",{newline}{indent}{item}" for item in items))]
    below = f",{newline}{indent}".join(items) + rest[1]
    comma = [] if rest[1] else [Splice(end, end, ",")]
    return [*comma, Splice(rest.end(), rest.end(), f"{newline}{indent}{below}")]


def removed(page: Page, container: Node, indexes: Collection[int]) -> list[Splice]:
    """The splices that take items out of a list, or pairs out of a mapping, in brackets."""
    spans = _spans(container)
    is_leading, splices = True, list[Splice]()
    for n, (start, end) in enumerate(spans):
        if n not in indexes:
            is_leading = False
        elif not is_leading:
            splices += _without(page, spans[n - 1][1], start, end)
        elif n + 1 < len(spans):
            splices += _without_first(page, start, end, spans[n + 1][0])
        else:
            comma = _comma(page, end)
            splices.append(Splice(start, end if comma is None else comma + 1, ""))
    return splices


def _spans(container: Node) -> list[tuple[int, int]]:
    if container.kind == "mapping":
        return [(key.start, max(key.end, value.end)) for key, value in container.pairs]
    return [(item.start, item.end) for item in container.children]


def _without(page: Page, before: int, start: int, end: int) -> list[Splice]:
    """Take out what stands from `start` to `end`, and the comma after `before`."""
    comma = _comma(page, before)
    if comma is None or "#" not in page.text[before:start]:
        return [Splice(before, end, "")]
    above = page.line_above(start)
    has_own_line = above is not None and not page.text[page.line_start(start) : start].strip(" \t")
    begin = page.line_end(above) if above is not None and has_own_line else start
    return [Splice(comma, comma + 1, ""), Splice(max(begin, comma + 1), end, "")]


def _without_first(page: Page, start: int, end: int, following: int) -> list[Splice]:
    comma = _comma(page, end)
    if comma is None or "#" not in page.text[end:following]:
        return [Splice(start, following, "")]
    return [Splice(start, end, ""), Splice(comma, comma + 1, "")]


def _comma(page: Page, position: int) -> int | None:
    """The comma after a position, past comments."""
    idle = IDLE.match(page.text, position)
    at = idle.end() if idle else position
    return at if page.text[at : at + 1] == "," else None
