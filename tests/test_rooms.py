"""Each thing in its room, and imports that go one way: the contracts stand in pyproject.toml."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent
ALLOWED_LINES = 400


def test_the_rooms_import_one_way_and_in_no_circle() -> None:
    command = "import sys; from importlinter.cli import lint_imports_command; sys.exit(lint_imports_command())"
    done = subprocess.run(
        [sys.executable, "-c", command, "--no-cache"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stdout


def test_no_module_is_too_long_to_be_read() -> None:
    lengths = {path: len(path.read_text("utf-8").splitlines()) for path in (ROOT / "claims").rglob("*.py")}
    assert {str(path): length for path, length in lengths.items() if length > ALLOWED_LINES} == {}


def test_packages_are_empty_but_the_public_one() -> None:
    full = [path for path in (ROOT / "claims").rglob("__init__.py") if path.read_text("utf-8").strip()]
    assert full == [ROOT / "claims" / "__init__.py"]
