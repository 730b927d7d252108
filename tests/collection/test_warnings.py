"""What is odd about a collection is told as of a case: the same codes and words, at the same rows."""

from __future__ import annotations

import json
from hashlib import sha256
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

pytest.importorskip("pyarrow")

import pyarrow as pa
import pyarrow.parquet as pq

from claims.cli import exits
from claims.cli.main import main
from claims.collection import batches
from claims.collection.cutting import cut_in
from claims.collection.files import collection_at
from claims.collection.likenesses import plain_addresses
from claims.collection.run import cut_into
from claims.collection.texts import stored_texts
from claims.model.errors import CaseProblems
from claims.read.addresses import plain
from claims.read.case import read_case
from claims.read.crowds import MOST_TOLD
from tests.read.folders import laid_out
from tests.strategies import sections

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

    from claims.model.problem import Problem
    from claims.read.forms import Form
    from tests.cases import Sections

FORMS: tuple[Form, ...] = ("csv", "jsonl", "parquet")
TEXTS = {
    "one.txt": "They retook 300 km of it. They retook the town; nobody was hurt, he said.\n",
    "two.txt": "Nothing of this is so.\n",
}
DIGEST = sha256(TEXTS["one.txt"].encode()).hexdigest()
ADDRESSES = [
    "https://example.org/a", "http://www.example.org/a/", "https://example.org/a?utm_source=x&id=1",
    "https://example.org/a?id=1", "https://web.archive.org/web/2015/https://example.org/a", "https://example.org/b",
    "ftp://example.org/a", "https://me@example.org/", "https://exаmple.org/", "https://example.org/a b",
    "https://xn--exmple-4uf.org/", "https://example.org/ä",
]  # fmt: skip
QUOTES = ["They retook", "nobody was hurt", "nobody was much hurt at all", "Quite something else."]
DAYS = ["2015", "2015-04", "2015-05-10", "2015-06-01"]
ODDITIES: dict[str, dict[str, list[Any]]] = {
    "parties": {"name": ["Party 1", "party 1"]},
    "sources": {"owner": ["Acme Media", "Acme Medias", "s1", "S-1"], "homepage": ADDRESSES, "aliases": ["Source 0"]},
    "speakers": {"note": ["one \u202etwo"], "aliases": ["Speakеr 0"]},
    "documents": {
        "url": ADDRESSES, "archive": ADDRESSES, "retrieved": DAYS, "published": DAYS, "text": [*TEXTS],
        "sha256": [DIGEST], "note": ["one \u202etwo", "fine"], "retracted": ["2015-04-01 it was wr\u202eong"],
    },
    "claims": {
        "kind": ["prediction", "promise"], "due": DAYS, "when": DAYS, "topic": ["\x07bell"], "favours": [["p0", "p1"]],
        "harms": [["p1"], ["p2"]], "quantity": ["300 km²", "30 tanks", "about 12 dead"],
    },
    "statements": {
        "quote": QUOTES, "wording": ["exact", "paraphrased"], "prefix": ["of it.", "nothing"], "date": DAYS,
        "note": ["\u2066"],
    },
    "findings": {
        "credibility": ["1"], "value": ["310 km²", "900 km²", "30 dead", "30 tanks"], "note": ["\u200fok", "\ufeffno"],
        "place": ["a\x01b"], "stance": ["supports", "contradicts"],
    },
}  # fmt: skip
MISTAKES: dict[str, list[dict[str, Any]]] = {
    "documents": [{"id": "x", "source": "nobody"}, {"id": "x", "source": "s0", "published": "2015-13"}],
    "claims": [{"id": "x", "text": "E", "due": "2015"}, {"id": "c0", "text": "Again", "kind": "promise"}],
    "findings": [{"claim": "c0", "document": "d0", "stance": "agrees", "credibility": "1"}],
}
TWINS: dict[str, list[dict[str, Any]]] = {
    "documents": [{"id": "d\u0660", "source": "s0"}, {"id": "d\u06f0", "source": "s0"}],
    "claims": [{"id": "c\u0660", "text": "Another"}, {"id": "s\u0660", "text": "As a source"}],
}


