"""A case as it stands in a revision: the bytes that git has, and nothing of the repository runs."""

from __future__ import annotations

import os
import subprocess
from typing import TYPE_CHECKING

import pytest

from claims.model.errors import BadRequest
from claims.read.case import read_case
from claims.read.revision import laid_out
from tests.read.folders import laid_out as written

if TYPE_CHECKING:
    from pathlib import Path


def git(folder: Path, *words: str, given: bytes = b"") -> str:
    """What git answers, in an environment of its own."""
    env = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    env |= {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull}
    named = ("-c", "user.name=A", "-c", "user.email=a@example.org", "-c", "protocol.file.allow=always")
    done = subprocess.run(
        ["git", *named, "-C", str(folder), *words],  # noqa: S607 - the git of whoever runs the tests
        input=given, env=env, capture_output=True, check=True,
    )  # fmt: skip
    return done.stdout.decode().strip()


@pytest.fixture
def case(tmp_path: Path) -> Path:
    """A sound case in a folder of a repository, committed."""
    repository = tmp_path / "repository"
    written(repository / "cases" / "one", {"texts/a.txt": "stored\r\n"})
    git(tmp_path, "init", "-q", str(repository))
    git(repository, "add", ".")
    git(repository, "commit", "-q", "-m", "one")
    return repository / "cases" / "one"


@pytest.fixture
def into(tmp_path: Path) -> Path:
    """An empty folder."""
    (tmp_path / "into").mkdir()
    return tmp_path / "into"


def files(folder: Path) -> dict[str, bytes]:
    return {str(p.relative_to(folder)): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


def tree(folder: Path, *entries: tuple[str, str, bytes]) -> str:
    """A commit of a tree made by hand: mode, path and bytes of each entry, however odd."""
    raw = b""
    for mode, name, data in entries:
        is_folder = mode == "40000"
        object_ = data.decode() if is_folder else git(folder, "hash-object", "-w", "--stdin", given=data)
        raw += f"{mode} {name}\0".encode() + bytes.fromhex(object_)
    made = git(folder, "hash-object", "-w", "-t", "tree", "--literally", "--stdin", given=raw)
    return git(folder, "commit-tree", "-m", "odd", made)


def test_a_revision_is_laid_out_byte_by_byte(case: Path, into: Path) -> None:
    (case / "more.yaml").write_text("claims: [{id: more, text: Unsaved}]\n")
    commit = laid_out(case, "HEAD", into)
    assert commit == git(case, "rev-parse", "--short", "HEAD")
    kept = files(case)
    del kept["more.yaml"]
    assert files(into) == kept
    read, problems = read_case(into, cache=False)
    assert read is not None, problems


def test_hidden_files_and_other_folders_are_left_where_they_are(case: Path, into: Path) -> None:
    (case / ".claims").mkdir()
    (case / ".claims" / "case.schema.json").write_text("{}")
    (case.parent / "other.yaml").write_text("claims: []")
    git(case.parent, "add", ".")
    git(case, "commit", "-q", "-m", "two")
    laid_out(case, "HEAD", into)
    assert {name.split("/")[0] for name in files(into)} == {"base.yaml", "case.yaml", "texts"}


def test_no_filter_hook_or_monitor_of_the_repository_runs(case: Path, into: Path) -> None:
    trap = case.parent / "trap"
    (case.parent.parent / ".gitattributes").write_text("*.yaml filter=bad diff=bad text eol=crlf\n")
    for key in ("filter.bad.smudge", "filter.bad.process", "diff.bad.textconv", "core.fsmonitor", "core.sshCommand"):
        git(case, "config", key, f"touch {trap}")
    laid_out(case, "HEAD", into)
    assert not trap.exists()
    assert files(into) == files(case)


WRONG = [
    ("-x", "none begins with '-'"),
    ("--upload-pack=x", "none begins with '-'"),
    ("nonsense", "no day, no case folder and no revision"),
    ("HEAD~7", "no day, no case folder and no revision"),
    ("HEAD:cases", "no day, no case folder and no revision"),
    ("", "no day, no case folder and no revision"),
]


@pytest.mark.parametrize(("revision", "said"), WRONG, ids=[revision for revision, _ in WRONG])
def test_what_is_no_revision_is_refused(case: Path, into: Path, revision: str, said: str) -> None:
    with pytest.raises(BadRequest, match=said):
        laid_out(case, revision, into)
    assert files(into) == {}


def test_a_folder_without_a_repository_and_a_machine_without_git_are_told(
    tmp_path: Path, into: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path))
    with pytest.raises(BadRequest, match="not a git repository"):
        laid_out(into, "HEAD", into)
    monkeypatch.setenv("PATH", str(into))
    with pytest.raises(BadRequest, match="there is no git here"):
        laid_out(into, "HEAD", into)


def test_a_revision_before_the_case_is_told(case: Path, into: Path) -> None:
    written(case.parent / "two", {})
    with pytest.raises(BadRequest, match=r"there is no cases/two in HEAD"):
        laid_out(case.parent / "two", "HEAD", into)


def test_a_link_that_leads_out_is_refused_as_the_reader_refuses_it(case: Path, into: Path) -> None:
    (case / "out.yaml").symlink_to("../../../secret.yaml")
    (case / "in.yaml").symlink_to("base.yaml")
    git(case, "add", ".")
    git(case, "commit", "-q", "-m", "links")
    laid_out(case, "HEAD", into)
    _, told = read_case(into, cache=False)
    assert [(problem.code, problem.file) for problem in told if problem.severity == "error"] == [
        ("outside-case", "out.yaml")
    ]


def test_another_repository_inside_is_not_read(case: Path, into: Path) -> None:
    commit = git(case, "rev-parse", "HEAD")
    git(case, "update-index", "--add", "--cacheinfo", f"160000,{commit},cases/one/module")
    git(case, "commit", "-q", "-m", "module")
    with pytest.raises(BadRequest, match="module in HEAD is another repository"):
        laid_out(case, "HEAD", into)


def test_a_tree_with_a_path_that_leads_out_is_refused(case: Path, into: Path) -> None:
    root, at = case.parent.parent, into / "inner"
    at.mkdir()
    evil = git(root, "hash-object", "-w", "--stdin", given=b"claims: []\n")
    raw = b"100644 evil.yaml\0" + bytes.fromhex(evil)
    below = git(root, "hash-object", "-w", "-t", "tree", "--literally", "--stdin", given=raw)
    odd = tree(root, ("100644", "case.yaml", b"case: odd\n"), ("40000", "..", below.encode()))
    with pytest.raises(BadRequest, match="leads out of the case folder"):
        laid_out(root, odd, at)
    assert files(into) == {}


def test_no_file_is_written_through_a_link(case: Path, into: Path, tmp_path: Path) -> None:
    root, outside = case.parent.parent, tmp_path / "outside"
    outside.mkdir()
    blob = git(root, "hash-object", "-w", "--stdin", given=b"claims: []\n")
    link = git(root, "hash-object", "-w", "--stdin", given=b"elsewhere")
    raw = b"100644 evil.yaml\0" + bytes.fromhex(blob) + b"120000 link\0" + bytes.fromhex(link)
    below = git(root, "hash-object", "-w", "-t", "tree", "--literally", "--stdin", given=raw)
    odd = tree(
        root,
        ("100644", "case.yaml", b"case: odd\n"),
        ("120000", "sub", str(outside).encode()),
        ("40000", "sub", below.encode()),
    )
    with pytest.raises((BadRequest, OSError)):
        laid_out(root, odd, into)
    assert list(outside.iterdir()) == []
