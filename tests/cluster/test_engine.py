"""A collection judged on a real Spark, beside the same collection judged on one machine."""

from __future__ import annotations

import os
import signal
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from claims.cases import open_case
from claims.collection.files import collection_at
from claims.collection.run import Advance, Run, cut_into
from claims.collection.texts import stored_texts
from claims.collection.verdicts import SCHEMA
from claims.model.errors import CaseProblems
from claims.write.export import write_export
from tests.cases import case_of
from tests.collection.test_engine import MISTAKES, SOUND, WRITERS
from tests.collection.test_unread import ODD as UNREAD
from tests.collection.test_unread import laid
from tests.collection.test_warnings import WRONG as MISTAKEN
from tests.collection.test_warnings import beside, of_collection, written
from tests.independence.test_copies import edited, text
from tests.strategies import sections

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from pyspark.sql import SparkSession

    from claims.read.forms import Form
    from tests.cases import Sections

pyspark = pytest.importorskip("pyspark") if os.environ.get("CI") != "true" else None


def on_spark(spark: SparkSession, folder: Path, partitions: int = 3) -> pa.Table:
    from claims.cluster.engine import Judging  # noqa: PLC0415 - Spark may be missing

    judging = Judging(spark, collection_at(str(folder)), None, partitions)
    try:
        return judging.table()
    finally:
        judging.close()


def on_one_machine(folder: Path, work: Path) -> pa.Table:
    work.mkdir(exist_ok=True)
    run = Run(collection_at(str(folder)), None, work, lambda _: None)
    run.judge()
    return pa.concat_tables([SCHEMA.empty_table(), *run.results()])


def together(many: list[Sections]) -> Sections:
    """Sections of many cases as one: each id with the number of its case before it."""
    result: Sections = {}
    for n, one in enumerate(many):
        known = {entry["id"] for entries in one.values() for entry in entries if entry.get("id")}

        def called(value: Any, known: set[str] = known, n: int = n) -> Any:
            if isinstance(value, list | tuple):
                return type(value)(called(item) for item in value)
            return f"n{n}-{value}" if isinstance(value, str) and value in known else value

        for section, entries in one.items():
            result.setdefault(section, []).extend({k: called(v) for k, v in entry.items()} for entry in entries)
    return result


@given(st.lists(sections(), min_size=20, max_size=20))
@settings(max_examples=1, derandomize=True, suppress_health_check=list(HealthCheck))
def test_verdicts_are_those_of_one_machine_to_the_last_digit(
    spark: SparkSession, tmp_path_factory: pytest.TempPathFactory, many: list[Sections]
) -> None:
    folder = tmp_path_factory.mktemp("many")
    write_export(case_of(together(many)), "parquet", folder / "tables")
    here = on_one_machine(folder / "tables", folder / "work")
    assert len(here) >= 20
    assert on_spark(spark, folder / "tables").equals(here)


