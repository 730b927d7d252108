"""The cache: what it gives is what a fresh reading gives, or it gives nothing."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings

from claims.read import assembly, cache
from claims.read.case import read_case
from claims.read.digest import sha256_of
from tests.read.folders import Files, laid_out
from tests.read.writing import sections_as_yaml
from tests.strategies import sections

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from claims.model.case import Case
    from claims.model.problem import Problem

RICH: Files = {
    "case.yaml": "case: test\ntitle: Rich\nabout: all\npolicy: {prior: 0.4, credibility: {single-source: {at: 0.7}}}\n",
    "t.txt": "300 kilometres",
    "more.yaml": f"""\
sources:
  - {{id: twin, name: bbc}}
documents:
  - {{id: d, source: bbc, text: t.txt, retracted: 2015-06 wrong, language: [en, ar], inferred: true}}
  - {{id: e, source: bbc, text: t.txt, sha256: {sha256_of(b"300 kilometres")}, same_text_as: d}}
claims:
  - {{id: c, text: t, quantity: about 13–20 dead, when: c. 2015, favours: [], harms: rebel, searches: [a, {{where: b, date: 2015}}]}}
  - {{id: p, text: t, kind: promise, quantity: more than 3 km}}
findings:
  - {{claim: c, document: d, value: up to 20 dead, relies_on: [], credibility: 1, stance: repeats}}
