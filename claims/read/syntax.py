"""What libyaml says about a file that it cannot read, in the words of a person who checks facts."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NamedTuple

from claims.read.characters import shown
from claims.read.drafts import Draft, Mark, Spot

if TYPE_CHECKING:
    import yaml

QUOTE_IT: Final = "put the text in quotes, or write '|' after the key and the text on the next lines, indented"
DEEPEST: Final = 50
TOO_DEEP: Final = "exceeded maximum nesting depth"
"""Newer versions of libyaml have a limit of their own, which a long run of brackets meets before ours."""
INDENT: Final = "entries of one list, and keys of one entry, begin in the same column; a text with a ':' needs quotes"
FIRST: Final = re.compile(r"(?:[^:#]*:|\s*-)?\s+([*&!|>%@`])")
HALF: Final = re.compile(r"\\u[dD][89a-fA-F]")


class Words(NamedTuple):
    """Where libyaml says `sign`, we say `message` and `hint`, at the beginning of what is unfinished or at its end."""

    sign: str
    message: str
    hint: str
    at_beginning: bool = False


WORDS: Final = (
    Words("mapping values are not allowed", "a ':' stands where no key can be", QUOTE_IT),
    Words("unexpected end of stream", "the quotation mark here is never closed", "close it", at_beginning=True),
    Words("unexpected document indicator", "the quotation mark here is never closed", "close it", at_beginning=True),
    Words("expected ',' or ']'", "the list that begins with '[' here is not closed or lacks a comma",
          "write [a, b], or put a text that begins with '[' in quotes", at_beginning=True),
    Words("expected ',' or '}'", "the mapping that begins with '{' here is not closed or lacks a comma",
          "write {a: b, c: d}, or put a text that begins with '{' in quotes", at_beginning=True),
    Words("expected node content", "a list or a mapping is not finished here", "close it with ']' or '}', or put the "
          "text in quotes"),
    Words("could not find expected ':'", "a key without ':'", QUOTE_IT, at_beginning=True),
    Words("did not find expected '-' indicator", "this does not belong to the list above it", INDENT),
    Words("did not find expected key", "this does not fit the entry that it stands in", INDENT),
    Words("unknown escape character", "an unknown escape after '\\'", "use '…' quotes, where '\\' is plain"),
    Words("did not find expected hexdecimal", "an unfinished escape after '\\'", "use '…' quotes, where '\\' is plain"),
    Words("block sequence entries are not allowed", "a '-' stands where no list can begin",
          "begin the list on a new line; " + QUOTE_IT),
    Words("undefined tag handle", "a text cannot begin with '!'", QUOTE_IT),
    Words("found character that cannot start", "a text cannot begin with this character", QUOTE_IT),
    Words("alphabetic or numeric character", "a text cannot begin with this character", QUOTE_IT),
    Words("incompatible YAML document", "this version of YAML is not read", "delete the line that begins with %YAML"),
)  # fmt: skip
AT_FIRST: Final = frozenset({
    "did not find expected key", "undefined tag handle", "alphabetic or numeric character",
    "found character that cannot start",
})  # fmt: skip
"""What libyaml says of a text that begins with a character of YAML's own."""
TAB: Final = Words("", "a tab cannot indent", "use spaces")
UNKNOWN: Final = Words("", "this cannot be read as YAML", "check the indentation; " + QUOTE_IT)


def explained(error: yaml.YAMLError, lines: list[str], file: str) -> Draft:
    """The error of libyaml in plain words, at the place that has to be changed; its own words stay at the end."""
    said = str(getattr(error, "problem", None) or getattr(error, "reason", None) or error)
    mark, beginning = getattr(error, "problem_mark", None), getattr(error, "context_mark", None)
    words = next((words for words in WORDS if words.sign in said), UNKNOWN)
    at = (beginning if words.at_beginning and beginning is not None else mark) or beginning
    line, column = (at.line, at.column) if at is not None else (0, 0)
    source = lines[line] if line < len(lines) else ""
    if TOO_DEEP in said:
        return too_deep(Spot(file, mark=Mark(line + 1, column + 1)))
    if "invalid Unicode character escape" in said:
        return _half(source, line, column, file)
    if source[column : column + 1] == "\t" or (
        words is WORDS[0] and "\t" in source[: len(source) - len(source.lstrip())]
    ):
        words = TAB
    first = FIRST.match(source)
    if first and words.sign in AT_FIRST:
        words = Words("", f"a text cannot begin with '{first[1]}'", QUOTE_IT)
        column = first.start(1)
    return Draft(
        "yaml-syntax", shown(f"{words.message} (YAML: {said})"), Spot(file, mark=Mark(line + 1, column + 1)), words.hint
    )


def too_deep(spot: Spot) -> Draft:
    """What to say of values that are nested deeper than is read."""
    message = f"values are nested more than {DEEPEST} deep here"
    return Draft("too-deep", message, spot, "a case needs four levels; a text with brackets goes in quotes")


def _half(source: str, line: int, column: int, file: str) -> Draft:
    is_half = HALF.search(source) is not None
    return Draft(
        "lone-surrogate" if is_half else "yaml-syntax",
        "the escape names half a character" if is_half else "the escape names a character that does not exist",
        Spot(file, mark=Mark(line + 1, column + 1)),
        "write the character itself",
    )
