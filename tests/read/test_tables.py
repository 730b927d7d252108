"""Tables: declared and checked like YAML, each mistake with its file, row and column, and nothing dropped silently."""

from __future__ import annotations

import datetime as dt
import os
import sys
from io import BytesIO
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from claims.read.case import read_case
from claims.read.crowds import MOST_TOLD
from claims.read.forms import is_near_table, table_of
from claims.read.trees import tree_from
from tests.read.folders import SOUND, laid_out
from tests.read.writing import sections_as_yaml

if TYPE_CHECKING:
    from pathlib import Path

    from claims.model.problem import Problem
    from tests.read.folders import Files

HEAD = "claim,document,stance,basis,credibility,value,relies_on,note\r\n"
ROW = "area,bbc-1,supports,,,,,\r\n"


def problems_of(folder: Path, files: Files) -> list[Problem]:
    """What is told of the sound case with some files beside it, but for its own findings."""
    base = str(SOUND["base.yaml"]).partition("findings:")[0]
    return list(read_case(laid_out(folder, {"base.yaml": base, **files}), cache=False)[1])


def told(folder: Path, files: Files) -> list[str]:
    """What is told of tables, as `findings.csv:2:stance bad-value`; warnings have a `?` before the code."""
    return [
        f"{p.file}:{p.line}:{p.key or p.column} {'?' if p.severity == 'warning' else ''}{p.code}"
        for p in problems_of(folder, files)
    ]


@pytest.mark.parametrize(
    ("path", "section"),
    [
        ("findings.csv", "findings"), ("a/b/claims.jsonl", "claims"), ("findings-2015.parquet", "findings"),
        ("findings/part-0001.csv", "findings"), ("findings.parquet/part-00000-x.snappy.parquet", "findings"),
        ("findings-1.parquet/part-0.parquet", "findings"), ("findings/claims.csv", "claims"), ("findings.CSV", "findings"),
        ("findings/more.csv", None), ("finding.csv", None), ("part-0001.csv", None), ("notes/part-1.csv", None),
        ("findingss.csv", None), ("findings.yaml", None), ("findings.txt", None), ("findings.parquet/part-1.csv", None),
    ],
)  # fmt: skip
def test_a_table_is_called_by_its_section(path: str, section: str | None) -> None:
    found = table_of(path)
    assert (found.section if found else None) == section


@pytest.mark.parametrize("path", ["finding.csv", "Findings.csv", "findings/2015.csv", "claim-2.jsonl", "sources_1.csv"])
def test_what_seems_to_be_meant_for_a_table_is_told(path: str, tmp_path: Path) -> None:
    assert is_near_table(path)
    assert told(tmp_path, {path: HEAD + ROW}) == [f"{path}:1:1 ?unread-table"]


def test_what_is_stored_for_a_document_is_no_table(tmp_path: Path) -> None:
    files: Files = {
        "documents/x.csv": "whatever",
        "more.yaml": "documents: [{id: x, source: bbc, text: documents/x.csv}]",
        "data.csv": "not ours\n",
    }
    assert told(tmp_path, files) == ["more.yaml:1:40 ?no-digest"]


