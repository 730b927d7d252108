"""Which case a command is about."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

from claims.cli.streams import tell

if TYPE_CHECKING:
    import argparse
    from collections.abc import Mapping

VARIABLE: Final = "CLAIMS_CASE"
SAID_PLAINLY: Final = (
    "claims: no case here: showing the case that ships with claims (--case DIR names another, `claims init DIR` "
    "begins one)"
)


class Place(NamedTuple):
    """The folder of a case, and whether it is the one that ships because there is no other."""

    folder: Path
    is_shipped: bool = False


def place_of(given: str | None, env: Mapping[str, str], start: Path) -> Place:
    """The folder that is named, else that of the environment, else the nearest upward, else the shipped case.

    The case.yaml of a folder may be named in place of the folder.
    """
    from claims.cases import CASE_FILE, nearest_case, shipped_case

    named = given if given is not None else env.get(VARIABLE) or None
    if named is not None:
        path = Path(named)
        return Place(path.parent if path.name == CASE_FILE and not path.is_dir() else path)
    nearest = nearest_case(start)
    return Place(nearest) if nearest else Place(shipped_case(), is_shipped=True)


def chosen_place(args: argparse.Namespace) -> Place:
    """The case that the arguments are about; says so where nobody chose it."""
    place = place_of(getattr(args, "case", None), os.environ, here())
    if place.is_shipped and not getattr(args, "quiet", False):
        tell(SAID_PLAINLY)
    return place


def here() -> Path:
    """The folder that we stand in, or the root where it was deleted."""
    try:
        return Path.cwd()
    except OSError:
        return Path(os.sep)
