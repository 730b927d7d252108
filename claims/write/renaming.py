"""An id changed everywhere at once: where it is given, and wherever anything refers to it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from pydantic import TypeAdapter, ValidationError

from claims.model.entry import Id
from claims.model.errors import BadRequest
from claims.model.plan import Effect, Field
from claims.read.ledger import KEYED, NAME_SPACE, SINGULAR
from claims.read.mistakes import slug
from claims.read.yaml import NULLS
from claims.write.layout import Reword
from claims.write.plan import Bench, text_of
from claims.write.targets import Use, target, uses_of

if TYPE_CHECKING:
    from claims.model.case import Case
    from claims.read.case import Reading
    from claims.write.plan import Prepared
    from claims.write.targets import Target

OWNER: Final = "owner"


def renaming(reading: Reading, old: str, new: str, *, section: str | None = None, cache: bool = True) -> Prepared:
    """The change that calls an entry otherwise, and lets everything that refers to it follow.

    A source that owns others is followed by them, since an owner may be named by id. Raises `BadRequest` where `new` is
    no id or is taken, in the section or in those that share their ids.
    """
    bench = Bench(reading, cache=cache)
    chosen = target(bench.case, old, section)
    _free(bench.case, chosen, new)
    itself = Use(chosen.section, chosen.key, chosen.entry, "id", None)
    effects: dict[tuple[str, str], Effect] = {}
    for use in (itself, *_uses(bench.case, chosen)):
        file, index = bench.position(use.section, use.key)
        value = bench.tree(file).value[use.section][index][use.under]
        path = (use.under,) if use.item is None or isinstance(value, str) else (use.under, use.item)
        bench.edit(file, Reword(use.section, index, path, new))
        known = effects.get((use.section, use.key))
        field = Field(use.under, str(chosen.entry.id), new)
        fields = (*known.fields, field) if known else (field,)
        place = bench.case.places[use.section, use.key]
        key = new if use is itself else use.key
        effects[use.section, use.key] = Effect(use.section, key, "changed", file, text_of(use.entry), fields, place)
    what = f"rename the {SINGULAR[chosen.section]} {chosen.entry.id} to {new}"
    others = {claim.id for claim in bench.case.claims} - {chosen.key}
    return bench.prepared(what, effects.values(), claims=others if chosen.section == "claims" else None)


def _uses(case: Case, chosen: Target) -> list[Use]:
    if chosen.section in KEYED:
        return []
    uses = list(uses_of(case, chosen.section, chosen.key))
    if chosen.section == "sources":
        owned = (source for source in case.sources if source.owner == chosen.key)
        uses += [Use("sources", source.id, source, OWNER, None) for source in owned]
    return uses


def _free(case: Case, chosen: Target, new: str) -> None:
    """Raise `BadRequest` unless an entry may be called that."""
    if getattr(chosen.entry, "id", None) is None:
        raise BadRequest(
            f"the {SINGULAR[chosen.section]} {chosen.key!r} has no id of its own: add 'id: {slug(new)}' to it"
        )
    try:
        TypeAdapter(Id).validate_python(new)
    except ValidationError:
        hint = f"an id is lower-case letters and digits, joined by '-' or '.': {slug(new)}"
        raise BadRequest(f"{new!r} is not an id: {hint}") from None
    if new in NULLS:
        raise BadRequest(f"{new!r} is not an id: YAML reads it as nothing")
    sections = NAME_SPACE if chosen.section in NAME_SPACE else (chosen.section,)
    for section in sections:
        place = case.places.get((section, new))
        if place is not None:
            raise BadRequest(f"there is a {SINGULAR[section]} called {new!r} already, at {place}")
    owners = {source.owner for source in case.sources}
    if chosen.section == "sources" and new in owners:
        raise BadRequest(f"{new!r} is the name of an owner: the source would own what it does not")
