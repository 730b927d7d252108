"""`claims check`: everything that is wrong with a case."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING, Final

from claims.cli import collection, exits
from claims.cli.command import Command, Option
from claims.cli.opened import policy_of
from claims.cli.options import CASE, COLOUR, NO_CACHE, POLICY, QUIET, WIDTH
from claims.cli.place import chosen_place
from claims.cli.progress import progress
from claims.cli.streams import out, screen_of

if TYPE_CHECKING:
    import argparse

    from claims.model.case import Case
    from claims.model.problem import Problem

FORMATS: Final = ("text", "json")
COUNTED: Final = (
    ("claim", "claims"), ("statement", "statements"), ("finding", "findings"), ("document", "documents"),
    ("source", "sources"), ("speaker", "speakers"), ("party", "parties"),
)  # fmt: skip


def run(args: argparse.Namespace) -> int:
    """Read the case, and tell all of its problems at once."""
    from claims.read.case import read_case

    if collection.is_asked_for(args):
        return collection.check(args, drawn_problems)
    with progress(is_quiet=args.quiet) as say:
        say("reading the case")
        case, problems = read_case(chosen_place(args).folder, policy=policy_of(args), cache=not args.no_cache)
    if problems or args.format == "json":
        out(drawn_problems(problems, args))
    if case is None or (problems and args.strict):
        return exits.FOUND
    if args.format == "text":
        out(_summary(case, problems))
    return exits.FINE if case.claims else exits.NOTHING


def drawn_problems(problems: tuple[Problem, ...], args: argparse.Namespace) -> str:
    """The problems, in the format asked for."""
    from claims.present import problems as face

    if args.format == "json":
        return face.render_json(problems)
    screen = screen_of(sys.stdout, os.environ, width=args.width, colour=args.colour)
    return face.render_text(problems, width=screen.width, colour=screen.colour)


def _summary(case: Case, problems: tuple[Problem, ...]) -> str:
    """`fine: 3 claims, 1 statement, …`; a case without claims is not called fine."""
    counts = ((len(getattr(case, section)), one, many) for one, many in COUNTED for section in (many,))
    said = ", ".join(f"{number} {one if number == 1 else many}" for number, one, many in counts if number)
    if not case.claims:
        return "nothing to judge: the case has no claims" + (f", only {said}\n" if said else "\n")
    return f"{'fine' if not problems else 'no errors'}: {said}\n"


COMMAND: Final = Command(
    name="check",
    about=(
        "Read a case, and tell everything that is wrong with it at once: file, line, column, and the way out.\n\n"
        "Errors keep a report from being made; warnings do not."
    ),
    examples=(
        ("claims check", "the case here, or the one that ships"),
        ("claims check --case my-case", "another one"),
        ("claims check --strict", "for a script: warnings fail as well"),
        ("claims check --format json", "for an editor: places, codes and hints"),
    ),
    options=(
        CASE, collection.ENGINE, collection.MASTER,
        Option(("--format",), "text for people, JSON for machines", choices=FORMATS, more={"default": "text"}),
        Option(("--strict",), "exit with 1 for warnings too", more={"action": "store_true"}),
        POLICY, WIDTH, COLOUR, NO_CACHE, QUIET,
    ),
    run=run,
)  # fmt: skip
