"""Entries in lines of their own: which lines are an entry's, and where a new one goes.

An entry has its own lines, the comments below it that are indented deeper than its dash, and the comments directly
above it. A comment at the dash or further left belongs to what follows it.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from claims.model.errors import CannotEdit
from claims.write.entries import Followed, flow, item_lines, ordered
from claims.write.page import BREAK, Splice, indentation, is_blank, is_comment
from claims.write.scalars import INDENT, WIDTH

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from claims.write.outline import Node
    from claims.write.page import Page


MARKS: Final = re.compile(r"(?:[ \t]+[&!][^ \t\r\n]*)*")
"""Anchor and tag of a list, after its key."""


class Style(NamedTuple):
    """How the entries of a list are laid out.

    `dashes` and `keys` are columns; `gap` is the number of empty lines before an entry; is_flow: whether an entry
    stands in braces after its dash.
    """

    dashes: int
    keys: int
    gap: int = 0
    is_flow: bool = False


def dash_of(page: Page, list_: Node, n: int) -> int:
    """Where the dash of the n-th entry stands. Raises `CannotEdit` where it does not begin its line."""
    position: int | None = list_.children[n].start
    floor = page.line_start(list_.start)
    while position is not None and position >= floor:
        start = page.line_start(position)
        if page.line(position)[: list_.column + 1] == " " * list_.column + "-":
            return start + list_.column
        position = page.line_above(position)
    raise CannotEdit("an entry does not begin in a line of its own", "begin its line with its dash")


def top_of(page: Page, list_: Node, n: int) -> int:
    """Where the lines of the n-th entry begin, with its own comments directly above it."""
    top = page.line_start(dash_of(page, list_, n))
    floor = page.after_line(end_of(page, list_, n - 1)) if n else 0
    while (above := page.line_above(top)) is not None and above >= floor:
        line = page.line(above)
        if not is_comment(line) or indentation(line) > list_.column:
            break
        top = above
    return top


def end_of(page: Page, list_: Node, n: int) -> int:
    """Where the last line of the n-th entry ends, before its break; deeper comments below it are its own."""
    end = page.line_end(list_.children[n].end)
    position = end
    while BREAK.match(page.text, position):
        position = page.after_line(position)
        line = page.line(position)
        if is_comment(line) and indentation(line) > list_.column:
            end = page.line_end(position)
        elif not is_blank(line):
            break
        position = page.line_end(position)
    return end


def gap_above(page: Page, position: int, floor: int) -> int:
    """The number of empty lines directly above a position, none of them before `floor`."""
    number = 0
    while (above := page.line_above(position)) is not None and above >= floor and is_blank(page.line(above)):
        number, position = number + 1, above
    return number


def style_of(page: Page, list_: Node) -> Style:
    """How the last entry of a list is laid out."""
    last, gap = list_.children[-1], 0
    if len(list_.children) > 1 and not list_.children[-1].keeps_breaks:
        floor = page.after_line(end_of(page, list_, len(list_.children) - 2))
        gap = gap_above(page, top_of(page, list_, len(list_.children) - 1), floor)
    is_block = last.kind == "mapping" and not last.is_flow
    keys = last.children[0].column if is_block else list_.column + INDENT
    return Style(list_.column, keys, gap, is_flow=last.kind == "mapping" and last.is_flow)


def appended(page: Page, list_: Node, entries: Sequence[Mapping[str, Any]], section: str, gap: int | None) -> Splice:
    """The splice that adds entries at the end of a list, laid out as its last one.

    gap: the empty lines before each, where more is known of them than the page says.
    """
    style = style_of(page, list_)
    style = style if gap is None or list_.children[-1].keeps_breaks else style._replace(gap=gap)
    end = end_of(page, list_, len(list_.children) - 1)
    refuse_open_text(page, list_)
    newline = page.newline_near(end)
    lines = entry_lines(entries, section, style, followed_by=following(page, end, list_.column))
    return Splice(end, end, "".join(newline + line for line in lines))


def following(page: Page, end: int, column: int) -> Followed:
    """What follows the line that ends at `end`, and might become a part of a text below a key at `column`."""
    if end == len(page.text):
        return "end"
    position = page.after_line(end)
    while position < len(page.text) and is_blank(page.line(position)):
        position = page.after_line(position)
    line = page.line(position)
    return "comment" if is_comment(line) and indentation(line) > column else ""


def refuse_joined(page: Page, above: Node, end: int, column: int) -> None:
    """Raise `CannotEdit` where what follows the line that ends at `end` would become a part of the text above.

    above: the value that would stand before it. column: that of its key or its dash.
    """
    below = page.after_line(end)
    is_kept = above.keeps_breaks and below < len(page.text) and is_blank(page.line(below))
    if is_kept or (above.last.header and following(page, end, column) == "comment"):
        what = "an empty line" if is_kept else "a comment"
        raise CannotEdit(f"{what} below it would become a part of the text above it", "move it away")


def refuse_open_text(page: Page, node: Node) -> None:
    """Raise `CannotEdit` where the file ends within a text that a line break would add to."""
    last = node.last
    if last.end == len(page.text) and last.header and "-" not in last.header:
        raise CannotEdit("the file ends within a text after '|' or '>'", "end its last line with a line break")


def entry_lines(
    entries: Sequence[Mapping[str, Any]], section: str, style: Style, *, followed_by: Followed = ""
) -> list[str]:
    """The lines of entries, each after the empty lines that part it from the one before it."""
    lines: list[str] = []
    for entry in entries:
        lines += [""] * style.gap
        keyed = ordered(section, entry)
        dash = " " * style.dashes + "- "
        if style.is_flow and len(line := dash + flow(keyed)) <= WIDTH:
            lines.append(line)
        else:
            keys = style.dashes + INDENT if style.is_flow else style.keys
            lines += item_lines(keyed, style.dashes, max(keys, style.dashes + INDENT), followed_by=followed_by)
    return lines


def removed(page: Page, list_: Node, indexes: Collection[int], colon: int) -> list[Splice]:
    """The splices that take entries out of a list; where none is left it becomes `[]`, written after the colon."""
    count = len(list_.children)
    is_leading, splices = True, list[Splice]()
    for n in range(count):
        if n not in indexes:
            is_leading = False
        elif is_leading:
            splices.append(_without_first(page, list_, n, is_only=n == count - 1))
        else:
            splices.append(_without_later(page, list_, n))
    if not is_leading:
        return splices
    marks = MARKS.match(page.text, colon)
    place = marks.end() if marks else colon
    return [Splice(place, place, " []"), *_without_last_break(page, splices)]


def _without_first(page: Page, list_: Node, n: int, *, is_only: bool) -> Splice:
    """The lines of an entry before which none stays, with the empty lines below it unless none stays behind it."""
    top, end = top_of(page, list_, n), page.after_line(end_of(page, list_, n))
    while not is_only and end < len(page.text) and is_blank(page.line(end)):
        end = page.after_line(end)
    return Splice(top, end, "")


def _without_last_break(page: Page, splices: list[Splice]) -> list[Splice]:
    """The splices that leave nothing of a list; a file that ends in no line break then ends in none again."""
    if splices[-1].end < len(page.text) or page.text.endswith(("\n", "\r")):
        return splices
    n = len(splices) - 1
    while n and splices[n - 1].end == splices[n].start:
        n -= 1
    above = page.line_above(splices[n].start)
    start = splices[n].start if above is None else page.line_end(above)
    return [*splices[:n], splices[n]._replace(start=start), *splices[n + 1 :]]


def _without_later(page: Page, list_: Node, n: int) -> Splice:
    """The lines of an entry, and the empty lines above it."""
    before = list_.children[n - 1]
    floor = end_of(page, list_, n - 1)
    end = end_of(page, list_, n)
    refuse_joined(page, before, end, list_.column)
    start = page.line_start(top_of(page, list_, n))
    while (above := page.line_above(start)) is not None and above > floor and is_blank(page.line(above)):
        start = above
    above = page.line_above(start)
    start = max(page.line_end(above) if above is not None else start, floor)
    ends_in_text = before.last.header and "-" not in before.last.header and floor == page.line_end(before.end)
    if end == len(page.text) and ends_in_text:
        start = page.after_line(start)
    return Splice(start, end, "")