CSV = [
    # what is wrong, and what is told of it
    (f"{HEAD}area,bbc-1,suports,,,,,\r\n", ["2:stance bad-value"]),
    (f"{HEAD}{ROW}\r\narea,sana-1,supports,,7,,,\r\n", ["4:credibility bad-value"]),
    (
        f'{HEAD}area,bbc-1,supports,,,,,"two\r\nlines, ""quoted""\nthree"\r\naera,sana-1,supports,,,,,\r\n',
        ["5:claim unknown-claim"],
    ),
    (f'{HEAD}area,bbc-1,supports,"\r\n\r\nx",,,,\r\n', ["2:basis bad-value"]),
    (f'{HEAD}area,bbc-1,supports,"\r\nx",,,sohrr,\r\n', ["2:basis bad-value", "3:relies_on unknown-reference"]),
    (f"{HEAD}area,bbc-1,supports,,,,sohr sana sohrr,\r\n", ["2:relies_on unknown-reference"]),
    (f'{HEAD}area,bbc-1,supports,,,,"[""sohr"", ""x""]",\r\n', ["2:relies_on unknown-reference"]),
    (f'{HEAD}area,bbc-1,supports,,,,"[""sohr""",\r\n', ["2:relies_on table-syntax"]),
    (f"{HEAD}area,bbc-1,supports,,,,{'[' * 60},\r\n", ["2:relies_on too-deep"]),
    (f'{HEAD}area,bbc-1,supports,,,"{{""value"": 3, ""value"": 4}}",,\r\n', ["2:value duplicate-key"]),
    (f"{HEAD}area,bbc-1,supports,,,3 km²,,\r\n", ["2:stance ?stance-against-figures"]),
    (f"{HEAD}area,bbc-1,supports,,,over,,\r\n", ["2:value bad-quantity"]),
    (f"{HEAD},bbc-1,supports,,,,,\r\n", ["2:1 missing-key"]),
    (f"{HEAD}{ROW}{ROW}", ["3:1 duplicate-finding"]),
    (f"{HEAD}area,bbc-1,supports\r\n", ["2:1 uneven-row"]),
    (f"{HEAD}area,bbc-1,supports,,,,,a note, with a comma\r\n", ["2:1 uneven-row"]),
    (f"{HEAD}area,bbc-1,supports,,,,,,,,\r\n,,,,,,,\r\n\r\n", []),
    (f'{HEAD}{ROW}area,sana-1,supports,,,,,"never closed\r\nfled,sana-1,supports,,,,,\r\n', ["3:1 table-syntax"]),
    (f'{HEAD}area,bbc-1,supports,,,,,"a" note\r\n', ["2:1 table-syntax"]),
    ("claim;document;stance\narea;bbc-1;supports\n", ["1:1 table-syntax"]),
    ("claim\tdocument\tstance\n", ["1:1 table-syntax"]),
    ("claim,document,stanse\narea,bbc-1,supports\n", ["1:stanse unknown-key", "2:1 no-stance"]),
    ("claim,document,stance,claim\narea,bbc-1,supports,\n", ["1:claim duplicate-key"]),
    ("claim,stance\narea,supports\nfled,supports\n", ["1:1 missing-key"]),
    ("claim,document,stance,\narea,bbc-1,supports,\n", []),
    ("claim,document,stance,\narea,bbc-1,supports,x\n", ["2:1 bad-key"]),
    ("", ["1:1 empty-file"]),
    ("\r\n\r\n", ["1:1 empty-file"]),
    (HEAD, []),
    (f"\ufeff{HEAD}{ROW}", []),
    (f"\r\n{HEAD}{ROW}", []),
    (f"{HEAD}area,bbc-1,supports,,,,,nul\0byte\r\n", ["2:28 control-character"]),
    (f"{HEAD}area,bbc-1,supports,,,,,bell\x07\r\n", ["2:note ?control-character"]),
    (f"{HEAD}area,bbc-1,supp\u202eorts,,,,,\r\n", ["2:stance hidden-direction"]),
]


@pytest.mark.parametrize(("text", "expected"), CSV)
def test_what_is_wrong_with_a_row_of_csv(text: str, expected: list[str], tmp_path: Path) -> None:
    assert told(tmp_path, {"findings.csv": text}) == [f"findings.csv:{line}" for line in expected]


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (f"{HEAD}{ROW}".encode("utf-16"), "findings.csv:1:1 not-utf8"),
        (f"{HEAD}area,bbc-1,supports,,,,,caf\u00e9\r\n".encode("cp1252"), "findings.csv:2:28 not-utf8"),
        (b"\xef\xbb\xbf" + f"{HEAD}area,bbc-1,supports,,,,,caf\u00e9".encode("cp1252"), "findings.csv:2:28 not-utf8"),
    ],
)
def test_a_table_is_utf8(data: bytes, expected: str, tmp_path: Path) -> None:
    assert told(tmp_path, {"findings.csv": data}) == [expected]


