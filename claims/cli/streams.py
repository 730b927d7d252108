"""The way out: text to the output and the error stream, and what a screen can show.

Nothing else prints. A stream that cannot encode a character gets it as an escape; a stream that is closed gets nothing.
"""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING, Final, NamedTuple, TextIO

if TYPE_CHECKING:
    from collections.abc import Mapping

PIPE_WIDTH: Final = 120
"""Columns where there is no terminal: a file or a pipe is not narrow."""
NARROWEST: Final = 20


class Screen(NamedTuple):
    """What the output can show."""

    width: int
    colour: bool
    unicode: bool


def prepare() -> None:
    """Make the streams take any character."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(errors="backslashreplace")


def out(text: str) -> None:
    """Write to the output."""
    _write(sys.stdout, text)


def tell(text: str) -> None:
    """Write a line for the person, not for what reads the output."""
    _write(sys.stderr, f"{text}\n")


def _write(stream: TextIO | None, text: str) -> None:
    if stream is not None:
        stream.write(text)
        stream.flush()


def give_up_output() -> None:
    """Let nothing more be written: the reader went away, and Python would complain at its end."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    for stream in (sys.stdout, sys.stderr):
        if stream is not None:
            try:
                os.dup2(nowhere, stream.fileno())
            except (OSError, ValueError):
                continue


def screen_of(stream: TextIO | None, env: Mapping[str, str], *, width: int | None, colour: str) -> Screen:
    """What `stream` can show, by what was asked for, the environment and the terminal, in this order."""
    is_terminal = stream is not None and stream.isatty()
    return Screen(
        width=width or _columns(stream, env, is_terminal=is_terminal),
        colour=colour == "always" or (colour == "auto" and _is_coloured(env, is_terminal=is_terminal)),
        unicode=_is_unicode(stream),
    )


def plain(width: int | None) -> Screen:
    """What a file can show."""
    return Screen(width or PIPE_WIDTH, colour=False, unicode=True)


def _columns(stream: TextIO | None, env: Mapping[str, str], *, is_terminal: bool) -> int:
    told = env.get("COLUMNS", "")
    if told.isascii() and told.isdecimal() and int(told[:5]) >= NARROWEST:
        return int(told[:5])
    if stream is not None and is_terminal:
        try:
            return max(os.get_terminal_size(stream.fileno()).columns, NARROWEST)
        except (OSError, ValueError):
            return 80
    return PIPE_WIDTH


def _is_coloured(env: Mapping[str, str], *, is_terminal: bool) -> bool:
    if env.get("NO_COLOR"):
        return False
    if env.get("FORCE_COLOR", "0") not in ("", "0"):
        return True
    return is_terminal and env.get("TERM") != "dumb"


def _is_unicode(stream: TextIO | None) -> bool:
    encoding = getattr(stream, "encoding", None) or "utf-8"
    return str(encoding).lower().replace("_", "-") in ("utf-8", "utf8", "utf-8-sig", "utf-16", "utf-32")
