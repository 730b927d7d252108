"""Tables as JSON Lines: an entry in each line, in UTF-8. A line that cannot be read is told, the others are read."""

from __future__ import annotations

import re
from typing import Any, Final

from claims.read.characters import HIDDEN, LINE_END, decoded_utf8, shown
from claims.read.drafts import Draft, Mark, Spot
from claims.read.json import NotJson, entry_from
from claims.read.tree import Tree, hidden_in, packed

SUSPECT: Final = re.compile(rf'\\[^nrt"\\/]|{HIDDEN.pattern}')
"""Without one of these in a line no value of it can have a hidden character."""


def jsonl_tree(data: bytes, file: str, section: str) -> Tree:
    """What a table says, with everything that is irregular about it."""
    text = decoded_utf8(data, file)
    if isinstance(text, Draft):
        return Tree(value={}, drafts=[text], is_whole=False)
    entries: list[Any] = []
    starts: list[int] = []
    result = Tree(value={section: entries}, starts={section: starts})
    for n, line in enumerate(LINE_END.split(text)):
        if not line or line.isspace():
            continue
        try:
            entry = entry_from(line)
        except NotJson as flaw:
            result.is_whole = False
            result.drafts.append(unreadable(flaw, file, n + 1))
            continue
        if SUSPECT.search(line):
            result.hidden.update(hidden_in(entry, (section, len(entries))))
        entries.append(entry)
        starts.append(packed(n, 0))
    result.values = sum(map(len, entries))
    if not entries and result.is_whole:
        result.drafts.append(Draft("empty-file", "the table says nothing", Spot(file), "delete it", "warning"))
    return result


def unreadable(flaw: NotJson, file: str, line: int) -> Draft:
    """Why a line is not read."""
    return Draft(
        flaw.code,
        shown(flaw.message),
        Spot(file, mark=Mark(line, flaw.at + 1)),
        'write each entry in one line: {"id": "…", "text": "…"}',
    )
