"""A table can have one mistake in a hundred thousand rows: so many of a kind are told, and the rest are counted.

Nothing is dropped: of each table and code the first are told in full, by their place, and one problem more says how
many there are besides.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Final

from claims.read.drafts import Draft
from claims.read.forms import table_of

if TYPE_CHECKING:
    from collections.abc import Iterable

MOST_TOLD: Final = 1000
"""Problems of one code that are told in full, in each table."""
THE_REST: Final = f"mend the first {MOST_TOLD}, or what they have in common"
"""What to do about more than that."""
MOST_PLACES: Final = 20
"""Other places that are named with a problem of a table."""


def thinned(drafts: Iterable[Draft]) -> list[Draft]:
    """The problems, those of each table and code up to `MOST_TOLD`, and one that counts the rest."""
    kept: list[Draft] = []
    crowds: dict[tuple[str, str], list[Draft]] = defaultdict(list)
    for draft in drafts:
        if table_of(draft.spot.file) is None:
            kept.append(draft)
        else:
            crowds[draft.spot.file, draft.code].append(_few_places(draft))
    for crowd in crowds.values():
        if len(crowd) > MOST_TOLD:
            crowd.sort(key=_order)
            is_error = any(draft.severity == "error" for draft in crowd[MOST_TOLD:])
            first = crowd[MOST_TOLD]._replace(severity="error" if is_error else "warning")
            kept.append(the_rest(first, len(crowd) - MOST_TOLD))
        kept.extend(crowd[:MOST_TOLD])
    return kept


def _order(draft: Draft) -> tuple[int, int]:
    """The line where it is known, else the position of the entry: in one table and code they do not mix."""
    spot = draft.spot
    position = spot.path[1] if len(spot.path) > 1 else 0
    return (spot.mark.line if spot.mark else 0, position if isinstance(position, int) else 0)


def the_rest(first: Draft, number: int) -> Draft:
    """One problem for so many of a kind, of which this is the first."""
    message = f"and {number} more of this kind from here on, not told one by one"
    return Draft(first.code, message, first.spot, THE_REST, first.severity)


def _few_places(draft: Draft) -> Draft:
    more = len(draft.also) - MOST_PLACES
    if more <= 0:
        return draft
    return draft._replace(message=f"{draft.message}, and {more} more places", also=draft.also[:MOST_PLACES])
