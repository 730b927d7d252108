"""Which files are read, which are refused, and how their names and bytes are told."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from claims.model.errors import NoCase
from claims.read import files
from claims.read.case import read_case
from tests.read.folders import laid_out, read, told

if TYPE_CHECKING:
    from pathlib import Path

BAD = "claims:\n  - {id: X, text: t}\n"
posix = pytest.mark.skipif(os.name != "posix", reason="pipes and links of POSIX")


def test_every_yaml_file_below_the_folder_is_read(tmp_path: Path) -> None:
    found = told(
        tmp_path,
        {"a/b/c.yaml": BAD, "z.yml": BAD, "y.YAML": BAD, ".hidden.yaml": BAD, ".git/a.yaml": BAD, "a.txt": BAD},
    )
    assert found == ["a/b/c.yaml:2:10 bad-id", "y.YAML:2:10 bad-id", "z.yml:2:10 bad-id"]


def test_a_case_within_the_case_is_passed_over_and_said(tmp_path: Path) -> None:
    assert told(tmp_path, {"old/case.yaml": "case: old\n", "old/a.yaml": BAD}) == ["old/case.yaml:1:1 ?nested-case"]


def test_no_case_is_no_list_of_problems(tmp_path: Path) -> None:
    with pytest.raises(NoCase):
        read_case(tmp_path)
    with pytest.raises(NoCase):
        read_case(tmp_path / "nowhere")


@posix
@pytest.mark.parametrize("name", ["more.yaml", "folder"])
def test_a_link_out_of_the_case_is_refused(name: str, tmp_path: Path) -> None:
    outside = laid_out(tmp_path / "outside", {"secret.yaml": "root: x\n"})
    case = laid_out(tmp_path / "case", {})
    (case / name).symlink_to(outside / "secret.yaml" if name == "more.yaml" else outside)
    (problem,) = read(case, {})[1]
    assert (problem.code, problem.file) == ("outside-case", name)
    assert "root" not in str(problem)


@posix
def test_a_link_within_the_case_is_read_once(tmp_path: Path) -> None:
    case = laid_out(
        tmp_path, {"a/one.yaml": "claims:\n  - {id: one, text: t}\n", "a/kept.txt": "claims:\n  - {id: two, text: t}\n"}
    )
    (case / "b").symlink_to("a")
    (case / "again.yaml").symlink_to("a/one.yaml")
    (case / "two.yaml").symlink_to("a/kept.txt")
    (case / "a" / "up").symlink_to("..")
    found, problems = read(case, {})
    assert problems == []
    assert found is not None
    assert {"one", "two"} <= {claim.id for claim in found.claims}


@posix
@pytest.mark.parametrize("target", ["more.yaml", "nowhere"])
def test_a_link_that_leads_nowhere_is_told(target: str, tmp_path: Path) -> None:
    (tmp_path / "more.yaml").symlink_to(target)
    assert told(tmp_path, {}) == ["more.yaml:1:1 unreadable"]


@posix
def test_a_pipe_and_a_device_are_not_opened(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.yaml")
    (tmp_path / "zero.yaml").symlink_to("/dev/zero")
    (tmp_path / "folder.yaml").mkdir()
    assert told(tmp_path, {}) == [
        "folder.yaml:1:1 not-a-file",
        "pipe.yaml:1:1 not-a-file",
        "zero.yaml:1:1 outside-case",
    ]


@posix
def test_a_pipe_for_case_yaml_does_not_keep_us_waiting(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "case.yaml")
    code = "import sys; from pathlib import Path; from claims.read.case import read_case; print(read_case(Path(sys.argv[1]), cache=False)[1])"
    done = subprocess.run(
        [sys.executable, "-c", code, str(tmp_path)], capture_output=True, text=True, timeout=60, check=True
    )
    assert "not-a-file" in done.stdout


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may read everything")
def test_a_file_that_may_not_be_read_is_told(tmp_path: Path) -> None:
    laid_out(tmp_path, {"more.yaml": BAD})
    (tmp_path / "more.yaml").chmod(0)
    assert told(tmp_path, {}) == ["more.yaml:1:1 unreadable"]


def test_a_file_that_is_too_large_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "LARGEST_FILE", 2000)
    assert told(tmp_path, "#" * 3000) == ["more.yaml:1:1 too-large"]


def test_names_that_differ_in_capitals_are_suspected(tmp_path: Path) -> None:
    (tmp_path / "probe").touch()
    if (tmp_path / "PROBE").exists():
        pytest.skip("this file system knows no capitals")
    assert told(tmp_path, {"Case.yaml": "", "a/x.yaml": "", "A/x.yaml": ""})[:2] == [
        "A/x.yaml:1:1 ?empty-file",
        "Case.yaml:1:1 ?empty-file",
    ]
    assert "case.yaml:1:1 ?case-twins" in told(tmp_path, {})


@posix
@pytest.mark.parametrize(("name", "shown"), [
    ("a\nb.yaml", "a⟨U+000A⟩b.yaml"), ("\x1b[2Ja.yaml", "⟨U+001B⟩[2Ja.yaml"), ("-rf.yaml", "-rf.yaml"),
    ("harmless_\u202efdp.yaml", "harmless_⟨U+202E⟩fdp.yaml"), ("\udcff.yaml", "⟨U+DCFF⟩.yaml"),
])  # fmt: skip
def test_a_file_name_is_shown_with_what_hides_in_it(name: str, shown: str, tmp_path: Path) -> None:
    try:
        found = told(tmp_path, {name: BAD})
    except OSError:
        pytest.skip("this file system refuses the name")
    assert found == [f"{shown}:2:10 bad-id"]
    case, _ = read(tmp_path, {name: "claims:\n  - {id: x, text: t}\n"})
    assert case is not None
    assert case.places["claims", "x"].file == shown


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_utf_8_and_utf_16_are_read(encoding: str, tmp_path: Path) -> None:
    mark = {"utf-16-le": b"\xff\xfe", "utf-16-be": b"\xfe\xff"}.get(encoding, b"")
    case, problems = read(tmp_path, mark + "claims:\n  - {id: x, text: قال نصرالله}\n".encode(encoding))
    assert problems == []
    assert case is not None
    assert next(claim.text for claim in case.claims if claim.id == "x") == "قال نصرالله"


@pytest.mark.parametrize(("data", "expected"), [
    ("claims:\n  - {id: x, text: café}\n".encode("latin-1"), "more.yaml:2:22 not-utf8"),
    ("claims:\n  - {id: x, text: حزب}\n".encode("cp1256"), "more.yaml:2:19 not-utf8"),
    (b"\xff\xfea", "more.yaml:1:2 not-utf8"),
    (b"claims:\n\xed\xa0\x80", "more.yaml:2:1 not-utf8"),
])  # fmt: skip
def test_other_encodings_are_told_by_the_byte(data: bytes, expected: str, tmp_path: Path) -> None:
    (problem,) = read(tmp_path, data)[1]
    assert f"{problem.file}:{problem.line}:{problem.column} {problem.code}" == expected
    assert "byte" in problem.message


@pytest.mark.parametrize("control", ["\x00", "\x1b", "\x07", "\x7f", "\x9b", "\x0c", "\ufeff"])
def test_a_raw_control_character_is_told_by_line_and_column(control: str, tmp_path: Path) -> None:
    assert told(tmp_path, f"claims:\n  - {{id: x, text: a{control}b}}\n") == ["more.yaml:2:20 control-character"]


def test_what_hides_in_the_header_is_told(tmp_path: Path) -> None:
    header = 'case: test\ntitle: "a\\e[2J"\nabout: a\u202eb\npolicy: {policy: "x\\u202e"}\n'
    assert told(tmp_path, {"case.yaml": header}) == [
        "case.yaml:2:8 ?control-character",
        "case.yaml:3:8 ?hidden-direction",
        "case.yaml:4:18 hidden-direction",
    ]


HIDDEN = [
    ('claims:\n  - {id: x, text: "\\e[31m"}\n', ["2:19 ?control-character"]),
    ('claims:\n  - {id: x, text: "\\u202Ea"}\n', ["2:19 ?hidden-direction"]),
    ("claims:\n  - {id: x, text: a\u202eb}\n", ["2:19 ?hidden-direction"]),
    ("claims:\n  - {id: x, text: قال \u2067a\u2069 b}\n", ["2:19 ?hidden-direction"]),
    ('claims:\n  - {id: "x\\u202e", text: t}\n', ["2:10 hidden-direction"]),
    ('documents:\n  - {id: x, source: bbc, url: "https://a.org/\\u202Efdp"}\n', ["2:31 hidden-direction"]),
    ('documents:\n  - {id: x, source: bbc, text: "a\\e.txt"}\n', ["2:32 control-character"]),
    ('documents:\n  - {id: x, source: bbc, relies_on: ["so\\u2066hr"]}\n', ["2:38 hidden-direction"]),
    ('sources:\n  - {id: x, name: n, aliases: [a, "b\\x07"]}\n', ["2:35 ?control-character"]),
    ("speakers:\n  - {id: x, name: می\u200cگوید, aliases: [شاخ\u200cدار, \u200fعلي, a\u200db]}\n", []),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), HIDDEN)
def test_what_nobody_can_see_is_told_and_joiners_are_kept(text: str, expected: list[str], tmp_path: Path) -> None:
    assert told(tmp_path, text) == [f"more.yaml:{line}" for line in expected]


def test_a_problem_is_shown_without_what_hides_in_it(tmp_path: Path) -> None:
    _, problems = read(tmp_path, "claims:\n  - {id: x, kynd: a\u202eb, 'ev\u2066il': 1}\n")
    for problem in problems:
        assert "\u202e" not in str(problem)
        assert "\u2066" not in str(problem)
        assert problem.source is not None
        assert len(problem.source) == len("  - {id: x, kynd: a\u202eb, 'ev\u2066il': 1}")
