"""What all commands that change a case have in common: show what would happen, ask, and write it as one.

What is asked and not answered is not written. Without a terminal nothing is asked, and `--yes` must say that it is
meant.
"""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING, Final

from claims.cli import exits
from claims.cli.command import Option
from claims.cli.opened import tell_problems
from claims.cli.options import CASE, COLOUR, NO_CACHE, QUIET, WIDTH
from claims.cli.place import VARIABLE, place_of
from claims.cli.progress import progress
from claims.cli.streams import out, screen_of, tell

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable
    from pathlib import Path

    from claims.model.plan import Plan
    from claims.read.case import Reading
    from claims.write.plan import Prepared

    Change = Callable[[Reading], Prepared]

YES: Final = Option(("-y", "--yes"), "write it without asking", more={"action": "store_true"})
DRY_RUN: Final = Option(("--dry-run",), "show what would happen, and write nothing", more={"action": "store_true"})
SECTION: Final = Option(
    ("--section",),
    "where an id stands in several sections: which one is meant",
    choices=("parties", "sources", "speakers", "documents", "claims", "statements", "findings"),
)
WRITING: Final = (
    DRY_RUN,
    YES,
    CASE._replace(
        help="the case, a folder with a case.yaml; without it $CLAIMS_CASE, else the nearest case.yaml from here upward"
    ),
    WIDTH,
    COLOUR,
    NO_CACHE,
    QUIET._replace(help="say nothing but errors; what is not written yet is shown all the same"),
)
"""The options of every command that changes a case."""
NOT_SAID: Final = "claims: nothing was written: say --yes to write it, or --dry-run to look only"
UNASKED: Final = "claims: nothing was written"


def folder_of(args: argparse.Namespace) -> Path:
    """The folder of the case to change. Raises `BadRequest` where nobody chose one: what ships is not changed."""
    from claims.cli.place import here
    from claims.model.errors import BadRequest

    place = place_of(getattr(args, "case", None), os.environ, here())
    if place.is_shipped:
        raise BadRequest(f"no case here: name one with --case DIR or ${VARIABLE}, or begin one with `claims init DIR`")
    return place.folder


def carried_out(args: argparse.Namespace, change: Change) -> int:
    """Show what a change does, and write it if that is wanted; gives the number of the exit."""
    from claims.write.transaction import commit, transaction

    folder = folder_of(args)
    if args.yes and not args.dry_run:
        with transaction(folder, say=tell):
            prepared = _shown(args, folder, change)
            if prepared is not None and not prepared.plan.is_idle:
                commit(folder, prepared.before, prepared.after, prepared.plan.what)
        return _ended(args, prepared)
    prepared = _shown(args, folder, change)
    if prepared is None or prepared.plan.is_idle or args.dry_run:
        return _ended(args, prepared, is_written=False)
    if _is_json(args) or not _can_ask():
        _ended(args, prepared, is_written=False)
        tell(NOT_SAID)
        return exits.WRONG_USE
    if not _is_wanted():
        tell(UNASKED)
        return exits.FINE
    with transaction(folder, say=tell):
        _same_case(args, folder, prepared)
        commit(folder, prepared.before, prepared.after, prepared.plan.what)
    return _ended(args, prepared)


def _shown(args: argparse.Namespace, folder: Path, change: Change) -> Prepared | None:
    """The change, made ready and shown; None once it was told why there is none. JSON is told at the end."""
    from claims.model.errors import CaseProblems
    from claims.read.case import reading_of

    with progress(is_quiet=args.quiet) as say:
        say("reading the case")
        reading = reading_of(folder, cache=not args.no_cache)
        say("looking at what changes")
        try:
            prepared = change(reading)
        except CaseProblems as error:
            tell_problems(error.problems)
            tell(UNASKED)
            return None
    if not _is_json(args):
        if prepared.plan.warnings and not args.quiet:
            tell_problems(prepared.plan.warnings)
        if not args.quiet or args.dry_run or not args.yes:
            _drawn(args, prepared.plan)
    return prepared


def _is_json(args: argparse.Namespace) -> bool:
    return getattr(args, "format", "rich") == "json"


def _drawn(args: argparse.Namespace, plan: Plan) -> None:
    from claims.present import terminal
    from claims.present.plan_view import plan_view

    screen = screen_of(sys.stdout, os.environ, width=args.width, colour=args.colour)
    out(terminal.render(plan_view(plan), width=screen.width, colour=screen.colour, unicode=screen.unicode))


def _can_ask() -> bool:
    return all(stream is not None and stream.isatty() for stream in (sys.stdin, sys.stderr))


def _is_wanted() -> bool:
    sys.stderr.write("\nWrite this? [y/N] ")
    sys.stderr.flush()
    return sys.stdin.readline().strip().lower() in ("y", "yes")


def _same_case(args: argparse.Namespace, folder: Path, prepared: Prepared) -> None:
    """Raise `BadRequest` where the case is no longer the one that was looked at."""
    from claims.model.errors import BadRequest
    from claims.read.case import reading_of

    case = reading_of(folder, cache=not args.no_cache).case
    if case is None or case.digest != prepared.digest:
        raise BadRequest("the case has changed since this was shown: nothing was written, look again")


def _ended(args: argparse.Namespace, prepared: Prepared | None, *, is_written: bool = True) -> int:
    """Say what was written, and give the number of the exit."""
    if prepared is None:
        return exits.FOUND
    is_written = is_written and not prepared.plan.is_idle
    if _is_json(args):
        from claims.present import plan_json

        out(plan_json.render(prepared.plan, is_written=is_written))
    elif is_written and not args.quiet:
        from claims.read.characters import shown

        files = ", ".join(shown(path) for path in sorted(prepared.after))
        tell(f"claims: wrote {files}; `claims undo` takes it back")
    return exits.FINE
