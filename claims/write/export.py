"""A case written as another folder: case.yaml, its entries as tables, and its stored texts. It reads back as the same.

The folder appears whole or not at all.
"""

from __future__ import annotations

import os
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any, Final

from claims.model.errors import BadRequest
from claims.read.characters import shown
from claims.read.contents import Refused, reason_of
from claims.read.files import CASE_FILE, contents
from claims.read.forms import NAMED, is_read
from claims.read.ledger import key_of
from claims.read.policy import default_policy
from claims.read.texts import LARGEST_TEXT, normal
from claims.write.scalars import in_line
from claims.write.tables import table_files

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from claims.model.case import Case
    from claims.read.forms import Form

INDENT: Final = "  "


def exported(case: Case, form: Form) -> dict[str, bytes]:
    """The files of a case with its entries as tables, by their paths: stored texts, tables, case.yaml.

    Raises `BadRequest` where a text cannot be written so, or a stored text is not there any more.
    """
    texts = dict(_texts(case))
    tables = {path: data for section in NAMED for path, data in _tables(case, section, form)}
    return {**texts, **tables, CASE_FILE: _header(case).encode()}


def write_export(case: Case, form: Form, folder: Path) -> tuple[str, ...]:
    """Write a case with its entries as tables into a new or empty folder; gives the paths of the files.

    Raises `BadRequest` where the folder has something in it, lies in the case, or cannot be written.
    """
    name = shown(str(folder))
    if folder.resolve().is_relative_to(case.folder.resolve()):
        raise BadRequest(f"{name} is in the folder of the case: name one outside it")
    files = exported(case, form)
    try:
        if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
            raise BadRequest(f"{name} is not an empty folder: name a new one")
        _write_whole(files, folder)
    except (OSError, ValueError) as error:
        reason = reason_of(error) if isinstance(error, OSError) else str(error).lower()
        raise BadRequest(f"{name} cannot be written: {reason}") from error
    return (CASE_FILE, *(path for path in files if path != CASE_FILE))


def _write_whole(files: Mapping[str, bytes], folder: Path) -> None:
    """Write the files into a folder beside that one, which takes its place once all of them are on disk."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(prefix=f".{folder.name[:50]}.", dir=folder.parent) as made:
        begun = Path(made, "begun")
        begun.mkdir()
        for path, data in files.items():
            place = begun / path
            place.parent.mkdir(parents=True, exist_ok=True)
            with place.open("xb") as stream:
                stream.write(data)
                stream.flush()
                os.fsync(stream.fileno())
        # An empty folder is replaced; where something was put into it meanwhile, that is an error.
        if folder.is_dir():
            folder.rmdir()
        begun.rename(folder)


def _tables(case: Case, section: str, form: Form) -> Iterator[tuple[str, bytes]]:
    parts = table_files(sorted(getattr(case, section), key=lambda entry: _stand(case, section, key_of(entry))), form)
    for n, data in enumerate(parts, 1):
        yield f"{section}.{form}" if len(parts) == 1 else f"{section}-{n:04}.{form}", data


def _stand(case: Case, section: str, key: str) -> tuple[str, int, str]:
    """What orders the entries as they stand in the files of the case: a report shows claims in that order."""
    place = case.places.get((section, key))
    return (place.file, place.line, key) if place else ("", 0, key)


def _texts(case: Case) -> Iterator[tuple[str, bytes]]:
    root = os.path.realpath(case.folder)
    for path in sorted({normal(document.text) or "" for document in case.documents if document.text}):
        if is_read(path):
            raise BadRequest(f"the stored text {shown(path)} is a file of the case as well: give it another name")
        try:
            yield path, contents(root, path, LARGEST_TEXT)
        except Refused as refusal:
            raise BadRequest(str(refusal)) from refusal


def _header(case: Case) -> str:
    """case.yaml, which says of the case what is not in the tables."""
    said: dict[str, Any] = {"case": case.id, "title": case.title}
    if case.about is not None:
        said["about"] = case.about
    changed = _changed_policy(case)
    return "".join(_lines(said | ({"policy": changed} if changed else {}), ""))


def _changed_policy(case: Case) -> dict[str, Any]:
    """What the policy of a case changes in the default one, with its name."""
    default, used = default_policy().as_data(), case.policy.as_data()
    return {key: value for key, value in used.items() if value != default[key]}


def _lines(said: Mapping[str, Any], indent: str) -> Iterator[str]:
    for key, value in said.items():
        if isinstance(value, dict):
            yield f"{indent}{key}:\n"
            yield from _lines(value, indent + INDENT)
        else:
            yield f"{indent}{key}: {in_line(str(value), is_flow=False)}\n"
