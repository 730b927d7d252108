"""JSON becomes text, lists and mappings, as YAML does: numbers and truth values stay as they were written.

A key without a value (`null`) is as good as absent. Nothing is read that is nested deeper than a case can need, and no
key may stand twice.
"""

from __future__ import annotations

import json
import re
from typing import Any, Final

from claims.read.syntax import DEEPEST

STRING: Final = re.compile(r'"(?:[^"\\]|\\.)*"', re.DOTALL)
WORDS: Final = {True: "true", False: "false"}


class NotJson(Exception):
    """A text that is not read as JSON: what is wrong, at which character from 0, and the code of the problem."""

    def __init__(self, message: str, at: int = 0, code: str = "table-syntax") -> None:
        self.message, self.at, self.code = message, at, code
        super().__init__(message)


def value_from(text: str) -> Any:
    """What a JSON text says: text, lists, mappings, and None. Raises `NotJson`."""
    if text.count("[") + text.count("{") > DEEPEST and _depth(text) > DEEPEST:
        raise NotJson(f"values are nested more than {DEEPEST} deep here", code="too-deep")
    try:
        return _plain(DECODER.decode(text))
    except json.JSONDecodeError as error:
        raise NotJson(f"this is not JSON: {error.msg.lower()}", error.pos) from error


def entry_from(text: str) -> dict[str, Any]:
    """The keys and values of a JSON text. Raises `NotJson` also where it is something else."""
    entry = value_from(text)
    if isinstance(entry, dict):
        return entry
    raise NotJson("an entry is made of keys and values", code="not-a-mapping")


def _mapping(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise NotJson(f"'{twice[:60]}' stands twice in this entry", code="duplicate-key")
    if set(map(type, found.values())) <= {str}:
        return found
    return {name: _plain(value) for name, value in found.items() if value is not None}


def _plain(value: Any) -> Any:
    if type(value) is bool:
        return WORDS[value]
    return [_plain(item) for item in value] if type(value) is list else value


def _no_number(word: str) -> Any:
    raise NotJson(f"{word} is no value of JSON")


DECODER: Final = json.JSONDecoder(object_pairs_hook=_mapping, parse_int=str, parse_float=str, parse_constant=_no_number)


def _depth(text: str) -> int:
    """How deep values are nested at most."""
    deepest = depth = 0
    for character in STRING.sub("", text):
        depth += (character in "[{") - (character in "]}")
        deepest = max(deepest, depth)
    return deepest


def key_at(line: str, wanted: str) -> tuple[int, int] | None:
    """Where the value of a key of the object in a line begins and ends, as characters from 0; None where it is not."""
    at = line.find("{") + 1
    while at:
        found = KEY.match(line, at)
        if found is None:
            return None
        try:
            name = json.loads(found[1])
            _, end = DECODER.raw_decode(line, found.end())
        except (ValueError, NotJson, RecursionError):
            return None
        if name == wanted:
            return found.end(), end
        at = line.find(",", end) + 1
    return None


KEY: Final = re.compile(r'\s*("(?:[^"\\]|\\.)*")\s*:\s*')
