"""`claims plot`: a picture of one claim, as SVG or PNG."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final

from claims.cli import exits
from claims.cli.command import Command, Option
from claims.cli.filters import AS_OF, day_of
from claims.cli.opened import opened
from claims.cli.options import CASE, NO_CACHE, POLICY, QUIET
from claims.cli.output import FORCE, OUTPUT, delivered, spared
from claims.cli.progress import progress

if TYPE_CHECKING:
    from claims.model.case import Case
    from claims.pictures.svg import Picture

SHOWS: Final = ("chain", "development")
NARROWEST, WIDEST = 50, 20_000


def run(args: argparse.Namespace) -> int:
    """Judge the case, and draw one of its claims."""
    as_of = day_of(args.as_of, "--as-of")
    is_png = _is_png(args)
    with progress(is_quiet=args.quiet) as say:
        say("reading the case")
        case = opened(args)
        if case is None:
            return exits.FOUND
        from claims.auditing.audit import audit
        from claims.flow import assess
        from claims.pictures.pictures import PICTURES

        say("weighing the reports")
        result = audit(assess(case, as_of), args.claim)
        say("drawing")
        picture = PICTURES[args.what](result)
    if is_png:
        _write_png(picture, case, args)
    else:
        from claims.pictures.sheet import standalone

        delivered(standalone(picture), case, args)
    return exits.FINE


def _is_png(args: argparse.Namespace) -> bool:
    """Whether PNG is asked for. Raises `BadRequest` where it cannot be told, or a terminal would get it."""
    from claims.model.errors import BadRequest

    if args.output in {None, "-"}:
        if sys.stdout is not None and sys.stdout.isatty():
            raise BadRequest(
                "a terminal shows no pictures: name a file, as in `-o chain.svg`, or send it on with `| …`"
            )
        ending = ".svg"
    else:
        ending = Path(args.output).suffix.lower()
    if ending not in {".svg", ".png"}:
        raise BadRequest(f"a picture is written as .svg or .png, and the file ends in {ending or 'neither'}")
    if args.width and ending == ".svg":
        raise BadRequest("--width is for PNG: an SVG has any size without loss")
    return ending == ".png"


def _write_png(picture: Picture, case: Case, args: argparse.Namespace) -> None:
    from claims.pictures.png import png_of
    from claims.write.atomic import write_bytes

    write_bytes(Path(args.output), png_of(picture, args.width), spared=spared(args, (case,)), force=args.force)


def _pixels(text: str) -> int:
    """A number of pixels. Raises what argparse tells the user."""
    if not (text.isascii() and text.isdecimal()) or not NARROWEST <= int(text[:6]) <= WIDEST:
        raise argparse.ArgumentTypeError(f"{text!r} is not a number of pixels from {NARROWEST} to {WIDEST}")
    return int(text)


COMMAND: Final = Command(
    name="plot",
    about=(
        "Draw one claim: who has it from whom, with each group in a frame and the sides told apart, or how its\n"
        "probability developed. The ending of the file says whether it is SVG, which has all of it in words as well,\n"
        "or PNG. In a pipe it is SVG.\n\n"
        "Chains are laid out by Graphviz, and PNG is made by resvg: pip install 'claims[pictures]'."
    ),
    examples=(
        ("claims plot qalamoun-300km -o chain.svg", "who has it from whom"),
        ("claims plot third -o chain.png --width 1600", "for where SVG is not taken"),
        ("claims plot third --what development -o days.svg", "its probability, day by day"),
        ("claims plot third --as-of 2015-05-19 -o then.svg", "what was known that day"),
    ),
    options=(
        Option(("claim",), "the claim: its id, or the beginning of it", metavar="CLAIM", completes="claim"),
        Option(("--what",), "what is drawn; without it, the chain", choices=SHOWS, more={"default": "chain"}),
        CASE, AS_OF, OUTPUT,
        Option(("--width",), "pixels across, for PNG", metavar="N", more={"type": _pixels}),
        FORCE, POLICY, NO_CACHE, QUIET,
    ),
    run=run,
)  # fmt: skip
