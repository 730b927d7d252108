"""Lines and columns of the values that problems speak of."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import yaml
from yaml import events

from claims.read.drafts import Mark
from claims.read.yaml import events_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from claims.read.characters import Decoded
    from claims.read.drafts import Path

WIDEST: Final = 200


def marks_of(text: Decoded, wanted: Iterable[Path]) -> dict[Path, tuple[Mark, Mark]]:
    """The marks of the keys and of the values that the paths lead to, found in one walk.

    An item of a list has the same mark twice. What lies behind an alias has the alias's mark. A path that is not in
    the file is not in the result.
    """
    walk = _Walk(text, set(wanted))
    try:
        for event in events_of(text):
            walk.take(event)
    except (yaml.YAMLError, IndexError):
        pass  # the file was read up to here as well
    return walk.found


class _Walk:
    """Walks over the events of a file and keeps the marks of the paths that are wanted."""

    def __init__(self, text: Decoded, wanted: set[Path]) -> None:
        self.lines = text.lines
        self.wanted = wanted
        self.restored = text.stand_ins
        self.found: dict[Path, tuple[Mark, Mark]] = {}
        self.path: list[Any] = []
        """The position in each open container: a number in a list; in a mapping the key, or None before it."""
        self.is_list: list[bool] = []
        self.key: list[Mark | None] = []

    def take(self, event: Any) -> None:
        kind = type(event)
        if kind is events.MappingStartEvent or kind is events.SequenceStartEvent:
            self.value(event)
            self.path.append(0 if kind is events.SequenceStartEvent else None)
            self.is_list.append(kind is events.SequenceStartEvent)
            self.key.append(None)
        elif kind is events.MappingEndEvent or kind is events.SequenceEndEvent:
            self.path.pop()
            self.is_list.pop()
            self.key.pop()
            self.step()
        elif kind is events.ScalarEvent or kind is events.AliasEvent:
            if self.path and not self.is_list[-1] and self.path[-1] is None:
                self.path[-1] = event.value.translate(self.restored) if kind is events.ScalarEvent else "*"
                self.key[-1] = self.mark(event)
            else:
                self.value(event)
                self.step()

    def value(self, event: Any) -> None:
        """Keep the mark of a value, if it is wanted."""
        if None in self.path:
            return
        path = tuple(self.path)
        if path in self.wanted and path not in self.found:
            mark = self.mark(event)
            self.found[path] = (self.key[-1] if self.key and self.key[-1] else mark, mark)

    def step(self) -> None:
        """After a value: on to the next place in the container. What ends as a key has a place without a name."""
        if not self.path:
            return
        if self.is_list[-1]:
            self.path[-1] += 1
        else:
            self.path[-1] = "?" if self.path[-1] is None else None
        self.key[-1] = None

    def mark(self, event: Any) -> Mark:
        start, end = event.start_mark, event.end_mark
        if end.line == start.line and end.column > start.column:
            width = end.column - start.column
        else:
            line = self.lines[start.line] if start.line < len(self.lines) else ""
            width = len(line.rstrip()) - start.column
        return Mark(start.line + 1, start.column + 1, min(max(width, 1), WIDEST))
