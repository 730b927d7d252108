"""`claims export`: a case with its entries as tables."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from claims.cli import exits
from claims.cli.command import Command, Option
from claims.cli.opened import opened
from claims.cli.options import CASE, NO_CACHE, QUIET
from claims.cli.progress import progress
from claims.cli.streams import out

if TYPE_CHECKING:
    import argparse

TABLES: Final = ("csv", "jsonl", "parquet")


def run(args: argparse.Namespace) -> int:
    """Write the case, and say what was written."""
    with progress(is_quiet=args.quiet) as say:
        say("reading the case")
        case = opened(args)
        if case is None:
            return exits.FOUND
        from claims.read.characters import shown
        from claims.write.export import write_export

        say("writing")
        written = write_export(case, args.tables, Path(args.output))
    if not args.quiet:
        name = shown(args.output)
        listed = "".join(f"  {shown(path)}\n" for path in written)
        out(f"{name} holds the case {case.id}:\n{listed}\n  claims report --case {name}    the same report\n")
    return exits.FINE


COMMAND: Final = Command(
    name="export",
    about=(
        "Write a case into a new folder with its entries as tables, one for each section, beside a case.yaml and the\n"
        "stored texts. That folder is a case as well: it has the same entries, and gives the same report.\n\n"
        "In CSV, a cell that a spreadsheet would take for a formula has an apostrophe in front, which is taken off\n"
        "again when it is read. Parquet needs pyarrow: pip install 'claims[tables]'."
    ),
    examples=(
        ("claims export --tables csv -o tables", "for a spreadsheet"),
        ("claims export --tables parquet -o lake/case", "for a data frame or a query"),
        ("claims report --case tables", "and back"),
    ),
    options=(
        CASE,
        Option(("--tables",), "the form of the tables", choices=TABLES, more={"required": True}),
        Option(("-o", "--output"), "a new or empty folder", metavar="DIR", completes="folder", more={"required": True}),
        NO_CACHE, QUIET,
    ),
    run=run,
)  # fmt: skip
