"""What stands in the columns of a table of entries: each key of a model, and what kind of value it takes.

In a cell of text, several ids are written with spaces between them; other lists, and what has keys of its own, are
JSON. An empty cell says nothing.

>>> from claims.model.finding import Finding
>>> kinds_of(Finding)["relies_on"]
'ids'
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, Literal, get_args, get_origin

from pydantic import BaseModel

from claims.model.quantity import Quantity

if TYPE_CHECKING:
    from collections.abc import Mapping

Kind = Literal["text", "truth", "digit", "figure", "ids", "texts", "entries", "keys"]
"""One value (text, true or false, a digit, a figure), a list (of ids, texts or keys and values), or keys and values."""

SINGLE: Final[dict[Any, Kind]] = {bool: "truth", Quantity: "figure"}


def kinds_of(model: type[BaseModel]) -> Mapping[str, Kind]:
    """The columns of a table of such entries, in their order: each key, and the kind of its values."""
    return {name: _kind(field.annotation) for name, field in model.model_fields.items()}


def inner_of(model: type[BaseModel], name: str) -> type[BaseModel]:
    """The model of what has keys of its own under a key. Raises `TypeError` where nothing has."""
    for part in _parts(model.model_fields[name].annotation):
        inner = get_args(part)[0] if get_origin(part) is tuple else part
        if isinstance(inner, type) and issubclass(inner, BaseModel):
            return inner
    raise TypeError(name)


def _kind(annotation: Any) -> Kind:
    kinds: set[Kind] = {_kind_of_part(part) for part in _parts(annotation)}
    return next(iter(kinds - {"text"}), "text")


def _kind_of_part(part: Any) -> Kind:
    if get_origin(part) is tuple:
        item = get_args(part)[0]
        return "ids" if hasattr(item, "__supertype__") else "entries" if _has_keys(item) else "texts"
    if get_origin(part) is Literal:
        return "digit" if all(isinstance(choice, int) for choice in get_args(part)) else "text"
    if _has_keys(part):
        return "keys"
    return SINGLE.get(part, "text")


def _has_keys(kind: Any) -> bool:
    return isinstance(kind, type) and issubclass(kind, BaseModel)


def _parts(annotation: Any) -> list[Any]:
    """What an annotation joins: of `Text | None` both, of `Annotated[X, …]` X."""
    if get_origin(annotation) in (tuple, Literal) or not get_args(annotation):
        return [annotation]
    parts = get_args(annotation)[:1] if hasattr(annotation, "__metadata__") else get_args(annotation)
    return [found for part in parts for found in _parts(part)]
