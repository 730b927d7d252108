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
    failed = [
        check[1]
        for check in CHECKS
        if subprocess.run([sys.executable, *check, *(sys.argv[1:] if check[1] == "pytest" else ())], cwd=ROOT, check=False)
        .returncode
    ]  # fmt: skip
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
