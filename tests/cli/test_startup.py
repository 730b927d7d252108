"""What answers at once must not load what takes long to load."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

from tests.cli.running import environment

HEAVY = {"pandas", "numpy", "scipy", "pydantic", "rich", "yaml", "pint", "rapidfuzz"}
CASES: list[tuple[list[str], set[str]]] = [
    (["--version"], HEAVY),
    (["--help"], HEAVY),
    (["report", "--help"], HEAVY),
    (["audit", "--help"], HEAVY),
    (["reprt"], HEAVY),
    ([], HEAVY),
    (["completion", "bash"], HEAVY),
    (["schema"], HEAVY - {"pydantic"}),
    (["check"], {"pandas", "scipy", "rich"}),
    (["completion", "ids", "speaker"], {"pandas", "scipy", "rich"}),
]
LOADED = """
import io, json, sys
from contextlib import redirect_stdout, redirect_stderr
from claims.cli.main import main
with redirect_stdout(io.StringIO()), redirect_stderr(io.StringIO()):
    main(sys.argv[1:])
print(json.dumps(sorted({name.partition('.')[0] for name in sys.modules})))
"""


@pytest.mark.parametrize(("args", "avoided"), CASES, ids=[" ".join(args) or "alone" for args, _ in CASES])
def test_nothing_heavy_is_loaded(args: list[str], avoided: set[str]) -> None:
    done = subprocess.run(
        [sys.executable, "-c", LOADED, *args],
        env=environment(), capture_output=True, text=True, timeout=60, check=True,
    )  # fmt: skip
    assert avoided & set(json.loads(done.stdout)) == set()