@st.composite
def odd(draw: st.DrawFn) -> Sections:
    """Sections of a case in which much is odd, and something may be wrong."""
    made: dict[str, list[dict[str, Any]]] = {name: list(rows) for name, rows in draw(sections()).items()}
    for section, keys in ODDITIES.items():
        for entry in made[section]:
            for key, values in keys.items():
                if draw(st.integers(0, 2)) == 0:
                    entry[key] = draw(st.sampled_from(values))
    for extra in (TWINS, MISTAKES) if draw(st.integers(0, 2)) == 0 else (TWINS,):
        for section, entries in extra.items():
            made[section] += draw(st.lists(st.sampled_from(entries), max_size=2))
    return made


def written(data: Sections, form: Form, folder: Path, parts: int = 1) -> Path:
    """The sections as tables of a form, with the stored texts; each in so many parts."""
    folder.mkdir()
    laid_out(folder, {"case.yaml": "case: test\n", **TEXTS}, sound=False)
    for section, entries in data.items():
        rows = [{name: _plain(value) for name, value in entry.items() if value not in (None, ())} for entry in entries]
        for n in range(parts):
            if rows[n::parts]:
                WRITERS[form](folder / f"{section}-{n}.{form}", rows[n::parts])
    return folder


def _plain(value: Any) -> Any:
    return list(value) if isinstance(value, list | tuple) else str(value)


def _csv(path: Path, rows: list[dict[str, Any]]) -> None:
    def cell(value: Any) -> str:
        text = " ".join(value) if isinstance(value, list) and all(" " not in v for v in value) else value
        text = text if isinstance(text, str) else json.dumps(text, ensure_ascii=False)
        return '"' + text.replace('"', '""') + '"'

    names = dict.fromkeys(name for row in rows for name in row)
    lines = [",".join(names), *(",".join(cell(row[name]) if name in row else "" for name in names) for row in rows)]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def _jsonl(path: Path, rows: list[dict[str, Any]]) -> None:
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")


def _parquet(path: Path, rows: list[dict[str, Any]]) -> None:
    names = dict.fromkeys(name for row in rows for name in row)
    columns = {}
    for name in names:
        values = [row.get(name) for row in rows]
        if any(isinstance(value, list) for value in values):
            values = [[value] if isinstance(value, str) else value for value in values]
        columns[name] = pa.array(values)
    pq.write_table(pa.table(columns), path)


WRITERS: dict[str, Callable[[Path, list[dict[str, Any]]], None]] = {"csv": _csv, "jsonl": _jsonl, "parquet": _parquet}


def of_collection(folder: Path, cut: Path) -> tuple[Problem, ...]:
    read = collection_at(str(folder))
    try:
        return cut_into(read, cut, lambda _: None, stored_texts(read)).warnings
    except CaseProblems as error:
        return error.problems


def told(problems: Iterable[Problem]) -> set[tuple[Any, ...]]:
    """What is said and where. Hints of errors are left out: a collection does not look for near names among all."""
    return {
        (p.file, p.line, p.key, p.code, p.message, p.severity, p.severity == "warning" and p.hint,
         p.severity == "warning" and tuple((q.file, q.line, q.key) for q in p.also))
        for p in problems
    }  # fmt: skip


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=odd(), form=st.sampled_from(FORMS), parts=st.sampled_from([1, 2]), size=st.sampled_from([2, 1000]))
def test_all_that_is_told_of_a_case_is_told_of_the_same_tables_as_a_collection(
    data: Sections, form: Form, parts: int, size: int, tmp_path_factory: pytest.TempPathFactory
) -> None:
    root = tmp_path_factory.mktemp("law")
    folder = written(data, form, root / "lake", parts)
    _, wanted = read_case(folder, cache=False)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(batches, "ROWS", size)
        assert told(of_collection(folder, root / "cut")) == told(wanted)


