"""Where output goes and how it is drawn: to a file, whole or not at all, or to what the output can show."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final

from claims.cli.command import Option
from claims.cli.opened import policy_of
from claims.cli.streams import out, plain, screen_of

if TYPE_CHECKING:
    import argparse
    from collections.abc import Sequence

    from claims.cli.streams import Screen
    from claims.model.case import Case
    from claims.present.view import View

BY_ENDING: Final = {".md": "markdown", ".markdown": "markdown", ".json": "json", ".csv": "csv", ".html": "html"}

OUTPUT: Final = Option(("-o", "--output"), "write to a file, whole or not at all", metavar="FILE", completes="file")
FORCE: Final = Option(
    ("--force",), "let --output replace a file of the case, or what a link leads to", more={"action": "store_true"}
)


def format_of(args: argparse.Namespace, formats: Sequence[str]) -> str:
    """The format asked for: by name, else by the ending of the output file, else the first there is."""
    by_ending = BY_ENDING.get(Path(args.output or "").suffix.lower())
    return str(args.format or (by_ending if by_ending in formats else formats[0]))


def drawn(view: View, format_: str, args: argparse.Namespace) -> str:
    """The view as Markdown, or as the screen, or a file, can show it."""
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


def delivered(text: str, case: Case, args: argparse.Namespace, *others: Case) -> None:
    """Write the text where it is wanted, but not over what it was made from: the case, and others."""
    if not _is_file(args.output):
        out(text)
        return
    from claims.write.atomic import write_text

    write_text(Path(args.output), text, spared=spared(args, (case, *others)), force=args.force)


def spared(args: argparse.Namespace, cases: tuple[Case, ...]) -> tuple[Path, ...]:
    """What the output was made from, as far as it might be replaced."""
    from claims.read.forms import is_read

    output, policy = Path(args.output), policy_of(args)
    is_inside = any(output.resolve().is_relative_to(case.folder.resolve()) for case in cases)
    is_case_file = is_read(output.absolute().as_posix()) and is_inside
    stored = tuple(case.folder / document.text for case in cases for document in case.documents if document.text)
    return (*stored, *((policy,) if policy else ()), *((output,) if is_case_file else ()))
