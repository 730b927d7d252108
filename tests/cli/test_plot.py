"""`claims plot`, as a person uses it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from claims.cli import exits
from claims.cli.main import main

if TYPE_CHECKING:
    from pathlib import Path

WRONG = [
    (["plot", "nonsense"], "no claim is called 'nonsense'"),
    (["plot", "x", "-o", "x.gif"], ".svg or .png"),
    (["plot", "x", "-o", "picture"], "the file ends in neither"),
    (["plot", "x", "-o", "x.svg", "--width", "300"], "--width is for PNG"),
    (["plot", "x", "-o", "x.png", "--width", "3"], "not a number of pixels"),
    (["plot", "x", "--what", "face"], "--what"),
    (["plot"], "CLAIM"),
]


def a_claim(capsys: pytest.CaptureFixture[str]) -> str:
    assert main(["completion", "ids", "claim"]) == exits.FINE
    return capsys.readouterr().out.split()[0]


@pytest.mark.parametrize(("args", "said"), WRONG, ids=[" ".join(args) for args, _ in WRONG])
def test_wrong_use_says_the_way_out(
    args: list[str], said: str, example: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(example)
    assert main(args) == exits.WRONG_USE
    captured = capsys.readouterr()
    assert said in captured.err
    assert captured.out == ""


@pytest.mark.parametrize("what", ["chain", "development"])
@pytest.mark.parametrize(("ending", "begins"), [(".svg", b"<?xml"), (".png", b"\x89PNG")])
def test_the_ending_says_what_is_written(
    what: str, ending: str, begins: bytes, example: Path, monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    monkeypatch.chdir(example)
    claim = a_claim(capsys)
    assert main(["plot", claim, "--what", what, "-o", f"made{ending}"]) == exits.FINE
    assert (example / f"made{ending}").read_bytes().startswith(begins)


def test_in_a_pipe_it_is_svg(
    example: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(example)
    assert main(["plot", a_claim(capsys)]) == exits.FINE
    assert capsys.readouterr().out.startswith("<?xml")


def test_a_terminal_is_told_to_name_a_file(
    example: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(example)
    claim = a_claim(capsys)
    monkeypatch.setattr("sys.stdout.isatty", lambda: True, raising=False)
    assert main(["plot", claim]) == exits.WRONG_USE
    assert "-o chain.svg" in capsys.readouterr().err