BASE: Sections = {
    "sources": [{"id": "s", "name": "S"}],
    "speakers": [{"id": "k", "name": "K"}],
    "documents": [{"id": "d", "source": "s", "text": "one.txt", "sha256": DIGEST}],
    "claims": [{"id": "c", "text": "It is so.", "quantity": "30 tanks"}],
}
SAID = {"claim": "c", "document": "d", "speaker": "k"}
EDGES: list[tuple[str, str, Sections]] = [
    ("a quote with another word in it", "changed-quote",
     {"statements": [SAID | {"quote": "nobody was much hurt, he said"}]}),
    ("a quote in two places", "ambiguous-quote", {"statements": [SAID | {"quote": "They retook"}]}),
    ("a quote in two places, of which none is chosen", "ambiguous-quote",
     {"statements": [SAID | {"quote": "They retook", "prefix": "elsewhere"}]}),
    ("a quote that is nowhere", "missing-quote", {"statements": [SAID | {"quote": "We lost it."}]}),
    ("figures of other things", "other-things-counted",
     {"findings": [{"claim": "c", "document": "d", "stance": "supports", "value": "30 dead"}]}),
    ("a stance against figures", "stance-against-figures",
     {"findings": [{"claim": "c", "document": "d", "stance": "contradicts", "value": "30 tanks"}]}),
    ("one text twice", "same-document",
     {"documents": [{"id": "e", "source": "s", "text": "one.txt", "sha256": DIGEST}]}),
    ("one text and three documents", "same-document",
     {"documents": [{"id": n, "source": "s", "text": "one.txt", "sha256": DIGEST} for n in "ef"]}),
    ("one address, a copy of a copy and another", "same-document",
     {"documents": [{"id": "e", "source": "s", "url": "https://a.org/x"},
                    {"id": "f", "source": "s", "same_text_as": "e", "url": "http://www.a.org/x/"},
                    {"id": "g", "source": "s", "same_text_as": "f", "url": "https://a.org/x?utm_id=1"},
                    {"id": "h", "source": "s", "url": "https://a.org/x#top"}]}),
    ("an id of another alphabet", "look-alike", {"claims": [{"id": "с", "text": "It is not so."}]}),
    ("an id like that of a source", "look-alike", {"claims": [{"id": "ѕ", "text": "It is not so."}]}),
    ("a character hidden in a cell of JSON", "hidden-direction",
     {"claims": [{"id": "e", "text": "E", "searches": ["the arch\u202eive"]}]}),
    ("a statement before it was made", "dates-out-of-order",
     {"documents": [{"id": "e", "source": "s", "published": "2015"}],
      "statements": [SAID | {"document": "e", "date": "2016-01"}]}),
    ("a finding of a copy that names whom it has it from", "idle-key",
     {"documents": [{"id": "e", "source": "s", "same_text_as": "d"}],
      "findings": [{"claim": "c", "document": "e", "stance": "supports", "relies_on": "k"}]}),
    ("two who rely on each other, and one on them", "relied-in-circle",
     {"documents": [{"id": "e", "source": "s", "relies_on": "f"}, {"id": "f", "source": "s", "relies_on": "e"},
                    {"id": "a", "source": "s", "relies_on": "f"}]}),
]  # fmt: skip
FINE: list[tuple[str, Sections]] = [
    ("a quote in two places, of which one is chosen",
     {"statements": [SAID | {"quote": "They retook", "suffix": "the"}]}),
    ("words of one's own", {"statements": [SAID | {"quote": "We lost it.", "wording": "paraphrased"}]}),
    ("a copy of a copy, all with one address",
     {"documents": [{"id": "e", "source": "s", "url": "https://a.org/x"},
                    {"id": "f", "source": "s", "same_text_as": "e", "url": "http://www.a.org/x/"},
                    {"id": "g", "source": "s", "same_text_as": "f", "url": "https://a.org/x?utm_id=1"}]}),
    ("an id of another alphabet that is like no other", {"claims": [{"id": "ж", "text": "It is not so."}]}),
]  # fmt: skip

