"""What holds of a view on every face, whatever text stands in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.cells import cell_len

from claims.present import markdown, terminal
from claims.present.escape import BIDI
from tests.present.test_hostile import AUTOLINK, CONTROLS

if TYPE_CHECKING:
    from claims.present.view import View


def assert_nothing_is_obeyed(view: View, *, width: int, unicode: bool) -> None:
    """Nothing reaches the terminal that it would obey, or that does not fit."""
    shown = terminal.render(view, width=width, colour=False, unicode=unicode)
    assert not CONTROLS.search(shown)
    assert not BIDI & set(shown)
    assert max(cell_len(line) for line in shown.split("\n")) <= width
    assert shown.isascii() or unicode


def assert_nothing_comes_alive(view: View) -> None:
    """Nothing of Markdown is a mark, a link or markup that a text brought along."""
    shown = markdown.render(view)
    assert not CONTROLS.search(shown)
    assert not AUTOLINK.search(shown)
    assert "<script" not in shown
    assert "$" not in shown
