"""`claims sources`: what each source is tied to, and its record."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from claims.cli import exits
from claims.cli.command import Command, Option, words
from claims.cli.faces import drawn
from claims.cli.filters import AS_OF, day_of
from claims.cli.opened import opened
from claims.cli.options import CASE, COLOUR, NO_CACHE, POLICY, QUIET, WIDTH
from claims.cli.progress import progress
from claims.cli.streams import out, tell

if TYPE_CHECKING:
    import argparse

    from claims.model.track import Tracks

FORMATS: Final = ("rich", "markdown", "json", "csv")
SORT_WORDS: Final = ("name", "grade", "findings", "borne-out")


def run(args: argparse.Namespace) -> int:
    """Show the records of the sources that are named, or of all."""
    as_of, ids = day_of(args.as_of, "--as-of"), words(args.id)
    with progress(is_quiet=args.quiet) as say:
        say("reading the case")
        case = opened(args)
        if case is None:
            return exits.FOUND
        from claims.flow import assess
        from claims.track.sources import source_tracks

        say("going through the records")
        tracks = source_tracks(
            assess(case, as_of), ids, parties=words(args.party), grades=words(args.grade), sort=args.sort
        )
        text = _drawn(tracks, args, is_named=bool(ids))
    out(text)
    if not tracks.sources:
        tell("claims: no source matches" if case.sources else "claims: the case has no sources")
        return exits.NOTHING
    return exits.FINE


def _drawn(tracks: Tracks, args: argparse.Namespace, *, is_named: bool) -> str:
    if args.format in ("json", "csv"):
        from claims.present import people_data

        return people_data.sources_json(tracks) if args.format == "json" else people_data.sources_csv(tracks)
    from claims.present.people_view import sources_view

    return drawn(sources_view(tracks, cards=is_named), args)


COMMAND: Final = Command(
    name="sources",
    about=(
        "Show what each source is tied to, its grade, and its record in counts: what it reported first, what it only\n"
        "has from others, and what was borne out on claims that are decided without it. Never a score.\n\n"
        "Without an id, a table of all; with ids, a card for each, with its claims and documents."
    ),
    examples=(
        ("claims sources", "all sources, by name"),
        ("claims sources sohr bbc", "two of them, with all that they say"),
        ("claims sources --sort borne-out --grade A,B", "those graded A or B, the most borne out first"),
        ("claims sources --party hezbollah", "those that share a party's interest"),
        ("claims sources --as-of 2015-05-20", "the records as they stood that day"),
        ("claims sources --format csv > sources.csv", "for a spreadsheet"),
    ),
    options=(
        Option(("id",), "a source; several may be given", metavar="ID", completes="source", more={"nargs": "*"}),
        CASE,
        Option(("--party",), "those of this party", metavar="ID", completes="party", is_listed=True),
        Option(("--grade",), "those with this letter", metavar="LETTER", choices=tuple("ABCDEF"), is_listed=True),
        Option(("--sort",), "the order: by name, by grade, or with the most first", choices=SORT_WORDS,
               more={"default": "name"}),
        AS_OF,
        Option(("--format",), "rich for people, the others for files and machines", choices=FORMATS,
               more={"default": "rich"}),
        POLICY, WIDTH, COLOUR, NO_CACHE, QUIET,
    ),
    run=run,
)  # fmt: skip
