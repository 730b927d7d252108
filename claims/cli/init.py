"""`claims init`: a case to begin with."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from claims.cli import exits
from claims.cli.command import Command, Option
from claims.cli.options import QUIET
from claims.cli.streams import out

if TYPE_CHECKING:
    import argparse


def run(args: argparse.Namespace) -> int:
    """Write the example, and say what comes next."""
    from claims.read.characters import shown
    from claims.write.init import write_example

    folder = Path(args.folder)
    written = write_example(folder)
    if not args.quiet:
        name = shown(args.folder)
        listed = "".join(f"  {shown(path)}\n" for path in written)
        out(
            f"An invented example stands in {name}:\n{listed}\n"
            f"  claims check --case {name}     what is wrong in it\n"
            f"  claims report --case {name}    what it comes to\n\n"
            "Then put your own claims in place of it.\n"
        )
    return exits.FINE


COMMAND: Final = Command(
    name="init",
    about=(
        "Write a small, commented, valid case into a new or empty folder. Everything in it is invented; put your own\n"
        "claims in its place. An editor that knows YAML schemas completes and checks it as you type."
    ),
    examples=(
        ("claims init my-case", "begin a case in the folder my-case"),
        ("claims init .", "begin one here, where nothing is"),
    ),
    options=(Option(("folder",), "a new or empty folder", metavar="DIR", completes="folder"), QUIET),
    run=run,
)
