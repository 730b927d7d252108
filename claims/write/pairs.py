"""The keys of an entry: set, taken out, and their texts reworded."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from claims.model.errors import CannotEdit
from claims.read.yaml import COMMENTED
from claims.write import brackets
from claims.write.blocks import following, refuse_joined, refuse_open_text
from claims.write.entries import flow, key_order, pair, text_written, written
from claims.write.page import BREAK, Splice
from claims.write.scalars import in_line

if TYPE_CHECKING:
    from collections.abc import Sequence

    from claims.write.entries import Written
    from claims.write.outline import Node
    from claims.write.page import Page

COLON: Final = re.compile(r"[ \t]*:")
COMMENT: Final = re.compile(r"[ \t]+#")
NO_SPACE: Final = frozenset(" \t[{,")
"""After one of these, a value needs no space before it."""


def colon_after(page: Page, key: Node) -> int:
    """The place just after the colon of a key. Raises `CannotEdit` where it stands elsewhere."""
    colon = COLON.match(page.text, key.end)
    if colon is None:
        raise CannotEdit(f"the key '{key.text[:40]}' has no colon in its line", "write it as 'key: value'")
    return colon.end()


def put(page: Page, entry: Node, section: str, name: str, value: Any) -> list[Splice]:
    """The splices that set a key of an entry."""
    for key, old in entry.pairs:
        if key.text == name:
            refuse_shared(page, old)
            column = key.column
            used = column + len(name) + 2
            after = following(page, page.line_end(old.end), column)
            new = flow(value) if entry.is_flow else written(value, column, used, followed_by=after)
            if name in COMMENTED and isinstance(value, str) and COMMENT.match(page.text, old.end):
                # bare, it could be taken for a text that the comment cuts short
                new = in_line(value, is_flow=entry.is_flow, style="'")
            return replaced(page, old, colon_after(page, key), new)
    if entry.is_flow:
        return brackets.added(page, entry, [f"{flow(name)}: {flow(value)}"])
    key, before = _predecessor(entry, section, name)
    end = page.line_end(max(key.end, before.end))
    refuse_open_text(page, before)
    newline = page.newline_near(end)
    column = entry.children[0].column
    lines = pair(name, value, column, followed_by=following(page, end, column))
    return [Splice(end, end, "".join(newline + line for line in lines))]


def drop(page: Page, entry: Node, name: str) -> list[Splice]:
    """The splices that take a key out of an entry."""
    pairs = entry.pairs
    n = next((n for n, (key, _) in enumerate(pairs) if key.text == name), None)
    if n is None:
        raise CannotEdit(f"the entry has no key '{name}'", "name one that it has")
    key, value = pairs[n]
    refuse_shared(page, value)
    refuse_shared(page, key)
    if entry.is_flow:
        return brackets.removed(page, entry, {n})
    end = page.line_end(max(key.end, value.end))
    if len(pairs) == 1:
        return [Splice(key.start, end, "{}")]
    if n == 0:
        return _without_first(page, key, end, pairs[1][0])
    above = page.line_above(key.start)
    start = page.line_end(above) if above is not None else page.line_start(key.start)
    before = pairs[n - 1][1]
    refuse_joined(page, before, end, key.column)
    if end == len(page.text) and before.last.header and "-" not in before.last.header:
        start = page.line_start(key.start)
    return [Splice(start, end, "")]


def reword(page: Page, entry: Node, path: Sequence[str | int], text: str) -> list[Splice]:
    """The splices that put a text in place of the one that the path leads to, in its style where that holds it."""
    node, column, before, is_flow = entry, entry.column, entry.start, entry.is_flow
    for part in path:
        refuse_shared_whole(page, node)
        found = _step(page, node, part)
        if found is None:
            raise CannotEdit(f"the entry has nothing at {'.'.join(map(str, path))}", "name a text that it has")
        is_flow = is_flow or node.is_flow
        node, column, before = found
    if node.kind not in {"scalar", "alias"}:
        raise CannotEdit(f"what stands at {'.'.join(map(str, path))} is not one text", "name one of its texts")
    refuse_shared(page, node)
    style = node.style
    if is_flow:
        return replaced(page, node, before, in_line(text, is_flow=True, style=style if style in {"'", '"'} else ""))
    after = following(page, page.line_end(node.end), column)
    used = before - page.line_start(before) + 1
    return replaced(page, node, before, text_written(text, column, used, style=style, followed_by=after))


def replaced(page: Page, old: Node, before: int, new: Written | str) -> list[Splice]:
    """The splices that write a value in place of another, after the colon or the dash that ends at `before`.

    A comment in the line of the key stays there; those within the old value go with it.
    """
    space = "" if page.text[old.start - 1 : old.start] in NO_SPACE else " "
    if isinstance(new, str):
        return [Splice(old.start, old.end, space + new)]
    head, lines = new
    newline = page.newline_near(before)
    below = "".join(newline + line for line in lines)
    if BREAK.search(page.text, before, old.start):
        end = page.line_end(before)
        return [Splice(before, before, f" {head}" if head else ""), Splice(end, page.line_end(old.end), below)]
    end = page.line_end(old.end)
    start = old.start if head else before
    if not BREAK.search(page.text, old.start, old.end):
        return [Splice(start, old.end, f"{space}{head}" if head else ""), Splice(end, end, below)]
    return [Splice(start, end, (f"{space}{head}" if head else "") + below)]


def refuse_shared(page: Page, node: Node) -> None:
    """Raise `CannotEdit` where something elsewhere in the file stands for a part of `node`."""
    if page.outline.is_used_elsewhere(node):
        raise _shared()


def refuse_shared_whole(page: Page, node: Node) -> None:
    """Raise `CannotEdit` where `node` is an alias, or something else in the file stands for just it."""
    if node.kind == "alias" or page.outline.is_shared(node):
        raise _shared()


def _shared() -> CannotEdit:
    return CannotEdit(
        "other places of the file refer to it by an anchor (&) and its alias (*)",
        "write it out in those places first",
    )


def _predecessor(entry: Node, section: str, name: str) -> tuple[Node, Node]:
    """The pair after which a new key goes: the last one that stands before it in the usual order, else the last."""
    order = key_order(section)
    place = order.index(name) if name in order else len(order)
    earlier = [pair for pair in entry.pairs if pair[0].text in order and order.index(pair[0].text) < place]
    return earlier[-1] if earlier and name in order else entry.pairs[-1]


def _without_first(page: Page, key: Node, end: int, following: Node) -> list[Splice]:
    """Take out the first key: the next one takes its place after the dash, unless comments stand between them."""
    if "#" in page.text[end : following.start]:
        return [Splice(key.start, end, "")]
    return [Splice(key.start, following.start, "")]


def _step(page: Page, node: Node, part: str | int) -> tuple[Node, int, int] | None:
    """A value within another, the column of its key or dash, and where that ends."""
    if node.kind == "mapping":
        for key, value in node.pairs:
            if key.text == part:
                return value, key.column, colon_after(page, key)
    elif node.kind == "sequence" and isinstance(part, int) and 0 <= part < len(node.children):
        item = node.children[part]
        if node.is_flow:
            return item, item.column, item.start
        dash = page.text.rfind("-", page.line_start(item.start), item.start)
        return item, node.column, dash + 1 if dash >= 0 else item.start
    return None
