"""A change that is committed and not finished is read as finished, and nothing is written."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from claims.read import files
from claims.read.contents import bytes_below
from claims.read.digest import sha256_of
from claims.read.journal import FileChange, Manifest, manifest_from
from tests.read.folders import read, told
from tests.write import actions

if TYPE_CHECKING:
    from pathlib import Path

OLD, NEW = b"claims:\n  - {id: old, text: O}\n", b"claims:\n  - {id: new, text: N}\n"
CHANGE = Manifest(
    "a change",
    "2026-01-01T00:00:00+00:00",
    (
        FileChange("more.yaml", sha256_of(OLD), sha256_of(NEW), "0.new"),
        FileChange("sub/made.yaml", None, sha256_of(b"# made\n"), "1.new"),
        FileChange("gone.yaml", sha256_of(b"claims: [broken\n"), None, None),
    ),
    ("sub",),
    "keep",
    1,
)
STAGED: dict[str, str | bytes] = {
    "more.yaml": OLD,
    "gone.yaml": b"claims: [broken\n",
    ".claims/journal/0.new": NEW,
    ".claims/journal/1.new": b"# made\n",
    ".claims/journal/manifest.json": CHANGE.as_json(),
}


def new_claims(folder: Path, laid: dict[str, str | bytes]) -> set[str]:
    case, problems = read(folder, laid)
    assert case is not None, problems
    return {claim.id for claim in case.claims} & {"old", "new"}


def test_a_manifest_reads_back_as_it_was_written() -> None:
    assert manifest_from(CHANGE.as_json()) == CHANGE


def test_a_committed_change_is_read_and_nothing_is_written(tmp_path: Path) -> None:
    assert new_claims(tmp_path, STAGED) == {"new"}
    found = {path.relative_to(tmp_path).as_posix(): path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}
    assert {name: data for name, data in found.items() if name in STAGED} == STAGED
    assert not (tmp_path / "sub").exists()


def test_what_is_in_its_place_already_is_read_there(tmp_path: Path) -> None:
    moved = {name: data for name, data in STAGED.items() if name not in {".claims/journal/0.new", "gone.yaml"}}
    assert new_claims(tmp_path, {**moved, "more.yaml": NEW}) == {"new"}


def test_a_change_that_is_not_committed_is_not_read(tmp_path: Path) -> None:
    waiting = {name: data for name, data in STAGED.items() if "manifest" not in name and name != "gone.yaml"}
    assert new_claims(tmp_path, waiting) == {"old"}


@pytest.mark.parametrize(
    ("laid", "expected"),
    [
        ({".claims/journal/0.new": b"# other\n"}, "more.yaml:1:1 unfinished-change"),
        ({"more.yaml": b"# edited\n"}, "more.yaml:1:1 unfinished-change"),
        ({"gone.yaml": b"# edited\n"}, "gone.yaml:1:1 unfinished-change"),
        ({".claims/journal/manifest.json": b"{}"}, ".claims/journal/manifest.json:1:1 unfinished-change"),
    ],
    ids=["another content", "an edit of a changed file", "an edit of a file that goes", "another manifest"],
)
def test_what_cannot_be_read_as_finished_is_told(laid: dict[str, str | bytes], expected: str, tmp_path: Path) -> None:
    assert expected in told(tmp_path, {**STAGED, **laid})


def test_a_change_that_is_made_while_the_case_is_read_is_read_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    actions.lay_out(tmp_path)
    made: list[str] = []

    def meanwhile(root: str, path: str, largest: int) -> bytes:
        data = bytes_below(root, path, largest)
        if not made:
            made.append(path)
            actions.change(tmp_path)
        return data

    monkeypatch.setattr("claims.read.files.bytes_below", meanwhile)
    found, _ = files.files_of(tmp_path)
    assert made == ["base.yaml"]
    expected = {path: data for path, data in {**actions.CASE, **actions.CHANGED}.items() if data is not None}
    assert {file.path: file.data for file in found} == expected