JSONL = [
    ('{"claim": "area", "document": "bbc-1", "stance": "suports"}', ["1:stance bad-value"]),
    ('\n{"claim": "aera", "document": "bbc-1", "stance": "supports"}\n', ["2:claim unknown-claim"]),
    ('{"claim": "area", "document": "bbc-1", "stance": "supports"}\n{"claim": "area"', ["2:17 table-syntax"]),
    ('{"claim": "area", "document": "bbc-1", "stanse": "supports"}', ["1:stanse unknown-key"]),
    ('["area"]\n"text"\n3\nnull\n', [f"{n}:1 not-a-mapping" for n in range(1, 5)]),
    ('{"claim": "area", "claim": "area"}', ["1:1 duplicate-key"]),
    ('{"claim": "area", "document": "bbc-1", "stance": "supports", "note": NaN}', ["1:1 table-syntax"]),
    ('{"claim": "area", "document": "bbc-1", "note": {"a": 1}, "credibility": 2}', ["1:note bad-value"]),
    ('{"claim": "area", "document": "bbc-1", "stance": "supports", "credibility": 2.5}', ["1:credibility bad-value"]),
    (
        '{"claim": "area", "document": "bbc-1", "stance": "supports", "credibility": 2, "inferred": false, "id": null}',
        [],
    ),
    ('{"claim": "area", "document": "bbc-1", "value": {"value": 300, "unit": "km²"}, "when": 2015}', []),
    (
        '{"claim": "area", "document": "bbc-1", "stance": "supports", "relies_on": [true, null]}',
        ["1:relies_on bad-value", "1:relies_on unknown-reference"],
    ),
    (f'{{"claim": {"[" * 99_000}', ["1:1 too-deep"]),
    ('{"claim": "area", "document": "bbc-1", "stance": "supports", "note": "\\u0000"}', ["1:note ?control-character"]),
    ('{"claim": "area", "document": "bbc-1", "stance": "supports", "note": "\\ud800"}', ["1:note lone-surrogate"]),
    ("", ["1:1 ?empty-file"]),
]


@pytest.mark.parametrize(("text", "expected"), JSONL)
def test_what_is_wrong_with_a_line_of_json_lines(text: str, expected: list[str], tmp_path: Path) -> None:
    found = told(tmp_path, {"findings.jsonl": text})
    assert sorted(found) == sorted(f"findings.jsonl:{line}" for line in expected)


def parquet(columns: dict[str, Any], **types: Any) -> bytes:
    """A table of Parquet with these columns."""
    pa = pytest.importorskip("pyarrow")
    pq = pytest.importorskip("pyarrow.parquet")
    out = BytesIO()
    arrays = {name: pa.array(values, types.get(name)) for name, values in columns.items()}
    pq.write_table(pa.table(arrays), out)
    return out.getvalue()


TWO = {"claim": ["area", "fled"], "document": ["bbc-1", "sana-1"], "stance": ["supports", "supports"]}


@pytest.mark.parametrize(
    ("columns", "expected"),
    [
        (TWO, []),
        ({**TWO, "stance": ["supports", "suports"]}, ["2:stance bad-value"]),
        ({**TWO, "claim": ["area", "fledd"]}, ["2:claim unknown-claim"]),
        ({**TWO, "relies_on": [[], ["sohr", "sohrr"]]}, ["2:relies_on unknown-reference"]),
        ({**TWO, "credibility": [2, 7]}, ["2:credibility bad-value"]),
        ({**TWO, "credibility": [2.0, float("nan")]}, []),
        ({**TWO, "stanse": ["a", "b"]}, ["1:stanse unknown-key"]),
        ({"claim": ["area"], "stance": ["supports"]}, ["1:1 missing-key"]),
        ({**TWO, "note": [b"bytes", None]}, ["1:note bad-value"]),
        ({**TWO, "note": ["bell\x07", None]}, ["1:note ?control-character"]),
        ({**TWO, "note": ["", None]}, []),
        ({**TWO, "": ["x", None]}, ["1:4 bad-key"]),
        ({**TWO, "": [None, None]}, []),
    ],
)
def test_what_is_wrong_with_a_row_of_parquet(columns: dict[str, Any], expected: list[str], tmp_path: Path) -> None:
    assert told(tmp_path, {"findings.parquet": parquet(columns)}) == [f"findings.parquet:{line}" for line in expected]


