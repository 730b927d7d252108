"""All checks, in the order of how soon they tell: `python -m tests`. What follows is handed to pytest."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).parent.parent
LINT_IMPORTS: Final = "import sys; from importlinter.cli import lint_imports_command; sys.exit(lint_imports_command())"
CHECKS: Final[dict[str, tuple[str, ...]]] = {
    "ruff check": ("-m", "ruff", "check"),
    "ruff format": ("-m", "ruff", "format", "--check"),
    "mypy": ("-m", "mypy"),
    "import contracts": ("-c", LINT_IMPORTS),
    "pytest": ("-m", "pytest"),
}


def main() -> int:
    """Run each check; gives 0 where all hold. Each runs even where one before it failed: all errors at once.

    What each ended with is said last, as a long run pushes the first checks' words off the screen.
    """
    ends = {name: _end(name) for name in CHECKS}
    sys.stdout.writelines(f"{name}: {_told(end)}\n" for name, end in ends.items())
    return 1 if any(ends.values()) else 0


def _end(name: str) -> int:
    more = sys.argv[1:] if name == "pytest" else ()
    return subprocess.run([sys.executable, *CHECKS[name], *more], cwd=ROOT, check=False).returncode


def _told(end: int) -> str:
    if end < 0:
        return f"killed by signal {-end}"
    return f"failed (exit {end})" if end else "holds"


if __name__ == "__main__":
    sys.exit(main())
