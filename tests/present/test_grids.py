"""Tables and trees on a screen: in line, wrapped and never cut, cards where there is no room."""

from __future__ import annotations

import pytest
from rich.cells import cell_len

from claims.present import markdown, terminal
from claims.present.view import Node, Span, Table, Title, Tree, View

LONG = "Reports that a reader of the case will want to know of, " * 3
TABLE = Table(
    (Title("Source", 1), Title("Grade"), Title("First", align="right"), Title("What it said", 3)),
    (
        ((Span("Syrian Observatory", "name"),), (Span("B"),), (Span("12"),), (Span(LONG),)),
        ((Span("حسن نصرالله"),), (Span("F"),), (Span("3"),), ()),
        ((Span("[b]|`x`"),), (Span("\x1b[31m"),), (Span("0"),), (Span("two\nlines"),)),
    ),
)
TREE = Tree(
    (
        Node((Span("panarmenian"),), (
            Node((Span(LONG),), (Node((Span("sohr", "name"),)), Node((Span(LONG),)))),
            Node((Span("own sources"),)),
        )),
        Node((Span("\x1b[31m"),)),
    )
)  # fmt: skip


def drawn(block: Table | Tree, width: int, *, unicode: bool = True) -> str:
    return terminal.render(View((block,)), width=width, colour=False, unicode=unicode)


@pytest.mark.parametrize("block", [TABLE, TREE], ids=["table", "tree"])
@pytest.mark.parametrize("width", [200, 120, 80, 60, 40, 20])
@pytest.mark.parametrize("unicode", [True, False])
def test_nothing_is_cut_and_nothing_overflows(block: Table | Tree, width: int, unicode: bool) -> None:
    shown = drawn(block, width, unicode=unicode)
    assert "…" not in shown
    assert "\x1b" not in shown
    assert shown.isascii() or unicode
    assert max(cell_len(line) for line in shown.split("\n")) <= width
    assert shown.count("Reports") == sum(LONG.count("Reports") for _ in range(1 if block is TABLE else 2))


def test_columns_stay_in_line() -> None:
    lines = drawn(TABLE, 100).split("\n")
    at = lines[0].index("What it said")
    assert all(line[at - 1] == " " for line in lines[2:] if len(line) > at and "نص" not in line)
    assert lines[0].index("First") + len("First") == lines[2].index("12") + 2


def test_a_table_without_room_is_cards() -> None:
    assert "─" in drawn(TABLE, 80)
    assert "─" not in drawn(TABLE, 30)
    assert "Grade: B" in drawn(TABLE, 30)
    assert "What it said: two ⏎ lines" in drawn(TABLE, 40)


def test_a_line_of_a_tree_goes_on_under_its_own_beginning() -> None:
    assert drawn(Tree((Node((Span("a"),), (Node((Span("one two three"),), (Node((Span("b"),)),)),)),)), 13) == (
        "a\n└─ one two\n   │  three\n   └─ b\n"
    )


def test_markdown_keeps_both() -> None:
    text = markdown.render(View((TABLE, TREE)))
    assert "| **Syrian Observatory** | B | 12 |" in text
    assert "- panarmenian\n  - Reports" in text
    assert "\\[b\\]\\|\\`x\\`" in text
