"""YAML becomes text, lists and mappings, and nothing else: `NO`, `12:30` and `010` stay what the person wrote.

libyaml's events are turned into values here, in one pass, so that every irregularity is met at its line: a key that
stands twice, an alias that bites its own tail, a tag. A key without a value, or with a plain `null` or `~`, is as
good as absent. Nothing is built beyond the limits, so that a short file cannot unfold into a huge one.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import yaml
from yaml import events

from claims.read.characters import HIDDEN, SUSPECT, Decoded, decoded, shown
from claims.read.drafts import Draft, Mark, Spot
from claims.read.syntax import DEEPEST, explained, too_deep
from claims.read.tree import Tree, packed

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from claims.read.drafts import Path

LOADER: Final[Any] = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
NULLS: Final = frozenset({"", "~", "null", "Null", "NULL"})
TEXT_TAG: Final = "tag:yaml.org,2002:str"
MOST_UNFOLDED: Final = 2_000_000
"""Values that the aliases of one file may stand for."""
MOST_VALUES: Final = 10_000_000
COMMENTED: Final = frozenset({"quote", "text", "note", "title", "reason", "prefix", "suffix"})
"""Keys of free text, where ` #` is more often a part of the text than a comment."""
ENTRY_DEPTH: Final = 2
BLANK: Final = re.compile(r"[ \t]*")
_NOTHING: Final = object()


def tree_of(data: bytes, file: str) -> Tree:
    """What the bytes of a file say, with everything that is irregular about them."""
    text = decoded(data, file)
    if isinstance(text, Draft):
        return Tree(drafts=[text], is_whole=False)
    return Builder(text, file).tree()


def events_of(text: Decoded) -> Iterator[Any]:
    """The events that libyaml finds in a text; raises `yaml.YAMLError` where it cannot go on."""
    loader = LOADER(text.plain)
    try:
        yield from iter(loader.get_event, None)
    finally:
        loader.dispose()


class _Stop(Exception):
    """Nothing after this place is read."""


class Anchored(NamedTuple):
    """A value with an anchor: how many values it holds with itself, and how deep they are nested."""

    value: Any
    size: int
    height: int


class Builder:
    """Builds the tree of one file from its events."""

    def __init__(self, text: Decoded, file: str) -> None:
        self.text, self.file = text, file
        self.result = Tree(text=text.text, drafts=list(text.drafts))
        self.restored = text.stand_ins
        self.is_suspect = bool(text.stand_ins) or SUSPECT.search(text.text) is not None
        self.root: Any = _NOTHING
        self.here: Any = None
        self.key: Any = None
        self.marks: dict[str, Any] = {}
        self.stack: list[tuple[Any, Any, dict[str, Any], str | None, int]] = []
        self.deepest: list[int] = [0]
        """For each open container, how deep the values in it reach."""
        self.anchors: dict[str, Anchored | None] = {}
        self.values = 0
        self.unfolded = 0
        self.documents = 0

    def tree(self) -> Tree:
        """The tree, whole or up to the error."""
        result = self.result
        handlers: dict[type, Callable[[Any], None]] = {
            events.ScalarEvent: self.scalar,
            events.MappingStartEvent: self.mapping,
            events.AliasEvent: self.alias,
            events.SequenceStartEvent: self.sequence,
            events.MappingEndEvent: self.end,
            events.SequenceEndEvent: self.end,
            events.DocumentStartEvent: self.document,
        }
        try:
            for event in events_of(self.text):
                handler = handlers.get(type(event))
                if handler:
                    handler(event)
        except _Stop:
            result.is_whole = False
        except yaml.YAMLError as error:
            result.is_whole = False
            told = explained(error, self.text.lines, self.file)
            result.drafts = [draft for draft in result.drafts if not _is_same_mistake(draft, told)]
            result.drafts.append(told)
        if not result.is_whole:
            self.salvage()
        result.value = None if self.root is _NOTHING else self.root
        result.values = self.values
        return result

    def salvage(self) -> None:
        """Keep the entries that were complete before the error: those of the section that is still open."""
        frames = [*self.stack, (self.here, self.key, self.marks, None, 0)]
        if len(frames) <= ENTRY_DEPTH:
            return
        (top, section, *_), (entries, *_) = frames[1:3]
        if type(top) is dict and type(section) is str and type(entries) is list:
            top.setdefault(section, entries)

    def scalar(self, event: Any) -> None:
        """A key, or a value of text."""
        self.values += 1
        value: str | None = event.value
        if event.tag is not None or event.anchor is not None:
            value = self.marked_scalar(event)
        elif value in NULLS and not event.style:
            value = None
        here = self.here
        if type(here) is dict:
            if self.key is None:
                self.begin_key(value, event)
                return
            if self.is_suspect:
                value = self.cleaned(value)
            if self.key in COMMENTED and not event.style:
                self.check_comment(event)
            if value is not None and self.key is not _NOTHING:
                here[self.key] = value
            self.key = None
        elif here is None:
            self.root = value
        else:
            here.append(self.cleaned(value) if self.is_suspect else value)

    def begin_key(self, key: str | None, event: Any) -> None:
        """Take the key of the next value, unless it cannot be one."""
        if key is None:
            self.flaw("bad-key", "a key is missing before the ':'", event, "write one, or put the text in quotes")
        elif key == "<<" and not event.style:
            self.flaw("merge-key", "the merge key '<<' is not read", event, "write the keys out in each entry")
        elif key in self.marks:
            first, where = self.marks[key], "entry" if len(self.stack) > 1 else "file"
            self.flaw(
                "duplicate-key",
                f"'{key}' stands twice in this {where}, first in line {first.line + 1}",
                event,
                "keep one of the two",
                (self.spot(first),),
            )
        else:
            self.marks[key] = event.start_mark
            self.key = key.translate(self.restored) if self.restored else key
            return
        self.result.flawed.add(self.path()[:-1])
        self.key = _NOTHING

    def mapping(self, event: Any) -> None:
        """The beginning of a mapping."""
        if len(self.stack) == ENTRY_DEPTH and type(self.here) is list:
            self.note_start(event)
        self.begin({}, event)

    def sequence(self, event: Any) -> None:
        """The beginning of a list."""
        self.begin([], event)

    def begin(self, container: Any, event: Any) -> None:
        """Go into a container."""
        self.values += 1
        if event.tag is not None:
            self.tag(event)
        if type(self.here) is dict and self.key is None:
            self.flaw(
                "bad-key",
                "a key must be plain text, not a list or a mapping",
                event,
                "if this is a text, put it in quotes",
            )
            self.key = _NOTHING
            self.stack.append((self.here, None, self.marks, None, self.values))
        else:
            self.stack.append((self.here, self.key, self.marks, event.anchor, self.values))
            if event.anchor is not None:
                self.anchors[event.anchor] = None
        self.here, self.key, self.marks = container, None, {}
        self.deepest.append(len(self.stack))
        self.check_depth(len(self.stack), event)
        if len(self.stack) == 1:
            self.root = container

    def check_depth(self, depth: int, event: Any) -> None:
        """Go no deeper than a case can need: what walks over values later may do so by recursion."""
        if depth > DEEPEST:
            self.result.drafts.append(too_deep(self.spot(event.start_mark, event.end_mark)))
            raise _Stop

    def end(self, event: Any) -> None:
        """Come out of a container, and put it where it belongs."""
        del event
        container = self.here
        self.here, self.key, self.marks, anchor, before = self.stack.pop()
        depth = self.deepest.pop()
        self.deepest[-1] = max(self.deepest[-1], depth)
        if anchor is not None:
            self.anchors[anchor] = Anchored(container, self.values - before + 1, depth - len(self.stack))
        if self.here is None:
            return
        if type(self.here) is dict and self.key is None:
            self.key = _NOTHING
        else:
            self.put(container)

    def put(self, value: Any) -> None:
        """Put a value into the container that is open."""
        if type(self.here) is list:
            self.here.append(value)
            return
        if value is not None and self.key is not _NOTHING:
            self.here[self.key] = value
        self.key = None

    def alias(self, event: Any) -> None:
        """What an anchor stands for, once more."""
        name = event.anchor
        known = self.anchors.get(name)
        if known is None:
            if name in self.anchors:
                self.flaw("recursive-alias", f"'*{name}' stands within what it stands for", event, "write it out")
            else:
                self.flaw(
                    "unknown-alias",
                    f"'*{name}' refers to something that is not there",
                    event,
                    "if this is a text that begins with '*', put it in quotes",
                )
            self.result.flawed.add(self.path())
            known = Anchored("", 1, 0)
        self.values += known.size
        self.unfolded += known.size
        self.deepest[-1] = max(self.deepest[-1], len(self.stack) + known.height)
        self.check_depth(len(self.stack) + known.height, event)
        if self.unfolded > MOST_UNFOLDED or self.values > MOST_VALUES:
            self.flaw(
                "too-large",
                f"the aliases of this file unfold to more than {MOST_UNFOLDED} values",
                event,
                "write the entries out, or refer to them by id",
            )
            raise _Stop
        if type(self.here) is dict and self.key is None:
            self.begin_key(known.value if isinstance(known.value, str) else None, event)
            return
        if len(self.stack) == ENTRY_DEPTH and type(self.here) is list:
            self.note_start(event)
        if self.here is None:
            self.root = known.value
        else:
            self.put(known.value)

    def document(self, event: Any) -> None:
        """The beginning of a document; a second one is not read."""
        self.documents += 1
        if self.documents > 1:
            self.flaw(
                "several-documents",
                "a second YAML document begins here; a file holds one",
                event,
                "delete the line '---', or put what follows into a file of its own",
            )
            raise _Stop

    def note_start(self, event: Any) -> None:
        """Remember where an item of a section begins."""
        starts = self.result.starts.setdefault(self.stack[-1][1], [])
        starts.extend([0] * (len(self.here) - len(starts)))
        starts.append(packed(event.start_mark.line, event.start_mark.column))

    def marked_scalar(self, event: Any) -> str | None:
        """The value of a scalar with a tag or an anchor."""
        is_null = event.value in NULLS and not event.style and event.tag is None
        value = None if is_null else event.value
        if event.tag is not None:
            self.tag(event)
        if event.anchor is not None:
            self.anchors[event.anchor] = Anchored(value, 1, 0)
        return value

    def tag(self, event: Any) -> None:
        """Refuse every tag but the one that says nothing new."""
        if event.tag != TEXT_TAG or not isinstance(event, events.ScalarEvent):
            name = event.tag.replace("tag:yaml.org,2002:", "!!")
            self.flaw(
                "yaml-tag",
                f"the YAML tag '{name}' is not read",
                event,
                "if the '!' belongs to a text, put the text in quotes",
            )
            self.result.flawed.add(self.path())

    def cleaned(self, value: str | None) -> str | None:
        """The value with its real characters; hidden ones are noted, but for what stands under a refused key."""
        if value is None:
            return None
        if self.restored:
            value = value.translate(self.restored)
        found = HIDDEN.search(value)
        if found:
            path = self.path()
            if all(isinstance(part, str | int) for part in path):
                self.result.hidden[path] = found[0]
        return value

    def path(self) -> Path:
        """The keys and positions that lead to the value that comes next."""
        frames = [*self.stack, (self.here, self.key, self.marks, None, 0)][1:]
        return tuple(len(here) if type(here) is list else key for here, key, *_ in frames)

    def check_comment(self, event: Any) -> None:
        """Say where a text is cut by a comment."""
        plain = self.text.plain
        end = event.end_mark.index
        after = plain[end : end + 1]
        if after not in {" ", "\t"}:
            return
        gap = BLANK.match(plain, end)
        is_path = self.key == "text" and len(self.stack) >= ENTRY_DEPTH and self.stack[1][1] == "documents"
        if gap is None or plain[gap.end() : gap.end() + 1] != "#" or is_path:
            return
        mark = event.end_mark
        column = mark.column + 1 + gap.end() - end
        self.result.drafts.append(
            Draft(
                "cut-by-comment",
                f"the {self.key} ends before the '#': what follows is a comment",
                Spot(self.file, mark=Mark(mark.line + 1, column, 1)),
                "put the text in quotes; if it is a comment, move it to a line of its own",
                "warning",
            )
        )

    def spot(self, mark: Any, end: Any = None) -> Spot:
        """The place of a mark of libyaml."""
        width = end.column - mark.column if end is not None and end.line == mark.line else 1
        return Spot(self.file, mark=Mark(mark.line + 1, mark.column + 1, max(width, 1)))

    def flaw(self, code: str, message: str, event: Any, hint: str, also: tuple[Spot, ...] = ()) -> None:
        """Note what is irregular at an event."""
        spot = self.spot(event.start_mark, event.end_mark)
        self.result.drafts.append(Draft(code, shown(message), spot, hint, also=also))


def _is_same_mistake(draft: Draft, syntax: Draft) -> bool:
    """Whether an alias is none, but the beginning of the text that could not be read: `*the missiles*`."""
    marks = draft.spot.mark, syntax.spot.mark
    return (
        draft.code == "unknown-alias"
        and marks[0] is not None
        and marks[1] is not None
        and marks[0].line == marks[1].line
    )
