"""Names that a mistyped one may stand for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable

NEAR: Final = 70.0
"""From which similarity, of 100, a name is worth suggesting."""


def near(name: str, names: Iterable[str], most: int = 2) -> tuple[str, ...]:
    """Those of `names` that look like `name`, best first; none where none does."""
    from rapidfuzz import fuzz, process  # noqa: PLC0415 - a case without mistakes does not pay for it
    from rapidfuzz.distance import DamerauLevenshtein  # noqa: PLC0415 - as above

    choices = sorted(set(names))
    if not name or not choices:
        return ()
    found = process.extract(name[:200], choices, scorer=fuzz.ratio, limit=10, score_cutoff=NEAR, processor=str.lower)
    found = found or [
        (other, NEAR, n)
        for n, other in enumerate(choices)
        if len(name) > 1 and DamerauLevenshtein.distance(name[:200], other, score_cutoff=1) <= 1
    ]
    ranked = sorted(found, key=lambda match: (-match[1], DamerauLevenshtein.distance(name, match[0]), match[0]))
    best = ranked[0][1] if ranked else 0
    return tuple(other for other, score, _ in ranked if score >= best - 10)[:most]


def did_you_mean(name: str, names: Iterable[str]) -> str | None:
    """`did you mean 'sohr'?`, or None."""
    found = near(name, names)
    return f"did you mean {' or '.join(repr_of(other) for other in found)}?" if found else None


def repr_of(name: str) -> str:
    """A name in quotation marks."""
    return f"'{name}'"
