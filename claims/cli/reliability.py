"""`claims reliability`: how reliable each source is, as learned from the case, beside its grade."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from claims.cli import collection, exits
from claims.cli.command import Command, words
from claims.cli.filters import day_of
from claims.cli.opened import opened
from claims.cli.output import delivered, drawn, format_of
from claims.cli.people import FORMATS, options
from claims.cli.progress import progress
from claims.cli.streams import tell

if TYPE_CHECKING:
    import argparse

    from claims.cli.progress import Progress
    from claims.model.case import Case
    from claims.model.reliability import Reliabilities

SORT_WORDS: Final = ("name", "grade", "reliability", "answers")


def run(args: argparse.Namespace) -> int:
    """Show what is learned of the sources that are named, or of all."""
    with progress(is_quiet=args.quiet) as say:
        known = (_of_collection if collection.is_asked_for(args) else _of_case)(args, say)
        if known is None:
            return exits.FOUND
        case, found = known
        text = _text(found, args, is_named=bool(args.id))
    delivered(text, case, args)
    if not found.sources:
        tell("claims: no source matches" if case.sources else "claims: the case has no sources")
        return exits.NOTHING
    return exits.FINE


def _of_case(args: argparse.Namespace, say: Progress) -> tuple[Case, Reliabilities] | None:
    """A case, and what is learned of its sources; None once its errors were told."""
    as_of = day_of(args.as_of, "--as-of")
    say("reading the case")
    case = opened(args)
    if case is None:
        return None
    from claims.flow import assess
    from claims.reliability.sources import reliabilities

    say("holding answers against each other")
    asked = {"parties": words(args.party), "grades": words(args.grade), "sort": args.sort}
    return case, reliabilities(assess(case, as_of), words(args.id), **asked)


def _of_collection(args: argparse.Namespace, say: Progress) -> tuple[Case, Reliabilities] | None:
    """The people of a collection, and what is learned of its sources; None once its errors were told."""
    from claims.cli.gathering import learned
    from claims.reliability.sources import Asked

    asked = Asked(tuple(words(args.id)), tuple(words(args.party)), tuple(words(args.grade)), args.sort)
    return learned(args, day_of(args.as_of, "--as-of"), asked, say)


def _text(found: Reliabilities, args: argparse.Namespace, *, is_named: bool) -> str:
    from claims.present.reliability_data import reliability_csv, reliability_json
    from claims.present.reliability_view import reliability_view

    format_ = format_of(args, FORMATS)
    if format_ == "json":
        return reliability_json(found)
    if format_ == "csv":
        return reliability_csv(found)
    return drawn(reliability_view(found, cards=is_named), format_, args)


COMMAND: Final = Command(
    name="reliability",
    about=(
        "Estimate how reliable each source is from how its answers agree with those of all others, starting from the\n"
        "grade given by hand: with an interval, and the counts it rests on. Proposes a grade where there is none and\n"
        "the data tell, and says which grades they contradict. It never changes a case.\n\n"
        "Without an id, a table of the sources that can be compared; with ids, a card for each, with its answers.\n"
        "Tables that are more than a case may hold are gone through on disk, or on a cluster: answers are not listed."
    ),
    examples=(
        ("claims reliability", "all sources that can be compared, by name"),
        ("claims reliability sohr isw", "two of them, with each answer and what all others make of it"),
        ("claims reliability --grade F", "those without a grade"),
        ("claims reliability --as-of 2015-05-20", "as it could be learned that day"),
        ("claims reliability --format csv > reliability.csv", "for a spreadsheet"),
        ("claims reliability --case /data --engine spark", "large tables, on a cluster"),
    ),
    options=(*options("source", SORT_WORDS), collection.ENGINE, collection.MASTER),
    run=run,
)
