"""How a report is laid out on a screen: nothing cut, columns that stay in line, signs that need no colour."""

from __future__ import annotations

import pytest
from rich.cells import cell_len

from claims.present import terminal
from claims.present.report_view import report_view
from claims.present.styles import COLOURS
from claims.present.view import Versus, View
from claims.present.wording import ORDER, SYMBOLS
from tests.present.reports import hostile_report, plural_report


def drawn(width: int, *, unicode: bool = True, colour: bool = False) -> str:
    return terminal.render(report_view(plural_report()), width=width, colour=colour, unicode=unicode)


@pytest.mark.parametrize("width", [200, 150, 140, 139, 100, 80, 60, 59, 40, 20])
@pytest.mark.parametrize("unicode", [True, False])
def test_nothing_is_cut_and_nothing_overflows(width: int, unicode: bool) -> None:
    shown = drawn(width, unicode=unicode)
    assert "…" not in shown
    assert shown.isascii() or unicode
    assert max(cell_len(line) for line in shown.split("\n")) <= width
    assert shown.endswith("\n")


FAMILY = "👨‍👩‍👧‍👦"
NAMES = pytest.mark.parametrize("name", ["حسن نصرالله", "ایسنا می‌گوید", "王毅", "é" * 9, f"{FAMILY} family", "x" * 99])


@NAMES
@pytest.mark.parametrize("width", [140, 80])
def test_columns_stay_in_line_beside_any_script(name: str, width: int) -> None:
    lines = terminal.render(report_view(hostile_report(name)), width=width, colour=False, unicode=True).split("\n")
    heads = [n for n, line in enumerate(lines) if line.startswith("   Claim")]
    assert len(heads) > 5
    for n in heads:
        gaps = [lines[n].index(title) - 1 for title in ("Claim", "For", "Against", "Cred.") if f"  {title}" in lines[n]]
        for row in lines[n + 2 : lines.index("", n)]:
            columns = "".join(c * cell_len(c) for c in row.replace(FAMILY, "##"))
            assert all(columns[gap : gap + 1].strip() == "" for gap in gaps), row


@pytest.mark.parametrize("width", [140, 80])
def test_arabic_in_one_column_never_runs_into_the_next(width: int) -> None:
    """A terminal that knows about directions would set two cells of Arabic the wrong way round without the marks."""
    lines = terminal.render(report_view(hostile_report("نصر")), width=width, colour=False, unicode=True).split("\n")
    rows = [line for line in lines if line.startswith(tuple(f"{sign}  " for sign in SYMBOLS.values()))]
    assert len(rows) == 9
    for row in rows:
        assert row.count("\u200e") == 2 * len([cell for cell in row.split("  ") if "نصر" in cell])


@pytest.mark.parametrize(
    "text", ["he said [emphasis added] [sic]", "[/] [/b]", "[link=https://e.example]R[/link]", ":100:"]
)
def test_square_brackets_and_colons_are_printed_as_they_are(text: str) -> None:
    assert text in terminal.render(report_view(hostile_report(text)), width=150, colour=True, unicode=True)


def test_no_link_is_ever_made() -> None:
    shown = terminal.render(report_view(hostile_report("https://e.example")), width=80, colour=True, unicode=True)
    assert "\x1b]" not in shown


@pytest.mark.parametrize("unicode", [True, False])
def test_verdicts_are_told_apart_without_colour(unicode: bool) -> None:
    spell = str if unicode else terminal._ascii  # noqa: SLF001 - the signs as they are drawn
    signs = [spell(sign) for sign in SYMBOLS.values()]
    assert len(set(signs)) == len(signs) == len(ORDER)
    assert {cell_len(sign) for sign in signs} == {1}


def test_what_is_not_corroborated_is_never_green() -> None:
    assert [verdict for verdict, colour in COLOURS.items() if "green" in colour] == ["corroborated"]


def test_colour_adds_nothing_but_colour() -> None:
    assert "\x1b" in drawn(80, colour=True)
    assert "\x1b" not in drawn(80)


def test_the_titles_of_both_sides_are_whole_on_the_narrowest_table() -> None:
    sides = Versus("for: interested groups only", "against: interested groups only", (), ())
    shown = terminal.render(View((sides,)), width=terminal.NARROW, colour=False, unicode=True)
    assert [shown.count(word) for word in ("interested", "groups", "only")] == [2, 2, 2]


def test_narrow_screens_have_cards_and_no_table() -> None:
    assert "─" not in drawn(50)
    assert "─" in drawn(80)


def test_a_column_that_says_nothing_is_left_out() -> None:
    shown = drawn(140).split("Not-checkable (1)")[1].split("\n")
    assert "Probability" not in shown[2]
    assert "Claim" in shown[2]
