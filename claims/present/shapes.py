"""The parts that JSON Schemas of our own output are made of: strict, so that a change of shape is one of version."""

from __future__ import annotations

from typing import Any, Final

Shape = dict[str, Any]

TEXT: Final[Shape] = {"type": "string"}
MAYBE: Final[Shape] = {"type": ["string", "null"]}
NUMBER: Final[Shape] = {"type": "integer", "minimum": 0}
YES_NO: Final[Shape] = {"type": "boolean"}
DIGEST: Final[Shape] = {"type": "string", "pattern": "^(sha256:[0-9a-f]{64})?$"}


def record(**fields: Shape) -> Shape:
    """An object with exactly these fields."""
    return {"type": "object", "properties": fields, "required": list(fields), "additionalProperties": False}


def counts(*names: str) -> Shape:
    """An object with a number under some of these names."""
    return {"type": "object", "properties": dict.fromkeys(names, NUMBER), "additionalProperties": False}


def list_of(items: Shape) -> Shape:
    """A list of alike things."""
    return {"type": "array", "items": items}


def one_of(*values: str | bool | None) -> Shape:
    """One of these values."""
    return {"enum": list(values)}


def document(title: str, /, **fields: Shape) -> Shape:
    """The schema of a whole file with exactly these fields."""
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": title, **record(**fields)}
