"""What a shell offers."""

from __future__ import annotations

import shutil
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from claims.cli.commands import all_commands
from claims.cli.completion import SCRIPTS
from tests.cli.running import environment

if TYPE_CHECKING:
    from pathlib import Path

OFFERED = [
    ("claims ", {"report", "check", "init", "--case"}),
    ("claims re", {"report", "remove", "rename", "retract", "reliability"}),
    ("claims report --so", {"--sort", "--source"}),
    ("claims report --sort ", {"case", "id", "date", "probability", "verdict", "speaker"}),
    ("claims report --fail-on dis", {"disputed"}),
    ("claims report --speaker ", {"quill"}),
    ("claims report --source c", {"coast-wire"}),
    ("claims --case . report --topic ", {"accident", "trade"}),
    ("claims schema p", {"policy", "problems"}),
    ("claims audit c", {"crane-fell", "crane-inspected"}),
    ("claims audit --without c", {"coast-wire"}),
    ("claims completion ", {"bash", "zsh", "fish"}),
    ("claims report --as-of ", set()),
]


@pytest.mark.parametrize(("line", "offered"), OFFERED, ids=[line for line, _ in OFFERED])
def test_bash_completes(line: str, offered: set[str], example: Path, tmp_path: Path) -> None:
    if shutil.which("bash") is None:
        pytest.skip("no bash here")
    (tmp_path / "claims").write_text(f'#!/bin/sh\nexec "{sys.executable}" -m claims "$@"\n')
    (tmp_path / "claims").chmod(0o755)
    words = line.split(" ")
    script = f"""
{SCRIPTS["bash"](all_commands())}
COMP_WORDS=({" ".join(f"'{word}'" for word in words)}); COMP_CWORD={len(words) - 1}
_claims
printf '%s\\n' "${{COMPREPLY[@]}}"
"""
    env = environment()
    env["PATH"] = f"{tmp_path}:{env['PATH']}"
    done = subprocess.run(
        ["bash", "-c", script], cwd=example, env=env, capture_output=True, text=True, timeout=60, check=False  # noqa: S607
    )  # fmt: skip
    assert done.stderr == ""
    found = set(done.stdout.split())
    assert offered <= found
    assert line.endswith(" ") or found == offered
    assert offered or not found


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_each_script_is_sound_where_its_shell_is_here(shell: str) -> None:
    text = SCRIPTS[shell](all_commands())
    for command in all_commands():
        assert command.name in text
    if shutil.which(shell) is not None:
        subprocess.run([shell, "-n"], input=text, text=True, check=True, timeout=60)
