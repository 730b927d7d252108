"""`claims report`: the verdicts of a case."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final

from claims.cli import exits
from claims.cli.command import Command, Option
from claims.cli.filters import AS_OF, FILTERS, SORT, VERDICT_WORDS, day_of, filter_of, verdicts_of
from claims.cli.opened import opened, policy_of
from claims.cli.options import CASE, COLOUR, NO_CACHE, POLICY, QUIET, WIDTH
from claims.cli.progress import progress
from claims.cli.streams import out, plain, screen_of, tell

if TYPE_CHECKING:
    import argparse

    from claims.cli.streams import Screen
    from claims.model.assessment import Report
    from claims.model.case import Case

FORMATS: Final = ("rich", "markdown", "json", "csv")
BY_ENDING: Final = {".md": "markdown", ".markdown": "markdown", ".json": "json", ".csv": "csv"}


def run(args: argparse.Namespace) -> int:
    """Judge the case, and show what the filters leave."""
    wanted = verdicts_of(args.fail_on, "--fail-on")
    verdicts_of(args.verdict, "--verdict")
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
    _delivered(text, case, args)
    if not result.claims:
        tell("claims: the case has no claims" if not case.claims else "claims: no claim matches")
        return exits.NOTHING
    return exits.FOUND if any(result.totals[verdict] for verdict in wanted) else exits.FINE


def _drawn(result: Report, case: Case, args: argparse.Namespace) -> str:
    """The report in the format asked for."""
    format_ = args.format or BY_ENDING.get(Path(args.output or "").suffix.lower(), "rich")
    if format_ == "json":
        from claims.present import json

        return json.render(result, case.policy)
    if format_ == "csv":
        from claims.present import csv

        return csv.render(result, raw=args.raw)
    from claims.present.report_view import report_view

    view = report_view(result)
    if format_ == "markdown":
        from claims.present import markdown

        return markdown.render(view)
    from claims.present import terminal

    screen = _screen(args)
    return terminal.render(view, width=screen.width, colour=screen.colour, unicode=screen.unicode)


def _screen(args: argparse.Namespace) -> Screen:
    if _is_file(args.output):
        return plain(args.width)
    return screen_of(sys.stdout, os.environ, width=args.width, colour=args.colour)


def _is_file(output: str | None) -> bool:
    return output not in (None, "-")


def _delivered(text: str, case: Case, args: argparse.Namespace) -> None:
    """Write the report where it is wanted."""
    if not _is_file(args.output):
        out(text)
        return
    from claims.write.atomic import write_text

    write_text(Path(args.output), text, spared=_spared(args, case), force=args.force)


def _spared(args: argparse.Namespace, case: Case) -> tuple[Path, ...]:
    """What the report was made from, as far as the output might replace it."""
    from claims.read.files import ENDINGS

    output, policy = Path(args.output), policy_of(args)
    is_case_file = output.suffix.lower() in ENDINGS and output.resolve().is_relative_to(case.folder.resolve())
    stored = tuple(case.folder / document.text for document in case.documents if document.text)
    return (*stored, *((policy,) if policy else ()), *((output,) if is_case_file else ()))


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
        ("claims report --fail-on disputed -q -o /dev/null", "for a script: exit 1 if a claim is disputed"),
        ("claims report --policy strict.yaml", "by other rules"),
    ),
    options=(
        CASE,
        *FILTERS,
        AS_OF,
        SORT,
        Option(("--format",), "without it, by the ending of the output file, else rich", choices=FORMATS),
        Option(("--raw",), "CSV for machines: cells that a spreadsheet would take for formulas stay as they are",
               more={"action": "store_true"}),
        Option(("-o", "--output"), "write to a file, whole or not at all", metavar="FILE", completes="file"),
        Option(("--force",), "let --output replace a file of the case, or what a link leads to",
               more={"action": "store_true"}),
        Option(("--fail-on",), "exit with 1 where a claim that is shown has this verdict", metavar="VERDICT",
               choices=VERDICT_WORDS, is_listed=True),
        POLICY, WIDTH, COLOUR, NO_CACHE, QUIET,
    ),
    run=run,
)  # fmt: skip
