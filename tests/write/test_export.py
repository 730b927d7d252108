"""A case that is written as tables is the same case when it is read, whatever stands in it."""

from __future__ import annotations

import csv
import json
from dataclasses import replace
from importlib.util import find_spec
from io import StringIO
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from claims.flow import assess
from claims.model.errors import BadRequest
from claims.present import json as json_face
from claims.read.case import read_case
from claims.selection import report
from claims.write.export import exported, write_export
from claims.write.tables import table_files
from tests.cases import case_of
from tests.hostile import HOSTILE
from tests.read.folders import laid_out
from tests.read.writing import sections_as_yaml
from tests.strategies import sections

if TYPE_CHECKING:
    from pathlib import Path

    from claims.model.case import Case
    from claims.read.forms import Form
    from tests.read.folders import Files

FORMS: tuple[Form, ...] = ("csv", "jsonl", "parquet") if find_spec("pyarrow") else ("csv", "jsonl")
SECTIONS = ("parties", "sources", "speakers", "documents", "claims", "statements", "findings")
HEAD = "case: test\ntitle: 'A: title'\nabout: |\n  Two lines\n  # of text\n"
POLICY = f"{HEAD}policy: {{prior: 0.4, credibility: {{single-source: {{at: 0.7}}}}, probability: {{A: {{2: 0.97}}}}}}\n"
AWKWARD = [
    "NO", "null", "~", "010", "12:30", "1e3", "true", " leading", "trailing ", "a\nb", "a\r\nb", "a\rb", '"', "'",
    "'=1", "''=1", "=1", "-1", "-x", "[", "{}", "[a]", '["a"]', "a,b", "a b", ";", "\t", "#", "\x85", "\u2028",
    "\ufeffx", "\x07",
]  # fmt: skip


def same(one: Case | None, two: Case | None) -> bool:
    """Whether two cases have the same entries, to the keys that are given, policy and texts."""
    assert one is not None
    assert two is not None
    head = [(case.id, case.title, case.about, case.policy, dict(case.texts)) for case in (one, two)]
    entries = [[entry for name in SECTIONS for entry in getattr(case, name)] for case in (one, two)]
    return (
        head[0] == head[1]
        and entries[0] == entries[1]
        and [entry.model_fields_set for entry in entries[0]] == [entry.model_fields_set for entry in entries[1]]
    )


def through(case: Case, form: Form, folder: Path) -> Case | None:
    """The case, written as tables and read again."""
    write_export(case, form, folder)
    again, problems = read_case(folder, cache=False)
    assert again is not None, [str(problem) for problem in problems if problem.severity == "error"]
    return again


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(entries=sections(), form=st.sampled_from(FORMS), head=st.sampled_from([HEAD, POLICY, "case: test\n"]))
def test_any_case_reads_back_as_the_same_and_gives_the_same_report(
    entries: dict[str, list[dict[str, Any]]], form: Form, head: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    root = tmp_path_factory.mktemp("law")
    laid_out(root / "yaml", {"case.yaml": head, "all.yaml": sections_as_yaml(entries)}, sound=False)
    case, problems = read_case(root / "yaml", cache=False)
    if case is None:
        return
    again = through(case, form, root / "tables")
    assert same(case, again)
    assert again is not None
    assert sorted((p.code, p.message) for p in problems) == sorted((p.code, p.message) for p in again.warnings)
    reports = [json_face.render(report(assess(one)), one.policy) for one in (case, again)]
    assert reports[0].replace(case.digest, "") == reports[1].replace(again.digest, "")
    assert case.digest != again.digest


texts = st.one_of(
    st.sampled_from(AWKWARD),
    st.sampled_from([text for text in HOSTILE.values() if "\0" not in text and "\ud800" not in text]),
    st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), min_size=1, max_size=20),
)
lists = st.lists(texts, max_size=3)


@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data(), form=st.sampled_from(FORMS))
def test_any_text_reads_back_as_it_was(
    data: st.DataObject, form: Form, tmp_path_factory: pytest.TempPathFactory
) -> None:
    said = data.draw(st.fixed_dictionaries({}, optional=dict.fromkeys(("note", "reason", "country"), texts)))
    case = case_of({
        "sources": [{"id": "a", "name": data.draw(texts), "aliases": data.draw(lists), **said}],
        "documents": [
            {"id": "d", "source": "a", "title": data.draw(texts)},
            {"id": "e", "source": "a", "retracted": {"date": "c. 2015", "reason": data.draw(texts)}},
        ],
        "claims": [{"id": "c", "text": data.draw(texts), "searches": [{"where": w} for w in data.draw(lists)]}],
        "findings": [{"claim": "c", "document": "d", "stance": "supports", "note": data.draw(texts)}],
    })  # fmt: skip
    folder = tmp_path_factory.mktemp("text")
    case = replace(case, folder=folder / "none", title=data.draw(texts))
    assert same(case, through(case, form, folder / "tables"))


