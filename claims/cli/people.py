"""What `claims sources` and `claims speakers` have in common: who is shown, in what order, and how."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, NamedTuple

from claims.cli import exits
from claims.cli.command import Option, words
from claims.cli.filters import AS_OF, day_of
from claims.cli.opened import opened
from claims.cli.options import CASE, COLOUR, NO_CACHE, POLICY, QUIET, WIDTH
from claims.cli.output import FORCE, OUTPUT, delivered, drawn, format_of
from claims.cli.progress import progress
from claims.cli.streams import tell

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable

    from claims.cli.command import Completes
    from claims.model.track import Tracks
    from claims.present.view import View

FORMATS: Final = ("rich", "markdown", "json", "csv")


class Faces(NamedTuple):
    """How the records of one kind of people are shown."""

    view: Callable[..., View]
    json: Callable[[Tracks], str]
    csv: Callable[[Tracks], str]


def shown(args: argparse.Namespace, kind: str, tracks_of: Callable[..., Tracks], faces: Faces) -> int:
    """Show the records of those who are named, or of all. kind: `source` or `speaker`."""
    as_of, ids = day_of(args.as_of, "--as-of"), words(args.id)
    with progress(is_quiet=args.quiet) as say:
        say("reading the case")
        case = opened(args)
        if case is None:
            return exits.FOUND
        from claims.flow import assess

        say("going through the records")
        tracks = tracks_of(
            assess(case, as_of), ids, parties=words(args.party), grades=words(args.grade), sort=args.sort
        )
        text = _text(tracks, faces, args, is_named=bool(ids))
    delivered(text, case, args)
    if not (tracks.sources or tracks.speakers):
        tell(f"claims: no {kind} matches" if getattr(case, f"{kind}s") else f"claims: the case has no {kind}s")
        return exits.NOTHING
    return exits.FINE


def _text(tracks: Tracks, faces: Faces, args: argparse.Namespace, *, is_named: bool) -> str:
    format_ = format_of(args, FORMATS)
    if format_ == "json":
        return faces.json(tracks)
    if format_ == "csv":
        return faces.csv(tracks)
    return drawn(faces.view(tracks, cards=is_named), format_, args)


def options(kind: Completes, sorts: tuple[str, ...]) -> tuple[Option, ...]:
    """The options of a command that shows records."""
    by_name: dict[str, Any] = {"default": "name"}
    return (
        Option(("id",), f"a {kind}; several may be given", metavar="ID", completes=kind, more={"nargs": "*"}),
        CASE,
        Option(("--party",), "those of this party", metavar="ID", completes="party", is_listed=True),
        Option(("--grade",), "those with this letter", metavar="LETTER", choices=tuple("ABCDEF"), is_listed=True),
        Option(("--sort",), "the order: by name, by grade, or with the most first", choices=sorts, more=by_name),
        AS_OF,
        Option(("--format",), "without it, by the ending of the output file, else rich", choices=FORMATS),
        OUTPUT, FORCE, POLICY, WIDTH, COLOUR, NO_CACHE, QUIET,
    )  # fmt: skip
