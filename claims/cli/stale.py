"""`claims stale`: what in a case needs a second look, and which single fact would settle most."""

from __future__ import annotations

import argparse
import datetime as dt
from typing import TYPE_CHECKING, Any, Final, cast

from claims.cli import exits
from claims.cli.command import Command, Option, words
from claims.cli.filters import day_of
from claims.cli.opened import opened
from claims.cli.options import CASE, COLOUR, NO_CACHE, POLICY, QUIET, WIDTH
from claims.cli.output import FORCE, OUTPUT, delivered, drawn, format_of
from claims.cli.progress import progress

if TYPE_CHECKING:
    from claims.model.age import Age
    from claims.model.staleness import Stale

FORMATS: Final = ("rich", "markdown", "json")
KIND_WORDS: Final = (
    "not-established", "ungraded", "one-short", "due", "quote", "unchecked", "not-read-again", "not-archived",
    "undated",
)  # fmt: skip
FIRST_LOOK: Final = 5
"""How many of each kind a person is shown who asks for no number."""


def run(args: argparse.Namespace) -> int:
    """Show what needs a second look."""
    kinds, age = _kinds(args.kind), _age(args.older_than)
    today = day_of(args.today, "--today") or _machine_day()
    with progress(is_quiet=args.quiet) as say:
        say("reading the case")
        case = opened(args)
        if case is None:
            return exits.FOUND
        from claims.flow import assess
        from claims.staleness.looks import chosen, stale

        say("trying what would settle a claim")
        found = chosen(stale(assess(case), today, age.before(today)), cast("Any", kinds), _limit(args))
        text = _drawn(found, args)
    delivered(text, case, args)
    return exits.FINE


def _kinds(values: list[str]) -> tuple[str, ...]:
    """The kinds that are asked for. Raises `BadRequest` for what is none."""
    found = words(values)
    for word in found:
        if word not in KIND_WORDS:
            from claims.model.errors import BadRequest, NotFound

            raise BadRequest(f"--kind: {NotFound.among('kind', word, KIND_WORDS)}; kinds are {', '.join(KIND_WORDS)}")
    return found


def _age(text: str) -> Age:
    from claims.model.age import AgeError, parse_age
    from claims.model.errors import BadRequest

    try:
        return parse_age(text)
    except AgeError as error:
        raise BadRequest(f"--older-than: {error}") from error


def _machine_day() -> dt.date:
    return dt.datetime.now(dt.UTC).astimezone().date()


def _limit(args: argparse.Namespace) -> int | None:
    """At most so many; None: all."""
    if args.limit is None:
        return FIRST_LOOK if format_of(args, FORMATS) == "rich" else None
    return args.limit or None


def _drawn(found: Stale, args: argparse.Namespace) -> str:
    format_ = format_of(args, FORMATS)
    if format_ == "json":
        from claims.present.stale_data import stale_json

        return stale_json(found)
    from claims.present.stale_view import stale_view

    return drawn(stale_view(found), format_, args)


def number_of(text: str) -> int:
    """A whole number from 0. Raises what argparse tells the user."""
    if not (text.isascii() and text.isdecimal() and len(text) < 10):  # noqa: PLR2004 - digits enough for any case
        raise argparse.ArgumentTypeError(f"{text!r} is not a number from 0")
    return int(text)


COMMAND: Final = Command(
    name="stale",
    about=(
        "Show what needs a second look, the most valuable first: which single fact would settle a claim (how a\n"
        "document knows, the grade of a source, one more report), predictions that are due, quotes that the stored\n"
        "text does not have, claims that nobody has looked into, and documents not read for long, not archived or\n"
        "without a date."
    ),
    examples=(
        ("claims stale", "the first five of each kind"),
        ("claims stale --kind one-short,not-established", "what is worth a day's work"),
        ("claims stale --kind not-archived --limit 0", "all pages to archive"),
        ("claims stale --older-than 90d", "what was not read within ninety days"),
        ("claims stale --today 2015-06-30", "as that day would have it"),
        ("claims stale --format json", "for a script"),
    ),
    options=(
        CASE,
        Option(("--kind",), f"only this kind: {', '.join(KIND_WORDS)}", metavar="KIND", choices=KIND_WORDS,
               is_listed=True),
        Option(("--limit",), "at most so many that settle a claim, and of each kind that do not; 0: all. Without it: "
               f"{FIRST_LOOK} on a screen, else all", metavar="N", more={"type": number_of}),
        Option(("--older-than",), "what was last read longer ago is to be read again: 90d, 6m, 1y", metavar="AGE",
               more={"default": "1y"}),
        Option(("--today",), "the day to count from; without it, today by the clock of this machine", metavar="DATE"),
        Option(("--format",), "without it, by the ending of the output file, else rich", choices=FORMATS),
        OUTPUT, FORCE, POLICY, WIDTH, COLOUR, NO_CACHE, QUIET,
    ),
    run=run,
)  # fmt: skip
