"""The sections of a file: entries added to and taken out of their lists, in whatever style those are written."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from claims.model.errors import CannotEdit
from claims.read.yaml import NULLS
from claims.write import blocks, brackets
from claims.write.blocks import Style, entry_lines
from claims.write.entries import flow, ordered
from claims.write.page import BREAK, Splice, is_blank, is_comment
from claims.write.pairs import colon_after, refuse_shared, refuse_shared_whole
from claims.write.scalars import INDENT, in_line

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence

    from claims.write.entries import Followed
    from claims.write.outline import Node
    from claims.write.page import Page

Entries = list[dict[str, Any]]


def list_of(page: Page, section: str) -> tuple[Node, Node]:
    """The key of a section and its list. Raises `CannotEdit` where it is not a list that stands in its place."""
    found = page.outline.value_of(section)
    if found is None or found[1].kind not in {"sequence", "alias"}:
        raise CannotEdit(f"'{section}' is not a list of entries", "write each entry after a dash")
    refuse_shared_whole(page, found[1])
    return found


def removed(page: Page, section: str, indexes: Collection[int]) -> list[Splice]:
    """The splices that take entries out of a section. Raises `CannotEdit` where others stand for one of them."""
    key, list_ = list_of(page, section)
    for index in indexes:
        refuse_shared(page, list_.children[index])
    if list_.is_flow:
        return brackets.removed(page, list_, indexes)
    return blocks.removed(page, list_, indexes, colon_after(page, key))


def inserted(page: Page, entries: Mapping[str, Entries]) -> Iterator[Splice]:
    """The splices that add entries at the ends of their sections, new sections at the end of the file."""
    new: dict[str, Entries] = {}
    for section, added in entries.items():
        found = page.outline.value_of(section)
        if found is None:
            new[section] = added
        elif _is_empty(found[1]):
            yield from _begun(page, *found, section, added)
        else:
            _, list_ = list_of(page, section)
            if list_.is_flow:
                yield from brackets.appended(page, list_, added, section)
            else:
                yield blocks.appended(page, list_, added, section, None)
    if new:
        yield from _new_sections(page, new)


def _is_empty(value: Node) -> bool:
    """Whether a section has a key and no entries."""
    if value.kind == "scalar":
        return value.text in NULLS and not value.style
    return value.kind == "sequence" and not value.children


def _begun(page: Page, key: Node, value: Node, section: str, entries: Entries) -> list[Splice]:
    """The splices that write the first entries of a section that is there and empty."""
    refuse_shared_whole(page, value)
    root, colon = page.outline.root, colon_after(page, key)
    is_list = value.kind == "sequence"
    is_in_line = BREAK.search(page.text, colon, value.end) is None
    if root is None or root.is_flow or value.is_marked or (is_list and not is_in_line):
        if is_list:
            return brackets.appended(page, value, entries, section)
        refuse_marked(value, section)
        written = ", ".join(flow(ordered(section, entry)) for entry in entries)
        return [Splice(colon, max(value.end, colon), f" [{written}]")]
    end = page.line_end(max(value.end, colon)) if is_in_line else page.line_end(colon)
    lines = _lines(section, entries, style_of(page, key.column), followed_by=blocks.following(page, end, key.column))
    newline = page.newline_near(end)
    emptied = Splice(colon, max(value.end, colon), "") if is_in_line else Splice(value.start, value.end, "")
    return [emptied, Splice(end, end, "".join(newline + line for line in lines))]


def refuse_marked(value: Node, section: str) -> None:
    """Raise `CannotEdit` where an empty value has an anchor or a tag."""
    if value.is_marked:
        raise CannotEdit(f"'{section}' is an anchor or a tag without a list", "delete what stands after the colon")


def style_of(page: Page, column: int) -> Style:
    """How lists are laid out in this file, under a key at `column`: as the last one that is in lines of its own."""
    root = page.outline.root
    for key, value in reversed(root.pairs if root is not None and root.kind == "mapping" else []):
        if value.kind == "sequence" and not value.is_flow and value.children:
            style = blocks.style_of(page, value)
            shift = column - key.column
            return style._replace(dashes=style.dashes + shift, keys=style.keys + shift)
    return Style(column + INDENT, column + 2 * INDENT)


def _lines(section: str, entries: Sequence[Mapping[str, Any]], style: Style, *, followed_by: Followed) -> list[str]:
    """The lines of the first entries of a section: no empty line stands before them."""
    return entry_lines(entries, section, style, followed_by=followed_by)[style.gap :]


def _new_sections(page: Page, new: Mapping[str, Entries]) -> Iterator[Splice]:
    """The splices that add sections at the end of the file."""
    root, end = page.outline.root, page.outline.end
    if root is not None and root.kind == "mapping" and root.is_flow:
        items = [f"{flow(name)}: {flow([ordered(name, entry) for entry in found])}" for name, found in new.items()]
        yield from brackets.added(page, root, items)
        return
    if root is not None and root.kind != "mapping":
        raise CannotEdit("the file is not made of sections", "write 'claims:' or another section above its list")
    text = page.text[:end]
    is_open = bool(text) and not text.endswith(("\n", "\r"))
    if root is not None:
        blocks.refuse_open_text(page, root)
    column = root.column if root is not None else 0
    style, has_gaps = style_of(page, column), _has_gaps(page)
    lines: list[str] = []
    for section, entries in new.items():
        if has_gaps and (lines or is_open or not _ends_blank(page, text)):
            lines.append("")
        lines.append(" " * column + in_line(section, is_flow=True) + ":")
        lines += _lines(section, entries, style, followed_by="end" if is_open else "")
    newline = page.newline_near(end)
    body = newline.join(lines)
    yield Splice(end, end, newline + body if is_open else body + newline)


def _ends_blank(page: Page, text: str) -> bool:
    """Whether nothing stands before the end, or an empty line does."""
    above = page.line_above(len(text))
    return above is None or is_blank(page.line(above))


def _has_gaps(page: Page) -> bool:
    """Whether an empty line parts a new section from the one before it: where it parts others, or there is one only."""
    root = page.outline.root
    if root is not None and root.last.keeps_breaks:
        return False
    later = root.pairs[1:] if root is not None else []
    return not later or any(_is_parted(page, key) for key, _ in later)


def _is_parted(page: Page, key: Node) -> bool:
    position: int | None = page.line_above(key.start)
    while position is not None and is_comment(page.line(position)):
        position = page.line_above(position)
    return position is not None and is_blank(page.line(position))
