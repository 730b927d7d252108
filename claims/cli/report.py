"""`claims report`: the verdicts of a case."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from claims.cli import collection, exits
from claims.cli.command import Command, Option
from claims.cli.filters import AS_OF, FILTERS, SORT, VERDICT_WORDS, day_of, filter_of, verdicts_of
from claims.cli.opened import opened
from claims.cli.options import CASE, COLOUR, NO_CACHE, POLICY, QUIET, WIDTH
from claims.cli.output import FORCE, OUTPUT, delivered, drawn, format_of
from claims.cli.progress import progress
from claims.cli.streams import tell

if TYPE_CHECKING:
    import argparse

    from claims.model.assessment import Report
    from claims.model.case import Case

FORMATS: Final = ("rich", "markdown", "json", "csv", "html")


def run(args: argparse.Namespace) -> int:
    """Judge the case, and show what the filters leave."""
    wanted = verdicts_of(args.fail_on, "--fail-on")
    verdicts_of(args.verdict, "--verdict")
    if collection.is_asked_for(args):
        return collection.report(args, wanted)
    as_of = day_of(args.as_of, "--as-of")
    with progress(is_quiet=args.quiet) as say:
        say("reading the case")
        case = opened(args)
        if case is None:
            return exits.FOUND
        from claims.flow import assess
        from claims.selection import report

        say("weighing the reports")
        result = report(assess(case, as_of), filter_of(args, case), args.sort)
        say("writing")
        text = _drawn(result, case, args)
    delivered(text, case, args)
    if not result.claims:
        tell("claims: the case has no claims" if not case.claims else "claims: no claim matches")
        return exits.NOTHING
    return exits.FOUND if any(result.totals[verdict] for verdict in wanted) else exits.FINE


def _drawn(result: Report, case: Case, args: argparse.Namespace) -> str:
    """The report in the format asked for."""
    format_ = format_of(args, FORMATS)
    if format_ == "json":
        from claims.present import json

        return json.render(result, case.policy)
    if format_ == "csv":
        from claims.present import csv

        return csv.render(result, raw=args.raw)
    if format_ == "html":
        from claims.pages.report import render

        return render(result, case)
    from claims.present.report_view import report_view

    return drawn(report_view(result), format_, args)


COMMAND: Final = Command(
    name="report",
    about=(
        "Judge every claim of a case, and show which hold up, which are disputed, and why.\n\n"
        "Filters may be given several times, or several values with commas between them: a claim is shown where it\n"
        "matches one value of every filter that is given."
    ),
    examples=(
        ("claims report", "the case here, or the one that ships"),
        ("claims report --speaker nasrallah --sort date", "what one person said, in order"),
        ("claims report --verdict disputed,challenged", "what does not hold up"),
        ("claims report --as-of 2015-05-20", "what was known that day"),
        ("claims report -o report.md", "as Markdown; .json and .csv likewise"),
        ("claims report -o report.html", "as a page to look at, send and print: one file that asks for no other"),
        ("claims report --fail-on disputed -q -o /dev/null", "for a script: exit 1 if a claim is disputed"),
        ("claims report --policy strict.yaml", "by other rules"),
        ("claims report --engine local --case lake -o verdicts.parquet", "millions of findings: a row a claim"),
    ),
    options=(
        CASE, collection.ENGINE, collection.MASTER,
        *FILTERS,
        AS_OF,
        SORT,
        Option(("--format",), "without it, by the ending of the output file, else rich", choices=FORMATS),
        Option(("--raw",), "CSV for machines: cells that a spreadsheet would take for formulas stay as they are",
               more={"action": "store_true"}),
        OUTPUT, FORCE,
        Option(("--fail-on",), "exit with 1 where a claim that is shown has this verdict", metavar="VERDICT",
               choices=VERDICT_WORDS, is_listed=True),
        POLICY, WIDTH, COLOUR, NO_CACHE, QUIET,
    ),
    run=run,
)  # fmt: skip
