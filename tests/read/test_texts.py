"""Stored texts: where they may lie, and how it is proved that they are unchanged."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from claims.read import texts
from claims.read.digest import digest_of, sha256_of
from tests.read.folders import Files, laid_out, read, told

TEXT = b"They took 300 km\xc2\xb2.\n"
SUM = sha256_of(TEXT)


def document(**keys: str) -> str:
    return "documents:\n  - {id: x, source: bbc, " + ", ".join(f"{key}: {value}" for key, value in keys.items()) + "}\n"


PLACES: list[tuple[str, Files, list[str]]] = [
    ("proved", {"t/a.txt": TEXT, "more.yaml": document(text="t/a.txt", sha256=SUM)}, []),
    ("named with a dot", {"t/a.txt": TEXT, "more.yaml": document(text="./t/a.txt", sha256=SUM)}, []),
    ("not proved", {"t/a.txt": TEXT, "more.yaml": document(text="t/a.txt")}, ["?no-digest"]),
    ("tampered with", {"t/a.txt": TEXT + b"!", "more.yaml": document(text="t/a.txt", sha256=SUM)}, ["tampered-text"]),
    ("not there", {"more.yaml": document(text="t/a.txt", sha256=SUM)}, ["missing-text"]),
    ("a digest alone", {"more.yaml": document(sha256=SUM)}, ["?digest-without-text"]),
    ("above the case", {"more.yaml": document(text="../a.txt", sha256=SUM)}, ["outside-case"]),
    ("above the case, on the way", {"more.yaml": document(text="t/../../a.txt", sha256=SUM)}, ["outside-case"]),
    ("an absolute path", {"more.yaml": document(text="/etc/passwd", sha256=SUM)}, ["outside-case"]),
    ("a path of Windows", {"more.yaml": document(text="'C:\\a.txt'", sha256=SUM)}, ["outside-case"]),
    ("a folder", {"t/a.txt": TEXT, "more.yaml": document(text="t", sha256=SUM)}, ["not-a-file"]),
    ("a name with a NUL", {"more.yaml": document(text='"a\\0b"', sha256=SUM)}, ["control-character"]),
    ("a name that is too long", {"more.yaml": document(text="a" * 5000, sha256=SUM)}, ["missing-text"]),
    (
        "not UTF-8",
        {"a.txt": b"caf\xe9", "more.yaml": document(text="a.txt", sha256=sha256_of(b"caf\xe9"))},
        ["not-utf8"],
    ),
]


@pytest.mark.parametrize(("files", "codes"), [row[1:] for row in PLACES], ids=[row[0] for row in PLACES])
def test_a_stored_text_lies_in_the_case_and_is_proved(files: Files, codes: list[str], tmp_path: Path) -> None:
    assert [line.split()[1] for line in told(tmp_path, files)] == codes


@pytest.mark.skipif(os.name != "posix", reason="links and pipes of POSIX")
@pytest.mark.parametrize("kind", ["link", "device", "pipe", "loop"])
def test_a_text_that_is_no_file_of_the_case_is_refused(kind: str, tmp_path: Path) -> None:
    case = laid_out(tmp_path / "case", {"more.yaml": document(text="a.txt", sha256=SUM)})
    (tmp_path / "secret.txt").write_bytes(TEXT)
    path = case / "a.txt"
    if kind == "pipe":
        os.mkfifo(path)
    else:
        path.symlink_to({"link": tmp_path / "secret.txt", "device": Path("/dev/zero"), "loop": path}[kind])
    (problem,) = read(case, {})[1]
    assert problem.code == {"pipe": "not-a-file", "loop": "unreadable"}.get(kind, "outside-case")
    assert "a.txt" in problem.message


def test_a_text_that_is_too_large_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(texts, "LARGEST_TEXT", 10)
    assert [line.split()[1] for line in told(tmp_path, PLACES[0][1])] == ["too-large"]


def test_the_digest_to_paste_is_told(tmp_path: Path) -> None:
    (problem,) = read(tmp_path, PLACES[2][1])[1]
    assert problem.hint == f"add 'sha256: {SUM}'"


def test_texts_are_in_the_case_by_their_document(tmp_path: Path) -> None:
    case, _ = read(tmp_path, PLACES[0][1])
    assert case is not None
    assert dict(case.texts) == {"x": TEXT.decode()}


def test_the_digest_changes_with_every_byte_and_every_name(tmp_path: Path) -> None:
    seen = set()
    folders: list[Files] = [{}, {"more.yaml": "# a\n"}, {"other.yaml": "# a\n"}, {"more.yaml": "# b\n"}, PLACES[0][1]]
    for n, files in enumerate(folders):
        case, _ = read(tmp_path / str(n), dict(files))
        assert case is not None
        seen.add(case.digest)
    assert len(seen) == 5


@pytest.mark.skipif(shutil.which("sha256sum") is None, reason="needs sha256sum")
def test_the_digest_is_that_of_what_sha256sum_prints(tmp_path: Path) -> None:
    case, _ = read(tmp_path, {**PLACES[0][1], "b c.yaml": "# x\n", "sub/d\\e.yaml": "# y\n"})
    assert case is not None
    names = sorted(["case.yaml", "base.yaml", "more.yaml", "b c.yaml", "sub/d\\e.yaml", "t/a.txt"])
    printed = subprocess.run(["sha256sum", *names], cwd=tmp_path, capture_output=True, check=True).stdout  # noqa: S607
    assert case.digest == "sha256:" + sha256_of(printed)
    assert digest_of({}) == "sha256:" + sha256_of(b"")
