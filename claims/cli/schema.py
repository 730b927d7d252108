"""`claims schema`: JSON Schemas of what claims reads and writes."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from claims.cli import exits
from claims.cli.command import Command, Option
from claims.cli.options import QUIET
from claims.cli.streams import out, tell

if TYPE_CHECKING:
    import argparse

NAMES: Final = (
    "case", "policy", "report", "audit", "diff", "problems", "add", "sources", "speakers", "stale", "reliability",
)  # fmt: skip


def run(args: argparse.Namespace) -> int:
    """Print one schema, or write them to a folder."""
    from claims.present.schemas import ENDING, schema_text

    names = (args.name,) if args.name else NAMES
    if args.output is None:
        if args.name is None:
            out("".join(f"{name}{ENDING}\n" for name in NAMES))
            tell("claims: name one to print it, or give a folder with --output to write them all")
        else:
            out(schema_text(args.name))
        return exits.FINE
    from claims.write.atomic import write_text

    folder = Path(args.output)
    folder.mkdir(exist_ok=True)
    for name in names:
        write_text(folder / f"{name}{ENDING}", schema_text(name))
        if not args.quiet:
            tell(f"claims: wrote {name}{ENDING}")
    return exits.FINE


COMMAND: Final = Command(
    name="schema",
    about=(
        "Print or write the JSON Schemas: `case` is any YAML file of a case, `policy` a policy file; `report` and\n"
        "`problems` are what `claims report` and `claims check` give as JSON. An editor that knows `case` completes\n"
        "keys and marks mistakes while you type; `claims init` puts it into a new case."
    ),
    examples=(
        ("claims schema case", "print the schema of a case's files"),
        ("claims schema -o .claims", "write all of them to a folder"),
    ),
    options=(
        Option(("name",), "the schema to print or write", metavar="NAME", choices=NAMES, more={"nargs": "?"}),
        Option(("-o", "--output"), "a folder to write to", metavar="DIR", completes="folder"),
        QUIET,
    ),
    run=run,
)
