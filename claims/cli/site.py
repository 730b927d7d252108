"""`claims site`: a case as a folder of pages."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from claims.cli import exits
from claims.cli.command import Command, Option
from claims.cli.filters import AS_OF, day_of
from claims.cli.opened import opened
from claims.cli.options import CASE, NO_CACHE, POLICY, QUIET
from claims.cli.progress import progress
from claims.cli.streams import out
from claims.cli.undrawn import tell_if_undrawn

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterable, Iterator

    from claims.cli.progress import Progress

TOLD_EVERY: Final = 100
"""Files between two signs of life."""


def run(args: argparse.Namespace) -> int:
    """Judge the case, and write its pages."""
    from pathlib import Path

    as_of = day_of(args.as_of, "--as-of")
    with progress(is_quiet=args.quiet) as say:
        say("reading the case")
        case = opened(args)
        if case is None:
            return exits.FOUND
        from claims.flow import assess
        from claims.pages.site import pages_of
        from claims.read.characters import shown
        from claims.write.folder import write_folder

        say("weighing the reports")
        pages = _told(pages_of(assess(case, as_of)), say)
        number = write_folder(Path(args.output), pages, apart_from=case.folder, force=args.force)
    tell_if_undrawn(args)
    if not args.quiet:
        name = shown(args.output)
        out(f"{name} holds the site of {case.id}, {number} files; begin with {name}/index.html\n")
    return exits.FINE


def _told(files: Iterable[tuple[str, bytes]], say: Progress) -> Iterator[tuple[str, bytes]]:
    for n, file in enumerate(files):
        if n % TOLD_EVERY == 0:
            say(f"writing the pages: {n} files so far")
        yield file


COMMAND: Final = Command(
    name="site",
    about=(
        "Write a case as a folder of pages: the report, every claim with all that stands behind it, every source and\n"
        "every speaker. The pages ask nobody for anything: they work from a folder, from any host, in print and\n"
        "without JavaScript.\n\n"
        "A site that is there is replaced as a whole, once the new one is complete; a folder with anything else in it\n"
        "is left alone. Without Graphviz (pip install 'claims[pictures]') chains are told in words, and not drawn."
    ),
    examples=(
        ("claims site -o ../site", "the case here, as a site beside it"),
        ("claims site --as-of 2015-05-19 -o then", "what was known that day"),
    ),
    options=(
        Option(("-o", "--output"), "the folder; without it, site", metavar="DIR", completes="folder",
               more={"default": "site"}),
        CASE, AS_OF,
        Option(("--force",), "replace the folder whatever is in it, and what a link leads to",
               more={"action": "store_true"}),
        POLICY, NO_CACHE, QUIET,
    ),
    run=run,
)  # fmt: skip
