"""Cases on disk for tests of the reader: a sound case, and what a test lays beside or over it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from claims.read.case import read_case

if TYPE_CHECKING:
    from pathlib import Path

    from claims.model.case import Case
    from claims.model.problem import Problem

Files = dict[str, str | bytes]

SOUND: Files = {
    "case.yaml": "case: test\ntitle: A test\n",
    "base.yaml": """\
parties:
  - {id: loyal, name: Loyalists}
  - {id: rebel, name: Rebels, opponents: [loyal]}
sources:
  - {id: sohr, name: Syrian Observatory, kind: ngo, reliability: B, reason: long record}
  - {id: bbc, name: BBC, reliability: B, reason: corrects itself}
  - {id: sana, name: SANA, kind: state-media, party: loyal}
speakers:
  - {id: nasrallah, name: Hassan Nasrallah, party: loyal, aliases: [حسن نصرالله]}
documents:
  - {id: bbc-1, source: bbc, published: 2015-05-20, relies_on: sohr, url: https://bbc.example.org/1}
  - {id: sana-1, source: sana, published: 2015-05-20}
claims:
  - {id: area, text: They took 300 km², quantity: 300 km², when: 2015-05}
  - {id: fled, text: The army fled}
statements:
  - {claim: area, speaker: nasrallah, document: sana-1, quote: 300 kilometres}
findings:
  - {claim: area, document: bbc-1, stance: supports}
  - {claim: area, document: sana-1, value: 300 km²}
""",
}


def laid_out(folder: Path, files: Files | str | bytes, *, sound: bool = True) -> Path:
    """Write a case: the sound one, with `files` beside or over it; text alone is the file `more.yaml`."""
    if not isinstance(files, dict):
        files = {"more.yaml": files}
    for name, content in {**(SOUND if sound else {}), **files}.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return folder


def read(
    folder: Path, files: Files | str | bytes = "# nothing\n", *, sound: bool = True
) -> tuple[Case | None, list[Problem]]:
    """Lay a case out and read it; the warning that the empty file beside it says nothing is left out."""
    case, problems = read_case(laid_out(folder, files, sound=sound), cache=False)
    assert (case is None) == any(problem.severity == "error" for problem in problems)
    assert case is None or case.warnings == problems
    return case, [problem for problem in problems if files != "# nothing\n" or problem.code != "empty-file"]


def told(folder: Path, files: Files | str | bytes, *, sound: bool = True) -> list[str]:
    """What is told of a case, as `more.yaml:3:5 duplicate-key`; warnings have a `?` before the code."""
    marks = {"error": "", "warning": "?"}
    return [
        f"{problem.file}:{problem.line}:{problem.column} {marks[problem.severity]}{problem.code}"
        for problem in read(folder, files, sound=sound)[1]
    ]


def marked(folder: Path, files: Files | str | bytes) -> list[str]:
    """What is told of a case, with what it points at: `duplicate-key at 'text'`."""
    marks = {"error": "", "warning": "?"}
    problems = read(folder, files)[1]
    assert all(problem.source is not None for problem in problems)
    return [
        f"{marks[problem.severity]}{problem.code} at {str(problem.source)[problem.column - 1 :][: problem.width]}"
        for problem in problems
    ]
