"""`claims speakers`: what each speaker is tied to, and what became of what was said."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from claims.cli.command import Command
from claims.cli.people import Faces, options, shown

if TYPE_CHECKING:
    import argparse

SORT_WORDS: Final = ("name", "grade", "claims", "borne-out")


def run(args: argparse.Namespace) -> int:
    """Show the records of the speakers that are named, or of all."""
    from claims.present.people_data import speakers_csv, speakers_json
    from claims.present.people_view import speakers_view
    from claims.track.speakers import speaker_tracks

    return shown(args, "speaker", speaker_tracks, Faces(speakers_view, speakers_json, speakers_csv))


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
    options=options("speaker", SORT_WORDS),
    run=run,
)
