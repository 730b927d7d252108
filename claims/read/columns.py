"""The columns of a table, by their names: which are keys of the entries in it, and what is wrong with the names."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from claims.model.cells import kinds_of
from claims.read.drafts import Draft, Mark, Spot
from claims.read.ledger import SECTIONS, SINGULAR
from claims.read.mistakes import short
from claims.read.near import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from claims.model.cells import Kind


UNFOLDED: Final[frozenset[Kind]] = frozenset({"ids", "texts", "entries", "keys", "figure"})
"""What may be a list, or have keys of its own."""


class Columns(NamedTuple):
    """The names of the columns of a table, empty where one is no key; and what is wrong with them."""

    names: tuple[str, ...]
    unfolded: tuple[tuple[str, Kind], ...]
    """Those that take more than a text, each with what it takes."""
    nameless: tuple[int, ...]
    """The numbers of columns without a name, from 0; whether that is wrong depends on what stands in them."""
    missing: tuple[str, ...]
    """Keys that every entry needs and no column holds."""
    drafts: tuple[Draft, ...]


def columns_of(names: Sequence[str], section: str, file: str, marks: Sequence[Mark]) -> Columns:
    """The columns of a table of a section, by their names; marks: where each name stands."""
    model = SECTIONS[section]
    kinds = kinds_of(model)
    known = tuple(name if name in kinds and name not in names[:n] else "" for n, name in enumerate(names))
    needed = (name for name, field in model.model_fields.items() if field.is_required())
    missing = tuple(name for name in needed if name not in known)
    drafts = [*_unknown(names, section, file, marks), *(_missing(name, section, file, marks) for name in missing)]
    unfolded = tuple((name, kinds[name]) for name in known if name and kinds[name] in UNFOLDED)
    nameless = tuple(n for n, name in enumerate(names) if not name)
    return Columns(known, unfolded, nameless, missing, tuple(drafts))


def _unknown(names: Sequence[str], section: str, file: str, marks: Sequence[Mark]) -> Iterator[Draft]:
    kinds = kinds_of(SECTIONS[section])
    for n, (name, mark) in enumerate(zip(names, marks, strict=True)):
        named = mark._replace(key=name)
        if name in names[:n] and name:
            message = f"two columns are called '{short(name)}'"
            yield Draft("duplicate-key", message, Spot(file, mark=named), "keep one of the two")
        elif name and name not in kinds:
            hint = did_you_mean(name.strip(), kinds) or f"known are {', '.join(kinds)}"
            message = f"a table of {section} has no column '{short(name)}'"
            yield Draft("unknown-key", message, Spot(file, mark=named), hint)


def _missing(name: str, section: str, file: str, marks: Sequence[Mark]) -> Draft:
    line = marks[0].line if marks else 1
    return Draft(
        "missing-key",
        f"the table has no column '{name}'",
        Spot(file, mark=Mark(line, 1)),
        f"every {SINGULAR[section]} needs one",
    )
