"""Text from a case is hostile until it is escaped: whatever stands in it, nothing of it comes alive on any face."""

from __future__ import annotations

import csv as reader
import io
import json as parser
import re
import unicodedata

import pytest
from jsonschema import Draft202012Validator
from markdown_it import MarkdownIt
from rich.cells import cell_len

from claims.model.problem import Problem
from claims.present import csv, json, markdown, policy, problems, terminal
from claims.present.escape import BIDI, for_terminal
from claims.present.problems import problems_schema
from claims.present.report_schema import report_schema
from claims.present.report_view import report_view
from claims.read.policy import default_policy
from tests.hostile import HOSTILE
from tests.present.reports import hostile_report

TEXTS = pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
CONTROLS = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")
COLOUR = re.compile(r"\x1b\[[0-9;]*m")
AUTOLINK = re.compile(r"(?i)(?:https?|ftp)://|\bwww\.|\b(?:mailto|xmpp):|[\w.+-]\\?@\w")
"""What GitHub makes a link of without being asked; see its specification, section 6.9, autolinks (extension).
A backslash before the @ does not help there: it is gone before addresses of letter boxes are looked for."""


def problem(text: str) -> Problem:
    return Problem(f"{text}.yaml", 3, 2, "some-code", text, text, source=text, width=500)


@TEXTS
@pytest.mark.parametrize("width", [150, 80, 40])
@pytest.mark.parametrize("unicode", [True, False])
def test_nothing_reaches_the_terminal_that_it_would_obey(text: str, width: int, unicode: bool) -> None:
    shown = terminal.render(report_view(hostile_report(text)), width=width, colour=False, unicode=unicode)
    assert not CONTROLS.search(shown)
    assert not BIDI & set(shown)
    assert max(cell_len(line) for line in shown.split("\n")) <= width
    assert shown.isascii() or unicode


@TEXTS
def test_the_only_escape_sequences_are_our_colours(text: str) -> None:
    shown = terminal.render(report_view(hostile_report(text)), width=80, colour=True, unicode=True)
    plain = terminal.render(report_view(hostile_report(text)), width=80, colour=False, unicode=True)
    assert [line.rstrip() for line in COLOUR.sub("", shown).split("\n")] == plain.split("\n")


@TEXTS
def test_no_letter_is_lost_on_a_terminal(text: str) -> None:
    """Counted in a place that is not in columns, where letters stand in their order."""
    shown = terminal.render(report_view(hostile_report(text)), width=40, colour=False, unicode=True)
    title = shown.split("9 claims")[0]
    letters = [c for c in text if unicodedata.category(c)[0] in "LNMPS"]
    rest = iter(title)
    assert all(letter in rest for letter in letters)


@TEXTS
def test_problems_and_the_policy_are_told_safely(text: str) -> None:
    named = default_policy().model_copy(update={"policy": text})
    for shown in (
        problems.render_text([problem(text)], width=60, colour=False),
        problems.render_json([problem(text)]),
        policy.render(named, width=60, colour=False, unicode=True),
        policy.render_json(named),
    ):
        assert not CONTROLS.search(shown)
        assert not BIDI & set(shown)
    first = problems.render_text([problem(text)], width=60, colour=False).split("\n")[0]
    assert first == f"{for_terminal(text)}.yaml:3:2: some-code: {for_terminal(text)}"
    data = parser.loads(problems.render_json([problem(text)]))
    assert not list(Draft202012Validator(problems_schema()).iter_errors(data))


@TEXTS
def test_nothing_of_markdown_or_html_comes_alive(text: str) -> None:
    shown = markdown.render(report_view(hostile_report(text)))
    tokens = MarkdownIt("gfm-like", {"html": True, "linkify": False}).parse(shown)
    inline = [child for token in tokens for child in token.children or []]
    kinds = {token.type for token in tokens} | {child.type for child in inline}
    assert kinds <= {
        "heading_open", "heading_close", "inline", "paragraph_open", "paragraph_close", "table_open", "table_close",
        "thead_open", "thead_close", "tbody_open", "tbody_close", "tr_open", "tr_close", "th_open", "th_close",
        "td_open", "td_close", "bullet_list_open", "bullet_list_close", "list_item_open", "list_item_close", "text",
        "strong_open", "strong_close", "html_inline",
    }  # fmt: skip
    assert {child.content for child in inline if child.type == "html_inline"} <= {"<br>"}
    assert not CONTROLS.search(shown)
    assert not BIDI & set(shown)


@TEXTS
def test_nothing_of_githubs_own_comes_alive(text: str) -> None:
    shown = markdown.render(report_view(hostile_report(text)))
    assert not AUTOLINK.search(shown)
    assert "$" not in shown
    assert ":100:" not in shown


@TEXTS
def test_markdown_says_what_the_text_says(text: str) -> None:
    shown = markdown.render(report_view(hostile_report(text)))
    title = MarkdownIt("gfm-like", {"linkify": False}).parse(shown)[1].children or []
    said = "".join(child.content for child in title).replace("\u200b", "")
    assert said == for_terminal(text).strip()


@TEXTS
def test_a_table_stays_a_table(text: str) -> None:
    def shape(one: str) -> list[str]:
        tokens = MarkdownIt("gfm-like", {"linkify": False}).parse(markdown.render(report_view(hostile_report(one))))
        return [token.type for token in tokens]

    assert shape(text) == shape("plain")


@TEXTS
def test_no_cell_of_the_csv_is_a_formula(text: str) -> None:
    shown = csv.render(hostile_report(text))
    assert not CONTROLS.search(shown.replace("\r\n", "\n"))
    assert not BIDI & set(shown)
    for row in reader.reader(io.StringIO(shown, newline="")):
        for cell in row:
            assert not re.match(r"[\"\s]*[=+\-@＝＋－＠\t\r]", cell) or re.fullmatch(r"-?[\d.]+", cell)


@TEXTS
def test_raw_cells_come_back_as_they_were(text: str) -> None:
    rows = list(reader.DictReader(io.StringIO(csv.render(hostile_report(text), raw=True), newline="")))
    assert {(row["claim"], row["topic"], row["date"]) for row in rows} == {(text, text, text)}


@TEXTS
def test_the_json_is_valid_safe_and_gives_the_text_back(text: str) -> None:
    shown = json.render(hostile_report(text), default_policy())
    data = parser.loads(shown)
    assert not CONTROLS.search(shown)
    assert not BIDI & set(shown)
    assert not list(Draft202012Validator(report_schema()).iter_errors(data))
    assert {claim["text"] for claim in data["claims"]} == {text.replace("\ud800", "\\ud800")}
