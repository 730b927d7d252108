"""How a command ends, as a number for scripts. README lists them; a test compares."""

from __future__ import annotations

from typing import Final

FINE: Final = 0
FOUND: Final = 1
WRONG_USE: Final = 2
NOTHING: Final = 3
OUR_FAULT: Final = 70
INTERRUPTED: Final = 130
BROKEN_PIPE: Final = 141

EXITS: Final[dict[int, str]] = {
    FINE: "fine",
    FOUND: "the case or a table has problems, or what --fail-on or --fail-on-change names is there",
    WRONG_USE: "wrong use: an unknown option, id or date, or no case at that place",
    NOTHING: "nothing to show: the case has no claims, none matches the filters, or a table has no rows",
    OUR_FAULT: "a fault of the program itself",
    INTERRUPTED: "interrupted from the keyboard",
    BROKEN_PIPE: "the reader of the output went away",
}
