"""`claims watch`: the report and the problems of a case, anew whenever a file of it is saved."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING, Any, Final

from claims.cli.command import Command
from claims.cli.filters import FILTERS, SORT, filter_of, verdicts_of
from claims.cli.opened import policy_of
from claims.cli.options import CASE, COLOUR, POLICY, QUIET, WIDTH
from claims.cli.place import chosen_place
from claims.cli.saves import saves
from claims.cli.streams import out, screen_of, tell

if TYPE_CHECKING:
    import argparse
    from pathlib import Path

    from claims.cli.streams import Screen
    from claims.model.assessment import Report
    from claims.model.case import Case
    from claims.model.change import Change
    from claims.model.problem import Problem
    from claims.present.view import View

CLEAR: Final = "\x1b[H\x1b[2J"
"""What wipes a screen; what scrolled off it before stays."""
LINE: Final = "-" * 72 + "\n"


def run(args: argparse.Namespace) -> int:
    """Show the case, and show it again after every save that changes it, until interrupted."""
    verdicts_of(args.verdict, "--verdict")
    folder = chosen_place(args).folder
    watched = Watched(folder, args)
    _show(watched.looked_at(()), is_first=True)
    from claims.model.errors import NoCase
    from claims.read.characters import shown

    for n, saved in enumerate(saves(folder, policy_of(args))):
        _show(watched.looked_at(saved), is_first=False)
        if n == 0 and not args.quiet:
            tell(f"claims: watching {shown(str(folder))}: Ctrl-C ends")
    raise NoCase(shown(str(folder)))


def _show(text: str | None, *, is_first: bool) -> None:
    """A new text on a wiped screen, or below a line where the output is no screen."""
    if text is None:
        return
    is_screen = sys.stdout is not None and sys.stdout.isatty() and os.environ.get("TERM") not in (None, "dumb")
    before = CLEAR if is_screen else "" if is_first else LINE
    out(before + text)


class Watched:
    """A case that is looked at again and again, with the last state of it of which a report could be made."""

    def __init__(self, folder: Path, args: argparse.Namespace) -> None:
        self.folder, self.args = folder, args
        self.seen: object = None
        self.case: Case | None = None
        self.report: Report | None = None

    def looked_at(self, saved: tuple[str, ...]) -> str | None:
        """What there is to show now; None where it is what was shown last."""
        from claims.model.errors import ClaimsError
        from claims.read.case import read_case

        try:
            case, problems = read_case(self.folder, policy=policy_of(self.args), cache=False)
            key: object = (case.digest, case.policy) if case else problems
            if key == self.seen:
                return None
            text = self._report(case, saved) if case else self._problems(problems)
        except ClaimsError as error:
            if self.seen is None:
                raise
            key, text = str(error), self._refusal(error)
        if key == self.seen:
            return None
        self.seen = key
        return text

    def _report(self, case: Case, saved: tuple[str, ...]) -> str:
        from claims.flow import assess
        from claims.present.watch_view import watch_view
        from claims.read.forms import is_read
        from claims.selection import report

        result = report(assess(case), filter_of(self.args, case), self.args.sort)
        changes = self._changes(case, result)
        names = (self.case.names if self.case else {}) | case.names
        self.case, self.report = case, result
        stored = {document.text for document in case.documents}
        named = [path for path in saved if is_read(path) or path in stored]
        return self._drawn(watch_view(result, changes, named, names))

    def _changes(self, case: Case, result: Report) -> tuple[Change, ...] | None:
        """What changed in the claims that are shown, or were; None at the first good state."""
        if self.case is None or self.report is None:
            return None
        from claims.changes import changes

        shown = {claim.id for claim in (*self.report.claims, *result.claims)}
        return changes(self.case, case, claims=shown)

    def _problems(self, problems: tuple[Problem, ...]) -> str:
        from claims.present import problems as face

        screen = self._screen()
        return face.render_text(problems, width=screen.width, colour=screen.colour) + self._last()

    def _refusal(self, error: Exception) -> str:
        from claims.read.characters import shown

        return f"claims: {shown(str(error))}\n" + self._last()

    def _last(self) -> str:
        """The summary of the last report that could be made, where there was one."""
        if self.report is None:
            return ""
        from claims.present.watch_view import last_view

        return self._drawn(last_view(self.report))

    def _screen(self) -> Screen:
        return screen_of(sys.stdout, os.environ, width=self.args.width, colour=self.args.colour)

    def _drawn(self, view: View) -> str:
        from claims.present import terminal

        screen: Any = self._screen()
        return terminal.render(view, width=screen.width, colour=screen.colour, unicode=screen.unicode)


COMMAND: Final = Command(
    name="watch",
    about=(
        "Show the report of a case, and show it again whenever a file of the case is saved, with what changed and\n"
        "which entries changed it. A save that breaks the case shows what is wrong; the next good one shows the\n"
        "report again. Ctrl-C ends it."
    ),
    examples=(
        ("claims watch", "in a second window, while you write"),
        ("claims watch --case my-case --topic accident", "only the claims that you work on"),
        ("claims watch --verdict disputed,unchecked", "what is left to do"),
        ("claims watch >> log.txt", "kept: each report below a line"),
    ),
    options=(CASE, *FILTERS, SORT, POLICY, WIDTH, COLOUR, QUIET),
    run=run,
)
