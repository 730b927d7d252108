"""What case.yaml says of the case as a whole, read and checked."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pydantic import ValidationError

from claims.model.header import Header
from claims.read.drafts import Draft, Spot, warning
from claims.read.files import CASE_FILE
from claims.read.hidden import hidden_character
from claims.read.mistakes import HEADER, mistake

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from claims.read.drafts import Path
    from claims.read.tree import Tree


def header_of(trees: Mapping[str, Tree]) -> tuple[Header | None, list[Draft]]:
    """What case.yaml says of the case, None where that has errors; and keys of it that stand in other files."""
    drafts = [draft for file, tree in trees.items() if file != CASE_FILE for draft in _misplaced(file, tree)]
    tree = trees.get(CASE_FILE)
    if tree is None:
        return None, drafts
    spot = Spot(CASE_FILE)
    if tree.value is None:
        if tree.is_whole:
            drafts.append(Draft("no-case", "case.yaml says nothing", spot, "begin with 'case: my-case' and 'title: …'"))
        return None, drafts
    if not isinstance(tree.value, dict):
        return None, drafts
    hidden = [_hidden(path, character) for path, character in tree.hidden.items() if path[0] in HEADER]
    told = {draft.spot.path for draft in hidden}
    drafts.extend(hidden)
    said: dict[str, Any] = {key: tree.value[key] for key in HEADER if key in tree.value}
    try:
        return Header.model_validate(said), drafts
    except ValidationError as error:
        found = [mistake(problem, Header, "case", spot) for problem in error.errors(include_url=False)]
        found = [draft for draft in found if draft.spot.path not in told]
        drafts.extend(draft for draft in found if tree.is_whole or draft.code != "missing-key")
        return None, drafts


def _hidden(path: Path, character: str) -> Draft:
    return hidden_character(str(path[-1]), Spot(CASE_FILE, path), character, is_text=path[0] in {"title", "about"})


def _misplaced(file: str, tree: Tree) -> Iterator[Draft]:
    top = Spot(file)
    if tree.value is None and tree.is_whole and not tree.drafts:
        yield warning(
            "empty-file", "the file says nothing", top, "delete it, or begin with a section such as 'claims:'"
        )
    for key in HEADER if isinstance(tree.value, dict) else ():
        if key in tree.value:
            yield Draft(
                "unknown-key",
                f"'{key}' stands in case.yaml alone",
                Spot(file, (key,), "key"),
                f"move it to {CASE_FILE}",
            )
