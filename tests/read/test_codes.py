"""Codes are an interface: each is listed, and each that is listed comes from somewhere and is tried."""

from __future__ import annotations

import re
from pathlib import Path

from claims.read import codes

ROOM = Path(codes.__file__).parent
CODE = re.compile(r"\"([a-z0-9]+(?:-[a-z0-9]+)+|circle|unreadable)\"")
TEMPLATES = {"unknown-": {"unknown-party", "unknown-source", "unknown-speaker", "unknown-document", "unknown-claim", "unknown-reference"},
             "duplicate-": {"duplicate-finding", "duplicate-statement"}}  # fmt: skip


def _sources(folder: Path) -> str:
    return "\n".join(
        path.read_text("utf-8")
        for path in sorted(folder.glob("*.py"))
        if path.name not in {"codes.py", "test_codes.py"}
    )


def test_each_code_of_the_list_is_told_somewhere() -> None:
    source = _sources(ROOM)
    told = set(CODE.findall(source)).union(*(made for prefix, made in TEMPLATES.items() if f'f"{prefix}{{' in source))
    assert set(codes.CODES) - told == set()


def test_each_code_that_is_told_is_on_the_list() -> None:
    calls = re.findall(r"(?:Draft|warning|Refused|self\.flaw)\(\s*\"([a-z0-9-]+)\"", _sources(ROOM))
    assert len(calls) > 40
    assert set(calls) - set(codes.CODES) == set()


def test_each_code_of_the_list_is_tried() -> None:
    tests = _sources(Path(__file__).parent)
    assert {code for code in codes.CODES if not re.search(rf"\b{code}\b", tests)} == set()


def test_each_code_is_said_in_a_line() -> None:
    for code, title in codes.CODES.items():
        assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", code)
        assert title == title.strip().rstrip(".")
        assert "\n" not in title
