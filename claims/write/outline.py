"""Where everything in a YAML file stands: its values as a tree of spans, counted in characters from 0.

A span ends where the content ends. What libyaml counts in after it (comments, blank lines) is nobody's.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import yaml
from yaml import events

from claims.model.errors import CannotEdit
from claims.read.yaml import events_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from claims.read.characters import Decoded

BLOCK_STYLES: Final = frozenset("|>")
HEADER: Final = re.compile(r"[|>][-+0-9]*")


@dataclass(slots=True)
class Node:
    """A value of a file. `inner` is where the first thing within it may stand.

    `column` is counted from 0; that of a list in lines of its own is where its dashes stand. `text` is what a scalar
    says, or the head of one in lines of its own; `style` is its quoting. `children` are the items of a list; in a
    mapping keys and values take turns. `end` is where the content ends, before the break of its last line.
    """

    kind: str
    start: int
    end: int
    column: int
    inner: int = 0
    is_flow: bool = True
    text: str = ""
    style: str = ""
    is_marked: bool = False
    """Whether it has an anchor or a tag."""
    children: list[Node] = field(default_factory=list)

    @property
    def pairs(self) -> list[tuple[Node, Node]]:
        """Keys and values of a mapping."""
        return list(zip(self.children[::2], self.children[1::2], strict=True))

    @property
    def keeps_breaks(self) -> bool:
        """Whether it ends with a text whose last line breaks count: `|+`."""
        last = self.last
        return last.style in BLOCK_STYLES and "+" in last.header

    @property
    def last(self) -> Node:
        """What it ends with."""
        node = self
        while node.children and not node.is_flow:
            node = node.children[-1]
        return node

    @property
    def header(self) -> str:
        """The head of a block text, as `|2-`; empty for other values."""
        return self.text if self.style in BLOCK_STYLES else ""


class Alias(NamedTuple):
    """That the place `at` stands for what begins at `target`."""

    at: int
    target: int


class Outline(NamedTuple):
    """The values of a file, who refers to whom by anchors, and where a new section would go."""

    root: Node | None
    aliases: tuple[Alias, ...]
    end: int

    def value_of(self, section: str) -> tuple[Node, Node] | None:
        """The key and the value of a section."""
        if self.root is None or self.root.kind != "mapping":
            return None
        return next(((key, value) for key, value in self.root.pairs if key.text == section), None)

    def is_used_elsewhere(self, node: Node) -> bool:
        """Whether something outside `node` stands for something within it."""
        return any(
            node.start <= alias.target <= node.end and not node.start <= alias.at <= node.end for alias in self.aliases
        )

    def is_shared(self, node: Node) -> bool:
        """Whether something stands for just this node."""
        return any(alias.target == node.start for alias in self.aliases)


def outline_of(text: Decoded) -> Outline:
    """The outline of a text that was read without errors. Raises `CannotEdit` where libyaml finds one all the same."""
    try:
        return _Drawing(text).outline()
    except yaml.YAMLError as error:
        raise CannotEdit("the file cannot be read as YAML", "`claims check` shows the line") from error


class _Drawing:
    """Draws the outline of one file from its events."""

    def __init__(self, text: Decoded) -> None:
        self.text = text.text
        self.events: Iterator[Any] = events_of(text)
        self.restored = text.stand_ins
        self.anchors: dict[str, int] = {}
        self.aliases: list[Alias] = []

    def outline(self) -> Outline:
        """The whole outline."""
        root: Node | None = None
        end = len(self.text)
        for event in self.events:
            if type(event) is events.DocumentEndEvent:
                mark: Any = event.start_mark
                end = mark.index if event.explicit else end
                break
            if type(event) not in {events.StreamStartEvent, events.DocumentStartEvent, events.StreamEndEvent}:
                root = self.node(event)
                root = None if root.kind == "scalar" and root.start == root.end else root
        for _ in self.events:
            pass
        return Outline(root, tuple(self.aliases), end)

    def node(self, event: Any) -> Node:
        """The value that an event begins."""
        kind = type(event)
        mark = event.start_mark
        if kind is events.AliasEvent:
            self.aliases.append(Alias(mark.index, self.anchors.get(event.anchor, -1)))
            return Node("alias", mark.index, event.end_mark.index, mark.column)
        if event.anchor is not None:
            self.anchors[event.anchor] = mark.index
        if kind is events.ScalarEvent:
            return self.scalar(event)
        return self.container(event, "mapping" if kind is events.MappingStartEvent else "sequence")

    def scalar(self, event: Any) -> Node:
        """A text."""
        start, end, style = event.start_mark.index, event.end_mark.index, event.style or ""
        is_marked = event.anchor is not None or event.tag is not None
        if style in BLOCK_STYLES:
            header = HEADER.search(self.text, start)
            value = header[0] if header else style
            end = self.block_end(start, end, keeps="+" in value)
        else:
            value = event.value.translate(self.restored) if self.restored else event.value
        return Node("scalar", start, end, event.start_mark.column, text=value, style=style, is_marked=is_marked)

    def block_end(self, start: int, end: int, *, keeps: bool) -> int:
        """Where a block text ends, its last line break and the empty lines that do not count left out."""
        text = self.text
        while end > start and text[end - 1] in "\r\n":
            end -= 2 if text[end - 2 : end] == "\r\n" else 1
            if keeps:
                break
        return end

    def container(self, event: Any, kind: str) -> Node:
        """A list or a mapping, with all that is in it."""
        mark, is_flow = event.start_mark, bool(event.flow_style)
        node = Node(kind, mark.index, 0, mark.column, inner=event.end_mark.index, is_flow=is_flow)
        node.is_marked = event.anchor is not None or event.tag is not None
        if kind == "sequence" and not is_flow:
            after: Any = event.end_mark
            node.column = after.column - (self.text[after.index : after.index + 1] != "-")
        for part in self.events:
            if type(part) in {events.MappingEndEvent, events.SequenceEndEvent}:
                node.end = part.end_mark.index if is_flow or not node.children else node.children[-1].end
                break
            node.children.append(self.node(part))
        if not is_flow and node.children:
            node.end = max(child.end for child in node.children[-2:])
        return node
