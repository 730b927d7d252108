"""A whole hostile case, through every command and face: what single texts show elsewhere, no field slips past here."""

from __future__ import annotations

import csv
import io
import json
import re
from typing import TYPE_CHECKING, Any

import pytest
from markdown_it import MarkdownIt
from rich.cells import cell_len

from claims.cli import exits
from claims.cli.main import main
from claims.model.claim import Claim, Search
from claims.model.document import Document, Retraction
from claims.model.entry import Entry
from claims.model.finding import Finding
from claims.model.party import Party
from claims.model.source import Source
from claims.model.speaker import Speaker
from claims.model.statement import Statement
from claims.present.escape import BIDI, for_terminal
from claims.read.case import read_case
from tests.hostile_case import hostile_case

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from claims.model.case import Case

CONTROLS = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")
FREE = {
    Party: {"name", "about", "note"},
    Source: {"name", "owner", "country", "language", "homepage", "reason", "aliases", "note"},
    Speaker: {"name", "role", "aliases", "reason", "note"},
    Document: {"title", "url", "archive", "language", "text", "origin", "note"},
    Retraction: {"reason"},
    Claim: {"text", "place", "topic", "note"},
    Search: {"where", "note"},
    Statement: {"quote", "where", "note"},
    Finding: {"place", "note"},
}
"""What a person may write into each sort of entry."""
ALIVE = re.compile(
    r"<\w|\W=cmd|javascript:|vbscript:|data:text|file:///|user:pass@|//evil|\[/\]|\{\{|[еа]xample"
    r"|[\x1b\u2028\u202e]|\]\]>|'-\(",
    re.IGNORECASE,
)


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The hostile case."""
    return hostile_case(tmp_path_factory.mktemp("hostile") / "case")


@pytest.fixture(scope="module")
def case(hostile: Path) -> Case:
    """The hostile case, read."""
    found, problems = read_case(hostile, cache=False)
    assert found is not None, problems
    return found


def entries(value: object) -> Iterator[Entry]:
    """Every entry in a value, however deep."""
    if isinstance(value, Entry):
        yield value
        for name in type(value).model_fields:
            yield from entries(getattr(value, name))
    elif isinstance(value, tuple):
        for one in value:
            yield from entries(one)


def test_the_hostile_case_is_a_valid_one(case: Case) -> None:
    assert {problem.severity for problem in case.warnings} == {"warning"}


@pytest.mark.parametrize(("sort", "name"), [(sort, name) for sort, names in FREE.items() for name in sorted(names)])
def test_every_text_of_the_hostile_case_tries_something(case: Case, sort: type[Entry], name: str) -> None:
    sections = (
        case.parties, case.sources, case.speakers, case.documents, case.claims, case.statements, case.findings,
    )  # fmt: skip
    values = [getattr(entry, name) for section in sections for entry in entries(tuple(section)) if type(entry) is sort]
    texts = [text for value in values if value for text in (value if isinstance(value, tuple) else (value,))]
    assert any(ALIVE.search(text) for text in texts), texts


COMMANDS = {
    "report": ["report"],
    "report in 40 columns": ["report", "--width", "40"],
    "report as Markdown": ["report", "--format", "markdown"],
    "report as CSV": ["report", "--format", "csv"],
    "report as JSON": ["report", "--format", "json"],
    "audit": ["audit", "ادعا-۱"],
    "audit as Markdown": ["audit", "ادعا-۱", "--format", "markdown"],
    "audit as JSON": ["audit", "ادعا-۱", "--format", "json"],
    "sources": ["sources"],
    "sources as CSV": ["sources", "--format", "csv"],
    "speakers": ["speakers"],
    "speakers as Markdown": ["speakers", "--format", "markdown"],
    "stale": ["stale"],
    "policy": ["policy"],
    "check": ["check"],
    "check as JSON": ["check", "--format", "json"],
}


@pytest.fixture
def printed(
    request: pytest.FixtureRequest, hostile: Path, capsys: pytest.CaptureFixture[str]
) -> tuple[list[str], str, str]:
    """A command, what it prints, and what it says beside that."""
    command: list[str] = request.param
    main([*command, "--case", str(hostile)])
    captured = capsys.readouterr()
    return command, captured.out, captured.err


@pytest.mark.parametrize("printed", COMMANDS.values(), ids=COMMANDS, indirect=True)
def test_no_command_prints_what_a_terminal_would_obey(printed: tuple[list[str], str, str]) -> None:
    command, out, err = printed
    assert out
    for text in (out.replace("\r\n", "\n") if "csv" in command else out, err):
        assert not CONTROLS.search(text)
        assert not BIDI & set(text)
    assert "--width" not in command or max(map(cell_len, out.split("\n"))) <= 40


@pytest.mark.parametrize("printed", [command for command in COMMANDS.values() if "markdown" in command], indirect=True)
def test_markdown_of_a_hostile_case_has_no_link_image_or_html(printed: tuple[list[str], str, str]) -> None:
    tokens = MarkdownIt("gfm-like", {"html": True, "linkify": False}).parse(printed[1])
    inline = [child for token in tokens for child in token.children or []]
    assert {child.content for child in inline if child.type == "html_inline"} <= {"<br>"}
    kinds = {token.type for token in (*tokens, *inline)}
    assert not kinds & {"link_open", "image", "html_block", "code_inline", "fence", "code_block", "hr"}


@pytest.mark.parametrize("printed", [command for command in COMMANDS.values() if "csv" in command], indirect=True)
def test_a_sheet_of_a_hostile_case_has_no_formula(printed: tuple[list[str], str, str]) -> None:
    rows = list(csv.reader(io.StringIO(printed[1], newline="")))
    assert len({len(row) for row in rows}) == 1
    for cell in (cell for row in rows for cell in row):
        assert not re.match(r"[\"\s]*[=+\-@＝＋－＠\t\r]", cell) or re.fullmatch(r"-?[\d.]+", cell)


@pytest.mark.parametrize("printed", [command for command in COMMANDS.values() if "json" in command], indirect=True)
def test_json_of_a_hostile_case_has_numbers_that_every_reader_knows(printed: tuple[list[str], str, str]) -> None:
    def refused(name: str) -> Any:
        raise AssertionError(f"{name} is no JSON")

    assert json.loads(printed[1], parse_constant=refused)


def test_a_hostile_case_exported_as_tables_reads_back_as_the_same(hostile: Path, case: Case, tmp_path: Path) -> None:
    command = ["export", "--tables", "csv", "--case", str(hostile), "-o", str(tmp_path / "tables")]
    assert main(command) == exits.FINE
    again, _ = read_case(tmp_path / "tables", cache=False)
    assert again is not None
    for section in ("parties", "sources", "speakers", "documents", "claims", "statements", "findings"):
        assert tuple(getattr(again, section)) == tuple(getattr(case, section))


@pytest.mark.parametrize("whole", ["👨‍👩‍👧‍👦", "é̂", "می‌گوید", "شاخ‌دار", "ﷺ"])
def test_what_is_one_character_to_a_reader_stays_whole(whole: str) -> None:
    assert for_terminal(whole) == whole


@pytest.mark.parametrize("broken", ["a\nb", "a\rb", "a\fb", "a\vb", "a\x85b", "a\u2028b", "a\u2029b", "a\r\nb"])
def test_a_line_break_is_a_mark_and_breaks_no_row(broken: str) -> None:
    assert for_terminal(broken) == "a ⏎ b"