""",
}


@pytest.fixture
def place(tmp_path: Path) -> Path:
    return laid_out(tmp_path / "case", RICH)


def read(place: Path, store: Path) -> tuple[Case | None, tuple[Problem, ...]]:
    return read_case(place, cache_dir=store)


@pytest.fixture
def no_reading(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise AssertionError("the case was read again")

    monkeypatch.setattr(assembly, "assembled", fail)


def same(one: Case | None, other: Case | None) -> bool:
    if one is None or other is None:
        return False
    entries = [
        [*c.parties, *c.sources, *c.speakers, *c.documents, *c.claims, *c.statements, *c.findings] for c in (one, other)
    ]
    return (
        one == other and repr(one) == repr(other) and one.policy.as_data() == other.policy.as_data()
        and [e.model_fields_set for e in entries[0]] == [e.model_fields_set for e in entries[1]]
        and [e.model_dump() for e in entries[0]] == [e.model_dump() for e in entries[1]]
        and [hash(e) for e in entries[0]] == [hash(e) for e in entries[1]]
        and dict(one.places) == dict(other.places)
    )  # fmt: skip


def test_what_is_kept_is_the_case_as_it_was_read(place: Path, tmp_path: Path, request: pytest.FixtureRequest) -> None:
    fresh, problems = read(place, tmp_path / "store")
    request.getfixturevalue("no_reading")
    again, kept_problems = read(place, tmp_path / "store")
    assert same(fresh, again)
    assert problems == kept_problems
    assert any(problem.also for problem in problems)


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(entries=sections())
def test_any_case_is_kept_as_it_was_read(
    entries: dict[str, list[dict[str, object]]], tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("kept")
    case = laid_out(folder / "case", {"case.yaml": "case: test\n", "all.yaml": sections_as_yaml(entries)}, sound=False)
    fresh, problems = read(case, folder / "store")
    again, again_problems = read(case, folder / "store")
    assert problems == again_problems
    assert (fresh is None and again is None) or same(fresh, again)


@pytest.mark.parametrize("change", ["byte", "text", "new file", "removed file", "renamed file", "same length"])
def test_whatever_changes_is_read_again(change: str, place: Path, tmp_path: Path) -> None:
    first, _ = read(place, tmp_path / "store")
    more = place / "more.yaml"
    state = more.stat()
    changes: dict[str, Callable[[], object]] = {
        "byte": lambda: more.write_text(more.read_text() + "#"),
        "text": lambda: (place / "t.txt").write_text("other"),
        "new file": lambda: (place / "new.yaml").write_text("claims: [{id: new, text: t}]"),
        "removed file": more.unlink,
        "renamed file": lambda: more.rename(place / "moved.yaml"),
        "same length": lambda: more.write_text(more.read_text().replace("13–20", "13–21")),
    }
    changes[change]()
    if more.exists():
        os.utime(more, ns=(state.st_atime_ns, state.st_mtime_ns))
    again, problems = read(place, tmp_path / "store")
    fresh, fresh_problems = read_case(place, cache=False)
    assert again != first
    assert (again, problems) == (fresh, fresh_problems)


def test_a_case_that_was_moved_is_the_same_elsewhere(place: Path, tmp_path: Path) -> None:
    read(place, tmp_path / "store")
    moved = place.rename(tmp_path / "moved")
    case, _ = read(moved, tmp_path / "store")
    assert case is not None
    assert case.folder == moved


def _kept(store: Path) -> Path:
    (path,) = store.glob("*.json")
    return path


@pytest.mark.parametrize(
    "damage", ["emptied", "cut", "flipped", "other form", "readable by others", "a link", "a folder", "forged"]
)
def test_what_is_damaged_or_not_ours_is_read_again(damage: str, place: Path, tmp_path: Path) -> None:
    store = tmp_path / "store"
    fresh, _ = read(place, store)
    path = _kept(store)
    body = path.read_bytes()
    foreign = body.replace(b'"Rich"', b'"Fake"')
    if damage in {"a link", "a folder"}:
        path.unlink()
        (tmp_path / "foreign").write_bytes(foreign)
        path.mkdir() if damage == "a folder" else path.symlink_to(tmp_path / "foreign")
    elif damage == "readable by others":
        path.write_bytes(
            cache.MAGIC + sha256_of(foreign.partition(b"\n")[2]).encode() + b"\n" + foreign.partition(b"\n")[2]
        )
        path.chmod(0o644)
    else:
        payload = b'{"id": 1}'
        path.write_bytes({
            "emptied": b"", "cut": body[:-10], "flipped": foreign, "other form": b"claims-case-0 x\n{}",
            "forged": cache.MAGIC + sha256_of(payload).encode() + b"\n" + payload,
        }[damage])  # fmt: skip
    assert same(read(place, store)[0], fresh)


def test_a_store_that_others_may_write_to_is_not_used(place: Path, tmp_path: Path) -> None:
    store = tmp_path / "store"
    store.mkdir()
    store.chmod(0o777)
    read(place, store)
    assert list(store.iterdir()) == []


def test_what_is_kept_is_for_its_user_alone(place: Path, tmp_path: Path) -> None:
    read(place, tmp_path / "store")
    assert (tmp_path / "store").stat().st_mode & 0o777 == 0o700
    assert _kept(tmp_path / "store").stat().st_mode & 0o777 == 0o600


def test_a_store_that_cannot_be_written_is_no_error(place: Path, tmp_path: Path) -> None:
    (tmp_path / "store").write_text("a file")
    assert read(place, tmp_path / "store")[0] is not None


def test_a_case_with_errors_is_not_kept(place: Path, tmp_path: Path) -> None:
    (place / "bad.yaml").write_text("claims: [{id: X}]")
    read(place, tmp_path / "store")
    assert not (tmp_path / "store").exists()


def test_what_was_not_used_for_longest_is_dropped(place: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cache, "KEPT", 3)
    for n in range(5):
        (place / "n.yaml").write_text(f"# {n}")
        read(place, tmp_path / "store")
    assert len(list((tmp_path / "store").glob("*.json"))) == 3


def test_another_policy_is_another_case(place: Path, tmp_path: Path) -> None:
    option = tmp_path / "strict.yaml"
    option.write_text("prior: 0.3\n")
    read(place, tmp_path / "store")
    case, _ = read_case(place, policy=option, cache_dir=tmp_path / "store")
    assert case is not None
    assert (case.policy.policy, case.policy.prior) == ("default-1+strict", 0.3)
    option.write_text("prior: 0.2\n")
    case, _ = read_case(place, policy=option, cache_dir=tmp_path / "store")
    assert case is not None
    assert case.policy.prior == 0.2


def test_an_unchanged_case_needs_no_parser(place: Path, tmp_path: Path) -> None:
    read(place, tmp_path / "store")
    code = (
        "import sys; from pathlib import Path; from claims.read.case import read_case; "
        "case, _ = read_case(Path(sys.argv[1]), cache_dir=Path(sys.argv[2])); assert case; "
        "print(*{'yaml', 'pint', 'rapidfuzz', 'pandas', 'confusable_homoglyphs'} & set(sys.modules))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(place), str(tmp_path / "store")], capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == ""
