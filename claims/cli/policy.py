"""`claims policy`: the thresholds and tables behind every verdict."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING, Final

from claims.cli import exits
from claims.cli.command import Command, Option
from claims.cli.opened import opened
from claims.cli.options import CASE, COLOUR, POLICY, QUIET, WIDTH
from claims.cli.streams import out, screen_of

if TYPE_CHECKING:
    import argparse

FORMATS: Final = ("rich", "yaml", "json")


def run(args: argparse.Namespace) -> int:
    """Show the policy that is in force."""
    case = opened(args)
    if case is None:
        return exits.FOUND
    from claims.present import policy as face

    if args.format == "yaml":
        out(face.render_yaml(case.policy))
    elif args.format == "json":
        out(face.render_json(case.policy))
    else:
        screen = screen_of(sys.stdout, os.environ, width=args.width, colour=args.colour)
        out(face.render(case.policy, width=screen.width, colour=screen.colour, unicode=screen.unicode))
    return exits.FINE


COMMAND: Final = Command(
    name="policy",
    about=(
        "Show the policy in force: what a verdict takes, and how likely a finding of each grade is right. It is a\n"
        "convention: no standard gives one. Change it under `policy:` in case.yaml, or with --policy."
    ),
    examples=(
        ("claims policy", "the policy of the case here"),
        ("claims policy --format yaml > strict.yaml", "a copy to change, for --policy"),
    ),
    options=(
        CASE, POLICY, Option(("--format",), "rich for people, YAML to change, JSON for machines", choices=FORMATS,
                             more={"default": "rich"}),
        WIDTH, COLOUR, QUIET,
    ),
    run=run,
)  # fmt: skip
