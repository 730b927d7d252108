"""`claims retract`: a document marked as withdrawn."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from claims.cli.command import Command, Option
from claims.cli.writing import WRITING, carried_out

if TYPE_CHECKING:
    import argparse


def run(args: argparse.Namespace) -> int:
    """Show what the withdrawal changes, and write it."""
    import datetime as dt

    from claims.write.retraction import retraction

    day = args.date if args.date is not None else dt.datetime.now().astimezone().date().isoformat()
    return carried_out(
        args,
        lambda reading: retraction(reading, args.document, date=day, reason=args.reason, cache=not args.no_cache),
    )


COMMAND: Final = Command(
    name="retract",
    about=(
        "Mark a document as withdrawn by its publisher. It stays in the case; from that day on it counts for nothing,\n"
        "and neither does what has its knowledge from it alone."
    ),
    examples=(
        ("claims retract lantern-1 --reason 'wrong bridge'", "withdrawn today"),
        ("claims retract lantern-1 --reason 'wrong bridge' --date 2024-03-09", "withdrawn that day"),
    ),
    options=(
        Option(("document",), "the document", metavar="DOCUMENT"),
        Option(("--reason",), "why, in a line", metavar="TEXT", more={"required": True}),
        Option(("--date",), "when; without it, today", metavar="DATE"),
        *WRITING,
    ),
    run=run,
)
