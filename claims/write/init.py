"""A case to begin with: a small, commented, valid example of which everything is invented."""

from __future__ import annotations

import json
from importlib.resources import files
from typing import TYPE_CHECKING, Final

from claims.model.errors import BadRequest
from claims.model.schema import case_schema
from claims.read.characters import shown
from claims.write.atomic import write_text

if TYPE_CHECKING:
    from pathlib import Path

EXAMPLE: Final = (
    "case.yaml", "sources.yaml", "claims.yaml", "reports.yaml", "texts/lantern-2024-03-05.txt",
)  # fmt: skip
"""The files of the example, in reading order."""
SCHEMA: Final = ".claims/case.schema.json"
"""Where the example's files say that their schema is; hidden folders are no part of a case."""


def write_example(folder: Path) -> tuple[str, ...]:
    """Write the example into a new or empty folder; gives the paths of its files.

    Raises `BadRequest` where the folder has something in it or cannot be made.
    """
    name = shown(str(folder))
    try:
        if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
            raise BadRequest(f"{name} is not an empty folder: name a new one")
        folder.mkdir(parents=True, exist_ok=True)
        template = files("claims").joinpath("templates", "case")
        texts = {path: template.joinpath(*path.split("/")).read_text("utf-8") for path in EXAMPLE}
        texts[SCHEMA] = json.dumps(case_schema(), ensure_ascii=False, indent=2) + "\n"
        for path, text in texts.items():
            place = folder / path
            place.parent.mkdir(exist_ok=True)
            write_text(place, text)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise BadRequest(f"{name} cannot be written: {reason.lower()}") from error
    return (*EXAMPLE, SCHEMA)
