"""When something is saved in a case: nothing is followed out of its folder, and what is hidden is not seen."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

QUIET: Final = 120
"""Milliseconds without a further save after which a burst of them is over: an editor writes, renames and syncs."""
LONGEST: Final = 1600
"""Milliseconds after which a burst is told of although it goes on."""
PATIENCE: Final = 500
"""Milliseconds after which the first look is taken, and between two looks at whether to end."""


def saves(folder: Path) -> Iterator[tuple[str, ...]]:
    """The paths below the folder that were saved, made or removed, a burst at a time; ends where the folder does.

    A burst may be empty: something may have been saved before anyone watched. Folders are watched one by one, since
    watching a tree would go through links that lead out of it.
    """
    from watchfiles import watch

    while folders := _folders(folder):
        is_first = True
        for found in watch(
            *folders,
            watch_filter=lambda _, path: not Path(path).name.startswith("."),
            recursive=False,
            step=QUIET,
            debounce=LONGEST,
            rust_timeout=PATIENCE,
            yield_on_timeout=True,
        ):
            if found or is_first:
                yield tuple(sorted({os.path.relpath(path, folder) for _, path in found}))
                is_first = False
            if found and _folders(folder) != folders:
                break


def _folders(folder: Path) -> tuple[str, ...]:
    """The folder and those below it, without hidden ones and without following links; none where it is gone."""
    found = []
    for place, below, _ in os.walk(folder):
        below[:] = [name for name in below if not name.startswith(".")]
        found.append(place)
    return tuple(sorted(found))
