"""Console blocks of the documentation: commands and what they print, run as a reader runs them.

A block is fenced with ```console. A line that begins with `$ ` is a command, lines with `> ` go on with it, all others
are what it prints, output and errors in the order they come. Blocks of a page run in order, in one folder.
"""

from __future__ import annotations

import re
import subprocess
import sys
from typing import TYPE_CHECKING, Final

from tests.cli.running import environment

if TYPE_CHECKING:
    from pathlib import Path

BLOCK: Final = re.compile(r"(?<=^```console\n)(.*?)(?=^```$)", re.MULTILINE | re.DOTALL)
WIDTH: Final = "100"


def run_blocks(page: str, folder: Path) -> str:
    """The page with every console block as it comes out when it is run in `folder`."""
    tools = folder / ".tools"
    tools.mkdir()
    (tools / "claims").write_text(f'#!/bin/sh\nexec "{sys.executable}" -m claims "$@"\n')
    (tools / "claims").chmod(0o755)
    env = environment(COLUMNS=WIDTH)
    env["PATH"] = f"{tools}:{env['PATH']}"
    return BLOCK.sub(lambda block: "".join(_shown(command, folder, env) for command in commands(block[1])), page)


def commands(block: str) -> list[str]:
    """The commands of a block, without what they print."""
    found: list[str] = []
    for line in block.splitlines():
        if line.startswith("$ "):
            found.append(line[2:])
        elif line.startswith("> "):
            found[-1] += "\n" + line[2:]
        elif line == ">":
            found[-1] += "\n"
    return found


def _shown(command: str, folder: Path, env: dict[str, str]) -> str:
    done = subprocess.run(
        ["bash", "-c", command],  # noqa: S607 - the shell of whoever runs the tests
        cwd=folder, env=env, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, timeout=120, check=False,
    )  # fmt: skip
    typed = "".join(f"{'$' if n == 0 else '>'} {line}".rstrip() + "\n" for n, line in enumerate(command.split("\n")))
    printed = "\n".join(line.rstrip() for line in done.stdout.splitlines())
    return typed + (printed + "\n" if printed else "")
