r"""Bytes become text: the encoding, and the characters that a reader cannot see.

Text is UTF-8, with or without a byte order mark, or UTF-16 with one. Raw control characters are refused, wherever they
stand. U+0085, U+2028 and U+2029 are characters of a text, as in YAML 1.2, and never end a line: lines end where every
editor ends them.

>>> shown("Reuters\u202e")
'Reuters⟨U+202E⟩'
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NamedTuple

from claims.read.drafts import Draft, Mark, Spot

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

CONTROL: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ufeff\ufffe\uffff]")
"""What YAML does not allow to stand in a file as it is."""
BREAKS: Final = re.compile("[\x85\u2028\u2029]")
SURROGATE: Final = re.compile("[\ud800-\udfff]")
HIDDEN: Final = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\u202a-\u202e\u2066-\u2069\ufeff\ufffe\uffff\ud800-\udfff]"
)
"""What must not stand in a value: controls, changes of direction, halves of characters. ZWJ, ZWNJ and the marks LRM,
RLM and ALM are not here: Persian and Arabic names need them."""
SUSPECT: Final = re.compile("[\\\\\u202a-\u202e\u2066-\u2069\ufeff\ufffe\uffff\ud800-\udfff]")
"""Without one of these in a file no value of it can have a hidden character: a backslash may write one."""
UNPRINTED: Final = re.compile(
    "[\x00-\x1f\x7f-\x9f\u200e\u200f\u061c\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff\ufffe\uffff\ud800-\udfff]"
)
LINE_END: Final = re.compile("\r\n|\n|\r")
MOST_CONTROLS: Final = 20
LONGEST_SOURCE: Final = 500
MARKS: Final = (
    (b"\xff\xfe\x00\x00", "utf-32"), (b"\x00\x00\xfe\xff", "utf-32"),
    (b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"),
)  # fmt: skip


class Decoded(NamedTuple):
    """The text of a file: as it stands, as YAML shall see it, and what was wrong with its characters.

    `plain` has the same length as `text`; there, `stand_ins` stand for characters that YAML 1.1 would take for the
    end of a line.
    """

    text: str
    plain: str
    stand_ins: dict[int, str]
    drafts: tuple[Draft, ...] = ()

    @property
    def lines(self) -> list[str]:
        """The lines, as an editor counts them."""
        return LINE_END.split(self.text)


def shown(text: str) -> str:
    """`text` with every character that a terminal would act on, or not show, written out: ⟨U+202E⟩."""
    return UNPRINTED.sub(lambda match: f"⟨U+{ord(match[0]):04X}⟩", text)


def shown_line(line: str) -> str | None:
    """A line as it can be shown with a caret below: one visible character for each, nothing that acts."""
    visible = UNPRINTED.sub(lambda match: " " if match[0] == "\t" else _symbol(match[0]), line)
    return visible if len(visible) <= LONGEST_SOURCE else None


def _symbol(character: str) -> str:
    return chr(0x2400 + ord(character)) if character < " " else "\ufffd"


def decoded(data: bytes, file: str) -> Decoded | Draft:
    """The text of a file, or the one problem that it is not text."""
    encoding = next((name for mark, name in MARKS if data.startswith(mark)), "utf-8")
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        return _not_utf8(data, file, error.start, encoding)
    drafts = tuple(_controls(text, file)) if CONTROL.search(text) else ()
    if drafts:
        text = CONTROL.sub("\ufffd", text)
    stand_ins = _stand_ins(text)
    plain = text.translate({ord(real): stand_in for stand_in, real in stand_ins.items()}) if stand_ins else text
    return Decoded(text, plain, stand_ins, drafts)


def decoded_utf8(data: bytes, file: str) -> str | Draft:
    """The text of a table, without its byte order mark, or the one problem that it is not UTF-8.

    Characters that nobody can see stay: they are values here. NUL, which no table has, is such a problem as well.
    """
    encoding = next((name for mark, name in MARKS if data.startswith(mark)), "utf-8-sig")
    offset = 0
    if encoding == "utf-8-sig":
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError as error:
            offset = error.start + (len(MARKS[2][0]) if data.startswith(MARKS[2][0]) else 0)
        else:
            return text if "\0" not in text else _nul(text, file)
    return _not_utf8(data, file, offset, "utf-8")


def undecodable(lines: Iterable[bytes], file: str) -> Draft | None:
    """The one problem of a file that is not UTF-8, from its lines with their ends; None where it is."""
    passed = 0
    for n, line in enumerate(lines, 1):
        try:
            line.decode()
        except UnicodeDecodeError as error:
            return _misplaced(line[error.start], passed + error.start, Mark(n, error.start + 1, 1), file)
        passed += len(line)
    return None


def _not_utf8(data: bytes, file: str, offset: int, encoding: str) -> Draft:
    unit = 1 if encoding.startswith("utf-8") else 2
    line = data[:offset].count(b"\n") + 1
    column = (offset - (data.rfind(b"\n", 0, offset) + 1)) // unit + 1
    name = "UTF-8" if unit == 1 else encoding.upper()
    return _misplaced(data[offset], offset, Mark(line, column, 1), file, name)


def _misplaced(byte: int, offset: int, mark: Mark, file: str, name: str = "UTF-8") -> Draft:
    return Draft(
        "not-utf8",
        f"the file is not {name}: byte {offset} (0x{byte:02x}) does not belong there",
        Spot(file, mark=mark),
        "save it as UTF-8; older Windows programs write Arabic as Windows-1256 and Western text as Windows-1252",
    )


def _nul(text: str, file: str) -> Draft:
    at = text.index("\0")
    before = LINE_END.split(text[:at])
    return Draft(
        "control-character",
        "a NUL stands here, which no table of text can hold",
        Spot(file, mark=Mark(len(before), len(before[-1]) + 1, 1)),
        "delete it; JSON Lines may write it as \\u0000",
    )


def _controls(text: str, file: str) -> Iterator[Draft]:
    starts = [0, *(match.end() for match in LINE_END.finditer(text))]
    line = 0
    for n, match in enumerate(CONTROL.finditer(text)):
        if n == MOST_CONTROLS:
            return
        while line + 1 < len(starts) and starts[line + 1] <= match.start():
            line += 1
        yield Draft(
            "control-character",
            f"an invisible control character U+{ord(match[0]):04X} stands here",
            Spot(file, mark=Mark(line + 1, match.start() - starts[line] + 1, 1)),
            "delete it; it often comes along when text is copied from a PDF or a terminal",
        )


def _stand_ins(text: str) -> dict[int, str]:
    """A character of no meaning, and not in the text, for each that YAML 1.1 would end a line at."""
    found = sorted(set(BREAKS.findall(text)))
    if not found:
        return {}
    upper = text.upper()
    free = (n for n in range(0xF0000, 0xFFFFD) if chr(n) not in text and f"{n:X}" not in upper)
    return dict(zip(free, found, strict=False))
