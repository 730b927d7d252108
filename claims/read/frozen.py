"""A case as JSON and back, for the cache: entries as they were validated, built again without being validated again.

Figures are kept as they were understood, so that no unit is looked up; dates are read again, which is cheap. Stored
texts are not kept: they are read from the case, and must have the digest that they had.
"""

from __future__ import annotations

from array import array
from collections import deque
from collections.abc import Mapping
from dataclasses import astuple, fields
from functools import partial
from itertools import repeat
from typing import TYPE_CHECKING, Any, Final, TypeVar, get_args, get_origin

from pydantic import BaseModel
from pydantic_core import from_json, to_json

from claims.model.case import Case
from claims.model.policy import Policy
from claims.model.problem import Place, Problem
from claims.model.quantity import Quantity
from claims.model.when import Interval, parse_when
from claims.read.contents import Refused
from claims.read.digest import sha256_of
from claims.read.files import contents
from claims.read.ledger import SECTIONS
from claims.read.places import Places, Stands
from claims.read.texts import LARGEST_TEXT, Texts, text_from

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from pathlib import Path

    from pydantic.fields import FieldInfo

M = TypeVar("M", bound=BaseModel)
PLAIN: Final = {str, int, float, bool, type(None)}
PARTS: Final = tuple(
    BaseModel.__dict__[name].__set__
    for name in ("__dict__", "__pydantic_fields_set__", "__pydantic_extra__", "__pydantic_private__")
)
"""What sets the parts of an entry, one call for many entries: a loop in Python would take twice as long."""
SIMPLE: Final = ("id", "title", "about", "digest")


def frozen(case: Case, texts: Texts) -> bytes:
    """A case without errors as JSON."""
    figures: dict[Quantity, int] = {}
    places: Any = case.places
    data = {
        **{name: getattr(case, name) for name in SIMPLE},
        "policy": _columns([case.policy], figures),
        "entries": {section: _columns(getattr(case, section), figures) for section in SECTIONS},
        "figures": figures_as_data(figures),
        "files": places.files,
        "places": {
            name: [list(stands.files), list(stands.lines), list(stands.columns)]
            for name, stands in places.sections.items()
        },
        "keys": {name: list(places.sections[name].keys) for name in ("statements", "findings")},
        "warnings": [
            [astuple(problem)[:9], list(map(astuple, problem.also)), problem.key] for problem in case.warnings
        ],
        "texts": texts.paths,
        "digests": texts.digests,
    }
    return to_json(data, inf_nan_mode="constants")


def thawed(body: bytes, folder: Path, root: str) -> Case | None:
    """The case that `frozen` made `body` of; None where it is not of that form or a stored text has changed."""
    try:
        data = from_json(body)
        texts = _texts(root, data["texts"], data["digests"])
        if texts is None:
            return None
        entries: Any = _entries(data)
        sections = {name: _stands(name, data, entries) for name in SECTIONS}
        return Case(
            folder=folder,
            policy=_policy(data["policy"]),
            texts=texts,
            places=Places(data["files"], sections),
            warnings=tuple(_problem(*parts) for parts in data["warnings"]),
            **{name: data[name] for name in SIMPLE},
            **entries,
        )
    except (ValueError, KeyError, TypeError, AttributeError, IndexError):
        return None


def _columns(entries: Sequence[BaseModel], figures: dict[Quantity, int]) -> list[dict[str, Any]]:
    """Entries in columns, those with the same keys together: `rows` says which they are."""
    shapes: dict[tuple[str, ...], list[int]] = {}
    for n, entry in enumerate(entries):
        given = entry.__pydantic_fields_set__
        shapes.setdefault(tuple(name for name in entry.__dict__ if name in given), []).append(n)
    return [
        {"rows": rows, "columns": {name: _column_as_json(entries, rows, name, figures) for name in names}}
        for names, rows in shapes.items()
    ]


def _column_as_json(entries: Sequence[BaseModel], rows: list[int], name: str, figures: dict[Quantity, int]) -> Any:
    column = [entries[n].__dict__[name] for n in rows]
    return column if set(map(type, column)) <= PLAIN else [_json(value, figures) for value in column]


def _json(value: Any, figures: dict[Quantity, int]) -> Any:
    if isinstance(value, str | int | float | Mapping | None):
        return value
    if isinstance(value, Interval):
        return value.written
    if isinstance(value, Quantity):
        return figures.setdefault(value, len(figures))
    if isinstance(value, tuple):
        return [_json(item, figures) for item in value]
    if isinstance(value, BaseModel):
        return _columns([value], figures)
    raise TypeError(f"no form in the cache for {type(value)}")


