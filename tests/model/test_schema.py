"""What an editor marks as wrong must be wrong, and what the reader takes an editor must take."""

from __future__ import annotations

import json
import re
from functools import cache
from typing import TYPE_CHECKING, Any

import jsonschema
import pytest
import yaml

from claims import shipped_case
from claims.cases import check
from claims.cli.main import main
from claims.model.entry import ID_PATTERN
from claims.model.schema import SECTIONS, Written, case_schema, policy_schema
from claims.present.problems import problems_schema
from claims.read.ledger import SECTIONS as READ_SECTIONS
from claims.read.policy import default_bytes
from claims.write.init import write_example

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


class Loader(yaml.SafeLoader):
    """YAML as editors read it: dates are text."""


Loader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if not tag.endswith((":timestamp", ":bool"))]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}
Loader.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile("true|false"), list("tf"))


@cache
def validator(schema: Callable[[], dict[str, Any]]) -> Any:
    """What checks against a schema."""
    return jsonschema.Draft202012Validator(schema())


def read(text: str | bytes) -> Any:
    """What an editor sees in a file."""
    return yaml.load(text, Loader)  # noqa: S506 - a SafeLoader


def mistakes(text: str) -> list[str]:
    """What an editor would mark in a file."""
    return [f"{error.json_path}: {error.message}" for error in validator(case_schema).iter_errors(read(text))]


def test_the_schema_has_the_sections_that_the_reader_reads() -> None:
    assert {name: model for name, model, _ in SECTIONS} == dict(READ_SECTIONS)


@pytest.mark.parametrize("path", sorted(shipped_case().rglob("*.yaml")), ids=lambda path: path.name)
def test_the_shipped_case_has_no_mistakes_in_an_editor(path: Path) -> None:
    assert mistakes(path.read_text("utf-8")) == []


def test_the_example_has_no_mistakes_in_an_editor(tmp_path: Path) -> None:
    write_example(tmp_path / "example")
    assert [mistakes(path.read_text("utf-8")) for path in (tmp_path / "example").glob("*.yaml")] == [[]] * 4


def test_the_default_policy_has_no_mistakes_in_an_editor() -> None:
    whole = json.loads(json.dumps(read(default_bytes())))
    assert list(validator(policy_schema).iter_errors(whole)) == []


TAKEN = [
    "sources: [{id: a, name: NO}]",
    "sources: [{id: 2015, name: 010, owner: 7, language: en, aliases: [a, 1]}]",
    "sources: [{id: منبع-یک, name: b, reliability: , reason: }]",
    "sources: ",
    "claims: [{id: a, text: b, when: 2015, due: 2015-05, quantity: 300, favours: x, searches: the archive}]",
    "claims: [{id: a, text: b, searches: [the archive, {where: the web, date: 2015-05-16}], quantity: '13–20 dead'}]",
    "documents: [{id: a, source: b, relies_on: c, retracted: 2015-06-01 wrong figure, inferred: true}]",
    "documents: [{id: a, source: b, relies_on: [c, d], retracted: {date: 2015, reason: wrong}}]",
    "findings: [{claim: a, document: b, stance: partly-supports, basis: own-sources, credibility: 3, relies_on: []}]",
    "findings: [{claim: a, document: b, credibility: '3', value: 300 m²}]",
    "case: a\npolicy: {corroborated: {groups: 3}, credibility: {single-source: {at: 0.7}}}",
]


@pytest.mark.parametrize("text", TAKEN)
def test_short_and_odd_forms_are_taken(text: str) -> None:
    assert mistakes(text) == []


REFUSED = [
    "souces: []",
    "sources: [{id: a}]",
    "sources: [{id: a, name: b, relability: B}]",
    "sources: [{id: a, name: b, reliability: G}]",
    "sources: [{id: A, name: b}]",
    "sources: [{id: a b, name: b}]",
    "sources: {id: a, name: b}",
    "findings: [{claim: a, document: b, stance: confirms}]",
    "findings: [{claim: a, document: b, credibility: 7}]",
    "findings: [{claim: a, document: b, credibility: '7'}]",
    "claims: [{id: a, text: }]",
    "claims: [{id: a, text: b, when: [2015]}]",
    "policy: {corroborated: {groups: 0}}",
    "policy: {corroborate: {groups: 3}}",
]


@pytest.mark.parametrize("text", REFUSED)
def test_mistakes_are_marked(text: str) -> None:
    assert mistakes(text) != []


@pytest.mark.parametrize("text", [text for text in TAKEN if "policy" not in text])
def test_what_the_schema_takes_the_reader_takes(text: str, tmp_path: Path) -> None:
    """But for references to what the few entries here do not have, and figures that no claim asks for."""
    (tmp_path / "case.yaml").write_text("case: test\n")
    (tmp_path / "more.yaml").write_text(text, "utf-8")
    codes = {problem.code for problem in check(tmp_path, cache=False)}
    assert (
        codes & {"unknown-key", "missing-key", "bad-value", "bad-id", "bad-date", "bad-quantity", "not-a-list"} == set()
    )


def test_ids_that_the_reader_takes_the_schema_takes() -> None:
    assert Written().str_schema({"type": "str", "pattern": ID_PATTERN})["pattern"] != ID_PATTERN
    for name in ("a", "a-b.c", "2015", "نصرالله", "حزب-الله", "é", "日本"):
        assert mistakes(f"sources: [{{id: '{name}', name: b}}]") == []


def test_problems_as_json_keep_to_their_schema(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "case.yaml").write_text(
        "case: a\nclaims:\n  - {id: x, text: b, text: c}\n  - {id: x, texts: b}\nnonsense: 1\n"
    )
    assert main(["check", "--case", str(tmp_path), "--format", "json"]) == 1
    told = json.loads(capsys.readouterr().out)
    assert list(validator(problems_schema).iter_errors(told)) == []
    assert len(told["problems"]) >= 3
