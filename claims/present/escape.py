"""Text from a case is hostile until it is escaped: one function a face, used at the last moment.

What can move a cursor, change a colour, turn the direction of a line or break a row is made visible instead. The marks
that Arabic and Persian need (ZWNJ, ZWJ, LRM, RLM, ALM) stay as they are.
"""

from __future__ import annotations

import re
from typing import Final

from claims.model.formula import guarded, unguarded

C0_END, DEL, C1_END = 0x20, 0x7F, 0xA0
SURROGATES: Final = range(0xD800, 0xE000)
BIDI: Final = frozenset(map(chr, (*range(0x202A, 0x202F), *range(0x2066, 0x206A))))
"""Embeddings, overrides and isolates: they turn the direction of what follows."""
_UNSEEN: Final = re.compile(f"[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff{''.join(sorted(BIDI))}]")
"""Whatever does not stay as it is."""

_ASCII: Final = str.maketrans({
    "–": "-", "—": "-", "→": ">", "·": ".", "━": "=", "─": "-", "●": "o", "⏎": "/", "’": "'", "‘": "'", "“": '"',
    "”": '"', "…": "...", "├": "|", "└": "`", "│": "|", "²": "^2", "³": "^3", "⟨": "<", "⟩": ">", "␡": "\\x7f",
    **{chr(0x2400 + code): f"\\x{code:02x}" for code in range(C0_END)},
})  # fmt: skip
"""What ASCII has a near sign for. An exponent keeps its mark: 10² is not 102."""

_AS_ENTITY: Final = {"<": "&lt;", ">": "&gt;", "&": "&amp;", "$": "&#36;"}
_MARKDOWN: Final = re.compile(
    r"(?P<address>(?i:\b(?:https?|ftp|mailto|xmpp):|\bwww\.))"
    r"|(?P<mail>(?<=[\w.+-])@(?=\w))"
    r"|(?P<emoji>:(?=(?:100|1234|[\w+-]*[A-Za-z][\w+-]*|[+-]1):))"
    r"|[\\`*_{}\[\]<>#|~!&$]"
)
_BLOCK_START: Final = re.compile(r"^(\s*)(?:([-+=])|(\d{1,9})([.)])(?=\s|$))")
_JSON_UNSAFE: Final = re.compile("[\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")


def for_terminal(text: str, *, breaks: str = " ⏎ ") -> str:
    r"""The text without anything that a terminal would obey; line breaks become `breaks`.

    >>> for_terminal("safe \x1b[31mred")
    'safe ␛[31mred'
    """
    if _UNSEEN.search(text) is None:
        return text
    return "".join(_visible(character, breaks) for character in text.replace("\r\n", "\n"))


def _visible(character: str, breaks: str) -> str:
    code = ord(character)
    if character in "\n\r\v\f\x85\u2028\u2029":
        return breaks
    if code < C0_END:
        return chr(0x2400 + code)
    if code == DEL:
        return "␡"
    if DEL < code < C1_END or code in SURROGATES or character in BIDI:
        return f"⟨U+{code:04X}⟩"
    return character


def for_ascii(text: str, *, breaks: str = " / ") -> str:
    r"""The text for a terminal that knows no other characters: near signs where there are any, else escapes.

    >>> print(for_ascii("10² – نصر"))
    10^2 - \u0646\u0635\u0631
    """
    return spelled_in_ascii(for_terminal(text, breaks=breaks))


def spelled_in_ascii(drawn: str) -> str:
    """What is drawn, in ASCII: lines and bars as well. Line breaks and colours stay."""
    return drawn if drawn.isascii() else drawn.translate(_ASCII).encode("ascii", "backslashreplace").decode("ascii")


def for_markdown(text: str) -> str:
    r"""The text with every mark of Markdown and HTML taken literally, on one line.

    Addresses stay text, emoji codes stay codes and dollars make no formula where GitHub would turn them.

    >>> print(for_markdown("- a | <b> :100: https://e.example"))
    \- a \| &lt;b&gt; :&#8203;100: https\://e.example
    """
    return _BLOCK_START.sub(_as_no_block, _MARKDOWN.sub(_literal, for_terminal(text)))


def _literal(match: re.Match[str]) -> str:
    found = match[0]
    if match["address"]:
        return f"{found[:-1]}\\{found[-1]}"
    if match["mail"]:
        return "&#8203;@"
    if match["emoji"]:
        return ":&#8203;"
    return _AS_ENTITY.get(found) or f"\\{found}"


def _as_no_block(match: re.Match[str]) -> str:
    """A line that begins so would be a list, a rule or an underline."""
    return f"{match[1]}{match[3] or ''}\\{match[2] or match[4]}"


def for_csv(text: str) -> str:
    """The text as a cell that no spreadsheet takes for a formula, and no terminal for a command. Numbers stay.

    >>> for_csv("=1+1"), for_csv("-1.5")
    ("'=1+1", '-1.5')
    """
    return guarded(for_terminal(text.replace("\r\n", "\n").replace("\r", "␍"), breaks="\n"))


def from_csv(cell: str) -> str:
    """What a cell of ours said before `for_csv` put an apostrophe in front of it.

    >>> from_csv("'=1+1"), from_csv("'tis")
    ('=1+1', "'tis")
    """
    return unguarded(cell)


def for_json(document: str) -> str:
    r"""A JSON document in which what a terminal would obey is written as an escape: it parses to the same values.

    Half a surrogate pair, which UTF-8 cannot carry, becomes the text of its escape.
    """
    return _JSON_UNSAFE.sub(_escape, document)


def _escape(match: re.Match[str]) -> str:
    code = ord(match[0])
    return f"\\\\u{code:04x}" if code in SURROGATES else f"\\u{code:04x}"
