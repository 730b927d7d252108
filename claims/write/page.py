"""A file to be changed: its text, its outline and its lines; and the changes, as splices of its text."""

from __future__ import annotations

import re
from functools import cached_property
from typing import TYPE_CHECKING, Final, NamedTuple

from claims.model.errors import CannotEdit
from claims.read.characters import MARKS, Decoded, decoded
from claims.read.drafts import Draft
from claims.write.outline import Outline, outline_of

if TYPE_CHECKING:
    from collections.abc import Iterable

BREAK: Final = re.compile(r"\r\n|\n|\r")
CODECS: Final = {"utf-8-sig": "utf-8", b"\xff\xfe": "utf-16-le", b"\xfe\xff": "utf-16-be"}


class Splice(NamedTuple):
    """That `text` shall stand in place of what stands from `start` to `end`."""

    start: int
    end: int
    text: str


class Page:
    """The text of a file, with the mark and the encoding of its bytes. `above`: the line break before it, if any."""

    def __init__(self, decoded_text: Decoded, mark: bytes = b"", codec: str = "utf-8", above: str = "\n") -> None:
        self.decoded, self.mark, self.codec, self.above = decoded_text, mark, codec, above
        self.text = decoded_text.text

    @cached_property
    def outline(self) -> Outline:
        """Where everything stands."""
        return outline_of(self.decoded)

    @property
    def data(self) -> bytes:
        """The bytes. Raises `CannotEdit` where the encoding has no form for a character."""
        try:
            return self.mark + self.text.encode(self.codec)
        except UnicodeEncodeError as error:
            raise CannotEdit("a text has half a character in it", "write it with other characters") from error

    @cached_property
    def newline(self) -> str:
        """The first line break; where there is none, the one above."""
        found = BREAK.search(self.text)
        return found[0] if found else self.above

    def newline_near(self, position: int) -> str:
        """The break of the line at a position, else of the line before."""
        end = self.line_end(position)
        found = BREAK.match(self.text, end)
        if found:
            return found[0]
        start = self.line_start(position)
        if not start:
            return self.newline
        return "\r\n" if self.text[start - 2 : start] == "\r\n" else self.text[start - 1]

    def line_start(self, position: int) -> int:
        """Where the line of a position begins."""
        return max(self.text.rfind("\n", 0, position), self.text.rfind("\r", 0, position)) + 1

    def line_end(self, position: int) -> int:
        """Where the line of a position ends, before its break."""
        found = BREAK.search(self.text, position)
        return found.start() if found else len(self.text)

    def after_line(self, position: int) -> int:
        """Where the line after that of a position begins; the end of the text, where there is none."""
        found = BREAK.search(self.text, position)
        return found.end() if found else len(self.text)

    def line(self, position: int) -> str:
        """The line of a position."""
        return self.text[self.line_start(position) : self.line_end(position)]

    def line_above(self, position: int) -> int | None:
        """Where the line before that of a position begins; None where there is none."""
        start = self.line_start(position)
        return self.line_start(start - (2 if self.text[start - 2 : start] == "\r\n" else 1)) if start else None

    def spliced(self, splices: Iterable[Splice]) -> Page:
        """The page with all splices made, those at one place in the order given.

        Raises `CannotEdit` where two overlap.
        """
        parts, done = [], 0
        for start, end, text in sorted(splices, key=lambda splice: splice[:2]):
            if start < done:
                raise CannotEdit("two changes touch the same lines", "make one after the other")
            parts += [self.text[done:start], text]
            done = end
        return self.with_text("".join([*parts, self.text[done:]]))

    def with_text(self, text: str) -> Page:
        """A page of this encoding with another text."""
        # A byte order mark makes the text be read as it is, whatever it begins with.
        found = decoded(b"\xef\xbb\xbf" + text.encode("utf-8", "replace"), "the file")
        if isinstance(found, Draft):
            raise CannotEdit(found.message, found.hint or "")
        return Page(found, self.mark, self.codec, self.above)


def page_of(data: bytes) -> Page:
    """The page of a file's bytes. Raises `CannotEdit` where they are no text."""
    found = decoded(data, "the file")
    if isinstance(found, Draft):
        raise CannotEdit(found.message, found.hint or "")
    mark, name = next(((mark, name) for mark, name in MARKS if data.startswith(mark)), (b"", "utf-8"))
    return Page(found, mark, CODECS.get(mark, CODECS.get(name, name)))


def indentation(line: str) -> int:
    """Spaces before the first character of a line."""
    return len(line) - len(line.lstrip(" "))


def is_comment(line: str) -> bool:
    """Whether a line is a comment and nothing else."""
    return line.lstrip(" \t").startswith("#")


def is_blank(line: str) -> bool:
    """Whether nothing stands in a line."""
    return not line.strip(" \t")
