"""`claims rename`: an id changed wherever it stands."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from claims.cli.command import Command, Option
from claims.cli.writing import SECTION, WRITING, carried_out

if TYPE_CHECKING:
    import argparse


def run(args: argparse.Namespace) -> int:
    """Show every place where the id stands, and write it."""
    from claims.write.renaming import renaming

    return carried_out(
        args,
        lambda reading: renaming(reading, args.old, args.new, section=args.section, cache=not args.no_cache),
    )


COMMAND: Final = Command(
    name="rename",
    about=(
        "Change the id of an entry, and every reference to it, in all files of a case at once. Quotes, comments and\n"
        "the order of everything stay."
    ),
    examples=(
        ("claims rename lantern the-lantern", "a source, and its documents with it"),
        ("claims rename claims/bridge the-bridge", "where the id stands in more than one section"),
    ),
    options=(
        Option(("old",), "the id as it is, or SECTION/ID", metavar="OLD"),
        Option(("new",), "the id as it shall be", metavar="NEW"),
        SECTION, *WRITING,
    ),
    run=run,
)  # fmt: skip
