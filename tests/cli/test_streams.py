"""What a screen can show, by options, environment and terminal."""

from __future__ import annotations

import io

import pytest

from claims.cli.streams import PIPE_WIDTH, Screen, screen_of


class Terminal(io.StringIO):
    """A stream that says that it is a terminal."""

    def isatty(self) -> bool:
        return True


COLOURS = [
    (Terminal(), "auto", {}, True),
    (Terminal(), "auto", {"NO_COLOR": "1"}, False),
    (Terminal(), "auto", {"NO_COLOR": ""}, True),
    (Terminal(), "auto", {"TERM": "dumb"}, False),
    (Terminal(), "never", {"FORCE_COLOR": "1"}, False),
    (Terminal(), "auto", {"NO_COLOR": "1", "FORCE_COLOR": "1"}, False),
    (io.StringIO(), "auto", {}, False),
    (io.StringIO(), "auto", {"FORCE_COLOR": "1"}, True),
    (io.StringIO(), "auto", {"FORCE_COLOR": "0"}, False),
    (io.StringIO(), "always", {"NO_COLOR": "1", "TERM": "dumb"}, True),
    (None, "auto", {}, False),
]


@pytest.mark.parametrize(("stream", "asked", "env", "colour"), COLOURS)
def test_colour(stream: io.StringIO | None, asked: str, env: dict[str, str], colour: bool) -> None:
    assert screen_of(stream, env, width=None, colour=asked).colour is colour


WIDTHS = [
    (io.StringIO(), None, {}, PIPE_WIDTH),
    (io.StringIO(), None, {"COLUMNS": "66"}, 66),
    (io.StringIO(), 44, {"COLUMNS": "66"}, 44),
    (io.StringIO(), None, {"COLUMNS": "0"}, PIPE_WIDTH),
    (io.StringIO(), None, {"COLUMNS": "wide"}, PIPE_WIDTH),
    (io.StringIO(), None, {"COLUMNS": "٦٦"}, PIPE_WIDTH),
    (Terminal(), None, {}, 80),
]


@pytest.mark.parametrize(("stream", "asked", "env", "width"), WIDTHS)
def test_width(stream: io.StringIO, asked: int | None, env: dict[str, str], width: int) -> None:
    assert screen_of(stream, env, width=asked, colour="auto").width == width


@pytest.mark.parametrize(
    ("encoding", "unicode"), [("utf-8", True), ("UTF-8", True), ("ascii", False), ("cp1252", False)]
)
def test_unicode(encoding: str, unicode: bool) -> None:
    stream = io.TextIOWrapper(io.BytesIO(), encoding=encoding)
    assert screen_of(stream, {}, width=None, colour="auto") == Screen(PIPE_WIDTH, colour=False, unicode=unicode)
