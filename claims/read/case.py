"""A folder of YAML files and tables becomes a case, or a list of what is wrong with it.

The flow: files -> trees of text -> typed entries -> checks -> the case. All problems of all files are gathered and told
at once. A case that has not changed since it was last read comes from the user's cache.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, NamedTuple

from claims.model.collector import collector_paused
from claims.model.errors import NoCase
from claims.read import cache as kept
from claims.read.characters import shown
from claims.read.files import File, files_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from claims.model.case import Case
    from claims.model.problem import Problem
    from claims.read.drafts import Draft
    from claims.read.texts import Texts

Option = tuple["Path", bytes]


class Reading(NamedTuple):
    """A case as it was read, with the bytes that it was read from: the case, its problems, its files by path."""

    case: Case | None
    problems: tuple[Problem, ...]
    files: tuple[File, ...]
    refused: tuple[Draft, ...]
    """What was not read: links, pipes, other cases below."""


def read_case(
    folder: Path, *, policy: Path | None = None, cache: bool = True, cache_dir: Path | None = None
) -> tuple[Case | None, tuple[Problem, ...]]:
    """The case in a folder, and everything that is wrong with it, by place.

    The case is None exactly where there is an error; warnings are in `Case.warnings` as well. policy: a YAML file laid
    over the default policy, instead of what the case itself changes. cache: whether an unchanged case may come from
    the user's cache, kept in `cache_dir` or where the system keeps caches. Raises `NoCase` where there is no
    case.yaml, and `BadRequest` where there is no such policy file.
    """
    return reading_of(folder, policy=policy, cache=cache, cache_dir=cache_dir)[:2]


def reading_of(
    folder: Path, *, policy: Path | None = None, cache: bool = True, cache_dir: Path | None = None
) -> Reading:
    """What `read_case` gives, with the bytes of the files: who changes them must know what they were."""
    if not folder.is_dir():
        raise NoCase(shown(str(folder)))
    option = _option(policy) if policy else None
    with collector_paused():
        files, refused = files_of(folder)
        case, problems = _either(folder, files, refused, option, _store(cache_dir) if cache else None)
    return Reading(case, problems, tuple(files), tuple(refused))


def read_over(
    folder: Path,
    reading: Reading,
    changed: Mapping[str, bytes | None],
    *,
    cache: bool = True,
    cache_dir: Path | None = None,
) -> Reading:
    """The case as it would be with some of its files changed (None: gone), by their paths; nothing is written.

    What it comes to is kept in the cache like any other reading, so that the case is not read again once the files
    are written.
    """
    data = {file.path: file.data for file in reading.files} | dict(changed)
    files = [File(path, content) for path, content in sorted(data.items()) if content is not None]
    with collector_paused():
        case, problems = _either(folder, files, reading.refused, None, _store(cache_dir) if cache else None)
    return Reading(case, problems, tuple(files), reading.refused)


def _either(
    folder: Path, files: Sequence[File], refused: Sequence[Draft], option: Option | None, store: Path | None
) -> tuple[Case | None, tuple[Problem, ...]]:
    """From the cache where there is one and it has it, else from the files."""
    if store is None:
        return _read(folder, files, refused, option)[:2]
    return _remembered(folder, files, refused, option, store)


def _remembered(
    folder: Path, files: Sequence[File], refused: Sequence[Draft], option: Option | None, store: Path
) -> tuple[Case | None, tuple[Problem, ...]]:
    from claims.read.frozen import frozen, thawed  # noqa: PLC0415 - only where a cache is asked for

    key = kept.key_of(files, refused, option)
    body = kept.loaded(store, key)
    case = thawed(body, folder, os.path.realpath(folder)) if body is not None else None
    if case is not None:
        return case, case.warnings
    case, problems, texts = _read(folder, files, refused, option)
    if case is not None:
        kept.keep(store, key, frozen(case, texts))
    return case, problems


def _read(
    folder: Path, files: Sequence[File], refused: Sequence[Draft], option: Option | None
) -> tuple[Case | None, tuple[Problem, ...], Texts]:
    from claims.read.assembly import assembled  # noqa: PLC0415 - an unchanged case needs no parser

    return assembled(folder, os.path.realpath(folder), files, refused, option)


def _store(cache_dir: Path | None) -> Path:
    return cache_dir or kept.cache_folder()


def _option(path: Path) -> Option:
    from claims.read.policy import policy_bytes  # noqa: PLC0415 - only where a policy is named

    return path, policy_bytes(path)
