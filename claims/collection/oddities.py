"""Which rows of a collection have a warning, asked of whole columns, by either engine; `suspects` says what for.

Tests are exact as far as a row is sound: of so many rows the first are told and the others counted. What decides is
asked of the reader of cases, once for each value that is different.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from claims.collection.cells import encoded, fitting, list_column, text_column
from claims.collection.flaws import rely_on_nothing
from claims.collection.lookups import with_sound_lists
from claims.model.quantity import agreement
from claims.read.addresses import USUAL, why_odd
from claims.read.figures import count_other_things, is_against

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from claims.collection.files import TableFile
    from claims.collection.suspects import Suspects
    from claims.model.quantity import Quantity
    from claims.tables.columns import Bools, Ints

NEVER: Final = -(1 << 30)
ALWAYS: Final = 1 << 30
"""Days before, and after, any that there is: what is not dated is not out of order."""
PLAIN_ADDRESS: Final = r"^https?://[a-z0-9-]+(\.[a-z0-9-]+)+(:\d{1,5})?(/[!#-;=?A-\[\]^_a-~]*)?$"
"""What most addresses look like. All that this matches and that has no `xn--` in it are USUAL."""
DATED: Final = ("prediction", "promise")
"""Kinds of claims that need a `due`."""


def suspect_by_themselves(suspects: Suspects, file: TableFile, first: int, cells: pa.Table) -> None:
    """Suspect rows of a batch, the first of which has that number, of what they show by themselves."""
    suspects.cells(file, first, cells)
    for sort, mask in odd_by_themselves(file.section, cells):
        suspects.add_odd(file, sort, first + np.flatnonzero(mask))


def odd_by_themselves(section: str, cells: pa.Table) -> Iterator[tuple[str, Bools]]:
    """(code of a warning, which rows have it) for what a row shows by itself."""
    if section == "documents":
        yield from _odd_documents(cells)
    elif section == "claims":
        yield from _odd_claims(cells)
    elif section == "findings":
        earned = pc.equal(text_column(cells, "credibility"), "1")
        yield "earned-credibility", _bools(earned)


def have_idle_reliance(findings: pa.Table, is_copy: Bools) -> Bools:
    """Which findings rely on something although their document is a copy; is_copy: whether that of each is."""
    if not is_copy.any():
        return is_copy
    return is_copy & ~rely_on_nothing(findings, "findings")


def are_said_after(statements: pa.Table, until: Ints) -> Bools:
    """Which statements were published before they were said; until: the last day of the document of each."""
    given = text_column(statements, "date")
    if given.null_count == len(given):
        return np.zeros(len(given), dtype=bool)
    after: Bools = until < _first(given, "statements", "date")
    return after


def odd_figures(  # noqa: PLR0913, PLR0917 - what they are compared by
    claimed: Ints,
    quantities: Sequence[Quantity | None],
    said: Ints,
    figures: Sequence[Quantity | None],
    stance: pa.Array,
    tolerance: float,
) -> Iterator[tuple[str, Bools]]:
    """(code of a warning, which findings have it) for figures beside those of their claims.

    claimed, said: codes into the values, of which the last is None, for -1. Each pair is compared once.
    """
    rows = np.flatnonzero((claimed >= 0) & (said >= 0))
    against, other = np.zeros(len(claimed), dtype=bool), np.zeros(len(claimed), dtype=bool)
    stances, words = encoded(stance.take(pa.array(rows)))
    combined = np.stack([claimed[rows], said[rows], stances])
    different, which = np.unique(combined, axis=1, return_inverse=True)
    found = np.zeros((2, different.shape[1]), dtype=bool)
    outcomes: dict[tuple[int, int], tuple[str, bool]] = {}
    for n, (one, two, word) in enumerate(different.T.tolist()):
        asked, given = quantities[one], figures[two]
        if asked is None or given is None:
            continue
        if (one, two) not in outcomes:
            outcomes[one, two] = agreement(asked, given, tolerance), count_other_things(asked, given)
        outcome, found[1, n] = outcomes[one, two]
        found[0, n] = is_against(words[word] if word >= 0 else None, outcome)
    against[rows], other[rows] = found[:, which.ravel()]
    yield "stance-against-figures", against
    yield "other-things-counted", other


def last_days(texts: pa.Array, section: str, name: str) -> Ints:
    """The last day that each date may mean, as a number; of what is not dated one that never comes."""
    return _days(texts, section, name, lambda date: date.end, ALWAYS)


def until_never(days: Ints) -> Ints:
    """These days, and behind them that of what is not there: at -1."""
    return np.append(days, ALWAYS)


def _first(texts: pa.Array, section: str, name: str) -> Ints:
    return _days(texts, section, name, lambda date: date.start, NEVER)


def _days(texts: pa.Array, section: str, name: str, day: Any, otherwise: int) -> Ints:
    codes, different = encoded(texts)
    dates = [getattr(date, "date", date) for date in fitting(section, name, different)]
    days = [otherwise if date is None else day(date).toordinal() for date in dates]
    return np.array([*days, otherwise], dtype=np.int64)[codes]


def _odd_documents(cells: pa.Table) -> Iterator[tuple[str, Bools]]:
    text, digest = (_given(cells, name) for name in ("text", "sha256"))
    yield "digest-without-text", digest & ~text
    yield "no-digest", text & ~digest
    yield "odd-address", _have_odd_address(cells, "url") | _have_odd_address(cells, "archive")
    published = _first(text_column(cells, "published"), "documents", "published")
    early = np.zeros(len(cells), dtype=bool)
    for name in ("retrieved", "retracted"):
        if _given(cells, name).any():
            early |= last_days(text_column(cells, name), "documents", name) < published
    yield "dates-out-of-order", early
    copies = _given(cells, "same_text_as")
    yield "idle-key", copies & ~rely_on_nothing(cells, "documents") if copies.any() else copies


def _odd_claims(cells: pa.Table) -> Iterator[tuple[str, Bools]]:
    due = _given(cells, "due")
    dated = pc.is_in(text_column(cells, "kind"), value_set=pa.array(DATED)).to_numpy(zero_copy_only=False)
    yield "never-due", dated & ~due
    if due.any():
        until = last_days(text_column(cells, "due"), "claims", "due")
        yield "dates-out-of-order", until < _first(text_column(cells, "when"), "claims", "when")
    both = _given(cells, "favours") & _given(cells, "harms")
    if both.any():
        yield "both-gain-and-lose", _gain_and_lose(cells, np.flatnonzero(both))


def _gain_and_lose(cells: pa.Table, rows: Ints) -> Bools:
    """Which of these claims name a party on both sides."""
    chosen = cells.take(pa.array(rows))
    sides = [list_column(with_sound_lists(chosen, name), "claims", name) for name in ("favours", "harms")]
    row = [np.repeat(rows, np.diff(starts)) for starts, _ in sides]
    codes, different = encoded(pa.concat_arrays([_plain(names) for _, names in sides]))
    favoured, harmed = (
        own * (len(different) + 1) + code
        for own, code in zip(row, (codes[: len(row[0])], codes[len(row[0]) :]), strict=True)
    )
    result = np.zeros(len(cells), dtype=bool)
    result[row[1][np.isin(harmed, favoured)]] = True
    return result


def _plain(names: pa.Array) -> pa.Array:
    return names.combine_chunks() if isinstance(names, pa.ChunkedArray) else names


def _have_odd_address(cells: pa.Table, name: str) -> Bools:
    """Which rows have an address under a key that no report will make a link of."""
    texts = text_column(cells, name)
    result = np.zeros(len(texts), dtype=bool)
    if texts.null_count == len(texts):
        return result
    usual = pc.and_not(pc.match_substring_regex(texts, PLAIN_ADDRESS), pc.match_substring(texts, "xn--"))
    rows = np.flatnonzero(pc.fill_null(pc.invert(usual), False).to_numpy(zero_copy_only=False))  # noqa: FBT003 - as elsewhere
    result[rows] = [
        USUAL.fullmatch(url) is None and why_odd(url) is not None for url in texts.take(pa.array(rows)).to_pylist()
    ]
    return result


def _given(cells: pa.Table, name: str) -> Bools:
    given: Bools = text_column(cells, name).is_valid().to_numpy(zero_copy_only=False)
    return given


def _bools(mask: pa.Array) -> Bools:
    found: Bools = mask.fill_null(False).to_numpy(zero_copy_only=False)  # noqa: FBT003 - the value to fill with
    return found
