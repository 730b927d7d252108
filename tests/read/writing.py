"""Entries as YAML, for tests that read what they make up."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


def sections_as_yaml(sections: Mapping[str, Sequence[Mapping[str, Any]]]) -> str:
    """One line for each entry, in the JSON that YAML contains; what is None is left out."""
    lines: list[str] = []
    for name, entries in sections.items():
        lines.append(f"{name}:" if entries else f"{name}: []")
        lines.extend(f"  - {entry_as_yaml(entry)}" for entry in entries)
    return "\n".join(lines) + "\n"


def entry_as_yaml(entry: Mapping[str, Any]) -> str:
    """An entry in one line."""
    return json.dumps(
        {key: value for key, value in entry.items() if value is not None}, ensure_ascii=False, default=str
    )
