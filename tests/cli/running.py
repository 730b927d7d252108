"""The command `claims`, run as a person runs it."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

OURS = ("CLAIMS_CASE", "CLAIMS_DEBUG", "COLUMNS", "NO_COLOR", "FORCE_COLOR", "TERM", "PYTHONIOENCODING")


def environment(**more: str) -> dict[str, str]:
    """The environment without anything that changes what claims does, and with `more`."""
    return {name: value for name, value in os.environ.items() if name not in OURS} | more


def claims(
    *args: str, cwd: Path | None = None, env: Mapping[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    """What a command line prints and exits with, in an environment of its own. Its output is a pipe."""
    return subprocess.run(
        [sys.executable, "-m", "claims", *args],
        cwd=cwd, env=environment(**(env or {})), capture_output=True, text=True, encoding="utf-8", errors="replace",
        timeout=120, check=False,
    )  # fmt: skip
