"""When something is saved in a case: nothing is followed out of its folder, and what is hidden is not seen.

A policy may lie outside the folder, and is seen wherever it is.
"""

from __future__ import annotations

import os
from functools import partial
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


def saves(folder: Path, policy: Path | None = None) -> Iterator[tuple[str, ...]]:
    """The paths below the folder, and that of the policy, that were saved, made or removed, a burst at a time.

    Ends where the folder does. Paths are relative to the folder. A burst may be empty: something may have been saved
    before anyone watched. Folders are watched one by one, since watching a tree would go through links that lead out of
    it; the policy by its folder, since an editor puts a new file in its place.
    """
    from watchfiles import watch

    while folders := _folders(folder):
        beside, is_first = _beside(policy, folders), True
        wanted = _names(policy)
        for found in watch(
            *folders,
            *beside,
            watch_filter=partial(_counts, folders, wanted),
            recursive=False,
            step=QUIET,
            debounce=LONGEST,
            rust_timeout=PATIENCE,
            yield_on_timeout=True,
        ):
            if found or is_first:
                yield tuple(sorted({os.path.relpath(path, folder) for _, path in found}))
                is_first = False
            if (found and _folders(folder) != folders) or _beside(policy, folders) != beside:
                break


def _folders(folder: Path) -> tuple[str, ...]:
    """The folder and those below it, without hidden ones and without following links; none where it is gone."""
    found = []
    for place, below, _ in os.walk(folder):
        below[:] = [name for name in below if not name.startswith(".")]
        found.append(place)
    return tuple(sorted(found))


def _names(policy: Path | None) -> frozenset[str]:
    """The policy as it is called and, where that is a link, the file that it leads to; by their real folders."""
    if policy is None:
        return frozenset()
    return frozenset((_real(policy), str(policy.resolve())))


def _beside(policy: Path | None, folders: tuple[str, ...]) -> tuple[str, ...]:
    """The folders of the policy that are there and are not watched as the case's: no folder is watched twice."""
    own = set(map(os.path.realpath, folders))
    places = {str(Path(name).parent) for name in _names(policy)} - own
    return tuple(sorted(filter(os.path.isdir, places)))


def _counts(folders: tuple[str, ...], named: frozenset[str], _: object, path: str) -> bool:
    """Whether a save of that file is told."""
    place, name = os.path.split(path)
    return (place in folders and not name.startswith(".")) or (bool(named) and _real(Path(path)) in named)


def _real(path: Path) -> str:
    """The path without links in its folder; its own name stays."""
    return str(path.parent.resolve() / path.name)
