"""A case, opened for a command: its problems are told as `claims check` tells them."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from claims.cli.place import chosen_place
from claims.cli.streams import screen_of, tell

if TYPE_CHECKING:
    import argparse

    from claims.model.case import Case
    from claims.model.problem import Problem


def opened(args: argparse.Namespace) -> Case | None:
    """The case that the arguments name, or None once its errors were told."""
    from claims.read.case import read_case

    case, problems = read_case(
        chosen_place(args).folder, policy=policy_of(args), cache=not getattr(args, "no_cache", False)
    )
    if case is None:
        tell_problems(problems)
    else:
        tell_of_warnings(case.warnings, "case", args)
    return case


def tell_of_warnings(warnings: tuple[Problem, ...], what: str, args: argparse.Namespace) -> None:
    """How many warnings there are in this case or collection, on the error stream; what: which of the two."""
    if warnings and not getattr(args, "quiet", False):
        number = len(warnings)
        tell(f"claims: {number} {'warning' if number == 1 else 'warnings'} in this {what}: see `claims check`")


def policy_of(args: argparse.Namespace) -> Path | None:
    """The policy file that the arguments name."""
    return Path(args.policy) if getattr(args, "policy", None) else None


def tell_problems(problems: tuple[Problem, ...]) -> None:
    """Problems, on the error stream."""
    from claims.present import problems as face

    screen = screen_of(sys.stderr, os.environ, width=None, colour="auto")
    tell(face.render_text(problems, width=screen.width, colour=screen.colour).rstrip("\n"))
