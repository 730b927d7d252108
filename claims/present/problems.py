"""Problems as text, for people and editors, and as JSON, for programs.

june.yaml:14:13: unknown-source: no source is called 'soh'
   14 |     source: soh
      |             ^^^  did you mean 'sohr'? A new source goes under 'sources:'.
"""

from __future__ import annotations

import json
from textwrap import wrap
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from claims.present.escape import for_json, for_terminal

if TYPE_CHECKING:
    from collections.abc import Iterable

    from claims.model.problem import Problem

VERSION: Final = "claims/problems/1"
LONGEST: Final = 160
"""Characters of a source line that are shown, around what is meant."""
MARGIN: Final = 8
"""Columns of the number of a line, and the stroke after it."""
BESIDE: Final = 32
"""Columns that a way out needs to stand beside the caret."""
MORE: Final = "…"
"""Where a line that is shown in part goes on."""
RED, YELLOW, DIM, OFF = "\x1b[31m", "\x1b[33m", "\x1b[2m", "\x1b[0m"


def render_text(problems: Iterable[Problem], *, width: int, colour: bool) -> str:
    """The problems, each with its line, a caret under what is meant, and the way out. Empty for none.

    The first line of a problem is never wrapped: editors read it. width: where the way out is wrapped and the line of
    the file, which may be very long, is shown in part.
    """
    return "".join(_shown(problem, width=width, colour=colour) for problem in problems)


def _shown(problem: Problem, *, width: int, colour: bool) -> str:
    kind = "warning: " if problem.severity == "warning" else ""
    place = f"{for_terminal(problem.file)}:{problem.line}:{_column(problem)}:"
    start, end = ((YELLOW if kind else RED), OFF) if colour else ("", "")
    lines = [f"{place} {start}{kind}{problem.code}{end}: {for_terminal(problem.message)}"]
    if problem.source is not None:
        lines += _excerpt(problem, width=width, colour=colour)
    elif problem.hint:
        lines += [f"    {line}" for line in _wrapped(problem.hint, width - 4)]
    lines += [f"    also at {for_terminal(str(other))}" for other in problem.also]
    return "\n".join(lines) + "\n"


def _column(problem: Problem) -> str:
    """The column: in a table its name, else its number."""
    return for_terminal(problem.key) if problem.key else str(problem.column)


def _excerpt(problem: Problem, *, width: int, colour: bool) -> list[str]:
    """The line, what is meant in it, and the way out: beside it, or below where there is no room."""
    source, at = problem.source or "", problem.column - 1
    first, last = _window(len(source), at, max(min(width - MARGIN, LONGEST), 24))
    before, after = MORE if first else "", MORE if last < len(source) else ""
    indent = _columns(before + _shown_part(source[first:at]))
    carets = "^" * max(_columns(_shown_part(source[at : min(at + problem.width, last)])), 1)
    dim, off = (DIM, OFF) if colour else ("", "")
    lines = [f"{dim}{problem.line:>5} |{off} {before}{_shown_part(source[first:last])}{after}"]
    lines += [f"{dim}      |{off} {text}" for text in _hinted(" " * indent + carets, problem.hint, width - MARGIN)]
    return [line.rstrip() for line in lines]


class Excerpt(NamedTuple):
    """The line that a problem is in, cut at what is meant."""

    before: str
    meant: str
    after: str


def excerpt(problem: Problem) -> Excerpt | None:
    """The line, or the part of a long one that is around what is meant; None where the problem is in no line.

    Nothing in it is unseen. Where a place is meant and no text, a blank stands for it.
    """
    if problem.source is None:
        return None
    source, at = problem.source, problem.column - 1
    first, last = _window(len(source), at, LONGEST)
    end = min(at + problem.width, last)
    before, meant, after = (_shown_part(part) for part in (source[first:at], source[at:end], source[end:last]))
    return Excerpt(f"{MORE if first else ''}{before}", meant or " ", f"{after}{MORE if last < len(source) else ''}")


def _window(length: int, at: int, room: int) -> tuple[int, int]:
    """From where to where a line is shown: all of it, or as much as there is room for around `at`."""
    if length <= room:
        return 0, length
    part = room - 2 * len(MORE)
    first = max(0, min(at - part // 2, length - part))
    return first, first + part


def _hinted(carets: str, hint: str | None, room: int) -> list[str]:
    if not hint:
        return [carets]
    beside = room - len(carets) - 2
    if beside < min(BESIDE, _columns(for_terminal(hint))):
        return [carets, *_wrapped(hint, room)]
    first, *others = _wrapped(hint, beside)
    return [f"{carets}  {first}", *(" " * len(carets) + f"  {line}" for line in others)]


def _wrapped(hint: str, room: int) -> list[str]:
    return wrap(for_terminal(hint), max(room, 24), break_on_hyphens=False) or [""]


def _shown_part(source: str) -> str:
    return for_terminal(source, breaks="⏎")


def _columns(text: str) -> int:
    if text.isascii():
        return len(text)
    from rich.cells import cell_len  # noqa: PLC0415 - only lines that are not ASCII need it

    return cell_len(text)


def render_json(problems: Iterable[Problem]) -> str:
    """The problems as JSON, `claims/problems/1`, ending with a line break."""
    data = {"schema": VERSION, "problems": [_as_data(problem) for problem in problems]}
    return for_json(json.dumps(data, ensure_ascii=False, indent=2)) + "\n"


def _as_data(problem: Problem) -> dict[str, Any]:
    return {
        "file": problem.file,
        "line": problem.line,
        "column": problem.column,
        "key": problem.key,
        "width": problem.width,
        "severity": problem.severity,
        "code": problem.code,
        "message": problem.message,
        "hint": problem.hint,
        "source": problem.source,
        "also": [
            {"file": place.file, "line": place.line, "column": place.column, "key": place.key} for place in problem.also
        ],
    }


def problems_schema() -> dict[str, Any]:
    """The JSON Schema of `claims check --format json`."""
    number, text, maybe = {"type": "integer", "minimum": 1}, {"type": "string"}, {"type": ["string", "null"]}
    place = {"file": text, "line": number, "column": number, "key": maybe}
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
