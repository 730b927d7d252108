"""What is wrong with one entry, in the words of a person who checks facts: pydantic finds it, and this says it."""

from __future__ import annotations

import re
import types
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final, Literal, get_args, get_origin

from claims.model.quantity import QuantityError
from claims.model.when import WhenError
from claims.read.drafts import Draft, Spot
from claims.read.ledger import SECTIONS, SINGULAR
from claims.read.near import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pydantic import BaseModel

ID_KEYS: Final = frozenset({"id", "case"})
LONGEST_SHOWN: Final = 60
MOST_SECTIONS: Final = 3
"""Sections that are named as the home of a key; more help nobody."""
HEADER: Final = ("case", "title", "about", "policy")
INCLUDES: Final = frozenset({"include", "includes", "import", "imports"})


def mistake(error: Mapping[str, Any], model: type[BaseModel], what: str, spot: Spot) -> Draft:
    """One error of pydantic in plain words; `what` is what the entry is: `source`, `policy`. `spot`: the entry."""
    kind, loc = error["type"], _path(error["loc"])
    at = spot.at(*loc)
    key = next((part for part in reversed(loc) if isinstance(part, str)), what)
    if kind == "extra_forbidden":
        return _unknown_key(str(loc[-1]), _inner(model, loc[:-1]), what, Spot(spot.file, at.path, "key"))
    if kind == "missing":
        parent = spot.at(*loc[:-1])
        needs = f"the {what} lacks '{loc[-1]}'" if len(loc) == 1 else f"'{loc[-2]}' lacks '{loc[-1]}'"
        return Draft("missing-key", needs, parent, f"add '{loc[-1]}: …'")
    if kind == "string_pattern_mismatch":
        return _bad_form(str(error["input"]), key, at)
    if kind == "literal_error":
        return _not_a_choice(error, key, _inner(model, loc[:-1]), at)
    if kind == "value_error":
        return _value_error(error["ctx"]["error"], at)
    return _bad_value(error, key, at)


def _path(loc: tuple[str | int, ...]) -> tuple[str | int, ...]:
    """Keys and positions alone: pydantic adds '[key]' for the keys of a mapping."""
    return tuple(part for part in loc if part != "[key]")


def _unknown_key(key: str, model: type[BaseModel] | None, what: str, spot: Spot) -> Draft:
    names = names_of(model) if model else []
    hint = did_you_mean(key, names) or _elsewhere(key) or (f"known are {', '.join(names)}" if names else None)
    return Draft("unknown-key", f"{_a(what)} has no key '{short(key)}'", spot, hint)


def _elsewhere(key: str) -> str | None:
    if key in INCLUDES:
        return "nothing is included: every *.yaml file below the case folder is read by itself"
    having = [section for section, model in SECTIONS.items() if key in model.model_fields]
    if having and not having[MOST_SECTIONS:]:
        return f"'{key}' belongs to {' and '.join(having)}"
    return None


def _bad_form(written: str, key: str, spot: Spot) -> Draft:
    if key not in ID_KEYS:
        return Draft("bad-value", f"a {key} is 64 characters of 0-9 and a-f", spot, "`sha256sum FILE` prints it")
    return Draft(
        "bad-id",
        f"'{short(written)}' is not an id",
        spot,
        f"an id is lower-case letters and digits, joined by '-' or '.': {slug(written)}",
    )


def slug(written: str) -> str:
    """An id that looks like what was written."""
    return re.sub(r"[\W_]+", "-", written.lower()).strip("-")[:LONGEST_SHOWN] or "al-manar"


def _not_a_choice(error: Mapping[str, Any], key: str, model: type[BaseModel] | None, spot: Spot) -> Draft:
    choices = choices_of(model, key) or [c.strip("' ") for c in re.split(r",| or ", error["ctx"]["expected"])]
    written = error["input"]
    if isinstance(written, str):
        suggestion = did_you_mean(written, choices)
        hint = f"{suggestion} Known are {', '.join(choices)}" if suggestion else f"known are {', '.join(choices)}"
        return Draft("bad-value", f"'{short(written)}' is no {key}", spot, hint)
    return Draft("bad-value", f"'{key}' takes one word", spot, f"known are {', '.join(choices)}")


def _value_error(error: Exception, spot: Spot) -> Draft:
    message = getattr(error, "message", None) or str(error)
    hint = getattr(error, "hint", None)
    if isinstance(error, WhenError):
        message, _, way_out = message.partition("; ")
        return Draft("bad-date", message, spot, way_out or "a date is written like 2015-05-16, 2015-05 or 2015")
    if isinstance(error, QuantityError):
        return Draft("bad-quantity", message, spot, hint)
    return Draft("bad-value", message, spot, hint)


