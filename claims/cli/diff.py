"""`claims diff`: what changed between two days, two cases or two revisions, and why."""

from __future__ import annotations

import tempfile
from dataclasses import replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

from claims.cli import exits
from claims.cli.command import Command, Option
from claims.cli.filters import VERDICT_WORDS, verdicts_of
from claims.cli.opened import policy_of, tell_problems
from claims.cli.options import CASE, COLOUR, NO_CACHE, POLICY, QUIET, WIDTH
from claims.cli.output import FORCE, OUTPUT, delivered, drawn, format_of
from claims.cli.place import chosen_place
from claims.cli.progress import progress
from claims.cli.streams import tell

if TYPE_CHECKING:
    import argparse
    import datetime as dt

    from claims.model.case import Case
    from claims.model.change import Change, Difference

FORMATS: Final = ("rich", "markdown", "json")
NOW: Final = "the case as it stands"


class Side(NamedTuple):
    """One of the two states: how it is called, the case, and the day as of which it is judged."""

    name: str
    case: Case
    as_of: dt.date | None
    kind: str
    """What it was taken as: a day, a folder, a revision."""


class Here:
    """The case that the command is about, looked for and read once, though both states may be of it."""

    def __init__(self, args: argparse.Namespace) -> None:
        self.args = args

    @cached_property
    def folder(self) -> Path:
        """Its folder."""
        return chosen_place(self.args).folder

    @cached_property
    def case(self) -> Case | None:
        """The case, or None once its errors were told."""
        return _read(self.folder, "", self.args)


def run(args: argparse.Namespace) -> int:
    """Read both states, and show what differs."""
    wanted = verdicts_of(args.verdict, "--verdict")
    with progress(is_quiet=args.quiet) as say:
        say("reading both states")
        here = Here(args)
        sides = [_side(text, here) for text in (args.before, args.after)]
        if any(side is None for side in sides):
            return exits.FOUND
        before, after = (side for side in sides if side is not None)
        _in_order(before, after)
        from claims.changes import difference
        from claims.read.characters import shown

        say("looking for what changed")
        found = difference(
            before.case, after.case, before_name=before.name, after_name=after.name,
            before_as_of=before.as_of, after_as_of=after.as_of,
        )  # fmt: skip
        found = _filtered(found, wanted)
        text = _drawn(found, args)
    if not args.quiet:
        tell(f"claims: from {shown(before.name)} ({before.kind}) to {shown(after.name)} ({after.kind})")
    delivered(text, after.case, args, before.case)
    has_changed = any(c.before and c.after and c.before.verdict != c.after.verdict for c in found.changes)
    return exits.FOUND if args.fail_on_change and has_changed else exits.FINE


def _side(text: str | None, here: Here) -> Side | None:
    """What an argument names: a day, else a case folder, else a revision. None once its errors were told."""
    from claims.model.when import WhenError, parse_when

    if text is None:
        return None if here.case is None else Side(NOW, here.case, None, "now")
    try:
        day = parse_when(text).end
    except WhenError:
        path = Path(text)
        folder = path.parent if path.name == "case.yaml" else path
        if (folder / "case.yaml").is_file():
            case = _read(folder, f"{text}/" if folder == path else f"{folder}/", here.args)
            return None if case is None else Side(text, case, None, "a case folder")
        return _revision(text, here)
    return None if here.case is None else Side(day.isoformat(), here.case, day, "a day")


def _revision(text: str, here: Here) -> Side | None:
    from claims.read.revision import laid_out

    with tempfile.TemporaryDirectory(prefix="claims-") as name:
        commit = laid_out(here.folder, text, Path(name))
        case = _read(Path(name), f"{text}:", here.args, cache=False)
    if case is None:
        return None
    return Side(text if text == commit else f"{text} ({commit})", replace(case, folder=here.folder), None, "a revision")


def _read(folder: Path, prefix: str, args: argparse.Namespace, *, cache: bool = True) -> Case | None:
    """The case in a folder, or None once its errors were told, each with `prefix` before its file."""
    from claims.read.case import read_case

    case, problems = read_case(folder, policy=policy_of(args), cache=cache and not args.no_cache)
    if case is None:
        tell_problems(
            tuple(
                replace(
                    problem, file=f"{prefix}{problem.file}",
                    also=tuple(replace(place, file=f"{prefix}{place.file}") for place in problem.also),
                )
                for problem in problems
            )
        )  # fmt: skip
    return case


def _in_order(before: Side, after: Side) -> None:
    if before.as_of and after.as_of and before.as_of > after.as_of:
        from claims.model.errors import BadRequest

        raise BadRequest(f"{before.name} is later than {after.name}: give the earlier day first")


def _filtered(found: Difference, shown: tuple[str, ...]) -> Difference:
    """What differs of the claims that have, or had, one of these verdicts; everything where none is named."""
    if not shown:
        return found

    def has(change: Change) -> bool:
        return any(standing is not None and standing.verdict in shown for standing in (change.before, change.after))

    return found._replace(
        changes=tuple(change for change in found.changes if has(change)),
        moved=tuple(change for change in found.moved if has(change)),
    )


def _drawn(found: Difference, args: argparse.Namespace) -> str:
    format_ = format_of(args, FORMATS)
    if format_ == "json":
        from claims.present import diff_json

        return diff_json.render(found)
    from claims.present.diff_view import diff_view

    return drawn(diff_view(found), format_, args)


COMMAND: Final = Command(
    name="diff",
    about=(
        "Show which verdicts changed between two states of a case, and by which entries.\n\n"
        "A state is a day (what was published later is left out), a case folder, or a git revision of the case here:\n"
        "an argument is a day if it reads as one, else the folder of a case, else a revision. With one argument, the\n"
        "other state is the case as it stands."
    ),
    examples=(
        ("claims diff 2015-05-18 2015-05-25", "what a week of reports changed"),
        ("claims diff 2015-05-20", "what changed since that day"),
        ("claims diff HEAD~3", "what the last three commits and unsaved work changed"),
        ("claims diff HEAD~3 HEAD --fail-on-change", "for a script: exit 1 if a verdict changed"),
        ("claims diff old-case new-case", "between two folders"),
        ("claims diff 2015-05-20 -o changes.md", "as Markdown; .json likewise"),
    ),
    options=(
        Option(("before",), "the earlier state: a day, a case folder or a git revision", metavar="BEFORE",
               completes="folder"),
        Option(("after",), "the later one; without it, the case as it stands", metavar="AFTER", completes="folder",
               more={"nargs": "?"}),
        CASE,
        Option(("--verdict",), f"claims that have, or had, this verdict: {', '.join(VERDICT_WORDS)}",
               metavar="VERDICT", choices=VERDICT_WORDS, is_listed=True),
        Option(("--format",), "without it, by the ending of the output file, else rich", choices=FORMATS),
        OUTPUT, FORCE,
        Option(("--fail-on-change",), "exit with 1 where the verdict on a claim that is shown changed",
               more={"action": "store_true"}),
        POLICY, WIDTH, COLOUR, NO_CACHE, QUIET,
    ),
    run=run,
)  # fmt: skip
