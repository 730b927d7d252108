"""Ids and what refers to them: nothing is called twice, nothing refers to nothing, nothing runs in a circle."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from claims.read.drafts import Draft, Spot, warning
from claims.read.ledger import KEYED, NAME_SPACE, SECTIONS, SINGULAR, Ledger, Row, key_of
from claims.read.mistakes import short

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping


class Reference(NamedTuple):
    """That a key of a section holds ids of other sections."""

    section: str
    key: str
    targets: tuple[str, ...]


REFERENCES: Final = (
    Reference("parties", "allies", ("parties",)),
    Reference("parties", "opponents", ("parties",)),
    Reference("sources", "party", ("parties",)),
    Reference("speakers", "party", ("parties",)),
    Reference("speakers", "voice", ("sources",)),
    Reference("documents", "source", ("sources",)),
    Reference("documents", "relies_on", NAME_SPACE),
    Reference("documents", "same_text_as", ("documents",)),
    Reference("claims", "part_of", ("claims",)),
    Reference("claims", "favours", ("parties",)),
    Reference("claims", "harms", ("parties",)),
    Reference("statements", "claim", ("claims",)),
    Reference("statements", "speaker", ("speakers",)),
    Reference("statements", "document", ("documents",)),
    Reference("findings", "claim", ("claims",)),
    Reference("findings", "document", ("documents",)),
    Reference("findings", "relies_on", NAME_SPACE),
)


def duplicate_ids(ledger: Ledger) -> Iterator[Draft]:
    """Ids that stand for two entries of a section, or of sections that share their ids."""
    for sections in (("parties",), NAME_SPACE, ("claims",)):
        uses: dict[str, list[Row[Any]]] = defaultdict(list)
        for section in sections:
            for row in ledger.rows(section):
                uses[row.entry.id].append(row)
        for name, rows in uses.items():
            if len(rows) > 1:
                yield _twice(name, rows)
    for section in KEYED:
        yield from _duplicate_keys(ledger, section)


def _twice(name: str, rows: list[Row[Any]]) -> Draft:
    kinds = list(dict.fromkeys(SINGULAR[row.section] for row in rows))
    what = f"{len(rows)} {rows[0].section}" if len(kinds) == 1 else f"a {' and a '.join(kinds)}"
    hint = "rename one of them" if len(kinds) == 1 else "sources, speakers and documents share one set of ids"
    first, second, *others = (row.at("id") for row in rows)
    return Draft("duplicate-id", f"'{short(name)}' is the id of {what}", second, hint, also=(first, *others))


def _duplicate_keys(ledger: Ledger, section: str) -> Iterator[Draft]:
    uses: dict[str, list[Row[Any]]] = defaultdict(list)
    for row in ledger.rows(section):
        uses[key_of(row.entry)].append(row)
    for name, rows in uses.items():
        if len(rows) == 1:
            continue
        if rows[0].entry.id:
            yield _twice(name, rows)
            continue
        first, second, *others = (row.spot for row in rows)
        whose = "one document on one claim" if section == "findings" else "one speaker on one claim in one document"
        yield Draft(
            f"duplicate-{SINGULAR[section]}",
            f"{len(rows)} {section} of {whose}: {name}",
            second,
            "give each an id of its own, or delete what is there twice",
            also=(first, *others),
        )


def dangling(ledger: Ledger) -> Iterator[Draft]:
    """References to ids that nothing has, also in entries that have errors elsewhere."""
    for reference in REFERENCES:
        known = frozenset[str]().union(*(ledger.ids[name] for name in reference.targets))
        key = reference.key
        found = [
            (name, spot)
            for row in ledger.rows(reference.section)
            if (value := getattr(row.entry, key)) is not None and not (type(value) is str and value in known)
            for name, spot in _named(value, row.at(key))
        ]
        unfit = (raw for raw in ledger.unfit if raw.section == reference.section)
        found += [use for raw in unfit for use in _named(raw.value.get(key), raw.spot.at(key))]
        for name, spot in found:
            is_told = {(spot.file, spot.path), (spot.file, spot.path[:-1])} & ledger.told
            if name not in known and not is_told:
                yield from _unknown(ledger, reference, name, spot)


def _named(value: object, spot: Spot) -> Iterator[tuple[str, Spot]]:
    """The ids that a value holds, each with its place."""
    if isinstance(value, str):
        yield value, spot
    elif isinstance(value, tuple | list):
        yield from ((name, spot.at(n)) for n, name in enumerate(value) if isinstance(name, str))


def _unknown(ledger: Ledger, reference: Reference, name: str, spot: Spot) -> Iterator[Draft]:
    targets = reference.targets
    if ledger.is_excused(name, targets):
        return
    what = SINGULAR[targets[0]] if len(targets) == 1 else "source, speaker or document"
    code = f"unknown-{what if len(targets) == 1 else 'reference'}"
    other = next((s for s in SECTIONS if s not in KEYED and s not in targets and name in ledger.ids[s]), None)
    if other:
        yield Draft(code, f"'{short(name)}' is a {SINGULAR[other]}, not a {what}", spot)
        return
    new = f"a new {what} goes under '{targets[0]}:'" if len(targets) == 1 else "name it first, in its section"
    suggestion = ledger.suggestion(name, targets)
    hint = f"{suggestion} {new[0].upper()}{new[1:]}" if suggestion else new
    yield Draft(code, f"no {what} is called '{short(name)}'", spot, hint)


def self_references(ledger: Ledger) -> Iterator[Draft]:
    """Entries that refer to themselves, and findings that rely on the document that they are of."""
    for section, key, targets in REFERENCES:
        if section not in targets and (section, key) != ("findings", "relies_on"):
            continue
        for row in ledger.rows(section):
            itself = row.entry.document if section == "findings" else row.entry.id
            value = getattr(row.entry, key) or ()
            for n, name in enumerate((value,) if isinstance(value, str) else value):
                if name == itself:
                    message = f"'{short(itself)}' stands in its own '{key}'"
                    yield Draft("self-reference", message, row.at(key, n), "take it out")


def circles(ledger: Ledger) -> Iterator[Draft]:
    """Copies and parts that run in a circle: nothing would be the original, nothing the whole."""
    copies = {row.entry.id: (row.entry.same_text_as,) for row in ledger.documents if row.entry.same_text_as}
    parts = {row.entry.id: (row.entry.part_of,) for row in ledger.claims if row.entry.part_of}
    for found in _circles(copies):
        yield _circle(
            found,
            ledger.document,
            "same_text_as",
            "documents are copies of each other in a circle",
            "one of them is the original: take its 'same_text_as' out",
        )
    for found in _circles(parts):
        yield _circle(
            found,
            ledger.claim,
            "part_of",
            "claims are parts of each other in a circle",
            "one of them is the widest: take its 'part_of' out",
        )


def relied_in_circles(ledger: Ledger) -> Iterator[Draft]:
    """Documents that rely on each other in a circle: allowed, and shown; such a chain has no origin."""
    links = {row.entry.id: tuple(map(str, row.entry.relies_on)) for row in ledger.documents if row.entry.relies_on}
    for path in _circles(
        {name: tuple(to for to in targets if to in ledger.document) for name, targets in links.items()}
    ):
        draft = _circle(
            path,
            ledger.document,
            "relies_on",
            "documents rely on each other in a circle",
            "a report with no other basis is set aside: it has no origin",
        )
        yield warning("relied-in-circle", draft.message, draft.spot, draft.hint, draft.also)


def _circle(path: list[str], rows: Mapping[str, Row[Any]], key: str, message: str, hint: str) -> Draft:
    spots = tuple(rows[name].at(key) for name in path)
    return Draft("circle", f"{message}: {' → '.join([*path, path[0]])}", spots[0], hint, also=spots[1:])


def _circles(links: Mapping[str, tuple[str, ...]]) -> Iterator[list[str]]:
    """One circle from each knot of entries that lead back to themselves, beginning at its first id.

    Who leads to a knot from outside does not matter to what is found in it.
    """
    for knot in sorted(map(sorted, _knots(links))):
        inside = set(knot)
        yield from _circles_in({name: sorted(inside.intersection(links[name])) for name in knot})


def _circles_in(knot: Mapping[str, list[str]]) -> Iterator[list[str]]:
    done: set[str] = set()
    for start in knot:
        if start in done:
            continue
        path: list[str] = [start]
        position = {start: 0}
        branches = [iter(knot[start])]
        while path:
            following = next(branches[-1], None)
            if following is None:
                done.add(path[-1])
                del position[path.pop()]
                branches.pop()
            elif following in position:
                found = path[position[following] :]
                if len(found) > 1 and not done.intersection(found):
                    lowest = found.index(min(found))
                    yield found[lowest:] + found[:lowest]
                    done.update(found)
            elif following not in done:
                position[following] = len(path)
                path.append(following)
                branches.append(iter(knot[following]))


def _knots(links: Mapping[str, tuple[str, ...]]) -> Iterator[list[str]]:
    """The entries, two or more, of which each leads to each other one: found in one walk, as Tarjan does."""
    number: dict[str, int] = {}
    lowest: dict[str, int] = {}
    waiting: dict[str, None] = {}
    for start in links:
        walk = [] if start in number else [(start, iter(links[start]))]
        while walk:
            name, branches = walk[-1]
            if name not in number:
                number[name] = lowest[name] = len(number)
                waiting[name] = None
            following = next((to for to in branches if to in links and (to not in number or to in waiting)), None)
            if following is None:
                walk.pop()
                knot = [waiting.popitem()[0]] if lowest[name] == number[name] else []
                while knot and knot[-1] != name:
                    knot.append(waiting.popitem()[0])
                if walk:
                    above = walk[-1][0]
                    lowest[above] = min(lowest[above], lowest[name])
                if len(knot) > 1:
                    yield knot
            elif following in number:
                lowest[name] = min(lowest[name], number[following])
            else:
                walk.append((following, iter(links[following])))


CHECKS: Final[tuple[Callable[[Ledger], Iterator[Draft]], ...]] = (
    duplicate_ids, dangling, self_references, circles, relied_in_circles,
)  # fmt: skip