def test_days_of_parquet_are_dates(tmp_path: Path) -> None:
    data = parquet({"id": ["d", "e"], "source": ["bbc", "bbc"], "published": [dt.date(2015, 5, 20), None],
                    "retrieved": [dt.datetime(2015, 6, 1, hour, half, tzinfo=dt.UTC) for hour, half in ((0, 0), (12, 30))]})  # fmt: skip
    case, problems = read_case(laid_out(tmp_path, {"documents.parquet": data}), cache=False)
    assert case is not None, problems
    found = {document.id: (str(document.published), str(document.retrieved)) for document in case.documents}
    assert found["d"] == ("2015-05-20", "2015-06-01")
    assert found["e"] == ("None", "2015-06-01 12:30:00+00:00")


@pytest.mark.parametrize("data", [b"", b"PAR1", b"PAR1" + b"\xff" * 200 + b"PAR1", b"not a table"])
def test_what_is_no_parquet_is_told(data: bytes, tmp_path: Path) -> None:
    pytest.importorskip("pyarrow")
    assert told(tmp_path, {"findings.parquet": data}) == ["findings.parquet:1:1 table-syntax"]


def repeated(text: str, rows: int) -> bytes:
    """A short file of Parquet that stands for one text in very many rows."""
    pa = pytest.importorskip("pyarrow")
    pq = pytest.importorskip("pyarrow.parquet")
    out = BytesIO()
    column = pa.DictionaryArray.from_arrays(pa.array(np.zeros(rows, "int32")), [text])
    pq.write_table(pa.table({"claim": column}), out)
    assert len(out.getvalue()) < 2**20
    return out.getvalue()


def test_a_short_file_of_parquet_cannot_unfold_into_a_huge_one(tmp_path: Path) -> None:
    assert told(tmp_path, {"findings.parquet": repeated("x", 10_000_001)}) == ["findings.parquet:1:1 too-large"]


def test_a_text_that_stands_in_many_rows_of_parquet_is_made_once() -> None:
    tree = tree_from(repeated("x" * 500_000, 100_000), "findings.parquet")
    assert len({id(entry["claim"]) for entry in tree.value["findings"]}) == 1


def test_without_its_library_parquet_says_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    (problem,) = problems_of(tmp_path, {"findings.parquet": b"PAR1"})
    assert (problem.code, problem.hint) == ("missing-library", "pip install 'claims[tables]'")


def test_ids_of_yaml_and_of_tables_are_one_set(tmp_path: Path) -> None:
    files: Files = {
        "sources.csv": "id,name\nbbc,Another\nlbc,LBC\n",
        "documents-1.jsonl": '{"id": "lbc", "source": "lbc"}',
    }
    assert told(tmp_path, files) == ["documents-1.jsonl:1:id duplicate-id", "sources.csv:2:id duplicate-id"]


def test_more_of_one_kind_than_anybody_reads_are_counted(tmp_path: Path) -> None:
    rows = MOST_TOLD + 234
    lines = "".join(f"area,bbc-1,supports,,,,sohr{n},\n" for n in range(rows))
    ids = "".join(f"c{n},Claim,fakt\n" for n in range(3))
    found = problems_of(tmp_path, {"findings.csv": HEAD + lines, "claims.csv": f"id,text,kind\n{ids}"})
    codes = [(problem.file, problem.code) for problem in found]
    assert codes.count(("claims.csv", "bad-value")) == 3
    assert codes.count(("findings.csv", "unknown-reference")) == MOST_TOLD + 1
    (rest,) = (problem for problem in found if "not told one by one" in problem.message)
    assert rest.message == "and 234 more of this kind from here on, not told one by one"
    assert (rest.line, rest.severity) == (MOST_TOLD + 2, "error")


def test_a_table_that_repeats_one_row_names_few_other_places(tmp_path: Path) -> None:
    (problem,) = problems_of(tmp_path, {"findings.csv": HEAD + ROW * 500})
    assert problem.message == "500 findings of one document on one claim: bbc-1/area, and 479 more places"
    assert len(problem.also) == 20


