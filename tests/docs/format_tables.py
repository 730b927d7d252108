"""Tables of every key of a case and of a policy, made from the models."""

from __future__ import annotations

import re
from types import NoneType, UnionType
from typing import TYPE_CHECKING, Any, Final, Literal, Union, get_args, get_origin

from claims.model.claim import Search
from claims.model.document import Retraction
from claims.model.entry import ID_PATTERN
from claims.model.header import Header
from claims.model.meanings import meanings
from claims.model.policy import AssignedCredibility, Policy, Split, Threshold
from claims.model.quantity import Quantity
from claims.model.schema import SECTIONS
from claims.model.when import Interval

if TYPE_CHECKING:
    from pydantic import BaseModel
    from pydantic.fields import FieldInfo

MODELS: Final[dict[str, type[BaseModel]]] = {
    "case": Header, **{name: model for name, model, _ in SECTIONS}, "searches": Search, "retracted": Retraction,
    "policy": Policy, "threshold": Threshold, "split": Split, "assigned": AssignedCredibility,
}  # fmt: skip
MARKED: Final = re.compile(r"(?<=^<!-- keys: )(\w+)( -->\n)(.*?)(?=^<!-- end -->$)", re.MULTILINE | re.DOTALL)


def filled(page: str) -> str:
    """The page with the table of keys between each pair of marks."""
    return MARKED.sub(lambda mark: f"{mark[1]}{mark[2]}{_table(MODELS[mark[1]])}", page)


def _table(model: type[BaseModel]) -> str:
    meaning = meanings(model)
    rows = [
        f"| `{field.alias or name}`{'' if field.is_required() else ' ?'} | {_takes(field)} | {_cell(meaning[name])} |\n"
        for name, field in model.model_fields.items()
    ]
    return "\n| key | takes | meaning |\n| --- | --- | --- |\n" + "".join(rows) + "\n"


def _takes(field: FieldInfo) -> str:
    if any(getattr(note, "pattern", None) == ID_PATTERN for note in field.metadata):
        return "an id"
    default = f"; else `{field.default}`" if isinstance(field.default, str) else ""
    return _kind(field.annotation) + default


KINDS: Final[dict[object, str]] = {
    str: "text", bool: "`true` or `false`", Interval: "a date", Quantity: "a figure", float: "a number",
    int: "a whole number", Search: "see below", Retraction: "see below",
}  # fmt: skip


def _kind(annotation: Any) -> str:
    """What a value of that type is, in words."""
    origin, parts = get_origin(annotation), get_args(annotation)
    if annotation in KINDS:
        return KINDS[annotation]
    if hasattr(annotation, "__supertype__"):
        word = annotation.__name__.removesuffix("Id").lower()
        return "an id of a source, speaker or document" if word == "ref" else f"the id of a {word}"
    if origin is Literal:
        return ", ".join(f"`{part}`" for part in parts)
    if origin in (Union, UnionType):
        return " or ".join(_kind(part) for part in parts if part is not NoneType)
    if origin is tuple:
        return f"one or a list: {_kind(parts[0])}"
    return _kind(parts[0]) if hasattr(annotation, "__metadata__") else "keys and values"


def _cell(text: str | None) -> str:
    return (
        " ".join((text or "").split())
        .replace("|", "\\|")
        .replace("None:", "Left out:")
        .replace("Empty:", "Empty list:")
    )
