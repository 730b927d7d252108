"""Policies: the default one, what a case changes, what an option changes instead."""

from __future__ import annotations

from pathlib import Path

import pytest

from claims.model.errors import BadRequest
from claims.read.case import read_case
from claims.read.policy import default_policy, read_policy
from tests.read.folders import laid_out, read


def test_the_default_policy_is_the_one_that_ships() -> None:
    policy = default_policy()
    assert (policy.policy, policy.prior, policy.probability["B"][2]) == ("default-1", 0.5, 0.9)


@pytest.mark.parametrize(("changes", "name", "prior"), [
    ("", "default-1", 0.5),
    ("policy: {}", "default-1", 0.5),
    ("policy: {prior: 0.5}", "default-1", 0.5),
    ("policy: {prior: 0.4}", "default-1+test", 0.4),
    ("policy: {policy: strict, prior: 0.4}", "strict", 0.4),
    ("policy: {policy: renamed}", "renamed", 0.5),
])  # fmt: skip
def test_what_a_case_changes_gives_the_policy_a_name(changes: str, name: str, prior: float, tmp_path: Path) -> None:
    case, _ = read(tmp_path, {"case.yaml": f"case: test\n{changes}\n"})
    assert case is not None
    assert (case.policy.policy, case.policy.prior) == (name, prior)


def test_one_cell_of_a_table_can_be_changed(tmp_path: Path) -> None:
    case, _ = read(
        tmp_path,
        {"case.yaml": "case: test\npolicy: {probability: {B: {2: 0.85}}, credibility: {single-source: {at: 0.7}}}\n"},
    )
    assert case is not None
    assert case.policy.probability["B"] == {2: 0.85, 3: 0.82, 4: 0.68, 5: 0.56}
    assert case.policy.credibility.single_source.above == 2


def test_an_option_replaces_what_the_case_changes(tmp_path: Path) -> None:
    laid_out(tmp_path, {"case.yaml": "case: test\npolicy: {prior: 0.4, partly: 0.3}\n"})
    (tmp_path / "mild.txt").write_text("prior: 0.6\n")
    case, _ = read_case(tmp_path, policy=tmp_path / "mild.txt", cache=False)
    assert case is not None
    assert (case.policy.policy, case.policy.prior, case.policy.partly) == ("default-1+mild", 0.6, 0.5)


@pytest.mark.parametrize(("text", "expected"), [
    ("prior: 2\n", (1, 8, "bad-value")), ("priro: 0.5\n", (1, 1, "unknown-key")), ("a: b: c\n", (1, 5, "yaml-syntax")),
    ("", (1, 1, "empty-file")), ("- a\n", (1, 1, "not-a-mapping")), ("corroborated: {groups: two}\n", (1, 24, "bad-value")),
    ("corroborated: 3\n", (1, 15, "bad-value")), ("prior: 0.5\nprior: 0.6\n", (2, 1, "duplicate-key")),
])  # fmt: skip
def test_a_policy_file_has_problems_like_any_other(text: str, expected: tuple[int, int, str], tmp_path: Path) -> None:
    laid_out(tmp_path / "case", {})
    path = tmp_path / "p.yaml"
    path.write_text(text)
    case, problems = read_case(tmp_path / "case", policy=path, cache=False)
    assert case is None
    assert [(p.file, p.line, p.column, p.code) for p in problems if p.severity == "error"] == [(str(path), *expected)]
    assert read_policy(path)[0] is None


@pytest.mark.parametrize("name", ["nowhere.yaml", "."])
def test_a_policy_that_is_not_there_is_a_wrong_request(name: str, tmp_path: Path) -> None:
    laid_out(tmp_path, {})
    with pytest.raises(BadRequest):
        read_case(tmp_path, policy=tmp_path / name)


def test_a_policy_file_that_is_called_like_a_file_of_the_case_is_told_apart(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    laid_out(tmp_path / "case", {"more.yaml": "claims:\n  - {id: X, text: t}\n"})
    (tmp_path / "more.yaml").write_text("prior: 2\n")
    monkeypatch.chdir(tmp_path)
    _, problems = read_case(tmp_path / "case", policy=Path("more.yaml"), cache=False)
    assert [(p.file, p.line, p.source) for p in problems] == [
        (str(tmp_path / "more.yaml"), 1, "prior: 2"),
        ("more.yaml", 2, "  - {id: X, text: t}"),
    ]
