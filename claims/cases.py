"""Where a case is found, and opened: a folder, the nearest one upward, or the one that ships with the package."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from claims.model.errors import CaseProblems
from claims.read.case import read_case

if TYPE_CHECKING:
    from claims.model.case import Case
    from claims.model.problem import Problem

CASE_FILE: Final = "case.yaml"
SHIPPED: Final = "qalamoun-2015"


def open_case(folder: str | Path | None = None, *, policy: str | Path | None = None, cache: bool = True) -> Case:
    """The case in a folder; without one, the shipped case.

    policy: a YAML file laid over the default policy instead of the case's own. cache: whether an unchanged case may
    be read from the user's cache. Raises `CaseProblems` where the case has errors, `NoCase` where there is none.
    """
    case, problems = read_case(
        shipped_case() if folder is None else Path(folder),
        policy=Path(policy) if policy else None,
        cache=cache,
    )
    if case is None:
        raise CaseProblems(problems)
    return case


def check(folder: str | Path, *, policy: str | Path | None = None, cache: bool = True) -> tuple[Problem, ...]:
    """Everything that is wrong with the case in a folder, by place. Raises `NoCase` where there is none."""
    return read_case(Path(folder), policy=Path(policy) if policy else None, cache=cache)[1]


def shipped_case() -> Path:
    """The folder of the case that ships with the package: in an installed package, or in its source tree."""
    package = Path(__file__).parent
    inside = package / "seeds" / SHIPPED
    return inside if inside.is_dir() else package.parent / "seeds" / SHIPPED


def nearest_case(start: Path) -> Path | None:
    """The nearest folder with a case.yaml, from `start` upward."""
    return next((folder for folder in (start, *start.parents) if (folder / CASE_FILE).is_file()), None)
