"""A folder with the example case, and a place where nothing is."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from claims.write.init import write_example

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def example(tmp_path: Path) -> Path:
    """The case that `claims init` writes."""
    write_example(tmp_path / "example")
    return tmp_path / "example"


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder to stand in, with no variable that changes what claims does."""
    folder = tmp_path / "here"
    folder.mkdir()
    monkeypatch.chdir(folder)
    for name in ("CLAIMS_CASE", "CLAIMS_DEBUG", "COLUMNS", "NO_COLOR", "FORCE_COLOR"):
        monkeypatch.delenv(name, raising=False)
    return folder
