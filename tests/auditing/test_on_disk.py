"""The audit of a claim of a collection is that of the case that the same tables make, to the byte."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

pytest.importorskip("pyarrow")

import pyarrow.parquet as pq

from claims.auditing import on_disk
from claims.auditing.audit import audit
from claims.auditing.on_disk import Kin, taken_out
from claims.collection import batches, extract
from claims.collection.files import collection_at
from claims.collection.verdicts import judged_part
from claims.flow import assess
from claims.model.audit import RELATIONS
from claims.model.errors import BadRequest, NotFound
from claims.present import audit_json, markdown, terminal
from claims.present.audit_view import audit_view
from claims.read.case import read_case
from tests.bench.tables import write_collection
from tests.cli.running import claims
from tests.collection.test_texts import lake_of, with_texts
from tests.collection.test_verdicts import DAYS
from tests.read.folders import laid_out

if TYPE_CHECKING:
    import datetime as dt
    from pathlib import Path

    from claims.model.audit import Audit
    from claims.model.case import Case
    from claims.read.forms import Form
    from tests.cases import Sections
    from tests.read.folders import Files

TOPICS = [None, "land", "land", "water"]


@st.composite
def kindred(draw: st.DrawFn) -> tuple[Sections, dict[str, str]]:
    """Sections of more claims than those that findings are on, of which many have something in common."""
    made, files = draw(with_texts())
    for n in range(draw(st.integers(0, 4))):
        made["claims"].append({**draw(st.sampled_from(made["claims"])), "id": f"x{n}", "text": f"Another {n}"})
    for n, claim in enumerate(made["claims"]):
        claim["topic"] = draw(st.sampled_from(TOPICS))
        claim["part_of"] = draw(st.sampled_from([None, None, *(one["id"] for one in made["claims"][:n])]))
    for said in made["statements"]:
        said["claim"] = draw(st.sampled_from(made["claims"]))["id"]
    return made, files


def faces(found: Audit, case: Case) -> tuple[str, ...]:
    """An audit as everybody may see it."""
    view = audit_view(found)
    drawn = terminal.render(view, width=100, colour=False, unicode=True)
    return audit_json.render(found, case.policy), markdown.render(view), drawn


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    made=kindred(),
    as_of=st.sampled_from(DAYS),
    form=st.sampled_from(["csv", "jsonl", "parquet"]),
    together=st.sampled_from([1, 2, 1000]),
    data=st.data(),
)
def test_it_says_what_the_audit_of_the_case_says(
    made: tuple[Sections, dict[str, str]],
    as_of: dt.date | None,
    form: Form,
    together: int,
    data: st.DataObject,
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    root = tmp_path_factory.mktemp("law")
    lake = lake_of(*made, form, root)
    if lake is None:
        return
    whole, _ = read_case(lake, cache=False)
    assert whole is not None
    judged = assess(whole, as_of)
    source = data.draw(st.sampled_from(whole.sources)).id
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(batches, "ROWS", 2)
        patch.setattr(on_disk, "TOGETHER", together)
        patch.setattr(on_disk, "MOST_ROWS", 3)
        for claim in whole.claims:
            out = taken_out(collection_at(str(lake)), claim.id)
            alone, kin = assess(out.case, as_of), Kin(out, as_of)
            said = [finding.key for finding in whole.findings if finding.claim == claim.id]
            asked: list[dict[str, Any]] = [{}, {"without": [source]}, *({"why": key} for key in said[:1])]
            for more in asked:
                ours = audit(alone, claim.id, related=kin, **more)
                theirs = audit(judged, claim.id, **more)
                assert faces(ours, out.case) == faces(theirs, whole), more
            assert tuple(kin) == theirs.related
            assert kin[:2] == theirs.related[:2]
            assert not kin or kin[-1] == theirs.related[-1]


def test_a_beginning_will_do_where_no_other_id_has_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_collection(tmp_path / "lake", 110)
    collection = collection_at(str(tmp_path / "lake"))
    assert [claim.id for claim in taken_out(collection, "c000000007").case.claims] == ["c000000007"]
    assert [claim.id for claim in taken_out(collection, "c00000001").case.claims] == ["c000000010"]
    with pytest.raises(BadRequest, match="several ids of a claim begin with"):
        taken_out(collection, "c0")
    with pytest.raises(NotFound, match="no claim is called 'd000000007'; did you mean 'c000000007'"):
        taken_out(collection, "d000000007")
    monkeypatch.setattr(extract, "MOST_COMPARED", 10)
    with pytest.raises(NotFound, match=r"no claim is called 'd000000007'$"):
        taken_out(collection, "d000000007")


RELATED: Files = {
    "case.yaml": "case: test\n",
    "sources.csv": "id,name,reliability\na,A,B\n",
    "speakers.csv": "id,name\nk,K\n",
    "documents.csv": "id,source,published\nd,a,2015-05-01\nlate,a,2015-08-01\n",
    "claims.csv": (
        "id,text,kind,due,part_of,quantity,when,topic\n"
        "c,The claim,,,wide,300 km²,2015-05,land\n"
        "wide,The wider one,,,,,,\n"
        "part,A part,,,c,,,\n"
        "figure,Another figure,,,,20 hectares,2015-05-08,\n"
        "then,Of another time,,,,20 km²,2014,land\n"
        "length,Of another kind,,,,20 km,,land\n"
        "said,Of one speaker,,,,,,\n"
        "both,Of one speaker and topic,prediction,2015-07,,,,land\n"
        "other,Nothing of it,,,,,,water\n"
    ),
    "statements.csv": "claim,speaker,document\nc,k,d\nsaid,k,d\nboth,k,d\n",
    "findings.csv": "claim,document,stance\nboth,d,contradicts\npart,d,supports\n",
}


def test_each_relation_is_found_and_each_related_claim_judged(tmp_path: Path) -> None:
    """A prediction is judged as of the latest day of the whole collection."""
    laid_out(tmp_path, RELATED, sound=False)
    kin = Kin(taken_out(collection_at(str(tmp_path)), "c"), None)
    assert [(one.id, one.verdict, one.relations) for one in kin] == [
        ("wide", "unchecked", ("part-of",)),
        ("part", "single-source", ("has-part",)),
        ("figure", "unchecked", ("figure",)),
        ("both", "challenged", ("speaker", "topic")),
        ("said", "unchecked", ("speaker",)),
        ("length", "unchecked", ("topic",)),
        ("then", "unchecked", ("topic",)),
    ]
    assert {relation for one in kin for relation in one.relations} == set(RELATIONS)


@pytest.mark.parametrize("face", [["--width", "100"], ["--format", "markdown"], ["--format", "json"]])
def test_the_command_line_says_the_same_of_either(face: list[str], tmp_path: Path) -> None:
    laid_out(tmp_path / "lake", RELATED, sound=False)
    case, lake = (claims("audit", "c", "--case", "lake", *more, *face, cwd=tmp_path)
                  for more in ([], ["--engine", "local"]))  # fmt: skip
    assert (case.returncode, lake.returncode) == (0, 0)
    assert case.stdout == lake.stdout
    assert "The wider one" in lake.stdout


def test_related_claims_that_nobody_looks_at_are_not_judged(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_collection(tmp_path / "lake", 2000)
    table = pq.read_table(tmp_path / "lake" / "claims.parquet")
    figured = table.filter(table["quantity"].is_valid())["id"][0].as_py()
    kin = Kin(taken_out(collection_at(str(tmp_path / "lake")), figured), None)
    judged: list[int] = []

    def watched(people: Any, part: dict[str, Any], *more: Any) -> Any:
        judged.append(len(part["claims"]))
        return judged_part(people, part, *more)

    monkeypatch.setattr(on_disk, "judged_part", watched)
    assert len(kin) > 8
    assert kin[:8]
    assert judged == [8]


MISTAKES: dict[str, Files] = {
    "a document that is not there": {"findings.csv": "claim,document,stance\nc,dd,supports\n"},
    "a source that is not there": {"documents.csv": "id,source,published\nd,aa,2015-05-01\n"},
    "no stance": {"findings.csv": "claim,document,stance,when\nc,d,,2014\n"},
    "an unknown stance": {"findings.csv": "claim,document,stance\nc,d,suports\n"},
    "one finding twice": {"findings.csv": "claim,document,stance\nc,d,supports\nc,d,supports\n"},
    "one claim twice": {"claims.csv": "id,text\nc,It is so.\nsaid,One.\nboth,Two.\npart,Three.\nc,Other.\n"},
    "part of nothing": {"claims.csv": "id,text,part_of\nc,It is so.,cc\nsaid,One.,\nboth,Two.,\npart,Three.,\n"},
    "relayed from nowhere": {"findings.csv": "claim,document,stance,basis\nc,d,supports,relayed\n"},
    "an uneven row": {"findings.csv": "claim,document,stance\nc,d,supports,x\n"},
    "an unknown column": {"findings.csv": "claim,document,stance,colour\nc,d,supports,red\n"},
    "no text": {"documents.csv": "id,source,text\nd,a,none.txt\n"},
    "copies in a circle": {"documents.csv": "id,source,same_text_as\nd,a,e\ne,a,d\n"},
}


def test_mistakes_elsewhere_are_left_to_a_check(tmp_path: Path) -> None:
    """What has no id is related to nothing; a related claim that cannot be judged is told when it is looked at."""
    more = {
        "claims.csv": "id,text,topic\nc,The claim,land\n,Without an id,land\nother,Another,land\n",
        "statements.csv": "claim,speaker,document\n",
        "findings.csv": "claim,document,stance\nother,nowhere,supports\n",
    }
    laid_out(tmp_path, {**RELATED, **more}, sound=False)
    kin = Kin(taken_out(collection_at(str(tmp_path)), "c"), None)
    assert len(kin) == 1
    with pytest.raises(BadRequest, match="no document is called 'nowhere': check the collection first"):
        tuple(kin)


@pytest.mark.parametrize("name", MISTAKES)
def test_a_mistake_in_what_is_taken_out_is_told_as_of_the_case(name: str, tmp_path: Path) -> None:
    laid_out(tmp_path / "lake", {**RELATED, **MISTAKES[name]}, sound=False)
    case, lake = (claims("audit", "c", "--case", "lake", *more, cwd=tmp_path)
                  for more in ([], ["--engine", "local"]))  # fmt: skip
    assert (case.returncode, lake.returncode) == (1, 1)
    assert [line for line in case.stderr.splitlines() if line[:1].strip() and ".csv" in line] == [
        line for line in lake.stderr.splitlines() if line[:1].strip() and ".csv" in line
    ]