def figures_as_data(figures: dict[Quantity, int]) -> list[list[Any]]:
    """Each figure as the list of its parts."""
    names = [field.name for field in fields(Quantity)]
    return [[getattr(figure, name) for name in names] for figure in figures]


def _entries(data: Any) -> dict[str, tuple[Any, ...]]:
    figures = [_figure(*parts) for parts in data["figures"]]
    return {section: tuple(_built(model, data["entries"][section], figures)) for section, model in SECTIONS.items()}


def _figure(*parts: Any) -> Quantity:
    values: list[Any] = [tuple(part) if isinstance(part, list) else part for part in parts]
    return Quantity(*values)


def _problem(parts: list[Any], also: list[list[Any]], key: str | None) -> Problem:
    values: list[Any] = [*parts, tuple(Place(*place) for place in also), key]
    return Problem(*values)


def _policy(shapes: list[dict[str, Any]]) -> Policy:
    columns = shapes[0]["columns"]
    columns["probability"] = [
        {letter: {int(digit): p for digit, p in row.items()} for letter, row in table.items()}
        for table in columns["probability"]
    ]
    return _built(Policy, shapes, [])[0]


def _built(model: type[M], shapes: list[dict[str, Any]], figures: list[Quantity]) -> list[M]:
    """Entries from columns of values that were validated before they were kept, built as `model_construct` does."""
    fields = tuple(model.model_fields.items())
    names = tuple(model.model_fields)
    built: list[Any] = [None] * sum(len(shape["rows"]) for shape in shapes)
    for shape in shapes:
        rows = shape["rows"]
        columns = [_column(field, shape["columns"].get(name), figures) for name, field in fields]
        values = map(dict, map(zip, repeat(names), zip(*columns, strict=False)))
        entries = [model.__new__(model) for _ in rows]
        parts: tuple[Iterable[Any], ...] = (values, repeat(set(shape["columns"])), repeat(None), repeat(None))
        for part, content in zip(PARTS, parts, strict=True):
            deque(map(part, entries, content), maxlen=0)
        for row, entry in zip(rows, entries, strict=True):
            built[row] = entry
    return built


def _column(field: FieldInfo, values: list[Any] | None, figures: list[Quantity]) -> Iterable[Any]:
    """The values of one field, or its default again and again."""
    if values is None:
        return repeat(field.get_default())
    part = _part(field.annotation, figures)
    return values if part is None else [value if value is None else part(value) for value in values]


def _part(annotation: Any, figures: list[Quantity]) -> Callable[[Any], Any] | None:
    """How a value is made of its form in JSON; None where that is the value."""
    for kind in _within(annotation):
        if get_origin(kind) is tuple:
            item = _part(get_args(kind)[0], figures)
            return tuple if item is None else partial(_tuple, item)
        if kind is Interval:
            return parse_when
        if kind is Quantity:
            return figures.__getitem__
        if isinstance(kind, type) and issubclass(kind, BaseModel):
            return partial(_one, kind, figures)
    return None


def _tuple(item: Callable[[Any], Any], items: list[Any]) -> tuple[Any, ...]:
    return tuple(map(item, items))


def _one(model: type[M], figures: list[Quantity], shapes: list[dict[str, Any]]) -> M:
    return _built(model, shapes, figures)[0]


def _within(annotation: Any) -> list[Any]:
    """The kinds that an annotation joins: of `Text | None` both, of `Annotated[X, …]` X."""
    if get_origin(annotation) is tuple or not get_args(annotation):
        return [annotation]
    parts = get_args(annotation)[:1] if hasattr(annotation, "__metadata__") else get_args(annotation)
    return [kind for part in parts for kind in _within(part)]


def _stands(section: str, data: Any, entries: dict[str, tuple[Any, ...]]) -> Stands:
    keys = data["keys"].get(section) or [entry.id for entry in entries[section]]
    files, lines, columns = (array("q", numbers) for numbers in data["places"][section])
    return Stands(tuple(keys), files, lines, columns)


def _texts(root: str, paths: dict[str, str], digests: dict[str, str]) -> dict[str, str] | None:
    """The stored texts, unless one of them is not what it was."""
    read: dict[str, str] = {}
    for path, digest in digests.items():
        try:
            content = contents(root, path, LARGEST_TEXT)
        except Refused:
            return None
        if sha256_of(content) != digest:
            return None
        read[path] = text_from(content)
    return {document: read[path] for document, path in paths.items()}
