"""The entry that a person names: by its id, or by its section and id where the id stands in more than one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from claims.model.errors import BadRequest, NotFound
from claims.read.additions import standing
from claims.read.ledger import SECTIONS, SINGULAR, key_of
from claims.read.references import REFERENCES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from claims.model.case import Case


class Target(NamedTuple):
    """An entry of a case."""

    section: str
    key: str
    entry: Any


class Use(NamedTuple):
    """That an entry refers to another one under a key; `item` is its position, where the key holds a list."""

    section: str
    key: str
    entry: Any
    under: str
    item: int | None


def target(case: Case, name: str, section: str | None = None) -> Target:
    """The entry called `name`: an id, a key such as `document/claim`, or `claims/x` with the section in front.

    Raises `NotFound` with near ids, and `BadRequest` where several entries are called that.
    """
    head, _, rest = name.partition("/")
    places = [(section, name)] if section else [(one, name) for one in SECTIONS]
    if section is None and rest and head in SECTIONS:
        places.append((head, rest))
    found = [Target(one, key, entry) for one, key in places for entry in (standing(case, one, key),) if entry]
    if len(found) > 1:
        ways = " or ".join(f"{one.section}/{one.key}" for one in found)
        raise BadRequest(
            f"{name!r} is the id of {' and '.join(f'a {SINGULAR[one.section]}' for one in found)}: say {ways}"
        )
    if not found:
        known = (key_of(entry) for one in ([section] if section else SECTIONS) for entry in getattr(case, one))
        raise NotFound.among(SINGULAR[section] if section else "entry", name, known)
    return found[0]


def uses_of(case: Case, section: str, name: str) -> Iterator[Use]:
    """Everything in a case that refers to an entry, by section."""
    for reference in REFERENCES:
        if section not in reference.targets:
            continue
        for entry in getattr(case, reference.section):
            value = getattr(entry, reference.key)
            if value is None:
                continue
            if isinstance(value, str):
                if value == name:
                    yield Use(reference.section, key_of(entry), entry, reference.key, None)
                continue
            for n, one in enumerate(value):
                if one == name:
                    yield Use(reference.section, key_of(entry), entry, reference.key, n)
