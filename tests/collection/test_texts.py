"""Stored texts of a collection: read, proved and held against each other as those of a case."""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

pytest.importorskip("pyarrow")

from claims.collection.extract import case_about
from claims.collection.files import collection_at
from claims.collection.run import Run, cut_into
from claims.collection.texts import stored_texts
from claims.flow import assess, copies_in
from claims.model.errors import CaseProblems
from claims.read.case import read_case
from tests.collection.tabled import tabled
from tests.collection.test_verdicts import DAYS, figured, rows_of
from tests.independence.test_copies import edited, text
from tests.read.folders import laid_out

if TYPE_CHECKING:
    import datetime as dt
    from pathlib import Path

    from claims.read.forms import Form
    from tests.cases import Sections

SOUND = {
    "sources.csv": "id,name,reliability\na,A,B\nb,B,B\n",
    "claims.csv": "id,text\nc,It is so.\n",
    "findings.csv": "claim,document,stance,basis,credibility\nc,a1,supports,witnessed,2\nc,b1,supports,witnessed,2\n",
}
TEXTS = {"one.txt": text(1), "two.txt": edited(text(1), 2), "other.txt": text(2)}


@st.composite
def with_texts(draw: st.DrawFn) -> tuple[Sections, dict[str, str]]:
    """Sections of which some documents have a stored text, many of them nearly the same; and the files of these."""
    made, files = draw(figured()), dict[str, str]()
    for document in made["documents"]:
        changes = draw(st.sampled_from([None, 0, 0, 1, 2, 30]))
        if changes is not None:
            document["text"] = f"texts/{document['id']}.txt"
            files[document["text"]] = edited(text(draw(st.sampled_from([1, 2]))), changes) + "\n"
    return made, files


def lake_of(data: Sections, files: dict[str, str], form: Form, root: Path) -> Path | None:
    """The case of these sections as a collection; None where it is no sound case."""
    case = tabled(data, form, root, files, "lake")
    return root / "lake" if case is not None and case.claims else None


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(made=with_texts(), as_of=st.sampled_from(DAYS), form=st.sampled_from(["csv", "jsonl", "parquet"]))
def test_copies_that_texts_show_count_as_in_a_case(
    made: tuple[Sections, dict[str, str]],
    as_of: dt.date | None,
    form: Form,
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    root = tmp_path_factory.mktemp("law")
    lake = lake_of(*made, form, root)
    if lake is None:
        return
    whole, _ = read_case(lake, cache=False)
    assert whole is not None
    run = Run(collection_at(str(lake)), as_of, root, lambda _: None)
    assert run.digest == whole.digest
    assert run.stored.copies(whole.policy.near_duplicate, as_of) == copies_in(whole, as_of)
    run.judge()
    assert [row for table in run.results() for row in table.to_pylist()] == rows_of(whole, as_of)
    for claim in whole.claims:
        alone = case_about(collection_at(str(lake)), claim.id).case
        assert assess(alone, as_of).claims == (assess(whole, as_of).claim(claim.id),)
        assert alone.texts.items() <= whole.texts.items()
        for day in DAYS:
            assert assess(alone, day).claims == (assess(whole, day).claim(claim.id),)


def collection(root: Path, documents: str, **texts: str) -> Any:
    laid_out(root / "lake", {**SOUND, "documents.csv": documents, **texts}, sound=False)
    return collection_at(str(root / "lake"))


def test_two_sites_with_nearly_one_text_are_one_report(tmp_path: Path) -> None:
    def verdict(other: str) -> list[dict[str, Any]]:
        documents = f"id,source,text\na1,a,one.txt\nb1,b,{other}\n"
        run = Run(collection(tmp_path, documents, **TEXTS), None, tmp_path, lambda _: None)
        run.judge()
        return [row for table in run.results() for row in table.to_pylist()]

    [copied], [other] = verdict("two.txt"), verdict("other.txt")
    assert (copied["verdict"], copied["for_at_most"]) == ("single-source", 1)
    assert (other["verdict"], other["for_at_most"]) == ("corroborated", 2)


@pytest.mark.parametrize(
    ("row", "code"),
    [
        ("b1,b,none.txt,", "missing-text"),
        ("b1,b,../one.txt,", "outside-case"),
        (f"b1,b,two.txt,{sha256(b'something else').hexdigest()}", "tampered-text"),
        ("b1,b,odd.txt,", "not-utf8"),
    ],
)
def test_a_text_that_is_not_what_it_should_be_is_told_as_in_a_case(row: str, code: str, tmp_path: Path) -> None:
    documents = f"id,source,text,sha256\na1,a,one.txt,\n{row}\n"
    read = collection(tmp_path, documents, **TEXTS)
    (tmp_path / "lake" / "odd.txt").write_bytes(b"\xc3\x28 is no letter")
    with pytest.raises(CaseProblems) as told:
        cut_into(read, tmp_path / "cut", lambda _: None, stored_texts(read))
    laid_out(tmp_path / "lake", {"case.yaml": "case: lake\n"}, sound=False)
    case, problems = read_case(tmp_path / "lake", cache=False)
    assert case is None
    [here], [there] = (
        [problem for problem in found if problem.severity == "error"] for found in (told.value.problems, problems)
    )
    assert (here.file, here.line, here.key, here.code) == ("documents.csv", 3, there.key, code)
    assert (here.file, here.line, here.message, here.hint) == (there.file, there.line, there.message, there.hint)


def test_a_text_that_changes_is_another_input(tmp_path: Path) -> None:
    documents = "id,source,text\na1,a,one.txt\nb1,b,two.txt\n"
    before = Run(collection(tmp_path, documents, **TEXTS), None, tmp_path, lambda _: None)
    after = Run(collection(tmp_path, documents, **{**TEXTS, "two.txt": text(3)}), None, tmp_path, lambda _: None)
    assert before.digest != after.digest
    assert before.folder != after.folder


def test_texts_are_found_from_wherever_the_folder_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    documents = "id,source,text\na1,a,one.txt\nb1,b,two.txt\n"
    there = stored_texts(collection(tmp_path, documents, **TEXTS))
    (tmp_path / "way").symlink_to("lake")
    monkeypatch.chdir(tmp_path)
    for name in ("lake", "way"):
        here = collection_at(name)
        assert stored_texts(here).digests == there.digests
        assert stored_texts(here).unsound == ()
        cut_into(here, tmp_path / "cut", lambda _: None, stored_texts(here))
