"""All checks, in the order of how soon they tell: `python -m tests`. What follows is handed to pytest."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).parent.parent
LINT_IMPORTS: Final = "import sys; from importlinter.cli import lint_imports_command; sys.exit(lint_imports_command())"
CHECKS: Final[tuple[tuple[str, ...], ...]] = (
    ("-m", "ruff", "check"),
    ("-m", "ruff", "format", "--check"),
    ("-m", "mypy"),
    ("-c", LINT_IMPORTS),
    ("-m", "pytest"),
)


def main() -> int:
    """Run each check; gives 0 where all hold. Each runs even where one before it failed: all errors at once."""
    failed = [check for check in CHECKS if not _holds(check)]
    return 1 if failed else 0


def _holds(check: tuple[str, ...]) -> bool:
    more = sys.argv[1:] if check[-1] == "pytest" else ()
    return subprocess.run([sys.executable, *check, *more], cwd=ROOT, check=False).returncode == 0


if __name__ == "__main__":
    sys.exit(main())
