"""Text from a case is hostile until it is escaped: nothing of it comes alive on any face."""

from __future__ import annotations

import csv as reader
import io
import json as parser
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from markdown_it import MarkdownIt
from rich.cells import cell_len

from claims.present import csv, json, markdown, terminal
from claims.present.escape import BIDI, for_csv, for_markdown, for_terminal
from claims.present.report_schema import report_schema
from claims.present.report_view import report_view
from claims.read.policy import default_policy
from tests.hostile import HOSTILE
from tests.present.reports import hostile_report, hostile_reports, plural_report

TEXTS = pytest.mark.parametrize("text", [text for _, text in hostile_reports()], ids=[n for n, _ in hostile_reports()])
CONTROLS = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029]")


@TEXTS
@pytest.mark.parametrize("width", [150, 80, 40])
def test_nothing_reaches_the_terminal_that_it_would_obey(text: str, width: int) -> None:
    shown = terminal.render(report_view(hostile_report(text)), width=width, colour=False, unicode=True)
    assert not CONTROLS.search(shown)
    assert not BIDI & set(shown)
    assert max(cell_len(line) for line in shown.split("\n")) <= width


@pytest.mark.parametrize(
    "text", ["he said [emphasis added] [sic]", "[/] [/b]", "[link=https://e.example]R[/link]", ":100:"]
)
def test_square_brackets_and_colons_are_printed_as_they_are(text: str) -> None:
    assert text in terminal.render(report_view(hostile_report(text)), width=150, colour=True, unicode=True)


@pytest.mark.parametrize("width", [150, 116, 100, 80, 60, 59, 40, 20])
@pytest.mark.parametrize("unicode", [True, False])
def test_nothing_is_cut_and_nothing_overflows(width: int, unicode: bool) -> None:
    shown = terminal.render(report_view(plural_report()), width=width, colour=False, unicode=unicode)
    assert "…" not in shown
    assert shown.isascii() or unicode
    assert max(cell_len(line) for line in shown.split("\n")) <= width


def test_a_long_word_is_folded_and_no_letter_is_lost() -> None:
    shown = terminal.render(report_view(hostile_report("x" * 300)), width=40, colour=False, unicode=True)
    assert shown.split("for 1")[0].count("x") >= 600


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_what_is_kept_for_the_eye_can_always_be_encoded(text: str) -> None:
    for_terminal(text).encode("utf-8")
    for_markdown(text).encode("utf-8")


def test_the_marks_that_persian_needs_stay() -> None:
    assert for_terminal("می‌گوید \u200d \u200e \u200f") == "می‌گوید \u200d \u200e \u200f"


@TEXTS
def test_nothing_of_markdown_or_html_comes_alive(text: str) -> None:
    tokens = MarkdownIt("gfm-like", {"html": True, "linkify": False}).parse(
        markdown.render(report_view(hostile_report(text)))
    )
    inline = [child for token in tokens for child in token.children or []]
    kinds = {token.type for token in tokens} | {child.type for child in inline}
    assert not kinds & {"html_block", "link_open", "image", "code_inline", "fence", "code_block", "ordered_list_open"}
    assert {child.content for child in inline if child.type == "html_inline"} <= {"<br>"}


@TEXTS
def test_a_table_stays_a_table(text: str) -> None:
    tokens = MarkdownIt("gfm-like", {"linkify": False}).parse(markdown.render(report_view(hostile_report(text))))
    plain = MarkdownIt("gfm-like", {"linkify": False}).parse(markdown.render(report_view(hostile_report("plain"))))
    cells = [sum(token.type == kind for token in tokens) for kind in ("table_open", "tr_open", "td_open")]
    assert cells == [sum(token.type == kind for token in plain) for kind in ("table_open", "tr_open", "td_open")]


@TEXTS
def test_no_cell_of_the_csv_is_a_formula_and_raw_cells_come_back_as_they_were(text: str) -> None:
    found = hostile_report(text)
    human = list(reader.reader(io.StringIO(csv.render(found), newline="")))
    raw = list(reader.reader(io.StringIO(csv.render(found, raw=True), newline="")))
    assert raw[1][1] == text.replace("\x00", "␀")
    for row in human[1:]:
        assert not any(
            re.match(r"['\"\s]*[=+\-@＝＋－＠\t\r]", c)
            for c in row
            if not c.startswith("'") and not re.fullmatch(r"-?[\d.]+", c)
        )


@given(st.text())
def test_an_apostrophe_is_all_that_a_cell_may_gain(text: str) -> None:
    assert for_csv(text) in {text, f"'{text}"}


@pytest.mark.parametrize(
    ("text", "cell"), [("-1.5", "-1.5"), ("=1", "'=1"), (" @x", "' @x"), ("x=1", "x=1"), ("'=1", "''=1")]
)
def test_numbers_stay_numbers_and_formulas_do_not_stay_formulas(text: str, cell: str) -> None:
    assert for_csv(text) == cell


@TEXTS
def test_the_json_is_valid_by_its_schema_and_gives_the_text_back(text: str) -> None:
    data = parser.loads(json.render(hostile_report(text), default_policy()))
    assert not list(Draft202012Validator(report_schema()).iter_errors(data))
    assert data["claims"][0]["text"] == text


def test_a_report_of_everything_is_valid_by_its_schema() -> None:
    data = parser.loads(json.render(plural_report(), default_policy()))
    assert not list(Draft202012Validator(report_schema()).iter_errors(data))


def test_the_schema_refuses_what_it_does_not_know() -> None:
    data = parser.loads(json.render(plural_report(), default_policy()))
    data["claims"][0]["verdict"] = "true"
    assert list(Draft202012Validator(report_schema()).iter_errors(data))


@given(st.text(max_size=60))
def test_no_text_at_all_breaks_a_face(text: str) -> None:
    for line in (for_terminal(text), for_markdown(text)):
        assert not CONTROLS.search(line)
        assert "\n" not in line
