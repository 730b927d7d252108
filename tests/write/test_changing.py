"""Entries brought in, taken out, renamed and withdrawn: where they land, what follows them, what is refused."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from claims.model.errors import BadRequest, CaseProblems, InUse, NotFound
from claims.read.case import reading_of
from claims.write.addition import addition
from claims.write.plan import Bench, counted
from claims.write.removal import removal
from claims.write.renaming import renaming
from claims.write.retraction import retraction
from tests.read.folders import SOUND, laid_out

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from claims.read.case import Reading
    from claims.write.plan import Prepared

SPLIT: dict[str, str | bytes] = {
    "case.yaml": "case: test\ntitle: A test\n",
    "sources/few.yaml": "sources:\n  - {id: sana, name: SANA}\n",
    "sources/many.yaml": "sources:\n  - {id: bbc, name: BBC}\n  - {id: sohr, name: SOHR}\n",
    "claims.yaml": "claims:\n  - {id: area, text: They took it}\n  - {id: fled, text: They fled}\n",
    "people.yaml": "speakers:\n  - {id: quill, name: Quill}\n",
    "reports/bbc.yaml": "documents:\n  - {id: bbc-1, source: bbc}\n  - {id: bbc-2, source: bbc}\n",
    "reports/sana.yaml": "documents:\n  - {id: sana-1, source: sana}\n",
    "said/findings.yaml": "findings:\n  - {claim: area, document: bbc-1, stance: supports}\n",
}


def reading(folder: Path, files: dict[str, str | bytes] = SPLIT) -> Reading:
    return reading_of(laid_out(folder, files, sound=False), cache=False)


def prepared(folder: Path, text: str, files: dict[str, str | bytes] = SPLIT, **options: Any) -> Prepared:
    return addition(reading(folder, files), {"new.yaml": text.encode()}, cache=False, **options)


LANDS = [
    ("sources: [{id: x, name: X}]", {"x": "sources/many.yaml"}),
    ("documents: [{id: x, source: bbc}]", {"x": "reports/bbc.yaml"}),
    ("documents: [{id: x, source: sana}]", {"x": "reports/sana.yaml"}),
    ("documents: [{id: x, source: sohr}]", {"x": "reports/bbc.yaml"}),
    ("findings: [{claim: fled, document: bbc-1, stance: supports}]", {"bbc-1/fled": "said/findings.yaml"}),
    ("findings: [{claim: fled, document: bbc-2, stance: supports}]", {"bbc-2/fled": "reports/bbc.yaml"}),
    ("findings: [{claim: fled, document: sana-1, stance: supports}]", {"sana-1/fled": "reports/sana.yaml"}),
    ("statements: [{claim: fled, document: bbc-1, speaker: quill}]", {"bbc-1/fled/quill": "said/findings.yaml"}),
    ("documents: [{id: x, source: sana}]\nfindings: [{claim: fled, document: x, stance: supports}]",
     {"x": "reports/sana.yaml", "x/fled": "reports/sana.yaml"}),
    ("parties: [{id: x, name: X}]", {"x": "additions.yaml"}),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), LANDS, ids=[text for text, _ in LANDS])
def test_an_entry_lands_beside_what_it_belongs_to(text: str, expected: dict[str, str], tmp_path: Path) -> None:
    made = prepared(tmp_path, text)
    assert {effect.id: effect.file for effect in made.plan.effects} == expected
    assert set(made.after) == set(expected.values())


@pytest.mark.parametrize("into", ["sources/few.yaml", "new/folder/x.yml", "./claims.yaml"])
def test_everything_lands_in_the_file_that_was_named(into: str, tmp_path: Path) -> None:
    made = prepared(tmp_path, "sources: [{id: x, name: X}]\nclaims: [{id: y, text: Y}]", into=into)
    assert set(made.after) == {into.removeprefix("./")}


OUTSIDE = (
    "../x.yaml", "/x.yaml", ".x.yaml", "a/.b/x.yaml", "x.txt", "other/x.yaml", "case.yaml/x.yaml", "new/case.yaml",
    "a\\b.yaml", "C:x.yaml", "sources", "link.yaml", "x\u202e.yaml", "",
)  # fmt: skip


@pytest.mark.parametrize("into", OUTSIDE)
def test_a_file_that_is_none_of_a_case_is_refused(into: str, tmp_path: Path) -> None:
    folder = laid_out(tmp_path, SPLIT, sound=False)
    (folder / "other").mkdir()
    (folder / "other" / "case.yaml").write_text("case: other\ntitle: Other\n")
    (folder / "link.yaml").symlink_to(folder / "claims.yaml")
    with pytest.raises(BadRequest, match="--into"):
        addition(reading_of(folder, cache=False), {"new.yaml": b"claims: [{id: y, text: Y}]"}, into=into, cache=False)


def test_an_update_changes_the_keys_that_differ_and_no_others(tmp_path: Path) -> None:
    text = "sources: [{id: bbc, name: BBC, reliability: B, reason: because}]"
    own = "sources:\n  # theirs\n  - id: bbc  # ours\n    name: 'BBC'\n    owner: State\n"
    files = SPLIT | {"sources/many.yaml": own + "  - {id: sohr, name: SOHR}\n"}
    with pytest.raises(CaseProblems):
        prepared(tmp_path, text, files)
    made = prepared(tmp_path, text, files, is_update=True)
    assert [(field.key, field.before, field.after) for field in made.plan.effects[0].fields] == [
        ("reliability", "F", "B"), ("reason", None, "because"),
    ]  # fmt: skip
    after = (made.after["sources/many.yaml"] or b"").decode()
    assert after.startswith(own)
    assert "reliability: B" in after
    assert "reason: because" in after


def test_everything_wrong_is_told_at_once_with_its_place(tmp_path: Path) -> None:
    text = "sources:\n  - {id: bbc, name: Beeb}\n  - {id: X, name: X}\n"
    text += "documents:\n  - {id: d, source: nobody}\n  - {sorce: bbc}\n"
    with pytest.raises(CaseProblems) as caught:
        prepared(tmp_path, text)
    told = [f"{problem.file}:{problem.line}:{problem.column} {problem.code}" for problem in caught.value.problems]
    assert told == [
        "new.yaml:2:21 conflicting-entry",
        "new.yaml:3:10 bad-id",
        "new.yaml:5:21 unknown-source",
        "new.yaml:6:5 missing-key",
        "new.yaml:6:5 missing-key",
        "new.yaml:6:6 unknown-key",
    ]
    assert [str(place) for place in caught.value.problems[0].also] == ["sources/many.yaml:2:21"]


def test_what_an_addition_changes_is_told_with_its_cause(tmp_path: Path) -> None:
    made = prepared(tmp_path, "findings: [{claim: fled, document: bbc-1, stance: supports, basis: witnessed}]")
    assert made.plan.what == "add 1 finding"
    assert [change.claim for change in made.plan.changes] == ["fled"]


FAR: dict[str, tuple[dict[str, str | bytes], str, set[str]]] = {
    "a later document, by which a prediction is due": (
        {"more.yaml": "claims: [{id: fall, text: It falls, kind: prediction, due: 2015-06}]\nfindings:\n"
         "  - {claim: fall, document: bbc-1, stance: supports, basis: witnessed}\n"},
        "documents: [{id: late, source: bbc, published: 2016}]",
        {"fall"},
    ),
    "an owner that two sources name": (
        {"more.yaml": "sources:\n  - {id: a, name: A, owner: holding, reliability: B}\n"
         "  - {id: b, name: B, owner: The Holding, reliability: B}\n"
         "documents: [{id: a-1, source: a}, {id: b-1, source: b}]\nfindings:\n"
         "  - {claim: fled, document: a-1, stance: supports, basis: witnessed}\n"
         "  - {claim: fled, document: b-1, stance: supports, basis: witnessed}\n"},
        "sources: [{id: holding, name: The Holding, owner: The Holding}]",
        {"fled"},
    ),
    "a document on which nothing rests": ({}, "documents: [{id: late, source: bbc, published: 2016}]", set()),
}  # fmt: skip


@pytest.mark.parametrize(("more", "text", "expected"), FAR.values(), ids=list(FAR))
def test_what_an_addition_does_to_claims_that_it_does_not_speak_of_is_told(
    more: dict[str, str | bytes], text: str, expected: set[str], tmp_path: Path
) -> None:
    made = prepared(tmp_path, text, SOUND | more)
    assert {change.claim for change in made.plan.changes} == expected


def test_a_large_case_is_not_read_again_and_comes_to_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    text = (
        "sources: [{id: x, name: X, reliability: B}, {id: bbc, reliability: A}]\n"
        "documents: [{id: d, source: x, published: 2015}]\n"
        "findings: [{claim: fled, document: d, stance: supports, basis: witnessed}]"
    )
    small = prepared(tmp_path, text, is_update=True)
    monkeypatch.setattr(Bench, "is_large", True)
    large = prepared(tmp_path, text, is_update=True)
    assert large == small


def test_an_entry_is_taken_out(tmp_path: Path) -> None:
    made = removal(reading(tmp_path), "bbc-1/area", cache=False)
    assert made.plan.what == "remove 1 finding"
    assert b"bbc-1" not in (made.after["said/findings.yaml"] or b"")


def test_what_others_refer_to_is_kept_and_they_are_named_with_their_places(tmp_path: Path) -> None:
    with pytest.raises(InUse) as caught:
        removal(reading(tmp_path), "bbc", cache=False)
    assert caught.value.uses == (
        "reports/bbc.yaml:2:5: document bbc-1",
        "reports/bbc.yaml:3:5: document bbc-2",
        "said/findings.yaml:2:5: finding bbc-1/area",
    )
    assert "2 documents, 1 finding refer to the source 'bbc'" in str(caught.value)


def test_what_cannot_stand_without_an_entry_goes_with_it(tmp_path: Path) -> None:
    made = removal(reading(tmp_path), "bbc", with_references=True, cache=False)
    assert [(effect.section, effect.id, effect.fate) for effect in made.plan.effects] == [
        ("sources", "bbc", "removed"), ("documents", "bbc-1", "removed"), ("documents", "bbc-2", "removed"),
        ("findings", "bbc-1/area", "removed"),
    ]  # fmt: skip


def test_what_only_names_an_entry_stays_and_names_it_no_longer(tmp_path: Path) -> None:
    files = SOUND | {
        "more.yaml": "findings:\n  - {id: f, claim: fled, document: sana-1, stance: supports, relies_on: [sohr]}\n"
        "  - {id: g, claim: fled, document: sana-1, stance: supports, relies_on: [bbc, sohr]}\n"
    }
    made = removal(reading(tmp_path, files), "sohr", with_references=True, cache=False)
    fields = {effect.id: effect.fields for effect in made.plan.effects}
    assert [(one.key, one.before, one.after) for id_ in ("bbc-1", "f", "g") for one in fields[id_]] == [
        ("relies_on", "sohr", None), ("relies_on", "sohr", None), ("relies_on", "bbc, sohr", "bbc"),
    ]  # fmt: skip
    after = (made.after["more.yaml"] or b"").decode()
    assert "relies_on: []" in after
    assert "relies_on: [bbc]" in after
    assert b"relies_on" not in (made.after["base.yaml"] or b"")


@pytest.mark.parametrize(
    ("change", "error", "words"),
    [
        (lambda r: removal(r, "bcb", cache=False), NotFound, "did you mean 'bbc'"),
        (lambda r: removal(r, "twin", cache=False), BadRequest, "say sources/twin or claims/twin"),
        (lambda r: renaming(r, "twin", "x", cache=False), BadRequest, "say sources/twin or claims/twin"),
        (lambda r: renaming(r, "bbc", "sana-1", cache=False), BadRequest, "a document called 'sana-1' already, at "),
        (lambda r: renaming(r, "bbc", "BBC World", cache=False), BadRequest, "bbc-world"),
        (lambda r: renaming(r, "bbc", "null", cache=False), BadRequest, "reads it as nothing"),
        (lambda r: renaming(r, "bbc", "acme", cache=False), BadRequest, "the name of an owner"),
        (lambda r: renaming(r, "sana-1/area", "x", cache=False), BadRequest, "has no id of its own"),
        (lambda r: retraction(r, "bbc", date="2015", reason="x", cache=False), NotFound, "no document is called 'bbc'"),
        (lambda r: retraction(r, "bbc-1", date="2015-02-30", reason="x", cache=False), BadRequest, "--date"),
        (lambda r: retraction(r, "bbc-1", date="2015", reason=" ", cache=False), BadRequest, "--reason"),
        (lambda r: retraction(r, "gone", date="2016", reason="x", cache=False), BadRequest, "retracted already, at"),
    ],
)
def test_what_makes_no_sense_is_refused_with_the_way_out(
    change: Callable[[Reading], Prepared], error: type[Exception], words: str, tmp_path: Path
) -> None:
    files = SOUND | {
        "more.yaml": "sources: [{id: twin, name: Twin, owner: acme}]\nclaims: [{id: twin, text: Twin}]\n"
        "documents: [{id: gone, source: bbc, retracted: 2015 wrong}]"
    }
    with pytest.raises(error, match=words.replace("(", r"\(")):
        change(reading(tmp_path, files))


def test_an_id_is_renamed_wherever_it_stands(tmp_path: Path) -> None:
    more = (
        '# sohr\nsources:\n  - {id: x, name: sohr, owner: sohr}\nspeakers:\n  - {id: z, name: Z, voice: "sohr"}\n'
        "findings:\n  - {claim: fled, document: bbc-1, stance: mentions, relies_on: [sana, 'sohr'], note: sohr}\n"
    )
    made = renaming(reading(tmp_path, SOUND | {"more.yaml": more}), "sohr", "observatory", cache=False)
    expected = {"more.yaml": more, "base.yaml": str(SOUND["base.yaml"])}
    for old in ("owner: sohr", '"sohr"', "'sohr'", "id: sohr", "relies_on: sohr"):
        new = old.replace("sohr", "observatory")
        expected = {name: text.replace(old, new) for name, text in expected.items()}
    assert {name: (data or b"").decode() for name, data in made.after.items()} == expected
    assert made.plan.changes == ()


def test_an_entry_is_named_with_its_section_where_its_id_stands_twice(tmp_path: Path) -> None:
    files = SOUND | {"more.yaml": "claims: [{id: bbc, text: It is}]\n"}
    made = renaming(reading(tmp_path, files), "claims/bbc", "x", cache=False)
    assert set(made.after) == {"more.yaml"}
    assert renaming(reading(tmp_path, files), "bbc", "x", section="claims", cache=False) == made


@pytest.mark.parametrize(
    ("date", "reason", "written"),
    [
        ("2015-06-01", "wrong figure", "retracted: 2015-06-01 wrong figure"),
        ("c. 2015", "wrong: all of it", "retracted: {date: c. 2015, reason: "),
        ("2015-06", "two\nlines", "retracted: "),
    ],
)
def test_a_withdrawal_is_written_into_the_document(date: str, reason: str, written: str, tmp_path: Path) -> None:
    made = retraction(reading(tmp_path), "bbc-2", date=date, reason=reason, cache=False)
    assert written in (made.after["reports/bbc.yaml"] or b"").decode()
    (tmp_path / "reports/bbc.yaml").write_bytes(made.after["reports/bbc.yaml"] or b"")
    case = reading_of(tmp_path, cache=False).case
    assert case is not None
    retracted = {document.id: document.retracted for document in case.documents}["bbc-2"]
    assert retracted is not None
    assert (retracted.date.written, retracted.reason) == (date, reason)
    assert retraction(reading_of(tmp_path, cache=False), "bbc-2", date=date, reason=reason, cache=False).plan.is_idle


def test_counts_are_told_in_the_order_of_sections() -> None:
    assert counted(["findings", "parties", "findings"]) == "1 party, 2 findings"
