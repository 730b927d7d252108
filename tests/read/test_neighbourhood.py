"""The check of a few new entries beside a case says what the check of the whole case would say of them."""

from __future__ import annotations

import tempfile
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.read.additions import additions_to
from claims.read.case import read_case, reading_of
from claims.read.characters import shown
from claims.read.ledger import Ledger, Row
from claims.read.neighbourhood import found_beside
from tests.read.folders import SOUND, laid_out, read
from tests.read.writing import sections_as_yaml
from tests.strategies import sections

if TYPE_CHECKING:
    from claims.model.problem import Problem
    from tests.cases import Sections

ADDED = "added.yaml"
BY_CHANCE = {"relied-in-circle"}
"""Of several circles in one knot either check tells one, and not the same one."""

TABLE = {
    "unknown-source": "documents: [{id: x, source: bcb}]",
    "unknown-reference": "documents: [{id: x, source: bbc, relies_on: [y]}]",
    "duplicate-id": "documents: [{id: bbc, source: bbc}]",
    "self-reference": "documents: [{id: x, source: bbc, relies_on: [x]}]",
    "no-stance": "findings: [{claim: fled, document: bbc-1}]",
    "undecided-value": "findings: [{claim: area, document: bbc-1, id: x, value: about 300 km²}, {id: z, claim: area, document: bbc-1, value: more than 10 km²}]",
    "stance-against-figures": "findings: [{id: x, claim: area, document: bbc-1, stance: contradicts, value: 300 km²}]",
    "same-document": "documents: [{id: x, source: bbc, url: 'http://m.bbc.example.org/1?utm_source=y'}]",
    "look-alike": "sources: [{id: x, name: SАNА}]",
    "relayed-from-nowhere": "findings: [{id: x, claim: area, document: sana-1, basis: relayed, stance: supports}]",
    "dates-out-of-order": "statements: [{claim: fled, speaker: nasrallah, document: sana-1, date: 2016}]",
    "odd-address": "documents: [{id: x, source: bbc, url: 'ftp://a.example'}]",
    "idle-key": "documents: [{id: x, source: bbc, same_text_as: bbc-1, relies_on: [sohr]}]",
    "missing-text": "documents: [{id: x, source: bbc, text: none.txt, sha256: %s}]" % ("0" * 64),
    "both-gain-and-lose": "claims: [{id: x, text: X, favours: [loyal], harms: [loyal]}]",
    "due-on-a-fact": "claims: [{id: x, text: X, due: 2016}]",
    "near-owner": "sources: [{id: x, name: X, owner: S.O.H.R}, {id: y, name: Y, owner: sohr.}]",
    "earned-credibility": "findings: [{id: x, claim: area, document: bbc-1, stance: supports, credibility: 1}]",
    "nothing": "documents: [{id: x, source: bbc, url: 'https://other.example/1'}]",
}


def quick(folder: Path, text: str) -> Counter[tuple[str, str, str]]:
    """Codes, severities and messages of what the quick check says of an addition."""
    case = reading_of(folder, cache=False).case
    assert case is not None
    added = additions_to(case, {ADDED: text.encode()})
    assert not [draft for draft in added.drafts if draft.severity == "error"]
    ledger = Ledger(broken=added.ledger.broken, unread=added.ledger.unread)
    for one in added.entries:
        ledger.rows(one.section).append(Row(one.joined, one.row.file, one.section, one.row.index))
    return Counter((draft.code, draft.severity, shown(draft.message)) for draft in found_beside(case, ledger))


def whole(folder: Path, text: str) -> Counter[tuple[str, str, str]]:
    """The same of what the whole check says with the addition as one more file, and did not say without it."""
    before = Counter(map(_told, read_case(folder, cache=False)[1]))
    (folder / "zz.yaml").write_text(text, "utf-8")
    try:
        problems = read_case(folder, cache=False)[1]
    finally:
        (folder / "zz.yaml").unlink()
    return Counter(map(_told, problems)) - before


def _told(problem: Problem) -> tuple[str, str, str]:
    return problem.code, problem.severity, problem.message


@pytest.mark.parametrize(("code", "text"), TABLE.items(), ids=list(TABLE))
def test_the_quick_check_says_what_the_whole_one_says(code: str, text: str, tmp_path: Path) -> None:
    said = quick(laid_out(tmp_path, SOUND), text)
    assert said == whole(tmp_path, text)
    assert code == "nothing" or code in {one for one, _, _ in said}