WRONG: list[tuple[str, set[str], Sections]] = [
    ("a copy of two that are copies of each other", {"circle"},
     {"documents": [{"id": "e", "source": "s", "same_text_as": "f", "url": "https://a.org/x"},
                    {"id": "f", "source": "s", "same_text_as": "e"},
                    {"id": "g", "source": "s", "same_text_as": "f", "url": "https://a.org/x"}]}),
    ("an id twice, the second a copy of what it shares an address with", {"duplicate-id", "same-document"},
     {"documents": [{"id": "e", "source": "s"},
                    {"id": "e", "source": "s", "same_text_as": "f", "url": "https://a.org/x"},
                    {"id": "f", "source": "s", "url": "https://a.org/x"}]}),
    ("an id twice, the first a copy of what the second shares an address with", {"duplicate-id"},
     {"documents": [{"id": "e", "source": "s", "same_text_as": "f"},
                    {"id": "e", "source": "s", "url": "https://a.org/x"},
                    {"id": "f", "source": "s", "url": "https://a.org/x"}]}),
    ("figures of a claim that stands twice",
     {"duplicate-finding", "duplicate-id", "other-things-counted", "stance-against-figures"},
     {"claims": [{"id": "e", "text": "E", "quantity": "30 tanks"}, {"id": "e", "text": "E", "quantity": "40 dead"}],
      "findings": [{"claim": "e", "document": "d", "stance": "contradicts", "value": "30 tanks"},
                   {"claim": "e", "document": "d", "stance": "supports", "value": "40 dead"}]}),
]  # fmt: skip


def beside(more: Sections) -> Sections:
    return {section: [*BASE.get(section, []), *more.get(section, [])] for section in {**BASE, **more}}


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize(("code", "more"), [row[1:] for row in EDGES], ids=[row[0] for row in EDGES])
def test_an_oddity_is_told_as_in_a_case(code: str, more: Sections, form: Form, tmp_path: Path) -> None:
    folder = written(beside(more), form, tmp_path / "lake")
    found = of_collection(folder, tmp_path / "cut")
    assert [problem.code for problem in found] == [code]
    assert told(found) == told(read_case(folder, cache=False)[1])


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize(("codes", "more"), [row[1:] for row in WRONG], ids=[row[0] for row in WRONG])
def test_beside_what_is_wrong_as_much_is_told_as_in_a_case(
    codes: set[str], more: Sections, form: Form, tmp_path: Path
) -> None:
    folder = written(beside(more), form, tmp_path / "lake")
    wanted = told(read_case(folder, cache=False)[1])
    assert told(of_collection(folder, tmp_path / "cut")) == wanted
    assert {code for _, _, _, code, *_ in wanted} == codes


@pytest.mark.parametrize("more", [row[1] for row in FINE], ids=[row[0] for row in FINE])
def test_of_what_is_fine_nothing_is_told(more: Sections, tmp_path: Path) -> None:
    folder = written(beside(more), "csv", tmp_path / "lake")
    assert of_collection(folder, tmp_path / "cut") == () == read_case(folder, cache=False)[1]


def test_what_is_odd_about_files_is_told(tmp_path: Path) -> None:
    folder = written(BASE, "csv", tmp_path / "lake")
    (folder / "case.yaml").write_text('case: test\ntitle: "One \\u202etwo"\n')
    (folder / "findings.jsonl").write_text("\n")
    (folder / "claims-a.csv").write_text("id,text\n")
    (folder / "claims-A.csv").write_text("id,text\n")
    found = of_collection(folder, tmp_path / "cut")
    assert [(problem.file, problem.code) for problem in found] == [
        ("case.yaml", "hidden-direction"), ("claims-a.csv", "case-twins"), ("findings.jsonl", "empty-file"),
    ]  # fmt: skip
    assert told(found) == told(read_case(folder, cache=False)[1])


def test_a_character_that_is_hidden_behind_an_escape_is_told(tmp_path: Path) -> None:
    folder = written(BASE, "csv", tmp_path / "lake")
    (folder / "claims-1.csv").write_text('id,text,searches\ne,E,"[""the arch\\u202eive""]"\n')
    found = of_collection(folder, tmp_path / "cut")
    assert [(problem.code, problem.key) for problem in found] == [("hidden-direction", "searches")]
    assert told(found) == told(read_case(folder, cache=False)[1])


def many(number: int) -> Sections:
    """So many findings of which each has a typed confirmation, every other one figures against it; then an error."""
    documents = [{"id": f"d{n}", "source": "s"} for n in range(number)]
    odd_ones = [
        {"claim": "c", "document": f"d{n}", "stance": "contradicts", "credibility": "1"}
        | ({"value": "30 tanks"} if n % 2 else {})
        for n in range(number)
    ]
    return beside({"documents": documents, "findings": odd_ones})


