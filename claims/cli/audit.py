"""`claims audit`: everything about one claim."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from claims.cli import collection, exits
from claims.cli.command import Command, Option, words
from claims.cli.filters import AS_OF, day_of
from claims.cli.opened import opened
from claims.cli.options import CASE, COLOUR, NO_CACHE, POLICY, QUIET, WIDTH
from claims.cli.output import FORCE, OUTPUT, delivered, drawn, format_of
from claims.cli.progress import progress
from claims.cli.streams import tell

if TYPE_CHECKING:
    import argparse
    import datetime as dt
    from collections.abc import Sequence

    from claims.flow import Assessment
    from claims.model.audit import Related
    from claims.model.case import Case

FORMATS: Final = ("rich", "markdown", "json")


def run(args: argparse.Namespace) -> int:
    """Judge the case, and show all there is to one claim, or the claims there are."""
    as_of = day_of(args.as_of, "--as-of")
    with progress(is_quiet=args.quiet) as say:
        say("reading the case")
        case, related = _read(args, as_of)
        if case is None:
            return exits.FOUND
        from claims.flow import assess

        say("weighing the reports")
        assessment = assess(case, as_of)
        text = _choices(assessment, args) if args.claim is None else _audit(assessment, args, related)
    delivered(text, case, args)
    if not case.claims:
        tell("claims: the case has no claims")
        return exits.NOTHING
    return exits.FINE


def _read(args: argparse.Namespace, as_of: dt.date | None) -> tuple[Case | None, Sequence[Related] | None]:
    """The case, or None once its errors were told; of one claim of a collection, to what it is related there."""
    if not collection.is_asked_for(args):
        return opened(args), None
    extract = collection.taken_out(args)
    if extract is None:
        return None, None
    from claims.auditing.on_disk import Kin

    return extract.case, Kin(extract, as_of)


def _audit(assessment: Assessment, args: argparse.Namespace, related: Sequence[Related] | None) -> str:
    from claims.auditing.audit import audit

    result = audit(assessment, args.claim, why=args.why, without=words(args.without), related=related)
    format_ = format_of(args, FORMATS)
    if format_ == "json":
        from claims.present import audit_json

        return audit_json.render(result, assessment.case.policy)
    from claims.present.audit_view import audit_view

    return drawn(audit_view(result), format_, args)


def _choices(assessment: Assessment, args: argparse.Namespace) -> str:
    """The claims to choose from. Raises `BadRequest` where something was asked of no claim."""
    from claims.auditing.choice import choices
    from claims.model.errors import BadRequest
    from claims.present.audit_view import choices_view

    format_ = format_of(args, FORMATS)
    asked = [("--why", args.why), ("--without", args.without), ("--format json", format_ == "json")]
    for option, value in asked:
        if value:
            raise BadRequest(f"{option} is about one claim: name it, as `claims audit` alone lists them")
    return drawn(choices_view(choices(assessment), assessment.case.title), format_, args)


COMMAND: Final = Command(
    name="audit",
    about=(
        "Show everything about one claim, from the verdict down to file and line: who said it and in which words, the\n"
        "sum behind the probability, what the verdict hinges on, how it developed, and who has it from whom.\n\n"
        "The beginning of an id is enough where no other begins so. Without an id, the claims are listed."
    ),
    examples=(
        ("claims audit", "the claims there are"),
        ("claims audit qalamoun-300km", "all there is to one of them"),
        ("claims audit qalamoun-300", "the beginning of its id will do"),
        ("claims audit third --why dw-ar-velayati", "why a finding counts, or does not"),
        ("claims audit third --without reuters", "what if a source were not there"),
        ("claims audit third --as-of 2015-05-19", "what was known that day"),
        ("claims audit third -o third.md", "as Markdown; .json likewise"),
    ),
    options=(
        Option(("claim",), "the claim: its id, or the beginning of it", metavar="CLAIM", completes="claim",
               more={"nargs": "?"}),
        Option(("--why",), "why this finding counts, or does not: its id, or the beginning of it", metavar="FINDING",
               completes="finding"),
        Option(("--without",), "what it comes to if this source, and what rests on it alone, were not there",
               metavar="SOURCE", completes="source", is_listed=True),
        CASE, collection.ENGINE, AS_OF,
        Option(("--format",), "without it, by the ending of the output file, else rich", choices=FORMATS),
        OUTPUT, FORCE, POLICY, WIDTH, COLOUR, NO_CACHE, QUIET,
    ),
    run=run,
)  # fmt: skip
