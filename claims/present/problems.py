"""Problems as text, for people and editors, and as JSON, for programs.

june.yaml:14:13: unknown-source: no source is called 'soh'
   14 |     source: soh
      |             ^^^  did you mean 'sohr'? A new source goes under 'sources:'.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

from claims.present.escape import for_terminal

if TYPE_CHECKING:
    from collections.abc import Iterable

    from claims.model.problem import Problem

VERSION: Final = "claims/problems/1"
LONGEST: Final = 160
"""Characters of a source line that are shown, around what is meant."""
RED, YELLOW, DIM, OFF = "\x1b[31m", "\x1b[33m", "\x1b[2m", "\x1b[0m"


def render_text(problems: Iterable[Problem], *, width: int, colour: bool) -> str:
    """The problems, each with its line, a caret under what is meant, and the way out. Empty for none.

    The first line of a problem is never wrapped: editors read it. width: where the source line is shortened.
    """
    return "".join(_shown(problem, width=width, colour=colour) for problem in problems)


def _shown(problem: Problem, *, width: int, colour: bool) -> str:
    kind = "warning: " if problem.severity == "warning" else ""
    place = f"{for_terminal(problem.file)}:{problem.line}:{problem.column}:"
    start, end = ((YELLOW if kind else RED), OFF) if colour else ("", "")
    lines = [f"{place} {start}{kind}{problem.code}{end}: {for_terminal(problem.message)}"]
    if problem.source is not None:
        lines += _excerpt(problem, width=width, colour=colour)
    elif problem.hint:
        lines.append(f"    {for_terminal(problem.hint)}")
    lines += [f"    also at {for_terminal(str(place))}" for place in problem.also]
    return "\n".join(lines) + "\n"


def _excerpt(problem: Problem, *, width: int, colour: bool) -> list[str]:
    source = problem.source or ""
    room = max(min(width - 8, LONGEST), 24)
    first = max(0, problem.column - 1 - room // 2) if len(source) > room else 0
    before, meant = source[first : problem.column - 1], source[problem.column - 1 : problem.column - 1 + problem.width]
    indent = " " * _columns(for_terminal(before, breaks="⏎"))
    caret = "^" * max(_columns(for_terminal(meant, breaks="⏎")), 1)
    dim, off = (DIM, OFF) if colour else ("", "")
    number = f"{problem.line:>5}"
    hint = f"  {for_terminal(problem.hint)}" if problem.hint else ""
    text = for_terminal(source[first : first + room], breaks="⏎")
    return [f"{dim}{number} |{off} {text}", f"{dim}{' ' * len(number)} |{off} {indent}{caret}{hint}"]


def _columns(text: str) -> int:
    if text.isascii():
        return len(text)
    from rich.cells import cell_len  # noqa: PLC0415 - only lines that are not ASCII need it

    return cell_len(text)


def render_json(problems: Iterable[Problem]) -> str:
    """The problems as JSON, `claims/problems/1`, ending with a line break."""
    data = {"schema": VERSION, "problems": [_as_data(problem) for problem in problems]}
    return json.dumps(data, ensure_ascii=False, indent=2) + "\n"


def _as_data(problem: Problem) -> dict[str, Any]:
    def text(value: str | None) -> str | None:
        return value if value is None else value.encode("utf-8", "backslashreplace").decode("utf-8")

    return {
        "file": text(problem.file),
        "line": problem.line,
        "column": problem.column,
        "width": problem.width,
        "severity": problem.severity,
        "code": problem.code,
        "message": text(problem.message),
        "hint": text(problem.hint),
        "source": text(problem.source),
        "also": [{"file": text(place.file), "line": place.line, "column": place.column} for place in problem.also],
    }


def problems_schema() -> dict[str, Any]:
    """The JSON Schema of `claims check --format json`."""
    number, text, maybe = {"type": "integer", "minimum": 1}, {"type": "string"}, {"type": ["string", "null"]}
    place = {"file": text, "line": number, "column": number}
    fields = place | {
        "width": {"type": "integer", "minimum": 0},
        "severity": {"enum": ["error", "warning"]},
        "code": {"type": "string", "pattern": "^[a-z0-9-]+$"},
        "message": text,
        "hint": maybe,
        "source": maybe,
        "also": {"type": "array", "items": _record(place)},
    }
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "What is wrong with a case",
        **_record({"schema": {"const": VERSION}, "problems": {"type": "array", "items": _record(fields)}}),
    }


def _record(fields: dict[str, Any]) -> dict[str, Any]:
    return {"type": "object", "properties": fields, "required": list(fields), "additionalProperties": False}
