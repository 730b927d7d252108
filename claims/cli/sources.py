"""`claims sources`: what each source is tied to, and its record."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from claims.cli.command import Command
from claims.cli.people import Faces, options, shown

if TYPE_CHECKING:
    import argparse

SORT_WORDS: Final = ("name", "grade", "findings", "borne-out")


def run(args: argparse.Namespace) -> int:
    """Show the records of the sources that are named, or of all."""
    from claims.present.people_data import sources_csv, sources_json
    from claims.present.people_view import sources_view
    from claims.track.sources import source_tracks

    return shown(args, "source", source_tracks, Faces(sources_view, sources_json, sources_csv))


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
    options=options("source", SORT_WORDS),
    run=run,
)
