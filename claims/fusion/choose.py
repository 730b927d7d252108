"""Which method fits the answers, and why, in a sentence for people."""

from __future__ import annotations

from typing import Final, Literal, NamedTuple

Method = Literal["labels", "open values", "figures"]

MOST_LABELS: Final = 30
"""Values that can be labels of one list, at most."""
USES: Final = 5
"""Objects for which a label is given, on average, at least: below that nothing is learned of single labels."""


class Choice(NamedTuple):
    """A method and the reason for it."""

    method: Method
    why: str


def choose(*, values: int, candidates: int, are_figures: bool, is_told: bool | None) -> Choice:
    """The method for so many values, each of which is a candidate for some of the objects.

    are_figures: whether each value is a number. is_told: whether the caller says that they are quantities, or are not.
    """
    uses = candidates / max(values, 1)
    if is_told:
        return Choice("figures", "the values were said to be figures")
    if is_told is None and are_figures and values > MOST_LABELS:
        return Choice("figures", f"each of the {values:,} values is a number, and they are many")
    if values <= MOST_LABELS and uses >= USES:
        return Choice("labels", f"{values} values recur, each on {uses:,.0f} objects or so")
    if values <= MOST_LABELS:
        return Choice("open values", f"each of the {values} values is given on {uses:.1f} objects only, on average")
    return Choice("open values", f"there are {values:,} values")
