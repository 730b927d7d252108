"""The Admiralty (NATO) code: a letter for the source, a digit for the piece of information, side by side (`B2`).

The two axes are judged apart and never multiplied. `F` and `6` are off the scale: they say that there is no basis to
judge, not that a thing is bad. Words after FM 2-22.3, Appendix B, and NATO AJP-2.1 in plain English.

>>> LETTERS.index("B"), grade("B", 2)
(1, 'B2')
"""

from __future__ import annotations

from typing import Final, Literal

Reliability = Literal["A", "B", "C", "D", "E", "F"]
Credibility = Literal[1, 2, 3, 4, 5, 6]

LETTERS: Final = "ABCDEF"
UNJUDGED_LETTER: Final = 5  # the position of F in LETTERS
UNJUDGED_DIGIT: Final = 6

RELIABILITY: Final[dict[str, str]] = {
    "A": "completely reliable",
    "B": "usually reliable",
    "C": "fairly reliable",
    "D": "not usually reliable",
    "E": "unreliable",
    "F": "reliability cannot be judged",
}
CREDIBILITY: Final[dict[int, str]] = {
    1: "confirmed by other sources",
    2: "probably true",
    3: "possibly true",
    4: "doubtful",
    5: "improbable",
    6: "truth cannot be judged",
}


def grade(letter: str, digit: int) -> str:
    """The two axes side by side, as they are printed."""
    return f"{letter}{digit}"
