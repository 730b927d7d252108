"""`claims speakers`: what each speaker is tied to, and what became of what was said."""

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
SORT_WORDS: Final = ("name", "grade", "claims", "borne-out")


def run(args: argparse.Namespace) -> int:
    """Show the records of the speakers that are named, or of all."""
    as_of, ids = day_of(args.as_of, "--as-of"), words(args.id)
    with progress(is_quiet=args.quiet) as say:
        say("reading the case")
        case = opened(args)
        if case is None:
            return exits.FOUND
        from claims.flow import assess
        from claims.track.speakers import speaker_tracks

        say("going through the records")
        tracks = speaker_tracks(
            assess(case, as_of), ids, parties=words(args.party), grades=words(args.grade), sort=args.sort
        )
        text = _drawn(tracks, args, is_named=bool(ids))
    out(text)
    if not tracks.speakers:
        tell("claims: no speaker matches" if case.speakers else "claims: the case has no speakers")
        return exits.NOTHING
    return exits.FINE


def _drawn(tracks: Tracks, args: argparse.Namespace, *, is_named: bool) -> str:
    if args.format in ("json", "csv"):
        from claims.present import people_data

        return people_data.speakers_json(tracks) if args.format == "json" else people_data.speakers_csv(tracks)
    from claims.present.people_view import speakers_view

    return drawn(speakers_view(tracks, cards=is_named), args)


COMMAND: Final = Command(
    name="speakers",
    about=(
        "Show what each speaker is tied to, and a record in counts: how many of the claims made are on record, what\n"
        "became of them, and of predictions and promises once they are due. Never a score.\n\n"
        "Without an id, a table of all; with ids, a card for each, with the claims and where they were made."
    ),
    examples=(
        ("claims speakers", "all speakers, by name"),
        ("claims speakers nasrallah", "one of them, claim by claim"),
        ("claims speakers --sort borne-out", "those whose claims were most often borne out first"),
        ("claims speakers --party iran", "those who speak for a party"),
        ("claims speakers --as-of 2015-05-20", "the records as they stood that day"),
        ("claims speakers --format csv > speakers.csv", "for a spreadsheet"),
    ),
    options=(
        Option(("id",), "a speaker; several may be given", metavar="ID", completes="speaker", more={"nargs": "*"}),
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