@pytest.mark.parametrize("extra", [0, 1, 500])
def test_of_one_kind_a_thousand_are_told_and_the_rest_counted(extra: int, tmp_path: Path) -> None:
    folder = written(many(MOST_TOLD + extra), "parquet", tmp_path / "lake")
    found = [p for p in of_collection(folder, tmp_path / "cut") if p.code == "earned-credibility"]
    each = [problem for problem in found if problem.message.startswith("credibility 1")]
    assert [problem.line for problem in each] == list(range(1, MOST_TOLD + 1))
    rest = [problem.message for problem in found if problem not in each]
    assert rest == [f"and {extra} more rows further down seem to have the same, and are not told one by one"] * (
        extra > 0
    )
    assert {problem.severity for problem in found} == {"warning"}


def test_of_many_with_one_address_the_first_thousand_groups_are_told(tmp_path: Path) -> None:
    documents = [{"id": f"d{n}", "source": "s", "url": f"https://a.org/{n // 2}"} for n in range(2 * MOST_TOLD + 6)]
    folder = written(beside({"documents": documents}), "parquet", tmp_path / "lake")
    found = [p for p in of_collection(folder, tmp_path / "cut") if p.code == "same-document"]
    assert len(found) == MOST_TOLD + 1
    assert sum(problem.message.startswith("and 3 more rows") for problem in found) == 1


def test_errors_behind_many_warnings_are_told(tmp_path: Path) -> None:
    data = many(MOST_TOLD + 10)
    data["findings"].append({"claim": "c", "document": "nowhere", "stance": "supports"})
    folder = written(data, "parquet", tmp_path / "lake")
    found = of_collection(folder, tmp_path / "cut")
    assert [problem.code for problem in found if problem.severity == "error"] == ["unknown-document"]
    assert any(problem.severity == "warning" for problem in found)


def test_warnings_stop_nothing_and_are_counted(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = written(beside(EDGES[1][2]), "csv", tmp_path / "lake")
    local = ["--engine", "local", "--case", str(folder)]
    assert main(["check", *local]) == exits.FINE
    seen = capsys.readouterr().out
    assert "statements-0.csv:2:quote: warning: ambiguous-quote: " in seen
    assert seen.splitlines()[-1].startswith("no errors: ")
    assert main(["check", *local, "--strict"]) == exits.FOUND
    capsys.readouterr()
    assert main(["check", *local, "--format", "json"]) == exits.FINE
    (problem,) = json.loads(capsys.readouterr().out)["problems"]
    assert (problem["code"], problem["severity"], problem["line"]) == ("ambiguous-quote", "warning", 2)
    assert main(["report", *local, "-o", str(tmp_path / "out.csv")]) == exits.FINE
    assert capsys.readouterr().err == "claims: 1 warning in this collection: see `claims check`\n"
    assert main(["report", *local, "-q", "-o", str(tmp_path / "out.csv")]) == exits.FINE
    assert capsys.readouterr().err == ""


def test_warnings_are_kept_with_what_is_cut(tmp_path: Path) -> None:
    folder = written(beside(EDGES[-1][2]), "csv", tmp_path / "lake")
    warnings = of_collection(folder, tmp_path / "cut")
    cut = cut_in(tmp_path / "cut")
    assert warnings
    assert cut is not None
    assert cut.warnings == warnings
    assert warnings[0].also


PARTS = st.sampled_from([
    "https://", "http://", "www.", "www2.", "m.", "amp.", "mobile.", "edition.", "example", ".org", ".co", "/", "//",
    "a", "b.html", ".amp", "/amp", "?", "id=1", "&", "utm_source=x", "#top", "%41", "web.archive.org/web/2015/", ":80",
    ":8080", "Ä", "A", "@", " ", ".",
])  # fmt: skip


@given(urls=st.lists(st.lists(PARTS, min_size=1, max_size=9).map("".join), min_size=1, max_size=20))
@settings(max_examples=300)
def test_addresses_by_whole_columns_are_those_by_the_piece(urls: list[str]) -> None:
    assert plain_addresses(pa.array([*urls, None])).to_pylist() == [*map(plain, urls), None]
