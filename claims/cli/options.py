"""Options that several commands share."""

from __future__ import annotations

import argparse
from typing import Final

from claims.cli.command import Option

NARROWEST: Final = 20
WIDEST: Final = 1000


def width_of(text: str) -> int:
    """A number of columns. Raises what argparse tells the user."""
    if not (text.isascii() and text.isdecimal()) or not NARROWEST <= int(text[:5]) <= WIDEST:
        raise argparse.ArgumentTypeError(f"{text!r} is not a number of columns from {NARROWEST} to {WIDEST}")
    return int(text)


CASE: Final = Option(
    ("--case",),
    "the case: a folder with a case.yaml. Without it: $CLAIMS_CASE, else the nearest case.yaml from here upward, "
    "else the case that ships with claims",
    metavar="DIR",
    completes="folder",
    more={"default": argparse.SUPPRESS},
)
POLICY: Final = Option(
    ("--policy",),
    "a YAML file laid over the default policy, in place of what the case changes in it",
    metavar="FILE",
    completes="file",
)
COLOUR: Final = Option(
    ("--colour", "--color"),
    "auto: where the output is a terminal and NO_COLOR is not set",
    choices=("auto", "always", "never"),
    more={"default": "auto", "dest": "colour"},
)
WIDTH: Final = Option(
    ("--width",),
    "columns to fill; without it: $COLUMNS, else the terminal's, else 120",
    metavar="N",
    more={"type": width_of},
)
NO_CACHE: Final = Option(
    ("--no-cache",), "read the files of the case even if they have not changed", more={"action": "store_true"}
)
QUIET: Final = Option(("-q", "--quiet"), "say nothing on the error stream but errors", more={"action": "store_true"})
