"""Rows of a collection that have something in common which they should not, so that a warning takes all of them.

Documents with one address or one stored text, ids that look the same, documents that rely on each other in a circle. Of
each document an address is held as a number of eight bytes; of ids those that are not of plain Latin letters.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from claims.collection.batches import Reading
from claims.collection.cells import list_column, text_column
from claims.collection.lookups import places_among_many, with_sound_lists
from claims.collection.register import digests_of
from claims.collection.suspects import MOST_HELD, Likeness
from claims.read.addresses import plain
from claims.read.ledger import KEYED, SECTIONS
from claims.read.lookalikes import folded

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from numpy.typing import NDArray

    from claims.collection.files import Collection, TableFile
    from claims.collection.suspects import Place
    from claims.tables.columns import Bools, Ints

    Numbers = NDArray[np.uint64]

NOTHING: Final = np.uint64(0)
SIMPLE: Final = r"^https?://[a-z0-9-]+(\.[a-z0-9-]+)+(/[A-Za-z0-9_./-]*)?$"
"""An address of which every column function below gives what `plain` gives."""
NOT_SIMPLE: Final = r"amp|archive|google|perma|arquivo"
"""Where one of these is in it, an address may be a form of another one."""
BEFORE_SITE: Final = r"^https?://(?:(?:www\d?|m|mobile|edition)\.)?([^./]+\.)"
"""What stands before the name of the site in a simple one, and the first part of that name."""


class Rows(NamedTuple):
    """Rows of several tables in order: the number of the table of each, and its own from 0."""

    files: Sequence[TableFile]
    of: Ints
    row: Ints

    def at(self, n: int) -> Place:
        """One of them."""
        return self.files[int(self.of[n])], int(self.row[n])


def addresses_in(cells: pa.Table) -> Numbers | None:
    """Two numbers for each document, of its plain address and that of its archive, 0: none. None where none has any."""
    columns = [text_column(cells, name) for name in ("url", "archive")]
    if all(column.null_count == len(column) for column in columns):
        return None
    return np.stack([_numbers(column) for column in columns], axis=1)


def plain_addresses(texts: pa.Array) -> pa.Array:
    """Every address as `plain` gives it, most of them by whole columns."""
    is_form = pc.match_substring_regex(texts, NOT_SIMPLE)
    simple = pc.and_not(pc.match_substring_regex(texts, SIMPLE), is_form).fill_null(False)  # noqa: FBT003 - as elsewhere
    result = pc.replace_substring_regex(texts, BEFORE_SITE, r"\1")
    if pc.any(pc.match_substring(result, "//")).as_py():
        result = pc.replace_substring_regex(result, "//+", "/")
    result = pc.utf8_rtrim(result, "/")
    rest = pc.and_(pc.invert(simple), texts.is_valid())
    if not pc.any(rest).as_py():
        return result
    return pc.replace_with_mask(
        result, rest, pa.array([plain(url) for url in texts.filter(rest).to_pylist()], texts.type)
    )


def _numbers(texts: pa.Array) -> Numbers:
    addresses = plain_addresses(texts)
    is_given = pc.fill_null(pc.not_equal(addresses, ""), False).to_numpy(zero_copy_only=False)  # noqa: FBT003 - as above
    numbers = np.full(len(texts), NOTHING)
    numbers[is_given] = digests_of(addresses.filter(pa.array(is_given)))
    return numbers


def number_of(digest: str) -> int:
    """The first eight bytes of a SHA-256, as the number of a stored text."""
    return int(digest[:16], 16)


def same_documents(numbers: Numbers, leads: Ints, rows: Rows) -> Iterator[Likeness]:
    """Documents with one address or text that are not said to be copies of one original, by the second of them.

    numbers: of what each document can have in common with another; leads: as of `leads_of`.
    """
    document = np.repeat(np.arange(len(numbers)), numbers.shape[1])
    number = numbers.ravel()
    kept = number != NOTHING
    order = np.flatnonzero(kept)[np.argsort(number[kept], kind="stable")]
    document, number = document[order], number[order]
    again = (number[1:] == number[:-1]) & (document[1:] == document[:-1])
    document, number = (
        document[np.append(True, ~again)[: len(document)]],
        number[np.append(True, ~again)[: len(number)]],
    )
    if not len(number):
        return
    edges = np.flatnonzero(np.append(True, number[1:] != number[:-1]))
    original = _originals(leads)[document]
    odd = np.flatnonzero(np.minimum.reduceat(original, edges) != np.maximum.reduceat(original, edges))
    ends = np.append(edges[1:], len(document))
    groups = [document[edges[n] : ends[n]] for n in odd.tolist()]
    for group in sorted(groups, key=lambda group: int(group[1])):
        members = group[:MOST_HELD].tolist()
        yield Likeness((rows.at(members[1]),), tuple(map(rows.at, _with_originals(members, leads))))


def _with_originals(members: list[int], leads: Ints) -> list[int]:
    """These documents, and those whose copies they are."""
    found = dict.fromkeys(members)
    for member in members:
        onward = int(leads[member])
        while onward not in found:
            found[onward] = None
            onward = int(leads[onward])
    return list(found)[:MOST_HELD]


def leads_of(same_text_as: pa.Array, ids: pa.Array, twice: Bools) -> Ints:
    """The document that each says to have the text of: itself where there is none.

    twice: which documents have an id that another one has as well: the first of these speaks for all.
    """
    leads = itself = np.arange(len(ids))
    if same_text_as.null_count < len(same_text_as):
        place = places_among_many(same_text_as, ids)
        leads = np.where(place < 0, itself, place)
    if not twice.any():
        return leads
    first = places_among_many(ids, ids)
    return np.where(twice & (first != itself), first, leads)


def _originals(leads: Ints) -> Ints:
    """The document at the end of the copies that each leads through; of a circle, the first."""
    steps, onward = len(leads).bit_length(), leads
    for _ in range(steps):
        onward = onward[onward]
    if np.array_equal(leads[onward], onward):
        return onward
    lowest = further = leads
    for _ in range(steps):
        lowest = np.minimum(lowest, lowest[further])
        further = further[further]
    return lowest[onward]


def knots(documents: pa.Table, twice: Bools, rows: Rows) -> Iterator[Likeness]:
    """Documents that rely on each other in circles, those together that lead to each other; by the first id.

    twice: which documents have an id that another one has as well.
    """
    ids = text_column(documents, "id")
    starts, names = list_column(with_sound_lists(documents, "relies_on"), "documents", "relies_on")
    onto = places_among_many(names, ids)
    own = places_among_many(ids, ids) if twice.any() else np.arange(len(ids))
    leaves = own[np.repeat(np.arange(len(ids)), np.diff(starts))]
    between = (onto >= 0) & (leaves >= 0)
    between[between] = np.isin(onto[between], leaves[between]) & np.isin(leaves[between], onto[between])
    leaves, onto = leaves[between], onto[between]
    inner, which = np.unique(np.concatenate([leaves, onto]), return_inverse=True)
    ends = which[: len(leaves)], which[len(leaves) :]
    links = coo_array((np.ones(len(leaves), dtype=np.int8), ends), shape=(len(inner), len(inner)))
    if not len(inner):
        return
    _, knot = connected_components(links, directed=True, connection="strong")
    members: dict[int, list[int]] = {}
    for n in np.flatnonzero(np.bincount(knot)[knot] > 1).tolist():
        members.setdefault(int(knot[n]), []).append(int(inner[n]))
    again = _again(own) if twice.any() else {}
    for first, tied in sorted((min(tied, key=lambda n: ids[n].as_py()), tied) for tied in members.values()):
        every = sorted({n for member in tied for n in again.get(member, (member,))})
        yield Likeness((rows.at(first),), tuple(map(rows.at, every[:MOST_HELD])))


def _again(own: Ints) -> dict[int, list[int]]:
    """Rows that share their id with others, by the one of them that stands for all."""
    found: dict[int, list[int]] = {}
    counted = np.bincount(own[own >= 0], minlength=len(own))
    for n in np.flatnonzero((own >= 0) & (counted[own] > 1)).tolist():
        found.setdefault(int(own[n]), []).append(n)
    return found


def are_plain(ids: pa.Array) -> bool:
    """Whether none of these ids can look like another one that is not the same."""
    return pc.all(pc.string_is_ascii(ids)).as_py() is not False


def alike_ids(collection: Collection) -> Iterator[Likeness]:
    """Ids that look the same and are not, of all sections, each by those that differ from the first."""
    folds = sorted({folded(name) for *_, ids in _ids(collection) for name in _odd(ids).to_pylist()})
    known = pa.array(folds, pa.string())
    groups: list[list[tuple[str, Place]]] = [[] for _ in folds]
    number = {file: n for n, file in enumerate(collection.files)}
    of_fold = {fold: n for n, fold in enumerate(folds)}
    for file, first, ids in _ids(collection):
        candidates = pc.or_(pc.is_in(ids, value_set=known), pc.invert(pc.string_is_ascii(ids))).fill_null(False)  # noqa: FBT003 - as above
        for n in np.flatnonzero(candidates.to_numpy(zero_copy_only=False)).tolist():
            name = ids[n].as_py()
            groups[of_fold[folded(name)]].append((name, (file, first + n)))
    return alike(groups, number)


def alike(groups: Iterable[list[tuple[str, Place]]], number: Mapping[TableFile, int]) -> Iterator[Likeness]:
    """Ids of one look each, with where they stand, in order, told by the second of them; number: that of each table."""
    for group in sorted(groups, key=lambda group: [(number[place[0]], place[1]) for _, place in group[1:2]]):
        told = tuple(place for name, place in group if name != group[0][0])
        if told:
            yield Likeness(told[:MOST_HELD], tuple(place for _, place in group[:MOST_HELD]))


def _odd(ids: pa.Array) -> pa.Array:
    return ids.filter(pc.invert(pc.string_is_ascii(ids)).fill_null(False))  # noqa: FBT003 - the value to fill with


def _ids(collection: Collection) -> Iterator[tuple[TableFile, int, pa.Array]]:
    for section in SECTIONS:
        for file in collection.of(section) if section not in KEYED else ():
            for first, cells in Reading(file).batches(("id",)):
                yield file, first, text_column(cells, "id")
