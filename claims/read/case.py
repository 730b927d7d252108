"""A folder of YAML files becomes a case, or a list of what is wrong with it.

The flow: files -> trees of text -> typed entries -> checks -> the case. All problems of all files are gathered and told
at once. A case that has not changed since it was last read comes from the user's cache.
"""

from __future__ import annotations

import gc
import os
from contextlib import contextmanager
from typing import TYPE_CHECKING

from claims.model.errors import NoCase
from claims.read.assembly import assembled
from claims.read.files import files_of
from claims.read.policy import policy_bytes

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from claims.model.case import Case
    from claims.model.problem import Problem


def read_case(
    folder: Path, *, policy: Path | None = None, cache: bool = True, cache_dir: Path | None = None
) -> tuple[Case | None, tuple[Problem, ...]]:
    """The case in a folder, and everything that is wrong with it, by place.

    The case is None exactly where there is an error; warnings are in `Case.warnings` as well. policy: a YAML file laid
    over the default policy, instead of what the case itself changes. cache: whether an unchanged case may come from
    the user's cache, kept in `cache_dir` or where the system keeps caches. Raises `NoCase` where there is no
    case.yaml, and `BadRequest` where there is no such policy file.
    """
    if not folder.is_dir():
        raise NoCase(str(folder))
    with _collector_paused():
        option = (policy, policy_bytes(policy)) if policy else None
        files, refused = files_of(folder)
        case, problems, _ = assembled(folder, os.path.realpath(folder), files, refused, option)
        return case, problems


@contextmanager
def _collector_paused() -> Iterator[None]:
    """No search for cycles while a case is built: nothing of it is garbage, and the search takes most of the time."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
