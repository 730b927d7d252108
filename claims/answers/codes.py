"""The codes of what can be wrong with a table of answers; docs/fuse.md lists them."""

from __future__ import annotations

from typing import Final

CODES: Final[dict[str, str]] = {
    "not-a-table": "a file cannot be read as a table",
    "odd-row": "a row has more fields than the first",
    "no-value": "a field that every row needs is empty, or says that it is no number (NaN)",
    "not-a-figure": "a value is not a finite number, where all are said to be figures",
    "two-answers": "a source gives two values for one object",
    "bad-grade": "a grade is not one of the letters A to F",
}
"""Each code, with a sentence on what it says."""
