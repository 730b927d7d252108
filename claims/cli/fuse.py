"""`claims fuse`: which of many answers hold, and how reliable their sources are."""

from __future__ import annotations

import argparse
import math
from pathlib import Path
from typing import TYPE_CHECKING, Final

from claims.cli import exits
from claims.cli.command import Command, Option
from claims.cli.opened import tell_problems
from claims.cli.options import POLICY, QUIET
from claims.cli.progress import progress
from claims.cli.streams import out, tell

if TYPE_CHECKING:
    import pandas as pd

    from claims.cli.progress import Progress
    from claims.fusion.result import Fusion
    from claims.model.policy import Policy

IS_READ: Final = "is read here; name another file"


def run(args: argparse.Namespace) -> int:
    """Read the answers, fuse them, and write what holds."""
    from claims.model.errors import CaseProblems, TableProblems

    try:
        with progress(is_quiet=args.quiet) as say:
            fusion = _fused(args, say)
            say("writing")
            _delivered(fusion, args)
    except (CaseProblems, TableProblems) as error:
        tell_problems(error.problems)
        tell(f"claims: {error}")
        return exits.FOUND
    for note in () if args.quiet else fusion.notes:
        tell(f"claims: {note}")
    return exits.FINE if len(fusion.outcome) else exits.NOTHING


def _fused(args: argparse.Namespace, say: Progress) -> Fusion:
    from claims.answers.beside import TIES, grades_in
    from claims.answers.checks import COLUMNS
    from claims.answers.tables import read_table, separator
    from claims.fusing import fuse

    for named in filter(None, (args.output, args.sources)):
        separator(Path(named))  # a name that says no format is told before the work and not after it
    say("reading the answers")
    frame, origin = read_table(Path(args.answers), (*COLUMNS, *TIES))
    owners = read_table(Path(args.owners), ("source", *TIES))[0] if args.owners else None
    grades = grades_in(*read_table(Path(args.grades), ("source", "grade"))) if args.grades else None
    policy = _policy(Path(args.policy)) if args.policy else None
    say("weighing the answers")
    return fuse(
        frame, numeric=True if args.numeric else None, tolerance=args.tolerance, grades=grades, owners=owners,
        policy=policy, origin=origin,
    )  # fmt: skip


def _policy(path: Path) -> Policy:
    """The policy in a file. Raises `BadRequest` or `CaseProblems`."""
    from claims.model.errors import CaseProblems
    from claims.read.policy import policy_bytes, policy_from
    from claims.read.problems import problems_of

    data = policy_bytes(path)
    policy, drafts = policy_from(data, path)
    if policy is None:
        raise CaseProblems(problems_of(drafts, {draft.spot.file: data for draft in drafts}))
    return policy


def _delivered(fusion: Fusion, args: argparse.Namespace) -> None:
    from claims.answers.tables import as_csv

    table = fusion.candidates if args.all else fusion.outcome
    if args.sources:
        _write(fusion.sources, args.sources, args)
    if args.output:
        _write(table, args.output, args)
    else:
        out(as_csv(table))


def _write(table: pd.DataFrame, name: str, args: argparse.Namespace) -> None:
    from claims.answers.tables import write_table
    from claims.write.atomic import write_bytes

    read = [Path(given) for given in (args.answers, args.owners, args.grades, args.policy) if given]
    write_bytes(Path(name), write_table(table, Path(name)), spared=read, why=IS_READ)


def tolerance_of(text: str) -> float:
    """A number from 0 on. Raises what argparse tells the user."""
    try:
        number = float(text)
    except ValueError:
        number = math.nan
    if not (math.isfinite(number) and number >= 0):
        raise argparse.ArgumentTypeError(f"{text!r} is not a number from 0 on")
    return number


COMMAND: Final = Command(
    name="fuse",
    about=(
        "From a table of answers (columns source, object and value), find which value holds for each object, with a\n"
        "probability, and how reliable each source is. Nothing is tuned: the method follows from the data, and is\n"
        "said with its reason. Sources that share an owner, rely on each other or copy speak with one voice.\n\n"
        "Tables end in .csv, .tsv (both also with .gz) or .parquet."
    ),
    examples=(
        ("claims fuse answers.csv", "what holds for each object"),
        ("claims fuse answers.csv -o holds.csv --sources sources.csv", "into files, with what is learned of sources"),
        ("claims fuse readings.csv --tolerance 1", "figures, of which those within 1 agree"),
        ("claims fuse answers.csv --grades grades.csv --owners owners.csv", "with what is known of the sources"),
    ),
    options=(
        Option(("answers",), "a table with the columns source, object, value; also owner, relies_on", metavar="ANSWERS",
               completes="file"),
        Option(("-o", "--output"), "write what holds to a file: object, value, probability, tied", metavar="RESULT",
               completes="file"),
        Option(("--sources",), "write to a file: source, reliability, low, high, answers, copies", metavar="FILE",
               completes="file"),
        Option(("--all",), "every value that was given, not only the most likely", more={"action": "store_true"}),
        Option(("--numeric",), "the values are figures", more={"action": "store_true"}),
        Option(("--tolerance",), "the values are figures, and agree where they are no further apart", metavar="T",
               more={"type": tolerance_of}),
        Option(("--owners",), "a table with the columns source, and owner or relies_on", metavar="FILE",
               completes="file"),
        Option(("--grades",), "a table with the columns source and grade, A to F", metavar="FILE", completes="file"),
        POLICY, QUIET,
    ),
    run=run,
)  # fmt: skip
