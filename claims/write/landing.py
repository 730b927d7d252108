"""Where new entries go: beside what they belong to, as the person who keeps the case would put them.

A finding or statement goes where others of its document are, else where its document is; a document where most of its
source's are; everything else into the file that has most of its kind. Of equals, the first file by its path. Nothing
goes into a table.
"""

from __future__ import annotations

import os
from collections import Counter, defaultdict
from typing import TYPE_CHECKING, Any, Final

from claims.model.errors import BadRequest
from claims.read.characters import shown
from claims.read.files import CASE_FILE
from claims.read.forms import is_yaml
from claims.read.ledger import KEYED
from claims.read.places import Places
from claims.read.texts import normal

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from claims.model.case import Case
    from claims.read.additions import Addition

NEW_FILE: Final = "additions.yaml"
"""Where entries go of which the case has none of a kind."""


def landings(case: Case, added: Iterable[Addition], into: str | None = None) -> dict[tuple[str, str], str]:
    """The file of each new entry, as problems call it, by its section and key. into: a file for all of them."""
    added = tuple(added)
    if into is not None:
        return {(one.section, one.key): into for one in added}
    beside = _Beside(case, added)
    found: dict[tuple[str, str], str] = {}
    for one in sorted(added, key=lambda one: one.section in KEYED):
        entry = one.row.entry
        if one.section in KEYED:
            file = beside.of_document(one.section, entry.document) or found.get(("documents", entry.document))
        else:
            file = beside.of_source(entry.source) if one.section == "documents" else None
        found[one.section, one.key] = file or beside.fullest(one.section)
    return found


def chosen_file(case: Case, files: Collection[str], name: str) -> str:
    """The file of the case that is called so, or that may be made. Raises `BadRequest` where none may be.

    files: those of the case, as problems call them; name: a path from the case's folder.
    """
    if name in files:
        return name
    path = normal(name)
    if path is None:
        raise BadRequest(f"--into {shown(name)}: give the path from the folder of the case, with '/'")
    if path in files:
        return path
    parts = path.split("/")
    if not is_yaml(path) or any(part.startswith(".") for part in parts) or shown(path) != path:
        raise BadRequest(f"--into {shown(name)}: a file of a case ends in .yaml, and is not hidden")
    if os.path.lexists(case.folder / path):
        raise BadRequest(f"--into {shown(name)}: what stands there is not a file of the case")
    above = [case.folder.joinpath(*parts[:n]) for n in range(1, len(parts))]
    if any(folder.is_symlink() or (folder.exists() and not folder.is_dir()) for folder in above):
        raise BadRequest(f"--into {shown(name)}: what stands above it is not a folder of the case")
    if parts[-1].lower() == CASE_FILE or any((folder / CASE_FILE).exists() for folder in above):
        raise BadRequest(f"--into {shown(name)}: that would be another case")
    return path


class _Beside:
    """Which files hold what, counted once for everything that is added."""

    def __init__(self, case: Case, added: Collection[Addition]) -> None:
        self.case = case
        sources = {one.row.entry.source for one in added if one.section == "documents"}
        documents = {one.row.entry.document for one in added if one.section in KEYED}
        self.sources = self._counted("documents", "source", sources)
        self.documents = {section: self._counted(section, "document", documents) for section in KEYED}

    def of_source(self, source: str) -> str | None:
        """The file with most documents of a source."""
        return self._first(self.sources[source])

    def of_document(self, section: str, document: str) -> str | None:
        """The file with most entries of a document: of the section, else of the other one, else its own."""
        other = next(name for name in KEYED if name != section)
        own = self.case.places.get(("documents", document))
        return (
            self._first(self.documents[section][document])
            or self._first(self.documents[other][document])
            or (own.file if own and is_yaml(own.file) else None)
        )

    def fullest(self, section: str) -> str:
        """The file with most entries of a section."""
        return self._first(Counter(self._files(section))) or NEW_FILE

    def _counted(self, section: str, key: str, wanted: Collection[str]) -> dict[str, Counter[int]]:
        """For each wanted value of a key, how many entries with it each file has."""
        counts: dict[str, Counter[int]] = defaultdict(Counter)
        for entry, file in zip(getattr(self.case, section), self._files(section), strict=True) if wanted else ():
            name: Any = getattr(entry, key)
            if name in wanted:
                counts[name][file] += 1
        return counts

    def _files(self, section: str) -> Iterable[int]:
        places = self.case.places
        return places.sections[section].files if isinstance(places, Places) else ()

    def _first(self, counts: Counter[int]) -> str | None:
        if not counts or not isinstance(self.case.places, Places):
            return None
        files = self.case.places.files
        ranked = sorted(counts, key=lambda file: (-counts[file], file))
        return next((files[n] for n in ranked if is_yaml(files[n])), None)
