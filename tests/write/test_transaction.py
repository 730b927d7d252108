"""Many files changed as one, taken back as one, and nobody's work lost."""

from __future__ import annotations

import errno
import json
import multiprocessing
import os
import time
from typing import TYPE_CHECKING

import pytest

from claims.model.errors import BadRequest, NoCase
from claims.read.case import read_case
from claims.read.files import contents
from claims.read.journal import COMMITTED, JOURNAL
from claims.write.lock import LOCK, locked
from claims.write.staging import MOST_RECORDS
from claims.write.transaction import commit, finish, next_undo, transaction, undo, undoable
from tests.read.folders import told
from tests.write import actions
from tests.write.crashes import killed_at

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def case(tmp_path: Path) -> Path:
    """A small case, as it is before the change."""
    folder = tmp_path / "case"
    folder.mkdir()
    actions.lay_out(folder)
    return folder


def files(folder: Path) -> dict[str, bytes]:
    """Every file of the case, but for those of ours."""
    found = (path for path in folder.rglob("*") if path.is_file() and ".claims" not in path.parts)
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in found}


def test_a_change_puts_replaces_and_takes_out_files_and_is_taken_back_to_the_byte(case: Path) -> None:
    before = files(case)
    actions.change(case)
    assert files(case) == {path: data for path, data in {**actions.CASE, **actions.CHANGED}.items() if data is not None}
    assert next_undo(case)[::2] == ("a change", ("base.yaml", "new/claims.yaml", "old.yaml"))
    assert undo(case).what == "a change"
    assert files(case) == before
    assert not (case / "new").exists()


def test_the_last_changes_are_taken_back_one_after_the_other_and_only_so_many_are_kept(case: Path) -> None:
    texts = [f"case: test\ntitle: {n}\n".encode() for n in range(MOST_RECORDS + 3)]
    (case / "case.yaml").write_bytes(texts[0])
    for n in range(1, len(texts)):
        commit(case, {"case.yaml": texts[n - 1]}, {"case.yaml": texts[n]}, f"change {n}")
    assert [change.what for change in undoable(case)] == [f"change {n}" for n in range(len(texts) - 1, 2, -1)]
    for n in range(MOST_RECORDS):
        assert undo(case).what == f"change {len(texts) - 1 - n}"
        assert (case / "case.yaml").read_bytes() == texts[len(texts) - 2 - n]
    with pytest.raises(BadRequest, match=r"no change of .* can be taken back"):
        undo(case)


def test_a_change_that_changes_nothing_is_none(case: Path) -> None:
    commit(case, actions.CASE, {"base.yaml": actions.CASE["base.yaml"], "nowhere.yaml": None}, "nothing")
    assert undoable(case) == ()


def test_permissions_stay(case: Path) -> None:
    (case / "base.yaml").chmod(0o640)
    actions.change(case)
    assert (case / "base.yaml").stat().st_mode & 0o777 == 0o640
    undo(case)
    assert (case / "base.yaml").stat().st_mode & 0o777 == 0o640


def test_git_is_told_to_leave_our_files_alone_and_the_schema_stays(case: Path) -> None:
    (case / ".claims").mkdir()
    (case / ".claims" / "case.schema.json").write_text("{}")
    actions.change(case)
    assert (case / ".claims" / "case.schema.json").read_text() == "{}"
    ignored = (case / ".claims" / ".gitignore").read_text().split("\n")
    assert {"/journal/", "/undo/", "/lock"} < set(ignored)


@pytest.mark.parametrize("path", ["base.yaml", "case.yaml"])
def test_a_file_that_changed_meanwhile_is_not_written_over(path: str, case: Path) -> None:
    (case / path).write_text("edited by hand\n")
    before = files(case)
    with pytest.raises(BadRequest, match=f"{path} has changed meanwhile: nothing was written"):
        actions.change(case)
    assert files(case) == before


def test_a_file_that_is_new_must_not_be_there(case: Path) -> None:
    with pytest.raises(BadRequest, match=r"base\.yaml has changed meanwhile"):
        commit(case, {}, {"base.yaml": b""}, "over it")


def test_nothing_is_taken_back_where_a_file_changed_since_and_the_file_is_named(case: Path) -> None:
    actions.change(case)
    (case / "base.yaml").write_text("edited by hand\n")
    (case / "new" / "claims.yaml").unlink()
    before = files(case)
    for look in (undo, next_undo):
        with pytest.raises(
            BadRequest, match=r"^base\.yaml, new/claims\.yaml have changed since 'a change': nothing was"
        ):
            look(case)
    assert files(case) == before


