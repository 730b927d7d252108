"""The verdicts on a part of a collection: a row a claim, as the account of a small case would give it.

A part is a set of claims with everything that is said of them, as tables of text, one a section, in the columns and
cells that a case's tables have: `claims`, `statements`, `findings`, and of `documents` those that its statements and
findings name with all that their chains can reach. Parties, sources and speakers are shared, and given whole. Verdicts
are the same however a collection is cut. Copies are those that `same_text_as` declares, and those that stored texts
have shown before.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from claims.collection.coding import coding_of, people_of
from claims.collection.utterances import attributions
from claims.model.assessment import ATTRIBUTIONS, VERDICTS
from claims.tables.columns import codes
from claims.verdict.grouping import INTERESTED
from claims.verdict.judgement import judge
from claims.weigh.weights import AGAINST, FOR

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from claims.collection.coding import Coding, People
    from claims.model.policy import Policy
    from claims.verdict.judgement import Judged

SCHEMA: Final = pa.schema(
    [
        ("claim", pa.string()),
        ("verdict", pa.string()),
        ("attribution", pa.string()),
        ("probability", pa.float64()),
        ("low", pa.float64()),
        ("high", pa.float64()),
        ("credibility", pa.int8()),
        ("for_at_least", pa.int32()),
        ("for_at_most", pa.int32()),
        ("against_at_least", pa.int32()),
        ("against_at_most", pa.int32()),
        ("interested_for", pa.bool_()),
        ("interested_against", pa.bool_()),
        ("hinges_on", pa.list_(pa.string())),
        ("further_for", pa.int64()),
        ("further_for_makes", pa.string()),
        ("further_against", pa.int64()),
        ("further_against_makes", pa.string()),
    ]
)
"""What is said of a claim. `low` and `high`: its probability with every letter one step off. `further_for`: how many
further independent findings for it change the verdict, and to which; null where none do; against it likewise."""


def verdicts_of(
    shared: Mapping[str, pa.Table],
    part: Mapping[str, pa.Table],
    rules: Policy,
    as_of: dt.date | None,
    today: dt.date | None,
) -> pa.Table:
    """A row of SCHEMA for each claim of a part, by id.

    as_of: the report's date, or None. today: the date as which predictions are judged, that of the whole collection:
    the report's or, without one, the latest day of any document. Raises `BadRequest` where the tables have errors that
    a check of the collection would tell.
    """
    return judged_part(people_of(shared, rules), part, rules, as_of, today)


def judged_part(
    people: People,
    part: Mapping[str, pa.Table],
    rules: Policy,
    as_of: dt.date | None,
    today: dt.date | None,
) -> pa.Table:
    """As `verdicts_of`, for who has coded what the parts share."""
    coding = coding_of(people, part, rules, as_of, today)
    if not len(coding.ids.claims):
        return SCHEMA.empty_table()
    judged = judge(coding.tables, rules)
    low, high = judged.probability.min(axis=0), judged.probability.max(axis=0)
    sides, further = judged.sides, judged.remedies
    columns = {
        "claim": coding.ids.claims,
        "verdict": _named(judged.verdict, VERDICTS),
        "attribution": _named(attributions(coding, rules.tolerance), ATTRIBUTIONS),
        "probability": judged.probability[0],
        "low": low,
        "high": high,
        "credibility": judged.credibility,
        "for_at_least": sides.at_least[FOR],
        "for_at_most": sides.at_most[FOR],
        "against_at_least": sides.at_least[AGAINST],
        "against_at_most": sides.at_most[AGAINST],
        "interested_for": sides.interested[FOR],
        "interested_against": sides.interested[AGAINST],
        "hinges_on": _hinges(judged, coding),
    }
    for side, name in ((FOR, "further_for"), (AGAINST, "further_against")):
        none = further.findings[side] == 0
        columns[name] = pa.array(further.findings[side], mask=none)
        columns[f"{name}_makes"] = _named(further.to[side], VERDICTS, none)
    return pa.table([pa.array(columns[field.name]).cast(field.type) for field in SCHEMA], schema=SCHEMA)


def _named(code: NDArray[np.signedinteger], names: Sequence[str], none: NDArray[np.bool_] | None = None) -> pa.Array:
    """The words that codes stand for."""
    return pa.array(names, pa.string()).take(pa.array(code.astype(np.int64), mask=none))


def _hinges(judged: Judged, coding: Coding) -> pa.Array:
    """Per claim, the ids of the groups whose removal changes its verdict: by id, then the interested of a side."""
    groups, weights, hinges = judged.groups.groups, judged.weights, judged.hinges
    own = np.flatnonzero(hinges.group & (weights.present & ~weights.interested).any(axis=0))
    origin = codes(groups, "origin")[own].astype(np.int64)
    names = pa.concat_arrays([coding.ids.origins, pa.array(INTERESTED, pa.string())])
    rank = np.empty(len(names), dtype=np.int64)
    rank[pc.sort_indices(coding.ids.origins).to_numpy()] = np.arange(len(coding.ids.origins))
    rank[-2:] = len(names) - 2, len(names) - 1
    claim, name = [codes(groups, "claim")[own].astype(np.int64)], [origin]
    for side in (FOR, AGAINST):
        stands = np.flatnonzero(hinges.interested[side])
        claim.append(stands)
        name.append(np.full(len(stands), len(coding.ids.origins) + side))
    of, called = np.concatenate(claim), np.concatenate(name)
    order = np.lexsort((rank[called], of))
    offsets = np.searchsorted(of[order], np.arange(len(coding.ids.claims) + 1))
    return pa.ListArray.from_arrays(pa.array(offsets, pa.int32()), names.take(pa.array(called[order])))