@pytest.mark.parametrize("form", FORMS)
def test_an_empty_list_is_not_an_absent_one(form: Form, tmp_path: Path) -> None:
    case = case_of({
        "parties": [{"id": "p", "name": "P"}, {"id": "q", "name": "Q"}],
        "sources": [{"id": "a", "name": "A", "language": ["en"]}, {"id": "b", "name": "B", "language": ["[sic]"]}],
        "documents": [{"id": f"d{n}", "source": "a"} for n in range(3)],
        "claims": [
            {"id": "c", "text": "t", "favours": [], "harms": ["p", "q"]}, {"id": "d", "text": "t", "harms": ["p"]},
        ],
        "findings": [
            {"claim": "c", "document": "d0", "stance": "supports", "relies_on": []},
            {"claim": "c", "document": "d1", "stance": "supports"},
            {
                "claim": "c", "document": "d2", "stance": "supports", "relies_on": ["a", "b"], "credibility": 2,
                "inferred": False,
            },
        ],
    })  # fmt: skip
    again = through(replace(case, folder=tmp_path / "none"), form, tmp_path / "tables")
    assert same(case, again)
    assert again is not None
    assert [finding.relies_on for finding in again.findings] == [(), None, ("a", "b")]
    assert [claim.favours for claim in again.claims] == [(), None]


def _with_note(note: str, folder: Path) -> Case:
    sections = {"sources": [{"id": "a", "name": "A", "note": note}]}
    return replace(case_of(sections), folder=folder / "none")


@pytest.mark.parametrize("note", ['=HYPERLINK("x")', "+1+1", "-x", "@SUM(A1)", " =1", "\t=1", "\r=1", "'=1", "＝1"])
def test_no_cell_of_csv_is_a_formula_for_a_spreadsheet(note: str, tmp_path: Path) -> None:
    (data,) = table_files(_with_note(note, tmp_path).sources, "csv")
    _, row = csv.reader(StringIO(data.decode(), newline=""))
    assert row[-1] == f"'{note}"


def test_csv_refuses_the_one_character_that_it_cannot_hold(tmp_path: Path) -> None:
    case = _with_note("nul\0byte", tmp_path)
    with pytest.raises(BadRequest, match="a has a NUL in its text, which CSV cannot hold"):
        exported(case, "csv")
    assert same(case, through(case, "jsonl", tmp_path / "tables"))


@pytest.mark.parametrize("form", FORMS)
def test_a_large_table_is_split_and_reads_back_whole(form: Form, tmp_path: Path) -> None:
    case = case_of({"sources": [{"id": f"s{n:04}", "name": f"{n * 7919 % 1000}" * 20} for n in range(300)]})
    parts = table_files(case.sources, form, largest=2000)
    assert len(parts) > 2
    assert all(len(part) <= 4000 for part in parts)
    files: Files = {f"sources-{n}.{form}": part for n, part in enumerate(parts)}
    laid_out(tmp_path, {"case.yaml": "case: test\ntitle: A test\n", **files}, sound=False)
    again, _ = read_case(tmp_path, cache=False)
    assert same(case, again)


def test_stored_texts_come_along_to_the_byte(tmp_path: Path) -> None:
    text = "\ufeffdrei\r\nZeilen".encode()
    files: Files = {"texts/t.txt": text, "more.yaml": "documents: [{id: t, source: bbc, text: ./texts/t.txt}]"}
    case, _ = read_case(laid_out(tmp_path / "case", files), cache=False)
    assert case is not None
    assert same(case, through(case, "csv", tmp_path / "tables"))
    assert (tmp_path / "tables" / "texts" / "t.txt").read_bytes() == text


def test_a_table_has_every_key_of_its_section_for_a_column(tmp_path: Path) -> None:
    (data,) = table_files(_with_note("n", tmp_path).sources, "csv")
    assert data.decode().splitlines()[0].split(",")[:3] == ["id", "name", "kind"]
    (data,) = table_files(_with_note("n", tmp_path).sources, "jsonl")
    assert json.loads(data) == {"id": "a", "name": "A", "note": "n"}


def test_nothing_is_written_into_a_full_folder_or_the_case_itself(tmp_path: Path) -> None:
    case, _ = read_case(laid_out(tmp_path / "case", {}), cache=False)
    assert case is not None
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "x").touch()
    for folder, words in (
        (tmp_path / "full", "is not an empty folder"),
        (tmp_path / "case" / "new", "is in the folder"),
    ):
        with pytest.raises(BadRequest, match=words):
            write_export(case, "csv", folder)
    assert [path.name for path in (tmp_path / "full").iterdir()] == ["x"]
    assert not (tmp_path / "case" / "new").exists()


def test_a_stored_text_that_would_be_read_as_a_file_of_the_case_is_not_written(tmp_path: Path) -> None:
    files: Files = {"notes.yaml": "# nothing\n", "more.yaml": "documents: [{id: t, source: bbc, text: notes.yaml}]"}
    case, _ = read_case(laid_out(tmp_path / "case", files), cache=False)
    assert case is not None
    with pytest.raises(BadRequest, match=r"notes\.yaml is a file of the case as well"):
        exported(case, "csv")


def test_an_export_that_is_interrupted_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    case = replace(case_of({"claims": [{"id": "c", "text": "It is so."}]}), folder=tmp_path / "case")

    def interrupted(_: int) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("os.fsync", interrupted)
    with pytest.raises(KeyboardInterrupt):
        write_export(case, "csv", tmp_path / "out" / "tables")
    assert not list((tmp_path / "out").iterdir())


def test_an_export_takes_the_place_of_an_empty_folder(tmp_path: Path) -> None:
    case = replace(case_of({"claims": [{"id": "c", "text": "It is so."}]}), folder=tmp_path / "case")
    (tmp_path / "tables").mkdir()
    assert write_export(case, "csv", tmp_path / "tables") == ("case.yaml", "claims.csv")
    assert [path.name for path in tmp_path.iterdir()] == ["tables"]