def test_copies_that_stored_texts_show_are_those_of_one_machine(spark: SparkSession, tmp_path: Path) -> None:
    documents = "id,source,published,text\n" + rows("d", 60, {n: f"{'ab'[n % 2]},2015-05-0{1 + n % 7},t{n % 3}.txt"
                                                            for n in range(60)}, "")  # fmt: skip
    folder = laid_out(tmp_path / "tables", FINDINGS, documents=documents)
    for n in range(3):
        (folder / f"t{n}.txt").write_text(edited(text(n // 2), n))
    here = on_one_machine(folder, tmp_path / "work")
    assert on_spark(spark, folder).equals(here)
    plain = laid_out(tmp_path / "plain", FINDINGS)
    assert not on_one_machine(plain, tmp_path / "more").equals(here)


def test_verdicts_left_in_the_cluster_are_those_that_are_brought_here(spark: SparkSession, tmp_path: Path) -> None:
    from claims.cluster.engine import Judging  # noqa: PLC0415 - Spark may be missing

    folder = laid_out(tmp_path / "tables", FINDINGS)
    judging = Judging(spark, collection_at(str(folder)), None, 3)
    assert judging.advance() == Advance("reading and checking", 0)
    try:
        left = judging.frame().toArrow().cast(SCHEMA)
    finally:
        judging.close()
    assert len(left) == 30
    assert left.equals(on_one_machine(folder, tmp_path / "work"))
    assert judging.advance() == Advance("judging", len(FINDINGS), len(FINDINGS))


@pytest.mark.parametrize("form", ["csv", "jsonl"])
def test_the_shipped_case_is_judged_alike_from_tables_of_text(spark: SparkSession, tmp_path: Path, form: Form) -> None:
    write_export(open_case(cache=False), form, tmp_path / "tables")
    here = on_one_machine(tmp_path / "tables", tmp_path / "work")
    assert on_spark(spark, tmp_path / "tables").equals(here)


CASE: dict[str, str] = {
    "parties.csv": "id,name\np,P\n",
    "sources.csv": "id,name,reliability\na,A,B\nb,B,B\nc,C,C\n",
    "speakers.csv": "id,name,party\nk,K,p\n",
    "documents.csv": "id,source,published,relies_on,same_text_as\n" + "".join(
        f"d{n},{'abc'[n % 3]},2021-05-{n % 27 + 1:02},{f'd{n - 1}' if 20 < n < 40 else ''},{'d3' if n == 4 else ''}\n"
        for n in range(60)
    ),
    "claims.csv": "id,text\n" + "".join(f"c{n},Claim {n}\n" for n in range(30)),
    "statements.csv": "claim,speaker,document\nc1,k,d1\n",
}  # fmt: skip


def laid_out(folder: Path, found: Iterable[str], **changed: str) -> Path:
    """A collection with these findings, and with changed tables."""
    folder.mkdir()
    head = "claim,document,stance,basis,relies_on\n"
    tables = CASE | {"findings.csv": head + "".join(f"{row}\n" for row in found)}
    for name, data in (tables | {f"{key}.csv": data for key, data in changed.items()}).items():
        (folder / name).write_text(data)
    return folder


FINDINGS = [
    f"c{n % 30},d{n},{('supports', 'contradicts')[n % 5 == 0]},{('witnessed', '')[n % 3 > 0]}," for n in range(60)
]


def test_one_claim_with_most_findings_and_partitions_with_none(spark: SparkSession, tmp_path: Path) -> None:
    crowd = [f"c0,d{n},supports,witnessed," for n in range(60) if n % 30]
    folder = laid_out(tmp_path / "tables", [*FINDINGS, *crowd])
    here = on_one_machine(folder, tmp_path / "work")
    assert on_spark(spark, folder, partitions=24).equals(here)


def test_a_worker_that_dies_changes_nothing(
    spark: SparkSession, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder, mark = laid_out(tmp_path / "tables", FINDINGS), str(tmp_path / "died")
    here = on_one_machine(folder, tmp_path / "work")
    from claims.cluster import engine  # noqa: PLC0415 - Spark may be missing

    judging = vars(engine)["judging"]

    def dying(*asked: Any) -> Callable[[Iterable[pa.RecordBatch]], Iterator[pa.RecordBatch]]:
        judge = judging(*asked)

        def judge_once_dead(batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
            if not os.path.exists(mark):  # noqa: PTH110 - what a worker needs no more than the system for
                open(mark, "wb").close()  # noqa: PTH123 - likewise
                os.kill(os.getpid(), signal.SIGKILL)
            yield from judge(batches)

        return judge_once_dead

    monkeypatch.setattr(engine, "judging", dying)
    assert on_spark(spark, folder, partitions=2).equals(here)
    assert Path(mark).exists()


def rows(letter: str, number: int, cells: dict[int, str], other: str) -> str:
    """Rows of a table: ids of a letter and a number, each with its cells or those of all others."""
    return "".join(f"{letter}{n},{cells.get(n, other)}\n" for n in range(number))


WRONG: list[tuple[str, dict[str, Any]]] = [
    ("stances and dates that are none", {
        "findings": "claim,document,stance\nc1,d1,agrees\nc2,d2,supports\n",
        "documents": "id,source,published\nd1,a,2021-13\nd2,zz,2021\n",
    }),
    ("names of what is not there", {
        "findings": "claim,document,stance,relies_on\nc1,d1,supports,d99\nc77,d2,supports,\nc2,d88,supports,\n",
    }),
    ("documents that name what is not there, and twice the same id", {
        "documents": "id,source,relies_on\n" + rows("d", 60, {7: "a,d99"}, "a,") + "d1,b,\n",
    }),
    ("findings that stand twice", {
        "findings": "claim,document,stance\nc1,d1,supports\nc2,d2,supports\nc1,d1,contradicts\n",
    }),
    ("findings relayed from nowhere, and without a stance", {
        "findings": "claim,document,stance,basis\nc1,d1,supports,relayed\nc2,d2,,witnessed\n",
    }),
    ("claims that are part of each other", {
        "claims": "id,text,part_of\n" + rows("c", 30, {1: "Claim,c2", 2: "Claim,c1"}, "Claim,"),
    }),
    ("more unknown stances than are told", {
        "documents": "id,source\n" + "".join(f"d{n},a\n" for n in range(1500)),
        "findings": "claim,document,stance\n" + "".join(f"c{n % 30},d{n},suports\n" for n in range(1500)),
    }),
    ("more findings without a stance than are told", {
        "documents": "id,source\n" + "".join(f"d{n},a\n" for n in range(1500)),
        "findings": "claim,document\n" + "".join(f"c{n % 30},d{n}\n" for n in range(1500)),
    }),
    ("a stored text that is not there", {
        "documents": "id,source,text\n" + rows("d", 60, {1: "a,none.txt"}, "a,"),
    }),
    ("copies in a circle", {
        "documents": "id,source,same_text_as\n" + rows("d", 60, {1: "a,d2", 2: "a,d1"}, "a,"),
    }),
]  # fmt: skip


@pytest.mark.parametrize("changed", [changed for _, changed in WRONG], ids=[what for what, _ in WRONG])
def test_what_is_wrong_is_told_as_on_one_machine(spark: SparkSession, tmp_path: Path, changed: dict[str, str]) -> None:
    folder = laid_out(tmp_path / "tables", FINDINGS, **changed)
    read = collection_at(str(folder))
    with pytest.raises(CaseProblems) as here:
        cut_into(read, tmp_path / "cut", lambda _: None, stored_texts(read))
    with pytest.raises(CaseProblems) as there:
        on_spark(spark, folder)
    assert there.value.problems
    assert set(there.value.problems) == set(here.value.problems)


@pytest.mark.parametrize("form", ["csv", "jsonl"])
def test_all_that_is_wrong_is_told_at_once(spark: SparkSession, tmp_path: Path, form: Form) -> None:
    """A mistake of each kind, in cells, in rows beside others, and in what refers to what."""
    (tmp_path / "lake").mkdir()
    wrong = together(
        [{name: [*SOUND.get(name, []), *one.get(name, [])] for name in {*SOUND, *one}} for one in MISTAKES.values()]
    )
    for section, entries in wrong.items():
        WRITERS[form](tmp_path / "lake" / f"{section}.{form}", entries)
    read = collection_at(str(tmp_path / "lake"))
    with pytest.raises(CaseProblems) as here:
        cut_into(read, tmp_path / "cut", lambda _: None, stored_texts(read))
    with pytest.raises(CaseProblems) as there:
        on_spark(spark, tmp_path / "lake")
    assert len(here.value.problems) > len(MISTAKES)
    assert there.value.problems == here.value.problems


def test_what_cannot_be_read_is_told_as_on_one_machine(spark: SparkSession, tmp_path: Path) -> None:
    """Each odd table beside the others, one of Parquet with several row groups, a pipe, and a link that leads out."""
    tables = [one for _, files, _ in UNREAD for one in files.items() if "/" not in one[0]]
    paths = [Path(name) for name, _ in tables]
    names = [f"{path.stem.partition('-')[0]}-{n}{path.suffix}" for n, path in enumerate(paths)]
    folder = laid(tmp_path, dict(zip(names, (said for _, said in tables), strict=True)))
    cells = {"claim": ["c"] * 4, "document": [b"e"] * 4, "stance": ["supports"] * 4}
    pq.write_table(pa.table(cells), folder / "findings-y.parquet", row_group_size=2)
    os.mkfifo(folder / "statements.csv")
    (folder / "parties.csv").symlink_to(tmp_path / "elsewhere.csv")
    read = collection_at(str(folder))
    with pytest.raises(CaseProblems) as here:
        cut_into(read, tmp_path / "cut", lambda _: None, stored_texts(read))
    with pytest.raises(CaseProblems) as there:
        on_spark(spark, folder)
    assert there.value.problems == here.value.problems
    assert {problem.code for problem in here.value.problems} >= {
        "not-utf8", "table-syntax", "uneven-row", "duplicate-key", "too-deep", "bad-value",
        "not-a-file", "outside-case",
    }  # fmt: skip


ODD = {
    "parties": "id,name\np,P\nq,p\n",
    "documents": "id,source,published,retrieved,same_text_as,note\n" + rows(
        "d", 60, {1: "a,2021-05-02,2021-05-01,,", 2: "a,2021-05-02,,d3,", 5: "a,,,,one \u202etwo"}, "b,,,,"),
    "claims": "id,text,kind,quantity\n" + rows(
        "c", 30, {1: "Claim,promise,", 2: "Claim,fact,30 tanks", 3: "Claim,,30 tanks"}, "Claim,,"),
    "statements": "claim,speaker,document,date\nc1,k,d1,2022\nc2,k,d1,2020\nc2,k,d5,2022\n",
    "findings": "claim,document,stance,credibility,value,relies_on\nc1,d1,supports,1,,\nc2,d2,contradicts,,30 tanks,k\n"
                "c3,d2,supports,,30 dead,\nc3,d4,supports,,31 tanks,k\nc2,d6,,,90 tanks,\n",
}  # fmt: skip
MANY_ODD = {
    "documents": "id,source\n" + "".join(f"d{n},a\n" for n in range(1500)),
    "claims": "id,text,quantity\n" + "".join(f"c{n},Claim {n},30 tanks\n" for n in range(30)),
    "findings": "claim,document,stance,value,credibility\n"
                + "".join(f"c{n % 30},d{n},contradicts,30 tanks,1\n" for n in range(1500)),
}  # fmt: skip


@pytest.mark.parametrize("changed", [ODD, MANY_ODD], ids=["one of each kind", "more than are told"])
def test_what_is_odd_is_told_as_on_one_machine(spark: SparkSession, tmp_path: Path, changed: dict[str, str]) -> None:
    from claims.cluster.engine import Judging  # noqa: PLC0415 - Spark may be missing

    folder = laid_out(tmp_path / "tables", FINDINGS, **changed)
    read = collection_at(str(folder))
    here = cut_into(read, tmp_path / "cut", lambda _: None, stored_texts(read))
    judging = Judging(spark, read, None, 3)
    try:
        judging.table()
        assert judging.checks.warnings == here.warnings
        assert judging.checks.rows_of == here.rows
    finally:
        judging.close()
    codes = {problem.code for problem in here.warnings}
    assert codes >= {"stance-against-figures", "earned-credibility"}
    assert changed is MANY_ODD or codes >= {
        "dates-out-of-order", "idle-key", "other-things-counted", "never-due", "hidden-direction", "look-alike",
    }  # fmt: skip


ALIKE = {
    "documents": [
        {"id": "e", "source": "s", "text": "one.txt"}, {"id": "a1", "source": "s", "url": "https://a.org/x"},
        {"id": "a2", "source": "s", "same_text_as": "a1", "url": "http://www.a.org/x/"},
        {"id": "a3", "source": "s", "same_text_as": "a2", "archive": "https://a.org/x?utm_id=1"},
        {"id": "a4", "source": "s", "url": "https://a.org/x#top"},
        {"id": "b1", "source": "s", "relies_on": "b2"}, {"id": "b2", "source": "s", "relies_on": "b1"},
        {"id": "b3", "source": "s", "relies_on": "b2"}, {"id": "s-1", "source": "s"},
    ],
    "claims": [{"id": "с", "text": "It is not so."}, {"id": "ѕ", "text": "Nor is this."}, {"id": "ж", "text": "So."}],
    "statements": [
        {"claim": "c", "speaker": "k", "document": "d", "quote": "They retook"},
        {"claim": "с", "speaker": "k", "document": "d", "quote": "We lost it.", "wording": "paraphrased"},
        {"claim": "ѕ", "speaker": "k", "document": "d", "quote": "nobody was hurt"},
        {"claim": "c", "speaker": "k", "document": "e", "quote": "nobody was much hurt, he said"},
        {"claim": "c", "speaker": "k", "document": "b1", "quote": "Nobody stored this."},
    ],
}  # fmt: skip


@pytest.mark.parametrize(
    ("codes", "more"),
    [({"same-document", "relied-in-circle", "look-alike", "ambiguous-quote", "changed-quote"}, ALIKE),
     *(row[1:] for row in MISTAKEN[:3])],
    ids=["one of each kind", *(row[0] for row in MISTAKEN[:3])],
)  # fmt: skip
def test_what_takes_several_rows_to_see_is_told_as_on_one_machine(
    spark: SparkSession, tmp_path: Path, codes: set[str], more: Sections
) -> None:
    """Addresses and texts in common, ids that look alike, circles and quotes; also beside what is wrong."""
    from claims.cluster.engine import Judging  # noqa: PLC0415 - Spark may be missing

    folder = written(beside(more), "parquet", tmp_path / "lake", 2 if more is ALIKE else 1)
    here = of_collection(folder, tmp_path / "cut")
    judging = Judging(spark, collection_at(str(folder)), None, 3)
    try:
        judging.table()
        there = judging.checks.warnings
    except CaseProblems as error:
        there = error.problems
    finally:
        judging.close()
    assert there == here
    assert {problem.code for problem in there} >= codes


def test_the_command_writes_the_same_bytes_by_either_engine(spark: SparkSession, tmp_path: Path) -> None:
    from claims.cli.main import main  # noqa: PLC0415 - as a command imports what it needs

    folder = laid_out(tmp_path / "tables", FINDINGS)
    assert spark.sparkContext.master == "local[2,4]"
    for engine in ("spark", "local"):
        report = ["report", "--case", str(folder), "--engine", engine, "-q", "-o", str(tmp_path / f"{engine}.csv")]
        assert main(report) == 0
    assert (tmp_path / "spark.csv").read_bytes() == (tmp_path / "local.csv").read_bytes()
    assert len((tmp_path / "spark.csv").read_text().splitlines()) == 31
