"""`claims remove`: an entry taken out of a case."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from claims.cli.command import Command, Option
from claims.cli.streams import tell
from claims.cli.writing import SECTION, WRITING, carried_out

if TYPE_CHECKING:
    import argparse

    from claims.read.case import Reading
    from claims.write.plan import Prepared


def run(args: argparse.Namespace) -> int:
    """Show what is taken out and what that changes, and write it."""
    from claims.model.errors import InUse
    from claims.write.removal import removal

    def change(reading: Reading) -> Prepared:
        is_all = args.with_references
        return removal(reading, args.id, section=args.section, with_references=is_all, cache=not args.no_cache)

    try:
        return carried_out(args, change)
    except InUse as error:
        from claims.read.characters import shown

        for use in error.uses:
            tell(shown(use))
        raise


COMMAND: Final = Command(
    name="remove",
    about=(
        "Take an entry out of a case, wherever it stands. While others refer to it, each is named with its place, and\n"
        "nothing is done; --with-references takes along what cannot stand without it (the documents of a source, the\n"
        "findings and statements of a document), and takes its id out of what else names it."
    ),
    examples=(
        ("claims remove lantern-1/bridge", "a finding, called by its document and claim"),
        ("claims remove lantern-1 --with-references", "a document, with its findings and statements"),
        ("claims remove claims/bridge", "where the id stands in more than one section"),
    ),
    options=(
        Option(("id",), "the entry: its id, or SECTION/ID", metavar="ID"),
        Option(("--with-references",), "take along what refers to it", more={"action": "store_true"}),
        SECTION, *WRITING,
    ),
    run=run,
)  # fmt: skip