REFERRING = {
    "source",
    "party",
    "voice",
    "claim",
    "speaker",
    "document",
    "same_text_as",
    "relies_on",
    "allies",
    "favours",
}


@st.composite
def grown(draw: st.DrawFn) -> tuple[Sections, Sections]:
    """A valid case, and entries that are added to it, which refer to one another, to it, or to nothing."""
    before = draw(sections())
    for document in before["documents"]:
        original = document["same_text_as"]
        document["same_text_as"] = original if original and original < document["id"] else None
    for finding in before["findings"]:
        finding["basis"] = None if finding["basis"] == "relayed" else finding["basis"]
        finding["relies_on"] = tuple(one for one in finding["relies_on"] or () if one != finding["document"])
    before["statements"] = list({_said(entry): entry for entry in before["statements"]}.values())
    more: dict[str, list[dict[str, Any]]] = {}
    for name, entries in draw(sections(max_sources=3, max_documents=4, max_findings=5)).items():
        chosen = [entry for entry in entries if draw(st.integers(0, 3))]
        more[name] = [{key: _renamed(draw, key, value) for key, value in entry.items()} for entry in chosen]
    more["statements"] = [
        entry for entry in more["statements"] if _said(entry) not in set(map(_said, before["statements"]))
    ]
    return before, more


def _said(entry: dict[str, Any]) -> tuple[str, str, str]:
    return entry["document"], entry["claim"], entry["speaker"]


def _renamed(draw: st.DrawFn, key: str, value: Any) -> Any:
    if key == "id":
        return f"n{value}"
    if key not in REFERRING or value is None:
        return value
    if isinstance(value, tuple):
        return tuple(_renamed(draw, key, one) for one in value)
    return f"n{value}" if draw(st.booleans()) else value


@given(grown())
def test_on_any_case_the_quick_check_says_what_the_whole_one_says(given_: tuple[Sections, Sections]) -> None:
    before, more = given_
    with tempfile.TemporaryDirectory() as name:
        folder = laid_out(
            Path(name), {"case.yaml": "case: c\ntitle: T\n", "a.yaml": sections_as_yaml(before)}, sound=False
        )
        if read_case(folder, cache=False)[0] is None:
            return
        text = sections_as_yaml(more)
        told = [Counter(said(folder, text)) for said in (quick, whole)]
        for one in [one for found in told for one in found if one[0] in BY_CHANCE]:
            del told[0][one], told[1][one]
        assert told[0] == told[1]


CHANGES = {
    "a document that is no longer relied on": (
        "documents: [{id: bbc-1, relies_on: []}]",
        "findings: [{id: f, claim: area, document: bbc-1, basis: relayed, stance: supports}]",
        {"relayed-from-nowhere"},
    ),
    "a claim with another figure": (
        "claims: [{id: fled, quantity: 5 tanks}]",
        "findings: [{id: f, claim: fled, document: bbc-1, value: 9 tanks, stance: supports}]",
        {"stance-against-figures"},
    ),
    "a document that becomes a copy in a circle": (
        "documents: [{id: bbc-1, same_text_as: other}]",
        "documents: [{id: other, source: bbc, same_text_as: bbc-1}]",
        {"circle", "idle-key"},
    ),
    "nothing that matters": ("documents: [{id: bbc-1, title: T}]", "claims: [{id: g, text: G}]", set()),
}


@pytest.mark.parametrize(("text", "more", "codes"), CHANGES.values(), ids=list(CHANGES))
def test_what_becomes_wrong_with_others_by_a_change_is_told(
    text: str, more: str, codes: set[str], tmp_path: Path
) -> None:
    folder = laid_out(tmp_path, {**SOUND, "more.yaml": more})
    assert {code for code, _, _ in quick(folder, text)} == codes


def test_what_a_broken_addition_refers_to_is_told_as_well(tmp_path: Path) -> None:
    case, _ = read(tmp_path, "")
    assert case is not None
    data = b"documents:\n  - {id: d9, source: nnia, published: 2024-02-30}\n"
    added = additions_to(case, {"new.yaml": data})
    told = [*added.drafts, *found_beside(case, added.ledger)]
    assert sorted(draft.code for draft in told) == ["bad-date", "unknown-source"]