def test_what_was_kept_and_is_no_longer_what_it_was_is_not_brought_back(case: Path) -> None:
    actions.change(case)
    (kept,) = (path for path in case.glob(".claims/undo/*/*.old") if b"bbc" in path.read_bytes())
    kept.write_text("something else")
    with pytest.raises(BadRequest, match="is not what it was"):
        undo(case)


@pytest.mark.parametrize(
    "path",
    ["../out.yaml", "/etc/passwd", ".claims/lock", "a/../b.yaml", "", "a//b.yaml", ".hidden", "a\\b", "nul\0"],
)
def test_a_path_that_leads_out_or_to_what_is_hidden_is_refused(path: str, case: Path) -> None:
    with pytest.raises(BadRequest, match="is no path of a file in a case"):
        commit(case, {}, {path: b""}, "odd")


def test_links_are_refused_and_what_they_lead_to_stays(case: Path, tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "a.yaml").write_text("a")
    (case / "link.yaml").symlink_to(outside / "a.yaml")
    (case / "folder").symlink_to(outside)
    for path in ("link.yaml", "folder/b.yaml"):
        with pytest.raises(BadRequest, match="is, or leads through, a link"):
            commit(case, {path: b"a"}, {path: b"b"}, "through a link")
    assert [path.name for path in outside.iterdir()] == ["a.yaml"]
    assert (outside / "a.yaml").read_text() == "a"


@pytest.mark.parametrize("name", [".claims", ".claims/journal", ".claims/undo"])
def test_a_folder_of_ours_that_is_elsewhere_is_refused(name: str, case: Path, tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "theirs").write_text("a")
    (case / name).parent.mkdir(exist_ok=True)
    (case / name).symlink_to(outside)
    with pytest.raises(BadRequest, match="is not a folder of this case"):
        actions.change(case)
    assert [path.name for path in outside.iterdir()] == ["theirs"]


def test_a_folder_or_a_file_in_the_way_is_told(case: Path) -> None:
    (case / "there.yaml").mkdir()
    with pytest.raises(BadRequest, match=r"there\.yaml is a folder, not a file"):
        commit(case, {}, {"there.yaml": b""}, "a folder")
    with pytest.raises(BadRequest, match=r"base\.yaml is not a folder"):
        commit(case, {}, {"base.yaml/x.yaml": b""}, "a file")


def test_no_folder_is_no_case(tmp_path: Path) -> None:
    with pytest.raises(NoCase), transaction(tmp_path / "nowhere"):
        pass


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_that_cannot_be_written_to_is_told_in_a_line(case: Path) -> None:
    case.chmod(0o500)
    with pytest.raises(BadRequest, match="cannot be changed: permission denied"):
        actions.change(case)
    case.chmod(0o700)


