"""What a spreadsheet would take for a formula gets an apostrophe in front, and is read without it.

>>> guarded("=1+1"), unguarded("'=1+1"), guarded("-1.5")
("'=1+1", '=1+1', '-1.5')
"""

from __future__ import annotations

import re
from typing import Final

STARTS: Final = re.compile(r"['\"\s]*[=+\-@＝＋－＠\t\r␉␍]")
NUMBER: Final = re.compile(r"[+-]?\d+(\.\d+)?([eE][+-]?\d+)?", re.ASCII)


def guarded(text: str) -> str:
    """The text as a cell that no spreadsheet takes for a formula. Numbers stay."""
    return f"'{text}" if _is_formula(text) else text


def unguarded(cell: str) -> str:
    """What a cell said before `guarded` put an apostrophe in front of it."""
    return cell[1:] if cell.startswith("'") and _is_formula(cell[1:]) else cell


def _is_formula(text: str) -> bool:
    return bool(STARTS.match(text)) and not NUMBER.fullmatch(text)
