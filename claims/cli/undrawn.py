"""What pages lack where Graphviz is not installed, told once by every command that makes pages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from claims.cli.streams import tell

if TYPE_CHECKING:
    import argparse


def tell_if_undrawn(args: argparse.Namespace) -> None:
    """A line on the error stream where chains are told in words only, unless no such line is wanted."""
    from claims.pictures.layout import can_lay_out

    if not getattr(args, "quiet", False) and not can_lay_out():
        tell(
            "claims: pages tell chains in words and do not draw them, as Graphviz is not installed: "
            "pip install 'claims[pictures]'"
        )
