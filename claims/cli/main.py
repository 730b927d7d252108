"""The command `claims`: arguments in, a value of the public API out to a face. It decides nothing.

Nothing heavy is imported before a command runs, so that help and completion answer at once.
"""

from __future__ import annotations

import argparse
import gc
import os
import sys
from typing import TYPE_CHECKING, Any, Final, NoReturn

from claims import __version__
from claims.cli import exits, streams
from claims.cli.commands import SUMMARIES, command_named
from claims.cli.options import CASE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from claims.cli.command import Command

ABOUT: Final = "A plain-text ledger of claims and sources: which claims hold up, which are disputed, and why."
FIRST_STEPS: Final = """\
first steps:
  claims report                  the case that ships with claims, judged
  claims init my-case            begin a case of your own: a small example to change
  claims check --case my-case    what is wrong in it, line by line
  claims report --case my-case   what it comes to

`claims COMMAND --help` teaches each command with examples."""
DEBUG: Final = "CLAIMS_DEBUG"
PLUGINS: Final = "PYDANTIC_DISABLE_PLUGINS"
"""What another package may change in how entries are read is left out: same input, same output, on every machine."""


class Help(argparse.RawDescriptionHelpFormatter):
    """Help with examples laid out as they are written, and commands in a column that holds the longest."""

    def __init__(self, prog: str) -> None:
        super().__init__(prog)
        self._action_max_length = max(map(len, SUMMARIES)) + 4


class Parser(argparse.ArgumentParser):
    """A parser that says what is wrong in one line, and where help is."""

    def error(self, message: str) -> NoReturn:
        """End with what is wrong."""
        from claims.read.characters import shown

        streams.tell(f"{self.prog}: {shown(message)}{shown(_way_out(message))}\nsee {self.prog} --help")
        raise SystemExit(exits.WRONG_USE)


class CommandParser(Parser):
    """The parser of one command, which learns what the command takes when it is the one that was named."""

    command: Command | None = None

    def parse_known_args(self, args: Any = None, namespace: Any = None) -> Any:
        """Parse as any parser does, once the command is known."""
        if self.command is None:
            self.command = command_named(self.prog.rpartition(" ")[2])
            self.description, self.epilog = self.command.about, _examples(self.command)
            self.set_defaults(run=self.command.run)
            for option in self.command.options:
                option.add_to(self)
        return super().parse_known_args(args, namespace)


def run() -> int:
    """Run the command line of a process that ends with it.

    A short life leaves no garbage worth a search: looking for cycles while modules load, and through everything once
    more at the end, takes a fifth of the time of a report.
    """
    gc.disable()
    os.environ.setdefault(PLUGINS, "__all__")
    code = main()
    gc.freeze()
    return code


def main(argv: Sequence[str] | None = None) -> int:
    """Run a command line; gives the number of the exit. Never raises, except for what argparse exits with."""
    streams.prepare()
    try:
        code = _run(argv)
        _flush()
    except BrokenPipeError:
        streams.give_up_output()
        return exits.BROKEN_PIPE
    except KeyboardInterrupt:
        return exits.INTERRUPTED
    return code


def parser() -> argparse.ArgumentParser:
    """The parser of the whole command line."""
    top = Parser(
        prog="claims", description=ABOUT, epilog=FIRST_STEPS, allow_abbrev=False,
        formatter_class=Help,
    )  # fmt: skip
    top.add_argument("--version", action="version", version=f"claims {__version__}")
    CASE.add_to(top)
    commands = top.add_subparsers(dest="command", metavar="COMMAND", title="commands", parser_class=CommandParser)
    for name, summary in SUMMARIES.items():
        commands.add_parser(name, help=summary, allow_abbrev=False, formatter_class=Help)
    return top


def _run(argv: Sequence[str] | None) -> int:
    top = parser()
    try:
        args = top.parse_args(argv)
    except SystemExit as leaving:
        return leaving.code if isinstance(leaving.code, int) else exits.FINE
    if args.command is None:
        top.print_help()
        return exits.FINE
    try:
        return int(args.run(args))
    except BrokenPipeError:
        raise
    except Exception as error:  # noqa: BLE001 - nobody who checks claims should meet a traceback
        return _told(error)


def _told(error: Exception) -> int:
    """The exit for an error, once it was said."""
    from claims.model.errors import CaseProblems, ClaimsError
    from claims.read.characters import shown

    if os.environ.get(DEBUG):
        import traceback

        streams.tell("".join(traceback.format_exception(error)).rstrip("\n"))
    if isinstance(error, CaseProblems):
        from claims.cli.opened import tell_problems

        tell_problems(error.problems)
        return exits.FOUND
    if isinstance(error, ClaimsError):
        streams.tell(f"claims: {shown(str(error))}")
        return exits.WRONG_USE
    if isinstance(error, OSError):
        place = f"{error.filename}: " if error.filename else ""
        streams.tell(f"claims: {shown(place)}{shown(error.strerror or str(error)).lower()}")
        return exits.WRONG_USE
    name = type(error).__name__
    streams.tell(
        f"claims: this should not happen: {name}: {shown(' '.join(str(error).split())[:300])} "
        f"({DEBUG}=1 shows where; please report it)"
    )
    return exits.OUR_FAULT


def _examples(command: Command) -> str:
    width = max((len(line) for line, _ in command.examples), default=0)
    return "examples:\n" + "\n".join(f"  {line:<{width}}   {what}" for line, what in command.examples)


def _way_out(message: str) -> str:
    """What was meant, perhaps: ` (did you mean 'report'?)`, or nothing."""
    kind, _, given = message.partition(": ")
    if kind == "unrecognized arguments" and not given.startswith("-"):
        return f" (a case is named with --case {given.split()[0]})" if given.split() else ""
    if kind == "argument COMMAND" and given.startswith("invalid choice: '"):
        from difflib import get_close_matches

        near = get_close_matches(given.split("'")[1], list(SUMMARIES), n=1)
        return f" (did you mean {near[0]!r}?)" if near else ""
    return ""


def _flush() -> None:
    """Meet a reader that went away here, and not when Python ends."""
    if sys.stdout is not None:
        sys.stdout.flush()
