"""How a collection was cut, noted in the folder of its parts once all is done."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Final

from claims.collection.whole import synced, write_whole
from claims.model.problem import Place, Problem

if TYPE_CHECKING:
    from pathlib import Path

DONE: Final = "cut.json"


@dataclass(frozen=True, slots=True)
class Cut:
    """What was cut: how many parts, rows of each section, findings of each part; the latest day of any document."""

    parts: int
    rows: dict[str, int]
    findings: tuple[int, ...]
    today: dt.date | None
    warnings: tuple[Problem, ...] = ()
    """What is odd about the collection, by place; nothing of it is an error."""


def write_cut(cut: Cut, folder: Path) -> None:
    """Note that the cutting is done: what stands in the folder is whole."""
    said = {
        "parts": cut.parts,
        "rows": cut.rows,
        "findings": cut.findings,
        "today": cut.today and cut.today.isoformat(),
        "warnings": [asdict(problem) for problem in cut.warnings],
    }
    synced(folder.iterdir())
    write_whole(folder / DONE, json.dumps(said).encode())


def cut_in(folder: Path) -> Cut | None:
    """What was cut into a folder; None where that was not finished."""
    try:
        said = json.loads((folder / DONE).read_text())
    except (OSError, ValueError):
        return None
    today = dt.date.fromisoformat(said["today"]) if said["today"] else None
    warnings = tuple(
        Problem(**(problem | {"also": tuple(Place(**place) for place in problem["also"])}))
        for problem in said["warnings"]
    )
    return Cut(said["parts"], said["rows"], tuple(said["findings"]), today, warnings)
