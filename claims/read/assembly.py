"""From the bytes of a case's files to the case: parse, type, check, put together."""

from __future__ import annotations

from array import array
from dataclasses import replace
from itertools import chain
from typing import TYPE_CHECKING, Any

from claims.model.case import Case
from claims.read import addresses, consistency, figures, lookalikes, quotes, references
from claims.read.characters import shown
from claims.read.crowds import thinned
from claims.read.digest import digest_of, sha256_of
from claims.read.drafts import Draft, Spot
from claims.read.entries import ledger_of
from claims.read.files import CASE_FILE
from claims.read.header import header_of
from claims.read.ledger import SECTIONS, key_of
from claims.read.places import Places, Stands
from claims.read.policy import DEFAULT, default_policy, laid_over, policy_from
from claims.read.problems import problems_of
from claims.read.texts import texts_of
from claims.read.tree import unpacked
from claims.read.trees import trees_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence
    from pathlib import Path

    from claims.model.header import Header
    from claims.model.policy import Policy
    from claims.model.problem import Problem
    from claims.read.files import File
    from claims.read.ledger import Ledger
    from claims.read.texts import Texts
    from claims.read.tree import Tree


def assembled(
    folder: Path, root: str, files: Sequence[File], refused: Sequence[Draft], option: tuple[Path, bytes] | None
) -> tuple[Case | None, tuple[Problem, ...], Texts]:
    """The case that the files make, and what is wrong with them. `option` is a policy file that was asked for."""
    trees, too_many = trees_of(files)
    contents = {file.shown: file.data for file in files}
    if option:
        path = option[0].absolute() if shown(str(option[0])) in contents else option[0]
        option = (path, option[1])
        contents[shown(str(path))] = option[1]
    header, misplaced = header_of(trees)
    ledger, mistakes = ledger_of(trees)
    policy, unfit = _policy(header, option)
    texts, unsound = texts_of(root, ledger.documents)
    drafts = [
        *refused,
        *too_many,
        *chain.from_iterable(tree.drafts for tree in trees.values()),
        *misplaced,
        *mistakes,
        *unfit,
        *unsound,
        *_found_by_checks(ledger, texts, policy),
    ]
    stored = {shown(path) for path in texts.digests}
    drafts = thinned(draft for draft in drafts if not _is_told(draft, trees) and not _is_stored(draft, stored))
    problems = problems_of(drafts, contents) if drafts else ()
    if header is None or policy is None or any(problem.severity == "error" for problem in problems):
        return None, problems, texts
    case = case_from(folder, header, policy, ledger, trees)
    digest = digest_of({**{file.path: sha256_of(file.data) for file in files}, **texts.digests})
    return replace(case, texts=texts.by_document, digest=digest, warnings=problems), problems, texts


def _is_told(draft: Draft, trees: Mapping[str, Tree]) -> bool:
    """Whether the parser spoke of that value or entry already: one mistake makes one problem."""
    tree = trees.get(draft.spot.file)
    return tree is not None and draft.spot.mark is None and draft.spot.path in tree.flawed


def _is_stored(draft: Draft, stored: Collection[str]) -> bool:
    """Whether what seems to be a table is the stored text of a document."""
    return draft.code == "unread-table" and draft.spot.file in stored


def _policy(header: Header | None, option: tuple[Path, bytes] | None) -> tuple[Policy | None, tuple[Draft, ...]]:
    if option:
        return policy_from(option[1], option[0])
    if header is None or not header.policy:
        return default_policy(), ()
    policy, drafts = laid_over(header.policy, Spot(CASE_FILE, ("policy",)), f"{DEFAULT}+{header.case}")
    return policy, tuple(drafts)


def _found_by_checks(ledger: Ledger, texts: Texts, policy: Policy | None) -> Iterator[Draft]:
    for check in (*references.CHECKS, *consistency.CHECKS, *lookalikes.CHECKS):
        yield from check(ledger)
    yield from figures.figures(ledger, (policy or default_policy()).tolerance)
    yield from addresses.odd_addresses(ledger)
    yield from addresses.same_documents(ledger, texts)
    yield from quotes.quotes(ledger, texts)


def case_from(folder: Path, header: Header, policy: Policy, ledger: Ledger, trees: Mapping[str, Tree]) -> Case:
    """The case that sound entries make, each with its place; without stored texts, digest and warnings."""
    ordered = {section: sorted(ledger.rows(section), key=lambda row: key_of(row.entry)) for section in SECTIONS}
    entries: dict[str, Any] = {section: tuple(row.entry for row in rows) for section, rows in ordered.items()}
    title = header.title or header.case
    places = _places(ordered, trees)
    return Case(header.case, title, header.about, folder, policy, **entries, places=places)


def _places(ordered: Mapping[str, list[Any]], trees: Mapping[str, Tree]) -> Places:
    names = tuple(trees)
    numbers = {name: n for n, name in enumerate(names)}
    sections: dict[str, Stands] = {}
    for section, rows in ordered.items():
        starts = [unpacked(trees[row.file].starts[section][row.index]) for row in rows]
        sections[section] = Stands(
            tuple(key_of(row.entry) for row in rows),
            array("q", [numbers[row.file] for row in rows]),
            array("q", [line for line, _ in starts]),
            array("q", [column for _, column in starts]),
        )
    return Places(names, sections)