def test_the_line_of_a_problem_is_shown_with_what_is_meant(tmp_path: Path) -> None:
    files: Files = {"findings.csv": f'{HEAD}area,bbc-1,supports,"\nx",,,"sohrr",\n'}
    _, problem = problems_of(tmp_path, files)
    assert problem.source == 'x",,,"sohrr",'
    assert problem.source[problem.column - 1 :][: problem.width] == '"sohrr"'
    (problem, *_) = problems_of(tmp_path, {"findings.csv": HEAD, "x/findings.jsonl": '{"claim": "area", "stanse": 2, "document": "bbc-1"}'})  # fmt: skip
    found = {p.code: str(p.source)[p.column - 1 :][: p.width] for p in problems_of(tmp_path, {})}
    assert found["unknown-key"] == '"stanse"'


def test_every_entry_of_a_table_has_its_line(tmp_path: Path) -> None:
    files: Files = {"claims.csv": 'id,text\nx,"a\n\nb"\ny,t\n', "speakers.jsonl": '\n{"id": "z", "name": "Z"}\n'}
    case, problems = read_case(laid_out(tmp_path, files), cache=False)
    assert case is not None, problems
    assert [str(case.places[key]) for key in (("claims", "x"), ("claims", "y"), ("speakers", "z"))] == [
        "claims.csv:2:1", "claims.csv:5:1", "speakers.jsonl:2:1",
    ]  # fmt: skip


@pytest.mark.parametrize("name", ["findings.csv", "findings/part-1.csv"])
def test_links_and_pipes_are_refused_as_they_are_for_yaml(name: str, tmp_path: Path) -> None:
    (tmp_path / "out.csv").write_text(HEAD + ROW)
    case = tmp_path / "case"
    (case / name).parent.mkdir(parents=True)
    (case / name).symlink_to(tmp_path / "out.csv")
    os.mkfifo(case / "claims.jsonl")
    assert told(case, {}) == ["claims.jsonl:1:1 not-a-file", f"{name}:1:1 outside-case"]


def test_an_unchanged_table_comes_from_the_cache_and_a_changed_one_does_not(tmp_path: Path) -> None:
    folder = laid_out(
        tmp_path / "case", {"findings-2.csv": "claim,document,stance,credibility\nfled,bbc-1,supports,1\n"}
    )
    first = read_case(folder, cache_dir=tmp_path / "store")
    assert [problem.key for problem in first[1]] == ["credibility"]
    assert read_case(folder, cache_dir=tmp_path / "store") == first
    (folder / "findings-2.csv").write_text("claim,document,stance,credibility\nfled,bbc-1,supports,2\n")
    assert read_case(folder, cache_dir=tmp_path / "store")[1] == ()


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    data=st.one_of(st.binary(max_size=200), st.text('ab,"\n\r{}[]:\0\ufeff;= \x07', max_size=80).map(str.encode)),
    name=st.sampled_from(["findings.csv", "findings.jsonl", "claims.csv", "claims.jsonl"]),
)
def test_no_bytes_make_a_table_fail_otherwise_than_with_problems(
    data: bytes, name: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = laid_out(tmp_path_factory.mktemp("fuzz"), {name: data})
    case, problems = read_case(folder, cache=False)
    assert (case is None) == any(problem.severity == "error" for problem in problems)


def test_yaml_and_tables_may_stand_side_by_side(tmp_path: Path) -> None:
    entries = {"findings": [{"claim": "fled", "document": "bbc-1", "stance": "supports"}]}
    yaml = laid_out(tmp_path / "a", {"more.yaml": sections_as_yaml(entries)})
    table = laid_out(tmp_path / "b", {"findings.csv": "claim,document,stance\nfled,bbc-1,supports\n"})
    one, two = (read_case(folder, cache=False)[0] for folder in (yaml, table))
    assert one is not None
    assert two is not None
    assert (one.findings, one.claims) == (two.findings, two.claims)


def test_a_folder_of_parts_is_read_as_one_table(tmp_path: Path) -> None:
    folder = "lake/claims.jsonl"
    parts: Files = {f"{folder}/part-{n:05}.jsonl": f'{{"id": "extra-{n}", "text": "t"}}' for n in range(3)}
    parts[f"{folder}/_SUCCESS"] = ""
    case, problems = read_case(laid_out(tmp_path, parts), cache=False)
    assert case is not None, problems
    assert [claim.id for claim in case.claims] == ["area", "extra-0", "extra-1", "extra-2", "fled"]
