"""Text in a picture: made harmless, measured, broken into lines, with its direction.

Nothing tells a picture how wide a text will be where it is seen, so widths are those of a wide common face (DejaVu Sans
and Verdana have the same): in any other the text is narrower, and leaves some room.

>>> wrapped("Syrian Observatory for Human Rights", 90, 12, 2)
('Syrian', 'Observatory…')
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import Final

from rich.cells import split_graphemes

from claims.present.escape import for_terminal

NARROW: Final = frozenset("iljftrI.,:;'|!()[]{}·/ -")
WIDE: Final = frozenset("mwMW@%&—…OQGDHNU")
SHARES: Final = {"narrow": 0.39, "plain": 0.615, "capital": 0.69, "wide": 0.9, "cell": 0.66}
"""How wide characters are, as a share of the size of the letters; `cell`: of scripts other than Latin, a column."""
NO_XML: Final = re.compile("[\ufffe\uffff]")
STRONG: Final = {"L": False, "R": True, "AL": True}
BREAKS_AFTER: Final = re.compile(r"(?<=[\s/\-–—])")


@lru_cache(maxsize=16_384)
def harmless(text: str) -> str:
    r"""The text on one line, without anything that XML forbids, or that would turn the direction of what follows.

    >>> harmless("a\u202eb\x1b\n c")
    'a⟨U+202E⟩b␛ c'
    """
    safe = for_terminal(text, breaks=" ")
    return " ".join(NO_XML.sub(lambda found: f"⟨U+{ord(found[0]):04X}⟩", safe).split())


def is_right_to_left(text: str) -> bool:
    """Whether the first letter with a direction runs from right to left."""
    if text.isascii():
        return False
    return next((STRONG[kind] for letter in text if (kind := unicodedata.bidirectional(letter)) in STRONG), False)


@lru_cache(maxsize=65_536)
def width_of(text: str, size: float) -> float:
    """About how wide a line is in letters of that size, in the units of the size; rather too wide than too narrow."""
    if text.isascii():
        return size * sum(map(_share, text))
    return size * sum(
        _share(text[start:end]) if cells == 1 and ord(text[start]) < 0x250 else cells * SHARES["cell"]  # noqa: PLR2004 - Latin
        for start, end, cells in split_graphemes(text)[0]
    )


def _share(letter: str) -> float:
    kind = "narrow" if letter in NARROW else "wide" if letter in WIDE else "capital" if letter.isupper() else "plain"
    return SHARES[kind]


@lru_cache(maxsize=16_384)
def wrapped(text: str, width: float, size: float, most: int) -> tuple[str, ...]:
    """The text in at most `most` lines of that width; what has no room is cut off behind an ellipsis.

    Lines break between words, else between whole characters as a reader sees them. Empty text has no line.
    """
    lines: list[str] = []
    left = text.strip()
    while left and len(lines) < most:
        is_last = len(lines) == most - 1
        line = (
            left if width_of(left, size) <= width else _cut(left, width, size) if is_last else _line(left, width, size)
        )
        lines.append(line.strip())
        left = "" if is_last else left[len(line) :].strip()
    return tuple(lines)


def _line(text: str, width: float, size: float) -> str:
    """The beginning of the text that has room in a line."""
    taken = ""
    for word in BREAKS_AFTER.split(text):
        if width_of((taken + word).rstrip(), size) > width:
            break
        taken += word
    return taken or _fitting(text, width, size)


def _cut(text: str, width: float, size: float) -> str:
    return _fitting(text, width - width_of("…", size), size).rstrip() + "…"


def _fitting(text: str, width: float, size: float) -> str:
    """As many whole characters as have room; one at least."""
    used, end = 0.0, 0
    for start, stop, _ in split_graphemes(text)[0]:
        used += width_of(text[start:stop], size)
        if used > width and end:
            break
        end = stop
    return text[:end]
