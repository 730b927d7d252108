"""Files that are written by the program and kept in the repository: compared, or with one flag written anew."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    import pytest


def compare(path: Path, text: str, config: pytest.Config) -> None:
    """Fail where the file is stale; with --update-golden, write it."""
    if config.getoption("--update-golden"):
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, "utf-8")
    kept = path.read_text("utf-8") if path.is_file() else None
    assert kept == text, f"{path.name} is stale: pytest --update-golden writes it anew"
