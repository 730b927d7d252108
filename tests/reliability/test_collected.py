"""What is learned of a collection in parts is what is learned of it as a case, however it is cut, to the last digit."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

pytest.importorskip("pyarrow")

from claims.collection import cut
from claims.collection.coding import people_of
from claims.collection.files import collection_at
from claims.flow import assess
from claims.model.errors import CaseProblems, NotFound
from claims.read.case import read_case
from claims.reliability.collected import collected
from claims.reliability.comparison import Comparison, comparison, comparison_of
from claims.reliability.on_disk import OnDisk
from claims.reliability.packed import answers_in, blocks_in, counts_in
from claims.reliability.parts import added
from claims.reliability.sources import Asked, reliabilities
from claims.tables.columns import codes
from claims.tables.from_case import today_of
from tests.bench.tables import write_collection
from tests.cases import case_of
from tests.collection.parts import part_of, shared_of, tables_of_text
from tests.collection.test_verdicts import DAYS
from tests.reliability.test_laws import collections
from tests.strategies import sections

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable
    from pathlib import Path

    from claims.model.case import Case
    from claims.model.reliability import Reliabilities
    from claims.reliability.evidence import Block
    from claims.tables.columns import Ints
    from tests.cases import Sections


class Rows:
    """Parts as rows of bytes, gone through in any order."""

    def __init__(self, rows: list[dict[str, Any]], size: int) -> None:
        self.rows, self.size = rows, size
        self.counts = counts_in(((row["counts"], row["claims"]) for row in rows if row["counts"]), size)

    def together(self, of: Callable[[Block], Ints], rows: int) -> Ints:
        found = (row["answers"] for row in self.rows if row["answers"])
        return added(map(of, blocks_in(found)), (rows, self.size))


def in_parts(
    case: Case, as_of: dt.date | None, number_of: dict[str, int], shuffle: Callable[[list[Any]], None]
) -> Comparison:
    """What is learned from a case, each claim in the part of its number."""
    tables, rows = tables_of_text(case), []
    people = people_of(shared_of(tables), case.policy)
    for _, names in groupby(sorted(number_of, key=lambda name: number_of[name]), number_of.__getitem__):
        rows += answers_in(people, part_of(tables, names), case.policy, as_of, today_of(case, as_of)).to_pylist()
    shuffle(rows)
    return comparison_of(Rows(rows, len(people.ids)), codes(people.origins, "letter"), case.policy)


def assert_alike(one: Comparison, other: Comparison) -> None:
    for name in one.learned._fields:
        assert np.array_equal(getattr(one.learned, name), getattr(other.learned, name)), name
    for name in one._fields[1:]:
        assert np.array_equal(getattr(one, name), getattr(other, name)), name


@given(st.one_of(sections(), collections()), st.sampled_from(DAYS), st.data(), st.randoms(use_true_random=False))
@settings(suppress_health_check=[HealthCheck.too_slow])
def test_any_cut_in_any_order_gives_the_figures_of_the_whole(
    entries: Sections, as_of: dt.date | None, data: st.DataObject, random: Any
) -> None:
    case = case_of(entries)
    number_of = {claim.id: data.draw(st.integers(0, 3)) for claim in case.claims}
    whole = comparison(assess(case, as_of).judged, case.policy)
    assert_alike(in_parts(case, as_of, number_of, random.shuffle), whole)


ALL = Asked()


def on_disk(folder: Path, work: Path, asked: Asked = ALL) -> Reliabilities:
    read = collection_at(str(folder))
    return collected(read, None, OnDisk(read, None, work, lambda _: None), asked, lambda _: None)[1]


def test_tables_on_disk_give_what_the_same_tables_give_as_a_case(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_collection(tmp_path / "tables", 3000)
    (tmp_path / "tables" / "case.yaml").write_text("case: collection\n")
    case, _ = read_case(tmp_path / "tables", cache=False)
    assert case is not None
    monkeypatch.setattr(cut, "PART", 300)
    found = on_disk(tmp_path / "tables", tmp_path / "work")
    assert len(list((tmp_path / "work").glob("answers-*"))) > 5
    assert found.claims > 100
    assert found == reliabilities(assess(case))._replace(digest=found.digest)


@pytest.fixture
def tables(tmp_path: Path) -> Path:
    """Tables with two sources."""
    folder = tmp_path / "tables"
    folder.mkdir()
    for name, text in TABLES.items():
        (folder / f"{name}.csv").write_text(text)
    return folder


TABLES = {
    "sources": "id,name,reliability\na,A,B\nb,B,F\n",
    "documents": "id,source\nd1,a\nd2,b\n",
    "claims": "id,text\nc1,One\nc2,Two\n",
    "findings": "claim,document,stance,basis\nc1,d1,supports,witnessed\nc1,d2,supports,witnessed\n",
}


def test_sources_are_chosen_and_ordered_as_those_of_a_case(tables: Path, tmp_path: Path) -> None:
    best = on_disk(tables, tmp_path / "one", Asked(sort="grade"))
    assert [source.id for source in best.sources] == ["a", "b"]
    assert best.claims == 1
    one = on_disk(tables, tmp_path / "two", Asked(chosen=("b",)))
    assert [source.id for source in one.sources] == ["b"]
    assert one.sources[0].answered.agrees == 1
    assert one.sources[0].answers is None


def test_a_source_that_there_is_not_is_told_before_anything_is_judged(tables: Path, tmp_path: Path) -> None:
    read = collection_at(str(tables))
    parts = OnDisk(read, None, tmp_path / "work", lambda _: None)
    with pytest.raises(NotFound, match="no source is called 'c'"):
        collected(read, None, parts, Asked(chosen=("c",)), lambda _: None)
    assert parts.counts.size == 0


def test_errors_of_the_tables_are_told_and_nothing_is_learned(tables: Path, tmp_path: Path) -> None:
    (tables / "findings.csv").write_text("claim,document,stance\nc9,d1,agrees\n")
    with pytest.raises(CaseProblems) as told:
        on_disk(tables, tmp_path / "work")
    assert {problem.file for problem in told.value.problems} == {"findings.csv"}


def test_a_collection_without_claims_teaches_nothing(tables: Path, tmp_path: Path) -> None:
    (tables / "claims.csv").write_text("id,text\n")
    (tables / "findings.csv").write_text("claim,document,stance\n")
    found = on_disk(tables, tmp_path / "work")
    assert found.claims == 0
    assert {source.standing for source in found.sources} == {"nothing"}
