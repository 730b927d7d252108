"""How a text is written so that it reads back as the same: plain where it can be, else quoted or in lines of its own.

Each form is tried out on our own reader before it is used.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from claims.model.errors import CannotEdit
from claims.read.characters import CONTROL, SURROGATE, shown
from claims.read.yaml import NULLS, tree_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

WIDTH: Final = 118
"""Columns that an entry fills before its lists and texts get lines of their own."""
LINE: Final = 100
"""Characters in a line of a long text."""
INDENT: Final = 2
"""Columns between a key and what stands below it."""
SAFE: Final = re.compile(r"[^\W_][\w./-]*(?: [\w()][\w./()-]*)*")
"""What is plain in every place, and need not be tried: words that begin with a letter or a digit."""
WORD_GAP: Final = re.compile(r"(?<=\S) (?=\S)")
ESCAPES: Final = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t", "\0": "\\0"}


def plain(text: str) -> str:
    """The text as it is."""
    return text


def single_quoted(text: str) -> str:
    """The text in single quotes."""
    return "'" + text.replace("'", "''") + "'"


def double_quoted(text: str) -> str:
    """The text in double quotes, with escapes for what cannot stand in a file as it is."""
    marked = "".join(ESCAPES.get(character, character) for character in text)
    return '"' + CONTROL.sub(lambda match: f"\\u{ord(match[0]):04X}", marked) + '"'


FORMS: Final[dict[str, Callable[[str], str]]] = {"": plain, "'": single_quoted, '"': double_quoted}
"""The forms of one line by their style, the plainest first."""


def in_line(text: str, *, is_flow: bool, style: str = "") -> str:
    """The text in one line, in this style or the next one that holds it; is_flow: between brackets.

    Raises `CannotEdit` where no form holds it.
    """
    if not style and SAFE.fullmatch(text) and text not in NULLS:
        return text
    styles = list(FORMS)
    for form in styles[styles.index(style) :]:
        written = FORMS[form](text)
        if is_read_back(written, (), text, is_flow=is_flow):
            return written
    half = SURROGATE.search(text)
    why = "it has half a character in it" if half else "it does not read back as the same"
    raise CannotEdit(f"the text '{shown(text[:40])}' cannot be written: {why}", "write it with other characters")


def in_lines(text: str, *, style: str = "") -> tuple[str, tuple[str, ...]] | None:
    """The text in lines of its own: its head (`>-`, `|`) and the lines, to be indented by INDENT.

    None where it has no such form.
    style: `|` or `>`, where one is wanted; else lines are kept as they are where there are several.
    """
    wanted = style or ("|" if "\n" in text else ">")
    for form in {"|": (literal, folded), ">": (folded, literal)}[wanted]:
        found = form(text)
        if found is not None and is_read_back(*found, text, is_flow=False):
            return found
    return None


def literal(text: str) -> tuple[str, tuple[str, ...]] | None:
    """The lines as they are, after `|`; none for a text that ends with an empty line, which others may follow."""
    body = text.rstrip("\n")
    endings = len(text) - len(body)
    if not body or endings > 1 or "\r" in text:
        return None
    indicator = str(INDENT) if body[0] in " \n\t" else ""
    return f"|{indicator}{'' if endings else '-'}", tuple(body.split("\n"))


def folded(text: str) -> tuple[str, tuple[str, ...]] | None:
    """Lines of a comfortable width, after `>-`, which are read as one."""
    if "\n" in text or "\r" in text or text != text.strip() or not text:
        return None
    return ">-", tuple(_filled(WORD_GAP.split(text)))


def _filled(words: Sequence[str]) -> Iterator[str]:
    line = words[0]
    for word in words[1:]:
        if len(line) + 1 + len(word) > LINE:
            yield line
            line = word
        else:
            line += " " + word
    yield line


def is_read_back(head: str, lines: Sequence[str], text: str, *, is_flow: bool) -> bool:
    """Whether our reader finds just this text in what was written."""
    body = "".join(f"{' ' * INDENT}{line}\n" if line else "\n" for line in lines)
    written = f"[{{k: {head}, l: z}}]\n" if is_flow else f"k: {head}\n{body}l: z\n"
    expected = {"k": text, "l": "z"}
    try:
        tree = tree_of(written.encode(), "text")
    except UnicodeEncodeError:
        return False
    return tree.is_whole and not tree.drafts and tree.value == ([expected] if is_flow else expected)
