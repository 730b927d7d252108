"""Raw entries become typed ones; what is wrong with an entry becomes problems.

A whole section is validated in one call, which is where the time goes; only where that fails are the broken entries
set apart and the rest validated again.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any, Final

from pydantic import TypeAdapter, ValidationError

from claims.read.drafts import Draft, Spot
from claims.read.hidden import hidden_character
from claims.read.ledger import SECTIONS, SINGULAR, Ledger, Raw, Row
from claims.read.mistakes import HEADER, INCLUDES, mistake, short
from claims.read.near import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from claims.model.entry import Entry
    from claims.read.drafts import Path
    from claims.read.tree import Tree

FREE_TEXT: Final = frozenset({
    "name", "title", "about", "note", "reason", "quote", "text", "where", "prefix", "suffix", "role", "place", "topic",
    "country", "owner", "aliases", "origin", "searches", "retracted",
})  # fmt: skip
"""Keys whose values people write or copy as they are; hidden characters in any other value are an error."""


def ledger_of(trees: Mapping[str, Tree]) -> tuple[Ledger, list[Draft]]:
    """The entries of all files; `trees` maps the name of each file to what it says."""
    drafts: list[Draft] = []
    raw: dict[str, list[Raw]] = {section: [] for section in SECTIONS}
    for file, tree in trees.items():
        drafts.extend(_sorted_out(file, tree, raw))
    ledger = Ledger(unread=tuple(tree for tree in trees.values() if not tree.is_whole))
    hidden = _by_entry(trees)
    for section in SECTIONS:
        rows, problems = _typed(section, raw[section], hidden, ledger)
        setattr(ledger, section, rows)
        drafts.extend(problems)
    return ledger, drafts


def _sorted_out(file: str, tree: Tree, raw: dict[str, list[Raw]]) -> Iterator[Draft]:
    """Put the entries of a file to those of their section."""
    value, top = tree.value, Spot(file)
    if value is None:
        return
    if not isinstance(value, dict):
        yield Draft("not-a-mapping", "the file holds no sections", top, "begin with a section such as 'claims:'")
        return
    for section, entries in value.items():
        spot = top.at(section)
        if section in HEADER:
            continue
        if section not in SECTIONS:
            yield _unknown_section(section, Spot(file, spot.path, "key"))
        elif not isinstance(entries, list):
            yield Draft(
                "not-a-list",
                f"'{section}' is not a list of entries",
                Spot(file, spot.path, "key"),
                "begin each entry with '- '",
            )
        else:
            for index, entry in enumerate(entries):
                if isinstance(entry, dict):
                    raw[section].append(Raw(entry, file, section, index))
                else:
                    yield _not_an_entry(section, entry, spot.at(index))


def _unknown_section(name: str, spot: Spot) -> Draft:
    hint = did_you_mean(name, [*SECTIONS, *HEADER])
    if name in INCLUDES:
        hint = "nothing is included: every *.yaml file below the case folder is read by itself"
    return Draft(
        "unknown-key", f"there is no section '{short(name)}'", spot, hint or f"known are {', '.join(SECTIONS)}"
    )


def _not_an_entry(section: str, entry: object, spot: Spot) -> Draft:
    kind = SINGULAR[section]
    written = f"'{short(entry)}'" if isinstance(entry, str) else "an empty item" if entry is None else "a list"
    return Draft(
        "not-a-mapping",
        f"a {kind} is made of keys and values, and this is {written}",
        spot,
        "write '- id: …' and the other keys below it",
    )


Hidden = dict[tuple[str, str | int, str | int], list[tuple["Path", str]]]


def _by_entry(trees: Mapping[str, Tree]) -> Hidden:
    """Values with hidden characters, by the entry that they are in."""
    found: Hidden = {}
    for file, tree in trees.items():
        for path, character in tree.hidden.items():
            if path[2:]:
                found.setdefault((file, path[0], path[1]), []).append((path, character))
    return found


def _typed(section: str, raw: list[Raw], hidden: Hidden, ledger: Ledger) -> tuple[list[Row[Any]], list[Draft]]:
    """The rows of a section and its problems; entries with errors are noted in the ledger as broken and unfit."""
    drafts: list[Draft] = []
    refused: set[int] = set()
    for n, entry in enumerate(raw) if hidden else ():
        for path, character in hidden.get((entry.file, section, entry.index), ()):
            is_text = path[2] in FREE_TEXT and (section, path[2]) != ("documents", "text")
            draft = hidden_character(str(path[2]), Spot(entry.file, path), character, is_text=is_text)
            drafts.append(draft)
            if draft.severity == "error":
                refused.add(n)
    models, errors = _validated(SECTIONS[section], raw)
    known = {(draft.spot.file, draft.spot.path) for draft in drafts if draft.severity == "error"}
    for n, problems in errors.items():
        said = (mistake(problem, SECTIONS[section], SINGULAR[section], raw[n].spot) for problem in problems)
        drafts.extend(draft for draft in said if (draft.spot.file, draft.spot.path) not in known)
    refused.update(errors)
    ledger.broken.setdefault(section, set()).update(str(raw[n].value.get("id")) for n in refused)
    if refused:
        ledger.told.update((draft.spot.file, draft.spot.path) for draft in drafts)
        ledger.unfit.extend(raw[n] for n in sorted(refused))
        raw = [entry for n, entry in enumerate(raw) if n not in refused]
        models, _ = _validated(SECTIONS[section], raw)
    return [Row(model, r.file, section, r.index) for model, r in zip(models, raw, strict=True)], drafts


def _validated(model: type[Entry], raw: list[Raw]) -> tuple[list[Any], dict[int, list[Any]]]:
    """The typed entries; or, where there are any, pydantic's errors by the position of the entry."""
    try:
        return adapter(model).validate_python([entry.value for entry in raw]), {}
    except ValidationError as error:
        found: dict[int, list[Any]] = {}
        for problem in error.errors(include_url=False):
            first, *loc = problem["loc"]
            found.setdefault(int(first), []).append({**problem, "loc": tuple(loc)})
        return [], found


@cache
def adapter(model: type[Entry]) -> TypeAdapter[list[Any]]:
    """The validator of a list of entries."""
    return TypeAdapter(list[model])  # type: ignore[valid-type]
