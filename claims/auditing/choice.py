"""Which claim is meant: an id, or the beginning of one; and what there is to choose from."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from claims.model.audit import Related
from claims.model.errors import BadRequest, NotFound

if TYPE_CHECKING:
    from collections.abc import Iterable

    from claims.flow import Assessment

MOST: Final = 10
"""So many ids with one beginning are told; of more, these and how many others there are."""


def chosen(kind: str, given: str, known: Iterable[str]) -> str:
    """The one of `known` that is called `given`, else the only one that begins so.

    Raises `NotFound` with near ids where there is none, and `BadRequest` with all of them where there are several.
    """
    ids = sorted(set(known))
    if given in ids:
        return given
    found = [one for one in ids if given and one.startswith(given)]
    if len(found) == 1:
        return found[0]
    if not found:
        raise NotFound.among(kind, given, ids)
    more = f" and {len(found) - MOST} more" if len(found) > MOST else ""
    raise BadRequest(f"several ids of a {kind} begin with {given!r}: {', '.join(found[:MOST])}{more}; write more of it")


def choices(assessment: Assessment) -> tuple[Related, ...]:
    """Every claim of the case with its verdict, in the order of the case's files."""
    case = assessment.case
    rows = [
        Related(claim.id, claim.text, assessment.verdict(n), float(assessment.judged.probability[0, n]), ())
        for n, claim in enumerate(case.claims)
    ]
    places = {claim.id: case.places.get(("claims", claim.id)) for claim in case.claims}

    def order(row: Related) -> tuple[str, int, str]:
        place = places[row.id]
        return (place.file, place.line, row.id) if place else ("", 0, row.id)

    return tuple(sorted(rows, key=order))