def _bad_value(error: Mapping[str, Any], key: str, spot: Spot) -> Draft:
    kind, written, context = error["type"], error["input"], error.get("ctx", {})
    hint = None
    if kind == "string_type":
        if written is None:
            message, hint = f"an item of '{key}' is empty", "write it, or delete its line"
        else:
            message, hint = f"'{key}' takes a text, not {_container(written)}", QUOTED_TEXT
    elif kind == "string_too_short":
        message, hint = f"'{key}' is empty", "write it, or delete the key"
    elif kind == "string_too_long":
        message = f"'{key}' is longer than {context.get('max_length')} characters"
        hint = "keep long texts in a file of their own, and name it in a document's 'text'"
    elif kind in {"tuple_type", "list_type"}:
        message, hint = f"'{key}' takes one text or a list", f"write '{key}: [one, two]'"
    elif kind in {"model_type", "model_attributes_type", "dict_type", "mapping_type", "dataclass_type"}:
        message, hint = f"'{key}' takes keys and values, not {_container(written)}", None
        hint = MAPPINGS.get(key)
    elif kind in {"bool_parsing", "bool_type"}:
        message, hint = f"'{key}' is true or false, not '{short(str(written))}'", None
    elif kind.startswith(("int", "float")) or kind in NUMBERS:
        message, hint = _number(key, written, context)
    else:
        message = f"'{short(str(written))}' does not fit '{key}': {error['msg'].lower()}"
    return Draft("bad-value", message, spot, hint)


QUOTED_TEXT: Final = "if the text has brackets, braces or ': ' in it, put it in quotes"
MAPPINGS: Final = {
    "retracted": "write 'retracted: 2015-06-01 wrong figure', or {date: …, reason: …}",
    "searches": "write 'searches: [what was looked through]', or a list of {where, date, note}",
}
NUMBERS: Final = frozenset({"greater_than", "greater_than_equal", "less_than", "less_than_equal", "finite_number"})
BOUNDS: Final = {"gt": "more than", "ge": "at least", "lt": "less than", "le": "at most"}


def _number(key: object, written: object, context: Mapping[str, Any]) -> tuple[str, str | None]:
    bounds = [f"{words} {context[bound]:g}" for bound, words in BOUNDS.items() if bound in context]
    if bounds:
        return f"'{short(str(written))}' is out of range for '{key}'", f"it must be {' and '.join(bounds)}"
    return f"'{short(str(written))}' is no number", f"'{key}' takes a number like 2 or 0.8"


def _container(value: object) -> str:
    kinds = {dict: "keys and values", list: "a list", tuple: "a list", str: "a text", type(None): "nothing"}
    return kinds.get(type(value), "this")


def short(text: str) -> str:
    """A text cut to what fits into a message."""
    one_line = " ".join(text.split())
    return one_line if len(one_line) <= LONGEST_SHOWN else one_line[: LONGEST_SHOWN - 1] + "…"


def _a(what: str) -> str:
    return f"{'an' if what[:1] in 'aeiou' else 'a'} {what}"


def names_of(model: type[BaseModel]) -> list[str]:
    """The keys of a model, as they are written."""
    return [field.alias or name for name, field in model.model_fields.items()]


def _inner(model: type[BaseModel], loc: tuple[str | int, ...]) -> type[BaseModel] | None:
    """The model that a path of keys leads to; None where it leads to something else."""
    inner: type[BaseModel] | None = model
    for part in loc:
        if isinstance(part, int) or inner is None:
            continue
        field = next((f for n, f in inner.model_fields.items() if part in (n, f.alias)), None)
        inner = next(iter(_models(field.annotation)), None) if field else None
    return inner


def _models(annotation: Any) -> list[type[BaseModel]]:
    if isinstance(annotation, type) and hasattr(annotation, "model_fields"):
        return [annotation]
    return [model for argument in get_args(annotation) for model in _models(argument)]


@lru_cache
def choices_of(model: type[BaseModel] | None, key: str) -> list[str]:
    """The words that a key takes, in the order of the model."""
    field = next((f for n, f in model.model_fields.items() if key in (n, f.alias)), None) if model else None
    return _words(field.annotation) if field else []


def _words(annotation: Any) -> list[str]:
    if get_origin(annotation) is Literal:
        return [str(choice) for choice in get_args(annotation)]
    if get_origin(annotation) is None and not isinstance(annotation, types.UnionType):
        return []
    return [word for argument in get_args(annotation) for word in _words(argument)]


def kind_of(section: str) -> str:
    """What an entry of a section is called."""
    return SINGULAR[section]
