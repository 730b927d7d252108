"""Entries taken out of a case: alone where nothing refers to them, or along with what cannot stand without them.

What cannot stand without an entry is taken out as well: the documents of a source, the findings and statements of a
document. What only names it among other things stays, and no longer names it.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from claims.model.errors import InUse
from claims.model.plan import Effect, Field
from claims.read.additions import as_text
from claims.read.ledger import KEYED, SECTIONS, SINGULAR
from claims.write.layout import Drop, Put, Remove
from claims.write.plan import Bench, counted, text_of
from claims.write.targets import Target, target, uses_of

if TYPE_CHECKING:
    from claims.model.case import Case
    from claims.read.case import Reading
    from claims.write.plan import Prepared
    from claims.write.targets import Use


def removal(
    reading: Reading, name: str, *, section: str | None = None, with_references: bool = False, cache: bool = True
) -> Prepared:
    """The change that takes an entry out of a case.

    with_references: take along what cannot stand without it, and take its id out of what else names it. Raises
    `InUse` where that is not wanted and anything refers to it, and `NotFound`.
    """
    bench = Bench(reading, cache=cache)
    case = bench.case
    chosen = target(case, name, section)
    gone, named = _reached(case, chosen)
    uses = [(one.section, one.key) for one in gone[1:]] + list(named)
    if uses and not with_references:
        raise _in_use(case, chosen, list(dict.fromkeys(uses)))
    effects = [_removed(bench, one) for one in gone]
    for (in_section, key), found in named.items():
        effects.append(_unnamed(bench, in_section, key, found))
    return bench.prepared(f"remove {counted(one.section for one in gone)}", effects)


def _reached(case: Case, chosen: Target) -> tuple[list[Target], dict[tuple[str, str], list[Use]]]:
    """What is taken out, the chosen entry first, and what else names any of it: by section and key."""
    gone = {(chosen.section, chosen.key): chosen}
    named: dict[tuple[str, str], list[Use]] = defaultdict(list)
    ahead = [chosen]
    while ahead:
        one = ahead.pop()
        for use in uses_of(case, one.section, one.key) if one.section not in KEYED else ():
            place = use.section, use.key
            if not SECTIONS[use.section].model_fields[use.under].is_required():
                named[place].append(use)
            elif place not in gone:
                gone[place] = Target(use.section, use.key, use.entry)
                ahead.append(gone[place])
    return list(gone.values()), {place: uses for place, uses in named.items() if place not in gone}


def _in_use(case: Case, chosen: Target, uses: list[tuple[str, str]]) -> InUse:
    placed = sorted((case.places[use], use) for use in uses)
    told = tuple(f"{place}: {SINGULAR[section]} {key}" for place, (section, key) in placed)
    verb = "refers" if len(uses) == 1 else "refer"
    return InUse(
        f"{counted(section for section, _ in uses)} {verb} to the {SINGULAR[chosen.section]} {chosen.key!r}",
        told,
        "--with-references takes along what cannot stand without it, and takes its id out of the rest",
    )


def _removed(bench: Bench, one: Target) -> Effect:
    file, index = bench.position(one.section, one.key)
    bench.edit(file, Remove(one.section, index))
    return Effect(
        one.section, one.key, "removed", file, text_of(one.entry), (), bench.case.places[one.section, one.key]
    )


def _unnamed(bench: Bench, section: str, key: str, uses: list[Use]) -> Effect:
    """An entry that no longer names what is taken out. A list that becomes empty stays where it says: none."""
    file, index = bench.position(section, key)
    fields = []
    for under in dict.fromkeys(use.under for use in uses):
        entry, items = uses[0].entry, {use.item for use in uses if use.under == under}
        value = getattr(entry, under)
        left = [] if None in items else [str(one) for n, one in enumerate(value) if n not in items]
        is_gone = not left and not (None not in items and type(entry).model_fields[under].default is None)
        bench.edit(file, Drop(section, index, under) if is_gone else Put(section, index, under, left))
        fields.append(Field(under, as_text(value), as_text(tuple(left)) or None))
    place = bench.case.places[section, key]
    return Effect(section, key, "changed", file, text_of(uses[0].entry), tuple(fields), place)
