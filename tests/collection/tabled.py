"""Cases written as tables, to be gone through as collections."""

from __future__ import annotations

from typing import TYPE_CHECKING

from claims.read.case import read_case
from claims.write.export import write_export
from tests.read.folders import laid_out
from tests.read.writing import sections_as_yaml

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from claims.model.case import Case
    from claims.read.forms import Form
    from tests.cases import Sections


def tabled(
    data: Sections, form: Form, root: Path, files: Mapping[str, str] | None = None, tables: str = "tables"
) -> Case | None:
    """The case of these sections, written as tables into a folder below `root`; None where it is no sound case.

    files: others that lie in its folder, by their paths.
    """
    laid_out(
        root / "yaml", {"case.yaml": "case: test\n", "all.yaml": sections_as_yaml(data), **(files or {})}, sound=False
    )
    case, _ = read_case(root / "yaml", cache=False)
    if case is not None:
        write_export(case, form, root / tables)
    return case
