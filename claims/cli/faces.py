"""A view on the face that was asked for: a screen, or Markdown."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

from claims.cli.streams import screen_of

if TYPE_CHECKING:
    import argparse

    from claims.present.view import View


def drawn(view: View, args: argparse.Namespace) -> str:
    """The view as Markdown where `--format` says so, else as the screen can show it."""
    if args.format == "markdown":
        from claims.present import markdown

        return markdown.render(view)
    from claims.present import terminal

    screen = screen_of(sys.stdout, os.environ, width=args.width, colour=args.colour)
    return terminal.render(view, width=screen.width, colour=screen.colour, unicode=screen.unicode)
