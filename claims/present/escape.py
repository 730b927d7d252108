"""Text from a case is hostile until it is escaped: one function a face, used at the last moment.

What can move a cursor, change a colour, turn the direction of a line or break a row is made visible instead. The marks
that Arabic and Persian need (ZWNJ, ZWJ, LRM, RLM, ALM) stay as they are.
"""

from __future__ import annotations

import re
from typing import Final

C0_END, DEL, C1_END = 0x20, 0x7F, 0xA0
SURROGATES: Final = range(0xD800, 0xE000)
BIDI: Final = frozenset(map(chr, (*range(0x202A, 0x202F), *range(0x2066, 0x206A))))
"""Embeddings, overrides and isolates: they turn the direction of what follows."""

_MARKDOWN: Final = re.compile(r"([\\`*_{}\[\]<>#|~!&])")
_STARTS_FORMULA: Final = re.compile(r"['\"\s]*[=+\-@＝＋－＠\t\r]")
_NUMBER: Final = re.compile(r"[+-]?\d+(\.\d+)?")


def for_terminal(text: str, *, breaks: str = " ⏎ ") -> str:
    r"""The text without anything that a terminal would obey; line breaks become `breaks`.

    >>> for_terminal("safe \x1b[31mred")
    'safe ␛[31mred'
    """
    if text.isascii() and text.isprintable():
        return text
    return "".join(_visible(character, breaks) for character in text.replace("\r\n", "\n"))


def _visible(character: str, breaks: str) -> str:
    code = ord(character)
    if character in "\n\r\v\f\x85\u2028\u2029":
        return breaks
    if character == "\t":
        return " "
    if code < C0_END:
        return chr(0x2400 + code)
    if code == DEL:
        return "␡"
    if DEL < code < C1_END or code in SURROGATES or character in BIDI:
        return f"⟨U+{code:04X}⟩"
    return character


def for_markdown(text: str) -> str:
    """The text with every mark of Markdown and HTML taken literally, on one line."""
    plain = for_terminal(text, breaks=" ")
    escaped = _MARKDOWN.sub(r"\\\1", plain).replace("\\&", "&amp;").replace("\\<", "&lt;").replace("\\>", "&gt;")
    escaped = re.sub(r"^(\s*)([-+])(\s)", r"\1\\\2\3", escaped)
    escaped = re.sub(r"^(\s*\d+)([.)])(\s)", r"\1\\\2\3", escaped)
    return re.sub(r"(?i)\b(https?|ftp|mailto|www)([:.])", r"\1&#8203;\2", escaped) if "://" in plain else escaped


def for_csv(text: str) -> str:
    """The text as a cell that no spreadsheet takes for a formula: an apostrophe goes before it. Numbers stay.

    >>> for_csv("=1+1"), for_csv("-1.5")
    ("'=1+1", '-1.5')
    """
    if _NUMBER.fullmatch(text):
        return text
    return f"'{text}" if _STARTS_FORMULA.match(text) else text
