"""The audit of one claim of a collection: the claim as a case of its own, and the others that it is related to.

What two claims have in common is asked of whole columns, by the rules of `claims.auditing.related`; a related claim is
judged where it is looked at, by the same kernel.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Final, NamedTuple, overload

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from claims.auditing.choice import chosen
from claims.auditing.related import are_of_one_kind, may_meet
from claims.collection.batches import Reading
from claims.collection.cells import fitted, parsed, text_column
from claims.collection.coding import people_in
from claims.collection.cut import CLAIMS, FINDINGS, STATEMENTS
from claims.collection.documents import kept_columns
from claims.collection.extract import case_about, documents_named, ids_like
from claims.collection.verdicts import judged_part
from claims.model.audit import RELATIONS, Related
from claims.tables.from_case import today_of

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Iterator
    from typing import Any

    from claims.collection.extract import Extract
    from claims.collection.files import Collection
    from claims.model.claim import Claim
    from claims.tables.columns import Bools

COLUMNS: Final = ("id", "part_of", "quantity", "when", "topic")
TOGETHER: Final = 25_000
"""Related claims that are judged together, at most."""
MOST_ROWS: Final = 500_000
"""Rows that are judged together, unless all are on one claim: where there are more, fewer claims are taken."""


class _Wanted(NamedTuple):
    """What is read of a section to judge a claim, and the column that names it."""

    section: str
    columns: tuple[str, ...]
    key: str = "claim"


WANTED: Final = (
    _Wanted("claims", (*CLAIMS, "text"), "id"),
    _Wanted("statements", STATEMENTS),
    _Wanted("findings", FINDINGS),
)


def taken_out(collection: Collection, claim: str) -> Extract:
    """The claim that is called so, or alone begins so, as a case of its own.

    Raises `NotFound`, `BadRequest` where several begin so, and `CaseProblems` where what is taken out has errors.
    """
    return case_about(collection, chosen("claim", claim, ids_like(collection, claim)))


class Kin(Sequence[Related]):
    """The claims of a collection that are related to the one that was taken out, in the order of `related_claims`.

    They are looked for when it is first asked how many they are, and each is judged when it is asked for. Raises
    `BadRequest` where what is said of one has errors.
    """

    def __init__(self, extract: Extract, as_of: dt.date | None) -> None:
        self._extract, self._as_of = extract, as_of

    def __len__(self) -> int:
        return len(self._found.ids)

    @overload
    def __getitem__(self, at: int) -> Related: ...
    @overload
    def __getitem__(self, at: slice) -> tuple[Related, ...]: ...
    def __getitem__(self, at: int | slice) -> Related | tuple[Related, ...]:
        places = range(len(self))[at]
        return tuple(self._told(places)) if isinstance(places, range) else next(self._told((places,)))

    def __iter__(self) -> Iterator[Related]:
        return self._told(range(len(self)))

    @cached_property
    def _found(self) -> _Found:
        return _related(self._extract.collection, self._extract.case.claims[0], self._extract.case.statements)

    def _told(self, places: Sequence[int]) -> Iterator[Related]:
        for start in range(0, len(places), TOGETHER):
            run = np.array(places[start : start + TOGETHER])
            ids = self._found.ids.take(pa.array(run))
            told = self._judged(ids)
            for id_, shared in zip(ids.to_pylist(), self._found.shared[:, run].T.tolist(), strict=True):
                relations = tuple(word for word, is_so in zip(RELATIONS, shared, strict=True) if is_so)
                yield Related(id_, *told[id_], relations)

    def _judged(self, ids: pa.Array) -> dict[str, tuple[str, Any, float]]:
        """Per id, the text of the claim, its verdict and its probability."""
        collection, case, shelf = self._extract
        part = _part(collection, ids)
        if part is None:
            half = len(ids) // 2
            return self._judged(ids.slice(0, half)) | self._judged(ids.slice(half))
        named = {name for section in ("statements", "findings") for name in documents_named(part[section], section)}
        part["documents"] = shelf.of(named, self._as_of)
        today = today_of(case, self._as_of)
        verdicts = judged_part(self._people, part, case.policy, self._as_of, today)
        claims = part["claims"]
        texts = dict(zip(claims["id"].to_pylist(), parsed("claims", "text", claims["text"].to_pylist()), strict=True))
        columns = (verdicts[name].to_pylist() for name in ("claim", "verdict", "probability"))
        return {id_: (texts[id_], verdict, probability) for id_, verdict, probability in zip(*columns, strict=True)}

    @cached_property
    def _people(self) -> Any:
        return people_in(self._extract.case)


class _Found(NamedTuple):
    """The ids of related claims in their order, and per relation, in the order of RELATIONS, which of them share it."""

    ids: pa.Array
    shared: Bools


def _related(collection: Collection, claim: Claim, statements: Sequence[Any]) -> _Found:
    speakers = {said.speaker for said in statements}
    heard = pa.array(sorted(_heard(collection, speakers)) if speakers else [], pa.string())
    ids, masks = [pa.array([], pa.string())], [np.zeros((len(RELATIONS), 0), dtype=bool)]
    for file in collection.of("claims"):
        for _, cells in Reading(file).batches(COLUMNS):
            own = text_column(cells, "id")
            shared = np.stack([*_shared(claim, own, cells, heard)])
            others = own.is_valid().to_numpy(zero_copy_only=False) & ~_equal(own, claim.id)
            rows = np.flatnonzero(shared.any(axis=0) & others)
            ids.append(own.take(pa.array(rows)))
            masks.append(shared[:, rows])
    called, shared = pa.concat_arrays(ids), np.concatenate(masks, axis=1)
    rank = np.empty(len(called), dtype=np.int64)
    rank[pc.sort_indices(called).to_numpy()] = np.arange(len(called))
    order = np.lexsort((rank, -shared.sum(axis=0), shared.argmax(axis=0)))
    return _Found(called.take(pa.array(order)), shared[:, order])


def _shared(claim: Claim, ids: pa.Array, cells: pa.Table, heard: pa.Array) -> Iterator[Bools]:
    """Which claims share each relation with this one, in the order of RELATIONS."""
    nothing = np.zeros(len(ids), dtype=bool)
    yield _equal(ids, claim.part_of) if claim.part_of else nothing
    yield _equal(text_column(cells, "part_of"), claim.id)
    if claim.quantity:
        compared = _fits(cells, "quantity", lambda other: are_of_one_kind(claim.quantity, other))
        yield compared & _fits(cells, "when", lambda other: may_meet(claim.when, other))
    else:
        yield nothing
    yield pc.is_in(ids, value_set=heard).to_numpy(zero_copy_only=False)
    yield _fits(cells, "topic", lambda other: other == claim.topic) if claim.topic else nothing


def _fits(cells: pa.Table, name: str, does: Callable[[Any], bool]) -> Bools:
    """Which claims have a value that does; it is asked once for each that is different."""
    codes, values = fitted("claims", name, text_column(cells, name))
    fits: Bools = np.array([does(value) for value in values], dtype=bool)[codes]
    return fits


def _heard(collection: Collection, speakers: set[str]) -> set[str]:
    """The claims that one of these speakers made."""
    known, heard = pa.array(sorted(speakers), pa.string()), set[str]()
    for file in collection.of("statements"):
        for _, cells in Reading(file).batches(("claim", "speaker")):
            own = pc.is_in(text_column(cells, "speaker"), value_set=known)
            heard.update(pc.unique(text_column(cells, "claim").filter(own).drop_null()).to_pylist())
    return heard


def _part(collection: Collection, ids: pa.Array) -> dict[str, pa.Table] | None:
    """These claims and what is said of them, by section; None where that is more than is judged at once."""
    part: dict[str, pa.Table] = {}
    left = MOST_ROWS if len(ids) > 1 else None
    for wanted in WANTED:
        found = _rows(collection, wanted, ids, left)
        if found is None:
            return None
        part[wanted.section] = found
        left = None if left is None else left - len(found)
    return part


def _rows(collection: Collection, wanted: _Wanted, ids: pa.Array, most: int | None) -> pa.Table | None:
    """The rows of a section that are about these claims; None where they are more than `most`."""
    found = [pa.table({name: pa.array([], pa.string()) for name in wanted.columns})]
    rows = 0
    for file in collection.of(wanted.section):
        for _, cells in Reading(file).batches(wanted.columns):
            is_own = pc.is_in(text_column(cells, wanted.key), value_set=ids)
            own = np.flatnonzero(is_own.to_numpy(zero_copy_only=False))
            rows += len(own)
            if most is not None and rows > most:
                return None
            if len(own):
                found.append(kept_columns(cells.take(pa.array(own)), wanted.columns))
    return pa.concat_tables(found).combine_chunks()


def _equal(texts: pa.Array, other: str) -> Bools:
    is_so = pc.fill_null(pc.equal(texts, other), False)  # noqa: FBT003 - the value to fill with
    equal: Bools = is_so.to_numpy(zero_copy_only=False)
    return equal