def test_a_folder_that_takes_no_file_leaves_the_case_as_it_was(case: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    plain = os.replace

    def refused(source: Path, target: Path) -> None:
        if target.parent == case:
            raise PermissionError(errno.EACCES, "Permission denied")
        plain(source, target)

    before = files(case)
    with monkeypatch.context() as patch:
        patch.setattr(os, "replace", refused)
        with pytest.raises(BadRequest, match=r"cannot be changed: permission denied$"):
            actions.change(case)
    assert files(case) == before
    assert not (case / JOURNAL).exists()
    assert undoable(case) == ()


def interrupted(case: Path) -> None:
    """Leave a change committed and not finished."""
    for stop in range(1, 200):
        assert killed_at(stop, actions.change, case)
        if (case / COMMITTED).exists():
            return
        actions.settle(case)


def test_an_interrupted_change_is_read_and_then_finished_without_a_word(case: Path) -> None:
    interrupted(case)
    before = files(case)
    assert contents(str(case.resolve()), "new/claims.yaml", 1000) == actions.CHANGED["new/claims.yaml"]
    assert files(case) == before
    with pytest.raises(BadRequest, match="not finished yet"):
        next_undo(case)
    finish(case)
    assert files(case)["new/claims.yaml"] == actions.CHANGED["new/claims.yaml"]
    assert not (case / JOURNAL).exists()
    assert undo(case).what == "a change"


def test_an_edit_of_a_file_whose_change_was_interrupted_is_not_lost(case: Path) -> None:
    interrupted(case)
    (case / "base.yaml").write_text("sources: []  # my edit\n")
    assert [problem.code for problem in read_case(case, cache=False)[1]][:1] == ["unfinished-change"]
    with pytest.raises(BadRequest, match=r"base\.yaml was interrupted, and the file was edited since: move it away"):
        actions.settle(case)
    assert (case / "base.yaml").read_text() == "sources: []  # my edit\n"
    (case / "base.yaml").rename(case.parent / "mine.yaml")
    actions.settle(case)
    assert files(case)["base.yaml"] == actions.CHANGED["base.yaml"]


HOSTILE_MANIFESTS: dict[str, str | dict[str, str]] = {
    "no JSON": "{",
    "another thing": "[]",
    "deep": "[" * 100_000,
    "out of the folder": {"path": "../out.yaml"},
    "at the root": {"path": "/tmp/out.yaml"},  # noqa: S108 - never written
    "a hidden file": {"path": ".git/config"},
    "a staged file elsewhere": {"staged": "../../case.yaml"},
    "a digest that is none": {"after": "x"},
}


@pytest.mark.parametrize("name", HOSTILE_MANIFESTS)
def test_a_manifest_that_is_not_ours_is_a_problem_and_leads_nowhere(name: str, case: Path, tmp_path: Path) -> None:
    interrupted(case)
    written = HOSTILE_MANIFESTS[name]
    if isinstance(written, dict):
        manifest = json.loads((case / COMMITTED).read_text())
        manifest["files"][0] |= written
        written = json.dumps(manifest)
    (case / COMMITTED).write_text(written)
    assert ".claims/journal/manifest.json:1:1 unfinished-change" in told(case, {}, sound=False)
    before = sorted(tmp_path.rglob("*"))
    with pytest.raises(BadRequest, match="is not the manifest of a change"):
        actions.settle(case)
    assert [path for path in sorted(tmp_path.rglob("*")) if path.name != "lock"] == [
        path for path in before if path.name != "lock"
    ]


def test_a_staged_file_that_was_tampered_with_or_is_a_link_is_neither_read_nor_put(case: Path, tmp_path: Path) -> None:
    (tmp_path / "secret").write_bytes(b"secret: x\n")
    for tampered in (False, True):
        interrupted(case)
        (staged,) = (path for path in (case / JOURNAL).glob("*.new") if b"cnn" in path.read_bytes())
        content = staged.read_bytes()
        staged.unlink()
        if tampered:
            staged.write_bytes(content + b"# more\n")
        else:
            staged.symlink_to(tmp_path / "secret")
        before = files(case)
        assert read_case(case, cache=False)[0] is None or not tampered
        with pytest.raises(BadRequest):
            actions.settle(case)
        assert files(case) == before
        staged.unlink()
        staged.write_bytes(content)
        undo(case)


def hold(folder: Path, seconds: float) -> None:
    """Hold the lock of a case."""
    with locked(folder, str):
        (folder / "held").touch()
        time.sleep(seconds)


def test_who_waits_says_so_and_gives_up_in_the_end(case: Path) -> None:
    holder = multiprocessing.get_context("fork").Process(target=hold, args=(case, 30))
    holder.start()
    while not (case / "held").exists():
        time.sleep(0.01)
    said: list[str] = []
    with pytest.raises(BadRequest, match="held by another process"), locked(case, said.append, quiet=0.1, seconds=0.3):
        pass
    assert said == [f"claims: waiting for another process, which is changing {case}"]
    holder.kill()
    holder.join()
    with locked(case, said.append, quiet=1, seconds=1):
        assert (case / LOCK).exists()


def test_twenty_processes_at_once_lose_nobody_s_work(case: Path) -> None:
    names = [f"source-{n}" for n in range(20)]
    context = multiprocessing.get_context("fork")
    processes = [context.Process(target=actions.add_source, args=(case, name)) for name in names]
    for process in processes:
        process.start()
    seen = set()
    while any(process.is_alive() for process in processes):
        found, problems = read_case(case, cache=False)
        assert found is not None, problems
        seen.add(len(found.sources))
    for process in processes:
        process.join()
        assert process.exitcode == 0
    found, _ = read_case(case, cache=False)
    assert found is not None
    assert {source.id for source in found.sources} == {"bbc", *names}
    assert len(undoable(case)) == 20
